//! Areas through time.

use tessera_atlas::compare::Selected;
use tessera_atlas::trend::{AreaTrend, Trends};

use crate::fixture::Folder;

/// The tiny atlas with an indicator whose parts are given for years, by rows of area, period, numerator and denominator, and with
/// more in its manifest.
fn share(metadata: &str, rows: &str, more: &str) -> Folder {
    let section = format!(
        "\n[[indicator]]\nid = \"share\"\nname = \"Share\"\nper = 100\naggregate = \"ratio-of-sums\"\n{metadata}\n\n\
         [[table]]\nfile = \"values.csv\"\ngeography = \"area\"\nlayout = \"long\"\nindicator = \"share\"\n\
         columns = {{ area_code = \"CODE\", period = \"YEAR\", numerator = \"O\", denominator = \"N\" }}\n{more}"
    );
    Folder::tiny().adding("atlas.toml", &section).with("values.csv", format!("CODE,YEAR,O,N\n{rows}"))
}

/// The trends of A1.
fn trends(metadata: &str, rows: &str) -> Trends {
    let view = share(metadata, rows, "").open();
    let geography = view.geography("area").unwrap();
    view.trends(geography, &[Selected { geography, position: 0 }], &[], view.indicator("share").unwrap()).unwrap()
}

/// A1 in five years with these numerators of 1,000.
fn a1(numerators: [u32; 5]) -> String {
    let rows = numerators.iter().zip(2015..).map(|(numerator, year)| format!("A1,{year},{numerator},1000\n"));
    rows.collect()
}

fn first(trends: Trends) -> AreaTrend {
    trends.areas.into_iter().next().unwrap()
}

const PROPORTION: &str = "kind = \"proportion\"\npolarity = \"high-is-bad\"";
const RATE: &str = "kind = \"rate\"\npolarity = \"high-is-good\"";

#[test]
fn the_trend_of_a_proportion_is_that_of_its_parts() {
    let trends = trends(PROPORTION, &a1([100, 112, 121, 135, 150]));
    assert_eq!(
        trends.sentence,
        "Share from 2015 to 2019: Area A1 10.0% to 15.0%. Recent trend, 2015 to 2019: increasing and getting worse in Area A1."
    );
    let recent = first(trends).recent;
    assert_eq!(format!("{:.6}", recent.chi_squared.unwrap()), "13.966558");
    assert_eq!((recent.words, recent.direction), ("increasing and getting worse", Some("increasing")));
    assert_eq!(recent.test, Some("χ² for a linear trend in proportions"));
    assert_eq!(recent.periods.len(), 5);
}

#[test]
fn the_series_has_every_period_with_its_interval() {
    let area = first(trends(PROPORTION, &a1([65, 112, 121, 135, 150])));
    let first = &area.series[0];
    assert_eq!(
        (first.period.to_string(), first.value, first.method),
        ("2015".to_owned(), Some(6.5), Some("Wilson score"))
    );
    assert!(first.lower.unwrap() < 6.5 && first.upper.unwrap() > 6.5);
    assert_eq!(area.series.len(), 5);
}

#[test]
fn the_trend_of_a_rate_is_weighted_by_its_intervals() {
    let recent = first(trends(RATE, &a1([100, 130, 160, 200, 240]))).recent;
    assert_eq!(
        (recent.words, recent.test),
        ("increasing and getting better", Some("χ² of the slope weighted by the intervals"))
    );
    let recent = first(trends(RATE, &a1([100, 99, 101, 100, 102]))).recent;
    assert_eq!((recent.words, recent.direction), ("no significant change", Some("none")));
    assert!(recent.chi_squared.unwrap() < 9.549536);
}

