//! Atlases whose small numbers are protected.

use std::sync::Arc;

use tessera_atlas::cell::Status;
use tessera_atlas::store::write_edition;
use tessera_atlas::{AtlasView, Audience, read_atlas_beside};

use crate::fixture::{Folder, column, overall, told};

const DENSITY: &str = "id = \"sick\"\nname = \"Sick\"\nkind = \"proportion\"\ndenominator = \"people\"";
const NUMERATOR: &str = "\"N\" = { indicator = \"sick\", field = \"numerator\" }";

/// The tiny atlas with the default rule instead of none.
fn protected() -> Folder {
    Folder::tiny().replacing("atlas.toml", "none = \"invented numbers\"", "threshold = 5")
}

fn with_people(csv: &str) -> Folder {
    protected().with("people.csv", csv)
}

fn shown(folder: &Folder, geography: &str, indicator: &str) -> Vec<Option<f64>> {
    column(&folder.open(), geography, indicator, "2019").values.clone()
}

#[test]
fn a_small_count_takes_another_along_and_totals_stay() {
    // A1 and A3 make up W, A2 and A4 make up E.
    let folder = with_people("CODE,People\nA1,4\nA2,300\nA3,200\nA4,400\n");
    assert_eq!(shown(&folder, "area", "people"), [None, Some(300.0), None, Some(400.0)]);
    assert_eq!(shown(&folder, "district", "people"), [Some(700.0), Some(204.0)]);
    let view = folder.open();
    assert_eq!(
        column(&view, "area", "people", "2019").status_of(0),
        column(&view, "area", "people", "2019").status_of(2)
    );
    assert_eq!(overall(&view, "people", "2019"), Some(904.0));
}

#[test]
fn without_a_section_the_rule_is_the_default() {
    let folder = Folder::tiny()
        .replacing("atlas.toml", "[disclosure]\nnone = \"invented numbers\"\n", "")
        .with("people.csv", "CODE,People\nA1,4\nA2,300\nA3,200\nA4,400\n");
    assert_eq!(shown(&folder, "area", "people"), [None, Some(300.0), None, Some(400.0)]);
}

#[test]
fn an_indicator_has_a_rule_of_its_own() {
    let folder = with_people("CODE,People\nA1,4\nA2,300\nA3,200\nA4,400\n").replacing(
        "atlas.toml",
        "kind = \"count\"",
        "kind = \"count\"\ndisclosure = { none = \"published elsewhere\" }",
    );
    assert_eq!(shown(&folder, "area", "people"), [Some(4.0), Some(300.0), Some(200.0), Some(400.0)]);
    let (_, report) = folder.read();
    assert_eq!(report.protection[0].hidden_first, 0);
}

#[test]
fn what_remains_is_rounded_with_its_totals_and_rates_follow() {
    let folder = with_people("CODE,People\nA1,102\nA2,303\nA3,203\nA4,404\n")
        .replacing("atlas.toml", "threshold = 5", "threshold = 5\nround = 5")
        .with_indicator(DENSITY, NUMERATOR, "CODE,N\nA1,22\nA2,33\nA3,51\nA4,62\n");
    assert_eq!(shown(&folder, "area", "people"), [100.0, 305.0, 205.0, 405.0].map(Some));
    // 305 rather than 100 + 205: the sum itself is rounded.
    assert_eq!(shown(&folder, "district", "people"), [705.0, 305.0].map(Some));
    assert_eq!(shown(&folder, "area", "sick")[0], Some(20.0), "20 of 100");
    assert_eq!(shown(&folder, "district", "sick")[1], Some(75.0 / 305.0 * 100.0));
}

#[test]
fn a_proportion_is_hidden_where_what_is_left_is_small_with_its_interval() {
    let columns = format!("{NUMERATOR}\n\"V\" = \"sick\"\n\"L\" = {{ indicator = \"sick\", field = \"lower\" }}");
    let folder = protected().with("people.csv", "CODE,People\nA1,16\nA2,300\nA3,200\nA4,400\n").with_indicator(
        DENSITY,
        &columns,
        "CODE,N,V,L\nA1,14,87.5,60\nA2,30,10,5\nA3,20,10,5\nA4,40,10,5\n",
    );
    let view = folder.open();
    let sick = column(&view, "area", "sick", "2019");
    assert_eq!(sick.values, [None, Some(10.0), None, Some(10.0)]);
    assert_eq!(sick.numerator.as_ref().unwrap()[0], None);
    assert_eq!(sick.lower.as_ref().unwrap()[0], None);
    assert_eq!(sick.denominator.as_ref().unwrap()[0], Some(16.0));
    assert_eq!(sick.status_of(0), [Status::Suppressed]);
    assert_eq!(column(&view, "district", "sick", "2019").values[1], Some(34.0 / 216.0 * 100.0));
}

