//! What an operator sees and steers: figures, log, base path, socket, proxy, and the end.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::editions::ROUTES;
use crate::harness::{Server, demo, project, wait_until};
use crate::squares::Folder;

/// The figures that the program gives, by name with their type.
fn given(server: &Server) -> BTreeMap<String, String> {
    let types = server.get("/metrics").text();
    let types = types.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    // As Prometheus names them: a counter has `_total`, an info `_info`.
    let ending = |kind: &str| match kind {
        "counter" => "_total",
        "info" => "_info",
        _ => "",
    };
    types.map(|(name, kind)| (format!("{name}{}", ending(kind)), kind.to_owned())).collect()
}

/// The labels of a figure.
fn labels(text: &str, name: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| line.starts_with(&format!("{name}{{")));
    let labels = lines.flat_map(|line| line.split(['{', '}']).nth(1).unwrap_or_default().split("\","));
    labels.map(|label| label.split('=').next().unwrap().to_owned()).collect()
}

#[test]
fn every_figure_is_documented_and_every_documented_figure_is_given() {
    let server = Folder::squares().serve();
    server.get("/api/v1/atlas");
    let (given, text) = (given(&server), server.get("/metrics").text());
    let document = std::fs::read_to_string(project().join("docs/operations.md")).unwrap();
    let rows = document.lines().filter(|line| line.starts_with("| `tessera_"));
    let documented: BTreeMap<String, String> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            let name = cells[1].trim_matches('`').to_owned();
            let documented: BTreeSet<String> = cells[3].split('`').skip(1).step_by(2).map(str::to_owned).collect();
            // A histogram's own label tells its bounds.
            let own = if cells[2] == "histogram" { format!("{name}_count") } else { name.clone() };
            assert_eq!(labels(&text, &own), documented, "{name}");
            assert!(!cells[4].is_empty(), "{name} has no meaning");
            (name, cells[2].to_owned())
        })
        .collect();
    assert_eq!(documented, given);
    assert!(given.len() >= 10);
}

#[test]
fn the_figures_are_true() {
    let server = Folder::squares().serve();
    for _ in 0..3 {
        server.get("/api/v1/{edition}/classes/square/need");
    }
    server.get("/api/v1/{edition}/values/square/nothing");
    server.ask("HEAD", "/healthz", &[]);
    server.ask("DELETE", "/healthz", &[]);
    server.get("/nothing");
    let requests = |route: &str, method: &str, status: u16| {
        server.figure(&format!("tessera_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}}"))
    };
    let classes = "/api/v1/{edition}/classes/{geography}/{indicator}";
    assert_eq!(requests(classes, "GET", 200), 3.0);
    assert_eq!(requests("/api/v1/{edition}/values/{geography}/{indicator}", "GET", 404), 1.0);
    assert_eq!(requests("/healthz", "HEAD", 200), 1.0);
    assert_eq!(requests("/healthz", "other", 405), 1.0, "whatever a client calls its method, it is one label");
    assert_eq!(requests("none", "GET", 404), 1.0);
    assert_eq!(server.figure(&format!("tessera_request_seconds_count{{route=\"{classes}\"}}")), 3.0);
    assert!(server.figure("tessera_answers_total{from=\"kept\"}") >= 2.0);
    let (held, limit) =
        (server.figure("tessera_answers_memory_bytes"), server.figure("tessera_answers_memory_limit_bytes"));
    // Half of 512 MB, but for what addresses take; counted in KiB.
    assert!(0.0 < held && held < limit && (limit - 248_000_000.0).abs() < 1024.0, "{held} {limit}");
    assert!(server.figure("tessera_answers_kept") >= 2.0);
    let edition = server.edition();
    assert!(server.get("/metrics").text().contains(&format!("tessera_edition_info{{edition=\"{edition}\",version=\"")));
}

