//! Every kind of fault, and how it is told.

use insta::assert_snapshot;

use crate::fixture::{Folder, collection, feature, square};

/// The tiny atlas with a passage of its manifest replaced.
fn manifest(from: &str, to: &str) -> Folder {
    Folder::tiny().replacing("atlas.toml", from, to)
}

/// The tiny atlas with more at the end of its manifest.
fn manifest_and(more: &str) -> Folder {
    Folder::tiny().adding("atlas.toml", more)
}

/// The tiny atlas with other rows in the table of people.
fn people(rows: &str) -> Folder {
    Folder::tiny().with("people.csv", format!("CODE,People\n{rows}"))
}

/// The tiny atlas with other features.
fn boundaries(features: &[String]) -> Folder {
    Folder::tiny().with("areas.geojson", collection(features))
}

/// The tiny atlas with one more indicator, which has no values.
fn indicator(keys: &str) -> Folder {
    manifest_and(&format!("\n[[indicator]]\n{keys}\n"))
}

const RATE: &str = "id = \"r\"\nname = \"Rate\"\nkind = \"rate\"\nper = 1000\ndenominator = \"people\"";

#[test]
fn the_tiny_atlas_has_no_fault() {
    assert_snapshot!(Folder::tiny().problems(), @"");
}

// The manifest as a text

