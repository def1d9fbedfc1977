//! Faults of geographies and lookups, and how they are told.

use insta::assert_snapshot;

use super::{manifest, manifest_and};
use crate::fixture::Folder;

#[test]
fn an_unknown_geography_is_answered_with_the_right_one() {
    assert_snapshot!(manifest("geography = \"area\"", "geography = \"aera\"").problems(), @r#"
    atlas.toml:41: error: there is no geography `aera`
      hint: did you mean `area`?
    "#);
}

#[test]
fn two_geographies_with_one_id() {
    assert_snapshot!(manifest("id = \"district\"", "id = \"area\"").problems(), @r#"
    atlas.toml:21: error: two of the atlas's geographies, clusters and point layers have this id
      value: `area`
      hint: rename one of them (the first stands on line 13)

    atlas.toml:24: error: the geography `area` is made from itself
      hint: `dissolve` names the geography of the smaller areas

    atlas.toml:28: error: there is no geography `district`
      hint: allowed here: area, area

    atlas.toml:20: error: `area` is to be made from `area`, but no lookup says which lies in which
      hint: add a `[[lookup]]` with `child = "area"` and `parent = "area"`
    "#);
}

#[test]
fn a_geography_from_nowhere() {
    assert_snapshot!(manifest("dissolve = \"area\"\n", "").problems(), @r#"
    atlas.toml:21: error: the geography `district` needs exactly one of `boundaries`, `dissolve` and `areas`
      hint: name a boundary file, the geography to dissolve, or list areas without shape
    "#);
}

#[test]
fn a_key_of_boundaries_without_boundaries() {
    assert_snapshot!(manifest("dissolve = \"area\"", "dissolve = \"area\"\nlabel = \"NAME\"").problems(), @r#"
    atlas.toml:25: error: `label` says something of a boundary file, and `district` has none
      hint: take the key out, or add `boundaries`
    "#);
}

#[test]
fn boundaries_without_a_code() {
    assert_snapshot!(manifest("code = \"CODE\"\nlabel = \"NAME\"\n", "").problems(), @r#"
    atlas.toml:16: error: the geography `area` does not say which attribute holds the area code
      hint: add for example `code = "LSOA11CD"`
    "#);
}

#[test]
fn a_geography_that_is_made_from_itself() {
    assert_snapshot!(manifest_and("\n[[geography]]\nid = \"a\"\nname = \"A\"\nsingular = \"a\"\ndissolve = \"b\"\n\n[[geography]]\nid = \"b\"\nname = \"B\"\nsingular = \"b\"\ndissolve = \"a\"\n").problems(), @r#"
    atlas.toml:51: error: the geography `a` is made from itself
      hint: `dissolve` names the geography of the smaller areas

    atlas.toml:57: error: the geography `b` is made from itself
      hint: `dissolve` names the geography of the smaller areas
    "#);
}

#[test]
fn dissolving_without_a_lookup() {
    assert_snapshot!(manifest("parent = \"district\"", "parent = \"area\"").replacing("atlas.toml", "child = \"area\"", "child = \"district\"").problems(), @r#"
    atlas.toml:20: error: `district` is to be made from `area`, but no lookup says which lies in which
      hint: add a `[[lookup]]` with `child = "area"` and `parent = "district"`
    "#);
}

#[test]
fn dissolving_what_has_no_shape() {
    assert_snapshot!(manifest("boundaries = \"areas.geojson\"\ncode = \"CODE\"\nlabel = \"NAME\"", "areas = [{ code = \"A1\", name = \"x\" }]").problems(), @r#"
    atlas.toml:18: error: `district` is to be made from `area`, which has no shape
      hint: dissolve a geography with boundaries

    people.csv:3: error: this code is no area of `area`
      column: `CODE`
      value: `A2`
      hint: mend the code, or take the row out

    people.csv:4: error: this code is no area of `area`
      column: `CODE`
      value: `A3`
      hint: mend the code, or take the row out

    people.csv:5: error: this code is no area of `area`
      column: `CODE`
      value: `A4`
      hint: mend the code, or take the row out
    "#);
}

#[test]
fn dissolving_by_a_lookup_of_other_places() {
    assert_snapshot!(Folder::tiny().with("lookup.csv", "CODE,DISTRICT,DISTRICT_NAME\nB1,W,West\n").problems(), @r#"
    lookup.csv: error: no area of `area` stands in the lookup, so nothing makes `district`
      hint: look at `child_code`: it holds the codes of the smaller areas
    "#);
}

#[test]
fn lookups_in_a_circle() {
    assert_snapshot!(manifest_and("\n[[lookup]]\nchild = \"district\"\nparent = \"area\"\nfile = \"lookup.csv\"\nchild_code = \"DISTRICT\"\nparent_code = \"CODE\"\n").problems(), @r#"
    atlas.toml: error: the lookups run in a circle: area → district → area
      hint: a lookup leads from a smaller geography (`child`) to a larger one (`parent`)

    lookup.csv:4: error: `W` has two parents, `A1` and `A3`
      column: `CODE`
      hint: keep one row for each child

    lookup.csv:5: error: `E` has two parents, `A2` and `A4`
      column: `CODE`
      hint: keep one row for each child
    "#);
}

#[test]
fn two_lookups_of_the_same() {
    assert_snapshot!(manifest_and("\n[[lookup]]\nchild = \"area\"\nparent = \"district\"\nfile = \"lookup.csv\"\nchild_code = \"CODE\"\nparent_code = \"DISTRICT\"\n").problems(), @r#"
    atlas.toml:47: error: two lookups lead from `area` to `district`
      hint: keep one of them (the first stands on line 26)
    "#);
}

#[test]
fn a_lookup_that_gives_an_area_two_parents_and_a_parent_two_names() {
    assert_snapshot!(Folder::tiny().adding("lookup.csv", "A1,E,East\nA1,W,Wesst\nB1,X,Other\nB1,Y,Other\n").problems(), @r#"
    lookup.csv:6: error: `A1` has two parents, `W` and `E`
      column: `DISTRICT`
      hint: keep one row for each child

    lookup.csv:7: error: `W` has two names, `West` and `Wesst`
      hint: write one name for each parent
    "#);
}

#[test]
fn a_parent_whose_code_is_written_in_two_ways() {
    assert_snapshot!(Folder::tiny().adding("lookup.csv", "B1,e,East\nB2,W\u{200b},West\n").replacing("lookup.csv", "A3,W,", "A3,w,").problems(), @r#"
    lookup.csv:4: error: `w` is no other parent than `W`
      column: `DISTRICT`
      hint: write the code of a parent the same way in each row, letter by letter
    "#);
}

#[test]
fn an_area_without_a_parent() {
    assert_snapshot!(Folder::tiny().replacing("lookup.csv", "A3,W,West\n", "A3,,\n").problems(), @r#"
    lookup.csv: warning: 1 of 4 areas of `area` lie in no `district`
      value: `A3`
      hint: complete the lookup; what is added up leaves these areas out
    "#);
}

#[test]
fn a_lookup_without_its_column() {
    assert_snapshot!(manifest("parent_code = \"DISTRICT\"", "parent_code = \"DISTRCT\"").problems(), @r#"
    lookup.csv:1: error: there is no column `DISTRCT`
      hint: did you mean `DISTRICT`? It is named in line 31 of `atlas.toml`
    "#);
}

#[test]
fn names_of_geographies_that_are_blank() {
    let folder = manifest("singular = \"area\"", "singular = \" \"");
    let more = "\n[[geography]]\nid = \"country\"\nname = \"\"\nsingular = \"country\"\nareas = [{ code = \"E\", name = \"\" }]\n";
    assert_snapshot!(folder.adding("atlas.toml", more).problems(), @"
    atlas.toml:15: error: `singular` is empty
      key: `singular`
      hint: write what readers call one of its areas

    atlas.toml:49: error: `name` is empty
      key: `name`
      hint: write what readers call the geography

    atlas.toml:51: error: an area of `country` has no name
      hint: write what readers call the area
    ");
}

#[test]
fn comparators_with_one_code() {
    assert_snapshot!(manifest_and("\n[[geography]]\nid = \"country\"\nname = \"Countries\"\nsingular = \"country\"\nareas = [{ code = \"E\", name = \"England\" }, { code = \"E\", name = \"Wales\" }]\n").problems(), @r#"
    atlas.toml:47: error: two areas have this code
      value: `E`
      hint: take one of them out
    "#);
}

#[test]
fn names_of_other_places() {
    assert_snapshot!(manifest("label = \"NAME\"", "label = \"NAME\"\nnames = \"names.csv\"").with("names.csv", "area_code,local_name\nB1,Elsewhere\n").problems(), @r#"
    names.csv: error: none of the codes is an area of `area`
      hint: look at the column `area_code`, and at the geography that names the file
    "#);
}

#[test]
fn comparators_of_which_there_are_none() {
    let more = "\n[[geography]]\nid = \"country\"\nname = \"Countries\"\nsingular = \"country\"\nareas = []\n";
    assert_snapshot!(manifest_and(more).problems(), @r#"
    atlas.toml:51: error: the geography `country` has no area
      hint: write for example `areas = [{ code = "E92000001", name = "England" }]`
    "#);
}
