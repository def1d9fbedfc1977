//! What an operator decides. `docs/operations.md` describes each from outside.

use std::time::Duration;

use crate::frame::{BasePath, ProxyHeader};

/// How the server runs. The defaults suit a small machine without a proxy.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The path below which everything is served.
    pub base_path: BasePath,
    /// The header in which a proxy in front says who asks. `None`: no proxy is believed.
    pub trust_proxy: Option<ProxyHeader>,
    /// How many bytes may be taken by answers that are kept or being sent, and by columns that were read for them.
    pub memory_bytes: u64,
    /// Beyond how much the server refuses.
    pub limits: Limits,
    /// How the atlas reaches its readers.
    pub delivery: Delivery,
}

/// How the atlas reaches its readers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Delivery {
    /// This program answers them.
    #[default]
    Server,
    /// Any file server does, with the files of a [`Site`](crate::Site): what has to be computed for a reader is not there.
    Files,
}

impl Delivery {
    /// What tells the page, as HTML for its head.
    pub(crate) fn said(self) -> String {
        match self {
            Delivery::Server => String::new(),
            Delivery::Files => r#"<meta name="tessera:delivery" content="files">"#.to_owned(),
        }
    }
}

/// Beyond how much the server refuses.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections open at the same time. Those beyond are told to come back.
    pub connections: usize,
    /// Requests being answered at the same time. Those beyond are told to come back.
    pub requests: usize,
    /// Answers waiting to be computed. Requests for more are told to come back.
    pub queue: usize,
    /// How long a request may wait for its answer.
    pub answer_time: Duration,
    /// How long a client may be silent: while it sends a request, between two requests, and while it reads no more of an
    /// answer.
    pub idle_time: Duration,
    /// How long requests under way may take to end after the server is told to stop.
    pub stop_time: Duration,
}

impl Settings {
    /// The part of the memory for columns. They are larger than the packed answers that are made of them: a profile is made of
    /// one for each indicator.
    pub fn memory_for_columns(&self) -> u64 {
        self.memory_bytes / 2
    }

    pub(crate) fn memory_for_answers(&self) -> u64 {
        self.memory_bytes - self.memory_for_columns() - self.memory_for_addresses()
    }

    /// The part of the memory for addresses that were asked before.
    pub(crate) fn memory_for_addresses(&self) -> u64 {
        self.memory_bytes / 64
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            base_path: BasePath::default(),
            trust_proxy: None,
            memory_bytes: 512_000_000,
            limits: Limits::default(),
            delivery: Delivery::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 512,
            requests: 256,
            queue: 64,
            answer_time: Duration::from_secs(30),
            idle_time: Duration::from_secs(30),
            stop_time: Duration::from_secs(30),
        }
    }
}
