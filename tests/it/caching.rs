//! How long an answer holds, how it is named, and in which encodings it comes.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;

use crate::editions::ROUTES;
use crate::harness::{Answer, demo, project};
use crate::squares::Folder;

const IMMUTABLE: &str = "public, max-age=31536000, immutable";
const WITHDRAWABLE: &str = "public, max-age=300, must-revalidate";

#[test]
fn shapes_are_kept_for_ever_and_values_for_five_minutes() {
    let server = demo();
    for (path, expected) in [
        ("/api/v1/{edition}/areas/lsoa11", IMMUTABLE),
        ("/api/v1/{edition}/areas/lsoa11?q=leeds", IMMUTABLE),
        ("/api/v1/{edition}/areas/lsoa11?fields=code&filter=crime%3E=100", WITHDRAWABLE),
        ("/api/v1/{edition}/neighbours/lsoa11", IMMUTABLE),
        ("/api/v1/{edition}/layers/lad11.geojson?zoom=4", IMMUTABLE),
        ("/api/v1/{edition}/layers/lad11.geojson?zoom=4&indicator=crime", WITHDRAWABLE),
        ("/api/v1/{edition}/catalog", WITHDRAWABLE),
        ("/api/v1/{edition}/locate?lon=-1.55&lat=53.8", WITHDRAWABLE),
        ("/api/v1/{edition}/values/lsoa11/crime", WITHDRAWABLE),
        ("/api/v1/{edition}/values/lsoa11/crime.csv", WITHDRAWABLE),
        ("/api/v1/{edition}/classes/lsoa11/crime", WITHDRAWABLE),
        ("/api/v1/{edition}/compare?areas=lad11:E08000035&indicators=crime", WITHDRAWABLE),
        ("/api/v1/atlas", "public, max-age=30"),
        ("/api/v1/latest/catalog", "public, max-age=30"),
        ("/healthz", "no-store"),
        ("/readyz", "no-store"),
        ("/api/v1/{edition}/catalog?x=1", "no-store"),
        ("/nothing", "no-store"),
    ] {
        assert_eq!(server.get(path).header("cache-control"), Some(expected), "{path}");
    }
    let page = server.get("/");
    assert_eq!(page.header("cache-control"), Some(if page.status == 501 { "no-store" } else { WITHDRAWABLE }));
}

#[test]
fn notes_of_areas_can_be_withdrawn_within_five_minutes() {
    let folder = Folder::squares();
    let server = folder.serve();
    for (query, expected) in [
        ("", WITHDRAWABLE),
        ("?q=south", WITHDRAWABLE),
        ("?fields=code,notes", WITHDRAWABLE),
        ("?fields=code,name", IMMUTABLE),
        (".bin", IMMUTABLE),
    ] {
        let answer = server.get(&format!("/api/v1/{{edition}}/areas/square{query}"));
        assert_eq!(answer.header("cache-control"), Some(expected), "{query}");
    }
    // Where nobody wrote any, there is nothing to withdraw.
    let folder = Folder::squares();
    fs::write(folder.path().join("notes.csv"), "area_code,indicator,note\nNW,need,of a value\n").unwrap();
    let answer = folder.serve().get("/api/v1/{edition}/areas/square");
    assert_eq!(answer.header("cache-control"), Some(IMMUTABLE));
}

