//! `GET /areas/{geography}/{code}`: the profile of an area without a script.

use crate::harness::{demo, demo_edition};
use crate::plain::{all, assert_kept_and_unframed, attributes, document, page, texts};
use crate::squares::{self, Folder};

#[test]
fn the_profile_says_what_the_comparison_says() {
    let server = demo();
    let path = "/areas/lsoa11/E01010568";
    let document = page(&server, path);
    assert_eq!(texts(&document, "h1"), ["Bradford 016A"]);
    let compared =
        server.json("/api/v1/{edition}/compare?areas=lsoa11:E01010568&indicators=crime&against=parent,overall");
    let crime = &compared["indicators"][0]["areas"][0];
    let rows = texts(&document, "tr");
    let row = rows.iter().find(|row| row.starts_with("Recorded crime")).unwrap();
    let own = format!("{:.1} per 1,000 residents", crime["value"].as_f64().unwrap());
    assert!(row.contains(&own), "{own}: {row}");
    // What it is held against has the unit of the row, and how it stands to it in one word.
    let cells = texts(&document, "tr:has(th a[href*='indicator=crime&']) > td");
    for (held, cell) in [(0, 3), (1, 5)] {
        let held = &crime["against"][held];
        assert_eq!(cells[cell], format!("{:.1}", held["value"].as_f64().unwrap()));
        assert_eq!(cells[cell + 1].to_lowercase(), held["significance"].as_str().unwrap());
    }
    let [lower, upper] = ["lower", "upper"].map(|end| crime[end].as_f64().unwrap());
    assert!(row.contains(&format!("{lower:.1} to {upper:.1}1")), "{row}");
    // How intervals are found is said once, below.
    assert_eq!(texts(&document, ".footnotes li")[0], "95% interval, Byar.");
    assert!(row.contains(crime["rank"]["words"].as_str().unwrap()) && row.contains("July 2018"), "{row}");
    let areas = server.json("/api/v1/{edition}/areas/lsoa11?q=E01010568");
    let parents = &areas["areas"][0]["parents"];
    let parents =
        ["msoa11", "lad11"].map(|parent| format!("../../areas/{parent}/{}", parents[parent].as_str().unwrap()));
    assert_eq!(attributes(&document, "dd a", "href"), parents);
    let profile = server.json("/api/v1/{edition}/profile/lsoa11/E01010568");
    assert_eq!(texts(&document, ".lead"), [profile["sentence"].as_str().unwrap()]);
    // Between the ends of all areas.
    let quartiles = &profile["indicators"][0]["quartiles"];
    let ends = ["maximum", "minimum"].map(|end| format!("{:.1}", quartiles[end].as_f64().unwrap()));
    assert!(cells[1].contains(&format!("worst {}best {}", ends[0], ends[1])), "{}", cells[1]);
    assert!(attributes(&document, "a", "href").contains(&"../../?geography=lsoa11&areas=E01010568"));
    assert_kept_and_unframed(&server, path);
}

#[test]
fn a_picture_says_where_the_area_lies() {
    let document = page(&demo(), "/areas/lsoa11/E01010568");
    assert_eq!(attributes(&document, "svg[role=img]", "aria-label"), ["Bradford 016A within Bradford"]);
    assert_eq!(all(&document, "svg[role=img] .ring").len(), 1, "a small area is ringed");
    let drawn: usize = attributes(&document, "svg[role=img] path", "d").iter().map(|path| path.len()).sum();
    assert!(drawn > 200 && drawn < 20_000, "{drawn}");
    // What lies in no larger area lies within the outline of all.
    let district = page(&demo(), "/areas/lad11/E08000032");
    assert_eq!(attributes(&district, "svg[role=img]", "aria-label"), ["Bradford within West Yorkshire"]);
}

#[test]
fn what_is_not_published_for_an_area_is_shown_for_the_one_around() {
    let rows = texts(&page(&demo(), "/areas/lsoa11/E01010568"), "tbody tr");
    let strokes = rows.iter().find(|row| row.to_lowercase().contains("stroke")).unwrap();
    assert!(strokes.contains("Shown for Bradford 016 ("), "{strokes}");
}

#[test]
fn a_sum_of_too_little_says_so() {
    let text = texts(&page(&Folder::squares().serve(), "/areas/half/WEST"), "main").concat();
    let reason = "No figure, because those of its smaller areas cover only 50% of the people.";
    assert!(text.contains(reason), "{text}");
}

