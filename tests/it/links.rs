//! What a link says, on every page: which parameters can be read, and what opens where it says nothing.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::harness::{Server, encoded, run};
use crate::plain::{all, document, page, texts};
use crate::squares::{self, Folder};

/// What links say, and whether it can be read: for the program and the page alike.
const LINKS: &str = include_str!("../links.json");

const UNREAD: &str = "could not be read";

#[test]
fn what_can_be_read_is_what_the_page_reads() {
    let (server, _folder) = squares::serve();
    let links: Value = serde_json::from_str(LINKS).unwrap();
    let mut judged = 0;
    for (name, cases) in links["parameters"].as_object().unwrap() {
        for (kind, is_read) in [("read", true), ("unread", false)] {
            for text in cases[kind].as_array().unwrap().iter().map(|text| text.as_str().unwrap()) {
                let html = server.get(&format!("/table?{name}={}", encoded(text))).text();
                assert_eq!(!html.contains(&format!("This link’s “{name}” {UNREAD}")), is_read, "{name}={text}");
                judged += 1;
            }
        }
    }
    assert!(judged > 80);
}

#[test]
fn a_period_may_be_written_otherwise_and_what_is_said_again_is_told() {
    let folder = Folder::squares();
    add_need(&folder, "2017-2019", "SW,11\nSE,22\nNW,23\nNE,44\n");
    let server = folder.serve();
    let notices = |query: &str| texts(&page(&server, &format!("/table?{query}")), "p").join("\n");
    let said = notices("indicator=need&period=2017-19");
    assert!(!said.contains("is not published"), "{said}");
    let said = notices("indicator=need&period=2016-18");
    assert!(said.contains("Score of need is not published for 2016 to 2018; shown for 2017 to 2019."), "{said}");
    assert!(notices("k=3&k=4").contains("The link says “k” more than once; the first was taken."));
    assert!(notices("groups=a").contains("“groups” is nothing that a link can say here"));
}

#[test]
fn a_class_of_another_map_selects_nothing() {
    let (server, _folder) = squares::serve();
    let selected = |query: &str| all(&page(&server, &format!("/table?{query}")), "tbody th .soft").len();
    let html = |query: &str| server.get(&format!("/table?{query}")).text();
    let told = "is of a map that is not shown, so it was left out.";
    assert!(!html("indicator=need&k=2&areas=class:2").contains(told));
    assert_eq!((selected("indicator=need&k=2"), selected("indicator=need&k=2&areas=class:2")), (0, 1));
    for query in ["indicator=gone&areas=class:2", "indicator=need&period=1999&areas=class:2"] {
        assert!(html(query).contains(told), "{query}");
        assert_eq!(selected(query), 0, "{query}");
        assert!(!html(query).contains("areas=class"), "no way on from here selects it: {query}");
    }
    assert!(html("indicator=gone&breaks=0,5,10").contains(&format!("“breaks” {told}")));
    let refused = html("filter=gone%3C=2");
    assert!(refused.contains("`gone` is not in this atlas. The filter is not applied."), "{refused}");
}

/// The four squares with three years of need, of which the second opens: its change, in one half, in three classes.
fn with_opening() -> Folder {
    let folder = Folder::squares();
    folder.replace(
        "atlas.toml",
        "indicator = \"thefts\"",
        "indicator = \"need\"\nperiod = 2019\nwithin = \"half:WEST\"\nk = 3\nmode = \"change\"\nsort = \"name\"\ntheme = \"dark\"",
    );
    add_need(&folder, "2018", "SW,11\nSE,22\nNW,23\nNE,44\n");
    add_need(&folder, "2020", "SW,5\nSE,6\nNW,7\nNE,8\n");
    folder
}

/// The need of another period.
fn add_need(folder: &Folder, period: &str, values: &str) {
    folder.write(&format!("need-{period}.csv"), &format!("code,need\n{values}"));
    folder.append(
        "atlas.toml",
        &format!(
            "\n[[table]]\nfile = \"need-{period}.csv\"\ngeography = \"square\"\ncode = \"code\"\nperiod = \"{period}\"\n[table.columns]\nneed = \"need\"\n"
        ),
    );
}

const IN_FULL: &str = "indicator=need&geography=square&period=2019&within=half:WEST&k=3&mode=change&sort=name";

/// What a page shows: its finding, its head and the rows of its table.
fn shown(server: &Server, path: &str) -> [Vec<String>; 3] {
    let document = document(&server.get(path), path);
    ["h1", "title", "table tbody tr"].map(|css| texts(&document, css))
}

#[test]
fn an_address_that_says_nothing_shows_what_the_atlas_opens_with() {
    let server = with_opening().serve();
    let opens = shown(&server, &format!("/table?{IN_FULL}"));
    assert!(opens[0][0].contains("2019") && opens[2].len() == 2, "{opens:?}");
    for nothing in ["", "?", "?k=", "?theme=light", "?lock=at&lang=en", "?utm_source=a", "?nonsense=1"] {
        assert_eq!(shown(&server, &format!("/table{nothing}")), opens, "{nothing}");
    }
    assert!(server.json("/api/v1/atlas")["view"]["mode"] == "change");
}

#[test]
fn a_link_that_says_something_speaks_for_itself() {
    let server = with_opening().serve();
    let plain = shown(&server, "/table?indicator=need&geography=square&period=2020&sort=worst");
    assert_eq!(plain[2].len(), 4);
    // Some of them only the screen shows: they are no other page than each other, and another one than the address without any.
    for link in ["?panel=trend", "?at=-0.9,53.1,9", "?k=5", "?indicator=need", "?k=many", "?mode=map"] {
        assert_eq!(shown(&server, &format!("/table{link}")), plain, "{link}");
    }
}

#[test]
fn the_page_and_the_embed_open_alike() {
    let server = with_opening().serve();
    for path in ["/", "/embed"] {
        let answer = server.get(path);
        if answer.status == 501 {
            println!("skipped: the page is not built");
            return;
        }
        let heading = |path: &str| {
            let html = scraper::Html::parse_document(&server.get(path).text());
            texts(&html, "h1").join("")
        };
        let opens = heading(&format!("{path}?{IN_FULL}"));
        assert!(opens.contains("2019"), "{opens}");
        assert_eq!(heading(path), opens);
        assert_ne!(heading(&format!("{path}?panel=trend")), opens);
        assert_eq!(heading(path), opens, "after another page of the same server");
    }
}

#[test]
fn plain_files_open_as_far_as_there_are_files() {
    let folder = with_opening();
    let place = TempDir::new().unwrap();
    let site = place.path().join("site");
    let built = run(&["build", folder.argument(), "--static", site.to_str().unwrap()]);
    if built.code() != Some(0) {
        assert!(built.err().contains("built without its page"), "{}", built.err());
        println!("skipped: the page is not built");
        return;
    }
    let html = scraper::Html::parse_document(&fs::read_to_string(site.join("index.html")).unwrap());
    let expected = shown(&folder.serve(), "/table?indicator=need&geography=square&period=2019");
    assert_eq!(texts(&html, "h1"), expected[0]);
    assert_eq!(all(&html, "table tbody tr").len(), 4);
    assert!(!html.html().contains("left out"), "nobody asked for more");
}