#[test]
fn everything_over_few_people_is_hidden() {
    let folder = with_people("CODE,People\nA1,3\nA2,300\nA3,200\nA4,400\n").with_indicator(
        DENSITY,
        NUMERATOR,
        "CODE,N\nA1,0\nA2,30\nA3,20\nA4,40\n",
    );
    let view = folder.open();
    let sick = column(&view, "area", "sick", "2019");
    assert_eq!(sick.values, [None, Some(10.0), None, Some(10.0)]);
    assert_eq!(sick.denominator.as_ref().unwrap()[0], None, "it is hidden where it stands as well");
}

#[test]
fn parts_of_a_total_are_protected_together() {
    let more = "\n[[indicator]]\nid = \"young\"\nname = \"Young\"\nkind = \"count\"\n[[indicator]]\nid = \"old\"\nname = \"Old\"\nkind = \"count\"\n\
        [[breakdown]]\ntotal = \"people\"\nparts = [\"young\", \"old\"]\n";
    let folder = protected()
        .replacing(
            "atlas.toml",
            "\"People\" = \"people\"",
            "\"People\" = \"people\"\n\"Y\" = \"young\"\n\"O\" = \"old\"",
        )
        .adding("atlas.toml", more)
        .with("people.csv", "CODE,People,Y,O\nA1,100,3,97\nA2,300,100,200\nA3,200,100,100\nA4,400,150,250\n");
    assert_eq!(shown(&folder, "area", "young"), [None, Some(100.0), None, Some(150.0)]);
    assert_eq!(shown(&folder, "area", "old"), [None, Some(200.0), None, Some(250.0)]);
    assert_eq!(shown(&folder, "area", "people"), [100.0, 300.0, 200.0, 400.0].map(Some));
}

#[test]
fn the_numbers_of_two_indicators_that_are_the_same_are_hidden_together() {
    // The same people again, in a share of others.
    let folder = with_people("CODE,People\nA1,4\nA2,300\nA3,200\nA4,400\n").with_indicator(
        "id = \"share\"\nname = \"Share\"\nkind = \"rate\"\nper = 100",
        "\"N\" = { indicator = \"share\", field = \"numerator\" }\n\"D\" = { indicator = \"share\", field = \"denominator\" }",
        "CODE,N,D\nA1,4,1000\nA2,300,1000\nA3,200,1000\nA4,400,1000\n",
    );
    let hidden = |indicator| shown(&folder, "area", indicator).iter().map(Option::is_none).collect::<Vec<bool>>();
    assert_eq!(hidden("people"), hidden("share"));
}

