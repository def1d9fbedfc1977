//! From what tables say to what is published: parts, sums, means, coverage and hidden numbers.

use tessera_atlas::cell::Status;
use tessera_atlas::classes::{Method, Question};
use tessera_atlas::column::Origin;
use tessera_atlas::manifest::Fit;

use crate::fixture::{Folder, column, overall};

const RATE: &str = "id = \"r\"\nname = \"Rate\"\nkind = \"rate\"\nper = 1000\ndenominator = \"people\"";
const NUMERATOR: &str = "\"N\" = { indicator = \"r\", field = \"numerator\" }";

fn with_numerators(csv: &str) -> Folder {
    Folder::tiny().with_indicator(RATE, NUMERATOR, csv)
}

#[test]
fn counts_are_summed_up_to_districts_and_the_whole() {
    let view = Folder::tiny().open();
    let districts = column(&view, "district", "people", "2019");
    let names: Vec<&str> = view.geography("district").unwrap().areas().iter().map(|area| area.name.as_str()).collect();
    assert_eq!(names, ["East", "West"]);
    assert_eq!(districts.values, [Some(700.0), Some(300.0)]);
    assert_eq!(districts.origin, Origin::Aggregated);
    assert_eq!(overall(&view, "people", "2019"), Some(1000.0));
}

#[test]
fn rates_are_computed_from_parts_and_added_up_as_ratios_of_sums() {
    let view = with_numerators("CODE,N\nA1,1\nA2,6\nA3,4\nA4,2\n").open();
    let areas = column(&view, "area", "r", "2019");
    assert_eq!(areas.values, [Some(10.0), Some(20.0), Some(20.0), Some(5.0)]);
    assert_eq!(areas.origin, Origin::Computed);
    let districts = column(&view, "district", "r", "2019");
    assert_eq!(districts.values, [Some(8.0 / 700.0 * 1000.0), Some(5.0 / 300.0 * 1000.0)]);
    assert_eq!(districts.numerator, Some(vec![Some(8.0), Some(5.0)]));
    assert_eq!(districts.denominator, Some(vec![Some(700.0), Some(300.0)]));
    assert_eq!(overall(&view, "r", "2019"), Some(13.0));
}

#[test]
fn a_fixed_period_of_the_denominator_holds_for_every_period() {
    let folder = with_numerators("CODE,N\nA1,1\nA2,6\nA3,4\nA4,2\n")
        .replacing("atlas.toml", "denominator = \"people\"", "denominator = \"people@2019\"")
        .replacing(
            "atlas.toml",
            "file = \"values.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"",
            "file = \"values.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2020-Q1\"",
        );
    assert_eq!(column(&folder.open(), "area", "r", "2020-Q1").values[0], Some(10.0));
}

#[test]
fn what_is_supplied_is_shown_as_supplied() {
    let columns = format!("{NUMERATOR}\n\"V\" = \"r\"");
    let view =
        Folder::tiny().with_indicator(RATE, &columns, "CODE,N,V\nA1,1,10.4\nA2,6,20.1\nA3,4,[x]\nA4,2,5.1\n").open();
    let areas = column(&view, "area", "r", "2019");
    assert_eq!(areas.values, [Some(10.4), Some(20.1), None, Some(5.1)]);
    assert_eq!((areas.origin, areas.status_of(2)), (Origin::Supplied, [Status::NotAvailable].as_slice()));
}

#[test]
fn where_the_cell_of_a_value_is_empty_it_is_computed_from_its_parts() {
    let columns = format!("{NUMERATOR}\n\"V\" = \"r\"");
    let wide = Folder::tiny().with_indicator(RATE, &columns, "CODE,N,V\nA1,1,10.4\nA2,6,\nA3,,\nA4,2,*\n");
    let told = "values.csv: note: `r` for `area` in 2019: computed from their parts, because no value is given: 1";
    assert!(wide.problems().contains(told), "{}", wide.problems());
    let long = Folder::tiny()
        .adding("atlas.toml", &format!("\n[[indicator]]\n{RATE}\n\n[[table]]\nfile = \"long.csv\"\ngeography = \"area\"\nlayout = \"long\"\nindicator = \"r\"\n"))
        .with("long.csv", "area_code,period,value,numerator\nA1,2019,10.4,1\nA2,2019,,6\nA3,2019,,\nA4,2019,*,2\n");
    for folder in [wide, long] {
        let areas = column(&folder.open(), "area", "r", "2019");
        assert_eq!(areas.values, [Some(10.4), Some(20.0), None, None]);
        assert_eq!(areas.status_of(2), [Status::NotAvailable]);
        assert_eq!(areas.status_of(3), [Status::Suppressed]);
    }
}

