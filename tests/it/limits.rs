//! Beyond the limits: refusals that explain themselves, and a server that goes on.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::harness::{PATIENCE, Server, demo, demo_edition, project, wait_until};
use crate::squares::Folder;

/// An answer that takes a while: the more so as each has a URL of its own.
fn heavy(number: usize) -> String {
    format!("/api/v1/{}/layers/lsoa11.geojson?zoom=8.{number:03}", demo_edition())
}

/// Opens a connection that sends the beginning of a request and nothing more.
fn half_a_request(server: &Server) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: loc").unwrap();
    stream
}

#[test]
fn what_is_too_large_is_refused_with_the_limit() {
    let server = demo();
    let long = |length: usize| "x".repeat(length);
    let too_long = format!("/api/v1/{{edition}}/areas/lad11?q={}", long(17_000));
    let answer = server.get(&too_long);
    answer.assert_is_problem();
    let problem = answer.json();
    assert_eq!((answer.status, &problem["type"]), (414, &json!("/problems/address-too-long")));
    assert_eq!(problem["detail"], "Path and query together may have 16384 bytes.");

    let answer = server.get_with("/api/v1/atlas", &[("x-a", &long(20_000)), ("x-b", &long(20_000))]);
    answer.assert_is_problem();
    assert_eq!((answer.status, &answer.json()["type"]), (431, &json!("/problems/headers-too-large")));

    let answer = server.ask_raw(&format!("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n{}", long(1000)));
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("/problems/body-too-large"), "{answer}");

    assert_eq!(server.get(&format!("/api/v1/{{edition}}/areas/lad11?q={}", long(16_000))).status, 200);
    assert_eq!(server.get_with("/api/v1/atlas", &[("x-a", &long(30_000))]).status, 200);
}

#[test]
fn what_is_far_too_large_is_refused_with_the_status_alone() {
    let server = demo();
    for head in [
        format!("GET /{} HTTP/1.1\r\n\r\n", "x".repeat(200_000)),
        format!("GET / HTTP/1.1\r\nX: {}\r\n\r\n", "x".repeat(200_000)),
    ] {
        let answer = server.ask_raw(&head);
        let refused = ["HTTP/1.1 414 ", "HTTP/1.1 431 "].iter().any(|status| answer.starts_with(status));
        // A connection that is closed while the client still writes may take the answer with it.
        assert!(refused || answer.is_empty(), "{answer}");
    }
    let many: String = (0..200).map(|number| format!("X-{number}: 1\r\n")).collect();
    assert!(server.ask_raw(&format!("GET / HTTP/1.1\r\n{many}\r\n")).starts_with("HTTP/1.1 431 "));
}

#[test]
fn a_body_that_nobody_reads_is_no_burden() {
    let server = demo();
    let chunked = "GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    assert!(server.ask_raw(chunked).starts_with("HTTP/1.1 200 "));
}

#[test]
fn more_than_can_be_computed_is_told_to_come_back_while_the_server_says_that_it_lives() {
    let server = Server::start_with(&project(), &["--max-queue", "2"]);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let server = &server;
        let asking: Vec<_> = (0..40)
            .map(|number| {
                scope.spawn(move || {
                    let answer = server.get_with(&heavy(number), &[("accept-encoding", "br")]);
                    if answer.status == 503 {
                        answer.assert_is_problem();
                        assert_eq!(answer.json()["type"], "/problems/overloaded");
                        assert_eq!(answer.header("retry-after"), Some("2"));
                    }
                    answer.status
                })
            })
            .collect();
        for path in ["/healthz", "/readyz", "/metrics"] {
            assert_eq!(server.get(path).status, 200, "{path}");
        }
        asking.into_iter().map(|asked| asked.join().unwrap()).collect()
    });
    assert!(statuses.contains(&200) && statuses.contains(&503), "{statuses:?}");
    assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
    assert_eq!(server.get(&heavy(99)).status, 200, "afterwards there is room again");
}

#[test]
fn more_requests_than_there_are_places_are_told_to_come_back() {
    let server = Server::start_with(&project(), &["--max-requests", "1"]);
    let kept = heavy(0);
    assert_eq!(server.get(&kept).status, 200);
    let refused = std::thread::scope(|scope| {
        let server = &server;
        let asking: Vec<_> = (0..20).map(|number| scope.spawn(move || server.get(&heavy(number)).status)).collect();
        assert_eq!(server.get("/healthz").status, 200);
        asking.into_iter().map(|asked| asked.join().unwrap()).filter(|status| *status == 503).count()
    });
    assert!(refused > 0);
    assert_eq!(server.figure("tessera_requests_in_progress"), 1.0, "the one that asks");
}

