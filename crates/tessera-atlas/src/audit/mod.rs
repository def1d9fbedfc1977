//! The audit of an edition: what can be worked out from published numbers alone?
//!
//! It shares no code with what hides ([`crate::protect`]) but what a rounded number means, sees no raw number, and runs at the end of every build: an edition
//! that does not pass is not published. It reads the edition beside those that stay readable. It cannot know which hidden
//! number was hidden first, so that it asks of each: if it can only be small, may it still be any small number?

mod readings;
mod sums;
mod unknowns;

use crate::edition::Edition;
use crate::folder::AtlasFolder;
use crate::problem::{Problem, Problems, Tally};
use crate::store::StoreError;

use readings::Reading;
use sums::{NOTHING, narrow, raise_floors};
use unknowns::{Part, Side, Spot, Unknown, Unknowns};

/// A total and its parts, by their ids, as the manifest declares them.
pub(crate) type Declared = (String, Vec<String>);

/// Names every number of an edition that can be worked out though it is hidden.
///
/// # Errors
/// Where a column cannot be read from its store.
pub(crate) fn audit(
    edition: &Edition,
    retained: &[Edition],
    breakdowns: &[Declared],
    problems: &mut Problems,
) -> Result<(), StoreError> {
    let mut unknowns = Unknowns::default();
    let mut sums = Reading::sums(edition, edition, 0, breakdowns, &mut unknowns)?;
    raise_floors(&mut unknowns.all, &sums);
    for (older, number) in retained.iter().zip(1..) {
        // One that can no longer be read tells nothing.
        sums.extend(Reading::sums(edition, older, number, breakdowns, &mut unknowns).unwrap_or_default());
    }
    narrow(&mut unknowns.all, &sums);
    let mut tally = Tally::new(AtlasFolder::MANIFEST);
    for (spot, unknown) in unknowns.spots.iter().filter(|(spot, _)| spot.edition == 0) {
        if follows(&unknowns.all[*unknown]) {
            tally.push(told(edition, spot), problems);
        }
    }
    tally.finish(problems);
    Ok(())
}

/// Whether a hidden number can only be small, and not any small number. What may as well be zero is no secret: zeros are shown, but
/// for those beside a small or hidden denominator and those that are left of one.
fn follows(unknown: &Unknown) -> bool {
    let Unknown { least, most, need } = *unknown;
    let Some(need) = need else { return false };
    let is_small = most > NOTHING && most <= need.largest_small + NOTHING;
    let may_be_nobody = need.floor < 1.0 && least < 1.0 - NOTHING;
    let is_any = least <= need.floor.max(1.0) + NOTHING && most >= need.largest_small - NOTHING;
    is_small && !is_any && !may_be_nobody
}

