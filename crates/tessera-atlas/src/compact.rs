//! Published numbers in a compact form for the screen: a header, then byte planes. `docs/api.md` has the layout.
//!
//! Published numbers have few decimals, so most columns are small integers after scaling, and the bytes of one rank, put
//! together, compress far better than digits or floating-point numbers do. Nothing is lost: a scale is used only
//! where it gives back each number bit by bit.

use serde::Serialize;

use crate::catalogue::Indicator;
use crate::column::{Column, Numbers};
use crate::edition::Content;
use crate::geography::Geography;
use crate::manifest::Field;
use crate::period::Period;
use crate::remarks::Remarks;

/// The first bytes of every answer: the format and its version.
const MAGIC: &[u8; 4] = b"TSV1";
/// The most decimals that a scale is tried for.
const MOST_DECIMALS: u32 = 9;
/// Integers beyond this are not all numbers of their own in an `f64`.
const LARGEST_INTEGER: f64 = 9_007_199_254_740_992.0;

#[derive(Serialize)]
struct Header<'a> {
    geography: &'a str,
    indicator: &'a str,
    unit: &'a str,
    decimals: u8,
    count: usize,
    periods: Vec<PeriodHeader>,
}

#[derive(Serialize)]
struct PeriodHeader {
    period: Period,
    columns: Vec<ColumnHeader>,
    #[serde(flatten)]
    remarks: Remarks,
}

/// What is said of a column.
#[derive(Serialize)]
pub(crate) struct ColumnHeader {
    field: &'static str,
    #[serde(flatten)]
    form: Form,
}

impl ColumnHeader {
    /// Writes a column, and says how.
    pub(crate) fn write(field: &'static str, numbers: &Numbers, planes: &mut Vec<u8>) -> ColumnHeader {
        ColumnHeader { field, form: write_planes(numbers, planes) }
    }
}

/// How the numbers of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "form", rename_all = "lowercase")]
enum Form {
    /// `(integer - 1 + minimum) / 10^decimals`, in so many bytes; the integer 0 is a missing number.
    Scaled { decimals: u32, minimum: i64, bytes: usize },
    /// IEEE 754 in eight bytes; not a number is a missing one.
    Float { bytes: usize },
}

/// The columns of an indicator for one geography, in some periods, with the fields beside the value that are asked for.
pub(crate) fn compact(
    content: &Content,
    geography: &Geography,
    indicator: &Indicator,
    columns: &[(Period, &Column)],
    fields: &[Field],
) -> serde_json::Result<Vec<u8>> {
    let mut planes = Vec::new();
    let mut periods = Vec::new();
    for (period, column) in columns {
        let fields = std::iter::once(Field::Value).chain(fields.iter().copied());
        let columns =
            fields.filter_map(|field| Some(ColumnHeader::write(field.word(), column.field(field)?, &mut planes)));
        let columns = columns.collect();
        let remarks = Remarks::of(content, geography, indicator, *period, column);
        periods.push(PeriodHeader { period: *period, columns, remarks });
    }
    let header = Header {
        geography: &geography.id,
        indicator: &indicator.id,
        unit: indicator.unit.en(),
        decimals: indicator.decimals,
        count: geography.len(),
        periods,
    };
    framed(MAGIC, &header, &planes)
}

/// What is sent: the format, the length of the header, the header, and the columns that it describes.
pub(crate) fn framed(magic: &[u8; 4], header: &impl Serialize, planes: &[u8]) -> serde_json::Result<Vec<u8>> {
    let header = serde_json::to_vec(header)?;
    // A header of four gigabytes would not have been written.
    let length = u32::try_from(header.len()).unwrap_or(u32::MAX);
    Ok([magic, length.to_le_bytes().as_slice(), &header, planes].concat())
}

