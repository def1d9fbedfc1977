//! `tessera serve`: publish an atlas folder into its store, and answer requests from there.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use bytesize::ByteSize;
use clap::Args;
use tessera_atlas::folder::AtlasFolder;
use tessera_atlas::problem::{Problem, told};
use tessera_atlas::read_atlas;
use tessera_atlas::store::{ColumnCache, Store, StoreError};
use tessera_server::{Address, App, BasePath, Delivery, Editions, Limits, Listener, ProxyHeader, Settings};
use tokio::sync::oneshot;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tracing::level_filters::LevelFilter;

use crate::publishing::{Outcome, Publishing, same_atlas};
use crate::signals::{Reload, Signals};
use crate::{CUT_SHORT, FAILED, Format, say};

/// How often the sources and the store are looked at.
const LOOK: Duration = Duration::from_secs(2);
/// How long a start waits for what changed since the last one, before it serves what was published then.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often somebody else's first edition is looked for.
const WAIT: Duration = Duration::from_millis(200);
/// The store of an atlas folder, unless another is named.
const STORE: &str = ".tessera";

/// What `tessera serve` can be told. `docs/operations.md` says more of each.
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// The folder that holds atlas.toml; the current one unless said
    dir: Option<PathBuf>,
    /// The folder that keeps the editions; DIR/.tessera unless said. One that holds editions is served without sources, too
    #[arg(long, value_name = "PATH", value_parser = store_folder)]
    store: Option<PathBuf>,
    /// Address and port to listen on, where port 0 takes a free one; or a unix socket: unix:/run/tessera.sock
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: Address,
    /// Serve everything below a path, such as /atlas
    #[arg(long, value_name = "PATH", default_value = "/")]
    base_path: BasePath,
    /// Memory for columns and answers that are kept or being sent; shapes and names come on top
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
            delivery: Delivery::Server,
        }
    }
}

/// A store by its path, or by its URL where that names a folder.
fn store_folder(text: &str) -> Result<PathBuf, String> {
    match text.split_once("://") {
        None => Ok(PathBuf::from(text)),
        Some(("file", path)) if path.starts_with('/') => Ok(PathBuf::from(path)),
        Some((scheme, _)) => {
            Err(format!("a store is a folder, as a path or file:///path; `{scheme}` is not supported"))
        }
    }
}

/// Where editions come from.
struct Sources {
    /// The atlas folder; `None` where a store is served alone.
    dir: Option<PathBuf>,
    store: PathBuf,
}

impl ServeArguments {
    fn sources(&self) -> Sources {
        let holds_atlas = |dir: &Path| dir.join(AtlasFolder::MANIFEST).is_file();
        match (&self.dir, &self.store) {
            (Some(dir), Some(store)) => Sources { dir: Some(dir.clone()), store: store.clone() },
            (None, Some(store)) => {
                let here = PathBuf::from(".");
                // An edition by itself takes no other beside it.
                let is_edition = store.join("manifest.json").is_file();
                Sources { dir: Some(here).filter(|here| holds_atlas(here) && !is_edition), store: store.clone() }
            }
            (dir, None) => {
                let dir = dir.clone().unwrap_or_else(|| PathBuf::from("."));
                Sources { store: dir.join(STORE), dir: Some(dir) }
            }
        }
    }
}

