//! The manifest as a text, and how its faults are told.

use insta::assert_snapshot;

use super::{RATE, indicator, manifest, manifest_and};
use crate::fixture::Folder;

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
    assert_snapshot!(manifest("title = \"Tiny atlas\"", "title = 5").problems(), @r#"atlas.toml:5: error: `title` in `atlas` should be a text, or texts by language such as { en = "…", cy = "…" }, not `5`"#);
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
    atlas.toml:4: error: an atlas's `id` is made of a-z, 0-9 and -
      key: `id`
      value: `Tiny Atlas`
      hint: write for example `west-yorkshire`
    "#);
}

#[test]
fn a_day_that_is_none() {
    assert_snapshot!(manifest("place =", "year_starts = \"1 April\"\nplace =").problems(), @r#"
    atlas.toml:6: error: a day of the year is a month and a day such as `04-01`
      key: `year_starts`
      value: `1 April`
    "#);
}

#[test]
fn a_parameter_that_no_view_has() {
    assert_snapshot!(manifest_and("\n[view]\nindicator = \"people\"\nzoom = 9\n").problems(), @r#"
    atlas.toml:49: error: unknown key `zoom` in `view`
      hint: allowed here: geography, indicator, period, within, areas, set, filter, against, second, from, method, k, breaks, centre, scope, palette, reverse, still, mode, hotspot, permutations, seed, fdr, smooth, panel, at, layers, sort, theme, lang, edition, lock
    "#);
}

#[test]
fn a_view_of_nothing_there_is() {
    assert_snapshot!(manifest_and("\n[view]\nindicator = \"poeple\"\ngeography = \"distrcit\"\nperiod = \"last year\"\n").problems(), @r#"
    atlas.toml:49: error: there is no geography `distrcit`
      hint: did you mean `district`?

    atlas.toml:50: error: `last year` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019

    atlas.toml:48: error: there is no indicator `poeple`
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
    atlas.toml:48: error: `url` of the basemap is a web address with {z}, {x} and {y}
      key: `url`
      value: `https://tiles.example.org`
      hint: write for example `https://tiles.example.org/{z}/{x}/{y}.png`
    "#);
}

#[test]
fn a_host_with_a_path() {
    assert_snapshot!(manifest_and("\n[embed]\nhosts = [\"https://www.example.org/page\"]\n").problems(), @r#"
    atlas.toml:48: error: `hosts` are web addresses without a path
      key: `hosts`
      value: `https://www.example.org/page`
      hint: write for example `https://www.example.org`
    "#);
}

#[test]
fn a_rule_that_hides_nothing() {
    assert_snapshot!(manifest("none = \"invented numbers\"", "threshold = 1").problems(), @"atlas.toml:10: error: `disclosure`: `threshold` is at least 2, not 1");
}

#[test]
fn an_exemption_without_a_reason() {
    assert_snapshot!(manifest("none = \"invented numbers\"", "none = \" \"").problems(), @"atlas.toml:10: error: `disclosure`: `none` needs the reason why these numbers need no protection");
}

#[test]
fn an_exemption_beside_a_rule() {
    assert_snapshot!(manifest("none = \"invented numbers\"", "none = \"invented numbers\"\nthreshold = 5").problems(), @"atlas.toml:10: error: `disclosure`: `none` stands instead of `threshold` and `round`, not beside them");
}

#[test]
fn a_fault_of_a_key_is_told_on_its_line() {
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = \"zz\"").problems(), @r#"
    atlas.toml:45: error: there is no indicator `zz`
      key: `People`
      hint: mend the id, or add the indicator
    "#);
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = { indicator = \"people\", period = \"2019-13\" }").problems(), @"atlas.toml:45: error: `2019-13` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019");
    assert_snapshot!(manifest("\"People\" = \"people\"", "\"People\" = { indicator = \"people\", field = \"numerator\" }").problems(), @r#"
    atlas.toml:45: error: `people` is a count, which has no numerator
      key: `People`
      value: `people.csv`
      hint: leave `field` out, or mend the indicator's `kind`
    "#);
    assert_snapshot!(manifest("none = \"invented numbers\"", "round = 1\nthreshold = 1").problems(), @"atlas.toml:11: error: `disclosure`: `threshold` is at least 2, not 1");
}

#[test]
fn a_year_without_quotation_marks_is_a_period() {
    assert_snapshot!(manifest("period = \"2019\"", "period = 2019").problems(), @"");
    let of_column = "\"People\" = { indicator = \"people\", period = 2018 }";
    assert_snapshot!(manifest("\"People\" = \"people\"", of_column).problems(), @"");
    assert_snapshot!(manifest("period = \"2019\"", "period = 20199").problems(), @"atlas.toml:43: error: `20199` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019");
}

#[test]
fn a_basemap_on_several_hosts() {
    let basemap = "\n[basemap]\nurl = \"https://{s}.tiles.example.org/{z}/{x}/{y}.png\"\nattribution = \"x\"\n";
    assert_snapshot!(manifest_and(basemap).problems(), @r#"
    atlas.toml:48: error: `url` of the basemap names several hosts, and a page may contact one
      key: `url`
      value: `https://{s}.tiles.example.org/{z}/{x}/{y}.png`
      hint: write one of the hosts instead of `{s}`, for example `a`, or take `{s}.` out
    "#);
}