#[test]
fn a_rate_without_its_parts_is_refused() {
    insta::assert_snapshot!(protected()
        .with_indicator("id = \"rate\"\nname = \"Rate\"\nkind = \"rate\"\nper = 1000", "\"V\" = \"rate\"", "CODE,V\nA1,3.5\nA2,4\nA3,2\nA4,1\n")
        .problems(), @r#"
    atlas.toml:47: error: `rate` for `area` in 2019 is a rate without numerator and denominator in 4 areas, which cannot be protected
      hint: give both parts; or if the numbers need no protection, say why: `disclosure = { none = "…" }` at the indicator or `none = "…"` in `[disclosure]`

    atlas.toml: note: `rate` for `area` is not added up: no table gives its numerators and denominators
      hint: give them, or say `aggregate = "none"`
    "#);
}

#[test]
fn a_total_of_everything_that_would_have_to_go_is_named() {
    let more = "\n[[indicator]]\nid = \"young\"\nname = \"Young\"\nkind = \"count\"\n[[indicator]]\nid = \"old\"\nname = \"Old\"\nkind = \"count\"\ndisclosure = { none = \"published\" }\n\
        [[breakdown]]\ntotal = \"people\"\nparts = [\"young\", \"old\"]\n";
    insta::assert_snapshot!(protected()
        .replacing("atlas.toml", "kind = \"count\"", "kind = \"count\"\ndisclosure = { none = \"published\" }")
        .replacing("atlas.toml", "\"People\" = \"people\"", "\"People\" = \"people\"\n\"Y\" = \"young\"\n\"O\" = \"old\"")
        .adding("atlas.toml", more)
        .with("people.csv", "CODE,People,Y,O\nA1,103,3,100\nA2,300,100,200\nA3,200,100,100\nA4,400,150,250\n")
        .problems(), @r"
    atlas.toml: error: `young` for `area` in 2019, `A1` is a small number that cannot be protected: it follows from `people` for `area` in 2019, `A1` and `young` for `district` in 2019, `W`
      hint: leave the finest of these areas out of the table, or publish a coarser breakdown; the total of the whole atlas, and an indicator without protection, are never hidden for another
    ");
}

#[test]
fn a_problem_does_not_tell_a_number_that_is_protected() {
    let folder = with_people("CODE,People\nA1,4 persons\nA2,300\nA3,200\nA4,#REF!\n");
    let problems = folder.problems();
    assert!(problems.contains("people.csv:2") && !problems.contains("4 persons"), "{problems}");
    assert!(problems.contains("#REF!"), "{problems}");
}

#[test]
fn what_a_retained_edition_shows_is_not_relied_upon() {
    let (first, _) = with_people("CODE,People\nA1,40\nA2,300\nA3,200\nA4,400\n").read();
    let retained = [first.unwrap()];
    // A3 is known from the first edition, so that with the total of W, A1 would follow: it goes, and with it that of E.
    let second = with_people("CODE,People\nA1,4\nA2,310\nA3,200\nA4,400\n");
    let (edition, report) = read_atlas_beside(second.path(), &retained);
    let view = AtlasView::open(Arc::new(edition.unwrap_or_else(|| panic!("{}", told(&report)))), Audience::Public);
    assert_eq!(column(&view, "area", "people", "2019").values, [None, None, Some(200.0), Some(400.0)]);
    assert_eq!(column(&view, "district", "people", "2019").values, [None, None]);
    // Here all but A1 is known.
    let second = with_people("CODE,People\nA1,4\nA2,300\nA3,200\nA4,400\n");
    let (edition, report) = read_atlas_beside(second.path(), &retained);
    assert!(edition.is_none());
    insta::assert_snapshot!(told(&report), @r"
    atlas.toml: error: `people` for `area` in 2019, `A1` is a small number that cannot be protected: it follows from `people` for `district` in 2019, `W`
      hint: withdraw the retained editions that show it, or leave the indicator out
    ");
}

/// Every file of an edition and its report, searched for numbers that must be nowhere in them.
#[test]
fn no_hidden_number_is_anywhere_in_an_edition_or_its_report() {
    // Numbers that nothing else holds: seven digits, hidden under a threshold above them all.
    let hidden = [1_234_567.0, 2_345_671.0, 3_456_712.0];
    let rows = format!("CODE,People\nA1,{}\nA2,{}\nA3,{}\nA4,99000001\n", hidden[0], hidden[1], hidden[2]);
    let folder = with_people(&rows).replacing("atlas.toml", "threshold = 5", "threshold = 5000000");
    let (edition, report) = folder.read();
    let edition = edition.unwrap_or_else(|| panic!("{}", told(&report)));
    let place = folder.path().join("edition");
    write_edition(&edition, &place).unwrap();
    let mut searched =
        vec![format!("{edition:?}").into_bytes(), serde_json::to_vec(&report).unwrap(), told(&report).into_bytes()];
    let mut folders = vec![place];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                searched.push(std::fs::read(path).unwrap());
            }
        }
    }
    assert!(searched.len() > 5);
    for number in hidden {
        for needle in needles(number) {
            assert!(
                !searched.iter().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle)),
                "{number} is told"
            );
        }
    }
    // The search would find what is there.
    assert!(searched.iter().any(|bytes| {
        needles(99_000_001.0 + hidden.iter().sum::<f64>())
            .iter()
            .any(|needle| bytes.windows(needle.len()).any(|window| window == needle.as_slice()))
    }));
}

