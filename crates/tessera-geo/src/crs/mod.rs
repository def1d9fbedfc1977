//! Coordinate reference systems: what the numbers of a boundary file mean, and the places that they stand for.
//!
//! - The **British National Grid** (EPSG:27700) goes through OSTN15, Ordnance Survey's definitive transformation
//!   (*Transformations and OSGM15 User Guide*, v1.3), by the crate `lonlat_bng`: about 0.1 m with respect to the
//!   published control points, where the usual seven parameters are up to 3 m off.
//! - Other systems go through `proj4rs`, by the definitions of `crs-definitions` for EPSG codes and of `proj4wkt` for
//!   well-known text. Their accuracy is that of the seven parameters in those definitions. Systems whose shift to
//!   WGS 84 is not known, or needs a grid that is not here, are refused rather than left a hundred metres off.
//! - ETRS89, and other datums that are WGS 84 but for plate motion, are taken as WGS 84: the difference was 0.6 m in
//!   Britain in 2015 and grows by 2.5 cm a year.

mod error;
mod parameters;
mod wkt;

use std::sync::Arc;

use proj4rs::Proj;

use crate::place::Place;

pub use error::{CrsError, UnknownCrs};
use parameters::Parameters;
use wkt::WktOutline;

/// What the two numbers of a position mean. The first is always the easting or longitude, as in GeoJSON, WKB and
/// shapefiles, whatever order of axes the definition of the system gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Crs {
    /// Longitude and latitude in degrees.
    Wgs84,
    /// Metres on the British National Grid, EPSG:27700.
    BritishNationalGrid,
    /// A system that is defined by parameters.
    Other(Projection),
}

/// A system that is defined by parameters: a map projection and a datum.
#[derive(Clone)]
pub struct Projection {
    name: String,
    definition: String,
    systems: Arc<Systems>,
}

struct Systems {
    from: Proj,
    wgs84: Proj,
}

/// Extent of OSTN15 in metres.
const OSTN15_EASTINGS: std::ops::RangeInclusive<f64> = 0.0..=700_000.0;
const OSTN15_NORTHINGS: std::ops::RangeInclusive<f64> = 0.0..=1_250_000.0;

impl Crs {
    /// A system by its name: an EPSG code as `EPSG:27700`, `27700`, `urn:ogc:def:crs:EPSG::27700` or
    /// `http://www.opengis.net/def/crs/EPSG/0/27700`; `OGC:CRS84` and `urn:ogc:def:crs:OGC:1.3:CRS84`; common names of
    /// WGS 84 and of the National Grid; or well-known text.
    ///
    /// # Errors
    ///
    /// [`UnknownCrs`] when the name is not known, or the system cannot be converted well.
    ///
    /// ```
    /// use tessera_geo::Crs;
    ///
    /// assert_eq!(Crs::from_name("urn:ogc:def:crs:EPSG::27700"), Ok(Crs::BritishNationalGrid));
    /// assert_eq!(Crs::from_name("OGC:CRS84"), Ok(Crs::Wgs84));
    /// assert!(Crs::from_name("Mercator's own").is_err());
    /// ```
    pub fn from_name(name: &str) -> Result<Crs, UnknownCrs> {
        let name = name.trim();
        if name.contains('[') {
            return Crs::from_wkt(name);
        }
        let upper = name.to_ascii_uppercase();
        let letters: String = upper.chars().filter(char::is_ascii_alphanumeric).collect();
        match letters.as_str() {
            "WGS84" | "GCSWGS1984" | "ETRS89" | "GCSETRS1989" => return Ok(Crs::Wgs84),
            "BRITISHNATIONALGRID" | "OSGB1936BRITISHNATIONALGRID" | "OSGB36BRITISHNATIONALGRID" => {
                return Ok(Crs::BritishNationalGrid);
            }
            _ => {}
        }
        let unknown = || UnknownCrs::NotRecognised { name: beginning(name) };
        let parts: Vec<&str> = upper.split([':', '/', '#', '.']).collect();
        let last = parts.last().copied().unwrap_or_default();
        if matches!(last, "CRS84" | "CRS84H") {
            return Ok(Crs::Wgs84);
        }
        if parts.contains(&"ESRI") && matches!(last, "102100" | "102113") {
            return Crs::from_epsg(3857);
        }
        match last.parse() {
            Ok(code) if parts.len() == 1 || parts.contains(&"EPSG") => Crs::from_epsg(code),
            _ => Err(unknown()),
        }
    }

