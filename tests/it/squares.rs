//! An atlas small enough to be worked out by hand, with everything in it that is rare or hostile.
//!
//! ```text
//!   53.2  +----+----+
//!         | NW | NE |      halves: WEST = NW + SW, EAST = NE + SE
//!   53.1  +----+----+      country: a comparator without shape
//!         | SW | SE |
//!   53.0  +----+----+
//!       -1.0 -0.9  -0.8
//! ```

use std::fs;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;

use crate::harness::{Server, project};

/// Names that a page, a table or a terminal might take for something else than text.
pub(crate) const NE: &str = "North\u{202e}tsae \u{200f}\u{5e6}\u{5e4}\u{5d5}\u{5df}";
pub(crate) const NW: &str = "\"North\", west; 'co'";
pub(crate) const SE: &str = "=1+1";
pub(crate) const SW: &str = "<script>alert(\"1\")</script> & </h1>";

/// Every code with its name, in the fixed order.
pub(crate) const SQUARES: [(&str, &str); 4] = [("NE", NE), ("NW", NW), ("SE", SE), ("SW", SW)];

/// A folder with an atlas in it that goes away with this value and the servers of it.
#[derive(Clone)]
pub(crate) struct Folder(Arc<TempDir>);

impl Folder {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Folder {
        Folder(Arc::new(TempDir::new().unwrap()))
    }

    /// An atlas that stands in the project, at a path there.
    pub(crate) fn copy_of(path: &str) -> Folder {
        let folder = Folder::empty();
        for file in std::fs::read_dir(project().join(path)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), folder.path().join(file.file_name())).unwrap();
        }
        folder
    }

    /// The atlas of the four squares.
    pub(crate) fn squares() -> Folder {
        let folder = Folder::empty();
        folder.write("atlas.toml", ATLAS);
        folder.write("squares.geojson", &boundaries());
        folder.write("local-names.csv", "area_code,local_name\nSE,@Gorse Hill\n");
        folder.write("halves.csv", "square,half,name\nNW,WEST,West\nSW,WEST,West\nNE,EAST,East\nSE,EAST,East\n");
        folder.write("country.csv", "square,country\nNW,C\nSW,C\nNE,C\nSE,C\n");
        folder.write("values.csv", VALUES);
        folder.write("tenths.csv", "code,tenth\nSW,1\nSE,1\nNW,5\nNE,10\n");
        folder.write("country-values.csv", "code,need\nC,21.7\n");
        folder.write("visits.csv", "code,visits,visitors\nNE,31337,4\nNW,31337,5\nSE,31337,6\nSW,31337,7\n");
        folder.write(
            "notes.csv",
            "area_code,indicator,period,note\nSW,,,<b>Flooded</b> in 2019\nSW,thefts,2019,Counted twice\n",
        );
        folder
    }

    /// The atlas of the four squares with all that may stand beside areas: clusters that overlap (`quarter`: the NORTH, and
    /// ALL but SE), places of schools, postcodes and targets.
    pub(crate) fn with_extras() -> Folder {
        let folder = Folder::squares();
        folder.append("atlas.toml", EXTRAS);
        folder.write(
            "quarters.csv",
            "area_code,cluster_code,cluster_name\nNW,NORTH,North side\nNE,NORTH,North side\nNW,ALL,<b>Most</b>\nNE,ALL,<b>Most</b>\nSW,ALL,<b>Most</b>\n",
        );
        folder.write(
            "schools.csv",
            "name,lon,lat,phase,head\n<i>Old</i> School,-0.95,53.05,<b>Primary</b>,Ann\nNew School,-0.85,53.15,,Bob\nFar School,-3,51,,\n",
        );
        // The second lies in NE, and is allocated to NW all the same.
        folder.write("postcodes.csv", "pcds,sq,lat,long\nAB1 1AA,SW,53.05,-0.95\nAB1 1AB,NW,53.15,-0.85\n");
        folder.write(
            "targets.csv",
            "area_code,indicator,period,target,baseline,tolerance\nSW,thefts,2019,9,12,2\nSE,thefts,2019,25,,\nEAST,thefts,2019,15,,1\n",
        );
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// The path as the command line takes it.
    pub(crate) fn argument(&self) -> &str {
        self.path().to_str().unwrap()
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.path().join(file), text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    /// Replaces a text that must stand in a file.
    pub(crate) fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} holds no `{from}`");
        self.write(file, &text.replacen(from, to, 1));
    }

    pub(crate) fn append(&self, file: &str, text: &str) {
        self.write(file, &(self.read(file) + text));
    }

    pub(crate) fn serve(&self) -> Server {
        Server::start(self.path()).keeping(self.0.clone())
    }

    pub(crate) fn serve_with(&self, arguments: &[&str]) -> Server {
        Server::start_with(self.path(), arguments).keeping(self.0.clone())
    }
}

/// The four squares served, with their folder.
pub(crate) fn serve() -> (Server, Folder) {
    let folder = Folder::squares();
    (folder.serve(), folder)
}

