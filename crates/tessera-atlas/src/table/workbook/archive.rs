//! The zip archive that a workbook is, and what of it is looked at before a reader unpacks it.

use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, Read, Write};

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::super::unpack::{Budget, unpacks_to_too_much};
use super::{DAMAGED, protected, raised};
use crate::problem::Problem;
use crate::table::damaged;

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The most different texts in an `.xlsx` file. A reader makes room for as many as the file says it has.
const MOST_TEXTS: usize = 20_000_000;

/// The most cell formats: what Excel allows. A reader keeps the font and the number format of each.
const MOST_FORMATS: usize = 65_536;
const LONGEST_STYLE: usize = 4096;

/// The formats of workbooks that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Ods,
}

pub(super) fn open(bytes: &[u8]) -> Result<Archive<'_>, Problem> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(DAMAGED, error))
}

pub(super) fn kind(archive: &mut Archive<'_>) -> Result<Kind, Problem> {
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("encrypted-package") {
        return Err(protected());
    }
    if has("xl/workbook.bin") {
        let problem = Problem::error("unsupported-table", "this is a workbook of the format .xlsb");
        return Err(problem.cure("open it in a spreadsheet program and save it as .xlsx"));
    }
    if has("content.xml") {
        return Ok(Kind::Ods);
    }
    if has("[Content_Types].xml") {
        return Ok(Kind::Xlsx);
    }
    let problem = Problem::error("unsupported-table", "this zip archive is no workbook");
    Err(problem.cure("unpack it, and name the file that it holds"))
}

/// The `content.xml` of an `.ods` file.
pub(super) fn content(archive: &mut Archive<'_>, packed: usize) -> Result<String, Problem> {
    let mut budget = Budget::of(packed);
    let mut text = |name: &str| {
        let mut text = String::new();
        match archive.by_name(name) {
            Ok(part) => budget.limit(part).read_to_string(&mut text).map_err(|error| unreadable(name, &error))?,
            Err(ZipError::FileNotFound) => 0,
            Err(error) => return Err(refused(name, &error)),
        };
        Ok(text)
    };
    if text("META-INF/manifest.xml")?.contains("encryption-data") {
        return Err(protected());
    }
    text("content.xml")
}

/// Unpacks every part of an `.xlsx` file once, to see that it is whole, within limits and plain. Gives the parts that hold
/// raised or lowered characters, by their place in the archive.
pub(super) fn check_parts(archive: &mut Archive<'_>, packed: usize) -> Result<BTreeSet<usize>, Problem> {
    let mut budget = Budget::of(packed);
    let mut raised = BTreeSet::new();
    for index in 0..archive.len() {
        let name = name_of(archive, index);
        let part = archive.by_index(index).map_err(|error| refused(&name, &error))?;
        let mut watched = Watched { reader: budget.limit(part), read: Vec::new(), has_raised: false };
        let mut part = BufReader::with_capacity(PIECE, &mut watched);
        check_xml(&mut part, &name)?;
        io::copy(&mut part, &mut io::sink()).map_err(|error| unreadable(&name, &error))?;
        // Formats of whole cells hold the same word, and raise no character above others.
        if watched.has_raised && !name.to_ascii_lowercase().ends_with("styles.xml") {
            raised.insert(index);
        }
    }
    Ok(raised)
}

/// The same `.xlsx` file, in whose `parts` raised and lowered characters are [signs of their own](raised).
pub(super) fn with_signs(
    archive: &mut Archive<'_>,
    packed: usize,
    parts: &BTreeSet<usize>,
) -> Result<Vec<u8>, Problem> {
    let mut budget = Budget::of(packed);
    let mut written = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for index in 0..archive.len() {
        let name = name_of(archive, index);
        let refused = |error: ZipError| refused(&name, &error);
        if !parts.contains(&index) {
            written.raw_copy_file(archive.by_index_raw(index).map_err(refused)?).map_err(refused)?;
            continue;
        }
        let mut bytes = Vec::new();
        let part = archive.by_index(index).map_err(refused)?;
        let unreadable = |error: io::Error| unreadable(&name, &error);
        budget.limit(part).read_to_end(&mut bytes).map_err(unreadable)?;
        // What is no UTF-8, the reader refuses.
        let bytes =
            String::from_utf8(bytes).map_or_else(|error| error.into_bytes(), |xml| raised::with_signs(&xml).into());
        written.start_file(name.as_str(), stored).map_err(refused)?;
        written.write_all(&bytes).map_err(unreadable)?;
    }
    let written = written.finish().map_err(|error| damaged(DAMAGED, error))?;
    Ok(written.into_inner())
}

