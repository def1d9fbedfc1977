//! Faults of the view that opens first, and how they are told.

use insta::assert_snapshot;

use super::manifest_and;

/// What links say, and whether it can be read: for the program and the page alike.
const LINKS: &str = include_str!("../../../../../tests/links.json");

fn view(keys: &str) -> String {
    manifest_and(&format!("\n[view]\n{keys}")).problems()
}

#[test]
fn each_parameter_of_the_view_is_judged() {
    let words = "method = \"quantil\"\nk = 99\nmode = \"foo\"\npanel = \"x\"\nhotspot = \"y\"\nlang = \"xx\"\nstill = \"yes\"\n";
    assert_snapshot!(view(words), @r#"
    atlas.toml:52: error: `y` is nothing that `hotspot` can be
      key: `hotspot`
      value: `y`
      hint: it can be: gi-star, local-moran

    atlas.toml:49: error: `k` is the number of classes, 2 to 12
      key: `k`
      value: `99`
      hint: write for example `k = 5`

    atlas.toml:53: error: `xx` is nothing that `lang` can be
      key: `lang`
      value: `xx`
      hint: it can be: en

    atlas.toml:48: error: `quantil` is nothing that `method` can be
      key: `method`
      value: `quantil`
      hint: did you mean `quantile`?

    atlas.toml:50: error: `foo` is nothing that `mode` can be
      key: `mode`
      value: `foo`
      hint: it can be: map, change, double, hotspots, significance

    atlas.toml:51: error: `x` is nothing that `panel` can be
      key: `panel`
      value: `x`
      hint: it can be: areas, trend, relation, profile

    atlas.toml:54: error: `yes` is nothing that `still` can be
      key: `still`
      value: `yes`
      hint: it can be: true, false
    "#);
    let places =
        "at = \"hello\"\nwithin = \"district:NOPE\"\nareas = \"NOPE\"\nlayers = \"schools\"\nset = \"A1,A2\"\n";
    assert_snapshot!(view(places), @r#"
    atlas.toml:50: error: no area of the atlas has the code `NOPE`
      key: `areas`
      value: `NOPE`
      hint: write a code of the atlas, such as `area:A1`

    atlas.toml:48: error: `at` is longitude, latitude and zoom
      key: `at`
      value: `hello`
      hint: write for example `at = "-1.55,53.8,10"`

    atlas.toml:51: error: there is no layer of points `schools`
      key: `layers`
      value: `schools`
      hint: take the key out: there is none

    atlas.toml:52: error: `set` is a name, `~`, a geography and codes of its areas
      key: `set`
      value: `A1,A2`
      hint: write for example `North side~lsoa11:E01010568,E01010569`

    atlas.toml:49: error: no area of `district` has the code `NOPE`
      key: `within`
      value: `district:NOPE`
      hint: write a code of the atlas, such as `district:E`
    "#);
    let measures = "filter = \"rubbish\"\nsecond = \"poeple\"\nfrom = \"soon\"\nagainst = \"target.\"\nbreaks = \"9,5\"\nfdr = 5\n";
    assert_snapshot!(view(measures), @r#"
    atlas.toml:51: error: `target.` is nothing that `against` can be
      key: `against`
      value: `target.`
      hint: did you mean `target`?

    atlas.toml:52: error: `breaks`: the bounds do not increase: 5 at index 1 follows 9
      key: `breaks`
      value: `9,5`
      hint: write the minimum, then the upper bound of each class, such as `breaks = "0,5,10"`

    atlas.toml:53: error: `fdr` is a number between 0 and 1
      key: `fdr`
      value: `5`
      hint: write for example `fdr = 0.05`

    atlas.toml:48: error: `filter`: `rubbish` is no condition: write an indicator, one of <=, <, =, >, >= and a number, such as `imd-decile<=2`
      key: `filter`
      value: `rubbish`
      hint: write for example `imd-decile<=2 and crime>=40`

    atlas.toml:50: error: `soon` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
      key: `from`
      value: `soon`
      hint: write a period in which the indicator is published

    atlas.toml:49: error: there is no indicator `poeple`
      key: `second`
      value: `poeple`
      hint: did you mean `people`?
    "#);
}

#[test]
fn what_a_link_can_say_can_open_first() {
    let links: serde_json::Value = serde_json::from_str(LINKS).unwrap();
    let mut judged = 0;
    for (name, texts) in links["parameters"].as_object().unwrap() {
        for (is_read, text) in ["read", "unread"].into_iter().flat_map(|kind| {
            texts[kind].as_array().unwrap().iter().map(move |text| (kind == "read", text.as_str().unwrap()))
        }) {
            let problems = view(&format!("{name} = \"{text}\"\n"));
            assert_eq!(problems.is_empty(), is_read, "{name} = {text}: {problems}");
            judged += 1;
        }
    }
    assert!(judged > 80);
}

#[test]
fn the_edition_and_too_long_a_name_cannot_open_first() {
    let edition = view("edition = \"3f9a0c1d22e4b567\"\n");
    assert!(edition.contains("an atlas opens with its newest edition"), "{edition}");
    let set = |name: &str| view(&format!("set = \"{name}~area:A1\"\n"));
    assert_eq!(set(&"é".repeat(80)), "");
    assert!(set(&"é".repeat(81)).contains("has 1 to 80 characters"));
}

#[test]
fn parameters_that_need_each_other() {
    let keys = "geography = \"district\"\nwithin = \"area:A1\"\nscope = \"selection\"\nmethod = \"custom\"\nagainst = \"set:North\"\n";
    assert_snapshot!(view(keys), @r#"
    atlas.toml:52: error: `against` is `set:` with the name of the `set`
      key: `against`
      value: `set:North`
      hint: write for example `set = "North side~lsoa11:E01010568"`

    atlas.toml:51: error: `method = "custom"` needs `breaks`
      key: `method`
      value: `custom`
      hint: add for example `breaks = "0,5,10"`

    atlas.toml:50: error: `scope = "selection"` needs the areas that are selected
      key: `scope`
      value: `selection`
      hint: add `areas`, or take `scope` out

    atlas.toml:49: error: areas of `district` do not lie in areas of `area`
      key: `within`
      value: `area:A1`
      hint: name an area of a geography that `geography` lies in
    "#);
}

#[test]
fn packed_codes_are_judged_one_by_one() {
    assert_snapshot!(view("areas = \"A1*H\"\n"), @r"
    atlas.toml:48: error: no area of the atlas has the code `A9`
      key: `areas`
      value: `A1*H`
      hint: write a code of the atlas, such as `area:A1`
    ");
    assert_snapshot!(view("areas = \"A1*!\"\n"), @r"
    atlas.toml:48: error: `A1*!` stands for no codes
      key: `areas`
      value: `A1*!`
      hint: copy `areas` from a link of the page as it is, or write the codes with commas between them
    ");
}

#[test]
fn a_view_names_nothing_that_is_withheld() {
    let secret = "[[indicator]]\nid = \"secret\"\nname = \"S\"\nkind = \"count\"\naccess = \"team\"\n";
    let keys = "second = \"secret\"\nfilter = \"people>=3 and secret<=5\"\nfrom = \"secret@2019\"\n";
    let told = view(&format!("{keys}{secret}"));
    for key in ["second", "filter", "from"] {
        let message = "error: the indicator `secret` is withheld, and the view is for everybody";
        assert!(told.contains(&format!("{message}\n  key: `{key}`\n")), "{key}: {told}");
    }
}

#[test]
fn a_view_with_every_parameter_has_no_fault() {
    let keys = "indicator = \"people\"\ngeography = \"area\"\nperiod = 2019\nwithin = \"district:W\"\nareas = \"A1*A,class:2,parent:district:E,filter\"\n\
        set = \"North~area:A3,A4\"\nfilter = \"people>=100 and people@2019<1000\"\nbreaks = \"0,200,400\"\ncentre = 200\nscope = \"selection\"\n\
        palette = \"brown-teal\"\nreverse = true\nstill = false\nat = \"-1.9,52.1,10\"\nsort = \"name\"\npanel = \"trend\"\nsecond = \"people@2019\"\n\
        mode = \"significance\"\nfrom = \"2018\"\nagainst = \"set:North\"\nhotspot = \"local-moran\"\npermutations = 99\nseed = 7\nfdr = 0.1\n\
        smooth = \"global\"\ntheme = \"dark\"\nlang = \"en\"\nlock = \"indicator,mode\"\n";
    assert_snapshot!(view(keys), @"");
}
