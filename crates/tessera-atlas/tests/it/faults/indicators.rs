//! Faults of indicators, and how they are told.

use insta::assert_snapshot;

use super::{RATE, indicator, manifest, manifest_and};
use crate::fixture::Folder;

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
    atlas.toml:47: error: an indicator's `id` has 1 to 64 letters, digits, `.`, `_` and `-`, and not dots alone
      value: `my people`
      hint: write for example `imd-score`
    "#);
}

#[test]
fn an_id_that_is_the_way_up() {
    assert_snapshot!(indicator("id = \"..\"\nname = \"x\"\nkind = \"count\"").problems(), @r#"
    atlas.toml:47: error: an indicator's `id` has 1 to 64 letters, digits, `.`, `_` and `-`, and not dots alone
      value: `..`
      hint: write for example `imd-score`
    "#);
    let geography =
        "\n[[geography]]\nid = \".\"\nname = \"x\"\nsingular = \"x\"\nareas = [{ code = \"a\", name = \"b\" }]\n";
    assert_snapshot!(manifest_and(geography).problems(), @r#"
    atlas.toml:48: error: the `id` of a layer has 1 to 64 letters, digits, `.`, `_` and `-`, and not dots alone
      value: `.`
      hint: write for example `lsoa11`
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
    atlas.toml:51: error: `per` is a number above zero
      key: `per`
      hint: write for example `per = 1000`
    "#);
}

#[test]
fn an_unknown_denominator() {
    assert_snapshot!(indicator(&RATE.replace("\"people\"", "\"poeple@2019\"")).problems(), @r#"
    atlas.toml:52: error: there is no indicator `poeple`
      key: `denominator`
      hint: did you mean `people`?
    "#);
}

#[test]
fn a_denominator_in_no_period() {
    assert_snapshot!(indicator(&RATE.replace("\"people\"", "\"people@newest\"")).problems(), @r#"
    atlas.toml:52: error: `newest` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
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
    atlas.toml:51: error: values of kind `rank` cannot be added up by `sum`
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
    atlas.toml:53: error: `categories` belongs to a category, and this is a count
      key: `categories`
      hint: take the key out, or mend `kind` or `aggregate`

    atlas.toml:52: error: `out_of` belongs to a rank, and this is a count
      key: `out_of`
      hint: take the key out, or mend `kind` or `aggregate`

    atlas.toml:51: error: `per` belongs to a proportion, rate, ratio, mean or score, and this is a count
      key: `per`
      hint: take the key out, or mend `kind` or `aggregate`

    atlas.toml:54: error: `weight` belongs to a weighted mean, and this is a count
      key: `weight`
      hint: take the key out, or mend `kind` or `aggregate`
    "#);
}

#[test]
fn names_of_ends_where_neither_is_bad_and_an_order_that_is_not_there() {
    assert_snapshot!(indicator("id = \"d\"\nname = \"Decile\"\nkind = \"decile\"\nworst = \"poorest\"\nordered_by = \"peopel\"").problems(), @r#"
    atlas.toml:52: error: there is no indicator `peopel`
      key: `ordered_by`
      hint: did you mean `people`?

    atlas.toml:47: error: `worst` and `best` name ends, and neither end is bad here
      key: `polarity`
      hint: write `polarity`, or take the key out
    "#);
}

#[test]
fn a_category_that_stands_twice() {
    assert_snapshot!(indicator("id = \"s\"\nname = \"Sort\"\nkind = \"category\"\ncategories = [\"a\", \"b\", \"a\"]").problems(), @r#"
    atlas.toml:51: error: a name stands twice among the `categories`
      key: `categories`
      value: `a`
      hint: name each category once
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
fn themes_without_a_name_or_without_end() {
    let deep = vec!["a"; 17].join(" / ");
    for path in ["Health /  / Children", "", &deep] {
        let keys = format!("id = \"c\"\nname = \"Class\"\nkind = \"count\"\nthemes = [\"{path}\"]");
        let told = indicator(&keys).problems();
        assert!(told.starts_with("atlas.toml:51: error: a path of `themes` has 1 to 16 names"), "{path}: {told}");
    }
}

#[test]
fn more_decimals_than_there_are() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\ndecimals = 10").problems(), @r#"
    atlas.toml:51: error: `decimals` is 0 to 9
      key: `decimals`
      hint: write for example `decimals = 1`
    "#);
}

#[test]
fn an_address_that_is_none() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\nsource_url = \"javascript:alert(1)\"").problems(), @r#"
    atlas.toml:51: error: `source_url` starts with https:// or http://
      key: `source_url`
      value: `javascript:alert(1)`
    "#);
}

#[test]
fn a_date_that_is_none() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\nupdated = \"26/09/2019\"").problems(), @r#"atlas.toml:51: error: `updated` in `indicator` should be a date such as "2019-09-26", "2019-09" or "2019", not the text `26/09/2019`"#);
}

#[test]
fn a_geography_to_open_at_that_is_none() {
    assert_snapshot!(indicator("id = \"c\"\nname = \"Class\"\nkind = \"count\"\nopens_at = \"distric\"").problems(), @r#"
    atlas.toml:51: error: there is no geography `distric`
      key: `opens_at`
      hint: did you mean `district`?
    "#);
}

#[test]
fn people_who_are_no_count() {
    assert_snapshot!(manifest("people = [\"people\"]", "people = [\"r\", \"nobody\"]").adding("atlas.toml", &format!("\n[[indicator]]\n{RATE}\n")).problems(), @r#"
    atlas.toml:7: error: `people` names counts, and `r` is not one
      key: `people`

    atlas.toml:7: error: there is no indicator `nobody`
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

    atlas.toml:52: error: there is no indicator `peple`
      hint: did you mean `people`?

    atlas.toml:53: error: there is no indicator `a`
      hint: mend the id, or add the indicator

    atlas.toml:53: error: there is no indicator `b`
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
    values.csv:3: error: this is no category of `c`
      column: `C`
      value: `Suburban`
      hint: did you mean `Urban`? its categories are: Urban, Rural; a symbol is explained in the table's `symbols`

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

    atlas.toml:34: warning: no table has values of `people`, so that it is listed and shows nothing
      hint: name it in the columns of a `[[table]]`, or take it out
    "#);
}

#[test]
fn an_indicator_that_no_table_feeds() {
    assert_snapshot!(indicator("id = \"s\"\nname = \"Score\"\nkind = \"score\"").problems(), @r#"
    atlas.toml:47: warning: no table has values of `s`, so that it is listed and shows nothing
      hint: name it in the columns of a `[[table]]`, or take it out
    "#);
}
