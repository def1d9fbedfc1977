//! The real program on a free port, and a client that hides nothing: no redirect is followed, no body unpacked, no status
//! turned into an error.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock, Mutex, Weak};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::{NamedTempFile, TempDir};

/// The folder of the demo atlas, which is also the folder of the project.
pub(crate) fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// A running server. Dropping it ends the program and looks at its log.
pub(crate) struct Server {
    child: Mutex<Child>,
    /// `127.0.0.1:54321`
    pub(crate) address: String,
    log: NamedTempFile,
    forgiven: AtomicBool,
    folder: Option<Arc<TempDir>>,
    client: ureq::Agent,
}

/// The server of the demo atlas, shared by all tests that run at the same time. Each thread holds on to it until its end,
/// so it is ended with the last of them; the edition stays for whoever asks next.
pub(crate) fn demo() -> Arc<Server> {
    static RUNNING: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    // That of the project may hold editions of other days.
    static STORE: LazyLock<PathBuf> = LazyLock::new(folder_for_all);
    thread_local! {
        static HELD: Arc<Server> = {
            let mut running = RUNNING.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            running.upgrade().unwrap_or_else(|| {
                let server = Arc::new(Server::start_with(&project(), &["--store", STORE.to_str().unwrap()]));
                *running = Arc::downgrade(&server);
                server
            })
        };
    }
    HELD.with(Arc::clone)
}

/// The edition of the demo atlas.
pub(crate) fn demo_edition() -> String {
    static EDITION: LazyLock<String> = LazyLock::new(|| demo().edition());
    EDITION.clone()
}

/// A folder for all tests of this process, such as for a store that none of them changes. A shell that waits for the end of
/// the process takes it away.
pub(crate) fn folder_for_all() -> PathBuf {
    let folder = TempDir::new().unwrap().keep();
    let mut shell = Command::new("sh");
    shell.args(["-c", "cat; rm -r -- \"$0\""]).arg(&folder).stdin(Stdio::piped());
    std::mem::forget(shell.spawn().unwrap().stdin.take());
    folder
}

impl Server {
    /// Serves a folder and waits until the program says where it listens.
    pub(crate) fn start(folder: &Path) -> Server {
        Server::start_with(folder, &[])
    }

    /// As [`Server::start`], told more on the command line.
    pub(crate) fn start_with(folder: &Path, arguments: &[&str]) -> Server {
        Server::start_told(folder, "127.0.0.1:0", arguments)
    }

    /// As [`Server::start`], on an address of one's own.
    #[cfg(unix)]
    pub(crate) fn start_on(folder: &Path, address: &str) -> Server {
        Server::start_told(folder, address, &[])
    }

    /// As [`Server::start_with`], with a log of everything that there is to tell.
    pub(crate) fn start_verbose(folder: &Path, arguments: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.arg("serve").arg(folder).args(["--listen", "127.0.0.1:0"]).args(arguments).env("TESSERA_LOG", "trace");
        Server::started(command)
    }