#[test]
fn what_is_larger_than_the_atlas_has_a_column_where_it_has_values() {
    let (server, _folder) = squares::serve();
    let document = page(&server, "/areas/square/SW");
    let heads = texts(&document, "thead tr");
    let with_column = heads.iter().filter(|head| head.contains("Circle <b>Country</b>")).count();
    assert!(with_column == 1 && heads.len() > 1, "only the theme that it has values of: {heads:?}");
    let rows = texts(&document, "tbody tr");
    assert_eq!(rows.iter().filter(|row| row.contains("21.7")).count(), 1, "{rows:?}");
    // It is not held against itself.
    assert!(texts(&page(&server, "/areas/country/C"), "thead tr").iter().all(|head| !head.contains("Circle")));
}

#[test]
fn hostile_names_stay_text() {
    let server = Folder::with_extras().serve();
    for (code, name) in squares::SQUARES {
        let document = page(&server, &format!("/areas/square/{code}?%ff=%3Cscript%3E&x=1"));
        let shown = if code == "SE" { "@Gorse Hill" } else { name };
        assert_eq!(texts(&document, "h1"), [shown]);
        // In a sentence a name that is written from right to left is isolated, so that it turns nothing around it.
        let said = if code == "NE" { format!("\u{2068}{shown}\u{2069}") } else { shown.to_owned() };
        let caption: String = all(&document, "caption")[0].text().collect();
        assert!(caption.ends_with(&format!(": {said}")), "{caption}");
    }
    let text = texts(&page(&server, "/areas/square/SW"), "main").concat();
    for fact in [
        "<b>Flooded</b> in 2019",
        "Counted twice",
        "<script>definition()</script>",
        "Circle <b>Country</b>",
        "<b>Most</b>",
        "10.0 per 1,000 residents",
        "within the tolerance of the target",
    ] {
        assert!(text.contains(fact), "{fact}: {text}");
    }
}

#[test]
fn a_value_that_is_not_there_is_explained() {
    let server = Folder::with_extras().serve();
    let share = |code: &str| {
        let rows = texts(&page(&server, &format!("/areas/square/{code}")), "tr");
        rows.into_iter().find(|row| row.starts_with("Share")).unwrap()
    };
    assert!(share("SE").contains("Hidden to protect privacy"), "{}", share("SE"));
    assert!(share("NE").contains("Provisional"), "{}", share("NE"));
    let tenth = texts(&page(&server, "/areas/square/SW"), "tr");
    let tenth = tenth.iter().find(|row| row.starts_with("Tenth of need")).unwrap();
    // Deciles are not averaged: of what is larger it is said how much of it is in the worst tenth.
    for words in ["1 of 2", "2 of 4"] {
        assert!(tenth.contains(words), "{tenth}");
    }
    let place = texts(&page(&server, "/areas/square/SW"), "tr");
    assert!(place.iter().any(|row| row.starts_with("Place among all") && row.contains("no figure")), "{place:?}");
    let reasons = texts(&page(&server, "/areas/square/SW"), ".footnotes li");
    let reason = "Place among all does not add up over areas.";
    assert!(reasons.iter().any(|own| own == reason), "{reasons:?}");
    assert!(reasons.iter().any(|own| own.ends_with("Squareland: 2 of the 4 are in decile 1.")), "{reasons:?}");
    // A comparator has no map.
    let country = page(&server, "/areas/country/C");
    assert_eq!(texts(&country, "h1"), ["Circle <b>Country</b>"]);
    assert!(!texts(&country, "main").concat().contains("Show on the map"));
}

#[test]
fn what_is_not_there_is_a_page_that_suggests() {
    let server = demo();
    for (path, said, link) in [
        ("/areas/lsoa11/E08000032", "has the code E08000032", "../../areas/lad11/E08000032"),
        ("/areas/lsoa11/E0101056", "has the code E0101056", "../../areas/lsoa11/E01010568"),
        ("/areas/lsoa12/E01010568", "Did you mean `lsoa11`?", "../../areas/lsoa11/E01010568"),
        ("/areas/%3Cscript%3E/x", "“<script>”", "../../table?geography=lsoa11"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("cache-control")), (404, Some("no-store")), "{path}");
        let document = document(&answer, path);
        let text = texts(&document, "main").concat();
        assert!(text.contains(said), "{path}: {text}");
        let links = attributes(&document, "a", "href");
        assert!(links.contains(&link), "{path}: {links:?}");
    }
}

#[test]
fn an_edition_that_is_not_held_is_told() {
    let server = demo();
    let address = "/areas/lsoa11/E01010568".to_owned();
    let lost = page(&server, &format!("{address}?edition=0123456789abcdef"));
    let told = "The edition 0123456789abcdef is not held here, so the newest is shown.";
    assert_eq!(texts(&lost, ".notice"), [told]);
    for kept in [address.clone(), format!("{address}?edition={}", demo_edition())] {
        assert_eq!(texts(&page(&server, &kept), ".notice"), [""; 0], "{kept}");
    }
}