#[test]
fn the_figures_never_tell_what_was_asked_for() {
    let server = Folder::squares().serve();
    for path in
        ["/api/v1/{edition}/values/square/need?period=all", "/secret-path", "/api/v1/{edition}/areas/secret-geography"]
    {
        server.get(path);
    }
    let figures = server.get("/metrics").text();
    assert!(!figures.contains("secret") && !figures.contains("need") && !figures.contains("period"), "{figures}");
}

#[test]
fn what_goes_well_is_not_written_down_and_a_refusal_is_once() {
    let server = Folder::squares().serve_with(&["--log", "json"]);
    for path in ["/", "/healthz", "/metrics", "/api/v1/atlas", "/api/v1/{edition}/catalog", "/api/v1/latest/catalog"] {
        server.get(path);
    }
    let refused = server.get_with(
        "/api/v1/{edition}/values/square/need?period=secret-token",
        &[("authorization", "Bearer secret-token"), ("cookie", "secret-token"), ("x-request-id", "secret-token")],
    );
    assert_eq!(refused.status, 400);
    server.stop();
    let log = server.log();
    let lines: Vec<Value> = log.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let refusals: Vec<&Value> = lines.iter().filter(|line| line["message"] == "refused").collect();
    assert_eq!(refusals.len(), 1, "{log}");
    let refusal = refusals[0];
    assert_eq!(
        (&refusal["status"], &refusal["problem"], &refusal["parameter"]),
        (&400.into(), &"bad-parameter".into(), &"period".into())
    );
    let request = &refusal["span"];
    assert_eq!(request["id"], refused.header("x-request-id").unwrap());
    assert_eq!((&request["method"], &request["client"]), (&"GET".into(), &"127.0.0.1".into()));
    assert!(request["path"].as_str().unwrap().ends_with("/values/square/need"));
    assert!(refusal["ms"].is_number() && refusal["timestamp"].is_string() && refusal["level"] == "INFO");
    assert!(!log.contains("secret-token"), "neither queries nor headers are written down: {log}");
}

#[test]
fn a_path_cannot_steer_the_terminal_or_forge_a_line() {
    let server = Folder::squares().serve();
    assert_eq!(server.status_of_raw("/\u{202e}evil".as_bytes()), Some(404));
    assert_eq!(server.status_of_raw(format!("/{}", "long".repeat(1000)).as_bytes()), Some(404));
    server.stop();
    let log = server.log();
    assert!(!log.contains('\u{202e}') && !log.contains(&"long".repeat(100)), "{log}");
    assert!(log.contains("evil") && log.contains("problem=\"unknown-route\""), "{log}");
}

#[test]
fn every_answer_names_its_request() {
    let server = demo();
    let mut ids = BTreeSet::new();
    let paths = ROUTES.iter().map(|route| format!("/api/v1/{{edition}}/{route}"));
    let mut asked = 0;
    for path in paths.chain(["/", "/healthz", "/metrics", "/nothing", "/api/v1/latest/catalog"].map(str::to_owned)) {
        ids.insert(server.get(&path).header("x-request-id").unwrap().to_owned());
        asked += 1;
    }
    assert_eq!(ids.len(), asked);
    let claimed = server.get_with("/healthz", &[("x-request-id", "mine")]);
    assert_ne!(claimed.header("x-request-id"), Some("mine"), "nobody vouches for it");
}

#[test]
fn a_trusted_proxy_says_who_asks_and_names_the_request() {
    for (header, value) in [("forwarded", "for=10.9.9.9, for=192.0.2.7"), ("x-forwarded-for", "10.9.9.9, 192.0.2.7")] {
        let server = Folder::squares().serve_with(&["--log", "json", "--trust-proxy", header]);
        let answer = server.get_with("/nothing", &[(header, value), ("x-request-id", "proxy-1")]);
        assert_eq!(answer.header("x-request-id"), Some("proxy-1"));
        let forged = server.get_with("/nothing", &[(header, value), ("x-request-id", "a b\"c")]);
        assert_ne!(forged.header("x-request-id"), Some("a b\"c"));
        server.stop();
        let log = server.log();
        assert!(log.contains("\"client\":\"192.0.2.7\"") && log.contains("\"id\":\"proxy-1\""), "{log}");
        assert!(!log.contains("10.9.9.9"), "what others told the proxy is not believed: {log}");
    }
    let server = Folder::squares().serve_with(&["--log", "json"]);
    server.get_with("/nothing", &[("forwarded", "for=192.0.2.7"), ("x-forwarded-for", "192.0.2.7")]);
    server.stop();
    assert!(server.log().contains("\"client\":\"127.0.0.1\""), "{}", server.log());
}

