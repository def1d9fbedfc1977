//! `GET /` and the files of the page.

use crate::harness::{Answer, Server, demo, encoded};
use crate::squares;

/// The page, or nothing where the program was built without it; then the refusal is looked at instead.
fn page(server: &Server, query: &str) -> Option<Answer> {
    let answer = server.get(&format!("/{query}"));
    if answer.status == 501 {
        answer.assert_is_problem();
        let problem = answer.json();
        assert_eq!(problem["type"], "/problems/no-page");
        assert!(problem["detail"].as_str().unwrap().contains("make build"), "{problem}");
        println!("skipped: the page is not built");
        return None;
    }
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")));
    Some(answer)
}

/// What stands between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("no `{from}`")) + from.len();
    let end = text[start..].find(to).unwrap_or_else(|| panic!("no `{to}`"));
    &text[start..start + end]
}

fn heading(html: &str) -> &str {
    let after = between(html, "<h1", "</h1>");
    after.split_once('>').unwrap().1
}

#[test]
fn the_finding_the_first_rows_and_the_attribution_stand_in_the_html() {
    let server = demo();
    let Some(answer) = page(&server, "") else { return };
    let html = answer.text();
    let classes = server.json("/api/v1/{edition}/classes/lsoa11/crime");
    assert_eq!(heading(&html), classes["sentence"].as_str().unwrap());
    let title = between(&html, "<title>", "</title>");
    let (finding, atlas) = title.split_once(" · ").unwrap();
    assert!(heading(&html).starts_with(finding), "{title}");
    assert!(finding.contains("Recorded crime") && finding.chars().count() <= 140, "{title}");
    assert_eq!(atlas, "West Yorkshire atlas");
    let table = between(&html, "<table>", "</table>");
    assert!(table.contains("<caption>The first 15 of 1,388 LSOAs, highest first: Recorded crime, July 2018</caption>"));
    assert_eq!(table.matches("<tr><td class=\"number\">").count(), 15);
    let first = "<tr><td class=\"number\">1</td><th scope=\"row\"><a href=\"./areas/lsoa11/E01033690\"><bdi>Bradford 039G</bdi></a></th>\
                 <td class=\"number\">248.7</td></tr>";
    assert!(table.contains(first), "{table}");
    assert!(html.contains("Contains OS data © Crown copyright and database right 2011"));
    assert!(!html.contains("<!--tessera:"), "every place is filled in");
    // No inline script: everything above is there before any script runs, and stays without one.
    for script in html.split("<script").skip(1) {
        assert!(
            script.starts_with(|character: char| character.is_whitespace())
                && between(script, ">", "</script>").trim().is_empty()
        );
    }
}

#[test]
fn areas_whose_figure_is_hidden_stand_last_among_the_first_rows_with_the_reason() {
    let (server, _folder) = squares::serve();
    let Some(answer) = page(&server, "?indicator=share") else { return };
    let html = answer.text();
    let table = between(&html, "<table>", "</table>");
    assert!(table.contains("<caption>The first 4 of 4 squares"), "{table}");
    let last = table.rsplit_once("<tr>").unwrap().1;
    assert!(last.starts_with("<td class=\"number\"></td>"), "no rank: {last}");
    assert!(last.contains("/areas/square/SE") && last.contains("Hidden to protect privacy"), "{last}");
}

#[test]
fn the_view_in_the_query_string_is_what_the_html_speaks_of() {
    let server = demo();
    for (query, classes) in [
        ("?indicator=robbery&geography=lad11", "lad11/robbery"),
        ("?indicator=crime&period=2016-07", "lsoa11/crime?period=2016-07"),
        ("?within=lad11:E08000035", "lsoa11/crime?within=lad11:E08000035"),
        ("?indicator=stroke-admissions", "msoa11/stroke-admissions"),
        ("?indicator=burglary", "msoa11/burglary"),
    ] {
        let Some(answer) = page(&server, query) else { return };
        let sentence =
            server.json(&format!("/api/v1/{{edition}}/classes/{classes}"))["sentence"].as_str().unwrap().to_owned();
        assert_eq!(heading(&answer.text()), sentence, "{query}");
    }
}

/// The finding and the first rows of a mode, by the address of the page and of what the interface says of it.
const MODES: [(&str, &str); 5] = [
    ("?mode=hotspots&fdr=0.1", "hotspots/lsoa11/crime?fdr=0.1"),
    ("?mode=significance", "significance/lsoa11/crime"),
    (
        "?mode=significance&against=parent&within=lad11:E08000035",
        "significance/lsoa11/crime?against=parent&within=lad11:E08000035",
    ),
    ("?mode=change", "change/lsoa11/crime?from=2017-07"),
    ("?mode=change&from=crime@2016-07", "change/lsoa11/crime?from=2016-07"),
];

