//! Reading boundaries from GeoJSON (RFC 7946, and the `crs` member of its 2008 predecessor).
//!
//! Features are parsed one at a time, so that the memory needed is that of the result. They are parsed straight into
//! numbers: a general GeoJSON value would hold every coordinate pair in an allocation of its own.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::check::{self, Checker, Outline, Reading};
use crate::crs::Crs;
use crate::read::without_position;

pub use crate::read::ReadError;

/// Reads the areas of a GeoJSON `FeatureCollection`.
///
/// `code` and `label` name the properties that hold the official code and the name. Coordinates must be degrees of
/// longitude and latitude (WGS 84); heights are ignored. Rings are closed, turned as RFC 7946 asks (published files
/// often run the other way) and freed of places that rounding to 1e-7 degrees makes equal to their neighbour.
/// Codes are trimmed, and numbers are taken as text. A byte order mark is skipped.
///
/// # Errors
///
/// [`ReadError`] when the file as a whole cannot be used. What is wrong with single features is in
/// [`Reading::problems`].
///
/// ```
/// let file = br#"{ "type": "FeatureCollection", "features": [
///     { "type": "Feature", "properties": { "CODE": "E01", "NAME": "Somewhere" },
///       "geometry": { "type": "Polygon", "coordinates": [[[0, 50], [1, 50], [1, 51], [0, 50]]] } },
///     { "type": "Feature", "properties": { "CODE": "E02", "NAME": "Nowhere" }, "geometry": null } ] }"#;
/// let reading = tessera_geo::read_geojson(file, "CODE", Some("NAME"))?;
/// assert_eq!(reading.boundaries[0].label.as_deref(), Some("Somewhere"));
/// assert_eq!(reading.problems[0].to_string(), "feature 2 (`E02`) has no geometry");
/// # Ok::<(), tessera_geo::ReadError>(())
/// ```
pub fn read_geojson(bytes: &[u8], code: &str, label: Option<&str>) -> Result<Reading, ReadError> {
    read(bytes, code, label, &|said| match said {
        Some(name) if Crs::from_name(name) != Ok(Crs::Wgs84) => {
            Err(ReadError::UnsupportedCrs { name: name.to_owned() })
        }
        _ => Ok(Crs::Wgs84),
    })
}

/// As [`read_geojson`], with coordinates as the caller settles.
pub(crate) fn read(bytes: &[u8], code: &str, label: Option<&str>, settle: &Settle<'_>) -> Result<Reading, ReadError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut crs = settle(None)?;
    loop {
        let mut collection = Collection {
            kind: None,
            crs: None,
            has_features: false,
            settle,
            wanted: Attributes::new(code, label),
            checker: Checker::new(code, crs),
        };
        let mut parser = serde_json::Deserializer::from_slice(bytes);
        (&mut collection).deserialize(&mut parser)?;
        parser.end()?;
        match collection.finish()? {
            Outcome::Read(reading) => return Ok(reading),
            // The file says behind the features what their coordinates are: read them again, this time rightly.
            Outcome::OtherCrs(settled) => crs = settled,
        }
    }
}

/// Decides what the coordinates are, given the name in the file, if it has one.
pub(crate) type Settle<'a> = dyn Fn(Option<&str>) -> Result<Crs, ReadError> + 'a;

/// The top object of a file `'f` while it is read.
struct Collection<'a, 'f> {
    kind: Option<String>,
    crs: Option<Value>,
    has_features: bool,
    settle: &'a Settle<'a>,
    wanted: Attributes<'a>,
    checker: Checker<'a, Option<Geometry<'f>>>,
}

enum Outcome {
    Read(Reading),
    OtherCrs(Crs),
}

/// The attributes that are wanted, and whether they were met: names are collected only until they have been.
pub(crate) struct Attributes<'a> {
    code: &'a str,
    label: Option<&'a str>,
    code_seen: bool,
    label_seen: bool,
    names: BTreeSet<String>,
}

