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
        self.tried(folder, what).unwrap_or_else(|| panic!("{what}: {}", folder.problems()))
    }

    /// The same, where there may be no edition: then there is none either way, and the same is told.
    fn tried(&mut self, folder: &Folder, what: &str) -> Option<(usize, usize)> {
        let (again, anew) = (self.place.path().join("edition"), self.place.path().join("anew"));
        let before = self.before();
        assert!(before.is_some());
        let (built, told) = build(folder, &again, before);
        let (from_nothing, expected) = build(folder, &anew, None);
        assert_eq!(json!(told), json!(expected), "{what}");
        assert_eq!(built.is_some(), from_nothing.is_some(), "{what}: {expected:?}");
        let (built, from_nothing) = built.zip(from_nothing)?;
        assert_eq!(built.edition, from_nothing.edition, "{what}");
        assert!(files(&again) == files(&anew), "{what}: the same files");
        assert_eq!(json!(built.ledger), json!(from_nothing.ledger), "{what}");
        let columns = built.columns_made + built.columns_taken;
        assert_eq!((from_nothing.columns_made, from_nothing.columns_taken), (columns, 0), "{what}");
        self.ledger = serde_json::to_vec(&built.ledger).unwrap();
        Some((built.columns_made, built.columns_taken))
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

#[test]
fn what_is_published_again_has_its_values_and_what_is_withheld_leaves_nothing() {
    let mut dials = Dials::default();
    let folder = dials.write(Folder::tiny());
    let mut again = Again::of(&folder);
    let notes = |again: &Again| {
        let catalog = fs::read(again.place.path().join("edition/catalog.json")).unwrap();
        serde_json::from_slice::<Value>(&catalog).unwrap()["notes"].as_array().unwrap().len()
    };
    assert_eq!(notes(&again), 3);
    for (name, taken) in [("noted", true), ("b", true), ("rank", false)] {
        dials.set(&format!("access of {name}"), 1);
        let folder = dials.write(Folder::tiny());
        again.build(&folder, &format!("{name} is withheld"));
        assert_eq!(notes(&again), if name == "noted" { 1 } else { 3 }, "{name}");
        dials.set(&format!("access of {name}"), 0);
        let (made, _) = again.build(&dials.write(Folder::tiny()), &format!("{name} is published"));
        assert!(made > 0 || !taken, "{name}");
        assert_eq!(notes(&again), 3);
    }
    dials.set("extra is there", 1);
    assert_eq!(again.tried(&dials.write(Folder::tiny()), "rows speak of an indicator that is no more"), None);
}

/// Whatever changes from one build to the next.
#[test]
fn an_edition_is_the_same_whatever_changed_since_the_one_before() {
    let mut random: u64 = 20_191_103;
    let mut next = |below: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % below
    };
    let (mut built, mut refused, mut taken_over) = (0, 0, 0);
    let mut dials = Dials::default();
    let mut again = Again::of(&dials.write(Folder::tiny()));
    for _ in 0..60 {
        let mut changed = dials.clone();
        for _ in 0..=next(2) {
            let (dial, choice) = (next(DIALS.len()), next(4));
            changed.0[dial] = choice % DIALS[dial].1.len();
        }
        let what = format!("from {} to {}", dials.said(), changed.said());
        match again.tried(&changed.write(Folder::tiny()), &what) {
            Some((_, taken)) => {
                (built, taken_over) = (built + 1, taken_over + usize::from(taken > 0));
                dials = changed;
            }
            None => refused += 1,
        }
    }
    assert!(
        built > 30 && taken_over > 12 && refused > 2,
        "{built} built, {taken_over} of them took over, {refused} refused"
    );
}

/// What can be said in an atlas in one way or another.
const DIALS: [(&str, &[&str]); 24] = [
    ("people", &["people = [\"people\"]", "people = []"]),
    ("year starts", &["", "year_starts = \"09-01\""]),
    ("rule", &["none = \"invented\"", "threshold = 5", "threshold = 25"]),
    ("view", &["", "[view]\nsecond = \"b\"", "[view]\nindicator = \"share\""]),
    ("access of a", &["", "access = [\"team\"]"]),
    ("access of b", &["", "access = [\"team\"]"]),
    ("access of rank", &["", "access = [\"team\"]"]),
    ("access of score", &["", "access = [\"team\"]"]),
    ("access of noted", &["", "access = [\"team\"]"]),
    ("access of extra", &["", "access = [\"team\"]"]),
    ("name of a", &["A", "Aye"]),
    (
        "denominator",
        &["denominator = \"a\"", "denominator = \"b\"", "denominator = \"people\"", "denominator = \"extra\""],
    ),
    ("unit", &["", "unit = \"of all\"\ndecimals = 2"]),
    ("order", &["", "ordered_by = \"rank\"", "ordered_by = \"score\""]),
    ("rule of b", &["", "disclosure = { none = \"said\" }", "disclosure = { threshold = 40 }"]),
    ("extra is there", &["yes", "no"]),
    (
        "breakdown",
        &[
            "",
            "[[breakdown]]\ntotal = \"a\"\nparts = [\"b\", \"noted\"]",
            "[[breakdown]]\ntotal = \"noted\"\nparts = [\"extra\", \"b\"]",
        ],
    ),
    ("notes beside values", &["yes", "no"]),
    ("file of notes", &["", "[[notes]]\nfile = \"notes.csv\""]),
    ("targets", &["", "[[targets]]\nfile = \"targets.csv\""]),
    ("first table", &["wide", "long"]),
    ("first value", &["40", "41", "3"]),
    ("first rank", &["1", "4"]),
    ("labels", &["", "[table.indicators]\nnoted = \"noted\"", "[table.indicators]\nnoted = \"extra\""]),
];

