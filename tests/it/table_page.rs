//! `GET /table`: every area of a view without a script.

use serde_json::Value;

use crate::harness::{demo, demo_edition, encoded};
use crate::plain::{all, assert_kept_and_unframed, attributes, page, texts};
use crate::squares::{self, Folder};

#[test]
fn the_table_says_what_the_map_says() {
    let server = demo();
    let path = "/table?geography=lad11&indicator=crime&period=2018-07";
    let document = page(&server, path);
    let classes = server.json("/api/v1/{edition}/classes/lad11/crime?period=2018-07");
    assert_eq!(texts(&document, "h1"), [classes["sentence"].as_str().unwrap()]);
    let areas = server.json("/api/v1/{edition}/areas/lad11");
    let rows = texts(&document, "tbody tr");
    assert_eq!(rows.len(), 5);
    for (position, rank) in classes["rank"]["values"].as_array().unwrap().iter().enumerate() {
        let name = areas["areas"][position]["name"].as_str().unwrap();
        let row = &rows[rank.as_u64().unwrap() as usize - 1];
        assert!(row.starts_with(&format!("{rank}{name}")), "{row}");
    }
    let csv = attributes(&document, "a[href*='.csv']", "href");
    assert_eq!(server.get(&format!("/{}", csv[0].trim_start_matches("./"))).status, 200);
    for link in attributes(&document, "tbody a", "href") {
        assert_eq!(server.get(&format!("/{}", link.trim_start_matches("./"))).status, 200, "{link}");
    }
    assert_eq!(attributes(&document, "option[selected]", "value"), ["lad11", "crime", "2018-07", "map", "worst"]);
    assert_kept_and_unframed(&server, path);
}

#[test]
fn every_area_stands_in_it_in_the_order_asked_for() {
    let server = demo();
    assert_eq!(texts(&page(&server, "/table"), "tbody tr").len(), 1388);
    let inside = page(&server, "/table?within=lad11:E08000035&sort=name&nonsense=1");
    let names = texts(&inside, "tbody th");
    assert!(names.len() > 400 && names.len() < 1388 && names.is_sorted(), "{}", names.len());
    assert_eq!(attributes(&inside, "input[name=within][checked]", "value"), ["lad11:E08000035"]);
    assert!(texts(&inside, "fieldset label").contains(&"only Leeds".to_owned()));
    let (worst, best) = (page(&server, "/table?geography=lad11"), page(&server, "/table?geography=lad11&sort=best"));
    let reversed: Vec<String> = texts(&best, "tbody th").into_iter().rev().collect();
    assert_eq!(texts(&worst, "tbody th"), reversed);
}

#[test]
fn what_is_singled_out_stays_by_name_whatever_is_chosen() {
    let server = demo();
    let set = encoded("North~lsoa11:E01010568,E01010569");
    let chosen = page(&server, &format!("/table?areas=E01033690,lad11:E08000035&set={set}"));
    assert_eq!(texts(&chosen, "fieldset label"), ["Bradford 039G and Leeds", "North"]);
    // Its codes say of which areas they are, so that another choice of areas does not lose them.
    let codes = "lsoa11:E01033690,lad11:E08000035";
    assert_eq!(attributes(&chosen, "input[type=checkbox][name=areas][checked]", "value"), [codes]);
    let moved = page(&server, &format!("/table?geography=lad11&indicator=crime&areas={}", encoded(codes)));
    assert!(texts(&moved, ".notice").is_empty(), "{:?}", texts(&moved, ".notice"));
    let class = page(&server, "/table?geography=lad11&areas=class:5");
    let codes = attributes(&class, "input[name=areas]", "value");
    assert!(codes.len() == 1 && codes[0].starts_with("lad11:E080000"), "{codes:?}");
}