#[test]
fn an_answer_that_takes_too_long_is_refused_and_finished_for_whoever_asks_again() {
    // Nothing is computed so quickly; what is kept is there at once.
    let server = Server::start_with(&project(), &["--answer-timeout", "0.001"]);
    let path = format!("/api/v1/{}/layers/lsoa11.geojson", demo_edition());
    let first = server.get_with(&path, &[("accept-encoding", "br")]);
    first.assert_is_problem();
    assert_eq!((first.status, &first.json()["type"]), (504, &json!("/problems/too-slow")));
    assert!(first.header("retry-after").is_some());
    wait_until("its end", || server.get_with(&path, &[("accept-encoding", "br")]).status == 200);
    assert_eq!(server.figure("tessera_answers_total{from=\"computed\"}"), 1.0, "it is computed once");
}

#[test]
fn a_client_that_never_finishes_its_request_is_sent_away() {
    let server = Folder::squares().serve_with(&["--idle-timeout", "0.3"]);
    let mut stream = half_a_request(&server);
    // A trickle is no excuse: the time is for the whole head.
    wait_until("the end of the connection", || stream.write_all(b"a").is_err());
    assert_eq!(server.figure("tessera_connections"), 1.0);
}

#[test]
fn a_connection_that_nobody_uses_is_closed() {
    let server = Folder::squares().serve_with(&["--idle-timeout", "0.3"]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[test]
fn a_crowd_of_silent_connections_does_not_keep_the_operator_out() {
    let server = Folder::squares().serve_with(&["--max-connections", "20"]);
    let silent: Vec<TcpStream> = (0..25).map(|_| half_a_request(&server)).collect();
    wait_until("the crowd", || server.figure("tessera_connections") >= 25.0);
    let answer = server.get("/api/v1/atlas");
    answer.assert_is_problem();
    assert_eq!(
        (answer.status, answer.header("retry-after"), answer.header("connection")),
        (503, Some("2"), Some("close"))
    );
    assert_eq!(server.get("/healthz").status, 200);
    assert!(server.figure("tessera_connections_crowded_total") >= 5.0);
    drop(silent);
    wait_until("room", || server.get("/api/v1/atlas").status == 200);
}

#[test]
fn clients_that_read_nothing_hold_no_more_memory_than_they_may_and_are_sent_away() {
    let server = Server::start_with(&project(), &["--memory", "16MB", "--idle-timeout", "2", "--max-queue", "1000"]);
    assert_eq!(server.get(&heavy(0)).status, 200);
    #[cfg(target_os = "linux")]
    let before = server.resident_bytes();
    // Half a megabyte an answer, each another one: together far more than may be held.
    let silent: Vec<TcpStream> = (0..20)
        .map(|connection| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            for number in 0..12 {
                let path = heavy(connection * 12 + number);
                write!(stream, "GET {path} HTTP/1.1\r\nHost: a\r\n\r\n").unwrap();
            }
            stream
        })
        .collect();
    let limit = server.figure("tessera_answers_memory_limit_bytes");
    let held = || {
        let held = server.figure("tessera_answers_memory_bytes");
        assert!(held <= limit, "{held}");
        assert_eq!(server.get("/healthz").status, 200);
        held
    };
    wait_until("what puts it to the test", || held() > limit / 4.0);
    wait_until("the end of the silent ones", || held() <= limit && server.figure("tessera_connections") <= 1.0);
    #[cfg(target_os = "linux")]
    assert!(server.resident_bytes() < before + 120_000_000.0, "{before} {}", server.resident_bytes());
    drop(silent);
    assert_eq!(server.get(&heavy(999)).status, 200);
}

#[test]
fn many_who_ask_at_once_cause_one_computation() {
    let server = Server::start(&project());
    let path = heavy(1);
    let computed = || server.figure("tessera_answers_total{from=\"computed\"}");
    let before = computed();
    std::thread::scope(|scope| {
        for number in 0..24 {
            let (server, path) = (&server, &path);
            let encoding = ["br", "gzip", "identity"][number % 3];
            scope.spawn(move || assert_eq!(server.get_with(path, &[("accept-encoding", encoding)]).status, 200));
        }
    });
    assert_eq!(computed() - before, 1.0);
    assert_eq!(server.get(&path).status, 200);
    assert_eq!(computed() - before, 1.0, "and it is kept");
}

#[test]
fn a_limit_that_makes_no_sense_is_refused() {
    let folder = Folder::squares();
    for (option, value, expected) in [
        ("--memory", "1MB", "at least 16MB"),
        ("--memory", "much", "a size is like 512MB"),
        ("--max-requests", "0", "a whole number, 1 to 1000000"),
        ("--idle-timeout", "0", "a number of seconds"),
        ("--answer-timeout", "NaN", "a number of seconds"),
        ("--stop-timeout", "-1", "a number of seconds"),
        ("--base-path", "atlas", "a base path is like `/atlas`"),
        ("--trust-proxy", "x-real-ip", "`forwarded` or `x-forwarded-for`"),
        ("--listen", "unix:", "name the socket's file"),
    ] {
        let option = format!("{option}={value}");
        let finished = crate::harness::run(&["serve", folder.argument(), &option]);
        assert_eq!((finished.code(), finished.out().as_str()), (Some(2), ""), "{option}");
        assert!(finished.err().contains(expected), "{option}: {}", finished.err());
    }
}