    /// A system by its code in the EPSG registry.
    ///
    /// # Errors
    ///
    /// As for [`Crs::from_name`].
    pub fn from_epsg(code: u32) -> Result<Crs, UnknownCrs> {
        let name = format!("EPSG:{code}");
        match code {
            // With or without heights; ETRS89 and WGS 84 alike.
            4326 | 4979 | 4258 | 4937 => return Ok(Crs::Wgs84),
            27700 | 7405 => return Ok(Crs::BritishNationalGrid),
            _ => {}
        }
        let definition = u16::try_from(code).ok().and_then(crs_definitions::from_code);
        let definition = definition.ok_or_else(|| UnknownCrs::NotRecognised { name: name.clone() })?;
        Crs::from_definition(name, definition.proj4)
    }

    /// A system by well-known text, as in a `.prj` file: WKT 1 as ESRI or OGC write it, or WKT 2.
    ///
    /// The text of the National Grid is recognised by its parameters, since ESRI's carries no EPSG code.
    ///
    /// # Errors
    ///
    /// As for [`Crs::from_name`].
    ///
    /// ```
    /// use tessera_geo::Crs;
    ///
    /// let prj = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",
    ///     SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],
    ///     PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],
    ///     PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],
    ///     PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]"#;
    /// assert_eq!(Crs::from_wkt(prj), Ok(Crs::BritishNationalGrid));
    /// ```
    pub fn from_wkt(text: &str) -> Result<Crs, UnknownCrs> {
        let text = text.trim_start_matches('\u{feff}').trim();
        let unknown = || UnknownCrs::NotRecognised { name: beginning(text) };
        let outline = WktOutline::of(text).ok_or_else(unknown)?;
        let by_code = outline.epsg.map(Crs::from_epsg);
        if let Some(Ok(crs)) = by_code {
            return Ok(crs);
        }
        let definition = proj4wkt::wkt_to_projstring(text).map_err(|_| unknown())?;
        Crs::from_definition(outline.name.unwrap_or_else(|| beginning(text)), &definition)
    }

    /// The place that a position stands for; first easting or longitude, then northing or latitude.
    ///
    /// # Errors
    ///
    /// [`CrsError`] when there is no such place, or it is not known where it is.
    ///
    /// ```
    /// use tessera_geo::{Crs, Place};
    ///
    /// // Ordnance Survey's test point TP12.
    /// let place = Crs::BritishNationalGrid.to_place(389544.190, 261912.153)?;
    /// assert_eq!(place, Place::from_degrees(-2.1545861, 52.2552938).unwrap());
    /// # Ok::<(), tessera_geo::CrsError>(())
    /// ```
    pub fn to_place(&self, x: f64, y: f64) -> Result<Place, CrsError> {
        match self {
            Crs::Wgs84 => Place::from_degrees(x, y).ok_or(CrsError::NotDegrees { x, y }),
            Crs::BritishNationalGrid => {
                let outside = || CrsError::OutsideOstn15 { easting: x, northing: y };
                if !(OSTN15_EASTINGS.contains(&x) && OSTN15_NORTHINGS.contains(&y)) {
                    return Err(outside());
                }
                let (lon, lat) = lonlat_bng::convert_osgb36_to_ll(x, y).map_err(|_| outside())?;
                Place::from_degrees(lon, lat).ok_or_else(outside)
            }
            Crs::Other(projection) => projection.to_place(x, y),
        }
    }

    /// Whether positions are degrees rather than lengths on a map.
    #[must_use]
    pub fn is_geographic(&self) -> bool {
        match self {
            Crs::Wgs84 => true,
            Crs::BritishNationalGrid => false,
            Crs::Other(projection) => projection.systems.from.is_latlong(),
        }
    }