#[test]
fn a_postcode_leads_to_its_smallest_area() {
    let server = Folder::with_extras().serve();
    let answer = server.get("/table?postcode=ab11ab");
    assert_eq!((answer.status, answer.header("location")), (303, Some("areas/square/NW")));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(server.get("/areas/square/NW").status, 200);
    let edition = server.edition();
    let pinned = server.get(&format!("/table?postcode=ab11ab&edition={edition}"));
    assert_eq!(pinned.header("location"), Some(format!("areas/square/NW?edition={edition}").as_str()));
    let outside = page(&server, "/table?postcode=ZZ9+9ZZ");
    let said = texts(&outside, "[role=status]");
    assert_eq!(said, ["ZZ9 9ZZ is outside this atlas, or newer than its list of postcodes."]);
    let hostile = "\"><script>alert(1)</script>\u{202e}";
    let unread = page(&server, &format!("/table?postcode={}", encoded(hostile)));
    assert_eq!(attributes(&unread, "input[name=postcode]", "value"), [hostile]);
    assert!(texts(&unread, "[role=status]")[0].starts_with(&format!("“{hostile}” is not a postcode")));
    // What is known of larger areas alone is looked up there.
    let folder = Folder::with_extras();
    folder.append(
        "atlas.toml",
        "\n[[indicator]]\nid = \"shops\"\nname = \"Shops\"\nkind = \"count\"\ndisclosure = { none = \"shops\" }\n\n[[table]]\nfile = \"shops.csv\"\ngeography = \"half\"\ncode = \"code\"\nperiod = \"2019\"\n[table.columns]\nshops = \"shops\"\n",
    );
    folder.write("shops.csv", "code,shops\nWEST,3\nEAST,4\n");
    let server = folder.serve();
    let led_to =
        |query: &str| server.get(&format!("/table?postcode=ab11ab{query}")).header("location").map(str::to_owned);
    assert_eq!(led_to("&indicator=shops").as_deref(), Some("areas/half/WEST"));
    assert_eq!(led_to("&indicator=nothing").as_deref(), Some("areas/square/NW"));
    let form = page(&server, "/table?indicator=shops");
    assert_eq!(attributes(&form, "form:has(input[name=postcode]) input[name=indicator]", "value"), ["shops"]);
    // An atlas without postcodes does not ask for one.
    assert!(all(&page(&demo(), "/table?postcode=ab11ab"), "input[name=postcode]").is_empty());
}

#[test]
fn hostile_names_stay_text() {
    let server = Folder::with_extras().serve();
    for query in ["", "?indicator=sort", "?indicator=tenth", "?indicator=share", "?geography=quarter&indicator=need"] {
        page(&server, &format!("/table{query}"));
    }
    let names = texts(&page(&server, "/table?sort=name&indicator=need"), "tbody th");
    for (code, name) in squares::SQUARES {
        assert!(code == "SE" || names.iter().any(|own| own == name), "{name}");
    }
    let categories = texts(&page(&server, "/table?indicator=sort"), "tbody tr").concat();
    assert!(categories.contains("Rural <place>"), "{categories}");
    let shares = texts(&page(&server, "/table?indicator=share"), "tbody tr");
    assert!(shares.last().unwrap().contains("Hidden to protect privacy"), "{shares:?}");
}

#[test]
fn the_links_of_a_page_that_keeps_to_an_edition_keep_to_it() {
    let (server, edition) = (demo(), demo_edition());
    let pin = format!("edition={edition}");
    for path in ["/table?geography=lad11&sort=name", "/areas/lsoa11/E01010568?x=1"] {
        let pinned = page(&server, &format!("{path}&{pin}"));
        let inside = |link: &&&str| link.starts_with('.') && !link.contains("api/v1/");
        let links = attributes(&pinned, "body a", "href");
        let links: Vec<&&str> = links.iter().filter(inside).collect();
        assert!(links.len() > 5, "{path}: {links:?}");
        for link in links {
            assert_eq!(link.matches(&pin).count(), 1, "{path}: {link}");
            assert!(!link.contains("?&") && link.matches('?').count() == 1, "{path}: {link}");
        }
        let said = attributes(&pinned, "form > input[type=hidden][name=edition]", "value");
        assert_eq!(said, vec![edition.as_str(); all(&pinned, "form").len()], "{path}");
        // Neither a page that follows the newest edition nor one that asks for another that is not held has a pin to keep.
        for other in [path.to_owned(), format!("{path}&edition=0000000000000000")] {
            assert!(!page(&server, &other).html().contains("edition="), "{other}");
        }
    }
}