/// Publishes, says where it listens on standard output, and serves until it is told to stop.
pub(crate) fn serve(arguments: &ServeArguments) -> ExitCode {
    if let Err(error) = write_log(arguments.log) {
        say(&format!("error: {error}"));
        return ExitCode::from(FAILED);
    }
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
    let served = runtime.block_on(publish_and_serve(arguments));
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

async fn publish_and_serve(arguments: &ServeArguments) -> Result<(), String> {
    let settings = arguments.settings();
    let cache = ColumnCache::new(settings.memory_for_columns());
    let Sources { dir, store } = arguments.sources();
    if let Some(dir) = dir.as_ref().filter(|dir| !dir.join(AtlasFolder::MANIFEST).exists()) {
        let (_, report) = read_atlas(dir);
        return Err(format!("nothing is served\n{}", told(&report.problems)));
    }
    if dir.is_some() && store.join("manifest.json").is_file() {
        let hint = "serve it without a folder, or name a store that takes editions";
        return Err(format!(
            "`{}` is a single edition, into which nothing is published\n  hint: {hint}",
            store.display()
        ));
    }
    // What cannot be listened on is said before anything is built.
    drop(bind(&arguments.listen).await?);
    let mut publishing = match &dir {
        Some(dir) => begin(dir, &store)?,
        None => None,
    };
    let mut signals = Signals::listen().map_err(|error| error.to_string())?;
    let reload = Reload::listen().map_err(|error| error.to_string())?;
    let open = || Store::open(&store, cache.clone()).and_then(Editions::of_store);
    let editions = match open() {
        Ok(editions) => editions,
        Err(error) => {
            let Some(dir) = &dir else { return Err(error.to_string()) };
            if !matches!(error, StoreError::NoEdition(_)) {
                tracing::error!(%error, "the newest edition cannot be served: it is built again");
            }
            tokio::select! {
                built = first_edition(dir, &store, &mut publishing, arguments.log) => built?,
                () = signals.next() => return Ok(()),
            }
            open().map_err(|error| error.to_string())?
        }
    };
    if let Some(dir) = &dir {
        same_atlas(dir, &store, &editions.atlas_id())?;
    }
    let editions = Arc::new(editions);
    let (settled, has_settled) = oneshot::channel();
    tokio::spawn(keep_publishing(dir.map(|dir| (dir, store)), publishing, editions.clone(), reload, settled));
    // What takes longer is moved to when it is there.
    drop(timeout(PATIENCE, has_settled).await);
    listen_and_serve(editions, arguments, &settings, signals).await
}

/// Takes the right to publish. A store that may only be read is served as it is, where it holds an edition.
fn begin(dir: &Path, store: &Path) -> Result<Option<Publishing>, String> {
    match Publishing::begin(dir, store) {
        Ok(publishing) => Ok(publishing),
        Err(error @ StoreError::NoStore { .. }) => Err(error.to_string()),
        Err(error) if store.join("latest").is_file() || store.join("manifest.json").is_file() => {
            tracing::warn!(%error, "changes of the sources will not be published");
            Ok(None)
        }
        Err(error) => Err(error.to_string()),
    }
}

/// Waits until the store has an edition that can be served: from this process, or from the one that has the right to publish.
async fn first_edition(
    dir: &Path,
    store: &Path,
    publishing: &mut Option<Publishing>,
    log: Format,
) -> Result<(), String> {
    if publishing.is_none() {
        tracing::info!(store = %store.display(), "another process publishes into this store: waiting for its edition");
    }
    while publishing.is_none() {
        let opened = Store::open(store, ColumnCache::new(0)).and_then(Editions::of_store);
        if opened.is_ok() {
            return Ok(());
        }
        sleep(WAIT).await;
        *publishing = begin(dir, store)?;
    }
    let Some(publishing) = publishing else { return Ok(()) };
    tracing::info!(folder = %dir.display(), "building the first edition");
    let mut outcome = publishing.build_first(log == Format::Json).await;
    while matches!(&outcome, Outcome::Failed { trouble, .. } if trouble.kind == Problem::CHANGED) {
        tracing::info!("the sources are still being written: the first edition is built again");
        sleep(LOOK).await;
        outcome = publishing.build_first(log == Format::Json).await;
    }
    match outcome {
        Outcome::Published { edition, .. } => {
            tracing::info!(%edition, "built");
            Ok(())
        }
        Outcome::Failed { trouble, told } => {
            let errors = if trouble.errors == 1 { "error".to_owned() } else { format!("{} errors", trouble.errors) };
            let told = if told.is_empty() { told } else { format!("\n{told}") };
            Err(format!("nothing is served: mend the {errors} and start again{told}"))
        }
    }
}

/// Builds when the sources change, moves to what is published into the store by whomever, and never ends.
async fn keep_publishing(
    sources: Option<(PathBuf, PathBuf)>,
    mut publishing: Option<Publishing>,
    editions: Arc<Editions>,
    mut reload: Reload,
    settled: oneshot::Sender<()>,
) {
    let mut told = None;
    if let Some(publishing) = &mut publishing {
        catch_up(publishing, &editions).await;
        follow(&editions, &mut told).await;
    }
    // Nobody waits for it any more, where it took long.
    let _ = settled.send(());
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = looks.tick() => {}
            () = reload.next() => {
                tracing::info!("told to build again");
                publishing.iter_mut().for_each(Publishing::try_again);
            }
        }
        match (&mut publishing, &sources) {
            (Some(publishing), _) => {
                if publishing.has_settled_change() {
                    for file in publishing.cut_off() {
                        let file = file.display().to_string();
                        tracing::warn!(file, "the last line of this file has no end: if it was cut off, copy it again");
                    }
                    build(publishing, &editions).await;
                }
            }
            // Whoever published here may have gone. Where the sources have, no store is made where they were.
            (None, Some((dir, store))) => {
                if dir.join(AtlasFolder::MANIFEST).is_file()
                    && let Ok(Some(mut taken)) = Publishing::begin(dir, store)
                {
                    catch_up(&mut taken, &editions).await;
                    publishing = Some(taken);
                }
            }
            (None, None) => {}
        }
        follow(&editions, &mut told).await;
    }
}

