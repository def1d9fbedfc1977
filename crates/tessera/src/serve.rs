//! `tessera serve`: read an atlas folder and answer requests about it.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use tessera_atlas::problem::Severity;
use tessera_atlas::{Edition, read_atlas};
use tokio::net::TcpListener;

use crate::check::{problems_as_text, tally};

/// Bad input, or an address that cannot be had.
const FAILED: u8 = 2;

/// Reads the folder, says where it listens on standard output, and serves until it is told to stop.
pub(crate) fn serve(dir: &Path, listen: &str) -> ExitCode {
    let (edition, report) = read_atlas(dir);
    if !report.problems.is_empty() {
        say(&format!("{}\n\n{}", problems_as_text(&report), tally(&report)));
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
    match runtime.block_on(listen_and_serve(edition, listen)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&format!("error: {message}"));
            ExitCode::from(FAILED)
        }
    }
}

async fn listen_and_serve(edition: Edition, listen: &str) -> Result<(), String> {
    let listener = TcpListener::bind(listen).await.map_err(|error| {
        format!("cannot listen on `{listen}`: {error}\n  hint: stop what uses the port, or choose another with `--listen 127.0.0.1:8081`")
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    tracing::info!(edition = %edition.id(), "ready");
    let app = tessera_server::app(Arc::new(edition));
    writeln!(io::stdout(), "listening on http://{address}").map_err(|error| error.to_string())?;
    io::stdout().flush().map_err(|error| error.to_string())?;
    tessera_server::serve(listener, app, asked_to_stop()).await.map_err(|error| error.to_string())
}

/// Resolves at Ctrl-C, and at the signal by which service managers end a program.
async fn asked_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        match terminated {
            Ok(mut terminated) => tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            },
            Err(_) => drop(interrupted.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
    tracing::info!("stopping: requests under way are finished first");
}

fn errors(count: usize) -> String {
    if count == 1 { "error".to_owned() } else { format!("{count} errors") }
}

/// Speaks on standard error. Where that is gone there is nobody to tell.
fn say(text: &str) {
    drop(writeln!(io::stderr(), "{text}"));
}
