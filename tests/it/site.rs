//! An atlas as plain files: the same answers, with no program behind them.

use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};

use scraper::{Html, Selector};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::harness::{Finished, run, run_within};
use crate::squares::Folder;

fn build(folder: &Folder, site: &Path) -> Finished {
    run(&["build", folder.argument(), "--static", site.to_str().unwrap()])
}

/// All files below a folder, by their ways from it.
fn files(root: &Path) -> Vec<String> {
    let mut folders = vec![root.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    files.sort();
    files
}

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

#[test]
fn each_file_is_what_the_server_answers() {
    let folder = Folder::with_extras();
    let place = TempDir::new().unwrap();
    let site = place.path().join("site");
    let built = build(&folder, &site);
    assert_eq!(built.code(), Some(0), "{}", built.err());
    let server = folder.serve();
    let id = server.edition();
    assert_eq!(built.out(), format!("{id}\n"));
    let api = site.join("api/v1").join(&id);
    for (file, address) in [
        ("catalog.json", "catalog"),
        ("neighbours/square.json", "neighbours/square"),
        ("values/square/need.json", "values/square/need"),
        ("values/square/need/period=2019.json", "values/square/need?period=2019"),
        ("classes/square/need/period=2019.json", "classes/square/need?period=2019"),
        ("classes/half/need/period=2019.json", "classes/half/need?period=2019"),
    ] {
        assert_eq!(json_of(&api.join(file)), server.json(&format!("/api/v1/{id}/{address}")), "{file}");
    }
    let raw = |address: &str| server.get(address).body;
    for (file, address) in [
        ("values/square/need/period=2019.csv", "values/square/need.csv?period=2019"),
        ("values/square/need/period=2019.bin", "values/square/need.bin?period=2019"),
    ] {
        assert_eq!(fs::read(api.join(file)).unwrap(), raw(&format!("/api/v1/{id}/{address}")), "{file}");
    }
    let tiles: Vec<String> = files(&site.join("tiles")).into_iter().filter(|file| !file.ends_with(".json")).collect();
    let vector = tiles.iter().filter(|tile| tile.ends_with(".mvt")).count();
    assert!(vector > 10 && tiles.len() == 2 * vector, "{tiles:?}");
    for tile in &tiles {
        let own = fs::read(site.join("tiles").join(tile)).unwrap();
        assert!(!own.is_empty());
        assert_eq!(own, raw(&format!("/tiles/{tile}")), "{tile}");
    }
    assert_eq!(json_of(&site.join("withdrawn.json")), json!({ "withdrawn": {} }));
    // Nothing is left beside it.
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
}

#[test]
fn every_link_leads_to_a_file() {
    let folder = Folder::with_extras();
    let place = TempDir::new().unwrap();
    let site = place.path().join("site");
    assert_eq!(build(&folder, &site).code(), Some(0));
    let links = Selector::parse("a[href], link[href], script[src], form").unwrap();
    let (mut pages, mut followed) = (0, 0);
    for page in files(&site).iter().filter(|file| file.ends_with(".html")) {
        pages += 1;
        let html = Html::parse_document(&fs::read_to_string(site.join(page)).unwrap());
        for element in html.select(&links) {
            let element = element.value();
            assert_ne!(element.name(), "form", "{page}: nobody answers a form");
            let href = element.attr("href").or(element.attr("src")).unwrap();
            if href.starts_with('#') || href.starts_with("https://") || href.starts_with("http://") {
                continue;
            }
            followed += 1;
            let target = resolved(Path::new(page).parent().unwrap(), href.split(['?', '#']).next().unwrap());
            let target =
                if href.split(['?', '#']).next().unwrap().ends_with('/') { target.join("index.html") } else { target };
            assert!(site.join(&target).is_file(), "{page}: `{href}` leads to `{}`", target.display());
        }
    }
    assert!(pages > 10 && followed > 10 * pages / 2, "{pages} pages, {followed} links");
}

/// A relative address from a folder.
fn resolved(folder: &Path, href: &str) -> PathBuf {
    let mut path = folder.to_owned();
    for component in Path::new(href.trim_start_matches('/')).components() {
        match component {
            Component::ParentDir => assert!(path.pop(), "{href} leads out of the site"),
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}

#[test]
fn a_site_makes_way_for_the_next_and_nothing_else_does() {
    let folder = Folder::squares();
    let place = TempDir::new().unwrap();
    let site = place.path().join("site");
    let built = build(&folder, &site);
    assert_eq!(built.code(), Some(0), "{}", built.err());
    let listed = fs::read_to_string(site.join("files.txt")).unwrap();
    let mut listed: Vec<&str> = listed.lines().collect();
    listed.sort_unstable();
    assert_eq!(listed, files(&site));
    let before = built.out().trim().to_owned();
    // What the publisher put there stays, and what the site no longer has goes.
    for own in ["CNAME", ".htaccess", "assets/logo.svg", ".git/HEAD"] {
        fs::create_dir_all(site.join(own).parent().unwrap()).unwrap();
        fs::write(site.join(own), own).unwrap();
    }
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,11,");
    assert_eq!(build(&folder, &site).code(), Some(0));
    for own in ["CNAME", ".htaccess", "assets/logo.svg", ".git/HEAD"] {
        assert_eq!(fs::read_to_string(site.join(own)).unwrap(), own);
    }
    assert!(!site.join("api/v1").join(&before).exists() && !site.join("tiles").join(&before).exists());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing is left beside it");

    let other = place.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.odt"), "").unwrap();
    let refused = build(&folder, &other);
    assert_eq!((refused.code(), refused.out().as_str()), (Some(2), ""));
    assert!(refused.err().contains("is there already and is no site of plain files"), "{}", refused.err());
    assert_eq!(files(&other), ["thesis.odt"]);
}

/// Wherever a site or an edition is to be written by mistake, nothing is lost.
#[test]
fn what_stands_in_the_place_by_mistake_is_left_alone() {
    let home = TempDir::new().unwrap();
    let atlas = home.path().join("deep/atlas");
    fs::create_dir_all(&atlas).unwrap();
    let squares = Folder::squares();
    for file in files(squares.path()) {
        fs::copy(squares.path().join(&file), atlas.join(&file)).unwrap();
    }
    for (file, text) in [
        ("sibling.txt", "mine"),
        ("deep/app/manifest.json", "{\"name\":\"an app\"}"),
        ("deep/app/payroll.xlsx", "pay"),
        ("deep/web/withdrawn.json", "[]"),
        ("deep/web/index.html", "mine"),
    ] {
        let path = home.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let before = files(home.path());
    let places =
        [".", "..", "../", "./..", "../..", "/", "../app", "../app/", "../web", "new/..", "atlas.toml", "../app/.."];
    for broken in [false, true] {
        if broken {
            fs::write(atlas.join("atlas.toml"), "nonsense = ").unwrap();
        }
        for (option, place) in ["--static", "--out"].into_iter().flat_map(|option| places.map(|place| (option, place)))
        {
            let refused = run_within(&atlas, &["build", "--quiet", option, place]);
            assert_eq!(refused.code(), Some(2), "{option} {place}");
            assert_eq!(files(home.path()), before, "{option} {place}: {}", refused.err());
        }
    }
}

/// A pipe that nobody writes to stands for a table that takes long.
#[cfg(target_os = "linux")]
#[test]
fn a_build_that_is_stopped_leaves_nothing_and_one_that_is_killed_is_cleared_away() {
    let folder = Folder::squares();
    let place = TempDir::new().unwrap();
    let site = place.path().join("site");
    assert_eq!(build(&folder, &site).code(), Some(0));
    let whole = files(&site);
    let table = folder.path().join("values.csv");
    let text = fs::read(&table).unwrap();
    fs::remove_file(&table).unwrap();
    assert!(Command::new("mkfifo").arg(&table).status().unwrap().success());
    let beside = || fs::read_dir(place.path()).unwrap().count() - 1;
    for (signal, left, code) in [("TERM", 0, Some(130)), ("INT", 0, Some(130)), ("KILL", 1, None)] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.args(["build", folder.argument(), "--quiet", "--static", site.to_str().unwrap()]);
        let mut building = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // It hears signals before it sets up beside the site.
        while beside() == 0 {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        assert!(Command::new("kill").args(["-s", signal, &building.id().to_string()]).status().unwrap().success());
        assert_eq!(building.wait().unwrap().code(), code, "{signal}");
        assert_eq!((beside(), files(&site)), (left, whole.clone()), "{signal}");
    }
    fs::remove_file(&table).unwrap();
    fs::write(&table, text).unwrap();
    assert_eq!(build(&folder, &site).code(), Some(0));
    assert_eq!((beside(), files(&site)), (0, whole));
}

#[test]
fn a_withdrawn_edition_is_not_written_again() {
    let folder = Folder::squares();
    let place = TempDir::new().unwrap();
    let site = place.path().join("site");
    let built = build(&folder, &site);
    let id = built.out().trim().to_owned();
    let list = json!({ "withdrawn": { &id: "A table was published by mistake." } });
    fs::write(site.join("withdrawn.json"), list.to_string()).unwrap();
    let refused = build(&folder, &site);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains(&format!("edition {id} was withdrawn")), "{}", refused.err());
    assert!(refused.err().contains("A table was published by mistake."), "{}", refused.err());
    // What is mended is written, and the list stays.
    folder.replace("values.csv", "SW,1000,10,", "SW,1000,11,");
    assert_eq!(build(&folder, &site).code(), Some(0));
    assert_eq!(json_of(&site.join("withdrawn.json")), list);
    assert!(!site.join("api/v1").join(&id).exists());

    fs::write(site.join("withdrawn.json"), "[]").unwrap();
    let refused = build(&folder, &site);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains("withdrawn.json` cannot be used") && refused.err().contains("hint: it is like"));
}

#[test]
fn build_must_be_told_where_to_write() {
    let folder = Folder::squares();
    let refused = run(&["build", folder.argument()]);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains("--out") && refused.err().contains("--static"), "{}", refused.err());
}