#[test]
fn the_finding_is_that_of_the_mode() {
    let server = demo();
    let said =
        |path: &str| server.json(&format!("/api/v1/{{edition}}/{path}"))["sentence"].as_str().unwrap().to_owned();
    for (query, path) in MODES {
        let Some(answer) = page(&server, query) else { return };
        assert_eq!(heading(&answer.text()), said(path), "{query}");
    }
    let both = page(&server, "?mode=double&second=robbery@2017-07").unwrap().text();
    let expected = format!("{} {}", said("classes/lsoa11/crime"), said("classes/lsoa11/robbery?period=2017-07"));
    assert_eq!(heading(&both), expected);
    assert!(both.contains("<th class=\"number\" scope=\"col\">Robbery, July 2017</th>"), "{both}");
    let changes = page(&server, "?mode=change").unwrap().text();
    assert!(changes.contains("<bdi>Leeds 111B</bdi></a></th><td class=\"number\">+44.9</td><td>Yes</td>"), "{changes}");
}

#[test]
fn a_mode_that_cannot_be_is_the_map_of_values_and_says_why() {
    let server = demo();
    let map = |query: &str| page(&server, query).map(|answer| heading(&answer.text()).to_owned());
    let Some(crime) = map("") else { return };
    for (query, like, reason) in [
        ("?mode=magic", "", "This link’s “mode” could not be read (magic), so it was left out."),
        ("?mode=significance&against=lad11:E99", "", "`E99` is not in this atlas."),
        ("?mode=significance&against=set:North", "", "No set is called `North`."),
        ("?mode=hotspots&smooth=global&indicator=residents", "?indicator=residents", "“Residents” cannot be smoothed"),
        ("?mode=change&from=2018-07", "", "does not end before July 2018 begins"),
        ("?mode=change&from=robbery@2016-07&indicator=residents", "?indicator=residents", "There is no earlier period"),
        ("?mode=significance&indicator=residents", "?indicator=residents", "“Residents” is a count"),
    ] {
        let html = page(&server, query).unwrap().text();
        assert_eq!(heading(&html), map(like).unwrap(), "{query}");
        assert!(html.contains(reason), "{query}: {html}");
    }
    assert_eq!(map("?mode=map"), Some(crime));
    // What only the screen shows makes no other page.
    let tag = |query: &str| page(&server, query).unwrap().header("etag").unwrap().to_owned();
    assert_eq!(tag(""), tag("?theme=dark&lang=en"));
    assert_eq!(tag("?at=-1.5,53.8,12&theme=dark&panel=trend"), tag("?layers=&panel=profile"));
    assert_eq!(tag("?k=4"), tag("?at=-1.5,53.8,12&k=4"));
    assert_ne!(tag(""), tag("?mode=map"));
}

#[test]
fn the_first_rows_are_those_of_the_list() {
    let server = demo();
    let rows =
        |query: &str| page(&server, query).map(|answer| between(&answer.text(), "<tbody>", "</tbody>").to_owned());
    let Some(all) = rows("") else { return };
    // Classes of one's own leave no area out of the list, and a filter does.
    assert_eq!(rows("?breaks=0,5,10&method=custom").unwrap(), all);
    assert_eq!(rows("?breaks=1000,2000&method=custom").unwrap(), all);
    let outdated = page(&server, "?breaks=1000,2000&method=custom").unwrap().text();
    assert!(outdated.contains("No area lies in the link’s classes any more"), "{outdated}");
    let filtered = rows(&format!("?filter={}", encoded("crime<5"))).unwrap();
    let values: Vec<f64> =
        filtered.split("</td></tr>").filter_map(|row| row.rsplit_once('>')?.1.parse().ok()).collect();
    assert!(values.len() == 15 && values.iter().all(|value| *value <= 5.0), "{filtered}");
}

#[test]
fn before_any_script_there_are_ways_on() {
    let server = demo();
    let Some(answer) = page(&server, "?indicator=robbery&within=lad11:E08000035&k=4") else { return };
    let html = answer.text();
    let links: Vec<String> = between(&html, "class=\"first\"", "</table>")
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
        .collect();
    assert_eq!(links.len(), 17, "{links:?}");
    assert!(links[0].contains("indicator=robbery") && links[0].contains("within=lad11%3AE08000035"), "{links:?}");
    assert!(links[1].ends_with("#choose"), "{links:?}");
    for link in &links {
        let path = link.trim_start_matches("./").split('#').next().unwrap();
        assert_eq!(server.get(&format!("/{path}")).status, 200, "{link}");
    }
    // Only an atlas with postcodes asks for one.
    assert!(!html.contains("name=\"postcode\""));
    let with_postcodes = page(&squares::Folder::with_extras().serve(), "").unwrap().text();
    assert!(with_postcodes.contains("<form action=\"table\">") && with_postcodes.contains("name=\"postcode\""));
}

#[test]
fn what_only_the_screen_shows_is_told_where_it_cannot_be_read() {
    let server = demo();
    let wrong = "?at=x&theme=neon&panel=moon&lock=moon&palette=mud&layers=a:b&reverse=perhaps&sort=odd&lang=cy";
    let Some(answer) = page(&server, wrong) else { return };
    for html in [answer.text(), server.get(&format!("/table{wrong}")).text()] {
        for name in ["at", "theme", "panel", "lock", "palette", "layers", "reverse", "sort", "lang"] {
            assert!(html.contains(&format!("This link’s “{name}” could not be read")), "{name}");
        }
    }
    let read =
        page(&server, "?at=-1.5,53.8,12&theme=dark&panel=trend&lock=at&palette=grey&reverse=true&lang=en&utm_source=a");
    assert!(!read.unwrap().text().contains("left out"));
}

