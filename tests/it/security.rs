//! What a browser is told, and text from data that is text everywhere.

use crate::editions::ROUTES;
use crate::harness::{Server, demo, encoded};
use crate::plain::{page, texts};
use crate::squares::Folder;

const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

#[test]
fn every_answer_tells_the_browser_what_it_may_do() {
    let server = demo();
    let routes = ROUTES.iter().map(|route| format!("/api/v1/{{edition}}/{route}"));
    let others = ["/healthz", "/metrics", "/nothing", "/api/v1/latest/catalog", "/api/v1/{edition}/catalog?x=1"];
    for path in routes.chain(others.map(str::to_owned)) {
        let answer = server.get(&path);
        assert_eq!(answer.header("content-security-policy"), Some(DATA_POLICY), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("same-origin"), "{path}");
    }
    let too_long = server.get(&format!("/{}", "x".repeat(20_000)));
    assert_eq!((too_long.status, too_long.header("content-security-policy")), (414, Some(DATA_POLICY)));
}

#[test]
fn a_page_may_run_and_style_nothing_inline_and_may_not_be_framed() {
    let page = demo().get("/");
    if page.status == 501 {
        println!("skipped: the page is not built");
        return;
    }
    let policy = page.header("content-security-policy").unwrap();
    let directives: Vec<&str> = policy.split(';').map(str::trim).collect();
    for directive in
        ["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]
    {
        assert!(directives.contains(&directive), "{policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
    let html = page.text();
    assert!(
        !html.contains("<style")
            && !html.contains(" style=")
            && !html.contains(" onload=")
            && !html.contains("javascript:")
    );
}

#[test]
fn a_page_of_another_origin_may_ask_whether_something_has_changed() {
    let server = demo();
    let asking = [
        ("origin", "https://example.org"),
        ("access-control-request-method", "GET"),
        ("access-control-request-headers", "if-none-match"),
    ];
    let answer = server.ask("OPTIONS", "/api/v1/{edition}/catalog", &asking);
    assert_eq!((answer.status, answer.body.len()), (204, 0));
    for (header, expected) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "GET, HEAD"),
        ("access-control-allow-headers", "If-None-Match"),
    ] {
        assert_eq!(answer.header(header), Some(expected));
    }
}

/// The squares with a name in place of that of the south-western one.
fn named(name: &str) -> (Server, Folder) {
    let folder = Folder::squares();
    let text = folder.read("squares.geojson");
    let mut boundaries: serde_json::Value = serde_json::from_str(&text).unwrap();
    for feature in boundaries["features"].as_array_mut().unwrap() {
        if feature["properties"]["code"] == "SW" {
            feature["properties"]["name"] = name.into();
        }
    }
    folder.write("squares.geojson", &boundaries.to_string());
    (folder.serve(), folder)
}

#[test]
fn a_name_is_the_same_text_in_every_answer() {
    let long: String = "Long \u{2067}שם\u{2069} <b>&\"'".chars().cycle().take(10_000).collect();
    for name in [
        long.trim(),
        "</script><script>alert(1)</script>",
        "\u{202e}txet\u{202c} \u{200f}",
        "{{7*7}} ${x} %s %00 \\u003c",
    ] {
        let (server, _folder) = named(name);
        let areas = server.json("/api/v1/{edition}/areas/square");
        assert_eq!(areas["areas"][3]["name"], name);
        let layer = server.get("/api/v1/{edition}/layers/square.geojson");
        assert_eq!(layer.json()["features"][3]["properties"]["name"], name);
        let csv = server.get("/api/v1/{edition}/values/square/need.csv");
        let mut reader = csv::Reader::from_reader(csv.body.as_slice());
        assert_eq!(&reader.records().nth(3).unwrap().unwrap()[1], name);
        let found = server.json(&format!("/api/v1/{{edition}}/areas/square?q={}", encoded("SW")));
        assert_eq!(found["areas"][0]["name"], name);
        let compared = server.json("/api/v1/{edition}/compare?areas=square:SW&indicators=need");
        assert_eq!(compared["areas"][0]["name"], name);
        let area = page(&server, "/areas/square/SW?x=1");
        let is_kept = |character: &char| !['\u{2068}', '\u{2069}'].contains(character);
        assert_eq!(texts(&area, "h1"), [name.chars().filter(is_kept).collect::<String>()]);
        let map = server.get("/?indicator=need");
        if map.status == 200 {
            let html = map.text();
            let escaped = name.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let escaped = escaped.replace('"', "&quot;");
            assert!(html.contains(&format!("<bdi>{escaped}</bdi></a></th>")), "{}", &name[..name.len().min(40)]);
        }
    }
}

#[test]
fn a_name_that_is_written_from_right_to_left_turns_nothing_in_a_sentence() {
    // It ends an isolate that it did not begin, and turns what follows.
    let name = "\u{2069}\u{202e}txet צפון";
    let said = "\u{2068}\u{202e}txet צפון\u{2069}";
    let (server, _folder) = named(name);
    let classes = server.json("/api/v1/{edition}/classes/square/need");
    let compared = server.json("/api/v1/{edition}/compare?areas=square:SW&indicators=need&against=target");
    let located = server.json("/api/v1/{edition}/locate?lon=-0.95&lat=53.05");
    let reason = &compared["indicators"][0]["areas"][0]["against"][0]["reason"];
    for sentence in [&classes["sentence"], &compared["sentence"], &located["sentence"], reason] {
        let sentence = sentence.as_str().unwrap();
        assert!(sentence.contains(said), "{sentence}");
        assert!(!sentence.replace(said, "").contains(name), "{sentence}");
    }
    assert_eq!(located["areas"][0]["name"], name);
    let title = texts(&page(&server, "/areas/square/SW"), "title").concat();
    assert_eq!(title, "\u{202e}txet צפון · Four <em>squares</em> & more");
}

#[test]
fn a_spreadsheet_takes_no_name_for_a_formula() {
    for start in ["=", "+", "-", "@", "\t=", "\r=", "\n="] {
        let name = format!("{start}HYPERLINK(\"http://evil.example\")");
        let (server, _folder) = named(&name);
        let known = server.json("/api/v1/{edition}/areas/square")["areas"][3]["name"].as_str().unwrap().to_owned();
        let csv = server.get("/api/v1/{edition}/values/square/need.csv");
        let mut reader = csv::Reader::from_reader(csv.body.as_slice());
        let cell = reader.records().nth(3).unwrap().unwrap()[1].to_owned();
        let harmless = !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
        assert!(harmless && cell.ends_with(&known), "{cell:?}");
    }
}
