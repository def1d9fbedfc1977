//! Reading boundaries from ESRI shapefiles (*ESRI Shapefile Technical Description*, 1998).
//!
//! The shapes come from the crate `shapefile`. The attributes are taken out of the `.dbf` here, where they are texts of
//! fixed width: the crate leaves deleted records out while it keeps their shapes, refuses files without a date, and
//! makes numbers of codes.

use std::io::Cursor;

use ::shapefile::record::traits::HasXY;
use ::shapefile::{PolygonRing, Shape, ShapeReader};
use encoding_rs::Encoding;

use super::{ReadError, ReadOptions, Source, settle, stem};
use crate::check::{Checker, Feature, Outline, Reading};
use crate::crs::Crs;

pub(super) fn read(source: &Source<'_>, options: &ReadOptions<'_>) -> Result<Reading, ReadError> {
    let dbf = source.companion("dbf").ok_or(ReadError::MissingCompanion { ending: "dbf" })?;
    if dbf.is_empty() {
        return Err(ReadError::Empty { name: format!("{}.dbf", stem(source.name)) });
    }
    let table = Table::open(dbf, source.companion("cpg"))?;
    let code = table.column(options.code)?;
    let label = options.label.map(|label| table.column(label)).transpose()?;
    let prj = source.companion("prj").filter(|prj| !prj.trim_ascii().is_empty());
    let said = prj.map(|prj| Crs::from_wkt(&String::from_utf8_lossy(prj)));
    let mut checker = Checker::new(options.code, settle(said, options, None)?);

    let damaged = |error: ::shapefile::Error| ReadError::unreadable("shapefile", explain(&error));
    let mut shapes = ShapeReader::new(Cursor::new(&*source.bytes)).map_err(damaged)?;
    let mut records = table.records();
    for shape in shapes.iter_shapes() {
        let shape = shape.map_err(damaged)?;
        let record = records.next().ok_or_else(|| table.count_differs())?;
        if record.is_deleted {
            checker.skip();
            continue;
        }
        let outline = outline(shape);
        checker.take(Feature { code: record.text(code), label: label.and_then(|label| record.text(label)), outline });
    }
    if records.next().is_some() {
        return Err(table.count_differs());
    }
    if checker.features() == 0 {
        return Err(ReadError::NoFeatures);
    }
    Ok(checker.finish())
}

fn explain(error: &::shapefile::Error) -> String {
    match error {
        ::shapefile::Error::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            "it breaks off".to_owned()
        }
        ::shapefile::Error::IoError(error) => error.to_string(),
        ::shapefile::Error::InvalidFileCode(_) => "it does not begin as one".to_owned(),
        other => other.to_string(),
    }
}

fn outline(shape: Shape) -> Outline {
    match shape {
        Shape::NullShape => Outline::Missing,
        Shape::Polygon(polygon) => polygons(polygon.into_inner()),
        Shape::PolygonM(polygon) => polygons(polygon.into_inner()),
        Shape::PolygonZ(polygon) => polygons(polygon.into_inner()),
        other => Outline::NotAnArea(format!("{:?}", other.shapetype())),
    }
}

/// Puts holes into the outer rings around them: the file gives one list of rings, told apart by their direction.
fn polygons<P: HasXY>(rings: Vec<PolygonRing<P>>) -> Outline {
    let mut outer = Vec::new();
    let mut holes = Vec::new();
    for ring in rings {
        let positions: Vec<[f64; 2]> = ring.points().iter().map(|point| [point.x(), point.y()]).collect();
        match ring {
            PolygonRing::Outer(_) => outer.push(vec![positions]),
            PolygonRing::Inner(_) => holes.push(positions),
        }
    }
    let outer_rings = outer.len();
    for hole in holes {
        // The outer ring that most of the hole's positions lie in: those on a common border may fall either way.
        let inside =
            |polygon: &Vec<Vec<[f64; 2]>>| hole.iter().filter(|&&position| contains(&polygon[0], position)).count();
        let best = if outer_rings == 1 { Some(0) } else { best_by(&outer[..outer_rings], inside) };
        match best {
            Some(index) => outer[index].push(hole),
            // Turned the wrong way, with nothing around it: a part of the area.
            None => outer.push(vec![hole]),
        }
    }
    Outline::Polygons(outer)
}

/// The index with the greatest count, the first of several; `None` where all are zero.
fn best_by<T>(items: &[T], count: impl Fn(&T) -> usize) -> Option<usize> {
    let counts = items.iter().map(count).enumerate().filter(|&(_, count)| count > 0);
    counts.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(index, _)| index)
}

/// Whether a position is within a ring, by crossings of the ray to the east.
fn contains(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let crosses = |edge: &&[[f64; 2]]| {
        let ([ax, ay], [bx, by]) = (edge[0], edge[1]);
        (ay <= y) != (by <= y) && x < ax + (y - ay) / (by - ay) * (bx - ax)
    };
    ring.windows(2).filter(crosses).count() % 2 == 1
}

/// The table of attributes in a `.dbf` file.
struct Table<'a> {
    columns: Vec<Column>,
    rows: &'a [u8],
    row_bytes: usize,
    count: usize,
    charset: Charset,
}

struct Column {
    name: String,
    kind: u8,
    /// Where the column stands in a row.
    bytes: std::ops::Range<usize>,
}

/// One row of the table.
struct Record<'a> {
    table: &'a Table<'a>,
    bytes: &'a [u8],
    is_deleted: bool,
}