#[test]
fn scores_are_averaged_by_their_weights() {
    let score = "id = \"s\"\nname = \"Score\"\nkind = \"score\"\nweight = \"people\"";
    let view = Folder::tiny().with_indicator(score, "\"S\" = \"s\"", "CODE,S\nA1,10\nA2,20\nA3,40\nA4,30\n").open();
    assert_eq!(column(&view, "district", "s", "2019").values, [Some((6000.0 + 12000.0) / 700.0), Some(30.0)]);
    assert_eq!(overall(&view, "s", "2019"), Some(27.0));
}

#[test]
fn what_speaks_of_deprivation_has_names_for_its_ends() {
    let ends = |keys: &str| {
        let decile = format!("id = \"d\"\nkind = \"decile\"\n{keys}");
        let view = Folder::tiny().with_indicator(&decile, "\"D\" = \"d\"", "CODE,D\nA1,1\nA2,2\nA3,3\nA4,10\n").open();
        let own = view.indicator("d").unwrap();
        (own.worst.as_ref().map(|end| end.en().to_owned()), own.best.as_ref().map(|end| end.en().to_owned()))
    };
    let named = |worst: &str, best: &str| (Some(worst.to_owned()), Some(best.to_owned()));
    let name = "name = \"Index of Multiple Deprivation decile\"";
    assert_eq!(ends(&format!("{name}\npolarity = \"high-is-good\"")), named("most deprived", "least deprived"));
    let own = format!("{name}\npolarity = \"high-is-good\"\nworst = \"worst off\"\nbest = \"best off\"");
    assert_eq!(ends(&own), named("worst off", "best off"));
    assert_eq!(ends("name = \"SIMD decile\"\npolarity = \"high-is-good\""), named("most deprived", "least deprived"));
    assert_eq!(ends(name), (None, None));
    assert_eq!(ends("name = \"Crime decile\"\npolarity = \"high-is-good\""), (None, None));
}

#[test]
fn ranks_and_deciles_are_not_added_up() {
    let decile = "id = \"d\"\nname = \"Decile\"\nkind = \"decile\"";
    let view = Folder::tiny().with_indicator(decile, "\"D\" = \"d\"", "CODE,D\nA1,1\nA2,2\nA3,3\nA4,10\n").open();
    let (district, decile) = (view.geography("district").unwrap(), view.indicator("d").unwrap());
    assert!(view.periods(district, decile).is_empty());
    assert_eq!(overall(&view, "d", "2019"), None);
}

#[test]
fn too_little_coverage_gives_no_value_and_partial_coverage_is_said() {
    let score = "id = \"s\"\nname = \"Score\"\nkind = \"score\"\nweight = \"people\"";
    // Of 300 people in the west 100 are covered; of all 1,000, 800.
    let view = Folder::tiny().with_indicator(score, "\"S\" = \"s\"", "CODE,S\nA1,10\nA2,20\nA3,\nA4,30\n").open();
    let districts = column(&view, "district", "s", "2019");
    assert_eq!((districts.values[0].is_some(), districts.values[1]), (true, None));
    assert_eq!(districts.status_of(1), [Status::NotAvailable]);
    assert_eq!(districts.coverage, [(1, 100.0 / 300.0)].into());
    let whole = view.overall(view.indicator("s").unwrap(), "2019".parse().unwrap()).unwrap().unwrap();
    assert_eq!((whole.values[0], whole.coverage.get(&0)), (Some(19000.0 / 800.0), Some(&0.8)));
}

