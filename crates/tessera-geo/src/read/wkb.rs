//! Well-known binary (OGC 06-103r4, *Simple Features*), as GeoPackage and GeoParquet hold it.

use geozero::error::{GeozeroError, Result};
use geozero::wkb::{WkbDialect, process_wkb_type_geom};
use geozero::{CoordDimensions, GeomProcessor};

use crate::check::Outline;

/// The outline in a blob of either dialect; heights and measures are left out.
pub(super) fn outline(mut blob: &[u8], dialect: WkbDialect) -> Outline {
    let mut rings = Rings::default();
    match process_wkb_type_geom(&mut blob, &mut rings, dialect) {
        Ok(()) => Outline::Polygons(rings.polygons),
        Err(_) if rings.other.is_some() => Outline::NotAnArea(rings.other.unwrap_or_default().to_owned()),
        Err(GeozeroError::IoError(_)) => Outline::Unreadable("the binary geometry breaks off".to_owned()),
        Err(_) => Outline::Unreadable("the binary geometry is of a type that is not known".to_owned()),
    }
}

/// Collects polygons, and stops at whatever is none: collections within collections would have the parser call
/// itself without end.
#[derive(Default)]
struct Rings {
    polygons: Vec<Vec<Vec<[f64; 2]>>>,
    other: Option<&'static str>,
}

impl Rings {
    fn refuse(&mut self, kind: &'static str) -> Result<()> {
        self.other = Some(kind);
        Err(GeozeroError::GeometryFormat)
    }
}

impl GeomProcessor for Rings {
    fn dimensions(&self) -> CoordDimensions {
        CoordDimensions::xy()
    }

    fn xy(&mut self, x: f64, y: f64, _: usize) -> Result<()> {
        if let Some(ring) = self.polygons.last_mut().and_then(|polygon| polygon.last_mut()) {
            ring.push([x, y]);
        }
        Ok(())
    }

    fn polygon_begin(&mut self, _: bool, _: usize, _: usize) -> Result<()> {
        self.polygons.push(Vec::new());
        Ok(())
    }

    fn linestring_begin(&mut self, tagged: bool, _: usize, _: usize) -> Result<()> {
        match self.polygons.last_mut() {
            Some(polygon) if !tagged => {
                polygon.push(Vec::new());
                Ok(())
            }
            _ => self.refuse("LineString"),
        }
    }

    fn point_begin(&mut self, _: usize) -> Result<()> {
        self.refuse("Point")
    }

    fn empty_point(&mut self, _: usize) -> Result<()> {
        self.refuse("Point")
    }

    fn multipoint_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("MultiPoint")
    }

    fn multilinestring_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("MultiLineString")
    }

    fn geometrycollection_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("GeometryCollection")
    }

    fn circularstring_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("CircularString")
    }

    fn compoundcurve_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("CompoundCurve")
    }

    fn curvepolygon_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("CurvePolygon")
    }

    fn multicurve_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("MultiCurve")
    }

    fn multisurface_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("MultiSurface")
    }

    fn triangle_begin(&mut self, _: bool, _: usize, _: usize) -> Result<()> {
        self.refuse("Triangle")
    }

    fn polyhedralsurface_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("PolyhedralSurface")
    }

    fn tin_begin(&mut self, _: usize, _: usize) -> Result<()> {
        self.refuse("TIN")
    }
}