    /// A system by a definition as the library PROJ writes it.
    fn from_definition(name: String, definition: &str) -> Result<Crs, UnknownCrs> {
        let parameters = Parameters(definition);
        if parameters.are_national_grid() {
            return Ok(Crs::BritishNationalGrid);
        }
        if let Some(reason) = parameters.obstacle() {
            return Err(UnknownCrs::NotUsable { name, reason: reason.to_owned() });
        }
        if parameters.are_wgs84() {
            return Ok(Crs::Wgs84);
        }
        let not_usable = |error: proj4rs::errors::Error| UnknownCrs::NotUsable {
            name: name.clone(),
            reason: format!("its projection is not supported ({error})"),
        };
        let from = Proj::from_proj_string(definition).map_err(not_usable)?;
        let wgs84 = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").map_err(not_usable)?;
        if !from.has_inverse() {
            return Err(not_usable(proj4rs::errors::Error::NoInverseProjectionDefined));
        }
        let definition = definition.to_owned();
        Ok(Crs::Other(Projection { name, definition, systems: Arc::new(Systems { from, wgs84 }) }))
    }
}

impl std::fmt::Display for Crs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Crs::Wgs84 => "WGS 84 (EPSG:4326)",
            Crs::BritishNationalGrid => "the British National Grid (EPSG:27700)",
            Crs::Other(projection) => &projection.name,
        })
    }
}

impl Projection {
    /// The name that the system was found by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its definition as the library PROJ writes it, such as `+proj=utm +zone=30 +datum=WGS84 +units=m +no_defs`.
    #[must_use]
    pub fn definition(&self) -> &str {
        &self.definition
    }

    fn to_place(&self, x: f64, y: f64) -> Result<Place, CrsError> {
        let outside = || CrsError::OutsideProjection { x, y, name: self.name.clone() };
        if !(x.is_finite() && y.is_finite()) {
            return Err(outside());
        }
        let Systems { from, wgs84 } = &*self.systems;
        let mut point = if from.is_latlong() { (x.to_radians(), y.to_radians(), 0.0) } else { (x, y, 0.0) };
        proj4rs::transform::transform(from, wgs84, &mut point).map_err(|_| outside())?;
        Place::from_degrees(point.0.to_degrees(), point.1.to_degrees()).ok_or_else(outside)
    }
}

impl PartialEq for Projection {
    fn eq(&self, other: &Projection) -> bool {
        self.definition == other.definition
    }
}

impl std::fmt::Debug for Projection {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Projection({}: {})", self.name, self.definition)
    }
}