#[test]
fn a_hidden_number_hides_whatever_it_is_part_of() {
    for (what, folder) in [
        (
            "a value",
            Folder::tiny().with_indicator(
                "id = \"r\"\nname = \"C\"\nkind = \"count\"",
                "\"V\" = \"r\"",
                "CODE,V\nA1,10\nA2,20\nA3,*\nA4,30\n",
            ),
        ),
        ("a numerator", with_numerators("CODE,N\nA1,10\nA2,20\nA3,[c]\nA4,30\n")),
        (
            "a numerator beside a value",
            Folder::tiny().with_indicator(
                RATE,
                &format!("{NUMERATOR}\n\"V\" = \"r\""),
                "CODE,N,V\nA1,10,1\nA2,20,1\nA3,[c],1\nA4,30,1\n",
            ),
        ),
        (
            "a value beside a numerator",
            Folder::tiny().with_indicator(
                RATE,
                &format!("{NUMERATOR}\n\"V\" = \"r\""),
                "CODE,N,V\nA1,10,1\nA2,20,1\nA3,10,[c]\nA4,30,1\n",
            ),
        ),
        (
            "a denominator",
            with_numerators("CODE,N\nA1,10\nA2,20\nA3,10\nA4,30\n").replacing("people.csv", "A3,200", "A3,[c]"),
        ),
        (
            "a weight",
            Folder::tiny()
                .with_indicator(
                    "id = \"r\"\nname = \"S\"\nkind = \"score\"\nweight = \"people\"",
                    "\"V\" = \"r\"",
                    "CODE,V\nA1,10\nA2,20\nA3,10\nA4,30\n",
                )
                .replacing("people.csv", "A3,200", "A3,[c]"),
        ),
    ] {
        let view = folder.open();
        let districts = column(&view, "district", "r", "2019");
        assert!(districts.values[0].is_some(), "{what}");
        assert_eq!((districts.values[1], districts.status_of(1)), (None, [Status::Suppressed].as_slice()), "{what}");
        assert!(districts.numerator.as_ref().is_none_or(|numerators| numerators[1].is_none()), "{what}");
        assert_eq!(overall(&view, "r", "2019"), None, "{what}");
        let areas = column(&view, "area", "r", "2019");
        if areas.values[2].is_none() && what != "a weight" {
            assert_eq!(areas.status_of(2), [Status::Suppressed], "{what}");
            assert!(
                what == "a denominator" || areas.numerator.as_ref().is_none_or(|numerators| numerators[2].is_none()),
                "{what}"
            );
        }
    }
}

#[test]
fn the_interval_of_a_hidden_value_is_hidden_too() {
    let columns = "\"V\" = \"r\"\n\"L\" = { indicator = \"r\", field = \"lower\" }\n\"U\" = { indicator = \"r\", field = \"upper\" }";
    let view =
        Folder::tiny().with_indicator(RATE, columns, "CODE,V,L,U\nA1,5,4,6\nA2,[c],1,2\nA3,5,4,6\nA4,5,,6\n").open();
    let areas = column(&view, "area", "r", "2019");
    assert_eq!(areas.lower, Some(vec![Some(4.0), None, Some(4.0), None]));
    assert_eq!(areas.upper, Some(vec![Some(6.0), None, Some(6.0), Some(6.0)]));
}

#[test]
fn marks_stand_beside_values() {
    let view = with_numerators("CODE,N\nA1,1 [p]\nA2,6\nA3,[z]\nA4,2\n")
        .replacing("people.csv", "A1,100", "A1,100 [r]")
        .open();
    let areas = column(&view, "area", "r", "2019");
    assert_eq!((areas.values[0], areas.status_of(0)), (Some(10.0), [Status::Provisional, Status::Revised].as_slice()));
    assert_eq!((areas.values[2], areas.status_of(2)), (None, [Status::NotApplicable].as_slice()));
}

#[test]
fn a_rate_over_nobody_does_not_apply() {
    let view = with_numerators("CODE,N\nA1,0\nA2,6\nA3,4\nA4,2\n").replacing("people.csv", "A1,100", "A1,0").open();
    assert_eq!(column(&view, "area", "r", "2019").status_of(0), [Status::NotApplicable]);
    assert_eq!(column(&view, "district", "r", "2019").values[1], Some(20.0));
}