#[test]
fn a_folder_without_a_manifest() {
    let folder = Folder::tiny();
    std::fs::remove_file(folder.path().join("atlas.toml")).unwrap();
    assert_snapshot!(folder.problems(), @r#"
    atlas.toml: error: there is no `atlas.toml` in this folder
      hint: name the folder that holds `atlas.toml`, or write one: see docs/atlas-format.md
    "#);
}

#[test]
fn a_manifest_that_is_not_toml() {
    assert_snapshot!(manifest("title = \"Tiny atlas\"", "title = Tiny atlas").problems(), @"atlas.toml:5: error: this is not TOML: string values must be quoted, expected literal string");
}

#[test]
fn a_manifest_that_is_empty() {
    assert_snapshot!(Folder::tiny().with("atlas.toml", "# nothing yet\n").problems(), @r#"
    atlas.toml:1: error: the manifest does not say which format it is in
      hint: start it with `format = 1`

    atlas.toml: error: the manifest has no `[atlas]` section
      hint: add `[atlas]` with `id` and `title`

    atlas.toml: error: the atlas has no geography
      hint: add a `[[geography]]` with `boundaries`
    "#);
}

#[test]
fn another_format() {
    assert_snapshot!(manifest("format = 1", "format = 2").problems(), @r#"
    atlas.toml:1: error: this program reads format 1 only
      hint: write `format = 1`, or use the program that the atlas was made for
    "#);
}

#[test]
fn an_unknown_section() {
    assert_snapshot!(manifest_and("\n[[tabel]]\nfile = \"x.csv\"\n").problems(), @r#"
    atlas.toml:47: error: unknown key `tabel`
      hint: did you mean `table`?
    "#);
}

#[test]
fn an_unknown_key_is_answered_with_the_right_one() {
    assert_snapshot!(manifest("place =", "plaice =").problems(), @r#"
    atlas.toml:6: error: unknown key `plaice` in `atlas`
      hint: did you mean `place`?
    "#);
}

#[test]
fn an_unknown_key_that_is_like_no_other() {
    assert_snapshot!(manifest("parent_label = \"DISTRICT_NAME\"", "zzz = 1").problems(), @r#"
    atlas.toml:32: error: unknown key `zzz` in `lookup`
      hint: allowed here: child, parent, file, child_code, parent_code, parent_label, fit
    "#);
}

#[test]
fn an_unknown_key_of_a_column() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = { indicator = \"people\", perod = \"2019\" }").problems(), @r#"
    atlas.toml:45: error: unknown key `perod` in `table`
      hint: did you mean `period`?
    "#);
}

#[test]
fn a_value_of_the_wrong_type() {
    assert_snapshot!(manifest("title = \"Tiny atlas\"", "title = 5").problems(), @r#"
    atlas.toml:5: error: `title` in `atlas` should be a text, or texts by language such as { en = "…", cy = "…" }, not `5`
    "#);
}

#[test]
fn a_number_in_quotation_marks() {
    assert_snapshot!(indicator(&RATE.replace("1000", "\"1000\"")).problems(), @"atlas.toml:51: error: `per` in `indicator` should be a number, not the text `1000`");
}

#[test]
fn a_number_below_zero() {
    assert_snapshot!(manifest("period = \"2019\"", "period = \"2019\"\nheading_row = -1").problems(), @"atlas.toml:44: error: `heading_row` in `table` should be a whole number from 0 up, not `-1`");
}

#[test]
fn an_unknown_word() {
    assert_snapshot!(manifest("kind = \"count\"", "kind = \"counts\"").problems(), @r#"
    atlas.toml:37: error: unknown word `counts` in `indicator`
      hint: did you mean `count`?
    "#);
}

#[test]
fn a_missing_key() {
    assert_snapshot!(manifest("kind = \"count\"\n", "").problems(), @"atlas.toml:34: error: the key `kind` is missing in `indicator`");
}

#[test]
fn a_missing_section() {
    assert_snapshot!(manifest("[atlas]\nid = \"tiny\"\ntitle = \"Tiny atlas\"\nplace = \"Tinyshire\"\npeople = [\"people\"]\n", "").problems(), @r#"
    atlas.toml: error: the manifest has no `[atlas]` section
      hint: add `[atlas]` with `id` and `title`
    "#);
}

#[test]
fn one_bracket_instead_of_two() {
    assert_snapshot!(manifest("[[lookup]]", "[lookup]").problems(), @r#"
    atlas.toml:26: error: `lookup` is a section that may stand several times
      hint: write `[[lookup]]` with two brackets

    atlas.toml:20: error: `district` is to be made from `area`, but no lookup says which lies in which
      hint: add a `[[lookup]]` with `child = "area"` and `parent = "district"`
    "#);
}

#[test]
fn two_brackets_instead_of_one() {
    assert_snapshot!(manifest("[atlas]", "[[atlas]]").problems(), @r#"
    atlas.toml:3: error: `atlas` is a section that stands once
      hint: write `[atlas]` on a line of its own, and its keys below
    "#);
}

#[test]
fn a_key_above_the_sections() {
    assert_snapshot!(manifest("[atlas]", "table = 5\n[atlas]").problems(), @"atlas.toml:40: error: this is not TOML: duplicate key");
}

#[test]
fn a_text_in_no_language() {
    assert_snapshot!(manifest("title = \"Tiny atlas\"", "title = { english = \"Tiny atlas\" }").problems(), @"atlas.toml:5: error: `title` in `atlas`: `english` is no language code such as `en` or `cy`");
}

#[test]
fn an_id_with_capital_letters() {
    assert_snapshot!(manifest("id = \"tiny\"", "id = \"Tiny Atlas\"").problems(), @r#"
    atlas.toml:3: error: an atlas's `id` is made of a-z, 0-9 and -
      value: `Tiny Atlas`
      hint: write for example `west-yorkshire`
    "#);
}

#[test]
fn a_day_that_is_none() {
    assert_snapshot!(manifest("place =", "year_starts = \"1 April\"\nplace =").problems(), @r#"
    atlas.toml:3: error: a day of the year is a month and a day such as `04-01`
      key: `year_starts`
      value: `1 April`
    "#);
}

#[test]
fn a_parameter_that_no_view_has() {
    assert_snapshot!(manifest_and("\n[view]\nindicator = \"people\"\nzoom = 9\n").problems(), @r#"
    atlas.toml:47: error: unknown key `zoom` in `view`
      hint: allowed here: geography, indicator, period, within, areas, set, filter, against, second, from, method, k, breaks, centre, scope, palette, reverse, mode, hotspot, permutations, seed, fdr, smooth, panel, at, layers, sort, theme, lang, edition, lock
    "#);
}

#[test]
fn a_view_of_nothing_there_is() {
    assert_snapshot!(manifest_and("\n[view]\nindicator = \"poeple\"\ngeography = \"distrcit\"\nperiod = \"last year\"\n").problems(), @r#"
    atlas.toml:47: error: there is no geography `distrcit`
      hint: did you mean `district`?

    atlas.toml:47: error: `last year` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019

    atlas.toml:47: error: there is no indicator `poeple`
      key: `indicator`
      hint: did you mean `people`?
    "#);
}

#[test]
fn a_view_of_what_is_not_published() {
    assert_snapshot!(manifest_and("\n[view]\nindicator = \"people\"\nperiod = \"2018\"\n").problems(), @r#"
    atlas.toml:47: error: the atlas opens with `people` in 2018, in which it has no values
      hint: mend `[view]`, or leave the key out
    "#);
}

#[test]
fn a_basemap_without_a_place_for_the_tile() {
    assert_snapshot!(manifest_and("\n[basemap]\nurl = \"https://tiles.example.org\"\nattribution = \"x\"\n").problems(), @r#"
    atlas.toml:47: error: `url` of the basemap is a web address with {z}, {x} and {y}
      value: `https://tiles.example.org`
      hint: write for example `https://tiles.example.org/{z}/{x}/{y}.png`
    "#);
}

#[test]
fn a_host_with_a_path() {
    assert_snapshot!(manifest_and("\n[embed]\nhosts = [\"https://www.example.org/page\"]\n").problems(), @r#"
    atlas.toml:47: error: `hosts` are web addresses without a path
      value: `https://www.example.org/page`
      hint: write for example `https://www.example.org`

    atlas.toml:47: warning: `[embed]` is understood but not used by this version
    "#);
}

#[test]
fn a_rule_that_hides_nothing() {
    assert_snapshot!(manifest("none = \"invented numbers\"", "threshold = 1").problems(), @"atlas.toml:9: error: `disclosure`: `threshold` is at least 2 and `round` at least 1");
}

#[test]
fn an_exemption_without_a_reason() {
    assert_snapshot!(manifest("none = \"invented numbers\"", "none = \" \"").problems(), @"atlas.toml:9: error: `disclosure`: `none` needs the reason why these numbers need no protection");
}

#[test]
fn an_exemption_beside_a_rule() {
    assert_snapshot!(manifest("none = \"invented numbers\"", "none = \"invented numbers\"\nthreshold = 5").problems(), @"atlas.toml:9: error: `disclosure`: `none` stands instead of `threshold` and `round`, not beside them");
}

// Geographies and lookups

#[test]
fn an_unknown_geography_is_answered_with_the_right_one() {
    assert_snapshot!(manifest("geography = \"area\"", "geography = \"aera\"").problems(), @r#"
    atlas.toml:39: error: there is no geography `aera`
      hint: did you mean `area`?
    "#);
}

#[test]
fn two_geographies_with_one_id() {
    assert_snapshot!(manifest("id = \"district\"", "id = \"area\"").problems(), @r#"
    atlas.toml:20: error: two of the atlas's geographies, clusters and point layers have this id
      value: `area`
      hint: rename one of them (the first stands on line 12)

    atlas.toml:20: error: the geography `area` is made from itself
      hint: `dissolve` names the geography of the smaller areas

    atlas.toml:26: error: there is no geography `district`
      hint: allowed here: area, area

    atlas.toml:20: error: `area` is to be made from `area`, but no lookup says which lies in which
      hint: add a `[[lookup]]` with `child = "area"` and `parent = "area"`
    "#);
}

#[test]
fn a_geography_from_nowhere() {
    assert_snapshot!(manifest("dissolve = \"area\"\n", "").problems(), @r#"
    atlas.toml:20: error: the geography `district` needs exactly one of `boundaries`, `dissolve` and `areas`
      hint: name a boundary file, the geography to dissolve, or list areas without shape
    "#);
}

#[test]
fn a_key_of_boundaries_without_boundaries() {
    assert_snapshot!(manifest("dissolve = \"area\"", "dissolve = \"area\"\nlabel = \"NAME\"").problems(), @r#"
    atlas.toml:20: error: `label` says something of a boundary file, and `district` has none
      hint: take the key out, or add `boundaries`
    "#);
}

#[test]
fn boundaries_without_a_code() {
    assert_snapshot!(manifest("code = \"CODE\"\nlabel = \"NAME\"\n", "").problems(), @r#"
    atlas.toml:12: error: the geography `area` does not say which attribute holds the area code
      hint: add for example `code = "LSOA11CD"`
    "#);
}

#[test]
fn a_geography_that_is_made_from_itself() {
    assert_snapshot!(manifest_and("\n[[geography]]\nid = \"a\"\nname = \"A\"\nsingular = \"a\"\ndissolve = \"b\"\n\n[[geography]]\nid = \"b\"\nname = \"B\"\nsingular = \"b\"\ndissolve = \"a\"\n").problems(), @r#"
    atlas.toml:47: error: the geography `a` is made from itself
      hint: `dissolve` names the geography of the smaller areas

    atlas.toml:53: error: the geography `b` is made from itself
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
      hint: did you mean `DISTRICT`?
    "#);
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

// Boundaries

#[test]
fn boundaries_in_an_unknown_format() {
    assert_snapshot!(manifest("areas.geojson", "areas.kml").with("areas.kml", "<kml/>").problems(), @r#"
    areas.kml: error: `areas.kml` is no boundary file that is known here: .geojson, .json, .topojson, .shp, .gpkg, .parquet, or a .zip that holds one
      hint: convert them, for example with `ogr2ogr -t_srs EPSG:4326 areas.geojson FILE`
    "#);
}

#[test]
fn a_shapefile_without_its_table() {
    let header = format!("\0\0'\n{}", "\0".repeat(96));
    assert_snapshot!(manifest("areas.geojson", "areas.shp").with("areas.shp", &header).problems(), @r#"
    areas.shp: error: a shapefile needs the .dbf file of the same name beside it
      hint: copy all files of the shapefile into the folder
    "#);
}

#[test]
fn a_coordinate_system_that_nobody_knows() {
    assert_snapshot!(manifest("label = \"NAME\"", "label = \"NAME\"\ncrs = \"EPSG:27700x\"").problems(), @r#"
    atlas.toml:12: error: `EPSG:27700x` is not a coordinate reference system that is known here
      key: `crs`
      hint: write for example `crs = "EPSG:27700"`
    "#);
}

#[test]
fn degrees_that_are_called_a_national_grid() {
    assert_snapshot!(manifest("label = \"NAME\"", "label = \"NAME\"\ncrs = \"EPSG:27700\"").problems(), @r#"
    areas.geojson: error: feature 1 (`A1`) has the position -2, 52, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already

    areas.geojson: error: feature 2 (`A2`) has the position -1.9, 52, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already

    areas.geojson: error: feature 3 (`A3`) has the position -2, 52.1, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already

    areas.geojson: error: feature 4 (`A4`) has the position -1.9, 52.1, which looks like degrees, not like the British National Grid (EPSG:27700)
      hint: take `crs` out: these are degrees already
    "#);
}

#[test]
fn areas_that_lie_over_each_other() {
    let shifted = feature("A2", "[[-1.95,52],[-1.85,52],[-1.85,52.1],[-1.95,52.1],[-1.95,52]]");
    let others = [square("A1", -2.0, 52.0), shifted, square("A3", -2.0, 52.1), square("A4", -1.9, 52.1)];
    assert_snapshot!(boundaries(&others).problems(), @r#"
    areas.geojson: warning: `A1` and `A2` overlap by 50.0% of the smaller one
      hint: mend the boundaries: a place should lie in one area
    "#);
}

#[test]
fn boundaries_that_are_cut_off() {
    assert_snapshot!(Folder::tiny().with("areas.geojson", "{\"type\":\"FeatureCollection\",\"features\":[").problems(), @r#"
    areas.geojson: error: not JSON at line 1, column 40: EOF while parsing a list
      hint: export or download it again
    "#);
}

#[test]
fn a_topojson_file_that_is_not_whole() {
    assert_snapshot!(Folder::tiny().with("areas.geojson", "{\"type\":\"Topology\",\"objects\":{}}").problems(), @r#"
    areas.geojson: error: not a readable TopoJSON: missing field `arcs` at line 1 column 32
      hint: export or download it again
    "#);
}

#[test]
fn boundaries_without_the_attribute_of_the_code() {
    assert_snapshot!(manifest("code = \"CODE\"", "code = \"KODE\"").problems(), @r#"
    areas.geojson: error: no feature has the attribute `KODE`; there is `CODE`, `NAME`
      hint: did you mean `CODE`?
    "#);
}

#[test]
fn boundaries_with_one_code_twice() {
    assert_snapshot!(boundaries(&[square("A1", -2.0, 52.0), square("A1", -1.9, 52.0)]).problems(), @r#"
    areas.geojson: error: feature 2 has the code `A1`, as feature 1 has
      hint: merge the two features, or mend one of the codes
    "#);
}

#[test]
fn boundaries_with_latitude_first() {
    assert_snapshot!(boundaries(&[feature("A1", "[[52.0,-2.0],[52.0,-1.9],[52.1,-1.9],[52.1,-2.0],[52.0,-2.0]]")]).problems(), @r#"
    areas.geojson: error: feature 1 (`A1`) has the position 52, -2, which looks like latitude before longitude
      hint: write longitude first in every position
    "#);
}

#[test]
fn boundaries_in_metres() {
    assert_snapshot!(boundaries(&[feature("A1", "[[385000,255000],[386000,255000],[386000,256000],[385000,255000]]")]).problems(), @r#"
    areas.geojson: error: feature 1 (`A1`) has the position 385000, 255000, which looks like the British National Grid (EPSG:27700), not degrees
      hint: say in `crs` what the coordinates are, for example `crs = "EPSG:27700"`
    "#);
}

#[test]
fn a_feature_without_a_geometry() {
    let bare = r#"{"type":"Feature","properties":{"CODE":"A2"},"geometry":null}"#.to_owned();
    assert_snapshot!(boundaries(&[square("A1", -2.0, 52.0), bare]).problems(), @r#"
    areas.geojson: error: feature 2 (`A2`) has no geometry
      hint: mend the feature, or take it out
    "#);
}

#[test]
fn faults_by_the_dozen_are_counted() {
    let bare = |number| format!(r#"{{"type":"Feature","properties":{{"CODE":"B{number}"}},"geometry":null}}"#);
    let features: Vec<String> = (0..13).map(bare).chain([square("A1", -2.0, 52.0)]).collect();
    assert_snapshot!(boundaries(&features).problems(), @r#"
    areas.geojson: error: feature 1 (`B0`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 2 (`B1`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 3 (`B2`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 4 (`B3`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 5 (`B4`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 6 (`B5`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 7 (`B6`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 8 (`B7`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 9 (`B8`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: feature 10 (`B9`) has no geometry
      hint: mend the feature, or take it out

    areas.geojson: error: 3 more problems of the kind `bad-boundary` in this file
    "#);
}

// Tables as files

#[test]
fn a_path_that_leaves_the_folder() {
    assert_snapshot!(manifest("file = \"people.csv\"", "file = \"../people.csv\"").problems(), @r#"
    ../people.csv: error: the path leaves the atlas folder
      hint: copy the file into the atlas folder and name it relative to `atlas.toml`
    "#);
}

#[test]
fn a_file_that_is_not_there() {
    assert_snapshot!(manifest("file = \"people.csv\"", "file = \"peple.csv\"").problems(), @r#"
    peple.csv: error: there is no such file
      hint: did you mean `people.csv`?
    "#);
}

#[test]
fn an_empty_file() {
    assert_snapshot!(Folder::tiny().with("people.csv", "").problems(), @r#"
    people.csv: error: the file is empty
      hint: export or download it again
    "#);
}

#[test]
fn a_file_of_another_format() {
    let folder = manifest("file = \"people.csv\"", "file = \"people.pdf\"").with("people.pdf", "%PDF-1.7");
    assert_snapshot!(folder.problems(), @"
    people.pdf: error: tables are read from .csv, .csv.gz, .xlsx, .ods and .parquet files
      hint: export it as one of these
    ");
}

#[test]
fn a_sheet_of_a_csv_file() {
    assert_snapshot!(manifest("period = \"2019\"", "period = \"2019\"\nsheet = \"Data\"").problems(), @r#"
    atlas.toml:39: error: this file has no sheets
      key: `sheet`
      value: `people.csv`
      hint: take `sheet` out
    "#);
}

#[test]
fn ragged_rows() {
    assert_snapshot!(people("A1,1,100\nA2,300\nA3\nA4,400\n").problems(), @r#"
    people.csv:2: error: cells in this row: 3, headings: 2
      hint: put values that hold a comma in quotation marks

    people.csv:4: error: cells in this row: 1, headings: 2
      hint: put values that hold a comma in quotation marks
    "#);
}

#[test]
fn a_quotation_mark_that_is_never_closed() {
    assert_snapshot!(people("A1,100\nA2,\"300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:3: error: a quotation mark in this row is never closed
      hint: close it, or take it out
    "#);
}

#[test]
fn headings_on_another_line() {
    assert_snapshot!(manifest("period = \"2019\"", "period = \"2019\"\nheading_row = 9").problems(), @r#"
    people.csv: error: row 9 holds no headings
      hint: say in `heading_row` in which row the headings stand
    "#);
}

#[test]
fn a_missing_code_column_is_answered_with_the_likely_one() {
    assert_snapshot!(manifest("geography = \"area\"\ncode = \"CODE\"", "geography = \"area\"\ncode = \"CODES\"").problems(), @r#"
    people.csv:1: error: there is no column `CODES`
      hint: did you mean `CODE`?
    "#);
}

#[test]
fn a_missing_column_of_values() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"Residents\" = \"people\"").problems(), @r#"
    people.csv:1: error: there is no column `Residents`
      hint: the headings are: CODE, People
    "#);
}

// Tables as sections

#[test]
fn a_wide_table_that_says_too_little() {
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", "").problems(), @r#"
    atlas.toml:39: error: the table does not say which column holds the area code
      value: `people.csv`
      hint: add for example `code = "LSOA11CD"`

    atlas.toml:39: error: the table names no column
      value: `people.csv`
      hint: add `[table.columns]` with heading = indicator
    "#);
}

#[test]
fn a_period_that_is_none() {
    assert_snapshot!(manifest("period = \"2019\"", "period = \"2019-13\"").problems(), @"atlas.toml:39: error: `2019-13` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019");
}

#[test]
fn an_unknown_indicator_is_answered_with_the_right_one() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = \"peple\"").problems(), @r#"
    atlas.toml:39: error: there is no indicator `peple`
      hint: did you mean `people`?
    "#);
}

#[test]
fn a_symbol_that_means_nothing_we_know() {
    assert_snapshot!(manifest_and("[table.symbols]\nSUPP = \"surpressed\"\n").problems(), @r#"
    atlas.toml:47: error: unknown word `surpressed` in `table`
      hint: did you mean `suppressed`?
    "#);
}

#[test]
fn a_long_table_with_a_column_it_cannot_have() {
    let long = "layout = \"long\"\nindicator = \"people\"\ncolumns = { area_cod = \"CODE\", value = \"People\" }\n";
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", &format!("period = \"2019\"\n{long}")).problems(), @r#"
    atlas.toml:39: error: a long table has no column `area_cod`
      hint: did you mean `area_code`?

    people.csv:1: error: there is no column `area_code`
      hint: the headings are: CODE, People
    "#);
}

#[test]
fn a_long_table_with_keys_of_a_wide_one() {
    let long = "code = \"CODE\"\nperiod = \"2019\"\nlayout = \"long\"\nindicator = \"people\"\n";
    let columns = "columns = { area_code = \"CODE\", indicator = \"x\", value = { indicator = \"People\", field = \"lower\" } }\n";
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", &format!("{long}{columns}")).problems(), @r#"
    atlas.toml:39: error: `code` belongs to wide tables
      value: `people.csv`
      hint: write `columns = { area_code = "…" }`

    atlas.toml:39: error: in a long table `columns` gives headings only
      value: `people.csv`
      hint: write for example `columns = { area_code = "LSOA11CD", value = "Percent" }`

    atlas.toml:39: error: `indicator` is fixed for the whole table and named as a column too
      value: `people.csv`
      hint: keep one of the two
    "#);
}

#[test]
fn a_long_table_with_unknown_indicators_and_periods() {
    let long = "layout = \"long\"\n";
    assert_snapshot!(manifest("code = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", long)
            .with("people.csv", "area_code,indicator,period,value\nA1,people,2019,1\nA2,peple,2019,1\nA3,people,20190,1\n").problems(), @r#"
    people.csv:3: error: there is no indicator `peple`
      column: `indicator`
      hint: did you mean `people`?

    people.csv:4: error: `20190` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
      column: `period`
    "#);
}

#[test]
fn a_numerator_of_a_count() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = { indicator = \"people\", field = \"numerator\" }").problems(), @r#"
    atlas.toml:39: error: `people` is a count, which has no numerator
      value: `people.csv`
      hint: leave `field` out, or mend the indicator's `kind`
    "#);
}

// Rows and cells

#[test]
fn a_row_without_a_code() {
    assert_snapshot!(people("A1,100\nA2,300\n,200\nA4,400\n").problems(), @r#"
    people.csv:4: error: this row has no area code
      column: `CODE`
      hint: fill it in, or take the row out
    "#);
}

#[test]
fn an_unknown_code() {
    assert_snapshot!(people("A1,100\nA2,300\nA3,200\nA4,400\nA5,500\n").problems(), @r#"
    people.csv:6: error: this code is no area of `area`
      column: `CODE`
      value: `A5`
      hint: mend the code, or take the row out
    "#);
}

#[test]
fn a_code_of_another_geography() {
    assert_snapshot!(people("A1,100\nA2,300\nA3,200\nA4,400\nW,300\n").problems(), @r#"
    people.csv:6: error: this code is no area of `area`
      column: `CODE`
      value: `W`
      hint: this is a code of `district`: is that the file's geography?
    "#);
}

#[test]
fn no_code_that_matches() {
    assert_snapshot!(people("B1,100\nB2,300\n").problems(), @r#"
    people.csv:2: error: this code is no area of `area`
      column: `CODE`
      value: `B1`
      hint: mend the code, or take the row out

    people.csv:3: error: this code is no area of `area`
      column: `CODE`
      value: `B2`
      hint: mend the code, or take the row out

    people.csv: error: none of the file's 2 codes is an area of `area`
      hint: look at the column of codes, and at the table's `geography`
    "#);
}

#[test]
fn codes_in_lower_case_are_matched_with_a_warning() {
    assert_snapshot!(people("a1,100\nA2,300\na3,200\nA4,400\n").problems(), @r#"
    people.csv: warning: 2 codes are in lower case, and matched all the same
      value: `a1`
    "#);
}

#[test]
fn an_area_that_stands_twice() {
    assert_snapshot!(people("A1,100\nA2,300\nA3,200\nA4,400\nA1,100\n").problems(), @r#"
    people.csv:6: error: this area stands twice in the table
      value: `A1`
      hint: keep one of the rows (the first is row 2)
    "#);
}

#[test]
fn a_value_that_is_said_twice() {
    let again = "\n[[table]]\nfile = \"again.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"Count\" = \"people\"\n";
    assert_snapshot!(manifest_and(again).with("again.csv", "CODE,Count\n\nA2,300\n").problems(), @r#"
    again.csv:3: error: this value is said a second time (first in people.csv, row 3)
      column: `Count`
      value: `300`
      hint: keep one of the two
    "#);
}

#[test]
fn a_formula_that_failed() {
    assert_snapshot!(people("A1,#REF!\nA2,300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:2: error: this is a spreadsheet error, not a number
      column: `People`
      value: `#REF!`
      hint: mend the formula in the workbook and export again
    "#);
}

#[test]
fn a_date_that_a_workbook_made_of_a_number() {
    assert_snapshot!(people("A1,14-Oct\nA2,300\nA3,200\nA4,01/02/2019\n").problems(), @r#"
    people.csv:2: error: this is a date where a number should be
      column: `People`
      value: `14-Oct`
      hint: format the column as numbers in the workbook and export again

    people.csv:5: error: this is a date where a number should be
      column: `People`
      value: `01/02/2019`
      hint: format the column as numbers in the workbook and export again
    "#);
}

#[test]
fn a_dash_without_a_meaning() {
    assert_snapshot!(people("A1,-\nA2,300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:2: error: `-` has no meaning until the table's `symbols` give it one
      column: `People`
      value: `-`
      hint: add `"-" = "not-available"` (or `"suppressed"`) to `[table.symbols]`
    "#);
}

#[test]
fn cells_that_are_no_numbers() {
    assert_snapshot!(people("A1,many\nA2,NaN\nA3,\"1,23\"\nA4,5 [c]\n").problems(), @r#"
    people.csv:2: error: this cell should hold a number or a known symbol
      column: `People`
      value: `many`
      hint: mend the cell, or say what the symbol means in the table's `symbols`

    people.csv:3: error: this is not a finite number
      column: `People`
      value: `NaN`
      hint: leave the cell empty where there is no value

    people.csv:4: error: the commas do not group digits by three
      column: `People`
      value: `1,23`
      hint: write a decimal point, and a comma only before each three digits

    people.csv:5: error: this cell holds both a number and a mark that says there is none
      column: `People`
      value: `5 [c]`
      hint: leave either the number or the mark
    "#);
}

#[test]
fn escape_sequences_are_shown_not_sent() {
    assert_snapshot!(people("A1,\u{1b}[31mred\nA2,300\nA3,200\nA4,400\n").problems(), @r#"
    people.csv:2: error: this cell should hold a number or a known symbol
      column: `People`
      value: `\u{1b}[31mred`
      hint: mend the cell, or say what the symbol means in the table's `symbols`
    "#);
}

// Indicators

#[test]
fn two_indicators_with_one_id() {
    assert_snapshot!(indicator("id = \"people\"\nname = \"Again\"\nkind = \"count\"").problems(), @r#"
    atlas.toml:47: error: two indicators have this id
      value: `people`
      hint: rename one of them (the first stands in atlas.toml on line 34)
    "#);
}

#[test]
fn an_id_with_spaces() {
    assert_snapshot!(indicator("id = \"my people\"\nname = \"x\"\nkind = \"count\"").problems(), @r#"
    atlas.toml:47: error: an indicator's `id` has 1 to 64 letters, digits, `.`, `_` and `-`
      value: `my people`
      hint: write for example `imd-score`
    "#);
}

#[test]
fn a_rate_without_per() {
    assert_snapshot!(indicator(&RATE.replace("per = 1000\n", "")).problems(), @r#"
    atlas.toml:47: error: a rate needs `per`
      key: `per`
      hint: write for example `per = 1000`
    "#);
}

#[test]
fn a_rate_per_nothing() {
    assert_snapshot!(indicator(&RATE.replace("1000", "0")).problems(), @r#"
    atlas.toml:47: error: `per` is a number above zero
      key: `per`
      hint: write for example `per = 1000`
    "#);
}

#[test]
fn an_unknown_denominator() {
    assert_snapshot!(indicator(&RATE.replace("\"people\"", "\"poeple@2019\"")).problems(), @r#"
    atlas.toml:47: error: there is no indicator `poeple`
      key: `denominator`
      hint: did you mean `people`?
    "#);
}

#[test]
fn a_denominator_in_no_period() {
    assert_snapshot!(indicator(&RATE.replace("\"people\"", "\"people@newest\"")).problems(), @r#"
    atlas.toml:47: error: `newest` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
      key: `denominator`
    "#);
}

#[test]
fn denominators_in_a_circle() {
    let second = RATE.replace("\"r\"", "\"s\"").replace("\"people\"", "\"r\"");
    assert_snapshot!(indicator(&format!("{}\n\n[[indicator]]\n{second}", RATE.replace("\"people\"", "\"s\""))).problems(), @r#"
    atlas.toml:47: error: the indicator `r` is needed to compute itself
      hint: look at `denominator` and `weight`
    "#);
}

#[test]
fn a_mean_of_ranks() {
    assert_snapshot!(indicator("id = \"r\"\nname = \"Rank\"\nkind = \"rank\"\naggregate = \"sum\"").problems(), @r#"
    atlas.toml:47: error: values of kind `rank` cannot be added up by `sum`
      key: `aggregate`
      hint: write `aggregate = "none"`, or mend `kind`
    "#);
}

#[test]
fn a_weighted_mean_without_weights() {
    assert_snapshot!(indicator("id = \"s\"\nname = \"Score\"\nkind = \"score\"\naggregate = \"weighted-mean\"").problems(), @r#"
    atlas.toml:47: error: a weighted mean needs `weight`
      key: `weight`
      hint: name the indicator that holds the weights
    "#);
}

#[test]
fn keys_of_another_kind() {
    assert_snapshot!(indicator("id = \"s\"\nname = \"Score\"\nkind = \"count\"\nper = 100\nout_of = 3\ncategories = [\"a\"]\nweight = \"people\"").problems(), @r#"
    atlas.toml:47: error: `categories` belongs to a category, and this is a count
      key: `categories`
      hint: take the key out, or mend `kind` or `aggregate`

    atlas.toml:47: error: `out_of` belongs to a rank, and this is a count
      key: `out_of`
      hint: take the key out, or mend `kind` or `aggregate`

    atlas.toml:47: error: `per` belongs to a proportion, rate, ratio, mean or score, and this is a count
      key: `per`
      hint: take the key out, or mend `kind` or `aggregate`

    atlas.toml:47: error: `weight` belongs to a weighted mean, and this is a count
      key: `weight`
      hint: take the key out, or mend `kind` or `aggregate`
    "#);
}

#[test]
fn a_category_without_categories() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"category\"").problems(), @r#"
    atlas.toml:47: error: a category needs its `categories`
      key: `categories`
      hint: write for example `categories = ["Urban", "Rural"]`
    "#);
}

#[test]
fn more_decimals_than_there_are() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\ndecimals = 10").problems(), @r#"
    atlas.toml:47: error: `decimals` is 0 to 9
      key: `decimals`
      hint: write for example `decimals = 1`
    "#);
}

#[test]
fn an_address_that_is_none() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\nsource_url = \"javascript:alert(1)\"").problems(), @r#"
    atlas.toml:47: error: `source_url` starts with https:// or http://
      key: `source_url`
      value: `javascript:alert(1)`
    "#);
}

#[test]
fn a_date_that_is_none() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\nupdated = \"26/09/2019\"").problems(), @r#"
    atlas.toml:51: error: `updated` in `indicator` should be a date such as "2019-09-26", "2019-09" or "2019", not the text `26/09/2019`
    "#);
}

#[test]
fn a_geography_to_open_at_that_is_none() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\nopens_at = \"distric\"").problems(), @r#"
    atlas.toml:47: error: there is no geography `distric`
      key: `opens_at`
      hint: did you mean `district`?
    "#);
}

#[test]
fn people_who_are_no_count() {
    assert_snapshot!(manifest("people = [\"people\"]", "people = [\"r\", \"nobody\"]").adding("atlas.toml", &format!("\n[[indicator]]\n{RATE}\n")).problems(), @r#"
    atlas.toml:3: error: `people` names counts, and `r` is not one
      key: `people`

    atlas.toml:3: error: there is no indicator `nobody`
      key: `people`
      hint: mend the id, or add the indicator
    "#);
}

#[test]
fn a_breakdown_of_too_little() {
    assert_snapshot!(manifest_and("\n[[breakdown]]\ntotal = \"people\"\nparts = [\"people\"]\n\n[[breakdown]]\ntotal = \"peple\"\nparts = [\"a\", \"b\"]\n").problems(), @r#"
    atlas.toml:47: error: the breakdown of `people` has fewer than two parts
      hint: a total has at least two parts, each named once

    atlas.toml:47: error: `people` stands twice in the breakdown of `people`
      hint: a total has at least two parts, each named once

    atlas.toml:51: error: there is no indicator `peple`
      hint: did you mean `people`?

    atlas.toml:51: error: there is no indicator `a`
      hint: mend the id, or add the indicator

    atlas.toml:51: error: there is no indicator `b`
      hint: mend the id, or add the indicator
    "#);
}

#[test]
fn an_indicator_in_a_file_with_an_unknown_heading() {
    assert_snapshot!(manifest_and("\n[[indicators]]\nfile = \"i.csv\"\n").with("i.csv", "id,name,kind,themse\nx,X,count,T\n").problems(), @r#"
    i.csv:1: error: unknown key `themse`
      hint: did you mean `themes`?
    "#);
}

#[test]
fn indicators_in_a_file_with_wrong_cells() {
    let rows = "id,name,kind,per,decimals,disclosure\na,A,counts,,,\nb,B,rate,thousand,,\nc,C,count,,1.5,\nd,D,count,,,none\n,E,count,,,\n";
    assert_snapshot!(manifest_and("\n[[indicators]]\nfile = \"i.csv\"\n").with("i.csv", rows).problems(), @r#"
    i.csv:2: error: unknown word `counts`
      column: `kind`
      hint: did you mean `count`?

    i.csv:3: error: `per` should be a number, not `thousand`
      column: `per`

    i.csv:4: error: `decimals` should be a whole number from 0 up, not `1.5`
      column: `decimals`

    i.csv:5: error: `disclosure` should be { threshold = 5, round = 1 } or { none = "the reason" }, not the text `none`
      column: `disclosure`

    i.csv:6: error: the key `id` is missing
    "#);
}

#[test]
fn a_decile_outside_one_to_ten() {
    assert_snapshot!(Folder::tiny().with_indicator("id = \"d\"\nname = \"D\"\nkind = \"decile\"", "\"D\" = \"d\"", "CODE,D\nA1,0\nA2,10\nA3,11\nA4,2.5\n").problems(), @r#"
    values.csv:2: error: a decile is a whole number from 1 to 10
      column: `D`
      value: `0`
      hint: mend the value, or the indicator's `kind`

    values.csv:4: error: a decile is a whole number from 1 to 10
      column: `D`
      value: `11`
      hint: mend the value, or the indicator's `kind`

    values.csv:5: error: a decile is a whole number from 1 to 10
      column: `D`
      value: `2.5`
      hint: mend the value, or the indicator's `kind`
    "#);
}

#[test]
fn a_category_that_is_none() {
    assert_snapshot!(Folder::tiny().with_indicator(
            "id = \"c\"\nname = \"C\"\nkind = \"category\"\ncategories = [\"Urban\", \"Rural\"]",
            "\"C\" = \"c\"",
            "CODE,C\nA1,Urban\nA2,Suburban\nA3,3\nA4,2\n"
        ).problems(), @r#"
    values.csv:3: error: this cell should hold a number or a known symbol
      column: `C`
      value: `Suburban`
      hint: mend the cell, or say what the symbol means in the table's `symbols`

    values.csv:4: error: a category is a whole number from 1 to 2
      column: `C`
      value: `3`
      hint: mend the value, or the indicator's `kind`
    "#);
}

#[test]
fn a_denominator_below_zero() {
    let columns =
        "\"N\" = { indicator = \"r\", field = \"numerator\" }\n\"D\" = { indicator = \"r\", field = \"denominator\" }";
    assert_snapshot!(Folder::tiny().with_indicator(RATE, columns, "CODE,N,D\nA1,1,-5\nA2,1,10\nA3,1,10\nA4,1,10\n").problems(), @r#"
    values.csv:2: error: a denominator is not below zero
      column: `D`
      value: `-5`
      hint: mend the cell
    "#);
}

#[test]
fn numerators_without_denominators() {
    let rate = RATE.replace("denominator = \"people\"", "denominator = \"people@2018\"");
    assert_snapshot!(Folder::tiny().with_indicator(&rate, "\"N\" = { indicator = \"r\", field = \"numerator\" }", "CODE,N\nA1,1\nA2,1\nA3,1\nA4,1\n").problems(), @r#"
    values.csv: error: `r` for `area` in 2019 has numerators but no denominators
      hint: publish `people@2018` for `area`, or add a column of denominators
    "#);
}

#[test]
fn rates_that_cannot_be_added_up() {
    assert_snapshot!(Folder::tiny().with_indicator(RATE, "\"R\" = \"r\"", "CODE,R\nA1,1\nA2,1\nA3,1\nA4,1\n").problems(), @r#"
    atlas.toml: note: `r` for `area` is not added up: no table gives its numerators and denominators
      hint: give them, or say `aggregate = "none"`
    "#);
}

#[test]
fn scores_whose_weights_are_of_another_period() {
    let score = "id = \"s\"\nname = \"Score\"\nkind = \"score\"\nweight = \"people@2015\"";
    assert_snapshot!(Folder::tiny().with_indicator(score, "\"S\" = \"s\"", "CODE,S\nA1,1\nA2,1\nA3,1\nA4,1\n").problems(), @r#"
    atlas.toml: warning: `s` for `area` in 2019 is not added up: `people@2015` has no values there
      hint: fix the period of the weights, for example `weight = "people@2015"`, or publish them
    "#);
}

#[test]
fn nothing_to_publish() {
    assert_snapshot!(manifest("[[table]]\nfile = \"people.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"People\" = \"people\"\n", "").problems(), @r#"
    atlas.toml: error: the atlas publishes no values
      hint: add an `[[indicator]]`, and a `[[table]]` whose columns name it
    "#);
}

// Notes

#[test]
fn notes_on_what_is_not_there() {
    assert_snapshot!(manifest_and("\n[[notes]]\nfile = \"notes.csv\"\n")
            .with("notes.csv", "area_code,indicator,period,note\nA9,,,x\nA1,peple,,x\nA1,people,soon,x\n").problems(), @r#"
    notes.csv:2: error: this code is no area of the atlas
      column: `area_code`
      value: `A9`
      hint: mend the code, or take the row out

    notes.csv:3: error: there is no indicator `peple`
      column: `indicator`
      hint: did you mean `people`?

    notes.csv:4: error: `soon` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
      column: `period`
    "#);
}

// What this version cannot do

#[test]
fn small_numbers_to_be_protected() {
    assert_snapshot!(manifest("[disclosure]\nnone = \"invented numbers\"\n", "").problems(), @r#"
    atlas.toml:32: error: `people` is to be protected (counts under 5 hidden), which this version cannot do, so nothing is published
      hint: if the numbers need no protection, say why: `disclosure = { none = "…" }` here or `none = "…"` in `[disclosure]`
    "#);
}

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
fn a_year_that_starts_on_two_days() {
    let table = |file: &str, geography: &str, day: &str| {
        format!(
            "\n[[table]]\nfile = \"{file}\"\ngeography = \"{geography}\"\ncode = \"CODE\"\nperiod = \"2018/19\"\nyear_starts = \"{day}\"\n[table.columns]\n\"People\" = \"people\"\n"
        )
    };
    let sections = table("areas.csv", "area", "09-01") + &table("districts.csv", "district", "04-06");
    let folder = manifest_and(&sections).with("areas.csv", "CODE,People\nA1,1\nA2,1\nA3,1\nA4,1\n");
    assert_snapshot!(folder.with("districts.csv", "CODE,People\nW,2\nE,2\n").problems(), @r#"
    atlas.toml:56: error: `people` in 2018/19 starts on another day in another table
      value: `districts.csv`
      hint: say the same `year_starts` for all tables of `people` (another says 09-01)
    "#);
}

#[test]
fn what_is_understood_but_not_used() {
    let sections = "\n[[flow]]\nfile = \"flows.csv\"\n\n[embed]\nhosts = [\"https://www.example.org\"]\n";
    assert_snapshot!(manifest("label = \"NAME\"", "label = \"NAME\"\nsnap = 0.1\ncontext = \"areas.geojson\"")
            .adding("atlas.toml", sections)
            .with("flows.csv", "home,place,count\n").problems(), @r#"
    atlas.toml:52: warning: `[embed]` is understood but not used by this version

    atlas.toml:12: warning: `context` of a geography is understood but not used by this version

    atlas.toml:49: warning: `[[flow]]` is understood but not used by this version
    "#);
}

#[test]
fn what_is_not_used_must_be_right_all_the_same() {
    assert_snapshot!(manifest_and("\n[[flow]]\nfile = \"flows.csv\"\n").problems(), @r#"
    flows.csv: error: there is no such file

    atlas.toml:47: warning: `[[flow]]` is understood but not used by this version
    "#);
}
