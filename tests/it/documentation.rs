//! What the documents say of the project is true.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{demo, project, run};

/// The documents at the root and in `docs`, and those that stand beside what they speak of.
fn documents() -> Vec<PathBuf> {
    const BESIDE: [&str; 4] = ["data/README.md", "tests/README.md", "tests/reference/README.md", "web/README.md"];
    let folders = [project(), project().join("docs"), project().join("docs/decisions")];
    let mut documents: Vec<PathBuf> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .chain(BESIDE.map(|document| project().join(document)))
        .collect();
    documents.sort();
    documents
}

/// The names of the crates.
fn crates() -> Vec<String> {
    let folders = fs::read_dir(project().join("crates")).unwrap();
    folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A document without its blocks of code, which hold examples.
fn prose(document: &Path) -> String {
    let text = fs::read_to_string(document).unwrap();
    text.split("\n```").step_by(2).collect()
}

/// What stands in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn the_architecture_is_written_down() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/api.md"] {
        assert!(project().join(document).is_file(), "{document}");
    }
}

#[test]
fn every_crate_is_on_the_map_and_every_crate_on_the_map_exists() {
    let map = fs::read_to_string(project().join("ARCHITECTURE.md")).unwrap();
    let crates = crates();
    for name in &crates {
        let named = quoted(&map).iter().any(|quoted| {
            quoted.trim_end_matches('/') == name || quoted.trim_end_matches('/') == format!("crates/{name}")
        });
        assert!(named, "ARCHITECTURE.md does not name `{name}`");
    }
    for name in quoted(&map).into_iter().filter(|quoted| {
        quoted.starts_with("tessera-") && quoted.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    }) {
        assert!(crates.iter().any(|own| own == name), "ARCHITECTURE.md names `{name}`, which is no crate");
    }
}

#[test]
fn every_path_that_a_document_names_exists() {
    const FOLDERS: [&str; 11] =
        ["crates", "tests", "web", "docs", "data", "boundaries", "packaging", "words", ".ci", ".github", "target"];
    for document in documents() {
        let text = prose(&document);
        for quoted in quoted(&text) {
            let first = quoted.split('/').next().unwrap_or_default();
            let is_path = quoted.contains('/')
                && FOLDERS.contains(&first)
                && !quoted.contains(|character: char| character.is_whitespace() || "{}*…<>".contains(character));
            // A path in a crate may be told from that crate on.
            let is_there = project().join(quoted).exists()
                || crates().iter().any(|name| project().join("crates").join(name).join(quoted).exists());
            // What is built need not be there yet.
            let is_built = quoted.starts_with("target/") || quoted.starts_with("web/dist");
            assert!(!is_path || is_built || is_there, "{} names `{quoted}`, which does not exist", document.display());
        }
    }
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for document in documents() {
        let text = prose(&document);
        for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default()) {
            let link = link.split_whitespace().next().unwrap_or_default();
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() { document.clone() } else { document.parent().unwrap().join(path) };
            assert!(target.exists(), "{} links to `{link}`", document.display());
            if !anchor.is_empty() && target.extension().is_some_and(|extension| extension == "md") {
                assert!(anchors(&target).iter().any(|own| own == anchor), "{} links to `{link}`", document.display());
            }
        }
    }
}

/// The headings of a document as a forge makes anchors of them.
fn anchors(document: &Path) -> Vec<String> {
    let text = prose(document);
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| {
        let kept = heading.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
        kept.map(|character| if character == ' ' { '-' } else { character.to_ascii_lowercase() }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn every_route_is_documented_and_every_documented_route_exists() {
    let description = demo().json("/openapi.json");
    let routes: Vec<String> = description["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(|route| route.replace("{layer}", "{geography}.geojson").replace("{y}", "{y}.mvt"))
        .map(|route| if route == "/tiles/{edition}/{geography}" { route + ".json" } else { route })
        .collect();
    assert!(routes.len() >= 12, "{routes:?}");
    let document = fs::read_to_string(project().join("docs/api.md")).unwrap();
    let documented: Vec<&str> = quoted(&document)
        .into_iter()
        .filter_map(|quoted| quoted.strip_prefix("GET "))
        .map(|route| route.split('?').next().unwrap())
        .collect();
    for route in &routes {
        assert!(documented.contains(&route.as_str()), "docs/api.md does not document `{route}`: {documented:?}");
    }
    // Pages are for readers: the description for programs leaves them out.
    for route in documented
        .into_iter()
        .filter(|route| !["/areas/{geography}/{code}", "/table", "/table.csv", "/embed"].contains(route))
    {
        assert!(routes.iter().any(|own| own == route), "docs/api.md documents `{route}`, which does not exist");
    }
}

/// The options of a command with their defaults, as its help has them.
fn options_in_help(command: &str) -> BTreeMap<String, Option<String>> {
    let help = run(&[command, "--help"]).out();
    let words: Vec<&str> = help.split_once("\nOptions:").unwrap().1.split_whitespace().collect();
    let mut options: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut last = String::new();
    for pair in words.windows(2) {
        if pair[0].starts_with("--") && pair[0] != "--help" {
            last = pair[0].to_owned();
            options.insert(last.clone(), None);
        } else if pair[0] == "[default:" {
            options.insert(last.clone(), Some(pair[1].trim_end_matches(']').to_owned()));
        }
    }
    options
}

/// The same as the table of a document has them.
fn options_in_table(section: &str) -> BTreeMap<String, Option<String>> {
    let rows = section.lines().filter(|line| line.starts_with("| `--"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let name = cells[1].trim_matches('`').split(' ').next().unwrap().to_owned();
        assert!(!cells[3].is_empty(), "{name} has no meaning");
        (name, Some(cells[2].trim_matches('`').to_owned()).filter(|default| !default.is_empty()))
    })
    .collect()
}

#[test]
fn every_option_is_documented_with_its_default_and_every_documented_option_exists() {
    let document = fs::read_to_string(project().join("docs/operations.md")).unwrap();
    for command in ["serve", "check", "build"] {
        let (_, section) = document.split_once(&format!("\n### `tessera {command}`\n")).unwrap();
        let section = section.split("\n##").next().unwrap();
        let (given, told) = (options_in_help(command), options_in_table(section));
        assert!(given.keys().eq(told.keys()), "{command}: {given:?} {told:?}");
        for (option, default) in given.into_iter().filter(|(_, default)| default.is_some()) {
            assert_eq!(told[&option], default, "{command} {option}");
        }
        assert!(section.contains("\nExit codes: 0 "), "{command}");
    }
}

#[test]
fn every_kind_of_refusal_is_documented() {
    let source = fs::read_to_string(project().join("crates/tessera-server/src/error.rs")).unwrap();
    let document = fs::read_to_string(project().join("docs/api.md")).unwrap();
    let is_kind =
        |text: &&str| text.contains('-') && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let kinds: Vec<&str> =
        source.split('"').skip(1).step_by(2).filter(is_kind).filter(|kind| *kind != "no-store").collect();
    assert!(kinds.len() >= 10, "{kinds:?}");
    for kind in kinds {
        assert!(
            document.contains(&format!("`{kind}`")) || document.contains(&format!("`/problems/{kind}`")),
            "docs/api.md does not tell of `{kind}`"
        );
    }
}