#[test]
fn a_published_value_of_a_larger_area_beats_the_sum_in_its_period() {
    let more = "\n[[table]]\nfile = \"districts.csv\"\ngeography = \"district\"\ncode = \"D\"\nperiod = \"2019\"\n[table.columns]\n\"P\" = \"people\"\n\n[[table]]\nfile = \"people.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2018\"\n[table.columns]\n\"People\" = \"people\"\n";
    let view = Folder::tiny().adding("atlas.toml", more).with("districts.csv", "D,P\nW,301\nE,702\n").open();
    assert_eq!(column(&view, "district", "people", "2019").values, [Some(702.0), Some(301.0)]);
    assert_eq!(column(&view, "district", "people", "2018").values, [Some(700.0), Some(300.0)]);
    // The whole is added up from the smallest areas that there are.
    assert_eq!(overall(&view, "people", "2019"), Some(1000.0));
}

#[test]
fn the_whole_of_a_period_comes_from_the_smallest_areas_that_have_it() {
    let more = "\n[[table]]\nfile = \"districts.csv\"\ngeography = \"district\"\ncode = \"D\"\nperiod = \"2020\"\n[table.columns]\n\"P\" = \"people\"\n";
    let view = Folder::tiny().adding("atlas.toml", more).with("districts.csv", "D,P\nW,301\nE,702\n").open();
    assert_eq!((overall(&view, "people", "2019"), overall(&view, "people", "2020")), (Some(1000.0), Some(1003.0)));
}

/// A country is larger than the atlas: what the atlas holds of it is not its value.
#[test]
fn comparators_have_only_what_tables_say_of_them() {
    let country = "\n[[geography]]\nid = \"country\"\nname = \"Countries\"\nsingular = \"country\"\nareas = [{ code = \"E92000001\", name = \"England\" }]\n\n[[lookup]]\nchild = \"area\"\nparent = \"country\"\nfile = \"countries.csv\"\nchild_code = \"CODE\"\nparent_code = \"COUNTRY\"\n";
    let values = "\n[[table]]\nfile = \"england.csv\"\ngeography = \"country\"\ncode = \"C\"\nperiod = \"2020\"\n[table.columns]\n\"P\" = \"people\"\n";
    let view = Folder::tiny()
        .adding("atlas.toml", &format!("{country}{values}"))
        .with("countries.csv", "CODE,COUNTRY\nA1,E92000001\nA2,E92000001\nA3,E92000001\nA4,E92000001\n")
        .with("england.csv", "C,P\nE92000001,56000000\n")
        .open();
    let (country, people) = (view.geography("country").unwrap(), view.indicator("people").unwrap());
    let periods: Vec<String> = view.periods(country, people).iter().map(ToString::to_string).collect();
    assert_eq!(periods, ["2020"]);
    assert_eq!((overall(&view, "people", "2019"), overall(&view, "people", "2020")), (Some(1000.0), None));
}

#[test]
fn an_area_without_a_parent_counts_for_the_whole_only() {
    let view = Folder::tiny().replacing("lookup.csv", "A3,W,West", "A3,,").open();
    assert_eq!(column(&view, "district", "people", "2019").values, [Some(700.0), Some(100.0)]);
    assert_eq!(overall(&view, "people", "2019"), Some(1000.0));
}

/// A district lies in a county by its areas, though no lookup says so.
#[test]
fn parents_follow_from_chains_and_from_nesting() {
    let geography = |id: &str, from: &str| {
        format!("\n[[geography]]\nid = \"{id}\"\nname = \"{id}\"\nsingular = \"{id}\"\ndissolve = \"{from}\"\n")
    };
    let lookup = |child: &str, parent: &str, fit: &str| {
        format!(
            "\n[[lookup]]\nchild = \"{child}\"\nparent = \"{parent}\"\nfile = \"{child}-{parent}.csv\"\nchild_code = \"C\"\nparent_code = \"P\"\nfit = \"{fit}\"\n"
        )
    };
    let nested = Folder::tiny()
        .adding("atlas.toml", &format!("{}{}", geography("county", "area"), lookup("area", "county", "best-fit")))
        .with("area-county.csv", "C,P\nA1,X\nA2,X\nA3,X\nA4,X\n")
        .open();
    let parents = nested.geography("district").unwrap().parents_in("county").unwrap();
    assert_eq!((parents.of.as_slice(), parents.fit), ([Some(0), Some(0)].as_slice(), Fit::BestFit));

    let chained = Folder::tiny()
        .adding("atlas.toml", &format!("{}{}", geography("county", "district"), lookup("district", "county", "exact")))
        .with("district-county.csv", "C,P\nW,X\nE,X\n")
        .open();
    let parents = chained.geography("area").unwrap().parents_in("county").unwrap();
    assert_eq!((parents.of.as_slice(), parents.fit), ([Some(0); 4].as_slice(), Fit::Exact));
    assert_eq!(column(&chained, "county", "people", "2019").values, [Some(1000.0)]);

    let crossing = Folder::tiny()
        .adding("atlas.toml", &format!("{}{}", geography("ward", "area"), lookup("area", "ward", "exact")))
        .with("area-ward.csv", "C,P\nA1,X\nA2,X\nA3,Y\nA4,Z\n")
        .open();
    assert!(crossing.geography("ward").unwrap().parents_in("district").is_none());
    assert!(crossing.geography("district").unwrap().parents_in("ward").is_none());
}