impl<'a> Attributes<'a> {
    pub(crate) fn new(code: &'a str, label: Option<&'a str>) -> Attributes<'a> {
        Attributes { code, label, code_seen: false, label_seen: label.is_none(), names: BTreeSet::new() }
    }

    /// Whether anything is to be known of an attribute: of most there is not, once those that are wanted have been met.
    fn is_of_use(&self, name: &str) -> bool {
        name == self.code || Some(name) == self.label || !(self.code_seen && self.label_seen)
    }

    /// Code and label of a feature.
    pub(crate) fn take(&mut self, mut properties: Map<String, Value>) -> (Option<Value>, Option<Value>) {
        self.code_seen |= properties.contains_key(self.code);
        self.label_seen |= self.label.is_none_or(|label| properties.contains_key(label));
        if !(self.code_seen && self.label_seen) {
            self.names.extend(properties.keys().cloned());
        }
        // The label first and by reference: it may be the same attribute as the code.
        let label = self.label.and_then(|label| properties.get(label).cloned());
        (properties.remove(self.code), label)
    }

    /// An error where no feature had a wanted attribute.
    pub(crate) fn finish(self) -> Result<(), ReadError> {
        let missing = [(Some(self.code), self.code_seen), (self.label, self.label_seen)];
        match missing.into_iter().find(|(_, seen)| !seen) {
            Some((Some(attribute), _)) => Err(ReadError::no_such_attribute(attribute, self.names)),
            _ => Ok(()),
        }
    }
}

impl Collection<'_, '_> {
    fn note_crs(&mut self, crs: Value) {
        // An error is for the end, when it is certain that this is a collection at all.
        if !self.has_features
            && let Ok(settled) = (self.settle)(crs_name(&crs).as_deref())
        {
            self.checker.set_crs(settled);
        }
        self.crs = Some(crs);
    }

    fn finish(self) -> Result<Outcome, ReadError> {
        if self.kind.as_deref() != Some("FeatureCollection") || !self.has_features {
            return Err(ReadError::NotFeatureCollection { found: self.kind.unwrap_or("nothing".to_owned()) });
        }
        let settled = (self.settle)(self.crs.as_ref().and_then(crs_name).as_deref())?;
        if settled != *self.checker.crs() {
            return Ok(Outcome::OtherCrs(settled));
        }
        if self.checker.features() == 0 {
            return Err(ReadError::NoFeatures);
        }
        self.wanted.finish()?;
        Ok(Outcome::Read(self.checker.finish()))
    }
}

pub(crate) fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The name in a `crs` member; `None` when it is null, which is to say nothing.
pub(crate) fn crs_name(crs: &Value) -> Option<String> {
    if crs.is_null() {
        return None;
    }
    let properties = crs.get("properties");
    let name = properties.and_then(|properties| properties.get("name")).and_then(Value::as_str);
    let legacy_code = properties.and_then(|properties| properties.get("code")).and_then(|code| text(code.clone()));
    Some(match (name, legacy_code) {
        (Some(name), _) => name.to_owned(),
        (None, Some(code)) => format!("EPSG:{code}"),
        (None, None) => crs.to_string(),
    })
}

#[derive(Deserialize)]
struct Feature<'a> {
    #[serde(borrow, default)]
    properties: Option<Properties<'a>>,
    #[serde(borrow, default)]
    geometry: Option<Geometry<'a>>,
}

impl<'a> Feature<'a> {
    fn with_attributes(self, wanted: &mut Attributes<'_>) -> check::Feature<Option<Geometry<'a>>> {
        let properties = self.properties.map(|all| all.read(|name| wanted.is_of_use(name)));
        let (code, label) = wanted.take(properties.unwrap_or_default());
        check::Feature { code: code.and_then(text), label: label.and_then(text), outline: self.geometry }
    }
}

/// Names and values as they stand in the file.
struct Properties<'a>(Vec<(Name<'a>, &'a RawValue)>);

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl Properties<'_> {
    /// Those that are of use.
    fn read(self, is_of_use: impl Fn(&str) -> bool) -> Map<String, Value> {
        let of_use = self.0.into_iter().filter(|(Name(name), _)| is_of_use(name));
        // A number that is larger than any is none.
        of_use
            .map(|(Name(name), value)| (name.into_owned(), serde_json::from_str(value.get()).unwrap_or_default()))
            .collect()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Properties<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Properties<'a>, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Properties<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Properties<'de>, A::Error> {
                let mut all = Vec::new();
                while let Some(member) = members.next_entry()? {
                    all.push(member);
                }
                Ok(Properties(all))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// A geometry whose coordinates wait as text until the type, which may come after them, is known, and until they are checked.
#[derive(Deserialize)]
struct Geometry<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    coordinates: Option<&'a RawValue>,
}

impl From<Option<Geometry<'_>>> for Outline {
    fn from(geometry: Option<Geometry<'_>>) -> Outline {
        geometry.map_or(Outline::Missing, Geometry::outline)
    }
}

impl Geometry<'_> {
    fn outline(self) -> Outline {
        let text = self.coordinates.map_or("[]", RawValue::get);
        let polygons = match self.kind.as_str() {
            "Polygon" => serde_json::from_str(text).map(|rings| vec![numbers(rings)]),
            "MultiPolygon" => serde_json::from_str(text).map(|parts: Vec<_>| parts.into_iter().map(numbers).collect()),
            _ => return Outline::NotAnArea(self.kind),
        };
        match polygons {
            Ok(polygons) => Outline::Polygons(polygons),
            Err(error) => Outline::Unreadable(without_position(&error)),
        }
    }
}

