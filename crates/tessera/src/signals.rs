//! The signals that tell the program to stop, or to look at its sources again.

use std::io;
#[cfg(unix)]
use std::io::IsTerminal;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Ctrl-C, and the signal by which service managers end a program. None is missed from the moment this value exists.
#[cfg(unix)]
pub(crate) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(unix)]
impl Signals {
    /// Begins to listen.
    pub(crate) fn listen() -> io::Result<Signals> {
        Ok(Signals { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Resolves at the next signal.
    pub(crate) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// Ctrl-C.
#[cfg(not(unix))]
pub(crate) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Begins to listen.
    pub(crate) fn listen() -> io::Result<Signals> {
        Ok(Signals)
    }

    /// Resolves at the next signal.
    pub(crate) async fn next(&mut self) {
        drop(tokio::signal::ctrl_c().await);
    }
}

/// What tells a server to build whatever lengths and times of the sources say: SIGHUP, by which services are reloaded. To a
/// server in a terminal it says that the terminal is closed, and ends it.
#[cfg(unix)]
pub(crate) struct Reload(Option<Signal>);

#[cfg(unix)]
impl Reload {
    /// Begins to listen.
    pub(crate) fn listen() -> io::Result<Reload> {
        let is_service = !io::stdin().is_terminal();
        Ok(Reload(is_service.then(|| signal(SignalKind::hangup())).transpose()?))
    }

    /// Resolves at the next signal.
    pub(crate) async fn next(&mut self) {
        match &mut self.0 {
            Some(hangup) => drop(hangup.recv().await),
            None => std::future::pending().await,
        }
    }
}

/// Nothing tells it here.
#[cfg(not(unix))]
pub(crate) struct Reload;

#[cfg(not(unix))]
impl Reload {
    /// Begins to listen.
    pub(crate) fn listen() -> io::Result<Reload> {
        Ok(Reload)
    }

    /// Never resolves.
    pub(crate) async fn next(&mut self) {
        std::future::pending().await
    }
}