#[test]
fn below_a_base_path_everything_is_there_and_nowhere_else() {
    let folder = Folder::squares();
    let server = folder.serve_with(&["--base-path", "/council/atlas/"]);
    let id = server.get("/council/atlas/api/v1/atlas").json()["edition"].as_str().unwrap().to_owned();
    for path in
        ["/healthz", "/readyz", "/metrics", "/api/v1/atlas.json", &format!("/api/v1/{id}/values/square/need.csv")]
    {
        assert_eq!(server.get(&format!("/council/atlas{path}")).status, 200, "{path}");
        let outside = server.get(path);
        outside.assert_is_problem();
        assert_eq!(outside.status, 404, "{path}");
        assert_eq!(server.get(&format!("/council/atlases{path}")).status, 404, "{path}");
    }
    let latest = server.get("/council/atlas/api/v1/latest/classes/square/need.json?k=2");
    let location = latest.header("location").unwrap();
    assert_eq!(
        (latest.status, location),
        (307, format!("/council/atlas/api/v1/{id}/classes/square/need.json?k=2").as_str())
    );
    assert_eq!(server.get(location).status, 200);
    let bare = server.get("/council/atlas?indicator=need");
    assert_eq!((bare.status, bare.header("location")), (307, Some("/council/atlas/?indicator=need")));
    // The page's own addresses are relative to where it stands.
    let page = server.get("/council/atlas/");
    if page.status == 501 {
        println!("skipped: the page is not built");
        return;
    }
    let html = page.text();
    let addresses: Vec<&str> = ["src=\"", "href=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(addresses.len() >= 3, "{html}");
    for address in addresses {
        let below = address.strip_prefix("./").unwrap_or_else(|| panic!("{address} is not relative"));
        assert_eq!(server.get(&format!("/council/atlas/{below}")).status, 200, "{address}");
    }
}

#[test]
fn an_answer_is_the_same_whatever_the_base_path() {
    let folder = Folder::squares();
    let (plain, below) = (folder.serve(), folder.serve_with(&["--base-path", "/a"]));
    let id = plain.edition();
    for route in ["catalog", "classes/square/need", "values/square/need.csv", "layers/square.geojson"] {
        let (one, other) = (plain.get(&format!("/api/v1/{id}/{route}")), below.get(&format!("/a/api/v1/{id}/{route}")));
        assert!(one.status == 200 && one.body == other.body, "{route}");
        assert_eq!(one.header("etag"), other.header("etag"));
    }
}

#[cfg(unix)]
mod on_a_unix_socket {
    use std::io::{Read, Write};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::{UnixListener, UnixStream};
    use std::path::Path;

    use super::*;
    use crate::harness::run;

    fn ask(socket: &Path, path: &str) -> String {
        let mut stream = UnixStream::connect(socket).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn the_atlas_is_served_to_owner_and_group_and_the_file_goes_away_at_the_end() {
        let (folder, place) = (Folder::squares(), Folder::empty());
        let socket = place.path().join("tessera.sock");
        let server = Server::start_on(folder.path(), &format!("unix:{}", socket.display()));
        assert!(ask(&socket, "/healthz").contains("{\"status\":\"ok\"}"));
        assert!(ask(&socket, "/api/v1/atlas").starts_with("HTTP/1.1 200 OK"));
        assert_eq!(std::fs::metadata(&socket).unwrap().permissions().mode() & 0o777, 0o660);
        server.stop();
        assert!(!socket.exists());
    }

    #[test]
    fn a_socket_that_was_left_behind_is_replaced() {
        let (folder, place) = (Folder::squares(), Folder::empty());
        let socket = place.path().join("tessera.sock");
        let address = format!("unix:{}", socket.display());
        let killed = Server::start_on(folder.path(), &address);
        killed.signal("KILL");
        killed.wait();
        assert!(socket.exists(), "left behind");
        let server = Server::start_on(folder.path(), &address);
        assert!(ask(&socket, "/healthz").starts_with("HTTP/1.1 200 OK"));
        drop(server);
    }

    #[test]
    fn neither_another_servers_socket_nor_another_file_is_touched() {
        let (folder, place) = (Folder::squares(), Folder::empty());
        let socket = place.path().join("in-use.sock");
        let _listening = UnixListener::bind(&socket).unwrap();
        place.write("precious.txt", "kept");
        for file in ["in-use.sock", "precious.txt", "no/such/folder.sock"] {
            let address = format!("unix:{}", place.path().join(file).display());
            let finished = run(&["serve", folder.argument(), "--listen", &address]);
            assert_eq!((finished.code(), finished.out().as_str()), (Some(2), ""), "{file}");
            assert!(finished.err().contains("cannot listen on `unix:") && finished.err().contains("\n  hint: "));
        }
        assert!(socket.exists() && place.read("precious.txt") == "kept");
    }

    #[test]
    fn requests_under_way_are_finished_and_new_connections_refused() {
        let server = Server::start(&project());
        let edition = server.edition();
        let answer = std::thread::scope(|scope| {
            let (server, edition) = (&server, &edition);
            let ask = |number: usize| {
                let path = format!("/api/v1/{edition}/layers/lsoa11.geojson?zoom=9.{number:03}");
                scope.spawn(move || server.get_with(&path, &[("accept-encoding", "br")]))
            };
            let mut numbers = 1..;
            let mut asked = ask(0);
            wait_until("an answer that is being computed", || {
                let is_computing = server.figure("tessera_answers_computing") >= 1.0;
                // One that was too quick to be seen makes way for another.
                if !is_computing && asked.is_finished() {
                    asked = ask(numbers.next().unwrap());
                }
                is_computing
            });
            server.signal("TERM");
            asked.join().unwrap()
        });
        assert_eq!(answer.status, 200);
        assert!(!answer.body.is_empty());
        assert_eq!(server.wait(), Some(0));
        assert!(std::net::TcpStream::connect(&server.address).is_err());
    }

    #[test]
    fn a_client_that_dawdles_does_not_keep_the_program_from_ending() {
        let server = Folder::squares().serve_with(&["--stop-timeout", "0.5"]);
        let mut dawdling = std::net::TcpStream::connect(&server.address).unwrap();
        dawdling.write_all(b"GET /healthz HTTP/1.1\r\nHo").unwrap();
        wait_until("the connection", || server.figure("tessera_connections") >= 2.0);
        server.signal("TERM");
        assert_eq!(server.wait(), Some(0));
        assert!(server.log().contains("stopped before everything was answered connections=1"), "{}", server.log());
    }

    #[test]
    fn told_twice_it_ends_at_once() {
        let server = Folder::squares().serve_with(&["--stop-timeout", "60"]);
        let mut dawdling = std::net::TcpStream::connect(&server.address).unwrap();
        dawdling.write_all(b"GET /healthz HTTP/1.1\r\nHo").unwrap();
        wait_until("the connection", || server.figure("tessera_connections") >= 2.0);
        server.signal("TERM");
        wait_until("the word that it stops", || server.log().contains("stopping"));
        server.signal("INT");
        // It would be 0 had it waited for the one that dawdles.
        assert_eq!(server.wait(), Some(130));
    }
}