/// Writes the planes of a column, the lowest bytes of all numbers first.
fn write_planes(numbers: &Numbers, planes: &mut Vec<u8>) -> Form {
    let (form, words, bytes) = match scaled(numbers) {
        Some((decimals, minimum, words)) => {
            let largest = words.iter().copied().max().unwrap_or(0);
            let bytes = (8 - largest.leading_zeros() as usize / 8).max(1);
            (Form::Scaled { decimals, minimum, bytes }, words, bytes)
        }
        None => {
            let words = numbers.iter().map(|number| number.unwrap_or(f64::NAN).to_bits()).collect();
            (Form::Float { bytes: 8 }, words, 8)
        }
    };
    for plane in 0..bytes {
        planes.extend(words.iter().map(|word: &u64| word.to_le_bytes()[plane]));
    }
    form
}

/// The numbers as integers from 1 on, with the decimals and the smallest integer that they were scaled by; nothing where no
/// scale gives back each number bit by bit.
fn scaled(numbers: &Numbers) -> Option<(u32, i64, Vec<u64>)> {
    let (decimals, integers) =
        (0..=MOST_DECIMALS).find_map(|decimals| Some((decimals, integers(numbers, decimals)?)))?;
    let minimum = integers.iter().flatten().copied().min().unwrap_or(0);
    let word = |integer: &Option<i64>| integer.map_or(0, |integer| integer.abs_diff(minimum) + 1);
    Some((decimals, minimum, integers.iter().map(word).collect()))
}

fn integers(numbers: &Numbers, decimals: u32) -> Option<Vec<Option<i64>>> {
    let scale = 10_f64.powi(i32::try_from(decimals).ok()?);
    let integer = |number: &Option<f64>| match number {
        None => Some(None),
        Some(number) => {
            let nearest = (number * scale).round();
            let integer = nearest as i64;
            let same = nearest.abs() <= LARGEST_INTEGER && (integer as f64 / scale).to_bits() == number.to_bits();
            same.then_some(Some(integer))
        }
    };
    numbers.iter().map(integer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(numbers: &[Option<f64>]) -> Form {
        write_planes(&numbers.to_vec(), &mut Vec::new())
    }

    #[test]
    fn the_smallest_scale_and_the_fewest_bytes_are_chosen() {
        assert_eq!(form(&[Some(12.0), Some(13.0), None]), Form::Scaled { decimals: 0, minimum: 12, bytes: 1 });
        assert_eq!(form(&[Some(-0.5), Some(25.4)]), Form::Scaled { decimals: 1, minimum: -5, bytes: 2 });
        assert_eq!(form(&[Some(0.0), Some(253.0)]), Form::Scaled { decimals: 0, minimum: 0, bytes: 1 });
        assert_eq!(form(&[Some(0.0), Some(255.0)]), Form::Scaled { decimals: 0, minimum: 0, bytes: 2 });
    }

    #[test]
    fn what_no_scale_gives_back_stays_as_it_is() {
        for number in [1.0 / 3.0, -0.0, 1e300, 5e-324, f64::MAX, 9_007_199_254_740_994.0] {
            assert_eq!(form(&[Some(number), None]), Form::Float { bytes: 8 }, "{number}");
        }
    }

    #[test]
    fn a_column_without_numbers_is_zeros() {
        let mut planes = Vec::new();
        assert_eq!(write_planes(&vec![None; 3], &mut planes), Form::Scaled { decimals: 0, minimum: 0, bytes: 1 });
        assert_eq!(planes, [0, 0, 0]);
        assert_eq!(write_planes(&Vec::new(), &mut planes), Form::Scaled { decimals: 0, minimum: 0, bytes: 1 });
    }

    #[test]
    fn planes_stand_in_the_order_of_their_bytes() {
        let mut planes = Vec::new();
        write_planes(&vec![Some(0.0), Some(256.0), None], &mut planes);
        assert_eq!(planes, [1, 1, 0, 0, 1, 0], "1, 257 and missing");
    }
}