/// Which of the choices is made for each dial.
#[derive(Clone, Default)]
struct Dials([usize; DIALS.len()]);

impl Dials {
    fn set(&mut self, name: &str, choice: usize) {
        self.0[DIALS.iter().position(|(own, _)| *own == name).unwrap()] = choice;
    }

    fn get(&self, name: &str) -> &'static str {
        let position = DIALS.iter().position(|(own, _)| *own == name).unwrap();
        DIALS[position].1[self.0[position]]
    }

    fn said(&self) -> String {
        let of = DIALS.iter().zip(self.0).filter(|(_, choice)| *choice > 0);
        of.map(|((name, choices), choice)| format!("{name}: {}; ", choices[choice])).collect()
    }

    /// The tiny atlas with all this in it.
    fn write(&self, folder: Folder) -> Folder {
        let get = |name: &str| self.get(name);
        let indicator = |id: &str, kind: &str, more: &[&str]| {
            let name = if id == "a" { get("name of a") } else { id };
            format!("[[indicator]]\nid = \"{id}\"\nname = \"{name}\"\nkind = \"{kind}\"\n{}\n", more.join("\n"))
        };
        let mut sections = vec![
            get("view").to_owned(),
            indicator("share", "proportion", &[get("denominator"), get("unit")]),
            indicator("a", "count", &[get("access of a")]),
            indicator("b", "count", &[get("access of b"), get("rule of b")]),
            indicator("rank", "rank", &["out_of = 4", get("access of rank")]),
            indicator("score", "score", &[get("access of score")]),
            indicator("decile", "decile", &[get("order")]),
            indicator("noted", "count", &[get("access of noted")]),
        ];
        if get("extra is there") == "yes" {
            sections.push(indicator("extra", "count", &[get("access of extra")]));
        }
        let wide = "[[table]]\nfile = \"wide.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\
            N = { indicator = \"share\", field = \"numerator\" }\nA = \"a\"\nB = \"b\"\nR = \"rank\"\nS = \"score\"\nT = \"decile\"\n";
        let long =
            format!("[[table]]\nfile = \"long.csv\"\ngeography = \"area\"\nlayout = \"long\"\n{}\n", get("labels"));
        let mut tables = vec![wide.to_owned(), long];
        if get("first table") == "long" {
            tables.reverse();
        }
        if get("notes beside values") == "yes" {
            tables.push(
                "[[table]]\nfile = \"beside.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\
                 C = { indicator = \"noted\", field = \"note\" }\n"
                    .to_owned(),
            );
        }
        sections.append(&mut tables);
        sections.extend(["breakdown", "file of notes", "targets"].map(|name| get(name).to_owned()));
        let (value, rank) = (get("first value"), get("first rank"));
        folder
            .replacing("atlas.toml", "people = [\"people\"]", &[get("people"), get("year starts")].join("\n"))
            .replacing("atlas.toml", "none = \"invented numbers\"", get("rule"))
            .adding("atlas.toml", &sections.join("\n"))
            .with(
                "wide.csv",
                format!("CODE,N,A,B,R,S,T\nA1,10,{value},20,{rank},9.5,1\nA2,12,60,30,2,8.5,2\nA3,14,80,35,3,7.5,3\nA4,16,90,50,4,6.5,4\n"),
            )
            .with(
                "long.csv",
                "area_code,indicator,period,value,note\nA1,noted,2019,20,\nA2,noted,2019,30,Odd\nA3,noted,2019,45,\nA4,noted,2019,40,\n\
                 A1,extra,2019,30,Even\nA2,extra,2019,60,\nA3,extra,2019,70,\nA4,extra,2018/19,80,\n",
            )
            .with("beside.csv", "CODE,C\nA1,Said of A1\nA2,\nA3,\nA4,\n")
            .with("notes.csv", "area_code,indicator,period,note\nA1,b,2019,Of b\nA2,,,Of A2\n")
            .with("targets.csv", "area_code,indicator,period,target\nA1,share,2030,5\nA2,b,2030,5\n")
    }
}