fn name_of(archive: &Archive<'_>, index: usize) -> String {
    archive.name_for_index(index).and_then(Result::ok).unwrap_or_default().into_owned()
}

/// How much of a part is looked through at a time.
const PIECE: usize = 64 * 1024;

/// Reads as `reader` does, and sees whether the bytes tell of raised or lowered characters.
struct Watched<R> {
    reader: R,
    /// What was read last, behind the end of what was read before it.
    read: Vec<u8>,
    has_raised: bool,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        if !self.has_raised {
            let end = self.read.len().saturating_sub(raised::VERT_ALIGN.len() - 1);
            self.read.drain(..end);
            self.read.extend_from_slice(&buffer[..count]);
            self.has_raised = memmem::find(&self.read, raised::VERT_ALIGN).is_some();
        }
        Ok(count)
    }
}

/// Looks at what stands before the first element of an XML part, and through the parts that a reader keeps whole. Faulty XML is left to the
/// reader to name.
fn check_xml(part: &mut impl BufRead, name: &str) -> Result<(), Problem> {
    let is_named = |ending: &str| name.to_ascii_lowercase().ends_with(ending);
    if !is_named(".xml") && !is_named(".rels") {
        return Ok(());
    }
    let (holds_texts, holds_styles) = (is_named("sharedstrings.xml"), is_named("styles.xml"));
    let mut texts = 0;
    let mut formats = 0;
    let mut xml = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::DocType(_)) => return Err(defines_entities()),
            Ok(Event::Start(element) | Event::Empty(element)) if holds_texts => match element.local_name().as_ref() {
                "sst" => texts = stated_texts(&element),
                "si" => texts += 1,
                _ => {}
            },
            Ok(Event::Start(element) | Event::Empty(element)) if holds_styles => {
                formats += usize::from(element.local_name().as_ref() == "xf");
                if formats > MOST_FORMATS || element.len() > LONGEST_STYLE {
                    return Err(damaged(DAMAGED, "it has more or longer cell formats than a workbook may have"));
                }
            }
            Err(quick_xml::Error::Io(error)) => return Err(unreadable(name, &error)),
            Ok(Event::Start(_) | Event::Empty(_) | Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
        if texts > MOST_TEXTS {
            let message = format!("the workbook holds more than {} million different texts", MOST_TEXTS / 1_000_000);
            return Err(
                Problem::error("too-large", message).cure("split it, or leave out what the atlas does not show")
            );
        }
    }
}

/// How many texts the part says that it holds.
fn stated_texts(element: &BytesStart<'_>) -> usize {
    let stated = element.try_get_attribute("uniqueCount").ok().flatten();
    stated.map_or(0, |count| count.value.trim().parse().unwrap_or(usize::MAX / 2))
}

/// Entities can be made to grow without end, and no program writes them into a workbook.
pub(super) fn defines_entities() -> Problem {
    Problem::error("defines-entities", "the workbook defines XML entities, which are not read")
        .cure("open it in a spreadsheet program and save it anew")
}

fn unreadable(part: &str, error: &io::Error) -> Problem {
    match error.kind() {
        ErrorKind::FileTooLarge => unpacks_to_too_much(),
        _ => damaged(DAMAGED, format!("`{part}`: {error}")),
    }
}

fn refused(part: &str, error: &ZipError) -> Problem {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => protected(),
        error => damaged(DAMAGED, format!("`{part}`: {error}")),
    }
}
