//! `GET /tiles/{edition}/{geography}/{z}/{x}/{y}.mvt` and `GET /tiles/{edition}/{geography}.json`

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::process::Command;

use fast_mvt::{MvtReaderRef, MvtValueRef};
use insta::assert_json_snapshot;
use integer_encoding::VarInt;
use serde_json::{Value, json};

use crate::harness::{demo, demo_edition, run, shown};
use crate::squares::{self, Folder};

const MEDIA_TYPE: &str = "application/vnd.mapbox-vector-tile";

fn about(geography: &str) -> Value {
    demo().json(&format!("/tiles/{{edition}}/{geography}.json"))
}

/// The paths of all tiles of a zoom that a description promises.
fn paths(about: &Value, geography: &str, zoom: u32) -> Vec<String> {
    let bounds: Vec<f64> = serde_json::from_value(about["bounds"].clone()).unwrap();
    let tiles = f64::from(1 << zoom);
    let column = |lon: f64| ((lon / 360.0 + 0.5) * tiles) as u32;
    let row = |lat: f64| ((0.5 - lat.to_radians().sin().atanh() / std::f64::consts::TAU) * tiles) as u32;
    let columns = column(bounds[0])..=column(bounds[2]);
    let rows = row(bounds[3])..=row(bounds[1]);
    let path = |x: u32, y: u32| format!("/tiles/{{edition}}/{geography}/{zoom}/{x}/{y}.mvt");
    columns.flat_map(|x| rows.clone().map(move |y| path(x, y))).collect()
}

/// The layers of a tile: by name, how many features and the ids of those that have one.
fn layers(tile: &[u8]) -> BTreeMap<String, (usize, Vec<u64>)> {
    let reader = MvtReaderRef::new(tile).unwrap();
    let layer = |layer: fast_mvt::MvtLayerRef<'_>| {
        assert_eq!((layer.version(), layer.extent()), (2, 4096));
        let ids = layer.features().filter_map(|feature| feature.id()).collect();
        (layer.name().to_owned(), (layer.feature_count(), ids))
    };
    reader.layers().map(layer).collect()
}

