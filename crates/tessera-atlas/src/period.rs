//! The time that a value speaks of.

use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A year, a month, a quarter, a year that starts within a calendar year (`2018/19`) or several years (`2017-2019`).
///
/// `YYYY-MM` is always a month; `2017-19` is read as several years only because 19 is no month. Periods are ordered by
/// their end, then the longer first.
///
/// ```
/// use tessera_atlas::period::Period;
/// let month: Period = "2018-07".parse().unwrap();
/// let year: Period = "2018".parse().unwrap();
/// assert!(month < year);
/// assert_eq!(month.words(), "July 2018");
/// assert!("2018-13".parse::<Period>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// `2019`
    Year(u16),
    /// `2019-06`
    Month(u16, u8),
    /// `2019-Q2`
    Quarter(u16, u8),
    /// `2018/19`, by its first year and the day on which it starts
    SplitYear(u16, YearStart),
    /// `2017-2019`, both ends included
    Years(u16, u16),
}

/// The day on which a year such as `2018/19` starts. As text it is not said: one atlas has one meaning for each year.
///
/// ```
/// use tessera_atlas::period::{Period, YearStart};
/// let september: YearStart = "09-01".parse().unwrap();
/// let school_year = "2018/19".parse::<Period>().unwrap().starting(september);
/// assert!(school_year > "2019-06".parse().unwrap());
/// assert!("2018/19".parse::<Period>().unwrap() < "2019-06".parse().unwrap(), "a financial year");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct YearStart {
    month: u8,
    day: u8,
}

impl Default for YearStart {
    /// The first of April, with which financial years start.
    fn default() -> YearStart {
        YearStart { month: 4, day: 1 }
    }
}

/// The text is no day of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day of the year is a month and a day such as `04-01`")]
pub struct NotADay;

impl FromStr for YearStart {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<YearStart, NotADay> {
        let number = |part: &str, last: u8| {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u8>().ok().filter(|number| digits && (1..=last).contains(number)).ok_or(NotADay)
        };
        let (month, day) = text.split_once('-').ok_or(NotADay)?;
        let month = number(month, 12)?;
        let last = match month {
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        Ok(YearStart { month, day: number(day, last)? })
    }
}

impl fmt::Display for YearStart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}-{:02}", self.month, self.day)
    }
}

/// The text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019")]
pub struct NotAPeriod(String);

impl Period {
    /// The period as a person says it: "July 2018", "April to June 2019", "2017 to 2019".
    pub fn words(&self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let name = |month: u8| MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default();
        match *self {
            Period::Month(year, month) => format!("{} {year}", name(month)),
            Period::Quarter(year, quarter) => format!(
                "{} to {} {year}",
                name(quarter.saturating_mul(3).saturating_sub(2)),
                name(quarter.saturating_mul(3))
            ),
            Period::Years(first, last) => format!("{first} to {last}"),
            Period::Year(_) | Period::SplitYear(..) => self.to_string(),
        }
    }

    /// The same period, where it is a split year one that starts on this day.
    #[must_use]
    pub fn starting(self, starts: YearStart) -> Period {
        match self {
            Period::SplitYear(year, _) => Period::SplitYear(year, starts),
            other => other,
        }
    }

    /// The same period some years before; `None` before the first year that can be written.
    pub fn years_before(self, years: u16) -> Option<Period> {
        let before = |year: u16| year.checked_sub(years);
        Some(match self {
            Period::Year(year) => Period::Year(before(year)?),
            Period::Month(year, month) => Period::Month(before(year)?, month),
            Period::Quarter(year, quarter) => Period::Quarter(before(year)?, quarter),
            Period::SplitYear(year, starts) => Period::SplitYear(before(year)?, starts),
            Period::Years(first, last) => Period::Years(before(first)?, before(last)?),
        })
    }

    /// Whether both are written alike: the same years, whatever day they start on.
    pub fn is_written_as(&self, other: &Period) -> bool {
        self.starting(YearStart::default()) == other.starting(YearStart::default())
    }

    /// The first day after the period: year, month and day.
    pub(crate) fn end(&self) -> (u16, u8, u8) {
        let after = |year: u16, month: u8| if month == 12 { (year + 1, 1, 1) } else { (year, month + 1, 1) };
        match *self {
            Period::Year(year) => after(year, 12),
            Period::Month(year, month) => after(year, month),
            Period::Quarter(year, quarter) => after(year, quarter * 3),
            Period::SplitYear(year, YearStart { month, day }) => (year + 1, month, day),
            Period::Years(_, last) => after(last, 12),
        }
    }

    /// The first day: year, month and day.
    pub(crate) fn start(&self) -> (u16, u8, u8) {
        let (year, month, day) = self.end();
        let months = (u32::from(year) * 12 + u32::from(month) - 1).saturating_sub(self.months());
        (u16::try_from(months / 12).unwrap_or(0), u8::try_from(months % 12 + 1).unwrap_or(1), day)
    }

    /// Whether every day of the period is a day of another one.
    pub fn lies_in(&self, other: &Period) -> bool {
        other.start() <= self.start() && self.end() <= other.end()
    }

    /// Whether the period begins on the day after another one ends, or later.
    pub fn is_after(&self, other: &Period) -> bool {
        other.end() <= self.start()
    }

    /// Tells apart what has the same end and length; of two periods that were read as text, no two have.
    fn form(&self) -> (u8, u16) {
        match *self {
            Period::Year(year) => (0, year),
            Period::Month(year, _) => (1, year),
            Period::Quarter(year, _) => (2, year),
            Period::SplitYear(year, _) => (3, year),
            Period::Years(first, _) => (4, first),
        }
    }

