//! Requests that mean no good: none gives 500, none stops the server.

use crate::harness::{Server, demo, demo_edition};
use crate::squares;

/// Pieces that break parsers: encoded slashes, dots, zero bytes, half an escape, bytes that are no UTF-8, numbers that are none.
const PIECES: [&[u8]; 30] = [
    b"..",
    b"../../../../etc/passwd",
    b"..%2f..%2fetc%2fpasswd",
    b"%2e%2e/",
    b"%2F",
    b"%5c..%5c",
    b"%00",
    b"crime%00.csv",
    b"%",
    b"%zz",
    b"%c3%28",
    b"%ff%fe",
    b"\xff\xfe",
    b"caf\xc3\xa9",
    b"%e2%80%ae",
    b"<script>",
    b"';--",
    b"\"",
    b"{edition}",
    b"$(id)",
    b"NaN",
    b"-1e999",
    b"99999999999999999999999",
    b",,,,",
    b":::",
    b"@@@",
    b".csv",
    b".json.json",
    b"+",
    b";",
];

/// Where a piece is put; `@` stands for the edition's id and `*` for the piece.
const PLACES: [&str; 16] = [
    "/*",
    "/assets/*",
    "/api/v1/*",
    "/api/v1/*/catalog",
    "/api/v1/@/*",
    "/api/v1/@/areas/*",
    "/api/v1/@/areas/square?q=*",
    "/api/v1/@/areas/square?*=*&within=half:*",
    "/api/v1/@/locate?lon=*&lat=*",
    "/api/v1/@/values/square/*",
    "/api/v1/@/values/*/need.csv?period=*",
    "/api/v1/@/classes/square/need?k=*&method=*",
    "/api/v1/@/layers/*.geojson",
    "/api/v1/@/layers/square.geojson?bbox=*,*,*,*&zoom=*",
    "/api/v1/@/compare?areas=*&indicators=*&against=*",
    "/?indicator=*&within=*&*",
];

fn assert_survives(server: &Server, target: &[u8]) {
    let status = server.status_of_raw(target);
    let shown = String::from_utf8_lossy(&target[..target.len().min(200)]).into_owned();
    // No status: the bytes are no HTTP, and the connection was closed.
    let allowed = status.is_none_or(|status| (200..500).contains(&status) || status == 501 && shown.starts_with("/?"));
    assert!(allowed, "{shown}: {status:?}");
}

#[test]
fn hundreds_of_hostile_requests_are_refused_and_the_server_goes_on() {
    let (server, _folder) = squares::serve();
    let id = server.edition();
    let mut asked = 0;
    for place in PLACES {
        for piece in PIECES {
            let mut target = Vec::new();
            for byte in place.bytes() {
                match byte {
                    b'@' => target.extend_from_slice(id.as_bytes()),
                    b'*' => target.extend_from_slice(piece),
                    other => target.push(other),
                }
            }
            assert_survives(&server, &target);
            asked += 1;
        }
    }
    assert!(asked >= 300);
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn endless_requests_are_refused_and_the_server_goes_on() {
    let (server, _folder) = squares::serve();
    let id = server.edition();
    for length in [1_000, 10_000, 60_000, 1_000_000] {
        for start in [
            "/".to_owned(),
            format!("/api/v1/{id}/areas/square?q="),
            format!("/api/v1/{id}/compare?areas="),
            format!("/api/v1/{id}/values/square/need?fields="),
        ] {
            for filling in ["a", "%41", ",", "/", "é"] {
                let target = start.clone() + &filling.repeat(length / filling.len());
                assert_survives(&server, target.as_bytes());
            }
        }
        let parameters: String = (0..length / 10).map(|number| format!("a{number}=1&")).collect();
        assert_survives(&server, format!("/api/v1/{id}/catalog?{parameters}").as_bytes());
        assert_survives(&server, format!("/?{parameters}").as_bytes());
    }
    assert_eq!(server.get("/readyz").status, 200);
}

#[test]
fn a_body_and_strange_headers_change_nothing() {
    let server = demo();
    let plain = server.get("/api/v1/{edition}/areas/lad11").body;
    let long = "x".repeat(8000);
    for headers in [
        &[("accept", "text/html")][..],
        &[("accept-encoding", ",,;q=,br;q=x")],
        &[("if-none-match", "\"\\\"")],
        &[("range", "bytes=0-10")],
        &[("host", "evil.example")],
        &[("x-long", long.as_str())],
    ] {
        let answer = server.get_with("/api/v1/{edition}/areas/lad11", headers);
        assert_eq!(answer.status, 200, "{}", headers[0].0);
        if answer.header("content-encoding").is_none() {
            assert!(answer.body == plain, "{}", headers[0].0);
        }
    }
}

#[test]
fn an_address_with_what_must_be_encoded_is_refused_with_the_status_alone() {
    let server = demo();
    let ask = |filter: &str| {
        server.ask_raw(&format!(
            "GET /api/v1/{}/areas/lad11?filter={filter} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            demo_edition()
        ))
    };
    for raw in ["crime<5", "crime>5", "\"crime\"=5", "crime=5 and crime=5"] {
        let answer = ask(raw);
        assert!(answer.starts_with("HTTP/1.1 400 ") && answer.ends_with("\r\n\r\n"), "{raw}: {answer}");
    }
    for encoded in ["crime%3C5", "crime%3E5", "crime%3D5%20and%20crime%3D5"] {
        assert!(ask(encoded).starts_with("HTTP/1.1 200 "), "{encoded}");
    }
}

#[test]
fn what_is_no_http_ends_its_own_connection_only() {
    use std::io::{Read, Write};
    let (server, _folder) = squares::serve();
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"\r\n\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
    ] {
        let mut stream = std::net::TcpStream::connect(&server.address).unwrap();
        stream.write_all(bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(
            !answer.starts_with(b"HTTP/1.1 5") || answer.starts_with(b"HTTP/1.1 505"),
            "{}",
            String::from_utf8_lossy(&answer)
        );
    }
    assert_eq!(server.get("/readyz").status, 200);
}