#[test]
fn the_description_says_where_tiles_are_and_what_is_on_them() {
    let (server, _folder) = squares::serve();
    assert_json_snapshot!(shown(&server.json("/tiles/{edition}/square.json")), @r#"
    {
      "attribution": "Source: &lt;i&gt;made up&lt;/i&gt; · © nobody",
      "bounds": [
        -1,
        53,
        -0.8,
        53.2
      ],
      "center": [
        -0.9,
        53.1,
        0
      ],
      "maxzoom": 4,
      "minzoom": 0,
      "name": "Squares",
      "tilejson": "3.0.0",
      "tiles": [
        "square/{z}/{x}/{y}.mvt"
      ],
      "vector_layers": [
        {
          "description": "Squares",
          "fields": {},
          "id": "square"
        },
        {
          "description": "Borders, each once",
          "fields": {},
          "id": "square-borders"
        }
      ]
    }
    "#);
    assert_eq!(
        server.json("/tiles/{edition}/square.json?attributes=1")["vector_layers"][0]["fields"],
        json!({ "code": "String", "name": "String" })
    );
}

#[test]
fn every_area_is_on_some_tile_of_every_zoom() {
    for (geography, count) in [("lsoa11", 1388), ("lad11", 5)] {
        let about = about(geography);
        let last = about["maxzoom"].as_u64().unwrap() as u32;
        assert!(last >= 8, "{last}");
        for zoom in 0..=last {
            let mut ids = BTreeSet::new();
            for path in paths(&about, geography, zoom) {
                let answer = demo().get(&path);
                assert_eq!((answer.status, answer.header("content-type")), (200, Some(MEDIA_TYPE)), "{path}");
                let layers = layers(&answer.body);
                ids.extend(layers.get(geography).map(|(_, ids)| ids.clone()).unwrap_or_default());
            }
            assert_eq!(ids, (0..count).collect(), "{geography} at {zoom}");
        }
    }
}

#[test]
fn areas_are_numbered_in_the_fixed_order_and_borders_stand_beside_them() {
    let (server, _folder) = squares::serve();
    let layers = layers(&server.get("/tiles/{edition}/square/0/0/0.mvt").body);
    assert_eq!(layers["square"], (4, vec![0, 1, 2, 3]));
    assert_eq!(layers["square-borders"], (1, vec![]));
    assert_eq!(layers.len(), 2);
}

/// Numbers as they stand one behind the other in the compact form.
fn numbers(mut bytes: &[u8]) -> Vec<i64> {
    let mut numbers = Vec::new();
    while let Some((number, length)) = i64::decode_var(bytes) {
        numbers.push(number);
        bytes = &bytes[length..];
    }
    assert!(bytes.is_empty());
    numbers
}

#[test]
fn the_compact_form_has_each_border_once() {
    let (server, _folder) = squares::serve();
    let answer = server.get("/tiles/{edition}/square/0/0/0.bin");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/octet-stream")));
    let numbers = numbers(answer.body.strip_prefix(b"TSL1").unwrap());
    // Four squares, two by two: four borders inside and four around.
    assert_eq!(numbers[..2], [4, 8]);
    assert_eq!(numbers[2..6], [0, 1, 1, 1], "the areas, as differences");
    let lines = server.get("/tiles/{edition}/square/3/3/2.bin");
    assert!(lines.body.starts_with(b"TSL1"));
    let empty = server.get("/tiles/{edition}/square/4/0/0.bin");
    assert_eq!((empty.status, empty.body.len()), (200, 0));
}

#[test]
fn attributes_come_when_they_are_asked_for() {
    let (server, _folder) = squares::serve();
    let plain = server.get("/tiles/{edition}/square/3/3/2.mvt").body;
    let described = server.get("/tiles/{edition}/square/3/3/2.mvt?attributes=1").body;
    assert_eq!(layers(&plain), layers(&described));
    let attributes = |tile: &[u8]| -> Vec<Vec<(String, String)>> {
        let reader = MvtReaderRef::new(tile).unwrap();
        let layer = reader.layers().find(|layer| layer.name() == "square").unwrap();
        let text = |value: MvtValueRef<'_>| match value {
            MvtValueRef::String(text) => text.to_owned(),
            other => panic!("{other:?}"),
        };
        let of = |feature: fast_mvt::MvtFeatureRef<'_>| {
            let pairs = feature.properties_vec().unwrap().into_iter();
            pairs.map(|(key, value)| (key.to_owned(), text(value))).collect()
        };
        layer.features().map(of).collect()
    };
    assert!(attributes(&plain).iter().all(Vec::is_empty));
    let areas = server.json("/api/v1/{edition}/areas/square?fields=code,name");
    let column = |field: &str| serde_json::from_value::<Vec<String>>(areas["columns"][field].clone()).unwrap();
    let expected: Vec<Vec<(String, String)>> = column("code")
        .into_iter()
        .zip(column("name"))
        .map(|(code, name)| vec![("code".to_owned(), code), ("name".to_owned(), name)])
        .collect();
    assert_eq!(attributes(&described), expected);
}

#[test]
fn a_tile_is_kept_for_ever_and_sent_as_it_was_packed() {
    for path in ["/tiles/{edition}/lsoa11/0/0/0.mvt", "/tiles/{edition}/lsoa11/0/0/0.bin"] {
        is_kept_as_it_was_packed(path);
    }
}

fn is_kept_as_it_was_packed(path: &str) {
    let plain = demo().get(path);
    let packed = demo().get_with(path, &[("accept-encoding", "br, gzip")]);
    for answer in [&plain, &packed] {
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(answer.header("tessera-edition"), Some(demo_edition().as_str()));
    }
    assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), (None, Some("gzip")));
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_end(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.body);
    let (one, other) = (plain.header("etag").unwrap(), packed.header("etag").unwrap());
    assert_ne!(one, other, "each representation has its own");
    let again = demo().get_with(path, &[("accept-encoding", "gzip"), ("if-none-match", other)]);
    assert_eq!((again.status, again.body.len()), (304, 0));
}