#[test]
fn an_unchanged_answer_is_304_without_a_body() {
    let server = demo();
    for route in ROUTES {
        let path = format!("/api/v1/{{edition}}/{route}");
        let first = server.get(&path);
        let etag = first.header("etag").unwrap();
        assert!(etag.starts_with('"') && etag.ends_with('"') && etag.len() > 10, "strong: {etag}");
        for known in [etag.to_owned(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
            let again = server.get_with(&path, &[("if-none-match", &known)]);
            assert_eq!((again.status, again.body.len()), (304, 0), "{route} {known}");
            for header in ["etag", "cache-control", "vary", "tessera-edition", "access-control-allow-origin"] {
                assert_eq!(again.header(header), first.header(header), "{route} {header}");
            }
        }
        assert_eq!(server.get_with(&path, &[("if-none-match", "\"x\"")]).status, 200, "{route}");
    }
}

#[test]
fn what_is_asked_again_is_answered_the_same() {
    let server = Folder::squares().serve();
    for path in [
        "/",
        "/areas/square/NW",
        "/plain.css",
        "/api/v1/{edition}/values/square/need.bin",
        "/tiles/{edition}/square/0/0/0.mvt",
    ] {
        for encodings in ["identity", "gzip", "gzip, br"] {
            let ask = || server.get_with(path, &[("accept-encoding", encodings)]);
            let [first, again, third] = [ask(), ask(), ask()];
            for later in [&again, &third] {
                assert_eq!((later.status, &later.body), (first.status, &first.body), "{path} {encodings}");
                let names = |answer: &Answer| {
                    let named = answer.headers.iter().filter(|(name, _)| name != "x-request-id" && name != "date");
                    named.cloned().collect::<BTreeSet<(String, String)>>()
                };
                assert_eq!(names(later), names(&first), "{path} {encodings}");
            }
            assert_ne!(again.header("x-request-id"), third.header("x-request-id"), "{path}: each has its own");
        }
        let head = server.ask("HEAD", path, &[("accept-encoding", "gzip")]);
        assert_eq!((head.status, head.body.len()), (server.get(path).status, 0), "{path}");
        assert_eq!(server.ask("POST", path, &[]).status, 405, "{path}");
        assert_eq!(server.get_with(path, &[("x-large", &"x".repeat(40_000))]).status, 431, "{path}");
    }
}

#[test]
fn each_url_format_and_encoding_has_an_etag_of_its_own() {
    let server = demo();
    let mut etags = BTreeSet::new();
    let mut asked = 0;
    for path in [
        "values/lsoa11/crime",
        "values/lsoa11/crime.csv",
        "values/lsoa11/crime?period=2016-07",
        "values/msoa11/crime",
        "classes/lsoa11/crime",
        "layers/lad11.geojson",
        "layers/lad11.geojson?zoom=5",
    ] {
        for encoding in ["identity", "gzip", "br"] {
            let answer = server.get_with(&format!("/api/v1/{{edition}}/{path}"), &[("accept-encoding", encoding)]);
            assert_eq!(answer.header("content-encoding").unwrap_or("identity"), encoding, "{path}");
            etags.insert(answer.header("etag").unwrap().to_owned());
            asked += 1;
        }
    }
    assert_eq!(etags.len(), asked);
}

#[test]
fn the_order_of_parameters_makes_no_other_answer() {
    let server = demo();
    let etag = |query: &str| {
        server.get(&format!("/api/v1/{{edition}}/classes/lsoa11/crime?{query}")).header("etag").unwrap().to_owned()
    };
    assert_eq!(etag("k=4&method=equal"), etag("method=equal&k=4"));
    assert_eq!(etag("within=lad11:E08000035"), etag("within=lad11%3AE08000035"));
    assert_ne!(etag("k=4"), etag("k=5"));
}

#[test]
fn brotli_and_gzip_hold_the_same_bytes() {
    let server = demo();
    for route in ROUTES {
        let path = format!("/api/v1/{{edition}}/{route}");
        let plain = server.get(&path);
        assert_eq!(
            (plain.header("content-encoding"), plain.header("vary")),
            (None, Some("Accept-Encoding")),
            "{route}"
        );
        for encoding in ["gzip", "br"] {
            let packed = server.get_with(&path, &[("accept-encoding", encoding)]);
            assert_eq!((packed.status, packed.header("vary")), (200, Some("Accept-Encoding")));
            assert_eq!(packed.header("content-type"), plain.header("content-type"));
            let mut unpacked = Vec::new();
            match packed.header("content-encoding") {
                Some("gzip") => {
                    flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_end(&mut unpacked).unwrap()
                }
                Some("br") => {
                    brotli::Decompressor::new(packed.body.as_slice(), 4096).read_to_end(&mut unpacked).unwrap()
                }
                Some(other) => panic!("{other}"),
                None => {
                    assert!(plain.body.len() < 1024, "{route} is worth compressing");
                    continue;
                }
            };
            assert!(unpacked == plain.body && packed.body.len() < plain.body.len(), "{route} {encoding}");
        }
    }
}

#[test]
fn an_encoding_that_is_refused_is_not_used() {
    let server = demo();
    let encoding = |accepted: &str| {
        server
            .get_with("/api/v1/{edition}/catalog", &[("accept-encoding", accepted)])
            .header("content-encoding")
            .map(str::to_owned)
    };
    assert_eq!(encoding("gzip, deflate, br").as_deref(), Some("br"));
    assert_eq!(encoding("br;q=0, gzip;q=0.5").as_deref(), Some("gzip"));
    assert_eq!(encoding("BR").as_deref(), Some("br"));
    for none in ["", "identity", "deflate", "zstd", "gzip;q=0", ";;,=,q"] {
        assert_eq!(encoding(none), None, "{none}");
    }
}

#[test]
fn head_is_get_without_a_body() {
    let server = demo();
    let routes = ROUTES.iter().map(|route| format!("/api/v1/{{edition}}/{route}"));
    for path in routes.chain(
        ["/api/v1/atlas", "/healthz", "/nothing", "/api/v1/latest/catalog", "/api/v1/{edition}/locate", "/"]
            .map(str::to_owned),
    ) {
        let (get, head) = (server.get(&path), server.ask("HEAD", &path, &[]));
        assert_eq!((head.status, head.body.len()), (get.status, 0), "{path}");
        for header in ["content-type", "content-length", "etag", "cache-control", "tessera-edition", "vary", "location"]
        {
            assert_eq!(head.header(header), get.header(header), "{path} {header}");
        }
    }
}

#[test]
fn every_answer_can_be_read_from_any_origin() {
    let server = demo();
    let routes = ROUTES.iter().map(|route| format!("/api/v1/{{edition}}/{route}"));
    for path in routes.chain(["/api/v1/atlas", "/healthz", "/nothing", "/api/v1/latest/catalog"].map(str::to_owned)) {
        let answer = server.get_with(&path, &[("origin", "https://example.org")]);
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        let exposed = answer.header("access-control-expose-headers").unwrap().to_lowercase();
        assert!(exposed.contains("etag") && exposed.contains("tessera-edition"), "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
}

#[test]
fn the_suffix_of_json_may_be_written_or_left_out() {
    let server = demo();
    for route in [
        "/api/v1/atlas",
        "/api/v1/{edition}/catalog",
        "/api/v1/{edition}/areas/lad11",
        "/api/v1/{edition}/neighbours/lad11",
        "/api/v1/{edition}/values/lad11/crime",
        "/api/v1/{edition}/classes/lad11/crime",
        "/api/v1/{edition}/locate?lon=-1.55&lat=53.8",
        "/api/v1/{edition}/compare?areas=lad11:E08000035&indicators=crime",
        "/api/v1/{edition}/atlas",
        "/api/v1/{edition}/profile?set=North~lad11:E08000032,E08000035",
        "/api/v1/{edition}/profile/lad11/E08000035",
        "/api/v1/{edition}/summary/lad11/crime",
        "/api/v1/{edition}/trend/lad11/crime?areas=E08000035",
        "/api/v1/{edition}/relate/lad11?x=burglary&y=robbery",
    ] {
        let (path, query) =
            route.split_once('?').map_or((route, String::new()), |(path, query)| (path, format!("?{query}")));
        let suffixed = server.get(&format!("{path}.json{query}"));
        assert_eq!((suffixed.status, suffixed.header("content-type")), (200, Some("application/json")), "{route}");
        assert!(suffixed.body == server.get(route).body, "{route}");
    }
}

#[test]
fn a_format_stands_once_behind_a_name_and_a_name_is_itself_whatever_it_ends_in() {
    let folder = Folder::squares();
    folder.append(
        "atlas.toml",
        r#"
[[indicator]]
id = "need.csv"
name = "Need of another sort"
kind = "score"

[[indicator]]
id = "odd.json"
name = "An odd name"
kind = "score"

[[geography]]
id = "ring.json"
name = "Rings"
singular = "ring"
areas = [{ code = "R", name = "Inner ring" }, { code = "R.json", name = "Outer ring" }]

[[table]]
file = "odd.csv"
geography = "square"
code = "code"
period = "2019"
[table.columns]
one = "need.csv"
two = "odd.json"
"#,
    );
    folder.write("odd.csv", "code,one,two\nSW,1,5\nSE,2,6\nNW,3,7\nNE,4,8\n");
    let server = folder.serve();
    let json = |path: &str| server.json(&format!("/api/v1/{{edition}}/{path}"));
    for (path, indicator) in [
        ("values/square/need", "need"),
        ("values/square/need.json", "need"),
        ("values/square/need.csv", "need.csv"),
        ("values/square/need.csv.json", "need.csv"),
        ("values/square/odd.json", "odd.json"),
        ("values/square/odd.json.json", "odd.json"),
        ("classes/square/odd.json", "odd.json"),
        ("classes/square/need.csv.json", "need.csv"),
    ] {
        assert_eq!(json(path)["indicator"], indicator, "{path}");
    }
    let table = server.get("/api/v1/{edition}/values/square/need.csv.csv");
    assert_eq!(table.header("content-type"), Some("text/csv; charset=utf-8"), "{}", table.text());
    assert!(table.text().contains(",4,"), "{}", table.text());
    for path in ["areas/ring.json", "areas/ring.json.json", "neighbours/square.json"] {
        assert_eq!(
            json(path)["geography"],
            path.split('/').nth(1).unwrap().replacen("square.json", "square", 1).replace(".json.json", ".json")
        );
    }
    assert_eq!(
        server.get("/api/v1/{edition}/areas/ring.json.bin").header("content-type"),
        Some("application/octet-stream")
    );
    for (path, code) in [("R", "R"), ("R.json", "R.json"), ("R.json.json", "R.json")] {
        assert_eq!(json(&format!("profile/ring.json/{path}"))["area"]["code"], code, "{path}");
    }
    for path in [
        "values/square/share.csv.json",
        "values/square/share.bin.json",
        "values/square/share.json.csv",
        "values/square/share.json.json",
        "values/square.json/share",
        "classes/square/share.json.json",
        "areas/square.bin.json",
        "areas/square.json.bin",
        "layers/square.geojson.json",
        "profile/square/SW.json.json",
        "catalog.json.json",
    ] {
        assert_eq!(server.problem(&format!("/api/v1/{{edition}}/{path}"))["status"], 404, "{path}");
    }
}

#[test]
fn etags_are_the_same_after_a_restart_and_change_with_the_content() {
    let folder = Folder::squares();
    let etag = || folder.serve().get("/api/v1/{edition}/values/square/need").header("etag").unwrap().to_owned();
    let first = etag();
    assert_eq!(etag(), first);
    folder.replace("values.csv", "SW,1000,10", "SW,1000,11");
    assert_ne!(etag(), first);
}

#[test]
fn many_who_ask_at_once_are_all_answered_alike() {
    let server = crate::harness::Server::start(&project());
    let path = format!("/api/v1/{}/classes/lsoa11/robbery?k=7", server.edition());
    let bodies: Vec<Vec<u8>> = std::thread::scope(|scope| {
        let asking: Vec<_> = (0..24).map(|_| scope.spawn(|| server.get(&path).body)).collect();
        asking.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    assert!(bodies.iter().all(|body| *body == bodies[0] && !body.is_empty()));
}