    /// As [`Server::start`], with a log on a disk that is full.
    #[cfg(target_os = "linux")]
    pub(crate) fn start_without_log(folder: &Path) -> Server {
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" serve \"$1\" --listen 127.0.0.1:0 2>/dev/full"]);
        command.arg(env!("CARGO_BIN_EXE_tessera")).arg(folder);
        Server::started(command)
    }

    /// Serves whatever the arguments say, from a folder in which there is no atlas.
    pub(crate) fn start_with_arguments(arguments: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.arg("serve").args(["--listen", "127.0.0.1:0"]).args(arguments).current_dir("/");
        Server::started(command)
    }

    /// Serves the folder in which it is started, as who works in it does.
    pub(crate) fn start_within(folder: &Path) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.args(["serve", "--listen", "127.0.0.1:0"]).current_dir(folder);
        Server::started(command)
    }

    fn start_told(folder: &Path, listen: &str, arguments: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
        command.arg("serve").arg(folder).args(["--listen", listen]).args(arguments);
        Server::started(command)
    }

    fn started(mut command: Command) -> Server {
        let log = NamedTempFile::new().unwrap();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::from(File::create(log.path()).unwrap()))
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Some(address) = line.trim_end().strip_prefix("listening on ") else {
            let _ = child.wait();
            panic!("the server did not start: {line}{}", std::fs::read_to_string(log.path()).unwrap());
        };
        let address = match address.strip_prefix("http://") {
            Some(with_base_path) => with_base_path.split('/').next().unwrap(),
            None => address,
        };
        // A connection for each request: a server may close one that is kept, and the next request would find it gone.
        let client = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_idle_connections(0)
            .proxy(None)
            .build();
        Server {
            child: Mutex::new(child),
            address: address.to_owned(),
            log,
            forgiven: AtomicBool::new(false),
            folder: None,
            client: client.into(),
        }
    }

    /// Keeps a folder, in which the server's store may be, as long as the server runs.
    pub(crate) fn keeping(mut self, folder: Arc<TempDir>) -> Server {
        self.folder = Some(folder);
        self
    }

    /// The id of the edition that is served.
    pub(crate) fn edition(&self) -> String {
        self.get("/api/v1/atlas").json()["edition"].as_str().unwrap().to_owned()
    }

    /// Asks for a path, in which `{edition}` stands for the id of the edition.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[])
    }

    /// As [`Server::get`], with headers.
    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask("GET", path, headers)
    }

    /// The JSON behind a path that must be found.
    pub(crate) fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        answer.json()
    }

    /// The refusal behind a path, which must be a well-formed one.
    pub(crate) fn problem(&self, path: &str) -> Value {
        let answer = self.get(path);
        answer.assert_is_problem();
        answer.json()
    }

    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let path =
            if path.contains("{edition}") { path.replace("{edition}", &self.edition()) } else { path.to_owned() };
        let mut request = ureq::http::Request::builder().method(method).uri(format!("http://{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = self.client.run(request.body(()).unwrap()).unwrap();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        let mut body = Vec::new();
        response.body_mut().as_reader().read_to_end(&mut body).unwrap();
        Answer { status: response.status().as_u16(), headers, body }
    }

    /// Asks in so many words, and gives everything that comes back until the server ends the connection.
    pub(crate) fn ask_raw(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // A server that refuses early may close while we still write.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// A figure of `/metrics`, by its name and labels.
    pub(crate) fn figure(&self, name: &str) -> f64 {
        let figures = self.get("/metrics").text();
        let line = figures.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.map_or(0.0, |figure| figure.parse().unwrap())
    }

    /// The status of a request whose target is sent byte by byte as it stands. `None`: the connection was closed.
    pub(crate) fn status_of_raw(&self, target: &[u8]) -> Option<u16> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // A server that refuses early may close while we still write.
        let _ = stream.write_all(b"GET ").and_then(|()| stream.write_all(target));
        let _ = stream.write_all(b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let status = answer.strip_prefix(b"HTTP/1.1 ")?.get(..3)?;
        std::str::from_utf8(status).ok()?.parse().ok()
    }

    /// What the program said on standard error.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.log.path()).unwrap()
    }

    /// Expects faults in the log from now on.
    pub(crate) fn forgive(&self) {
        self.forgiven.store(true, Ordering::SeqCst);
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child().id()
    }

    /// The memory that the process has now.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident_bytes(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse::<f64>().unwrap() * 1024.0
    }

    /// Waits for the end of the process, and gives its exit code.
    #[cfg(unix)]
    pub(crate) fn wait(&self) -> Option<i32> {
        self.child().wait().unwrap().code()
    }

    /// Sends the process a signal: `TERM`, `INT`, `KILL`.
    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: &str) {
        let id = self.id().to_string();
        assert!(Command::new("kill").args(["-s", signal, &id]).status().unwrap().success());
    }

    /// Ends the process in good order, so that its log is complete.
    #[cfg(unix)]
    pub(crate) fn stop(&self) {
        self.signal("TERM");
        assert_eq!(self.wait(), Some(0));
    }

    fn child(&self) -> std::sync::MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child().kill();
        let _ = self.child().wait();
        if !std::thread::panicking() && !self.forgiven.load(Ordering::SeqCst) {
            let log = self.log();
            assert!(!log.contains("ERROR") && !log.contains("panicked"), "the log tells of a fault:\n{log}");
        }
    }
}

