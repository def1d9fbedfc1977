//! How far a build is, said on standard error: as a bar where that is a terminal, in lines otherwise.

use std::io::{self, IsTerminal};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tessera_atlas::progress::{Progress, Silent, Stage};

use crate::say;

/// How long a stage goes on before it is said again how far it is.
const EVERY: Duration = Duration::from_secs(5);

/// Somebody who says how far a build is, unless nobody is to.
pub(crate) fn on_standard_error(quiet: bool) -> Box<dyn Progress> {
    match (quiet, io::stderr().is_terminal()) {
        (true, _) => Box::new(Silent),
        (false, true) => Box::new(Bar::new()),
        (false, false) => Box::new(Lines::new()),
    }
}

/// A bar for the stage that is under way, which leaves nothing behind.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Bar {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("{msg:12} {wide_bar} {pos} of {len}, {elapsed}");
        Bar(style.map(|style| bar.clone().with_style(style)).unwrap_or(bar))
    }
}

impl Progress for Bar {
    fn at(&self, stage: Stage, done: usize, total: usize) {
        self.0.set_message(stage.to_string());
        self.0.set_length(total as u64);
        self.0.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A line for each stage when it is done, and now and then for one that takes long: "tables: 3 of 5, after 12.0 s".
struct Lines {
    began: Instant,
    said: Mutex<Option<(Stage, Instant)>>,
}

impl Lines {
    fn new() -> Lines {
        Lines { began: Instant::now(), said: Mutex::new(None) }
    }
}

impl Progress for Lines {
    fn at(&self, stage: Stage, done: usize, total: usize) {
        let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        match *said {
            Some((last, at)) if last == stage && done < total && now < at + EVERY => return,
            Some((last, _)) if last == stage => {}
            // The time until it is said again begins with the stage.
            _ if done < total => return *said = Some((stage, now)),
            _ => {}
        }
        *said = Some((stage, now));
        say(&format!("{stage}: {done} of {total}, after {:.1} s", self.began.elapsed().as_secs_f64()));
    }
}
