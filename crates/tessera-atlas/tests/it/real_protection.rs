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

/// The same atlas with every number shown.
fn unprotected(folder: &Folder) -> AtlasView {
    let manifest = MANIFEST.replace("threshold = 5", "none = \"to compare\"");
    let path = folder.path().join("atlas.toml");
    std::fs::write(&path, manifest).unwrap();
    let view = folder.open();
    std::fs::write(&path, MANIFEST).unwrap();
    view
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
    // 19 MSOAs hold exactly one small number, and each of these takes one other along.
    let raw = unprotected(&folder);
    let raw = column(&raw, "lsoa11", "outcomes", "2019-02");
    let msoa = view.geography("msoa11").unwrap();
    let is_small = |area: &&u32| (1.0..5.0).contains(&raw.values[**area as usize].unwrap());
    let hidden = |members: &[u32]| -> Vec<u32> {
        members.iter().copied().filter(|area| outcomes.values[*area as usize].is_none()).collect()
    };
    let of_msoas = lsoa.members_of(msoa).unwrap();
    let alone: Vec<&Vec<u32>> =
        of_msoas.iter().filter(|members| members.iter().filter(is_small).count() == 1).collect();
    assert_eq!(alone.len(), 19);
    for members in &alone {
        let smallest =
            |area: &&u32| (raw.values[**area as usize].unwrap() as u32, lsoa.areas()[**area as usize].code.clone());
        let next = members
            .iter()
            .filter(|area| !is_small(area) && raw.values[**area as usize] != Some(0.0))
            .min_by_key(smallest);
        let small = members.iter().find(is_small);
        let expected = std::collections::BTreeSet::from_iter(small.into_iter().chain(next).copied());
        assert_eq!(
            std::collections::BTreeSet::from_iter(hidden(members)),
            expected,
            "the smallest other, by code where two are equal"
        );
    }
    // E01017976 holds 4 and is alone in its MSOA, so that E01017979 with its 5 goes with it.
    let [four, five] = ["E01017976", "E01017979"].map(|code| u32::try_from(lsoa.position(code).unwrap()).unwrap());
    assert_eq!([four, five].map(|area| raw.values[area as usize]), [Some(4.0), Some(5.0)]);
    let own = msoa.position("E02003719").unwrap();
    assert_eq!(hidden(&of_msoas[own]), [four, five]);
    assert!(column(&view, "msoa11", "outcomes", "2019-02").values.iter().all(Option::is_some), "every MSOA stays");
    // Every district and the county stay.
    let districts = column(&view, "lad19", "outcomes", "2019-02");
    assert_eq!(districts.values, [1012.0, 261.0, 441.0, 728.0, 474.0].map(Some));
    assert_eq!(overall(&view, "outcomes", "2019-02"), Some(2916.0));
    // Nothing can be worked out.
    let ranges = ranges(&view);
    assert_eq!(ranges.len(), protection.hidden_first + protection.hidden_to_protect);
    assert!(ranges.iter().all(|(least, most)| *least == 1.0 && *most >= 4.0));
    assert!(protection.hidden_to_protect >= 19, "one for each MSOA that holds a single small number");
}