fn numbers(rings: Vec<Vec<Position>>) -> Vec<Vec<[f64; 2]>> {
    rings.into_iter().map(|ring| ring.into_iter().map(|position| position.0).collect()).collect()
}

/// Longitude and latitude; further numbers (height, measure) are skipped.
pub(crate) struct Position(pub(crate) [f64; 2]);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Position, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Position;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a position of two or more numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Position, A::Error> {
                let too_short = |length| serde::de::Error::invalid_length(length, &self);
                let x = numbers.next_element()?.ok_or_else(|| too_short(0))?;
                let y = numbers.next_element()?.ok_or_else(|| too_short(1))?;
                while numbers.next_element::<f64>()?.is_some() {}
                Ok(Position([x, y]))
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
}

impl<'de> DeserializeSeed<'de> for &mut Collection<'_, 'de> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for &mut Collection<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "type" => self.kind = Some(members.next_value()?),
                "crs" => {
                    let crs = members.next_value()?;
                    self.note_crs(crs);
                }
                "features" => {
                    self.has_features = true;
                    members.next_value_seed(Features(self))?;
                }
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The array of features, each handed on as soon as it is read.
struct Features<'c, 'a, 'f>(&'c mut Collection<'a, 'f>);

impl<'de> DeserializeSeed<'de> for Features<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an array of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        let Collection { wanted, checker, .. } = self.0;
        checker.take_all(|| Ok(features.next_element::<Feature<'de>>()?.map(|feature| feature.with_attributes(wanted))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BoundaryProblem;
    use crate::testing::ring;

    const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[0,50],[0,51],[1,51],[1,50],[0,50]]]}"#;

    fn feature(properties: &str, geometry: &str) -> String {
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    }

    fn collection(features: &[String]) -> String {
        format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
    }

    fn read(file: &str) -> Result<Reading, ReadError> {
        read_geojson(file.as_bytes(), "code", None)
    }

    #[test]
    fn names_and_values_may_be_written_with_escapes() {
        let escaped = feature(r#"{"nam\u0065":"Caf\u00e9","big":1e999,"c\u006fde":"A\t1","code":"A\u0031"}"#, SQUARE);
        let reading = read_geojson(collection(&[escaped]).as_bytes(), "code", Some("name")).unwrap();
        let boundary = &reading.boundaries[0];
        assert_eq!((boundary.code.as_str(), boundary.label.as_deref()), ("A1", Some("Café")));
    }

    #[test]
    fn features_keep_their_order_however_many_there_are() {
        let geometry = |number: usize| if number.is_multiple_of(100) { "null" } else { SQUARE };
        let of = |number: usize| feature(&format!(r#"{{"code":"A{number}"}}"#), geometry(number));
        let features: Vec<String> = (1..=2000).map(of).chain([of(7)]).collect();
        let reading = read(&collection(&features)).unwrap();
        let codes: Vec<&str> = reading.boundaries.iter().map(|boundary| boundary.code.as_str()).collect();
        let expected: Vec<String> =
            (1..=2000).filter(|number| number % 100 != 0).map(|number| format!("A{number}")).collect();
        assert_eq!(codes, expected);
        let missing = (1..=20).map(|hundreds| format!("feature {0} (`A{0}`) has no geometry", hundreds * 100));
        let problems: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        assert_eq!(problems[..20], missing.collect::<Vec<_>>());
        assert!(matches!(&reading.problems[20], BoundaryProblem::DuplicateCode { feature: 2001, first: 7, .. }));
        assert_eq!(reading.problems.len(), 21);
        // What breaks off is an error, whatever was read before.
        let whole = collection(&features);
        assert!(read(&whole[..whole.len() - 20]).is_err());
    }

    /// The problem with a polygon whose only ring is given.
    fn problem(coordinates: &str) -> Option<BoundaryProblem> {
        let geometry = format!(r#"{{"coordinates":[{coordinates}],"type":"Polygon"}}"#);
        let reading = read(&collection(&[feature(r#"{"code":"A"}"#, &geometry)])).unwrap();
        assert_eq!(reading.boundaries.len() + reading.problems.len(), 1);
        reading.problems.into_iter().next()
    }

    #[test]
    fn rings_are_turned_and_labels_and_codes_trimmed() {
        let file = collection(&[
            feature(r#"{"code":" A ","name":" Here "}"#, SQUARE),
            feature(r#"{"code":7,"name":" "}"#, SQUARE),
        ]);
        let with_mark = [b"\xEF\xBB\xBF", file.as_bytes()].concat();
        let reading = read_geojson(&with_mark, "code", Some("name")).unwrap();
        let found: Vec<_> = reading.boundaries.iter().map(|area| (area.code.as_str(), area.label.as_deref())).collect();
        assert_eq!(found, [("A", Some("Here")), ("7", None)]);
        let (s, n, d) = (500_000_000, 510_000_000, 10_000_000);
        assert_eq!(reading.boundaries[0].shape.polygons[0].exterior, ring(&[(0, s), (d, s), (d, n), (0, n)]));
        let same = read_geojson(file.as_bytes(), "code", Some("code")).unwrap();
        assert_eq!(same.boundaries[1].label.as_deref(), Some("7"));
    }

    #[test]
    fn heights_are_skipped_and_open_rings_closed() {
        assert_eq!(problem("[[0,50,12.5],[1,50,9,1],[1,51]]"), None);
    }

    #[test]
    fn every_problem_names_its_feature() {
        let file = collection(&[
            feature(r#"{"code":null}"#, SQUARE),
            feature("null", SQUARE),
            feature(r#"{"code":"A"}"#, SQUARE),
            feature(r#"{"code":"A"}"#, SQUARE),
            feature(r#"{"code":"B"}"#, "null"),
            feature(r#"{"code":"C"}"#, r#"{"type":"MultiPolygon","coordinates":[]}"#),
            feature(r#"{"code":"D"}"#, r#"{"type":"Point","coordinates":[0,50]}"#),
            feature(r#"{"code":"E"}"#, r#"{"type":"GeometryCollection","geometries":[]}"#),
            feature(r#"{"code":"F"}"#, r#"{"type":"Polygon","coordinates":[[["0","50"]]]}"#),
        ]);
        let reading = read(&file).unwrap();
        let messages: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            messages,
            [
                "feature 1 has no code in `code`",
                "feature 2 has no code in `code`",
                "feature 4 has the code `A`, as feature 3 has",
                "feature 5 (`B`) has no geometry",
                "feature 6 (`C`) has no geometry",
                "feature 7 (`D`) is a Point, not a Polygon or MultiPolygon",
                "feature 8 (`E`) is a GeometryCollection, not a Polygon or MultiPolygon",
                "feature 9 (`F`) has coordinates that cannot be read: invalid type: string \"0\", expected f64",
            ]
        );
        assert_eq!(reading.boundaries.len(), 1);
        assert_eq!((reading.problems[2].feature(), reading.problems[2].code()), (4, Some("A")));
    }

    #[test]
    fn coordinates_that_are_not_degrees_are_explained() {
        use BoundaryProblem::{LooksProjected, LooksSwapped, OutOfRange};
        let grid = "[[400000,250000],[400100,250000],[400100,250100],[400000,250000]]";
        assert!(
            matches!(problem(grid), Some(LooksProjected { grid, x: 400_000.0, .. }) if grid.contains("EPSG:27700"))
        );
        let mercator = "[[-247000,6830000],[-247000,6830100],[-246000,6830100],[-247000,6830000]]";
        assert!(matches!(problem(mercator), Some(LooksProjected { grid, .. }) if grid.contains("EPSG:3857")));
        let worcester = "[[52.19,-2.22],[52.2,-2.22],[52.2,-2.2],[52.19,-2.22]]";
        assert!(matches!(problem(worcester), Some(LooksSwapped { .. })));
        let sydney = "[[-33.8,151.2],[-33.9,151.2],[-33.9,151.3],[-33.8,151.2]]";
        assert!(matches!(problem(sydney), Some(LooksSwapped { .. })));
        assert!(matches!(problem("[[0,50],[1,50],[200,300],[0,50]]"), Some(OutOfRange { x: 200.0, y: 300.0, .. })));
        let seychelles = "[[55.4,-4.6],[55.5,-4.6],[55.5,-4.7],[55.4,-4.6]]";
        assert_eq!(problem(seychelles), None);
    }

    #[test]
    fn rings_that_enclose_nothing_are_named_and_a_hole_goes_alone() {
        let tiny = "[[0,50],[0.00000001,50],[0.00000001,50.00000001],[0,50]]";
        assert!(matches!(problem(tiny), Some(BoundaryProblem::RingsWithoutArea { .. })));
        assert!(matches!(problem("[[0,50],[1,51],[0,50]]"), Some(BoundaryProblem::RingsWithoutArea { .. })));
        assert!(matches!(problem("[]"), Some(BoundaryProblem::RingsWithoutArea { .. })));
        let geometry = format!(r#"{{"type":"Polygon","coordinates":[[[0,50],[1,50],[1,51],[0,50]],{tiny}]}}"#);
        let reading = read(&collection(&[feature(r#"{"code":"A"}"#, &geometry)])).unwrap();
        assert_eq!(reading.problems, []);
        assert_eq!(
            reading.repairs[0].to_string(),
            "feature 1 (`A`) has a ring that encloses nothing, number 2, which is left out"
        );
        assert_eq!(reading.boundaries[0].shape.polygons[0].holes.len(), 0);
    }

    #[test]
    fn files_that_cannot_be_used_say_why() {
        let message = |file: &str| read(file).unwrap_err().to_string();
        assert_eq!(message("{\n \"type\": oops }"), "not JSON at line 2, column 10: expected value");
        assert!(message(r#"{"type":"FeatureCollection","features":["#).starts_with("not JSON at line 1, column 40"));
        assert!(message(&format!("{} x", collection(&[]))).starts_with("not JSON"));
        assert_eq!(
            message("[]"),
            "not GeoJSON at line 1, column 0: invalid type: sequence, expected a FeatureCollection"
        );
        assert!(message(r#"{"type":"FeatureCollection","features":[7]}"#).starts_with("not GeoJSON at line 1"));
        let other = "the file holds a `Topology`, not a `FeatureCollection`";
        assert_eq!(message(r#"{"type":"Topology","objects":{}}"#), other);
        assert_eq!(message(&collection(&[])), "the file has no features");
        let no_code = collection(&[feature(r#"{"LSOA11NM":"x","LSOA11CD":"y"}"#, SQUARE)]);
        assert_eq!(message(&no_code), "no feature has the attribute `code`; there is `LSOA11CD`, `LSOA11NM`");
        let coded = collection(&[feature(r#"{"code":"A"}"#, SQUARE)]);
        let no_label = read_geojson(coded.as_bytes(), "code", Some("name")).unwrap_err();
        assert!(matches!(no_label, ReadError::NoSuchAttribute { attribute, .. } if attribute == "name"));
        assert_eq!(
            message(&collection(&[feature("null", SQUARE)])),
            "no feature has the attribute `code`; there is none"
        );
    }

    #[test]
    fn deep_nesting_is_an_error() {
        let deep = "[".repeat(1_000_000);
        assert!(matches!(read(&deep), Err(ReadError::NotGeoJson { .. })));
        let in_properties = collection(&[feature(&format!(r#"{{"code":{deep}"#), "null")]);
        assert!(matches!(read(&in_properties), Err(ReadError::NotJson { .. })));
        let nested = format!("{deep}{}", "]".repeat(1_000_000));
        assert!(matches!(problem(&nested), Some(BoundaryProblem::UnreadableCoordinates { .. })));
    }

    #[test]
    fn longitude_and_latitude_go_by_many_names() {
        let crs = |member: &str| {
            let file = collection(&[feature(r#"{"code":"A"}"#, SQUARE)]);
            read(&file.replacen('{', &format!(r#"{{"crs":{member},"#), 1)).map(|reading| reading.boundaries.len())
        };
        let named = |name: &str| crs(&format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#));
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "OGC:CRS84",
            "EPSG:4326",
            "epsg:4326",
            "urn:ogc:def:crs:EPSG::4326",
            "urn:ogc:def:crs:EPSG:8.8:4326",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "http://www.opengis.net/gml/srs/epsg.xml#4326",
            "WGS 84",
        ] {
            assert_eq!(named(name), Ok(1), "{name}");
        }
        assert_eq!(crs("null"), Ok(1));
        assert_eq!(crs(r#"{"type":"EPSG","properties":{"code":4326}}"#), Ok(1));
        let grid = Err(ReadError::UnsupportedCrs { name: "urn:ogc:def:crs:EPSG::27700".to_owned() });
        assert_eq!(named("urn:ogc:def:crs:EPSG::27700"), grid);
        assert_eq!(crs(r#"{"type":"link"}"#), Err(ReadError::UnsupportedCrs { name: r#"{"type":"link"}"#.to_owned() }));
    }
}
