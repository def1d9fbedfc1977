//! `values` as Arrow and in the compact form, read by other means than the program's own.

use std::io::Cursor;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_ipc::reader::FileReader;
use serde_json::Value;

use crate::harness::{Server, demo, numbers};
use crate::squares;

/// What is asked for, in every format.
const DEMO: [&str; 5] = [
    "lsoa11/crime?period=all&fields=numerator,denominator",
    "lsoa11/residents",
    "lad11/crime?period=2018-07&fields=numerator",
    "msoa11/stroke-admissions?period=all&fields=lower,upper",
    "msoa11/burglary?period=all",
];
const SQUARES: [&str; 5] = [
    "square/need?fields=numerator,lower",
    "square/share?period=all&fields=lower,upper,numerator,denominator",
    "square/thefts?period=all",
    "half/need",
    "country/need",
];

fn with_suffix(asked: &str, suffix: &str) -> String {
    match asked.split_once('?') {
        Some((path, query)) => format!("/api/v1/{{edition}}/values/{path}{suffix}?{query}"),
        None => format!("/api/v1/{{edition}}/values/{asked}{suffix}"),
    }
}

/// Every question of both atlases with the answer in JSON.
fn for_each(mut check: impl FnMut(&Server, &str, &Value)) {
    let demo = demo();
    for asked in DEMO {
        check(&demo, asked, &demo.json(&with_suffix(asked, "")));
    }
    let (squares, _folder) = squares::serve();
    for asked in SQUARES {
        check(&squares, asked, &squares.json(&with_suffix(asked, "")));
    }
}

/// Decodes one column as `docs/api.md` describes it, and takes its bytes off.
pub(crate) fn decoded(column: &Value, count: usize, planes: &mut &[u8]) -> Vec<Option<f64>> {
    let bytes = column["bytes"].as_u64().unwrap() as usize;
    let (own, rest) = planes.split_at(count * bytes);
    *planes = rest;
    (0..count)
        .map(|area| {
            let word = (0..bytes).rev().fold(0_u64, |word, plane| word << 8 | u64::from(own[plane * count + area]));
            match column["form"].as_str().unwrap() {
                "float" => Some(f64::from_bits(word)).filter(|number| !number.is_nan()),
                "scaled" if word == 0 => None,
                "scaled" => {
                    let integer = (word - 1) as f64 + column["minimum"].as_f64().unwrap();
                    Some(integer / 10_f64.powi(column["decimals"].as_i64().unwrap() as i32))
                }
                other => panic!("{other}"),
            }
        })
        .collect()
}

/// The header of a compact form, and the columns after it.
pub(crate) fn opened<'a>(body: &'a [u8], format: &[u8; 4]) -> (Value, &'a [u8]) {
    assert_eq!(&body[..4], format);
    let length = u32::from_le_bytes(body[4..8].try_into().unwrap()) as usize;
    let (header, planes) = body[8..].split_at(length);
    (serde_json::from_slice(header).unwrap(), planes)
}

#[test]
fn the_compact_form_is_as_exact_as_json() {
    let mut forms = std::collections::BTreeSet::new();
    for_each(|server, asked, json| {
        let answer = server.get(&with_suffix(asked, ".bin"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/octet-stream")), "{asked}");
        let (header, mut planes) = opened(&answer.body, b"TSV1");
        for member in ["geography", "indicator", "unit", "decimals"] {
            assert_eq!(header[member], json[member], "{asked} {member}");
        }
        let count = header["count"].as_u64().unwrap() as usize;
        assert_eq!(header["periods"].as_array().unwrap().len(), json["periods"].as_object().unwrap().len());
        for period in header["periods"].as_array().unwrap() {
            let expected = &json["periods"][period["period"].as_str().unwrap()];
            for member in ["origin", "coverage", "status", "notes"] {
                assert_eq!(period[member], expected[member], "{asked} {member}");
            }
            let mut fields = 0;
            for column in period["columns"].as_array().unwrap() {
                let field = match column["field"].as_str().unwrap() {
                    "value" => "values",
                    other => other,
                };
                let (own, known) = (decoded(column, count, &mut planes), numbers(&expected[field]));
                let bits = |numbers: &[Option<f64>]| -> Vec<Option<u64>> {
                    numbers.iter().map(|number| number.map(f64::to_bits)).collect()
                };
                assert_eq!(bits(&own), bits(&known), "{asked} {field}");
                forms.insert(column["form"].as_str().unwrap().to_owned());
                fields += 1;
            }
            let given = ["values", "numerator", "denominator", "lower", "upper"];
            assert_eq!(fields, given.into_iter().filter(|field| expected[field].is_array()).count(), "{asked}");
        }
        assert!(planes.is_empty(), "nothing follows");
    });
    assert_eq!(forms.len(), 2, "both forms were put to the test");
}

#[test]
fn the_compact_form_is_small() {
    let server = demo();
    let size = |suffix: &str| {
        let path = with_suffix("lsoa11/residents", suffix);
        server.get_with(&path, &[("accept-encoding", "br")]).body.len()
    };
    assert!(size(".bin") * 4 < size("") * 3, "{} {}", size(".bin"), size(""));
}

#[test]
fn arrow_holds_what_the_csv_holds() {
    for_each(|server, asked, json| {
        let answer = server.get(&with_suffix(asked, ".arrow"));
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some("application/vnd.apache.arrow.file")),
            "{asked}"
        );
        let reader = FileReader::try_new(Cursor::new(&answer.body), None).unwrap();
        let schema = reader.schema();
        for member in ["edition", "geography", "indicator", "unit"] {
            assert_eq!(schema.metadata()[member], json[member].as_str().unwrap(), "{asked}");
        }
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        let csv = server.get(&with_suffix(asked, ".csv"));
        let mut csv = csv::Reader::from_reader(csv.body.as_slice());
        assert_eq!(names, csv.headers().unwrap().iter().collect::<Vec<&str>>());
        let mut records = csv.records();
        for batch in reader {
            let batch = batch.unwrap();
            for row in 0..batch.num_rows() {
                let record = records.next().unwrap().unwrap();
                for (name, cell) in names.iter().zip(&record) {
                    let column = batch.column_by_name(name).unwrap();
                    let text = match column.as_primitive_opt::<Float64Type>() {
                        Some(_) if column.is_null(row) => String::new(),
                        Some(numbers) => numbers.value(row).to_string(),
                        None => column.as_string::<i32>().value(row).to_owned(),
                    };
                    // The CSV alone keeps spreadsheets from taking a name for a formula.
                    assert_eq!(text, cell.strip_prefix('\'').unwrap_or(cell), "{asked} {name}");
                }
            }
        }
        assert!(records.next().is_none(), "{asked}");
    });
}

#[test]
fn every_format_refuses_alike() {
    let server = demo();
    for suffix in ["", ".json", ".csv", ".arrow", ".bin"] {
        for (asked, kind) in [
            ("lsoa11/crim", "unknown-indicator"),
            ("lsoa12/crime", "unknown-geography"),
            ("lsoa11/crime?period=2015", "unknown-period"),
            ("lsoa11/crime?fields=median", "bad-parameter"),
            ("lsoa11/stroke-admissions", "not-published-here"),
        ] {
            let problem = server.problem(&with_suffix(asked, suffix));
            assert_eq!(problem["type"], format!("/problems/{kind}"), "{asked} {suffix}");
        }
    }
}
