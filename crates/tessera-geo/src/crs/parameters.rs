//! What the parameters of a definition, as the library PROJ writes them, say about a system.

const AIRY_1830_SEMI_MAJOR: f64 = 6_377_563.396;

/// The `+key=value` pairs of a definition.
pub(super) struct Parameters<'a>(pub(super) &'a str);

impl<'a> Parameters<'a> {
    fn text(&self, key: &str) -> Option<&'a str> {
        let pairs = self.0.split_whitespace().filter_map(|pair| pair.strip_prefix('+')?.split_once('='));
        pairs.filter(|(name, _)| *name == key).map(|(_, value)| value).next_back()
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.text(key)?.parse().ok()
    }

    /// Whether a number is there and near to a value; one that is not there counts as `absent`.
    fn is_near(&self, key: &str, value: f64, tolerance: f64, absent: f64) -> bool {
        (self.number(key).unwrap_or(absent) - value).abs() <= tolerance
    }

    fn is_airy_1830(&self) -> bool {
        self.text("datum") == Some("OSGB36")
            || self.text("ellps") == Some("airy")
            || self.is_near("a", AIRY_1830_SEMI_MAJOR, 1.0, 0.0)
    }

    /// The constants are compared with some tolerance: files carry them rounded, and there is no other system near.
    pub(super) fn are_national_grid(&self) -> bool {
        let scale = if self.text("k_0").is_some() { "k_0" } else { "k" };
        self.text("proj") == Some("tmerc")
            && self.is_airy_1830()
            && matches!(self.text("units"), None | Some("m"))
            && self.is_near("to_meter", 1.0, 1e-9, 1.0)
            && self.is_near("lat_0", 49.0, 1e-6, 0.0)
            && self.is_near("lon_0", -2.0, 1e-6, 0.0)
            && self.is_near(scale, 0.999_601_271_7, 2e-6, 1.0)
            && self.is_near("x_0", 400_000.0, 1.0, 0.0)
            && self.is_near("y_0", -100_000.0, 1.0, 0.0)
    }

    pub(super) fn are_wgs84(&self) -> bool {
        let has_shift = |shift: &str| shift.split(',').any(|part| part.trim().parse() != Ok(0.0));
        let is_wgs84_datum = self.text("datum") == Some("WGS84") || self.text("towgs84").is_some();
        self.text("proj") == Some("longlat")
            && is_wgs84_datum
            && !self.text("towgs84").is_some_and(has_shift)
            && (matches!(self.text("datum"), Some("WGS84" | "NAD83"))
                || matches!(self.text("ellps"), Some("WGS84" | "GRS80"))
                || self.is_near("a", 6_378_137.0, 0.01, 0.0))
            && matches!(self.text("pm"), None | Some("0" | "greenwich"))
    }

    /// Why converted places would be far off.
    pub(super) fn obstacle(&self) -> Option<&'static str> {
        let grids = self.text("nadgrids");
        if grids.is_some_and(|grids| grids != "@null") || self.text("datum") == Some("NAD27") {
            return Some("its datum needs a grid of shifts that is not here");
        }
        if self.is_airy_1830() {
            return Some("its datum, OSGB36, is supported on the British National Grid (EPSG:27700) only");
        }
        if self.text("datum").is_none() && self.text("towgs84").is_none() && grids.is_none() {
            return Some("the shift from its datum to WGS 84 is not given");
        }
        None
    }
}
