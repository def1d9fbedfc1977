//! What a server takes does not grow with what it is asked. `tests/load/soak.py` watches it for as long as one likes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use crate::harness::Server;
use crate::squares::Folder;

/// Each is asked with another number each time, so that nothing is answered from what is kept: `@` stands for the edition's
/// id, `#` for the number.
const PATHS: [&str; 12] = [
    "/?x=#",
    "/table?x=#",
    "/areas/square/NW?x=#",
    "/nothing/#",
    "/api/v1/@/areas/square?q=north#",
    "/api/v1/@/classes/square/need?centre=1#",
    "/api/v1/@/classes/square/need?misspelt=#",
    "/api/v1/@/layers/square.geojson?zoom=8.#",
    "/api/v1/@/layers/square.geojson?bbox=-1,53,-0.8,53.1#",
    "/api/v1/@/locate?lon=-0.9#&lat=53.1",
    "/api/v1/@/values/square/need#",
    "/tiles/@/square/0/0/0.mvt?x=#",
];
/// Each thread has had its work, and each route its first answer.
const BEFORE: usize = 3_000;
const MORE: usize = 6_000;
/// What may be kept of answers, and as much again for the pieces in which the system takes and gives back. That is 4 kB a request.
const MAY_GROW_BY: f64 = 24_000_000.0;

#[test]
fn memory_does_not_grow_with_the_number_of_requests() {
    let server = Folder::squares().serve_with(&["--memory", "16MB"]);
    ask(&server, 0..BEFORE);
    let before = server.resident_bytes();
    ask(&server, BEFORE..BEFORE + MORE);
    let after = server.resident_bytes();
    assert!(after < before + MAY_GROW_BY, "{before} bytes, and {after} after {MORE} requests more");
}

/// Asks one path after the other, each on one of four connections.
fn ask(server: &Server, numbers: std::ops::Range<usize>) {
    const CONNECTIONS: usize = 4;
    let id = server.edition();
    std::thread::scope(|scope| {
        for connection in 0..CONNECTIONS {
            let (id, numbers) = (&id, numbers.clone());
            scope.spawn(move || {
                let mut client = Client::of(server);
                for number in numbers.skip(connection).step_by(CONNECTIONS) {
                    // Six digits, so that all are as long.
                    let path = PATHS[number % PATHS.len()].replace('@', id).replace('#', &format!("{number:06}"));
                    let status = client.status_of(&path);
                    assert!([200, 400, 404].contains(&status), "{path}: {status}");
                }
            });
        }
    });
}

/// A connection that is kept.
struct Client(BufReader<TcpStream>);

impl Client {
    fn of(server: &Server) -> Client {
        Client(BufReader::new(TcpStream::connect(&server.address).unwrap()))
    }

    /// Asks, and reads the answer to its end.
    fn status_of(&mut self, path: &str) -> u16 {
        write!(self.0.get_mut(), "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n").unwrap();
        let mut status = 0;
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.0.read_line(&mut line).unwrap();
            let line = line.trim_end().to_ascii_lowercase();
            if let Some(rest) = line.strip_prefix("http/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.parse().unwrap();
            } else if line.is_empty() {
                break;
            }
        }
        self.0.by_ref().take(length).read_to_end(&mut Vec::new()).unwrap();
        status
    }
}