/// The cells of a column, by its heading, in the rows of the last table.
fn column(document: &scraper::Html, heading: &str) -> Vec<String> {
    let table = *all(document, "table").last().unwrap();
    let select = |css: &str| scraper::Selector::parse(css).unwrap();
    let text = |element: scraper::ElementRef<'_>| element.text().collect::<String>();
    let at = table.select(&select("thead th")).position(|own| text(own) == heading);
    let at = at.unwrap_or_else(|| panic!("no column `{heading}`"));
    let cell = |row: scraper::ElementRef<'_>| text(row.select(&select("th, td")).nth(at).unwrap());
    table.select(&select("tbody tr")).map(cell).collect()
}

/// The members of a list that speaks of areas, in the order of a rank.
fn by_rank<'v>(ranks: &Value, values: &'v Value) -> Vec<&'v Value> {
    let mut order: Vec<(u64, usize)> =
        ranks.as_array().unwrap().iter().map(|rank| rank.as_u64().unwrap()).zip(0..).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, position)| &values[position]).collect()
}

#[test]
fn each_mode_lists_what_its_map_shows() {
    let server = demo();
    let api = |path: &str| server.json(&format!("/api/v1/{{edition}}/{path}"));
    let table = |query: &str| page(&server, &format!("/table?{query}"));
    let ranks = api("classes/lsoa11/crime")["rank"]["values"].clone();

    let (document, found) = (table("mode=hotspots"), api("hotspots/lsoa11/crime"));
    assert_eq!(texts(&document, "h1"), [found["sentence"].as_str().unwrap()]);
    let kinds = column(&document, "Kind");
    for (word, name) in
        [("high-group", "Group of high values"), ("highest", "Among the highest"), ("none", "Does not stand out")]
    {
        let at = found["kinds"]["names"].as_array().unwrap().iter().position(|own| own == word).unwrap();
        let expected = found["kinds"]["counts"][at].as_u64().unwrap() as usize;
        assert_eq!(kinds.iter().filter(|kind| *kind == name).count(), expected, "{word}");
    }
    let statistic = by_rank(&ranks, &found["statistic"])[0].as_f64().unwrap();
    assert_eq!(column(&document, "Getis-Ord Gi*")[0], format!("{statistic:.2}"));
    let links = attributes(&document, ".ways a", "href");
    assert!(links[0].contains("mode=hotspots"), "{links:?}");

    let (document, held) = (table("mode=significance&against=parent"), api("significance/lsoa11/crime?against=parent"));
    assert_eq!(texts(&document, "h1"), [held["sentence"].as_str().unwrap()]);
    let classes = by_rank(&ranks, &held["kinds"]["classes"]);
    for (kind, class) in column(&document, "Kind").iter().zip(classes) {
        let name = held["kinds"]["names"][class.as_u64().unwrap() as usize].as_str().unwrap();
        assert_eq!(kind.to_lowercase(), name);
    }
    assert_eq!(column(&document, "Their district").len(), 1388);

    let (document, change) = (table("mode=change&from=2016-07"), api("change/lsoa11/crime?from=2016-07"));
    assert_eq!(texts(&document, "h1"), [change["sentence"].as_str().unwrap()]);
    let ranks = &change["rank"]["values"];
    let values = by_rank(ranks, &change["values"]);
    let beyond = by_rank(ranks, &change["beyond_chance"]);
    let cells = column(&document, "Change (per 1,000 residents)")
        .into_iter()
        .zip(column(&document, "More than chance would explain?"));
    for ((value, chance), (expected, beyond)) in cells.zip(values.into_iter().zip(beyond)) {
        let expected = expected.as_f64().unwrap();
        assert_eq!(value.starts_with('+'), expected > 0.05, "{value} {expected}");
        assert_eq!(value.starts_with('−'), expected < -0.05, "{value} {expected}");
        assert_eq!(chance, if beyond.as_bool().unwrap() { "Yes" } else { "No" });
    }
    assert_eq!(attributes(&document, "input[name=from]", "value"), ["2016-07"]);

    let document = table("mode=double&second=robbery");
    for heading in ["Recorded crime, July 2018", "Robbery, July 2018"] {
        assert_eq!(column(&document, heading).len(), 1388);
    }
    assert_eq!(attributes(&document, "option[selected]", "value")[3], "double");

    let refused = table("mode=hotspots&indicator=residents&smooth=global");
    assert!(texts(&refused, ".notice")[0].contains("cannot be smoothed"));
}

