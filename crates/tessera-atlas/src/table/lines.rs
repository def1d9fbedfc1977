//! The lines of a text without quotation marks, as rows.

use std::ops::Range;

use memchr::memchr;

use super::marks::try_for_each_of;
use super::store::Line;

/// Some lines of a text file.
#[derive(Debug)]
pub(super) struct Lines {
    text: String,
    /// The 1-based number of the first.
    first: u64,
    separator: u8,
    has_returns: bool,
}

impl Lines {
    /// Lines without quotation marks, with carriage returns or none. There are no more than a `u32` can count bytes.
    pub(super) fn of(text: String, first: u64, separator: u8, has_returns: bool) -> Lines {
        Lines { text, first, separator, has_returns }
    }

    /// The text, of which no line is wanted any more.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Hands on each line with its number. A line may end in LF, CR LF or CR; those without a character are no rows.
    ///
    /// # Errors
    /// The first of `take`.
    pub(super) fn try_for_each<Error>(
        &self,
        mut take: impl FnMut(u64, Line<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.try_for_each_in(0..self.text.len(), &mut { self.first }, &mut take)
    }

    /// As [`Lines::try_for_each`], but asks `known` first, with the number of a line and the text from its beginning. It gives the
    /// length in bytes of a line that it took itself, with its line feed. It is asked the less often the less it knows.
    ///
    /// # Errors
    /// The first of `take`.
    pub(super) fn try_for_each_unknown<Taker, Error>(
        &self,
        taker: &mut Taker,
        known: impl Fn(&mut Taker, u64, &[u8]) -> Option<usize>,
        take: impl Fn(&mut Taker, u64, Line<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        /// The most bytes that are read without asking.
        const UNASKED: usize = 1 << 16;
        if self.has_returns {
            return self.try_for_each(|number, line| take(taker, number, line));
        }
        let bytes = self.text.as_bytes();
        let (mut number, mut begin, mut unasked) = (self.first, 0, 0);
        while let Some(rest) = bytes.get(begin..).filter(|rest| !rest.is_empty()) {
            if let Some(taken) = known(taker, number, rest) {
                begin += taken;
                number += 1;
                unasked = 0;
                continue;
            }
            let end = memchr(b'\n', rest.get(unasked..).unwrap_or_default());
            let end = end.map_or(bytes.len(), |end| begin + unasked + end + 1);
            self.try_for_each_in(begin..end, &mut number, &mut |number, line| take(taker, number, line))?;
            begin = end;
            // A table of which nothing is known is not asked for much.
            unasked = (2 * unasked).clamp(1, UNASKED);
        }
        Ok(())
    }

    /// Hands on the lines of some of the bytes, which begin with a line of this number and end where one does.
    fn try_for_each_in<Error>(
        &self,
        range: Range<usize>,
        number: &mut u64,
        take: &mut impl FnMut(u64, Line<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (bytes, separator) = (self.text.as_bytes(), self.separator);
        let (within, offset) = (bytes.get(range.clone()).unwrap_or_default(), range.start);
        let mut begin = offset;
        let mut ends: Vec<u32> = Vec::new();
        let mut mark = |at: usize| {
            let byte = bytes.get(at);
            if byte == Some(&separator) {
                ends.push(at as u32);
                return Ok(());
            }
            if at > begin {
                ends.push(at as u32);
                take(*number, Line::new(&self.text, begin, 1, &ends))?;
                ends.clear();
            }
            begin = at + 1;
            // Of CR LF, the second ends the line.
            *number += u64::from(byte == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n'));
            Ok(())
        };
        // Most files have no returns, and what is not looked for takes no time.
        if self.has_returns {
            try_for_each_of([separator, b'\n', b'\r'], within, |at| mark(offset + at))?;
        } else {
            try_for_each_of([separator, b'\n'], within, |at| mark(offset + at))?;
        }
        // The last line of a file need not end.
        if within.ends_with(b"\n") { Ok(()) } else { mark(range.end) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::csv::Rows;
    use super::*;

    const SEPARATOR: u8 = b',';

    /// The number and cells of each line.
    fn lines(text: &str, first: u64) -> Vec<(u64, Vec<String>)> {
        let mut all = Vec::new();
        let keep = |number, line: Line<'_>| {
            all.push((number, line.cells().map(str::to_owned).collect()));
            Ok::<(), ()>(())
        };
        Lines::of(text.to_owned(), first, SEPARATOR, text.contains('\r')).try_for_each(keep).unwrap();
        all
    }

    #[test]
    fn lines_are_rows_however_they_end() {
        let row = |number, cells: &[&str]| (number, cells.iter().map(|cell| (*cell).to_owned()).collect());
        let expected = [row(7, &["a", "", "b"]), row(9, &[" c", "d"]), row(11, &["e", ""]), row(13, &["f"])];
        assert_eq!(lines("a,,b\r\n\n c,d\r\re,\n\nf", 7), expected);
        assert_eq!(lines("a\n,", 1), [row(1, &["a"]), row(2, &["", ""])]);
        assert_eq!(lines("", 1), []);
    }

    #[test]
    fn it_ends_with_the_first_error() {
        let mut taken = 0;
        let refuse = |number, _: Line<'_>| {
            taken += 1;
            if number == 2 { Err(number) } else { Ok(()) }
        };
        assert_eq!(Lines::of("a\nb\nc".to_owned(), 1, SEPARATOR, false).try_for_each(refuse), Err(2));
        assert_eq!(taken, 2);
    }

    proptest! {
        /// What is not known is handed on, and what is known is not.
        #[test]
        fn lines_are_the_same_beside_known_ones(text in "[ab,\n]{0,200}", first in 1_u64..9) {
            let known = |all: &mut Vec<(u64, Vec<String>)>, number, rest: &[u8]| {
                rest.starts_with(b"a,b\n").then(|| all.push((number, vec!["a".to_owned(), "b".to_owned()])))?;
                Some(4)
            };
            let take = |all: &mut Vec<(u64, Vec<String>)>, number, line: Line<'_>| {
                all.push((number, line.cells().map(str::to_owned).collect()));
                Ok::<(), ()>(())
            };
            let mut all = Vec::new();
            let own = Lines::of(text.clone(), first, SEPARATOR, false);
            prop_assert_eq!(own.try_for_each_unknown(&mut all, known, take), Ok(()));
            prop_assert_eq!(all, lines(&text, first));
        }

        /// Rows without quotation marks are the same as lines.
        #[test]
        fn lines_are_what_the_parser_reads(text in "[ab,\n\r]{0,24}") {
            let rows = Rows::of(&text, SEPARATOR);
            let read: Vec<_> = rows.map(|(line, row)| (line, row.iter().map(str::to_owned).collect())).collect();
            prop_assert_eq!(lines(&text, 1), read);
        }
    }
}
