//! What this version cannot do, and how it says so.

use insta::assert_snapshot;

use super::{RATE, indicator, manifest, manifest_and};

#[test]
fn an_indicator_that_not_everybody_may_see_and_those_that_need_it() {
    let secret = "id = \"secret\"\nname = \"S\"\nkind = \"count\"\naccess = \"children-services\"";
    let rate = RATE.replace("\"people\"", "\"secret@2019\"");
    assert_snapshot!(indicator(&format!("{secret}\n\n[[indicator]]\n{rate}\n\n[[indicator]]\nid = \"x\"\nname = \"X\"\nkind = \"count\"\naccess = []")).problems(), @r#"
    atlas.toml:47: warning: `secret` is withheld: it is for children-services only, and there are no accounts yet

    atlas.toml:60: warning: `x` is withheld: it is for nobody, and there are no accounts yet

    atlas.toml:53: warning: `r` is withheld because `secret` is
    "#);
}

#[test]
fn the_order_of_a_decile_by_what_is_withheld() {
    let secret = "id = \"secret\"\nname = \"S\"\nkind = \"rank\"\naccess = \"team\"";
    let decile = "id = \"tenth\"\nname = \"T\"\nkind = \"decile\"\nordered_by = \"secret\"";
    let folder = indicator(&format!("{secret}\n\n[[indicator]]\n{decile}"));
    let told = folder.problems();
    assert!(told.contains("warning: `secret` is withheld, and puts nothing in order for readers\n"), "{told}");
    let place = tempfile::tempdir().unwrap();
    let edition = place.path().join("edition");
    let (built, _) = tessera_atlas::build_edition(folder.path(), &edition, &tessera_atlas::Building::default(), None);
    assert!(built.unwrap().is_some());
    let catalog = std::fs::read_to_string(edition.join("catalog.json")).unwrap();
    assert!(catalog.contains("\"tenth\"") && !catalog.contains("secret"), "{catalog}");
}

#[test]
fn a_withheld_part_that_follows_from_the_rest() {
    let part = |id: &str, access: &str| {
        format!("\n[[indicator]]\nid = \"{id}\"\nname = \"x\"\nkind = \"count\"\naccess = \"{access}\"\n")
    };
    let breakdown = "\n[[breakdown]]\ntotal = \"people\"\nparts = [\"young\", \"old\"]\n";
    assert_snapshot!(manifest_and(&format!("{}{}{breakdown}", part("young", "public"), part("old", "health"))).problems(), @r#"
    atlas.toml:59: error: `old` is withheld, but follows from the rest of its breakdown
      hint: restrict `access` of the total or of a second part too

    atlas.toml:53: warning: `old` is withheld: it is for health only, and there are no accounts yet
    "#);
}

#[test]
fn what_is_understood_but_not_used() {
    let sections = "\n[[flow]]\nfile = \"flows.csv\"\n";
    assert_snapshot!(manifest("label = \"NAME\"", "label = \"NAME\"\nsnap = 0.1\ncontext = \"areas.geojson\"")
            .adding("atlas.toml", sections)
            .with("flows.csv", "home,place,count\n").problems(), @r#"
    atlas.toml:12: warning: `context` of a geography is understood but not used by this version

    atlas.toml:49: warning: `[[flow]]` is understood but not used by this version
    "#);
}

#[test]
fn what_is_not_used_must_be_right_all_the_same() {
    assert_snapshot!(manifest_and("\n[[flow]]\nfile = \"flows.csv\"\n").problems(), @r#"
    flows.csv: error: there is no such file
      hint: copy it into the atlas folder, or mend line 48 of `atlas.toml`, which names it

    atlas.toml:47: warning: `[[flow]]` is understood but not used by this version
    "#);
}