#[test]
fn a_page_ignores_what_it_does_not_know() {
    let server = demo();
    let Some(plain) = page(&server, "") else { return };
    for query in [
        "?nonsense=1",
        "?indicator=nothing",
        "?period=x",
        "?geography=moon&k=1000&method=magic",
        "?within=a:b&within=c",
        "?%ff=%00",
        "?indicator=crime&indicator=stroke-admissions",
    ] {
        assert_eq!(heading(&page(&server, query).unwrap().text()), heading(&plain.text()), "{query}");
    }
}

#[test]
fn text_from_data_never_becomes_html() {
    let (server, _folder) = squares::serve();
    let hostile = encoded("\"><script>alert(1)</script>");
    let queries = [
        "",
        "?indicator=need",
        "?indicator=sort",
        "?indicator=share",
        "?geography=half&indicator=need",
        "?within=half:WEST",
    ];
    let queries =
        queries.map(str::to_owned).into_iter().chain([format!("?indicator={hostile}&{hostile}={hostile}#{hostile}")]);
    for query in queries {
        let Some(answer) = page(&server, &query) else { return };
        let html = answer.text();
        for raw in ["<script>", "alert(\"1\")", "<em>", "<i>", "<s>", "<b>", "<place>", "</h1> "] {
            assert!(!html.contains(raw), "{query}: {raw}");
        }
        assert!(html.contains("Four &lt;em&gt;squares&lt;/em&gt; &amp; more"), "{query}");
        assert!(html.contains("Source: &lt;i&gt;made up&lt;/i&gt;"), "{query}");
    }
    let html = page(&server, "").unwrap().text();
    assert!(html.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;/h1&gt;"));
    assert!(html.contains("<bdi>@Gorse Hill</bdi></a></th>"), "local names come first");
}

#[test]
fn the_page_loads_nothing_from_elsewhere_and_runs_no_script_of_others() {
    let server = demo();
    let Some(answer) = page(&server, "") else { return };
    let policy = answer.header("content-security-policy").unwrap();
    for directive in
        ["default-src 'none'", "script-src 'self'", "connect-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
    {
        assert!(policy.split(';').any(|own| own.trim() == directive), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{policy}");
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    let html = answer.text();
    for attribute in ["src=\"http", "href=\"http", "src=\"//", "href=\"//"] {
        assert!(!html.contains(attribute), "{attribute}");
    }
}

#[test]
fn a_base_map_is_the_only_other_host_and_only_for_pictures() {
    let folder = squares::Folder::squares();
    folder.append(
        "atlas.toml",
        "\n[basemap]\nurl = \"https://tiles.example/{z}/{x}/{y}.png\"\nattribution = \"© example\"\n",
    );
    let server = folder.serve();
    assert_eq!(server.json("/api/v1/atlas")["basemap"]["attribution"], "© example");
    let Some(answer) = page(&server, "") else { return };
    let policy = answer.header("content-security-policy").unwrap();
    let with_host: Vec<&str> =
        policy.split(';').filter(|directive| directive.contains("tiles.example")).map(str::trim).collect();
    assert_eq!(with_host.len(), 1, "{policy}");
    assert!(with_host[0].starts_with("img-src ") && with_host[0].contains("https://tiles.example"), "{policy}");
}

#[test]
fn files_of_the_page_are_found_typed_and_kept_for_ever() {
    let server = demo();
    let Some(answer) = page(&server, "") else { return };
    let html = answer.text();
    let mut found = 0;
    for name in html.split("assets/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        let asset = server.get(&format!("/assets/{name}"));
        assert_eq!(
            (asset.status, asset.header("cache-control")),
            (200, Some("public, max-age=31536000, immutable")),
            "{name}"
        );
        let media_type = asset.header("content-type").unwrap();
        let expected = match name.rsplit('.').next() {
            Some("js") => "text/javascript",
            Some("css") => "text/css",
            Some("svg") => "image/svg+xml",
            other => panic!("{other:?}"),
        };
        assert!(media_type.starts_with(expected), "{name}: {media_type}");
        found += 1;
    }
    assert!(found >= 2);
}

#[test]
fn there_is_no_other_file_and_no_way_out_of_the_folder() {
    let server = demo();
    for path in [
        "/index.html",
        "/embed.html",
        "/assets/",
        "/assets/none.js",
        "/assets/../index.html",
        "/..%2f..%2fCargo.toml",
        "/assets/%2e%2e/index.html",
        "/.git/config",
        "/atlas.toml",
        "//etc/passwd",
    ] {
        let answer = server.get(path);
        answer.assert_is_problem();
        assert_eq!((answer.status, &answer.json()["type"]), (404, &"/problems/unknown-route".into()), "{path}");
    }
}
