//! What is asked again: addresses that were led to an answer before.
//!
//! Routes, the gate and parameters lead an address to an answer that is kept, and to the headers around it. Until the server
//! moves to another edition, or one is withdrawn, they lead the same address to the same: that is remembered here, so that
//! whoever asks again is answered without them. The bytes are kept where all answers are, and only there.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, Method, header};
use axum::response::Response;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, Equivalent, OptionsBuilder, Weighter};

use super::encoding::Accepted;
use super::kept::{Answers, Kept, Key};
use crate::editions::Editions;
use crate::frame::{AnswerFrom, Connection, Counted, Metrics};

/// About how many addresses there is room for.
const EXPECTED_ADDRESSES: usize = 1000;
/// About what headers and figures take, in bytes.
const HEAD_BYTES: usize = 2048;

/// Where addresses lead.
pub(crate) struct Again {
    editions: Arc<Editions>,
    kept: Arc<Kept>,
    metrics: Arc<Metrics>,
    led: Cache<Asking<Box<str>>, Arc<Led>, Bytewise>,
}

/// What decides where a request leads, for everybody sees the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asking<A> {
    /// The path and the query as they are written.
    address: A,
    accepted: Accepted,
    /// How many times it had changed which editions there are.
    changes: u64,
}

/// Where an address leads.
struct Led {
    key: Key,
    headers: HeaderMap,
    counted: Counted,
}

/// Says in the extensions of a response which of the answers that are kept it is.
#[derive(Debug, Clone)]
pub(super) struct IsKept(pub(super) Key);

#[derive(Debug, Clone)]
struct Bytewise;

impl Weighter<Asking<Box<str>>, Arc<Led>> for Bytewise {
    fn weight(&self, asking: &Asking<Box<str>>, led: &Arc<Led>) -> u64 {
        (asking.address.len() + led.key.0.len() + HEAD_BYTES) as u64
    }
}

impl Equivalent<Asking<Box<str>>> for Asking<&str> {
    fn equivalent(&self, other: &Asking<Box<str>>) -> bool {
        (self.address, self.accepted, self.changes) == (&*other.address, other.accepted, other.changes)
    }
}

impl Asking<&str> {
    /// The same, for as long as one likes.
    pub(crate) fn to_owned(&self) -> Asking<Box<str>> {
        Asking { address: self.address.into(), accepted: self.accepted, changes: self.changes }
    }
}

impl Again {
    /// Remembers addresses within `memory_bytes`.
    ///
    /// # Errors
    /// In words, and none in practice: the options are ours.
    pub(crate) fn new(
        editions: Arc<Editions>,
        answers: &Answers,
        metrics: Arc<Metrics>,
        memory_bytes: u64,
    ) -> Result<Again, String> {
        let options = OptionsBuilder::new()
            .estimated_items_capacity(EXPECTED_ADDRESSES)
            .weight_capacity(memory_bytes)
            .build()
            .map_err(|error| error.to_string())?;
        let led = Cache::with_options(options, Bytewise, DefaultHashBuilder::default(), DefaultLifecycle::default());
        Ok(Again { editions, kept: answers.kept(), metrics, led })
    }

    /// What a request asks, where that may be remembered; `None` for everything that the routes look at more closely: other
    /// methods, copies that may be current, connections beyond the limit. A page about an edition that cannot be opened gives way
    /// to the newest, and opening it is tried each time.
    pub(crate) fn asking<'a>(&self, request: &'a Request) -> Option<Asking<&'a str>> {
        let (uri, headers) = (request.uri(), request.headers());
        let is_crowded = request.extensions().get::<Connection>().is_some_and(|connection| connection.crowded);
        let names_edition = uri.query().is_some_and(|query| query.contains("edition="));
        let is_plain = request.method() == Method::GET && !headers.contains_key(header::IF_NONE_MATCH);
        if !is_plain || is_crowded || names_edition {
            return None;
        }
        let (accepted, changes) = (Accepted::by(headers), self.editions.changes());
        Some(Asking { address: uri.path_and_query()?.as_str(), accepted, changes })
    }

    /// The answer, where the way to it is known and it is still kept, and what it is counted as.
    pub(crate) fn answer(&self, asking: &Asking<&str>) -> Option<(Response, Counted)> {
        let led = self.led.get(asking)?;
        let stored = self.kept.get(&led.key)?;
        self.metrics.answered(AnswerFrom::kept);
        let mut response = Response::new(Body::from(stored.bytes));
        *response.headers_mut() = led.headers.clone();
        Some((response, led.counted.clone()))
    }

    /// Remembers where a request was led, if to an answer that is kept.
    pub(crate) fn remember(&self, asking: Asking<Box<str>>, response: &Response, counted: Counted) {
        if let Some(IsKept(key)) = response.extensions().get() {
            let led = Led { key: key.clone(), headers: response.headers().clone(), counted };
            self.led.insert(asking, Arc::new(led));
        }
    }
}
