//! Clusters: sets of areas that are areas themselves, and may overlap.

use tessera_atlas::classes::{Method, Question, Within};
use tessera_atlas::compare::{Against, Comparator, Confidence, Selected, Subjects};
use tessera_geo::Place;

use crate::fixture::{Folder, column, overall};

const SECTION: &str = r#"
[[cluster]]
id = "cluster"
name = "School clusters"
singular = "school cluster"
of = "area"
file = "clusters.csv"
"#;

/// North holds A3 and A4, and A1 too; South A1 and A2; all of West is West.
const OVERLAPPING: &str = "area_code,cluster_code,cluster_name\nA3,N,North\nA4,N,North\nA1,N,North\nA1,S,South\nA2,S,South\nA1,W,West side\nA3,W,West side\n";

fn overlapping() -> Folder {
    Folder::tiny().adding("atlas.toml", SECTION).with("clusters.csv", OVERLAPPING)
}

#[test]
fn an_area_in_several_clusters_counts_in_each_and_once_in_the_whole() {
    let view = overlapping().open();
    let cluster = view.geography("cluster").unwrap();
    let codes: Vec<&str> = cluster.areas().iter().map(|area| area.code.as_str()).collect();
    assert_eq!(codes, ["N", "S", "W"]);
    assert_eq!(cluster.areas()[2].name, "West side");
    assert_eq!(column(&view, "cluster", "people", "2019").values, [Some(700.0), Some(400.0), Some(300.0)]);
    assert_eq!(overall(&view, "people", "2019"), Some(1000.0));
}

#[test]
fn a_selection_of_clusters_counts_everybody_once() {
    let view = overlapping().open();
    let geography = view.geography("cluster").unwrap();
    let all: Vec<Selected<'_>> = (0..3).map(|position| Selected { geography, position }).collect();
    let people = &view.people_of(&all).unwrap()[0];
    assert_eq!((people.values.iter().flatten().sum::<f64>(), people.total), (1400.0, Some(1000.0)));
    let indicator = view.indicator("people").unwrap();
    let period = view.newest_period(geography, indicator).unwrap();
    let question = Question { method: Method::Equal, k: 2, ..Question::new(geography, indicator, period) };
    let classes = view.classes(&question).unwrap().unwrap();
    // 300 and 400 in the lower class: A1, A2 and A3 once each.
    assert_eq!((classes.counts, classes.people[0].values.clone()), (vec![2, 1], vec![Some(600.0), Some(700.0)]));
}

#[test]
fn a_place_lies_in_every_cluster_that_holds_it() {
    let view = overlapping().open();
    let codes = |lon, lat| -> Vec<String> {
        let found = view.locate(Place::from_degrees(lon, lat).unwrap());
        found.iter().map(|area| format!("{}:{}", area.geography.id, area.area().code)).collect()
    };
    assert_eq!(codes(-1.95, 52.05), ["area:A1", "district:W", "cluster:N", "cluster:S", "cluster:W"]);
    assert_eq!(codes(-1.85, 52.15), ["area:A4", "district:E", "cluster:N"]);
}

#[test]
fn areas_lie_within_clusters_and_clusters_within_what_holds_them_whole() {
    let view = overlapping().open();
    let (area, cluster, district) =
        (view.geography("area").unwrap(), view.geography("cluster").unwrap(), view.geography("district").unwrap());
    let inside = |position| {
        let within = Within { geography: cluster, position };
        (0..4).filter(|area_position| within.holds(area, *area_position)).collect::<Vec<_>>()
    };
    assert_eq!((inside(0), inside(1)), (vec![0, 2, 3], vec![0, 1]));
    assert_eq!(
        cluster.parents_in("district").unwrap().of,
        [None, None, district.position("W").map(|west| west as u32)]
    );
    assert!(!district.can_lie_in(cluster));
}