#[test]
fn what_is_withheld_is_not_there() {
    let view = Folder::tiny()
        .adding("atlas.toml", &format!("\n[[indicator]]\nid = \"secret\"\nname = \"S\"\nkind = \"count\"\naccess = \"health\"\n\n[[indicator]]\n{}\n", RATE.replace("\"people\"", "\"secret\"")))
        .adding("atlas.toml", "\n[[table]]\nfile = \"values.csv\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"2019\"\n[table.columns]\n\"S\" = \"secret\"\n\"N\" = { indicator = \"r\", field = \"numerator\" }\n\"R\" = { indicator = \"secret\", field = \"note\" }\n")
        .with("values.csv", "CODE,S,N,R\nA1,1,1,remark\nA2,1,1,\nA3,1,1,\nA4,1,1,\n")
        .open();
    assert!(view.indicator("secret").is_none() && view.indicator("r").is_none());
    assert_eq!(view.indicators().len(), 1);
    assert!(view.notes("A1", None, None).is_empty());
}

#[test]
fn the_newest_period_is_of_the_longest_kind() {
    let table = |file: &str, period: &str| {
        format!(
            "\n[[table]]\nfile = \"{file}\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"{period}\"\n[table.columns]\n\"People\" = \"people\"\n"
        )
    };
    let view =
        Folder::tiny().adding("atlas.toml", &(table("people.csv", "2020-06") + &table("people.csv", "2018"))).open();
    let (area, people) = (view.geography("area").unwrap(), view.indicator("people").unwrap());
    let periods: Vec<String> = view.periods(area, people).iter().map(ToString::to_string).collect();
    assert_eq!(periods, ["2018", "2019", "2020-06"]);
    assert_eq!(view.newest_period(area, people).unwrap().to_string(), "2019");
    assert_eq!(view.opening().period.to_string(), "2019");
}

#[test]
fn people_in_a_class_are_known_where_those_of_all_its_areas_are() {
    let count = "id = \"c\"\nname = \"C\"\nkind = \"count\"";
    let folder = Folder::tiny().with_indicator(count, "\"V\" = \"c\"", "CODE,V\nA1,0\nA2,1\nA3,1\nA4,9\n");
    let people = |folder: &Folder| {
        let view = folder.open();
        let (geography, indicator) = (view.geography("area").unwrap(), view.indicator("c").unwrap());
        let question = Question::new(geography, indicator, "2019".parse().unwrap());
        let question = Question { method: Method::Equal, k: 3, ..question };
        view.classes(&question).unwrap().unwrap().people.remove(0).values
    };
    assert_eq!(people(&folder), [Some(600.0), Some(0.0), Some(400.0)]);
    assert_eq!(people(&folder.replacing("people.csv", "A1,100", "A1,")), [None, Some(0.0), Some(400.0)]);
}

