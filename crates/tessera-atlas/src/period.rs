//! The time that a value speaks of.

use std::cmp::{Ordering, Reverse};
use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

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
    /// `2018/19`, by its first year
    SplitYear(u16),
    /// `2017-2019`, both ends included
    Years(u16, u16),
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
            Period::Year(_) | Period::SplitYear(_) => self.to_string(),
        }
    }

    /// Where the period ends, in months since year 0. A split year is taken to end three months into its second
    /// calendar year, as a financial year does: it orders such years among others without claiming a day.
    fn end(&self) -> u32 {
        match *self {
            Period::Year(year) => u32::from(year) * 12 + 12,
            Period::Month(year, month) => u32::from(year) * 12 + u32::from(month),
            Period::Quarter(year, quarter) => u32::from(year) * 12 + u32::from(quarter) * 3,
            Period::SplitYear(year) => u32::from(year) * 12 + 12 + 3,
            Period::Years(_, last) => u32::from(last) * 12 + 12,
        }
    }

    /// Tells apart what has the same end and length; of two periods that were read as text, no two have.
    fn form(&self) -> (u8, u16) {
        match *self {
            Period::Year(year) => (0, year),
            Period::Month(year, _) => (1, year),
            Period::Quarter(year, _) => (2, year),
            Period::SplitYear(year) => (3, year),
            Period::Years(first, _) => (4, first),
        }
    }

    /// How long the period is, in months.
    pub fn months(&self) -> u32 {
        match *self {
            Period::Year(_) | Period::SplitYear(_) => 12,
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
        return (digits(second, 2)? == (year + 1) % 100).then_some(Period::SplitYear(year));
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
            Period::SplitYear(year) => write!(formatter, "{year:04}/{:02}", (year + 1) % 100),
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
        assert_eq!(period("2018/19"), Period::SplitYear(2018));
        assert_eq!(period("1999/00"), Period::SplitYear(1999));
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