#[test]
fn what_cannot_be_calculated_says_why() {
    let reason = |metadata: &str, rows: &str| {
        let recent = first(trends(metadata, rows)).recent;
        assert_eq!((recent.words, recent.direction, recent.chi_squared), ("cannot be calculated", None, None));
        recent.reason.unwrap()
    };
    let five = a1([100, 112, 121, 135, 150]);
    assert_eq!(reason(PROPORTION, &a1([0, 112, 121, 135, 150])), "In 2015 none or all were counted.");
    assert_eq!(reason(PROPORTION, &five.replace("2017,121", "2017,[c]")), "2017 has no value.");
    let gap = five.replace("A1,2017,121,1000\n", "");
    assert_eq!(reason(PROPORTION, &gap), "It needs the five years up to 2019, and 2017 is not published.");
    let months: String = (1..6).map(|month| format!("A1,2019-0{month},{},1000\n", 100 + month)).collect();
    assert_eq!(reason(PROPORTION, &months), "It needs five years, and no period here is a year.");
    let broken = five.replace("2017,121", "2017,121[b]");
    assert_eq!(reason(PROPORTION, &broken), "The value of 2017 cannot be compared with earlier ones.");
}

#[test]
fn a_break_at_the_first_of_the_five_years_does_no_harm() {
    let rows = a1([100, 112, 121, 135, 150]).replace("2015,100", "2015,100[b]");
    assert_eq!(first(trends(PROPORTION, &rows)).recent.direction, Some("increasing"));
}

#[test]
fn five_financial_years_are_five_years_and_rolling_ones_are_not() {
    let rows = |period: fn(u16) -> String| -> String {
        let numerators = [100, 112, 121, 135, 150].into_iter().zip(2015..);
        numerators.map(|(numerator, year)| format!("A1,{},{numerator},1000\n", period(year))).collect()
    };
    let recent = |rows: &str| first(trends(PROPORTION, rows)).recent;
    let financial = recent(&rows(|year| format!("{year}/{}", year - 1999)));
    assert_eq!((financial.direction, financial.periods.len()), (Some("increasing"), 5));
    let rolling = recent(&rows(|year| format!("{}-{year}", year - 2)));
    assert_eq!(rolling.reason.as_deref(), Some("It needs five years, and no period here is a year."), "they overlap");
}

#[test]
fn all_areas_together_have_the_trend_of_their_sums() {
    let rows: String =
        ["A1", "A2", "A3", "A4"].iter().map(|code| a1([25, 28, 30, 34, 38]).replace("A1", code)).collect();
    let overall = trends(PROPORTION, &rows).overall.unwrap();
    assert_eq!((overall.name.as_str(), overall.code), ("Tinyshire", None));
    assert_eq!(overall.series[0].value, Some(2.5));
    // 100, 112, 120, 136 and 152 of 4,000
    assert_eq!(overall.recent.words, "increasing and getting worse");
}

#[test]
fn the_recent_trend_of_the_whole_is_of_its_own_years() {
    let rows: String =
        ["A1", "A2", "A3", "A4"].iter().map(|code| a1([25, 28, 30, 34, 38]).replace("A1", code)).collect();
    let view = share(
        PROPORTION,
        &rows,
        "\n[[geography]]\nid = \"country\"\nname = \"Countries\"\nsingular = \"country\"\nareas = [{ code = \"E\", name = \"England\" }]\n\n\
         [[table]]\nfile = \"country.csv\"\ngeography = \"country\"\nlayout = \"long\"\nindicator = \"share\"\n\
         columns = { area_code = \"CODE\", period = \"YEAR\", numerator = \"O\", denominator = \"N\" }\n",
    )
    .with("country.csv", "CODE,YEAR,O,N\nE,2018,40,1000\nE,2019,41,1000\n")
    .open();
    let country = view.geography("country").unwrap();
    let overall = view.trends(country, &[][..], &[], view.indicator("share").unwrap()).unwrap().overall.unwrap();
    assert_eq!((overall.series.len(), overall.recent.periods.len()), (2, 5));
    assert_eq!((overall.recent.words, overall.recent.reason), ("increasing and getting worse", None));
}
