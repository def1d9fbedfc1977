//! `tessera serve`: read an atlas folder and answer requests about it.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use bytesize::ByteSize;
use clap::Args;
use tessera_atlas::problem::{Severity, told};
use tessera_atlas::{Edition, read_atlas};
use tessera_server::{Address, App, BasePath, Limits, Listener, ProxyHeader, Settings};

use crate::Format;
use crate::check::tally;
use crate::signals::Signals;

/// Bad input, or an address that cannot be had.
const FAILED: u8 = 2;
/// Told to stop a second time.
const CUT_SHORT: i32 = 130;

/// What `tessera serve` can be told. `docs/operations.md` says more of each.
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// The folder that holds atlas.toml
    #[arg(default_value = ".")]
    dir: PathBuf,
    /// Address and port to listen on, where port 0 takes a free one; or a unix socket: unix:/run/tessera.sock
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: Address,
    /// Serve everything below a path, such as /atlas
    #[arg(long, value_name = "PATH", default_value = "/")]
    base_path: BasePath,
    /// Memory for answers that are kept or being sent; the atlas itself comes on top
    #[arg(long, value_name = "SIZE", default_value = "512MB", value_parser = memory)]
    memory: u64,
    /// Believe the proxy in front who asks; name the header that it sets: forwarded or x-forwarded-for
    #[arg(long, value_name = "HEADER")]
    trust_proxy: Option<ProxyHeader>,
    /// How to write the log, on standard error
    #[arg(long, value_enum, default_value_t = Format::Text)]
    log: Format,
    #[command(flatten, next_help_heading = "Limits")]
    limits: LimitArguments,
}

#[derive(Debug, Args)]
struct LimitArguments {
    /// Connections at the same time
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().connections, value_parser = count)]
    max_connections: usize,
    /// Requests being answered at the same time
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().requests, value_parser = count)]
    max_requests: usize,
    /// Answers waiting to be computed
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().queue, value_parser = count)]
    max_queue: usize,
    /// How long a request may wait for its answer
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    answer_timeout: Duration,
    /// How long a client may be silent
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    idle_timeout: Duration,
    /// How long requests under way may take to end when the server is told to stop
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    stop_timeout: Duration,
}

/// Below this, one large answer would leave no room for others.
const LEAST_MEMORY: ByteSize = ByteSize::mb(16);
/// Semaphores count no further than this.
const MOST: usize = 1_000_000;

fn memory(text: &str) -> Result<u64, String> {
    let size: ByteSize = text.parse().map_err(|_| "a size is like 512MB or 2GiB".to_owned())?;
    if size < LEAST_MEMORY {
        Err(format!("at least {}MB", LEAST_MEMORY.as_u64() / 1_000_000))
    } else {
        Ok(size.as_u64())
    }
}

fn count(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|count| (1..=MOST).contains(count)).ok_or_else(|| format!("a whole number, 1 to {MOST}"))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let longest = Duration::from_secs(24 * 60 * 60);
    let duration = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration
        .filter(|duration| !duration.is_zero() && *duration <= longest)
        .ok_or_else(|| "a number of seconds, such as 30 or 0.5, up to a day".to_owned())
}

impl ServeArguments {
    fn settings(&self) -> Settings {
        let limits = &self.limits;
        Settings {
            base_path: self.base_path.clone(),
            trust_proxy: self.trust_proxy,
            memory_bytes: self.memory,
            limits: Limits {
                connections: limits.max_connections,
                requests: limits.max_requests,
                queue: limits.max_queue,
                answer_time: limits.answer_timeout,
                idle_time: limits.idle_timeout,
                stop_time: limits.stop_timeout,
            },
        }
    }
}

/// Reads the folder, says where it listens on standard output, and serves until it is told to stop.
pub(crate) fn serve(arguments: &ServeArguments) -> ExitCode {
    write_log(arguments.log);
    let (edition, report) = read_atlas(&arguments.dir);
    if !report.problems.is_empty() {
        say(&format!("{}\n\n{}", told(&report.problems), tally(&report)));
    }
    let Some(edition) = edition else {
        say(&format!("nothing is served: mend the {} and start again", errors(report.count(Severity::Error))));
        return ExitCode::from(FAILED);
    };
    if !tessera_server::page_is_built() {
        say("warning: this program was built without its page, so only the data are served; run `make build`");
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say(&format!("error: the server cannot start: {error}"));
            return ExitCode::from(FAILED);
        }
    };
    let served = runtime.block_on(listen_and_serve(edition, arguments));
    // Work that nobody waits for any more is not finished.
    runtime.shutdown_background();
    match served {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&format!("error: {message}"));
            ExitCode::from(FAILED)
        }
    }
}

async fn listen_and_serve(edition: Edition, arguments: &ServeArguments) -> Result<(), String> {
    let listen = &arguments.listen;
    let signals = Signals::listen().map_err(|error| error.to_string())?;
    let listener = Listener::bind(listen).await.map_err(|error| {
        let hint = match listen {
            Address::Tcp(_) => "stop what uses the port, or choose another with `--listen 127.0.0.1:8081`",
            #[cfg(unix)]
            Address::Unix(_) => "the folder must exist and be writable, and no other server may use the socket",
        };
        format!("cannot listen on `{listen}`: {error}\n  hint: {hint}")
    })?;
    let mut address = listener.address().map_err(|error| error.to_string())?;
    if let Address::Tcp(_) = listen {
        address.push_str(&arguments.base_path.to_string());
    }
    tracing::info!(edition = %edition.id(), "ready");
    let app = App::new(Arc::new(edition), &arguments.settings())?;
    writeln!(io::stdout(), "listening on {address}").map_err(|error| error.to_string())?;
    io::stdout().flush().map_err(|error| error.to_string())?;
    let cut_off = app.serve(listener, asked_to_stop(signals)).await;
    if cut_off > 0 {
        tracing::warn!(connections = cut_off, "stopped before everything was answered");
    }
    Ok(())
}

/// Resolves when the program is told to stop. Told a second time, it ends at once.
async fn asked_to_stop(mut signals: Signals) {
    signals.next().await;
    tracing::info!("stopping: requests under way are finished first");
    tokio::spawn(async move {
        signals.next().await;
        std::process::exit(CUT_SHORT);
    });
}

/// Writes the log to standard error, as far as `TESSERA_LOG` asks for it.
fn write_log(format: Format) {
    let log = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_env_filter(tracing_subscriber::EnvFilter::try_from_env("TESSERA_LOG").unwrap_or_else(|_| "info".into()));
    match format {
        Format::Text => log.init(),
        Format::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
}

fn errors(count: usize) -> String {
    if count == 1 { "error".to_owned() } else { format!("{count} errors") }
}

/// Speaks on standard error. Where that is gone there is nobody to tell.
fn say(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}