/// A number as text, and as bytes of every width.
fn needles(number: f64) -> Vec<Vec<u8>> {
    let whole = number as u32;
    vec![
        number.to_string().into_bytes(),
        tessera_atlas::words::number(number, 0).into_bytes(),
        number.to_le_bytes().to_vec(),
        (number as f32).to_le_bytes().to_vec(),
        whole.to_le_bytes().to_vec(),
    ]
}

/// People in several periods: a table for each.
fn in_periods(tables: &[(&str, [u32; 4])]) -> Folder {
    let mut folder = protected();
    for (number, (period, counts)) in tables.iter().enumerate() {
        let [a1, a2, a3, a4] = counts;
        let file = format!("people-{number}.csv");
        let table = format!(
            "\n[[table]]\nfile = \"{file}\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"{period}\"\n[table.columns]\n\"N\" = \"events\"\n"
        );
        let indicator = "\n[[indicator]]\nid = \"events\"\nname = \"Events\"\nkind = \"count\"\n";
        let more = if number == 0 { format!("{indicator}{table}") } else { table };
        folder =
            folder.adding("atlas.toml", &more).with(&file, format!("CODE,N\nA1,{a1}\nA2,{a2}\nA3,{a3}\nA4,{a4}\n"));
    }
    folder
}

/// In which areas the events of a period are hidden.
fn hidden_events(view: &AtlasView, period: &str) -> [bool; 4] {
    let column = column(view, "area", "events", period);
    [0, 1, 2, 3].map(|area| column.values[area].is_none())
}

#[test]
fn periods_of_different_lengths_that_fill_a_longer_one_are_held_against_it() {
    // Two years and one year make up three: 3 is 40 less 37.
    let view =
        in_periods(&[("2016-2018", [40, 60, 50, 70]), ("2016-2017", [37, 40, 30, 50]), ("2018", [3, 20, 20, 20])])
            .open();
    assert!(hidden_events(&view, "2018")[0]);
    assert!(
        hidden_events(&view, "2016-2018")[0] || hidden_events(&view, "2016-2017")[0],
        "one of the others goes with it"
    );
}

#[test]
fn periods_that_overlap_are_held_against_what_holds_both() {
    // 2016–2018 and 2017–2019 are 4 and 58, and 2016–2019 is 60: 2017–2018 is in both, so that the 4 would be at least 2.
    let view =
        in_periods(&[("2016-2019", [60, 90, 95, 80]), ("2016-2018", [4, 60, 55, 50]), ("2017-2019", [58, 70, 75, 60])])
            .open();
    assert!(hidden_events(&view, "2016-2018")[0]);
    assert!(hidden_events(&view, "2016-2019")[0] || hidden_events(&view, "2017-2019")[0]);
}

#[test]
fn averages_of_years_are_no_sums_of_them() {
    let years = [("2017", [9, 30, 20, 40]), ("2018", [3, 33, 30, 50]), ("2017-2018", [6, 32, 25, 45])];
    let view = in_periods(&years).open();
    assert_eq!(hidden_events(&view, "2018"), [true, false, true, false], "within its district alone");
    assert_eq!(hidden_events(&view, "2017-2018"), [false; 4]);
}

#[test]
fn middle_areas_that_are_not_made_of_the_smallest_are_held_against_the_larger() {
    // Halves have boundaries of their own; they and the areas both lie in the one county.
    let half = |code: &str, west: f64| {
        let east = west + 0.1;
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"H\":\"{code}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},52],[{east},52],[{east},52.2],[{west},52.2],[{west},52]]]}}}}"
        )
    };
    let more = "\n[[geography]]\nid = \"half\"\nname = \"Halves\"\nsingular = \"half\"\nboundaries = \"halves.geojson\"\ncode = \"H\"\n\
        [[geography]]\nid = \"county\"\nname = \"Counties\"\nsingular = \"county\"\ndissolve = \"area\"\n\
        [[lookup]]\nchild = \"area\"\nparent = \"county\"\nfile = \"counties.csv\"\nchild_code = \"C\"\nparent_code = \"K\"\n\
        [[lookup]]\nchild = \"half\"\nparent = \"county\"\nfile = \"halves.csv\"\nchild_code = \"H\"\nparent_code = \"K\"\n\
        [[indicator]]\nid = \"cases\"\nname = \"Cases\"\nkind = \"count\"\n\
        [[table]]\nfile = \"cases.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"N\" = \"cases\"\n\
        [[table]]\nfile = \"cases-of-halves.csv\"\ngeography = \"half\"\ncode = \"H\"\nperiod = \"2019\"\n[table.columns]\n\"N\" = \"cases\"\n";
    let folder = protected()
        .adding("atlas.toml", more)
        .with(
            "halves.geojson",
            format!("{{\"type\":\"FeatureCollection\",\"features\":[{},{}]}}", half("H1", -2.0), half("H2", -1.9)),
        )
        .with("counties.csv", "C,K\nA1,K1\nA2,K1\nA3,K1\nA4,K1\n")
        .with("halves.csv", "H,K\nH1,K1\nH2,K1\n")
        .with("cases.csv", "CODE,N\nA1,10\nA2,20\nA3,30\nA4,40\n")
        .with("cases-of-halves.csv", "H,N\nH1,3\nH2,97\n");
    assert_eq!(shown(&folder, "county", "cases"), [Some(100.0)]);
    assert_eq!(shown(&folder, "half", "cases"), [None, None], "97 of 100 would leave 3");
}