/// A name for a message: at most 60 characters.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESRI: &str = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]"#;

    /// Metres on the sphere between two places that are near to each other.
    fn metres(a: Place, b: Place) -> f64 {
        let (east, north) = (f64::from(a.lon - b.lon), f64::from(a.lat - b.lat));
        let shrink = (f64::from(a.lat) / 1e7).to_radians().cos();
        (east * shrink).hypot(north) * 1e-7_f64.to_radians() * 6_371_008.8
    }

    #[track_caller]
    fn check(name: &str, x: f64, y: f64, lon: f64, lat: f64, tolerance_m: f64) {
        let place = Crs::from_name(name).unwrap().to_place(x, y).unwrap();
        let distance = metres(place, Place::from_degrees(lon, lat).unwrap());
        assert!(distance <= tolerance_m, "{name}: {distance} m from {lon}, {lat}");
    }

    /// Eastings and northings, then latitude and longitude, of Ordnance Survey's test points: the files
    /// `OSTN15_OSGM15_TestInput_OSGBtoETRS` and `OSTN15_OSGM15_TestInput_ETRStoOSGB` of its OSTN15 developer pack.
    #[test]
    fn ordnance_survey_test_points_agree_within_a_centimetre() {
        for (easting, northing, latitude, longitude) in [
            (91_492.146, 11_318.804, 49.922_263_94, -6.299_777_52), // TP01, Isles of Scilly
            (438_710.92, 114_792.25, 50.931_279_38, -1.450_514_337), // TP05
            (639_821.835, 169_565.858, 51.374_470_26, 1.444_547_304), // TP07
            (530_624.974, 178_388.464, 51.489_365_65, -0.119_925_572), // TP09, London
            (389_544.19, 261_912.153, 52.255_293_82, -2.154_586_144), // TP12, Worcestershire
            (454_002.834, 340_834.943, 52.962_191_09, -1.197_476_559), // TP15
            (227_778.33, 468_847.388, 54.086_663_18, -4.634_521_682), // TP21, Isle of Man
            (319_188.434, 670_947.534, 55.924_782_66, -3.294_792_193), // TP27
            (9_587.906, 899_449.0, 57.813_518_38, -8.578_544_561),  // TP31, St Kilda
            (395_999.668, 1_138_728.951, 60.133_080_92, -2.073_828_228), // TP40, Shetland
        ] {
            check("EPSG:27700", easting, northing, longitude, latitude, 0.012);
        }
    }

    /// Positions outside what OSTN15 covers are an error and nothing else, however far.
    #[test]
    fn places_outside_ostn15_are_named() {
        for (x, y) in [
            (-2.22, 52.19),
            (-1.0, 250_000.0),
            (700_001.0, 250_000.0),
            (400_000.0, 1_250_000.1),
            (400_000.0, -0.1),
            (3e9, 3e9),
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
        ] {
            let error = Crs::BritishNationalGrid.to_place(x, y).unwrap_err();
            assert!(matches!(error, CrsError::OutsideOstn15 { .. }), "{x} {y}");
        }
        let message = Crs::BritishNationalGrid.to_place(-5.0, 1.5).unwrap_err().to_string();
        assert_eq!(message, "-5, 1.5 lies outside OSTN15, the transformation of the British National Grid");
    }

    #[test]
    fn longitude_and_latitude_go_by_many_names() {
        for name in [
            "urn:ogc:def:crs:OGC:1.3:CRS84",
            "urn:ogc:def:crs:OGC::CRS84",
            "OGC:CRS84",
            "EPSG:4326",
            "epsg:4326",
            " 4326 ",
            "urn:ogc:def:crs:EPSG::4326",
            "urn:ogc:def:crs:EPSG:8.8:4326",
            "http://www.opengis.net/def/crs/EPSG/0/4326",
            "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
            "http://www.opengis.net/gml/srs/epsg.xml#4326",
            "WGS 84",
            "WGS84",
            "EPSG:4258",
            "ETRS89",
            r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#,
            r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#,
            r#"GEOGCRS["WGS 84",DATUM["World Geodetic System 1984",ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],CS[ellipsoidal,2],AXIS["geodetic latitude (Lat)",north,ORDER[1],ANGLEUNIT["degree",0.0174532925199433]],AXIS["geodetic longitude (Lon)",east,ORDER[2],ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4326]]"#,
        ] {
            assert_eq!(Crs::from_name(name), Ok(Crs::Wgs84), "{name}");
        }
    }

    #[test]
    fn the_national_grid_is_known_by_code_by_name_and_by_its_parameters() {
        let changed = |from: &str, to: &str| {
            assert!(ESRI.contains(from));
            ESRI.replace(from, to)
        };
        for name in [
            "EPSG:27700",
            "27700",
            "urn:ogc:def:crs:EPSG::27700",
            "https://www.opengis.net/def/crs/EPSG/0/27700",
            "EPSG:7405",
            "British_National_Grid",
            "OSGB 1936 / British National Grid",
            "OSGB36 / British National Grid",
            ESRI,
            &format!("\u{feff}{ESRI}\r\n"),
            &changed("British_National_Grid", "some export"),
            &changed("0.9996012717", "0.999601272"),
            &changed("0.9996012717", "0.9996"),
            &changed("-100000.0", "-99999.9999999"),
            &changed("6377563.396,299.3249646", "6377563.3961,299.32496127"),
            r#"PROJCS["OSGB 1936 / British National Grid",GEOGCS["OSGB 1936",DATUM["OSGB_1936",SPHEROID["Airy 1830",6377563.396,299.3249646,AUTHORITY["EPSG","7001"]],TOWGS84[446.448,-125.157,542.06,0.15,0.247,0.842,-20.489],AUTHORITY["EPSG","6277"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",49],PARAMETER["central_meridian",-2],PARAMETER["scale_factor",0.9996012717],PARAMETER["false_easting",400000],PARAMETER["false_northing",-100000],UNIT["metre",1]]"#,
            r#"PROJCRS["OSGB36 / British National Grid",BASEGEOGCRS["OSGB36",DATUM["Ordnance Survey of Great Britain 1936",ELLIPSOID["Airy 1830",6377563.396,299.3249646,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]],ID["EPSG",4277]],CONVERSION["British National Grid",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",49,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8801]],PARAMETER["Longitude of natural origin",-2,ANGLEUNIT["degree",0.0174532925199433],ID["EPSG",8802]],PARAMETER["Scale factor at natural origin",0.9996012717,SCALEUNIT["unity",1],ID["EPSG",8805]],PARAMETER["False easting",400000,LENGTHUNIT["metre",1],ID["EPSG",8806]],PARAMETER["False northing",-100000,LENGTHUNIT["metre",1],ID["EPSG",8807]]],CS[Cartesian,2],AXIS["(E)",east,ORDER[1],LENGTHUNIT["metre",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["metre",1]]]"#,
        ] {
            assert_eq!(Crs::from_name(name), Ok(Crs::BritishNationalGrid), "{name}");
        }
        for other in [changed("-100000.0", "0.0"), changed(r#"["Meter",1.0]"#, r#"["Foot",0.3048]"#)] {
            assert!(matches!(Crs::from_wkt(&other), Err(UnknownCrs::NotUsable { .. })), "{other}");
        }
    }

    /// Against the projection's own formula, and the origins that definitions name.
    #[test]
    fn other_systems_are_converted() {
        // Web Mercator: x = a·λ, y = a·atanh(sin φ).
        let (lon, lat) = (-2.22_f64, 52.19_f64);
        let (x, y) = (6_378_137.0 * lon.to_radians(), 6_378_137.0 * lat.to_radians().sin().atanh());
        for name in ["EPSG:3857", "ESRI:102100"] {
            check(name, x, y, lon, lat, 0.01);
        }
        check(
            r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#,
            x,
            y,
            lon,
            lat,
            0.01,
        );
        // The origins of projections stand where their definitions put them.
        check("EPSG:32630", 500_000.0, 0.0, -3.0, 0.0, 0.01);
        check("EPSG:2157", 600_000.0, 750_000.0, -8.0, 53.5, 0.01);
        check("EPSG:2154", 700_000.0, 6_600_000.0, 3.0, 46.5, 0.01);
    }

    #[test]
    fn systems_that_would_be_far_off_are_refused() {
        let message = |name: &str| Crs::from_name(name).unwrap_err().to_string();
        assert_eq!(
            message("EPSG:4277"),
            "the coordinate reference system `EPSG:4277` cannot be used: its datum, OSGB36, is supported on the \
             British National Grid (EPSG:27700) only"
        );
        assert!(message("EPSG:4267").ends_with("needs a grid of shifts that is not here"));
        let irish = r#"PROJCS["TM65_Irish_Grid",GEOGCS["GCS_TM65",DATUM["D_TM65",SPHEROID["Airy_Modified",6377340.189,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",200000.0],PARAMETER["False_Northing",250000.0],PARAMETER["Central_Meridian",-8.0],PARAMETER["Scale_Factor",1.000035],PARAMETER["Latitude_Of_Origin",53.5],UNIT["Meter",1.0]]"#;
        assert_eq!(
            message(irish),
            "the coordinate reference system `TM65_Irish_Grid` cannot be used: the shift from its datum to WGS 84 is \
             not given"
        );
    }

    #[test]
    fn nonsense_is_an_error() {
        for name in [
            "",
            ":",
            "EPSG:",
            "EPSG:1",
            "EPSG:99999999999999",
            "nonsense",
            "12345:6",
            "IGNF:4326",
            "[",
            "]",
            "\"",
            "PROJCS[",
            "PROJCS[\"x",
            "PROJCS[]",
            "GEOGCS[\"ü\",]",
            "AUTHORITY[\"EPSG\",\"27700\"]",
            "LOCAL_CS[\"x\"]",
            &"A[".repeat(20_000),
            &format!("{}{}", "A[".repeat(20_000), "]".repeat(20_000)),
            &"x".repeat(1 << 17),
        ] {
            let error = Crs::from_name(name).unwrap_err();
            assert!(error.to_string().len() < 300, "{error}");
        }
    }
}