fn boundaries() -> String {
    let feature = |code: &str, name: &str, west: f64, south: f64| {
        let (east, north) = (west + 1.0, south + 1.0);
        let position = |x: f64, y: f64| serde_json::json!([(x - 10.0) / 10.0, (y + 530.0) / 10.0]);
        // Clockwise, as agencies publish them: what is served must be the other way round.
        let ring = [
            position(west, south),
            position(west, north),
            position(east, north),
            position(east, south),
            position(west, south),
        ];
        serde_json::json!({ "type": "Feature", "properties": { "code": code, "name": name },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
    };
    let features = [
        feature("SW", SW, 0.0, 0.0),
        feature("SE", SE, 1.0, 0.0),
        feature("NW", NW, 0.0, 1.0),
        feature("NE", NE, 1.0, 1.0),
    ];
    serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string()
}

const VALUES: &str = "\
code,residents,need,unweighted,place,sort,thefts,share,share low,share high
SW,1000,10,1.5,1,1,10,12.5,10,15
SE,2000,20,2.5,2,2,40,[c],[c],[c]
NW,1000,20,3.5,3,2,..,25,20,30
NE,4000,40,,4,1,40,50[p],45,55
";

const ATLAS: &str = r#"
format = 1

[atlas]
id = "squares"
title = "Four <em>squares</em> & more"
place = "Squareland"
publisher = "Nobody"
contact = "nobody@example.org"
attribution = ["Source: <i>made up</i>", "© nobody"]
people = ["residents"]

[view]
indicator = "thefts"

[disclosure]
none = "The numbers are made up."

[[geography]]
id = "square"
name = "Squares"
singular = "square"
boundaries = "squares.geojson"
code = "code"
label = "name"
names = "local-names.csv"

[[geography]]
id = "half"
name = "Halves"
singular = "half"
dissolve = "square"

[[geography]]
id = "country"
name = "Country"
singular = "country"
areas = [{ code = "C", name = "Circle <b>Country</b>" }]

[[lookup]]
child = "square"
parent = "half"
file = "halves.csv"
child_code = "square"
parent_code = "half"
parent_label = "name"

[[lookup]]
child = "square"
parent = "country"
file = "country.csv"
child_code = "square"
parent_code = "country"
fit = "best-fit"

[[indicator]]
id = "residents"
name = "Residents"
kind = "count"
unit = "people"
themes = ["People"]

[[indicator]]
id = "need"
name = "Score of need"
short = "Need"
kind = "score"
polarity = "high-is-bad"
aggregate = "weighted-mean"
weight = "residents"
themes = ["Need / Scores", "Outcomes"]

[[indicator]]
id = "unweighted"
name = "Score without weights"
kind = "score"
themes = ["Need / Scores"]

[[indicator]]
id = "place"
name = "Place among all"
kind = "rank"
out_of = 400
polarity = "high-is-good"
themes = ["Need"]

[[indicator]]
id = "tenth"
name = "Tenth of need"
kind = "decile"
polarity = "high-is-good"
themes = ["Need"]

[[indicator]]
id = "sort"
name = "Sort of place"
kind = "category"
categories = ["Urban", "Rural <place>"]
themes = ["Need"]

[[indicator]]
id = "thefts"
name = "Thefts & <s>losses</s>"
short = "Thefts"
kind = "rate"
per = 1000
denominator = "residents"
unit = "per 1,000 residents"
polarity = "high-is-bad"
definition = "<script>definition()</script>"
source_url = "https://example.org/?a=1&b=2"
themes = ["Crime"]

[[indicator]]
id = "share"
name = "Share"
kind = "proportion"
per = 100
unit = "%"
polarity = "high-is-good"
themes = ["Crime"]

[[indicator]]
id = "secret-visits"
name = "Visits by the clandestine team"
kind = "count"
access = ["inner-circle"]
themes = ["Clandestine"]

[[indicator]]
id = "secret-visit-rate"
name = "Visits for each visitor"
kind = "rate"
per = 1
denominator = "secret-visits"
themes = ["Clandestine"]

[[table]]
file = "values.csv"
geography = "square"
code = "code"
period = "2019"
[table.columns]
residents = "residents"
need = "need"
unweighted = "unweighted"
place = "place"
sort = "sort"
thefts = { indicator = "thefts", field = "numerator" }
share = "share"
"share low" = { indicator = "share", field = "lower" }
"share high" = { indicator = "share", field = "upper" }

[[table]]
file = "country-values.csv"
geography = "country"
code = "code"
period = "2019"
[table.columns]
need = "need"

[[table]]
file = "visits.csv"
geography = "square"
code = "code"
period = "2019"
[table.columns]
visits = "secret-visits"
visitors = { indicator = "secret-visit-rate", field = "numerator" }

# Apart from the rank, which would put the areas of one tenth in order.
[[table]]
file = "tenths.csv"
geography = "square"
code = "code"
period = "2019"
[table.columns]
tenth = "tenth"

[[notes]]
file = "notes.csv"
"#;

const EXTRAS: &str = r#"
[[cluster]]
id = "quarter"
name = "Quarters"
singular = "quarter"
of = "square"
file = "quarters.csv"

[[points]]
id = "schools"
name = "Schools & <em>colleges</em>"
file = "schools.csv"
lon = "lon"
lat = "lat"
label = "name"
attributes = ["phase"]

[[postcodes]]
file = "postcodes.csv"

[[targets]]
file = "targets.csv"
"#;