#[test]
fn a_filter_limits_the_table_and_says_so() {
    let server = demo();
    let filter = encoded("crime>50 and robbery>0");
    let document = page(&server, &format!("/table?filter={filter}"));
    let found = server.json(&format!("/api/v1/{{edition}}/areas/lsoa11?fields=code&filter={filter}"));
    let said = texts(&document, "p");
    assert!(said.contains(&found["sentence"].as_str().unwrap().to_owned()), "{said:?}");
    let rows = texts(&document, "tbody th");
    assert_eq!(rows.len() as u64, found["count"].as_u64().unwrap());
    assert!(!rows.is_empty() && rows.len() < 100, "{}", rows.len());
    assert!(texts(&document, ".ways a").contains(&"All LSOAs".to_owned()), "a way back");
    assert_eq!(attributes(&document, "input[name=filter]", "value"), ["crime>50 and robbery>0"]);

    let nobody = server.get(&format!("/table?filter={}", encoded("crime>99999")));
    assert!(nobody.status == 200 && nobody.text().contains("No areas here."));
    for (filter, reason) in [("crime!", "is no condition"), ("nothing>1", "`nothing` is not in this atlas")] {
        let document = page(&server, &format!("/table?filter={}", encoded(filter)));
        assert!(texts(&document, ".notice")[0].contains(reason), "{filter}");
        assert_eq!(texts(&document, "tbody th").len(), 1388, "{filter}");
    }
}

#[test]
fn what_is_selected_stands_above_the_table_and_is_marked_in_it() {
    let server = demo();
    let document = page(&server, "/table?areas=class:5&within=lad11:E08000035");
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/crime?within=lad11:E08000035&still=true");
    let n = classes["counts"][4].as_u64().unwrap() as usize;
    assert_eq!(texts(&document, "h2")[0], "Compared");
    assert_eq!(texts(&document, "caption")[0], format!("The {n} selected areas"));
    let marked = texts(&document, "tbody th .soft");
    assert_eq!(marked, vec!["Selected"; n]);

    let document = page(&server, "/table?geography=lad11&areas=E08000035,E99,parent:moon:X,class:77&mode=significance");
    assert_eq!(texts(&document, "caption")[0], "The selected area");
    let notices = texts(&document, ".notice").join(" ");
    for left_out in ["E99", "parent:moon:X", "class:77"] {
        assert!(notices.contains(left_out), "{notices}");
    }
    let leeds = page(&server, "/table?areas=parent:lad11:E08000035");
    assert_eq!(texts(&leeds, "caption")[0], "The 482 selected areas");
    let packed = page(&server, "/table?areas=E01010568*AA&set=Three~lsoa11:E01010568*AA");
    assert_eq!(texts(&packed, "caption")[0], "The 3 selected areas");
    assert_eq!(texts(&packed, "tbody th .soft").concat(), "SelectedThree".repeat(3));
}

