//! `GET /embed`: the one page that other sites may show in a frame.

use crate::harness::{Server, demo};
use scraper::Html;

use crate::plain::{all, attributes, texts};
use crate::squares::Folder;

/// The document, or nothing where the program was built without its page.
fn embedded(server: &Server, path: &str) -> Option<Html> {
    let answer = server.get(path);
    if answer.status == 501 {
        assert_eq!(answer.json()["type"], "/problems/no-page");
        println!("skipped: the page is not built");
        return None;
    }
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html; charset=utf-8")), "{path}");
    let document = Html::parse_document(&answer.text());
    for element in ["style", "b", "i", "em", "s", "place", "[style]", "[onload]", "[onclick]", "script:not([src])"] {
        assert!(all(&document, element).is_empty(), "{path} has `{element}`");
    }
    Some(document)
}

fn ancestors(server: &Server, path: &str) -> String {
    let answer = server.get(path);
    let policy = answer.header("content-security-policy").unwrap();
    policy.split("frame-ancestors ").nth(1).unwrap().to_owned()
}

#[test]
fn it_says_the_finding_and_its_classes_and_leads_to_the_atlas() {
    let server = demo();
    let Some(document) = embedded(&server, "/embed?geography=lad11&indicator=crime&k=3") else { return };
    let classes = server.json("/api/v1/{edition}/classes/lad11/crime?k=3&still=true");
    assert_eq!(texts(&document, "h1"), [classes["sentence"].as_str().unwrap()]);
    let counts: Vec<String> = classes["counts"].as_array().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(texts(&document, "tbody td:nth-child(2)"), counts);
    assert_eq!(attributes(&document, "a", "target"), ["_top"]);
    assert_eq!(attributes(&document, "a", "href"), ["./?geography=lad11&indicator=crime&period=2018-07&k=3"]);
}

#[test]
fn it_says_what_its_mode_found() {
    let server = demo();
    for (query, path) in [
        ("mode=significance", "significance/lad11/crime?"),
        ("mode=change&from=2016-07", "change/lad11/crime?from=2016-07"),
    ] {
        let Some(document) = embedded(&server, &format!("/embed?geography=lad11&indicator=crime&{query}")) else {
            return;
        };
        let found = server.json(&format!("/api/v1/{{edition}}/{path}"));
        assert_eq!(texts(&document, "h1"), [found["sentence"].as_str().unwrap()]);
        let counts = found["kinds"]["counts"].as_array().or(found["counts"].as_array()).unwrap();
        let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
        assert_eq!(texts(&document, "tbody td:nth-child(2)"), counts, "{query}");
        assert!(attributes(&document, "a", "href")[0].ends_with(&format!("&{query}")), "{query}");
    }
    let Some(document) = embedded(&server, "/embed?geography=lad11&mode=double&second=robbery") else { return };
    let captions = ["Classes of Recorded crime, July 2018", "Classes of Robbery, July 2018"];
    assert_eq!(texts(&document, "caption"), captions);
}

#[test]
fn it_alone_may_be_framed_by_the_hosts_that_the_publisher_names() {
    let folder = Folder::with_extras();
    assert_eq!(ancestors(&folder.serve(), "/embed"), "*");
    let hosts = "[\"https://www.example.org\", \"https://*.example.net\"]";
    folder.append("atlas.toml", &format!("\n[embed]\nhosts = {hosts}\n"));
    let server = folder.serve();
    assert_eq!(ancestors(&server, "/embed?indicator=sort"), "https://www.example.org https://*.example.net");
    for path in ["/table", "/areas/square/SW", "/areas/square/none", "/api", "/plain.css", "/api/v1/atlas", "/nothing"]
    {
        assert_eq!(ancestors(&server, path), "'none'", "{path}");
    }
    drop(server);
    folder.replace("atlas.toml", hosts, "[]");
    assert_eq!(ancestors(&folder.serve(), "/embed"), "'none'");
}

#[test]
fn hostile_names_stay_text() {
    let server = Folder::with_extras().serve();
    for indicator in ["thefts", "tenth", "share", "need"] {
        embedded(&server, &format!("/embed?indicator={indicator}"));
    }
    let Some(document) = embedded(&server, "/embed?indicator=sort") else { return };
    assert_eq!(texts(&document, "tbody th"), ["Urban", "Rural <place>"]);
}