/// The numbers of people again, as the numerators of a rate with a rule of its own.
fn with_a_share(own: &str, rows: &str) -> Folder {
    with_people("CODE,People\nA1,4\nA2,300\nA3,200\nA4,400\n").with_indicator(
        &format!("id = \"share\"\nname = \"Share\"\nkind = \"rate\"\nper = 100\n{own}"),
        "\"N\" = { indicator = \"share\", field = \"numerator\" }\n\"D\" = { indicator = \"share\", field = \"denominator\" }",
        rows,
    )
}

#[test]
fn a_small_number_that_an_unprotected_indicator_publishes_is_refused() {
    let folder = with_a_share(
        "disclosure = { none = \"published\" }",
        "CODE,N,D\nA1,4,1000\nA2,300,1000\nA3,200,1000\nA4,400,1000\n",
    );
    insta::assert_snapshot!(folder.problems(), @r"
    atlas.toml: error: `people` for `area` in 2019, `A1` is a small number that cannot be protected: it follows from `people` for `district` in 2019, `W` and `share` for `area` in 2019, `A1`
      hint: leave the finest of these areas out of the table, or publish a coarser breakdown; the total of the whole atlas, and an indicator without protection, are never hidden for another
    ");
}

#[test]
fn the_numbers_of_two_indicators_that_are_the_same_where_both_have_any_are_hidden_together() {
    let folder = with_a_share("", "CODE,N,D\nA1,4,1000\nA2,300,1000\nA3,200,1000\nA4,,1000\n");
    let hidden = |indicator| shown(&folder, "area", indicator)[..3].iter().map(Option::is_none).collect::<Vec<bool>>();
    assert_eq!(hidden("people"), [true, false, true]);
    assert_eq!(hidden("people"), hidden("share"));
}

#[test]
fn the_interval_of_a_rounded_count_is_left_out() {
    let folder = protected().replacing("atlas.toml", "threshold = 5", "threshold = 5\nround = 5").with_indicator(
        "id = \"cases\"\nname = \"Cases\"\nkind = \"count\"",
        "\"N\" = \"cases\"\n\"L\" = { indicator = \"cases\", field = \"lower\" }\n\"U\" = { indicator = \"cases\", field = \"upper\" }",
        "CODE,N,L,U\nA1,22,13.8,33.3\nA2,33,22.7,46.3\nA3,51,38,67\nA4,62,47.5,79.5\n",
    );
    let view = folder.open();
    let cases = column(&view, "area", "cases", "2019");
    assert_eq!(cases.values, [20.0, 35.0, 50.0, 60.0].map(Some));
    assert!([&cases.lower, &cases.upper].into_iter().flatten().flatten().all(Option::is_none), "{cases:?}");
}

#[test]
fn how_many_people_a_sum_covers_is_told_by_published_people() {
    // Of A1 with its 4 people there is no value. That 99% are covered would tell how few they are.
    let folder = with_people("CODE,People\nA1,4\nA2,300\nA3,400\nA4,400\n").with_indicator(
        "id = \"index\"\nname = \"Index\"\nkind = \"score\"\nweight = \"people\"",
        "\"V\" = \"index\"",
        "CODE,V\nA1,\nA2,10\nA3,20\nA4,30\n",
    );
    let coverage = |folder: &Folder| column(&folder.open(), "district", "index", "2019").coverage_of(1);
    assert_eq!(coverage(&folder), None, "a hidden weight hides the whole");
    let sum = with_people("CODE,People\nA1,4\nA2,300\nA3,400\nA4,400\n").with_indicator(
        "id = \"cases\"\nname = \"Cases\"\nkind = \"count\"",
        "\"N\" = \"cases\"",
        "CODE,N\nA1,\nA2,10\nA3,20\nA4,30\n",
    );
    let view = sum.open();
    let cases = column(&view, "district", "cases", "2019");
    assert_eq!((cases.values[1], cases.coverage_of(1)), (Some(20.0), Some(0.5)), "one of two areas");
    let small = column(&view, "area", "cases", "2019");
    assert_eq!(small.status_of(0), [Status::NotAvailable], "what is not there is not hidden");
}

/// A rate of own numerators and denominators in several periods: a table for each, of the areas' numerators and denominators.
fn parts_in_periods(indicator: &str, tables: &[(&str, [(u32, u32); 4])]) -> Folder {
    let mut folder =
        protected().adding("atlas.toml", &format!("\n[[indicator]]\nid = \"r\"\nname = \"R\"\n{indicator}\n"));
    for (number, (period, parts)) in tables.iter().enumerate() {
        let file = format!("parts-{number}.csv");
        let table = format!(
            "\n[[table]]\nfile = \"{file}\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"{period}\"\n[table.columns]\n\
             \"N\" = {{ indicator = \"r\", field = \"numerator\" }}\n\"D\" = {{ indicator = \"r\", field = \"denominator\" }}\n"
        );
        let rows: String =
            (1..).zip(parts).map(|(area, (above, below))| format!("A{area},{above},{below}\n")).collect();
        folder = folder.adding("atlas.toml", &table).with(&file, format!("CODE,N,D\n{rows}"));
    }
    folder
}

/// The denominators of a column, hidden or not.
fn is_hidden_below(view: &AtlasView, indicator: &str, period: &str) -> [bool; 4] {
    let column = column(view, "area", indicator, period);
    let below = column.denominator.as_ref().unwrap();
    [0, 1, 2, 3].map(|area| below[area].is_none())
}

#[test]
fn periods_of_what_is_not_added_up_over_areas_are_held_against_each_other() {
    // 3 of 1,000 and 17 of 1,000 in two years are 20 of 2,000.
    let view = parts_in_periods(
        "kind = \"rate\"\nper = 1000\naggregate = \"none\"",
        &[
            ("2018", [(3, 1000), (20, 1000), (30, 1000), (40, 1000)]),
            ("2019", [(17, 1000), (21, 1000), (31, 1000), (41, 1000)]),
            ("2018-2019", [(20, 2000), (41, 2000), (61, 2000), (81, 2000)]),
        ],
    )
    .open();
    let is_hidden = |period| column(&view, "area", "r", period).values[0].is_none();
    assert!(is_hidden("2018") && (is_hidden("2019") || is_hidden("2018-2019")));
}

#[test]
fn denominators_of_periods_are_held_against_each_other_where_they_add_up() {
    let parts = |below: u32| {
        [
            ("2018", [(1, 3), (20, 50), (20, 50), (20, 50)]),
            ("2019", [(19, 31), (22, 60), (22, 60), (22, 60)]),
            ("2018-2019", [(20, 34), (42, below), (42, below), (42, below)]),
        ]
    };
    let view = parts_in_periods("kind = \"proportion\"", &parts(110)).open();
    let of = |period| is_hidden_below(&view, "r", period)[0];
    assert!(of("2018") && (of("2019") || of("2018-2019")), "34 births less 31");
    // The same residents in both years tell nothing of one year by the other.
    let view = parts_in_periods("kind = \"proportion\"", &parts(60)).open();
    assert!(is_hidden_below(&view, "r", "2018")[0]);
    assert_eq!([is_hidden_below(&view, "r", "2019"), is_hidden_below(&view, "r", "2018-2019")], [[false; 4]; 2]);
}

#[test]
fn what_lies_between_periods_is_protected_however_many_it_takes_to_see_it() {
    // A calendar year is 63; a year from April 80; and the quarter by which that is later, 20: 3 in the first quarter of 2018.
    let years = |first: u32| [("2018", [first, 70, 72, 73]), ("2018/19", [80; 4]), ("2019-Q1", [20; 4])];
    let view = in_periods(&years(63)).open();
    let hidden = ["2018", "2018/19", "2019-Q1"].map(|period| hidden_events(&view, period)[0]);
    assert!(hidden.contains(&true), "{hidden:?}");
    let view = in_periods(&years(66)).open();
    assert_eq!(["2018", "2018/19", "2019-Q1"].map(|period| hidden_events(&view, period)), [[false; 4]; 3]);
    // Of periods that overlap none is alone with its first year: 2016 is 60 less 57.
    let view = in_periods(&[
        ("2016-2019", [60, 95, 95, 90]),
        ("2016-2018", [40, 60, 55, 60]),
        ("2017-2019", [57, 70, 75, 60]),
    ])
    .open();
    let hidden = ["2016-2019", "2016-2018", "2017-2019"].map(|period| hidden_events(&view, period)[0]);
    assert!(hidden.contains(&true), "{hidden:?}");
}

/// All, men and women, as proportions over denominators of their own.
fn of_sexes(all: u32) -> AtlasView {
    let mut folder = protected();
    let rows = [
        ("all", format!("A1,13,30\nA2,42,{all}\nA3,42,{all}\nA4,42,{all}\n")),
        ("men", "A1,12,27\nA2,20,60\nA3,20,60\nA4,20,60\n".to_owned()),
        ("women", "A1,1,3\nA2,22,60\nA3,22,60\nA4,22,60\n".to_owned()),
    ];
    for (id, rows) in rows {
        let indicator = format!(
            "\n[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"proportion\"\n\
             [[table]]\nfile = \"{id}.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\
             \"N\" = {{ indicator = \"{id}\", field = \"numerator\" }}\n\"D\" = {{ indicator = \"{id}\", field = \"denominator\" }}\n"
        );
        folder = folder.adding("atlas.toml", &indicator).with(&format!("{id}.csv"), format!("CODE,N,D\n{rows}"));
    }
    folder.adding("atlas.toml", "\n[[breakdown]]\ntotal = \"all\"\nparts = [\"men\", \"women\"]\n").open()
}

#[test]
fn denominators_of_a_breakdown_are_held_against_each_other_where_they_add_up() {
    let view = of_sexes(120);
    let of = |indicator| is_hidden_below(&view, indicator, "2019")[0];
    assert!(of("women") && (of("men") || of("all")), "30 less 27");
    // Shares of other people: what is all of one is not all of the other.
    let view = of_sexes(60);
    assert!(is_hidden_below(&view, "women", "2019")[0]);
    assert_eq!(is_hidden_below(&view, "all", "2019"), [false; 4]);
}

#[test]
fn nobody_over_a_small_denominator_needs_no_room_for_more() {
    // Of 5 sick nobody is in A1, where 3 live. A reader can tell that there are not 4 of them, and of nobody that he is sick.
    let folder = with_people("CODE,People\nA1,3\nA2,19\nA3,19\nA4,10\n")
        .with("lookup.csv", "CODE,DISTRICT,DISTRICT_NAME\nA1,W,West\nA2,W,West\nA3,W,West\nA4,W,West\n")
        .with_indicator(DENSITY, NUMERATOR, "CODE,N\nA1,0\nA2,2\nA3,3\nA4,0\n");
    let view = folder.open();
    assert_eq!(column(&view, "area", "sick", "2019").values[0], None);
    assert_eq!(column(&view, "area", "people", "2019").values[0], None);
}

#[test]
fn parts_that_are_the_same_numbers_in_clusters_are_protected() {
    // In both clusters there are as many young as old, 5 and 5: one number, which stands twice in the sum of both.
    let part = |id: &str| format!("\n[[indicator]]\nid = \"{id}\"\nname = \"{id}\"\nkind = \"count\"\n");
    let clusters = "\n[[cluster]]\nid = \"cluster\"\nname = \"Clusters\"\nsingular = \"cluster\"\nof = \"area\"\nfile = \"clusters.csv\"\n";
    let breakdown = "\n[[breakdown]]\ntotal = \"people\"\nparts = [\"young\", \"old\"]\n";
    let view = with_people("CODE,People,Y,O\nA1,14,1,13\nA2,6,4,2\nA3,0,0,0\nA4,4,1,3\n")
        .replacing(
            "atlas.toml",
            "\"People\" = \"people\"",
            "\"People\" = \"people\"\n\"Y\" = \"young\"\n\"O\" = \"old\"",
        )
        .adding("atlas.toml", &[clusters, &part("young"), &part("old"), breakdown].concat())
        .with(
            "clusters.csv",
            "area_code,cluster_code,cluster_name\nA4,C1,One\nA2,C1,One\nA4,C2,Two\nA3,C2,Two\nA2,C2,Two\n",
        )
        .open();
    assert_eq!(column(&view, "cluster", "young", "2019").values, column(&view, "cluster", "old", "2019").values);
    assert_eq!(shown_of(&view, "young")[3], None);
    assert_eq!(shown_of(&view, "people")[3], None);
}

fn shown_of(view: &AtlasView, indicator: &str) -> Vec<Option<f64>> {
    column(view, "area", indicator, "2019").values.clone()
}

#[test]
fn a_total_of_few_whom_several_clusters_share_is_protected() {
    // Of 2 one is in A1 and one in A3, and everybody can see that each cluster has somebody: 2 is the least that the whole can be.
    let clusters = "\n[[cluster]]\nid = \"cluster\"\nname = \"Clusters\"\nsingular = \"cluster\"\nof = \"area\"\nfile = \"clusters.csv\"\n";
    let folder = with_people("CODE,People\nA1,29\nA2,1\nA3,228\nA4,60\n")
        .replacing("atlas.toml", "threshold = 5", "threshold = 3")
        .adding("atlas.toml", clusters)
        .with("lookup.csv", "CODE,DISTRICT,DISTRICT_NAME\nA1,W,West\nA2,W,West\nA3,W,West\nA4,W,West\n")
        .with("clusters.csv", "area_code,cluster_code,cluster_name\nA3,C1,One\nA2,C1,One\nA1,C2,Two\nA2,C2,Two\n")
        .with_indicator(
            "id = \"cases\"\nname = \"Cases\"\nkind = \"rate\"\nper = 1000\ndenominator = \"people\"",
            "\"N\" = { indicator = \"cases\", field = \"numerator\" }",
            "CODE,N\nA1,1\nA2,0\nA3,1\nA4,0\n",
        );
    assert_eq!(overall(&folder.open(), "cases", "2019"), None);
}

/// A rate of which A1 and A3 have denominators of their own, and the others those of people.
fn with_mixed_denominators(people: &str, keys: &str) -> Folder {
    with_people(people).with_indicator(
        &format!("id = \"rate\"\nname = \"Rate\"\nkind = \"rate\"\nper = 100\ndenominator = \"people\"\n{keys}"),
        "\"N\" = { indicator = \"rate\", field = \"numerator\" }\n\"D\" = { indicator = \"rate\", field = \"denominator\" }",
        "CODE,N,D\nA1,20,60\nA2,30,\nA3,20,3\nA4,40,\n",
    )
}

#[test]
fn a_denominator_that_is_taken_from_another_indicator_is_hidden_where_it_is_there() {
    // A2 is hidden, and A4 for it.
    let folder = with_mixed_denominators("CODE,People\nA1,100\nA2,3\nA3,200\nA4,400\n", "");
    assert_eq!(shown(&folder, "area", "people"), [Some(100.0), None, Some(200.0), None]);
    let view = folder.open();
    let rate = column(&view, "area", "rate", "2019");
    let denominators = rate.denominator.as_ref().unwrap();
    assert_eq!((denominators[1], denominators[3]), (None, None), "they are the people");
    // Those of its own hide each other.
    assert_eq!((denominators[0], denominators[2]), (None, None));
}

#[test]
fn a_denominator_of_its_own_is_protected_where_the_one_that_is_named_is_not() {
    let folder = with_mixed_denominators("CODE,People\nA1,100\nA2,3\nA3,200\nA4,400\n", "").replacing(
        "atlas.toml",
        "id = \"people\"",
        "id = \"people\"\ndisclosure = { none = \"published\" }",
    );
    assert_eq!(shown(&folder, "area", "people")[1], Some(3.0));
    let view = folder.open();
    let rate = column(&view, "area", "rate", "2019");
    assert_eq!(rate.denominator, Some(vec![None, Some(3.0), None, Some(400.0)]), "3 people are published");
    assert_eq!(rate.values[3], Some(10.0));
}