fn told(edition: &Edition, spot: &Spot) -> Problem {
    let content = &edition.content;
    let place = match spot.geography.and_then(|geography| content.geographies.get(geography)) {
        Some(geography) => {
            format!("`{}` of `{}`", geography.areas().get(spot.position).map_or("", |area| &area.code), geography.id)
        }
        None => "the whole atlas".to_owned(),
    };
    let what = match spot.part {
        Part::Below | Part::Between(Side::Below, ..) => "the denominator of ",
        Part::Left => "what is left of the denominator of ",
        Part::Above | Part::Between(Side::Above, ..) => "",
    };
    let indicator = &content.indicators[spot.indicator].id;
    let message = match spot.part {
        Part::Between(_, (year, month, day), _) => format!(
            "{what}`{indicator}` from {year}-{month:02}-{day:02} to the next period is small for {place}, and follows from what is published"
        ),
        _ => {
            format!("{what}`{indicator}` in {} is hidden for {place}, but follows from what is published", spot.period)
        }
    };
    let cure = "look whether published totals contradict their parts; an edition that does not pass its audit is not published";
    Problem::error("audit-failed", message).cure(cure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Disclosure;
    use crate::read_atlas;

    const MANIFEST: &str = "format = 1\n[atlas]\nid = \"a\"\ntitle = \"A\"\n[disclosure]\nnone = \"invented\"\n\
        [[geography]]\nid = \"area\"\nname = \"Areas\"\nsingular = \"area\"\nboundaries = \"a.geojson\"\ncode = \"C\"\n\
        [[geography]]\nid = \"whole\"\nname = \"Wholes\"\nsingular = \"whole\"\ndissolve = \"area\"\n\
        [[lookup]]\nchild = \"area\"\nparent = \"whole\"\nfile = \"l.csv\"\nchild_code = \"C\"\nparent_code = \"W\"\n";
    const COUNT: &str = "[[indicator]]\nid = \"n\"\nname = \"N\"\nkind = \"count\"\n";

    /// An edition of three areas with these tables: geography, period, and rows below the headings `C,N,D`.
    fn edition(indicator: &str, columns: &str, tables: &[(&str, &str, String)], round: u32) -> Edition {
        let folder = tempfile::tempdir().unwrap();
        let square = |code: &str, west: u32| {
            let (west, east) = (f64::from(west) / 10.0, f64::from(west + 1) / 10.0);
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"C\":\"{code}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},52],[{east},52],[{east},52.1],[{west},52.1],[{west},52]]]}}}}"
            )
        };
        let squares =
            ["A1", "A2", "A3"].iter().zip(1..).map(|(code, west)| square(code, west)).collect::<Vec<_>>().join(",");
        let mut manifest = format!("{MANIFEST}{indicator}");
        for (number, (geography, period, rows)) in tables.iter().enumerate() {
            manifest += &format!(
                "[[table]]\nfile = \"{number}.csv\"\ngeography = \"{geography}\"\ncode = \"C\"\nperiod = \"{period}\"\n[table.columns]\n{columns}\n"
            );
            std::fs::write(folder.path().join(format!("{number}.csv")), format!("C,N,D\n{rows}")).unwrap();
        }
        for (file, text) in [
            ("atlas.toml", manifest),
            ("a.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[{squares}]}}")),
            ("l.csv", "C,W\nA1,W1\nA2,W1\nA3,W1\n".to_owned()),
        ] {
            std::fs::write(folder.path().join(file), text).unwrap();
        }
        let (edition, report) = read_atlas(folder.path());
        let mut edition = edition.unwrap_or_else(|| panic!("{:?}", report.problems));
        let mut indicators = edition.content.indicators.to_vec();
        indicators[0].disclosure = Some(Disclosure::Rule { threshold: 5, round });
        edition.content.indicators = indicators.into();
        edition
    }

    /// Three areas that are published like this, beside their whole.
    fn areas(areas: [&str; 3], whole: &str, round: u32) -> Edition {
        let [a1, a2, a3] = areas;
        let tables =
            [("area", "2019", format!("A1,{a1},\nA2,{a2},\nA3,{a3},\n")), ("whole", "2019", format!("W1,{whole},\n"))];
        edition(COUNT, "N = \"n\"", &tables, round)
    }

    /// The kinds of problems that are found.
    fn found(edition: &Edition, retained: &[Edition]) -> Vec<&'static str> {
        let mut problems = Problems::default();
        audit(edition, retained, &[], &mut problems).unwrap();
        problems.iter().map(|problem| problem.kind).collect()
    }

    #[test]
    fn a_lone_hidden_number_follows_from_its_total() {
        let found = |counts, whole, round| found(&areas(counts, whole, round), &[]);
        assert_eq!(found(["*", "300", "20"], "324", 1), ["audit-failed"]);
        assert!(found(["*", "*", "20"], "325", 1).is_empty(), "two and three, under five");
        assert_eq!(found(["*", "*", "20"], "23", 1).len(), 2, "one and two, under three");
        assert!(found(["*", "*", "*"], "23", 1).is_empty());
        assert!(found(["*", "300", "20"], "325", 5).is_empty(), "the others are rounded");
        assert!(found(["*", "300", "20"], "400", 1).is_empty(), "it is large");
    }

    #[test]
    fn a_hidden_number_follows_from_an_older_edition() {
        let now = areas(["*", "*", "20"], "325", 1);
        assert!(found(&now, &[]).is_empty());
        assert_eq!(found(&now, &[areas(["*", "300", "20"], "324", 1)]), ["audit-failed"], "4, if it was so before");
        // Hidden numbers that were revised contradict what they are now, which tells nothing.
        assert!(found(&areas(["*", "*", "20"], "29", 1), &[areas(["*", "*", "20"], "24", 1)]).is_empty());
    }

    #[test]
    fn a_hidden_number_follows_from_periods_that_lie_in_a_longer_one() {
        let table = |period, a1: &str, others: u32| ("area", period, format!("A1,{a1},\nA2,{others},\nA3,{others},\n"));
        let found = |whole: &str| {
            let tables = [table("2016-2018", "*", 90), table("2019", "57", 40), table("2016-2019", whole, 130)];
            found(&edition(COUNT, "N = \"n\"", &tables, 1), &[])
        };
        assert_eq!(found("60"), ["audit-failed"], "3 is left");
        assert!(found("70").is_empty(), "13 is large");
    }

    #[test]
    fn what_lies_between_periods_follows_from_them() {
        let found = |year: u32| {
            let table = |period, a1: u32| ("area", period, format!("A1,{a1},\nA2,200,\nA3,200,\n"));
            let tables =
                [table("2018", year), table("2018/19", 80), ("area", "2019-Q1", "A1,20,\nA2,50,\nA3,50,\n".into())];
            found(&edition(COUNT, "N = \"n\"", &tables, 1), &[])
        };
        assert_eq!(found(63), ["audit-failed"], "3 in the first quarter of 2018");
        assert!(found(60).is_empty(), "nobody");
        assert!(found(66).is_empty(), "6 is large");
    }

    #[test]
    fn denominators_follow_where_they_add_up() {
        let rate = "[[indicator]]\nid = \"n\"\nname = \"N\"\nkind = \"rate\"\nper = 100\n";
        let columns =
            "N = { indicator = \"n\", field = \"numerator\" }\nD = { indicator = \"n\", field = \"denominator\" }";
        let found = |others: u32| {
            let table =
                |period, a1: &str, below: u32| ("area", period, format!("A1,{a1}\nA2,20,{below}\nA3,20,{below}\n"));
            let tables = [table("2018", "*,", 200), table("2019", "20,31", 200), table("2018-2019", "40,34", others)];
            found(&edition(rate, columns, &tables, 1), &[])
        };
        assert_eq!(found(400), ["audit-failed"], "34 births in two years and 31 in one");
        assert!(found(200).is_empty(), "residents");
    }

    #[test]
    fn what_is_left_of_a_denominator_follows_from_the_sum() {
        let proportion = "[[indicator]]\nid = \"n\"\nname = \"N\"\nkind = \"proportion\"\n";
        let columns =
            "N = { indicator = \"n\", field = \"numerator\" }\nD = { indicator = \"n\", field = \"denominator\" }";
        let found = |whole: &str| {
            let tables = [
                ("area", "2019", "A1,*,16\nA2,40,80\nA3,50,80\n".to_owned()),
                ("whole", "2019", format!("W1,{whole},176\n")),
            ];
            found(&edition(proportion, columns, &tables, 1), &[])
        };
        assert_eq!(found("104"), ["audit-failed"], "14 of 16");
        assert!(found("98").is_empty(), "8 of 16");
    }
}