/// How texts are encoded.
#[derive(Clone, Copy)]
enum Charset {
    Known(&'static Encoding),
    /// Nobody says: UTF-8 if it is that, otherwise Windows-1252.
    Guess,
}

const HEADER_BYTES: usize = 32;
const COLUMN_BYTES: usize = 32;
const NAME_BYTES: usize = 10;

impl<'a> Table<'a> {
    fn open(dbf: &'a [u8], cpg: Option<&[u8]>) -> Result<Table<'a>, ReadError> {
        let damaged = || ReadError::unreadable("shapefile", "its .dbf breaks off, or is none");
        let header = dbf.get(..HEADER_BYTES).ok_or_else(damaged)?;
        let short = |at: usize| usize::from(u16::from_le_bytes([header[at], header[at + 1]]));
        let count = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
        let (first_row, row_bytes) = (short(8), short(10));
        let charset = Charset::of(cpg, header[29])?;

        let mut columns = Vec::new();
        // The first byte of a row says whether it is deleted.
        let mut offset = 1;
        for column in dbf.get(HEADER_BYTES..first_row).ok_or_else(damaged)?.chunks_exact(COLUMN_BYTES) {
            if column[0] == 0x0D {
                break;
            }
            let name = column[..NAME_BYTES + 1].split(|&byte| byte == 0).next().unwrap_or_default();
            let width = usize::from(column[16]);
            let name = charset.decode(name).trim().to_owned();
            columns.push(Column { name, kind: column[11], bytes: offset..offset + width });
            offset += width;
        }
        let rows = dbf.get(first_row..).unwrap_or_default();
        if columns.is_empty() || offset > row_bytes || count.checked_mul(row_bytes).is_none_or(|size| rows.len() < size)
        {
            return Err(damaged());
        }
        Ok(Table { columns, rows, row_bytes, count, charset })
    }

    /// The index of a column.
    fn column(&self, name: &str) -> Result<usize, ReadError> {
        let position = |wanted: &str| self.columns.iter().position(|column| column.name == wanted);
        if let Some(index) = position(name) {
            return Ok(index);
        }
        let cut: String = name.chars().take(NAME_BYTES).collect();
        if cut != name && position(&cut).is_some() {
            return Err(ReadError::CutAttribute { attribute: name.to_owned(), cut });
        }
        Err(ReadError::no_such_attribute(name, self.columns.iter().map(|column| column.name.clone())))
    }

    fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let rows = self.rows.chunks_exact(self.row_bytes).take(self.count);
        rows.map(|bytes| Record { table: self, bytes, is_deleted: bytes[0] == b'*' })
    }

    fn count_differs(&self) -> ReadError {
        let reason = format!("its .dbf has {} records, its .shp another number of shapes", self.count);
        ReadError::unreadable("shapefile", reason)
    }
}

impl Record<'_> {
    /// The text in a column; `None` where it is of a type that is no text or number.
    fn text(&self, column: usize) -> Option<String> {
        let column = self.table.columns.get(column)?;
        let bytes = self.bytes.get(column.bytes.clone())?;
        match column.kind {
            b'C' | b'D' => Some(self.table.charset.decode(bytes).trim_matches(['\0', ' ']).to_owned()),
            b'N' | b'F' => Some(whole(self.table.charset.decode(bytes).trim_matches(['\0', ' '])).to_owned()),
            b'I' => Some(i32::from_le_bytes(bytes.try_into().ok()?).to_string()),
            _ => None,
        }
    }
}

/// A number without decimals that are all zero.
fn whole(number: &str) -> &str {
    match number.split_once('.') {
        Some((whole, decimals)) if decimals.bytes().all(|digit| digit == b'0') => whole,
        _ => number,
    }
}

impl Charset {
    /// The `.cpg` file wins over the mark in the header of the `.dbf`.
    fn of(cpg: Option<&[u8]>, mark: u8) -> Result<Charset, ReadError> {
        let label = cpg.map(|cpg| String::from_utf8_lossy(cpg).trim_matches(['\u{feff}', '\0']).trim().to_owned());
        if let Some(label) = label.filter(|label| !label.is_empty()) {
            let known = Charset::by_name(&label).map(Charset::Known);
            return known.ok_or(ReadError::UnknownEncoding { name: label });
        }
        // Only marks of Windows: that of DOS (code page 437 or 850) is what programs write that know no better.
        Ok(match mark {
            0x03 | 0x57 => Charset::Guess,
            0xC8 => Charset::Known(encoding_rs::WINDOWS_1250),
            0xC9 => Charset::Known(encoding_rs::WINDOWS_1251),
            0xCA => Charset::Known(encoding_rs::WINDOWS_1254),
            0xCB => Charset::Known(encoding_rs::WINDOWS_1253),
            _ => Charset::Guess,
        })
    }

    /// Labels of the WHATWG Encoding Standard, and how ESRI writes them: `1252`, `ANSI 1252`, `CP1252`, `88591`.
    fn by_name(label: &str) -> Option<&'static Encoding> {
        let lower = label.to_ascii_lowercase();
        let digits: String = lower.chars().filter(char::is_ascii_digit).collect();
        let label = match digits.as_str() {
            "65001" => "utf-8".to_owned(),
            "932" => "shift_jis".to_owned(),
            "936" => "gbk".to_owned(),
            "949" => "euc-kr".to_owned(),
            "950" => "big5".to_owned(),
            "866" => "ibm866".to_owned(),
            page if page.len() == 4 && page.starts_with("125") => format!("windows-{page}"),
            part if part.len() > 4 && part.starts_with("8859") => format!("iso-8859-{}", &part[4..]),
            _ => lower,
        };
        Encoding::for_label(label.as_bytes())
    }

    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Charset::Known(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
            Charset::Guess => match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
            },
        }
    }
}