/// People are counted, and held against those of a cluster or a set of areas.
#[test]
fn the_count_of_a_part_is_not_held_against_that_of_its_whole() {
    let view = overlapping().open();
    let people = view.indicator("people").unwrap();
    let (area, cluster) = (view.geography("area").unwrap(), view.geography("cluster").unwrap());
    let outcome = |held: &Comparator| {
        assert_eq!(held.reason.is_some(), held.difference.is_none(), "{held:?}");
        assert_eq!(held.reason.is_some(), held.not_compared == held.reason, "{held:?}");
        held.reason.clone().unwrap_or_default()
    };
    let held = |subjects: Subjects<'_>, against| {
        let compared = view.compare(subjects, people, None, &[against], Confidence::Percent95).unwrap();
        let areas = compared.areas.iter().map(|own| outcome(&own.against[0]));
        areas.chain(compared.sets.iter().map(|own| outcome(&own.against[0]))).collect::<Vec<_>>()
    };
    const PART: &str = "The count of a part is not held against that of the whole.";
    let clusters = [0, 1, 2].map(|position| Selected { geography: cluster, position });
    // West lies in North, South only beside it.
    assert_eq!(held(Subjects { areas: &clusters[1..], sets: &[] }, Against::Area(clusters[0])), ["", PART]);
    assert_eq!(held(Subjects { areas: &clusters[..1], sets: &[] }, Against::Area(clusters[2])), [PART]);
    let set = |name, positions: &[usize]| view.draw(name, area, positions.iter().copied()).unwrap();
    let sets = [set("Part", &[0, 2]), set("Beside", &[0, 1]), set("Larger", &[0, 1, 2, 3])];
    let whole = set("Whole", &[0, 2, 3]);
    assert_eq!(held(Subjects { areas: &[], sets: &sets }, Against::Set(&whole)), [PART, "", PART]);
    let period = view.newest_period(cluster, people).unwrap();
    let question = tessera_atlas::verdicts::Question {
        geography: cluster,
        indicator: people,
        period,
        within: None,
        benchmark: Against::Area(clusters[0]),
    };
    let verdicts = view.verdicts(&question).unwrap().unwrap();
    assert_eq!(verdicts.not_compared.get(PART), Some(&1), "{:?}", verdicts.not_compared);
}

#[test]
fn only_a_partition_is_a_tiling() {
    let (_, report) = overlapping().read();
    let told = report.problems.iter().find(|problem| problem.kind == "not-a-partition").unwrap();
    assert!(told.message.contains("of 4 areas of `area`, 2 are in several of its clusters and 0 in none"), "{told}");
    assert!(!overlapping().open().geography("cluster").unwrap().tiling);

    let halves = "area_code,cluster_code\nA1,S\nA2,S\nA3,N\nA4,N\n";
    let folder = Folder::tiny().adding("atlas.toml", SECTION).with("clusters.csv", halves);
    assert_eq!(folder.problems(), "");
    let view = folder.open();
    let cluster = view.geography("cluster").unwrap();
    assert!(cluster.tiling);
    assert_eq!(cluster.areas()[0].name, "N", "without a name, the code");
}

#[test]
fn clusters_may_have_tables_of_their_own() {
    let table = "\n[[indicator]]\nid = \"pupils\"\nname = \"Pupils\"\nkind = \"count\"\n\n[[table]]\nfile = \"pupils.csv\"\ngeography = \"cluster\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"Pupils\" = \"pupils\"\n";
    let folder = overlapping().adding("atlas.toml", table).with("pupils.csv", "CODE,Pupils\nN,10\nS,20\nW,5\n");
    let view = folder.open();
    assert_eq!(column(&view, "cluster", "pupils", "2019").values, [Some(10.0), Some(20.0), Some(5.0)]);
    // They overlap: their sum would be the number of nobody.
    assert_eq!(overall(&view, "pupils", "2019"), None);
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let mut lines: Vec<&str> = OVERLAPPING.lines().collect();
    lines[1..].reverse();
    let reversed = Folder::tiny().adding("atlas.toml", SECTION).with("clusters.csv", lines.join("\n") + "\n");
    assert_eq!(overlapping().id(), reversed.id());
}

#[test]
fn generalised_clusters_run_along_their_areas() {
    let view = overlapping().open();
    let shape = |id: &str| view.generalised(view.geography(id).unwrap(), 3).unwrap();
    let (areas, clusters) = (shape("area"), shape("cluster"));
    let size = |topology: &tessera_geo::Topology, position| tessera_geo::area_km2(&topology.shape(position));
    assert!((size(&clusters, 1) - size(&areas, 0) - size(&areas, 1)).abs() < 1e-9);
}

#[test]
fn clusters_across_a_border_are_added_up_to_neither_side() {
    // Two clusters that tile the four areas: one is the west, the other lies across the border of the districts.
    let table = "\n[[indicator]]\nid = \"pupils\"\nname = \"Pupils\"\nkind = \"count\"\n\n[[table]]\nfile = \"pupils.csv\"\ngeography = \"cluster\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"Pupils\" = \"pupils\"\n";
    let folder = |clusters: &str| {
        Folder::tiny()
            .adding("atlas.toml", &format!("{SECTION}{table}"))
            .with("clusters.csv", format!("area_code,cluster_code\n{clusters}"))
            .with("pupils.csv", "CODE,Pupils\nK,7\nL,8\n")
            .open()
    };
    let districts = |view: &tessera_atlas::AtlasView| {
        let (district, pupils) = (view.geography("district").unwrap(), view.indicator("pupils").unwrap());
        view.column(district, pupils, "2019".parse().unwrap()).unwrap().map(|column| column.values.clone())
    };
    let across = folder("A1,K\nA2,L\nA3,L\nA4,L\n");
    assert_eq!((districts(&across), overall(&across, "pupils", "2019")), (None, Some(15.0)));
    let whole = folder("A1,K\nA3,K\nA2,L\nA4,L\n");
    assert_eq!(districts(&whole), Some(vec![Some(8.0), Some(7.0)]));
}
