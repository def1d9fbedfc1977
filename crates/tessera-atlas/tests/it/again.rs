//! Builds that take over what did not change: the same editions, byte for byte, as builds from nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use tessera_atlas::store::{ColumnCache, Store};
use tessera_atlas::{Before, Building, Built, Ledger, Report, build_edition};

use crate::fixture::Folder;
use crate::store::full;

fn cache() -> ColumnCache {
    ColumnCache::new(1 << 20)
}

fn build(folder: &Folder, out: &Path, before: Option<Before>) -> (Option<Built>, Report) {
    let (built, report) = build_edition(folder.path(), out, &Building::default(), before);
    (built.unwrap(), report)
}

/// Every file of an edition; of the manifest what does not tell when it was built.
fn files(edition: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![edition.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut bytes = fs::read(&path).unwrap();
            if path.ends_with("manifest.json") {
                let manifest: Value = serde_json::from_slice(&bytes).unwrap();
                bytes = manifest["manifest"]["files"].to_string().into_bytes();
            }
            found.insert(path.strip_prefix(edition).unwrap().to_owned(), bytes);
        }
    }
    found
}

/// A folder that is built again and again, each time from the edition before and from nothing.
struct Again {
    place: TempDir,
    ledger: Vec<u8>,
}

impl Again {
    fn of(folder: &Folder) -> Again {
        let place = tempfile::tempdir().unwrap();
        let (built, report) = build(folder, &place.path().join("edition"), None);
        let built = built.unwrap_or_else(|| panic!("{}", crate::fixture::told(&report)));
        assert_eq!(built.columns_taken, 0);
        Again { place, ledger: serde_json::to_vec(&built.ledger).unwrap() }
    }

    fn before(&self) -> Option<Before> {
        let store = Store::open(&self.place.path().join("edition"), cache()).unwrap();
        let ledger: Ledger = serde_json::from_slice(&self.ledger).unwrap();
        Before::new(store.earlier(&store.latest().unwrap().unwrap()).unwrap(), ledger)
    }

    /// Builds twice, and gives how many columns were made and how many taken over.
    fn build(&mut self, folder: &Folder, what: &str) -> (usize, usize) {
        let (again, anew) = (self.place.path().join("edition"), self.place.path().join("anew"));
        let before = self.before();
        assert!(before.is_some());
        let (built, told) = build(folder, &again, before);
        let (from_nothing, expected) = build(folder, &anew, None);
        assert_eq!(json!(told), json!(expected), "{what}");
        let (Some(built), Some(from_nothing)) = (built, from_nothing) else { panic!("{what}: {expected:?}") };
        assert_eq!(built.edition, from_nothing.edition, "{what}");
        assert!(files(&again) == files(&anew), "{what}: the same files");
        assert_eq!(json!(built.ledger), json!(from_nothing.ledger), "{what}");
        let columns = built.columns_made + built.columns_taken;
        assert_eq!((from_nothing.columns_made, from_nothing.columns_taken), (columns, 0), "{what}");
        self.ledger = serde_json::to_vec(&built.ledger).unwrap();
        (built.columns_made, built.columns_taken)
    }
}

#[test]
fn what_did_not_change_is_taken_over() {
    let folder = full();
    let mut again = Again::of(&folder);
    assert_eq!(again.build(&folder, "nothing changed"), (0, 9));
    let folder = folder.replacing("later.csv", "A1,0.1", "A1,0.2");
    assert_eq!(again.build(&folder, "one value changed"), (1, 8));
    let folder = folder.replacing("share.csv", "A1,10,100", "A1,11,100");
    assert_eq!(
        again.build(&folder, "a numerator changed"),
        (2, 7),
        "with what it adds up to, where that is not hidden"
    );
    let folder = folder.replacing("people.csv", "A1,100", "A1,110");
    let (made, taken) = again.build(&folder, "people changed, by whom coverage is measured");
    assert!(made >= 4 && taken > 0, "{made} {taken}");
    let folder = folder.replacing("atlas.toml", "name = \"Share\"", "name = \"Proportion\"");
    assert_eq!(again.build(&folder, "a name changed").0, 0);
    let folder = folder.replacing("notes.csv", "Flooded", "Dry");
    assert_eq!(again.build(&folder, "a note changed").0, 0);
    let folder = folder.adding(
        "atlas.toml",
        "[[indicator]]\nid = \"extra\"\nname = \"Extra\"\nkind = \"score\"\n[[table]]\nfile = \"extra.csv\"\ngeography = \"area\"\n\
         code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\nV = \"extra\"\n",
    );
    let folder = folder.with("extra.csv", "CODE,V\nA1,1\nA2,2\nA3,3\nA4,4\n");
    assert_eq!(again.build(&folder, "an indicator and a table are new").0, 1);
}