#[test]
fn a_set_has_its_value_and_its_areas_are_marked() {
    let server = demo();
    let set = encoded("North side~lsoa11:E01010568,E01010569,E99");
    let document = page(&server, &format!("/table?set={set}&mode=significance&against=set:North+side"));
    let clean = encoded("North side~lsoa11:E01010568,E01010569");
    let api = |path: &str| server.json(&format!("/api/v1/{{edition}}/{path}"));
    let held = api(&format!("significance/lsoa11/crime?set={clean}&against=set:North+side"));
    assert_eq!(texts(&document, "h1"), [held["sentence"].as_str().unwrap()]);
    let value = api(&format!("compare?set={clean}&indicators=crime"))["indicators"][0]["sets"][0]["value"].clone();
    let row = texts(&document, "table tbody tr")[0].clone();
    assert_eq!(row, format!("North side2{:.1}", value.as_f64().unwrap()));
    assert_eq!(texts(&document, "tbody th .soft"), ["North side"; 2]);
    let back = attributes(&document, ".ways a", "href").into_iter().next_back().unwrap();
    assert!(back.contains("mode=significance") && !back.contains("set"), "{back}");
    assert!(texts(&document, ".notice")[0].contains("Not among the LSOAs of this edition, so left out: E99."));
    for bad in ["nothing", "x~moon:E1", "~lsoa11:E01010568", "a,b~lsoa11:E01010568"] {
        let document = page(&server, &format!("/table?set={}", encoded(bad)));
        assert_eq!(texts(&document, ".notice").len(), 1, "{bad}");
        assert_eq!(texts(&document, "tbody th").len(), 1388, "{bad}");
    }
}

#[test]
fn what_a_link_asks_for_in_vain_is_told() {
    let server = demo();
    for (query, told) in [
        ("edition=0123456789abcdef", "The edition 0123456789abcdef is not held here, so the newest is shown."),
        ("edition=next", "This link’s “edition” could not be read (next), so it was left out."),
        ("indicator=crim", "“crim” is not in this atlas; Recorded crime is shown."),
        ("geography=lsoa12", "“lsoa12” is not a geography of this atlas; LSOAs are shown."),
        ("indicator=stroke-admissions&geography=lsoa11", "Stroke admissions is not published for LSOAs; shown for "),
        ("period=2015-07", "Recorded crime is not published for July 2015; shown for July 2018."),
        ("period=then", "This link’s “period” could not be read (then), so it was left out."),
        ("within=leeds", "This link’s “within” could not be read (leeds), so it was left out."),
        ("within=lad12:E08000035", "LSOAs cannot be limited to lad12; all are shown."),
        ("within=lad11:E08000099", "`E08000099` is not in this atlas."),
        ("method=zz", "This link’s “method” could not be read (zz), so it was left out."),
        ("method=custom", "This link’s “method” could not be read (custom), so it was left out."),
        ("k=99", "This link’s “k” could not be read (99), so it was left out."),
        ("breaks=0,10,x", "This link’s “breaks” could not be read (0,10,x), so it was left out."),
        ("k=4&method=quantile&breaks=0,10", "This link’s “breaks” could not be read (0,10), so it was left out."),
        ("centre=middle", "This link’s “centre” could not be read (middle), so it was left out."),
        ("still=no", "This link’s “still” could not be read (no), so it was left out."),
        ("scope=mine", "This link’s “scope” could not be read (mine), so it was left out."),
        ("scope=selection", "Nothing here is selected, so the colours are those of the areas shown."),
    ] {
        let table = page(&server, &format!("/table?{query}"));
        let notices = texts(&table, ".notice");
        assert!(notices.len() == 1 && notices[0].starts_with(told), "{query}: {notices:?}");
        // The page before its script, and the embed, say the same.
        for path in ["/", "/embed"] {
            let html = server.get(&format!("{path}?{query}")).text().replace(['\u{2068}', '\u{2069}'], "");
            assert!(html.contains(told), "{path}?{query}");
        }
    }
    let sound =
        "edition=&indicator=crime&geography=lsoa11&period=2018-07&within=lad11:E08000035&method=equal&k=4&still=false";
    assert_eq!(texts(&page(&server, &format!("/table?{sound}")), ".notice"), [""; 0]);
}