/// Builds unless the newest edition is what the sources would give again.
async fn catch_up(publishing: &mut Publishing, editions: &Editions) {
    if !publishing.is_current(&editions.latest()) {
        build(publishing, editions).await;
    }
}

/// Moves to what the store's pointer names. What is wrong is told once, not at every look: `told` keeps it.
async fn follow(editions: &Arc<Editions>, told: &mut Option<StoreError>) {
    let following = editions.clone();
    match tokio::task::spawn_blocking(move || following.follow()).await {
        Ok(Ok(edition)) => {
            if let Some(edition) = edition {
                tracing::info!(%edition, "moved");
            }
            *told = None;
        }
        Ok(Err(error)) if told.as_ref() != Some(&error) => {
            tracing::error!(%error, "the newest edition cannot be served: the one before stays");
            *told = Some(error);
        }
        Ok(Err(_)) | Err(_) => {}
    }
}

async fn build(publishing: &mut Publishing, editions: &Editions) {
    match publishing.build(&editions.atlas_id()).await {
        Outcome::Published { edition, remarks } => {
            if remarks.is_empty() {
                tracing::info!(%edition, "built");
            } else {
                tracing::info!(%edition, remarks, "built");
            }
            editions.report(None);
        }
        Outcome::Failed { trouble, told } => {
            tracing::error!(edition = %editions.latest(), report = told, "the sources are broken: this edition stays");
            editions.report(Some(trouble));
        }
    }
}

async fn bind(listen: &Address) -> Result<Listener, String> {
    Listener::bind(listen).await.map_err(|error| {
        let hint = match listen {
            Address::Tcp(_) if error.kind() == io::ErrorKind::AddrInUse => {
                "stop what uses the port, or choose another with `--listen 127.0.0.1:8081`"
            }
            Address::Tcp(_) => {
                "name an address of this machine: 127.0.0.1 for itself alone, 0.0.0.0 for all that reach it"
            }
            #[cfg(unix)]
            Address::Unix(_) => "the folder must exist and be writable, and no other server may use the socket",
        };
        format!("cannot listen on `{listen}`: {error}\n  hint: {hint}")
    })
}

async fn listen_and_serve(
    editions: Arc<Editions>,
    arguments: &ServeArguments,
    settings: &Settings,
    signals: Signals,
) -> Result<(), String> {
    let listener = bind(&arguments.listen).await?;
    let mut address = listener.address().map_err(|error| error.to_string())?;
    if let Address::Tcp(_) = arguments.listen {
        address.push_str(&arguments.base_path.to_string());
    }
    tracing::info!(edition = %editions.latest(), "ready");
    let app = App::new(editions, settings)?;
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

/// Writes the log to standard error, as far as `TESSERA_LOG` asks for it. Where nobody can read it any more, the server goes on.
fn write_log(format: Format) -> Result<(), String> {
    let wanted = env::var_os("TESSERA_LOG").unwrap_or_else(|| "info".into());
    let level: Option<LevelFilter> = wanted.to_str().and_then(|level| level.parse().ok());
    let level = level.ok_or_else(|| {
        format!("`TESSERA_LOG` is `off`, `error`, `warn`, `info`, `debug` or `trace`, not `{}`", wanted.display())
    })?;
    let log = tracing_subscriber::fmt()
        .with_writer(io::stderr)
        .log_internal_errors(false)
        .with_ansi(io::stderr().is_terminal())
        .with_target(false)
        .with_max_level(level);
    match format {
        Format::Text => log.init(),
        Format::Json => log.json().flatten_event(true).with_span_list(false).init(),
    }
    Ok(())
}