#[test]
fn split_years_are_put_in_order_by_the_day_on_which_they_start() {
    let table = |period: &str, file: &str| {
        format!(
            "\n[[table]]\nfile = \"{file}\"\ngeography = \"area\"\ncode = \"CODE\"\nperiod = \"{period}\"\n[table.columns]\n\"People\" = \"people\"\n"
        )
    };
    let csv = "CODE,People\nA1,1\nA2,2\nA3,3\nA4,4\n";
    let folder = || {
        Folder::tiny()
            .adding("atlas.toml", &(table("2018/19", "school.csv") + &table("2019-06", "june.csv")))
            .with("school.csv", csv)
            .with("june.csv", csv)
    };
    let periods = |view: &tessera_atlas::AtlasView| -> Vec<String> {
        let (area, people) = (view.geography("area").unwrap(), view.indicator("people").unwrap());
        view.periods(area, people).iter().map(ToString::to_string).collect()
    };
    let financial = folder().open();
    assert_eq!(periods(&financial), ["2018/19", "2019-06", "2019"]);
    let school = folder().replacing("atlas.toml", "place =", "year_starts = \"09-01\"\nplace =").open();
    assert_eq!(periods(&school), ["2019-06", "2018/19", "2019"]);
    // Whoever asks writes the year without its day.
    assert_eq!(column(&school, "area", "people", "2018/19").values[3], Some(4.0));
    assert_ne!(financial.id(), school.id());
}

#[test]
fn where_the_cell_of_a_denominator_is_empty_it_is_that_of_the_indicator_that_is_named() {
    let long = |more: &str, rows: &str| {
        let table = "[[table]]\nfile = \"long.csv\"\ngeography = \"area\"\nlayout = \"long\"\nperiod = \"2019\"\n";
        Folder::tiny()
            .adding("atlas.toml", &format!("\n[[indicator]]\n{RATE}\n{more}\n{table}"))
            .with("long.csv", format!("area_code,indicator,numerator,denominator\n{rows}"))
    };
    // As in a long table in which only some indicators have denominators of their own.
    let share = "[[indicator]]\nid = \"share\"\nname = \"Share\"\nkind = \"proportion\"\n";
    let others = "A1,share,1,4\nA2,share,1,2\nA3,share,3,4\nA4,share,1,1\n";
    let folder = long(share, &format!("{others}A1,r,1,\nA2,r,6,\nA3,r,4,\nA4,r,2,\n"));
    assert_eq!(folder.problems().matches("error").count() + folder.problems().matches("warning").count(), 0);
    let rates = column(&folder.open(), "area", "r", "2019");
    assert_eq!(rates.values, [Some(10.0), Some(20.0), Some(20.0), Some(5.0)]);
    assert_eq!(column(&folder.open(), "area", "share", "2019").values[0], Some(25.0));
    // Cell by cell; a symbol stays.
    let view = long("", "A1,r,1,500\nA2,r,6,\nA3,r,4,[x]\nA4,r,2,*\n").open();
    let rates = column(&view, "area", "r", "2019");
    assert_eq!(rates.values, [Some(2.0), Some(20.0), None, None]);
    assert_eq!(rates.denominator, Some(vec![Some(500.0), Some(300.0), None, None]));
    assert_eq!((rates.status_of(2), rates.status_of(3)), (&[Status::NotAvailable][..], &[Status::Suppressed][..]));
    let all = long("", "A1,r,1,500\nA2,r,6,\nA3,r,4,\nA4,r,2,1000\n");
    assert_eq!(column(&all.open(), "district", "r", "2019").denominator, Some(vec![Some(1300.0), Some(700.0)]));
    let wide = Folder::tiny().with_indicator(
        RATE,
        &format!("{NUMERATOR}\n\"D\" = {{ indicator = \"r\", field = \"denominator\" }}"),
        "CODE,N,D\nA1,1,500\nA2,6,\nA3,4,\nA4,2,1000\n",
    );
    assert_eq!(wide.id(), all.id());
}

#[test]
fn a_numerator_without_a_denominator_is_told() {
    let columns = format!("{NUMERATOR}\n\"D\" = {{ indicator = \"r\", field = \"denominator\" }}");
    let rate = RATE.replace("\ndenominator = \"people\"", "");
    let folder = |rows: &str| Folder::tiny().with_indicator(&rate, &columns, &format!("CODE,N,D\n{rows}"));
    let told = folder("A1,1,500\nA2,6,\nA3,4,\nA4,2,[x]\n").problems();
    let expected = "values.csv: warning: `r` for `area` in 2019: a numerator has no denominator, and so no value, in 2 areas, the first of them `A2`";
    assert!(told.contains(expected), "{told}");
    let told = folder("A1,1,\nA2,6,\nA3,4,\nA4,2,\n").problems();
    assert!(told.contains("`r` for `area` in 2019 has numerators but no denominators"), "{told}");
}
