//! From a change of the sources to what readers see: nothing that was published is lost on the way.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tessera_atlas::store::{ColumnCache, Store};

use crate::harness::{Server, run, wait_until};
use crate::squares::Folder;

/// The value of the south-western square.
fn need(server: &Server, edition: &str) -> Option<f64> {
    server.json(&format!("/api/v1/{edition}/values/square/need"))["periods"]["2019"]["values"][3].as_f64()
}

fn change(folder: &Folder, from: &str, to: &str) {
    folder.replace("values.csv", &format!("SW,1000,{from},"), &format!("SW,1000,{to},"));
}

#[test]
fn build_writes_an_edition_prints_its_id_and_needs_no_sources_to_be_served() {
    let folder = Folder::squares();
    let place = TempDir::new().unwrap();
    let out = place.path().join("edition");
    let built = run(&["build", folder.argument(), "--out", out.to_str().unwrap()]);
    assert_eq!(built.code(), Some(0), "{}", built.err());
    let id = folder.serve().edition();
    assert_eq!(built.out(), format!("{id}\n"));
    let expected = need(&folder.serve(), &id);
    drop(folder);
    let server = Server::start_with_arguments(&["--store", out.to_str().unwrap()]);
    assert_eq!((server.edition(), need(&server, &id)), (id.clone(), expected));
    assert_eq!(server.json("/api/v1/atlas")["editions"].as_array().unwrap().len(), 1);
    // Into an edition by itself nothing is published.
    let folder = Folder::squares();
    let refused = run(&["serve", folder.argument(), "--store", out.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains("is a single edition"), "{}", refused.err());
}

/// A pipe that nobody writes to stands for a table that takes long.
#[cfg(target_os = "linux")]
#[test]
fn told_to_stop_while_the_first_edition_is_built_it_stops_and_so_does_the_build() {
    let folder = Folder::squares();
    let table = folder.path().join("values.csv");
    fs::remove_file(&table).unwrap();
    assert!(Command::new("mkfifo").arg(&table).status().unwrap().success());
    let mut serve = Command::new(env!("CARGO_BIN_EXE_tessera"));
    serve.args(["serve", folder.argument(), "--listen", "127.0.0.1:0"]);
    let mut serving = serve.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let children = format!("/proc/{0}/task/{0}/children", serving.id());
    let mut building = String::new();
    wait_until("the build", || {
        building = fs::read_to_string(&children).unwrap().trim().to_owned();
        !building.is_empty()
    });
    assert!(Command::new("kill").args(["-s", "TERM", &serving.id().to_string()]).status().unwrap().success());
    assert_eq!(serving.wait().unwrap().code(), Some(0));
    wait_until("the end of the build", || !Path::new(&format!("/proc/{building}")).exists());
    let said = std::io::read_to_string(serving.stderr.take().unwrap()).unwrap();
    assert!(said.contains("building the first edition"), "{said}");
}

#[test]
fn the_first_edition_says_how_far_it_is_and_in_a_log_for_programs_is_silent() {
    let [text, json] = ["text", "json"].map(|format| {
        let folder = Folder::squares();
        let server = Server::start_with(folder.path(), &["--log", format]);
        server.stop();
        server.log()
    });
    for part in ["building the first edition", "columns: ", "built"] {
        assert!(text.contains(part), "no `{part}` in {text}");
    }
    assert!(json.contains("building the first edition") && !json.contains("columns: "), "{json}");
}

#[test]
fn build_of_a_broken_atlas_exits_2_and_writes_nothing() {
    let folder = Folder::squares();
    change(&folder, "10", "#REF!");
    let place = TempDir::new().unwrap();
    let out = place.path().join("edition");
    let built = run(&["build", folder.argument(), "--out", out.to_str().unwrap()]);
    assert_eq!((built.code(), built.out().as_str()), (Some(2), ""));
    assert!(built.err().contains("values.csv:2: error: this is a spreadsheet error"), "{}", built.err());
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_damaged_edition_is_refused_with_its_file() {
    let folder = Folder::squares();
    let place = TempDir::new().unwrap();
    let out = place.path().to_str().unwrap();
    assert_eq!(run(&["build", folder.argument(), "--out", out]).code(), Some(0));
    let file = place.path().join("indicators/need.parquet");
    let mut bytes = fs::read(&file).unwrap();
    bytes[100] ^= 1;
    fs::write(&file, &bytes).unwrap();
    let refused = run(&["serve", "--store", out, "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains("`indicators/need.parquet` of edition"), "{}", refused.err());
    assert!(refused.err().contains("is damaged: its checksum does not fit"), "{}", refused.err());
    fs::remove_file(&file).unwrap();
    let refused = run(&["serve", "--store", out, "--listen", "127.0.0.1:0"]);
    assert!(refused.err().contains("is missing"), "{}", refused.err());
}

#[test]
fn a_change_is_published_without_a_request_being_dropped_and_the_old_edition_stays_readable() {
    let folder = Folder::squares();
    let server = folder.serve();
    let first = server.edition();
    assert_eq!(need(&server, &first), Some(10.0));
    let (done, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let second = std::thread::scope(|scope| {
        for path in ["/api/v1/atlas", "/", "/table", "/areas/square/SW", "/readyz"] {
            let (server, done, asked) = (&server, &done, &asked);
            scope.spawn(move || {
                while !done.load(Ordering::SeqCst) {
                    let answer = server.get(path);
                    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
                    assert!(answer.header("tessera-edition").is_some());
                    asked.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        scope.spawn(|| {
            // Following `latest` never leads to an edition that is not there, nor to one's numbers under another's name.
            while !done.load(Ordering::SeqCst) {
                let way = server.get("/api/v1/latest/values/square/need");
                let answer = server.get(way.header("location").unwrap());
                let value = answer.json()["periods"]["2019"]["values"][3].as_f64();
                let edition = answer.header("tessera-edition").unwrap().to_owned();
                assert_eq!(answer.json()["edition"].as_str(), Some(edition.as_str()));
                assert_eq!(value, Some(if edition == first { 10.0 } else { 11.0 }));
                asked.fetch_add(1, Ordering::SeqCst);
            }
        });
        change(&folder, "10", "11");
        let moved = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            wait_until("the new edition", || server.edition() != first);
            let before = asked.load(Ordering::SeqCst);
            wait_until("more requests", || asked.load(Ordering::SeqCst) > before + 50);
            server.edition()
        }));
        done.store(true, Ordering::SeqCst);
        moved.unwrap()
    });
    assert_eq!((need(&server, &first), need(&server, &second)), (Some(10.0), Some(11.0)));
    let answer = server.get(&format!("/api/v1/{first}/values/square/nothing"));
    assert_eq!((answer.status, answer.header("tessera-edition")), (404, Some(first.as_str())));
    let atlas = server.json("/api/v1/atlas");
    let known: Vec<&str> =
        atlas["editions"].as_array().unwrap().iter().map(|own| own["id"].as_str().unwrap()).collect();
    assert_eq!(known.iter().collect::<BTreeSet<_>>(), BTreeSet::from([&first.as_str(), &second.as_str()]));
    // Back again: the edition is the same.
    change(&folder, "11", "10");
    wait_until("the first edition", || server.edition() == first);
    // A server that starts finds it there.
    drop(server);
    assert_eq!(folder.serve().edition(), first);
}

#[test]
fn the_edition_before_stays_open_so_that_its_readers_need_not_wait() {
    let folder = Folder::squares();
    let server = folder.serve();
    let first = server.edition();
    change(&folder, "10", "11");
    wait_until("the new edition", || server.edition() != first);
    // Nothing of it can be opened any more, so what is answered was held.
    let catalog = folder.path().join(".tessera/editions").join(&first).join("catalog.json");
    fs::write(catalog, "{}").unwrap();
    assert_eq!(server.json(&format!("/api/v1/{first}/areas/square"))["edition"], first.as_str());
}

#[test]
fn an_edition_whose_folder_is_deleted_is_withdrawn_while_the_server_runs() {
    let folder = Folder::squares();
    let server = folder.serve();
    let store = folder.path().join(".tessera");
    let reader = Server::start_with_arguments(&["--store", store.to_str().unwrap()]);
    let servers = [&server, &reader];
    let mut old = Vec::new();
    for (from, to) in [("10", "11"), ("11", "12")] {
        old.push(server.edition());
        change(&folder, from, to);
        for server in servers {
            wait_until("the new edition", || !old.contains(&server.edition()));
        }
    }
    // One is held open as the one before, the other as one that was asked for; and what was asked is kept.
    let asked = |id: &str| {
        let of_edition = |route: &str| format!("/api/v1/{id}/{route}");
        ["atlas", "catalog", "values/square/need", "values/square/need.csv", "classes/square/need", "trend/half/thefts"]
            .map(of_edition)
            .into_iter()
            .chain([format!("/tiles/{id}/square.json")])
            .collect::<Vec<_>>()
    };
    for (id, server) in old.iter().flat_map(|id| servers.map(|server| (id, server))) {
        for path in asked(id).iter().flat_map(|path| [path, path]) {
            assert_eq!(server.get(path).status, 200, "{path}");
        }
    }
    for id in &old {
        fs::remove_dir_all(store.join("editions").join(id)).unwrap();
    }
    for server in servers {
        // Nobody need have noticed yet: what can no longer be read is gone, and no fault.
        for id in &old {
            for path in [
                format!("/api/v1/{id}/values/square/share.csv"),
                format!("/api/v1/{id}/hotspots/square/share"),
                format!("/tiles/{id}/square/0/0/0.mvt"),
                format!("/table?indicator=share&edition={id}"),
            ] {
                let status = server.get(&path).status;
                assert!([200, 400, 404].contains(&status), "{path}: {status}");
            }
        }
        let newest = server.edition();
        let known = || server.json("/api/v1/atlas")["editions"].clone();
        wait_until("the withdrawal", || known().as_array().unwrap().len() == 1);
        assert_eq!(known()[0]["id"], newest.as_str());
        for id in &old {
            for path in asked(id) {
                let answer = server.get(&path);
                answer.assert_is_problem();
                assert_eq!(
                    (answer.status, &answer.json()["type"]),
                    (404, &"/problems/unknown-edition".into()),
                    "{path}"
                );
            }
            for page in ["/", "/embed", "/table", "/areas/square/SW"] {
                let answer = server.get(&format!("{page}?indicator=need&edition={id}"));
                if answer.status == 501 {
                    println!("skipped: the page is not built");
                    continue;
                }
                assert_eq!((answer.status, answer.header("tessera-edition")), (200, Some(newest.as_str())), "{page}");
                assert!(answer.text().contains(&format!("edition {id} is not held here")), "{page}: {}", answer.text());
            }
            assert!(server.log().contains("withdrawn"), "{}", server.log());
        }
    }
    // What is brought back can be read again.
    change(&folder, "12", "10");
    for server in servers {
        wait_until("the first edition", || server.edition() == old[0]);
        assert_eq!(need(server, &old[0]), Some(10.0));
    }
}

#[test]
fn the_newest_edition_goes_on_being_served_from_memory_where_its_folder_is_deleted() {
    let folder = Folder::squares();
    let server = folder.serve();
    let id = server.edition();
    assert_eq!(need(&server, &id), Some(10.0));
    fs::remove_dir_all(folder.path().join(".tessera/editions").join(&id)).unwrap();
    wait_until("the warning", || server.log().contains("the folder of the newest edition is gone"));
    assert_eq!((server.edition(), need(&server, &id)), (id.clone(), Some(10.0)));
    // It is the one to be served, so that it cannot be read is a fault.
    assert_eq!(server.get(&format!("/tiles/{id}/square/0/0/0.mvt")).status, 500);
    server.forgive();
    change(&folder, "10", "11");
    wait_until("the next edition", || server.edition() != id);
    wait_until("the withdrawal", || server.get(&format!("/api/v1/{id}/catalog")).status == 404);
}

#[test]
fn a_page_pinned_to_an_edition_stays_as_it_is_and_gives_way_where_it_is_not_held() {
    let folder = Folder::squares();
    let server = folder.serve();
    let first = server.edition();
    let pinned = ["/", "/embed", "/table"].map(|page| format!("{page}?indicator=need&edition={first}"));
    let text = |server: &Server, path: &str| server.get(path).text();
    let before = pinned.each_ref().map(|path| text(&server, path));
    change(&folder, "10", "99");
    folder.replace("atlas.toml", "Four <em>", "Five <em>");
    wait_until("the new edition", || server.edition() != first);
    for (path, before) in pinned.iter().zip(&before) {
        let (answer, newest) = (server.get(path), path.replace(&first, &server.edition()));
        assert_eq!(answer.text(), *before, "{path}");
        if answer.status == 501 {
            println!("skipped: the page is not built");
            continue;
        }
        assert_eq!((answer.status, answer.header("tessera-edition")), (200, Some(first.as_str())), "{path}");
        assert_ne!(text(&server, &newest), *before, "{path}");
        assert_eq!(server.get_with(path, &[("if-none-match", answer.header("etag").unwrap())]).status, 304, "{path}");
    }
    let atlas = server.json(&format!("/api/v1/{first}/atlas"));
    assert_eq!(atlas["edition"], first.as_str());
    assert!(atlas["title"].as_str().unwrap().starts_with("Four"), "{atlas}");
    assert_eq!(atlas["editions"], server.json("/api/v1/atlas")["editions"]);
    // Deleted, unknown and unreadable ones are the newest; the page that runs says so.
    drop(server);
    fs::remove_dir_all(folder.path().join(".tessera/editions").join(&first)).unwrap();
    let server = folder.serve();
    for id in [first.as_str(), "0000000000000000", "x"] {
        let answer = server.get(&format!("/table?indicator=need&edition={id}"));
        assert_eq!((answer.status, answer.header("tessera-edition")), (200, Some(server.edition().as_str())), "{id}");
        assert!(answer.text().contains("Five"), "{id}");
    }
}

#[test]
fn a_broken_change_is_reported_and_the_old_edition_stays() {
    let folder = Folder::squares();
    let server = folder.serve();
    let first = server.edition();
    assert_eq!(server.json("/readyz"), serde_json::json!({ "status": "ready", "edition": first }));
    change(&folder, "10", "many");
    wait_until("the report", || !server.json("/readyz")["unpublished"].is_null());
    // Anybody may ask: what stands in the sources is told in the log alone.
    let told = serde_json::json!({ "errors": 1, "kind": "not-a-number" });
    assert_eq!(server.json("/readyz")["unpublished"], told);
    assert_eq!((server.edition(), need(&server, &first)), (first.clone(), Some(10.0)));
    let log = server.log();
    assert!(log.contains("values.csv:2") && log.contains("this edition stays"), "{log}");
    // A broken folder that was published before is served as it was.
    let store = folder.path().join(".tessera");
    server.forgive();
    drop(server);
    let server = folder.serve();
    assert_eq!(server.edition(), first);
    wait_until("the report", || !server.json("/readyz")["unpublished"].is_null());
    change(&folder, "many", "12");
    wait_until("the mended edition", || server.edition() != first);
    assert_eq!(server.json("/readyz")["unpublished"], serde_json::Value::Null);
    assert_eq!(need(&server, &server.edition()), Some(12.0));
    server.forgive();
    assert_eq!(fs::read_dir(store.join("editions")).unwrap().count(), 2);
}

#[test]
#[cfg(target_os = "linux")]
fn a_log_that_cannot_be_written_stops_nothing() {
    let folder = Folder::squares();
    let server = Server::start_without_log(folder.path());
    let first = server.edition();
    change(&folder, "10", "many");
    wait_until("the report", || !server.json("/readyz")["unpublished"].is_null());
    change(&folder, "many", "12");
    wait_until("the mended edition", || server.edition() != first);
}

#[test]
fn what_is_withheld_and_can_still_be_read_is_named() {
    let folder = Folder::squares();
    let server = folder.serve();
    let first = server.edition();
    folder.replace("atlas.toml", "id = \"unweighted\"", "id = \"unweighted\"\naccess = [\"police\"]");
    wait_until("the edition without it", || server.edition() != first);
    assert!(server.json(&format!("/api/v1/{first}/catalog")).to_string().contains("unweighted"));
    assert!(!server.json(&format!("/api/v1/{}/catalog", server.edition())).to_string().contains("unweighted"));
    let log = server.log();
    assert!(log.contains(&format!("`unweighted` is withheld, and can still be read in `{first}`")), "{log}");
    server.forgive();
}

#[test]
fn a_store_takes_no_editions_of_another_atlas_and_an_atlas_may_change_its_title() {
    let folder = Folder::squares();
    let store = folder.path().join(".tessera");
    let server = folder.serve();
    let first = server.edition();
    folder.replace("atlas.toml", "title = \"Four", "title = \"All four");
    wait_until("the edition with another title", || server.edition() != first);
    let second = server.edition();
    // Under another id it is another atlas, also while the server runs.
    folder.replace("atlas.toml", "id = \"squares\"", "id = \"circles\"");
    wait_until("the report", || !server.json("/readyz")["unpublished"].is_null());
    let told = serde_json::json!({ "errors": 1, "kind": "other-atlas" });
    assert_eq!(server.json("/readyz")["unpublished"], told);
    let log = server.log();
    assert!(log.contains("of the atlas `squares`, and the atlas in ") && log.contains(" is `circles`"), "{log}");
    assert_eq!(server.edition(), second);
    folder.replace("atlas.toml", "id = \"circles\"", "id = \"squares\"");
    wait_until("the end of the report", || server.json("/readyz")["unpublished"].is_null());
    assert_eq!(server.edition(), second);
    server.forgive();
    drop(server);

    let other = Folder::squares();
    other.replace("atlas.toml", "id = \"squares\"", "id = \"circles\"");
    let pointer = fs::read(store.join("latest")).unwrap();
    let refused = run(&["serve", other.argument(), "--store", store.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains("keeps the editions of the atlas `squares`"), "{}", refused.err());
    assert!(refused.err().contains("is `circles`\n  hint: name another store"), "{}", refused.err());
    assert_eq!(fs::read(store.join("latest")).unwrap(), pointer);
    assert_eq!(fs::read_dir(store.join("editions")).unwrap().count(), 2);
}

#[test]
fn a_folder_of_somebody_else_becomes_no_store() {
    let folder = Folder::squares();
    for (file, text) in [("building/plans/a.dwg", "plan"), ("latest", "mine"), ("lock/key", "k"), ("made.json", "{}")] {
        let store = TempDir::new().unwrap();
        let path = store.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let argument = store.path().to_str().unwrap();
        let refused = run(&["serve", folder.argument(), "--store", argument, "--listen", "127.0.0.1:0"]);
        assert_eq!(refused.code(), Some(2), "{file}");
        assert!(refused.err().contains("is no store, and holds `"), "{file}: {}", refused.err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
        assert_eq!(fs::read_dir(store.path()).unwrap().count(), 1);
    }
    // In a store, too, what nobody knows stays.
    let store = TempDir::new().unwrap();
    let argument = store.path().to_str().unwrap();
    fs::write(store.path().join("notes.txt"), "mine").unwrap();
    drop(folder.serve_with(&["--store", argument]));
    for own in ["building/plans", "building/7-1", "building/.7-1.building-8-1"] {
        fs::create_dir_all(store.path().join(own)).unwrap();
        fs::write(store.path().join(own).join("a.dwg"), "plan").unwrap();
    }
    drop(folder.serve_with(&["--store", argument]));
    let left: Vec<_> =
        fs::read_dir(store.path().join("building")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["plans"]);
    assert!(store.path().join("building/plans/a.dwg").exists() && store.path().join("notes.txt").exists());
}

#[test]
fn many_servers_follow_one_store_and_one_publishes() {
    let folder = Folder::squares();
    let store = folder.path().join(".tessera");
    let publisher = folder.serve();
    let first = publisher.edition();
    let reader = Server::start_with_arguments(&["--store", store.to_str().unwrap()]);
    let beside = folder.serve();
    assert_eq!((reader.edition(), beside.edition()), (first.clone(), first.clone()));
    change(&folder, "10", "11");
    for server in [&publisher, &reader, &beside] {
        wait_until("the new edition", || server.edition() != first);
    }
    // Whoever is left publishes.
    let second = publisher.edition();
    drop(publisher);
    change(&folder, "11", "12");
    for server in [&beside, &reader] {
        wait_until("the third edition", || ![&first, &second].contains(&&server.edition()));
    }
}

#[test]
fn a_follower_says_that_it_cannot_follow_and_goes_on_with_what_it_serves() {
    let folder = Folder::squares();
    let store = folder.path().join(".tessera");
    drop(folder.serve());
    let reader = Server::start_with_arguments(&["--store", store.to_str().unwrap()]);
    let first = reader.edition();
    let pointer = fs::read(store.join("latest")).unwrap();
    let unfollowed = || reader.json("/readyz")["unfollowed"].clone();
    let breaks: [(&str, &dyn Fn()); 3] = [
        ("unreadable", &|| fs::remove_file(store.join("latest")).unwrap()),
        ("unreadable", &|| fs::write(store.join("latest"), "the newest\n").unwrap()),
        ("no-edition", &|| fs::write(store.join("latest"), "0123456789abcdef\n").unwrap()),
    ];
    for (kind, spoil) in breaks {
        spoil();
        wait_until("the report", || unfollowed() == serde_json::json!({ "kind": kind }));
        assert!(reader.log().contains("the newest edition cannot be served: the one before stays"), "{}", reader.log());
        assert_eq!((reader.edition(), need(&reader, &first)), (first.clone(), Some(10.0)));
        fs::write(store.join("latest"), &pointer).unwrap();
        wait_until("the end of the report", || unfollowed().is_null());
    }
    reader.forgive();
}

#[test]
fn what_is_written_while_it_is_read_is_not_published() {
    let folder = Folder::squares();
    let place = TempDir::new().unwrap();
    let table = fs::File::options().write(true).open(folder.path().join("values.csv")).unwrap();
    let is_written = AtomicBool::new(true);
    let server = std::thread::scope(|scope| {
        scope.spawn(|| {
            let begun = std::time::SystemTime::now();
            for written in (0..).take_while(|_| is_written.load(Ordering::SeqCst)) {
                table.set_modified(begun + Duration::from_millis(written)).unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        let out = place.path().join("edition");
        let built = run(&["build", folder.argument(), "--out", out.to_str().unwrap()]);
        let server = scope.spawn(|| folder.serve());
        std::thread::sleep(Duration::from_secs(4));
        is_written.store(false, Ordering::SeqCst);
        assert_eq!((built.code(), out.exists()), (Some(2), false));
        assert!(built.err().contains("values.csv: error: the file changed while it was read"), "{}", built.err());
        server.join().unwrap()
    });
    // A server waits for its first edition until the sources rest.
    assert_eq!(need(&server, &server.edition()), Some(10.0));
    assert!(server.log().contains("the sources are still being written"), "{}", server.log());
}

/// A text file that ends within a line was perhaps cut off on its way here.
#[test]
fn a_table_that_ends_within_a_line_is_named() {
    let folder = Folder::squares();
    let server = folder.serve();
    let first = server.edition();
    let table = folder.path().join("values.csv");
    let text = fs::read_to_string(&table).unwrap().replace("SW,1000,10,", "SW,1000,11,");
    fs::write(&table, &text).unwrap();
    wait_until("the whole table", || server.edition() != first);
    assert!(!server.log().contains("the last line of this file has no end"), "{}", server.log());
    let second = server.edition();
    fs::write(&table, text.replace("SW,1000,11,", "SW,1000,12,").trim_end()).unwrap();
    wait_until("the table without a last line end", || server.edition() != second);
    assert!(server.log().contains("the last line of this file has no end"), "{}", server.log());
}

#[test]
fn told_to_reload_it_builds_what_lengths_and_times_do_not_tell() {
    let folder = Folder::squares();
    let server = folder.serve();
    let first = server.edition();
    let table = folder.path().join("values.csv");
    let modified = fs::metadata(&table).unwrap().modified().unwrap();
    change(&folder, "10", "11");
    fs::File::options().write(true).open(&table).unwrap().set_modified(modified).unwrap();
    std::thread::sleep(Duration::from_secs(5));
    assert_eq!(server.edition(), first);
    server.signal("HUP");
    wait_until("the new edition", || server.edition() != first);
    assert_eq!(need(&server, &server.edition()), Some(11.0));
}

#[test]
fn where_the_sources_are_gone_no_store_is_made() {
    let folder = Folder::squares();
    let (publisher, beside) = (folder.serve(), folder.serve());
    let away = TempDir::new().unwrap();
    let there = away.path().join("atlas");
    fs::rename(folder.path(), &there).unwrap();
    for server in [&publisher, &beside] {
        wait_until("the warning", || server.log().contains("the folder of the newest edition is gone"));
    }
    // The other one has two looks to take the right to publish.
    std::thread::sleep(Duration::from_secs(5));
    assert!(!folder.path().exists());
    fs::rename(&there, folder.path()).unwrap();
    publisher.forgive();
    beside.forgive();
}

#[test]
fn a_start_after_an_unchanged_end_builds_nothing() {
    let folder = Folder::squares();
    drop(folder.serve());
    let store = folder.path().join(".tessera");
    let edition = fs::read_dir(store.join("editions")).unwrap().next().unwrap().unwrap().path();
    let built = || fs::read(edition.join("manifest.json")).unwrap();
    let before = built();
    let server = folder.serve();
    std::thread::sleep(Duration::from_millis(500));
    server.stop();
    assert!(!server.log().contains("built"), "{}", server.log());
    assert_eq!(built(), before);
}

#[test]
fn a_folder_that_is_served_from_within_takes_over_what_did_not_change() {
    let folder = Folder::squares();
    let store = folder.path().join(".tessera");
    let server = Server::start_within(folder.path());
    let first = server.edition();
    change(&folder, "10", "11");
    wait_until("the new edition", || server.edition() != first);
    let files = |folder: &Path| -> Vec<fs::Metadata> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap());
        entries.filter(fs::Metadata::is_file).collect()
    };
    let columns = files(&store.join("editions").join(server.edition()).join("indicators"));
    let taken_over = columns.iter().filter(|file| file.nlink() > 1).count();
    assert!((1..columns.len()).contains(&taken_over), "{taken_over} of {}", columns.len());
    assert!(store.join("made.json").is_file());
    assert_eq!(files(&store.join("building")).len(), 0);
    assert_eq!(fs::read_to_string(store.join(".gitignore")).unwrap(), "*\n");
}

/// Whatever is killed at whatever instant, the store's pointer names an edition that is whole, and a good one.
#[test]
fn a_kill_at_any_of_200_instants_leaves_a_whole_edition_published() {
    let folder = Folder::squares();
    let store = folder.path().join(".tessera");
    let mut ids = BTreeSet::new();
    let begun = Instant::now();
    for (from, to) in [("10", "11"), ("11", "10")] {
        ids.insert(folder.serve().edition());
        change(&folder, from, to);
    }
    assert_eq!(ids.len(), 2);
    // Some rounds come to an end undisturbed, however busy the machine is.
    let longest = begun.elapsed().max(Duration::from_millis(200)).as_micros() as u64;
    let mut seed = 1_u64;
    let mut published = BTreeSet::new();
    let mut was_published = true;
    for round in 0..200 {
        let (from, to) = if round % 2 == 0 { ("10", "11") } else { ("11", "10") };
        change(&folder, from, to);
        // As when nothing was published yet, now and then.
        if round % 10 == 0 {
            clear(&store);
            was_published = false;
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_tessera"))
            .args(["serve", folder.argument(), "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        // A linear congruential generator (Knuth): the instants are the same in every run.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_micros((seed >> 33) % longest));
        // The server with the build that it started, or the server alone.
        let whom = if round % 3 == 0 { child.id().to_string() } else { format!("-{}", child.id()) };
        assert!(Command::new("kill").args(["-s", "KILL", "--", &whom]).status().unwrap().success());
        child.wait().unwrap();
        if let Some(id) = newest_whole(&store) {
            assert!(ids.contains(&id), "round {round}");
            published.insert(id);
            was_published = true;
        } else {
            assert!(!was_published, "round {round}: what was published is gone");
        }
    }
    assert!(!published.is_empty());
    let server = folder.serve();
    wait_until("the sources' own edition", || need(&server, &server.edition()) == Some(10.0));
}

/// Takes a store away, though a build that was left alone may still write into it.
fn clear(store: &Path) {
    wait_until("an empty place", || !store.exists() || fs::remove_dir_all(store).is_ok());
}

/// The edition that the pointer names, which must be whole; `None` where nothing was published yet.
fn newest_whole(store: &Path) -> Option<String> {
    if !store.exists() {
        return None;
    }
    let store = Store::open(store, ColumnCache::new(0)).unwrap();
    let latest = store.latest().unwrap()?;
    let edition = store.edition(&latest).unwrap();
    assert_eq!(edition.id_of_content().unwrap(), latest);
    Some(latest.to_string())
}

/// A small file system of its own, where this user may mount one.
struct Disk(TempDir);

impl Disk {
    fn mount(options: &str) -> Option<Disk> {
        let folder = TempDir::new().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Disk(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("--lazy").arg(self.path()).status());
    }
}

#[test]
fn a_full_disk_and_a_read_only_store_are_named_and_what_was_published_stays() {
    let folder = Folder::squares();
    let Some(disk) = Disk::mount("size=512k") else {
        println!("skipped: no file system can be mounted here");
        return;
    };
    let store = disk.path().join("store");
    let store_argument = store.to_str().unwrap();
    let server = folder.serve_with(&["--store", store_argument]);
    let first = server.edition();
    fs::write(disk.path().join("ballast"), vec![0; 512 * 1024]).unwrap_err();
    change(&folder, "10", "11");
    wait_until("the report", || !server.json("/readyz")["unpublished"].is_null());
    let told = serde_json::json!({ "errors": 1, "kind": "fault" });
    assert_eq!(server.json("/readyz")["unpublished"], told);
    assert!(server.log().contains("the disk is full"), "{}", server.log());
    assert_eq!(need(&server, &first), Some(10.0));
    server.forgive();
    drop(server);
    let out = disk.path().join("out");
    let built = run(&["build", folder.argument(), "--out", out.to_str().unwrap()]);
    assert_eq!(built.code(), Some(2));
    assert!(built.err().contains("the disk is full") && !out.exists(), "{}", built.err());

    // Full or not: a store that may only be read is served, and says that it takes nothing.
    fs::remove_file(disk.path().join("ballast")).unwrap();
    assert!(Command::new("mount").args(["-o", "remount,ro"]).arg(disk.path()).status().unwrap().success());
    let server = folder.serve_with(&["--store", store_argument]);
    assert_eq!(server.edition(), first);
    assert!(server.log().contains("changes of the sources will not be published"), "{}", server.log());
    let nowhere = disk.path().join("other");
    let refused = run(&["serve", folder.argument(), "--store", nowhere.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.code(), Some(2));
    assert!(refused.err().contains("cannot be written") && refused.err().contains("--store"), "{}", refused.err());
}
