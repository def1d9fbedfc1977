//! Small numbers of the police in Cambridgeshire, where a folder of published data is given in `TESSERA_REAL_DATA`.

use std::path::Path;

use tessera_atlas::AtlasView;

use crate::fixture::{Folder, column, overall, told};
use crate::real_data::{data, read};

const MANIFEST: &str = r#"format = 1
[atlas]
id = "cambridgeshire"
title = "Cambridgeshire"
[disclosure]
threshold = 5
[[geography]]
id = "lsoa11"
name = "LSOAs (2011)"
singular = "LSOA"
boundaries = "lsoa11.geojson"
code = "LSOA11CD"
label = "LSOA11NM"
[[geography]]
id = "msoa11"
name = "MSOAs (2011)"
singular = "MSOA"
dissolve = "lsoa11"
[[geography]]
id = "lad19"
name = "Districts"
singular = "district"
dissolve = "lsoa11"
[[lookup]]
child = "lsoa11"
parent = "msoa11"
file = "msoa.csv.gz"
child_code = "lsoa11_code"
parent_code = "msoa11_code"
[[lookup]]
child = "lsoa11"
parent = "lad19"
file = "lad.csv.gz"
child_code = "LSOA11CD"
parent_code = "LAD19CD"
[[indicator]]
id = "outcomes"
name = "Outcomes"
kind = "count"
[[table]]
file = "outcomes.csv"
geography = "lsoa11"
code = "LSOA11CD"
period = "2019-02"
[table.columns]
"2019-02" = "outcomes"
"#;

fn cambridgeshire(data: &Path) -> Folder {
    Folder::tiny()
        .with("atlas.toml", MANIFEST)
        .with("lsoa11.geojson", read(data, "boundaries/lsoa11/cambridgeshire.geojson"))
        .with("msoa.csv.gz", read(data, "lookups/lsoa11_msoa11_ew.csv.gz"))
        .with("lad.csv.gz", read(data, "lookups/lsoa11_ward19_lad19_ew.csv.gz"))
        .with("outcomes.csv", read(data, "indicators/crime/police_outcomes_by_month_2019_cambridgeshire_lsoa11.csv"))
}

/// The range of each hidden area, worked out from the published numbers: in a tree of sums whose totals are all published,
/// the hidden areas of one MSOA are at least 1 each and together what is left of it.
fn ranges(view: &AtlasView) -> Vec<(f64, f64)> {
    let (lsoa, msoa) = (view.geography("lsoa11").unwrap(), view.geography("msoa11").unwrap());
    let members = lsoa.members_of(msoa).unwrap();
    let (small, large) = (column(view, "lsoa11", "outcomes", "2019-02"), column(view, "msoa11", "outcomes", "2019-02"));
    let mut ranges = Vec::new();
    for (members, total) in members.iter().zip(&large.values) {
        let hidden = members.iter().filter(|member| small.values[**member as usize].is_none()).count();
        let shown: f64 = members.iter().filter_map(|member| small.values[*member as usize]).sum();
        let left = total.unwrap() - shown;
        ranges.extend((0..hidden).map(|_| if hidden == 1 { (left, left) } else { (1.0, left - (hidden - 1) as f64) }));
    }
    ranges
}

#[test]
fn outcomes_of_february_2019_are_protected() {
    let Some(data) = data() else { return };
    let folder = cambridgeshire(&data);
    let (_, report) = folder.read();
    assert!(report.problems.iter().all(|problem| problem.kind != "unprotectable"), "{}", told(&report));
    let protection = &report.protection[0];
    assert_eq!(protection.hidden_first, 140);
    let view = folder.open();
    let lsoa = view.geography("lsoa11").unwrap();
    let outcomes = column(&view, "lsoa11", "outcomes", "2019-02");
    assert_eq!(outcomes.values.len(), 375);
    // E01017976 holds 4 and is alone in its MSOA, so that the next smallest goes with it.
    for code in ["E01017976", "E01017979"] {
        assert_eq!(outcomes.values[lsoa.position(code).unwrap()], None, "{code}");
    }
    let msoa = view.geography("msoa11").unwrap();
    let alone = msoa.position("E02003719").unwrap();
    let hidden = lsoa.members_of(msoa).unwrap()[alone]
        .iter()
        .filter(|member| outcomes.values[**member as usize].is_none())
        .count();
    assert_eq!(hidden, 2);
    // Every district and the county stay.
    let mut districts: Vec<f64> =
        column(&view, "lad19", "outcomes", "2019-02").values.iter().map(|value| value.unwrap()).collect();
    districts.sort_by(f64::total_cmp);
    assert_eq!(districts, [261.0, 441.0, 474.0, 728.0, 1012.0]);
    assert_eq!(overall(&view, "outcomes", "2019-02"), Some(2916.0));
    // Nothing can be worked out.
    let ranges = ranges(&view);
    assert_eq!(ranges.len(), protection.hidden_first + protection.hidden_to_protect);
    assert!(ranges.iter().all(|(least, most)| *least == 1.0 && *most >= 4.0));
    assert!(protection.hidden_to_protect >= 19, "one for each MSOA that holds a single small number");
}