#[test]
fn a_tile_with_nothing_on_it_has_no_bytes() {
    for path in ["4/0/0.mvt", "4/15/15.mvt", "4/0/0.mvt?attributes=1"] {
        let answer = demo().get(&format!("/tiles/{{edition}}/lsoa11/{path}"));
        assert_eq!((answer.status, answer.body.len()), (200, 0), "{path}");
        assert_eq!(answer.header("content-type"), Some(MEDIA_TYPE));
    }
}

#[test]
fn what_is_no_tile_is_refused() {
    let last = about("lsoa11")["maxzoom"].as_u64().unwrap();
    let beyond = format!("lsoa11/{}/0/0.mvt", last + 1);
    let cases = [
        (beyond.as_str(), "unknown-tile"),
        ("lsoa11/200/0/0.mvt", "unknown-tile"),
        ("lsoa11/4/16/0.mvt", "unknown-tile"),
        ("lsoa11/4/0/-1.mvt", "unknown-tile"),
        ("lsoa11/a/0/0.mvt", "unknown-tile"),
        ("lsoa11/4/0/0.png", "unknown-format"),
        ("lsoa11", "unknown-format"),
        ("lsoa12/4/0/0.mvt", "unknown-geography"),
        ("lsoa12.json", "unknown-geography"),
        ("lsoa11/4/0", "unknown-route"),
        ("lsoa11/0/0/0.mvt?attribute=1", "unknown-parameter"),
        ("lsoa11.json?attributes=2", "bad-parameter"),
        ("lsoa11/0/0/0.bin?attributes=1", "bad-parameter"),
    ];
    for (path, kind) in cases {
        let problem = demo().problem(&format!("/tiles/{{edition}}/{path}"));
        assert_eq!(problem["type"], format!("/problems/{kind}"), "{path}");
    }
    let problem = demo().problem("/tiles/0000000000000000/lsoa11/0/0/0.mvt");
    assert_eq!(problem["type"], "/problems/unknown-edition");
}

#[test]
fn latest_leads_to_the_tiles_of_the_newest_edition() {
    let id = demo_edition();
    for rest in ["lsoa11/0/0/0.mvt?attributes=1", "lsoa11.json"] {
        let answer = demo().get(&format!("/tiles/latest/{rest}"));
        assert_eq!(answer.status, 307);
        assert_eq!(answer.header("location"), Some(format!("/tiles/{id}/{rest}").as_str()));
    }
}

#[test]
fn tiles_stand_below_the_base_path() {
    let server = Folder::squares().serve_with(&["--base-path", "/atlas"]);
    let location = server.get("/atlas/tiles/latest/square.json").header("location").unwrap().to_owned();
    let about = server.get(&location);
    assert_eq!(about.status, 200, "{location}");
    let relative = about.json()["tiles"][0].as_str().unwrap().replace("{z}/{x}/{y}", "0/0/0");
    let folder = location.rsplit_once('/').unwrap().0;
    assert_eq!(server.get(&format!("{folder}/{relative}")).status, 200);
}

#[test]
fn gdal_reads_the_tiles_of_an_edition() {
    let Ok(drivers) = Command::new("ogrinfo").arg("--formats").output() else {
        return println!("skipped: there is no ogrinfo");
    };
    let drivers = String::from_utf8_lossy(&drivers.stdout).into_owned();
    let (sources, edition) = (Folder::squares(), tempfile::tempdir().unwrap());
    let out = edition.path().join("edition");
    let built = run(&["build", sources.argument(), "--out", out.to_str().unwrap()]);
    assert_eq!(built.code(), Some(0), "{}", built.err());
    let server = sources.serve();
    let tile = edition.path().join("0.mvt");
    std::fs::write(&tile, server.get("/tiles/{edition}/square/0/0/0.mvt").body).unwrap();
    let read = |file: &Path| {
        let told = Command::new("ogrinfo").args(["-ro", "-al", "-so"]).arg(file).output().unwrap();
        let told = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.contains("Layer name: square\n") && told.contains("Layer name: square-borders\n"), "{told}");
        assert!(told.contains("Feature Count: 4\n"), "{told}");
    };
    read(&tile);
    if drivers.contains("PMTiles") {
        read(&out.join("tiles/square.pmtiles"));
    } else {
        println!("skipped: this GDAL does not read PMTiles");
    }
}