/// An answer as it came over the wire.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header, which must not stand twice.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(own, _)| own == name).map(|(_, value)| value.as_str());
        let value = values.next();
        assert_eq!(values.next(), None, "{name} stands twice");
        value
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// RFC 9457, never stored, with exactly the documented members.
    pub(crate) fn assert_is_problem(&self) {
        assert_eq!(self.header("content-type"), Some("application/problem+json"), "{}", self.text());
        assert_eq!(self.header("cache-control"), Some("no-store"));
        let problem = self.json();
        let members: Vec<&str> = problem.as_object().unwrap().keys().map(String::as_str).collect();
        for member in ["type", "title", "status", "detail"] {
            assert!(members.contains(&member), "{problem}");
        }
        assert!(members.iter().all(|member| ["type", "title", "status", "detail", "parameter"].contains(member)));
        assert_eq!(problem["status"], self.status);
        assert!(problem["type"].as_str().unwrap().starts_with("/problems/"));
        assert!(!problem["detail"].as_str().unwrap().is_empty());
    }
}

/// How long anything may take that must come in the end, on a machine that has other things to do.
pub(crate) const PATIENCE: Duration = Duration::from_secs(180);

/// Waits for what must come. How long it takes is no part of any test.
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what} does not come");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Runs the program to its end.
pub(crate) fn run(arguments: &[&str]) -> Finished {
    run_within(&project(), arguments)
}

/// The same, in a folder.
pub(crate) fn run_within(folder: &Path, arguments: &[&str]) -> Finished {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tessera"));
    Finished(command.args(arguments).current_dir(folder).stdin(Stdio::null()).output().unwrap())
}

/// What a program that has ended left behind.
pub(crate) struct Finished(Output);

impl Finished {
    pub(crate) fn code(&self) -> Option<i32> {
        self.0.status.code()
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }
}

/// An answer as a snapshot shows it: ids of editions and the version left out, numbers rounded by [`rounded`], arrays cut
/// to their first members and the number of the others, hidden marks spelt out.
pub(crate) fn shown(value: &Value) -> Value {
    const FIRST: usize = 3;
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Null, rounded),
        Value::Array(members) if members.len() > FIRST + 1 => {
            let more = Value::from(format!("… and {} more", members.len() - FIRST));
            members.iter().take(FIRST).map(shown).chain([more]).collect()
        }
        Value::Array(members) => members.iter().map(shown).collect(),
        Value::Object(members) => {
            let shown_member = |(name, member): (&String, &Value)| {
                let member = match name.as_str() {
                    "version" => "[version]".into(),
                    "built" | "modified" => "[time]".into(),
                    _ => shown(member),
                };
                (name.clone(), member)
            };
            members.iter().map(shown_member).collect()
        }
        Value::String(text) if is_edition_id(text) => "[edition]".into(),
        Value::String(text) => visible(text).into(),
        other => other.clone(),
    }
}

/// Sixteen hexadecimal digits.
pub(crate) fn is_edition_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// A text in which marks that turn the direction of writing are spelt out: a reader of the snapshot should see them.
fn visible(text: &str) -> String {
    let is_mark = |character: char| matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let spelt =
        |character: char| if is_mark(character) { character.escape_unicode().to_string() } else { character.into() };
    text.chars().map(spelt).collect()
}

/// Six decimals: coarser than what machines differ by, finer than anything that a person is shown. Whole numbers stay whole.
pub(crate) fn rounded(number: f64) -> Value {
    let rounded = (number * 1e6).round() / 1e6;
    if rounded.fract() == 0.0 && rounded.abs() < 1e15 { Value::from(rounded as i64) } else { Value::from(rounded) }
}

/// Numbers that must be the same up to the last digits of a `f64`.
pub(crate) fn assert_close(actual: f64, expected: f64) {
    let tolerance = 1e-9 * expected.abs().max(1.0);
    assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected}");
}

/// The numbers of a JSON array.
pub(crate) fn numbers(array: &Value) -> Vec<Option<f64>> {
    array.as_array().unwrap_or_else(|| panic!("no array: {array}")).iter().map(Value::as_f64).collect()
}

/// The texts of a JSON array.
pub(crate) fn texts(array: &Value) -> Vec<&str> {
    array.as_array().unwrap_or_else(|| panic!("no array: {array}")).iter().map(|text| text.as_str().unwrap()).collect()
}

/// Percent-encodes everything that is not a letter or digit.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