    /// How long the period is, in months.
    pub fn months(&self) -> u32 {
        match *self {
            Period::Year(_) | Period::SplitYear(..) => 12,
            Period::Month(..) => 1,
            Period::Quarter(..) => 3,
            Period::Years(first, last) => (u32::from(last.saturating_sub(first)) + 1) * 12,
        }
    }
}

/// The newest of several periods: the latest end among the longest kind present.
pub fn newest(periods: impl IntoIterator<Item = Period>) -> Option<Period> {
    periods.into_iter().max_by_key(|period| (period.months(), period.end()))
}

impl FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Period, NotAPeriod> {
        let text = text.trim();
        parse(text).ok_or_else(|| NotAPeriod(text.chars().take(40).collect()))
    }
}

fn parse(text: &str) -> Option<Period> {
    let digits = |part: &str, length: usize| -> Option<u16> {
        (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    if let Some(year) = digits(text, 4) {
        return Some(Period::Year(year));
    }
    if let Some((first, second)) = text.split_once('/') {
        let year = digits(first, 4)?;
        return (digits(second, 2)? == (year + 1) % 100).then_some(Period::SplitYear(year, YearStart::default()));
    }
    let (first, second) = text.split_once('-')?;
    let year = digits(first, 4)?;
    if let Some(quarter) = second.strip_prefix(['Q', 'q']) {
        let quarter = digits(quarter, 1).filter(|quarter| (1..=4).contains(quarter))?;
        return Some(Period::Quarter(year, quarter as u8));
    }
    if let Some(last) = digits(second, 4) {
        return (last > year).then_some(Period::Years(year, last));
    }
    let number = digits(second, 2)?;
    if (1..=12).contains(&number) {
        return Some(Period::Month(year, number as u8));
    }
    let last = year - year % 100 + number;
    (number > 12 && last > year).then_some(Period::Years(year, last))
}

impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Period::Year(year) => write!(formatter, "{year:04}"),
            Period::Month(year, month) => write!(formatter, "{year:04}-{month:02}"),
            Period::Quarter(year, quarter) => write!(formatter, "{year:04}-Q{quarter}"),
            Period::SplitYear(year, _) => write!(formatter, "{year:04}/{:02}", (year + 1) % 100),
            Period::Years(first, last) => write!(formatter, "{first:04}-{last:04}"),
        }
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Period) -> Ordering {
        let key = |period: &Period| (period.end(), Reverse(period.months()), period.form());
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Period) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By its text alone, which does not say the day on which a year such as 2018/19 starts.
impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for YearStart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for YearStart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<YearStart, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn every_form_is_read() {
        assert_eq!(period("2019"), Period::Year(2019));
        assert_eq!(period("2019-06"), Period::Month(2019, 6));
        assert_eq!(period("2019-Q2"), Period::Quarter(2019, 2));
        assert_eq!(period("2018/19"), Period::SplitYear(2018, YearStart::default()));
        assert_eq!(period("1999/00"), Period::SplitYear(1999, YearStart::default()));
        assert_eq!(period("2017-2019"), Period::Years(2017, 2019));
        assert_eq!(period("2017-19"), Period::Years(2017, 2019));
        assert_eq!(period("2010-12"), Period::Month(2010, 12));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in
            ["", "19", "2019-00", "2019-Q5", "2018/20", "2019-2017", "2019-06-01", "2020-13", "２０１９", "2018/1９"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn periods_are_ordered_by_end_then_longer_first() {
        let mut periods: Vec<Period> =
            ["2018", "2017-2019", "2019", "2018-07", "2019-Q4", "2019-12"].map(period).to_vec();
        periods.sort();
        let texts: Vec<String> = periods.iter().map(Period::to_string).collect();
        assert_eq!(texts, ["2018-07", "2018", "2017-2019", "2019", "2019-Q4", "2019-12"]);
    }

    #[test]
    fn a_split_year_ends_where_the_next_begins() {
        let starting = |text: &str| period("2018/19").starting(text.parse().unwrap());
        assert!(starting("04-06") > period("2019-03") && starting("04-06") < period("2019-04"));
        assert!(starting("09-01") > period("2019-07") && starting("09-01") < period("2019-Q3"));
        assert!(starting("04-01").is_written_as(&starting("09-01")) && starting("04-01") != starting("09-01"));
        for text in ["", "4-1", "13-01", "04-32", "02-29", "06-31", "04", "+4-01", "04-01-01"] {
            assert_eq!(text.parse::<YearStart>(), Err(NotADay), "{text}");
        }
    }

    #[test]
    fn periods_lie_in_each_other_by_their_days() {
        for (inner, outer, expected) in [
            ("2018", "2017-2019", true),
            ("2018-12", "2018", true),
            ("2018-Q4", "2018", true),
            ("2018/19", "2018", false),
            ("2018/19", "2018-2019", true),
            ("2017-2019", "2018", false),
            ("2016-2018", "2017-2019", false),
        ] {
            assert_eq!(period(inner).lies_in(&period(outer)), expected, "{inner} in {outer}");
        }
        assert!(period("2019-01").is_after(&period("2018")) && !period("2018-12").is_after(&period("2018")));
    }

    #[test]
    fn the_newest_is_of_the_longest_kind() {
        assert_eq!(newest(["2018", "2019-06", "2017"].map(period)), Some(period("2018")));
        assert_eq!(newest([]), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_reads_back(text in ".{0,12}") {
            if let Ok(read) = text.parse::<Period>() {
                prop_assert_eq!(read.to_string().parse::<Period>().unwrap(), read);
            }
        }
    }
}