#[test]
fn other_boundaries_make_everything_anew() {
    let folder = full();
    let mut again = Again::of(&folder);
    let folder =
        folder.replacing("areas.geojson", "[-2,52]", "[-2.01,52]").replacing("areas.geojson", "[-2,52]", "[-2.01,52]");
    assert_eq!(again.build(&folder, "a corner moved").1, 0);
    let folder = folder.replacing("lookup.csv", "A1,W,West", "A1,E,East");
    assert_eq!(again.build(&folder, "an area lies elsewhere").1, 0);
    assert_eq!(again.build(&folder, "nothing changed").0, 0);
}

#[test]
fn protected_numbers_are_protected_together_and_anew() {
    let folder = full().replacing("atlas.toml", "none = \"invented numbers\"", "threshold = 15");
    let folder = folder.replacing(
        "atlas.toml",
        "kind = \"proportion\"",
        "kind = \"proportion\"\ndisclosure = { none = \"said\" }",
    );
    let folder = folder.adding(
        "atlas.toml",
        "[[indicator]]\nid = \"cases\"\nname = \"Cases\"\nkind = \"count\"\n[[table]]\nfile = \"cases.csv\"\ngeography = \"area\"\n\
         code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\nV = \"cases\"\n",
    );
    let folder = folder.with("cases.csv", "CODE,V\nA1,3\nA2,20\nA3,40\nA4,70\n");
    let mut again = Again::of(&folder);
    assert_eq!(again.build(&folder, "nothing changed").0, 0);
    let folder = folder.replacing("later.csv", "A1,0.1", "A1,0.2");
    assert_eq!(again.build(&folder, "what is not protected changed").0, 1);
    let folder = folder.replacing("cases.csv", "A2,20", "A2,21");
    assert!(again.build(&folder, "what is protected changed").0 > 0);
}

#[test]
fn what_is_wrong_is_told_as_if_there_had_been_nothing_before() {
    let folder = full();
    let again = Again::of(&folder);
    let before = again.place.path().join("edition");
    let published = files(&before);
    for (file, from, to) in [
        ("later.csv", "A1,0.1", "A1,lots"),
        ("share.csv", "CODE,N,D,L", "CODE,N,D,N"),
        ("notes.csv", "A1,,,Flooded", "A9,,,Flooded"),
        ("atlas.toml", "\"V\" = \"share\"", "\"V\" = \"shore\""),
        ("atlas.toml", "period = \"2019-10\"", "period = \"2018/19\""),
        ("lookup.csv", "A1,W,West", "A7,W,West"),
    ] {
        let folder = full().replacing(file, from, to);
        let (built, told) = build(&folder, &before, again.before());
        let (_, expected) = build(&folder, &again.place.path().join("anew"), None);
        assert_eq!(json!(told.problems), json!(expected.problems), "{file}");
        assert_eq!(built.is_none(), told.count(tessera_atlas::problem::Severity::Error) > 0, "{file}");
        if built.is_none() {
            assert!(files(&before) == published, "what is published stays");
        }
    }
}

#[test]
fn a_damaged_edition_before_is_no_help_and_no_harm() {
    let folder = full();
    let again = Again::of(&folder);
    let edition = again.place.path().join("edition");
    let whole = files(&edition);
    let before = again.before();
    let file = edition.join("indicators/share.parquet");
    let mut bytes = fs::read(&file).unwrap();
    bytes[20] ^= 1;
    fs::write(&file, bytes).unwrap();
    let (built, _) = build(&folder, &edition, before);
    assert_eq!(built.unwrap().columns_taken, 0);
    assert!(files(&edition) == whole);
}

#[test]
fn another_program_makes_everything_anew() {
    let folder = full();
    let again = Again::of(&folder);
    let building = Building { program: "another", ..Building::default() };
    let (built, _) = build_edition(folder.path(), &again.place.path().join("edition"), &building, again.before());
    assert_eq!(built.unwrap().unwrap().columns_taken, 0);
}

#[test]
fn what_the_data_say_in_place_of_the_manifest_is_said_again() {
    let folder = crate::inferred::silent();
    let mut again = Again::of(&folder);
    assert_eq!(again.build(&folder, "nothing changed").0, 0);
    let folder = folder.replacing("people.csv", "E01000001,100", "E01000001,110");
    assert!(again.build(&folder, "people changed, and no order of deciles").1 > 0);
    let folder = folder.replacing("ranked.csv", "Tinyshire,1,40", "Tinyshire,1,240");
    assert!(again.build(&folder, "another order fits").0 > 0);
    let folder = folder.replacing("atlas.toml", "people = [\"people\"]", "people = [\"people\"]\nplace = \"Here\"");
    again.build(&folder, "the manifest names the place");
    let folder = folder.replacing("atlas.toml", "place = \"Here\"\n", "");
    again.build(&folder, "and no longer");
}
