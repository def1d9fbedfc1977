//! Figures for Prometheus. `docs/operations.md` documents each; a test holds the two against each other.

use std::borrow::Cow;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tessera_atlas::EditionId;

/// Bounds of the histogram of times, in seconds.
const SECONDS: [f64; 9] = [0.001, 0.005, 0.02, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0];

/// Everything that is counted. Cheap to count with from any thread.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabel, Histogram, fn() -> Histogram>,
    in_progress: Gauge,
    pub(crate) connections: Gauge,
    pub(crate) connections_crowded: Counter,
    answers: Family<AnswerLabels, Counter>,
    edition: Family<ProgramLabels, Gauge>,
    pub(crate) levels: Levels,
}

/// What is read off when somebody asks, rather than counted as it happens.
#[derive(Debug, Default)]
pub(crate) struct Levels {
    pub(crate) computing: Gauge,
    pub(crate) waiting: Gauge,
    pub(crate) kept: Gauge,
    pub(crate) memory_bytes: Gauge,
    pub(crate) memory_limit_bytes: Gauge,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RequestLabels {
    route: Cow<'static, str>,
    method: &'static str,
    status: u16,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct RouteLabel {
    route: Cow<'static, str>,
}

#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct AnswerLabels {
    from: AnswerFrom,
}

/// The program and the edition that it serves.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ProgramLabels {
    edition: String,
    version: &'static str,
    build: &'static str,
}

/// Where an answer came from.
#[derive(Debug, Clone, Copy, Hash, PartialEq, Eq, EncodeLabelValue)]
#[expect(non_camel_case_types, reason = "the names are the labels")]
pub(crate) enum AnswerFrom {
    /// It was kept from an earlier request.
    kept,
    /// It was read from the edition, ready to be sent.
    stored,
    /// It was computed. Requests that come meanwhile wait for it and count as kept.
    computed,
}

impl Metrics {
    /// Registers every figure.
    pub(crate) fn new() -> Metrics {
        let metrics = Metrics {
            registry: Registry::default(),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            in_progress: Gauge::default(),
            connections: Gauge::default(),
            connections_crowded: Counter::default(),
            answers: Family::default(),
            edition: Family::default(),
            levels: Levels::default(),
        };
        metrics.registered()
    }

    /// Notes which edition is served; it is the only one whose figure is there.
    pub(crate) fn serves(&self, edition: EditionId) {
        self.edition.clear();
        let labels =
            ProgramLabels { edition: edition.to_string(), version: env!("CARGO_PKG_VERSION"), build: crate::BUILD };
        self.edition.get_or_create(&labels).set(1);
    }

    fn registered(mut self) -> Metrics {
        let started: Gauge<f64, AtomicU64> = Gauge::default();
        started.set(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64()));
        let mut registry = Registry::with_prefix("tessera");
        let levels = &self.levels;
        registry.register("edition_info", "The program and the edition that it serves", self.edition.clone());
        registry.register_with_unit("start_time", "When the program started, since 1970", Unit::Seconds, started);
        registry.register("requests", "Requests answered", self.requests.clone());
        registry.register_with_unit(
            "request",
            "Time from a request to the head of its answer",
            Unit::Seconds,
            self.seconds.clone(),
        );
        registry.register("requests_in_progress", "Requests being answered", self.in_progress.clone());
        registry.register("connections", "Open connections", self.connections.clone());
        registry.register(
            "connections_crowded",
            "Connections beyond the limit, which were told to come back",
            self.connections_crowded.clone(),
        );
        registry.register("answers", "Answers by where they came from", self.answers.clone());
        registry.register("answers_computing", "Answers being computed", levels.computing.clone());
        registry.register("answers_waiting", "Answers waiting to be computed", levels.waiting.clone());
        registry.register("answers_kept", "Answers kept for whoever asks next", levels.kept.clone());
        registry.register_with_unit(
            "answers_memory",
            "Memory of answers that are kept or being sent",
            Unit::Bytes,
            levels.memory_bytes.clone(),
        );
        registry.register_with_unit(
            "answers_memory_limit",
            "How much answers may take",
            Unit::Bytes,
            levels.memory_limit_bytes.clone(),
        );
        self.registry = registry;
        self
    }

    /// Counts a request as one that is being answered, until what is given goes away.
    pub(super) fn progress(&self) -> InProgress<'_> {
        self.in_progress.inc();
        InProgress(&self.in_progress)
    }

    /// As what an answer is counted.
    pub(super) fn of(&self, method: &Method, response: &Response) -> Counted {
        let method = match *method {
            Method::GET => "GET",
            Method::HEAD => "HEAD",
            _ => "other",
        };
        let route = response.extensions().get::<Route>().map_or(Cow::Borrowed("none"), |route| route.0.clone());
        let seconds = self.seconds.get_or_create_owned(&RouteLabel { route: route.clone() });
        let labels = RequestLabels { route, method, status: response.status().as_u16() };
        Counted { requests: self.requests.get_or_create_owned(&labels), seconds }
    }

    /// Counts an answer.
    pub(crate) fn answered(&self, from: AnswerFrom) {
        self.answers.get_or_create(&AnswerLabels { from }).inc();
    }

    /// All figures in the text format of OpenMetrics, which Prometheus reads.
    ///
    /// # Errors
    /// None in practice: it is written into memory.
    pub(crate) fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        prometheus_client::encoding::text::encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// As what an answer is counted: by its route, method and status.
#[derive(Debug, Clone)]
pub(crate) struct Counted {
    requests: Counter,
    seconds: Histogram,
}

impl Counted {
    /// Counts an answer, and the time that it took.
    pub(super) fn count(&self, time: Duration) {
        self.seconds.observe(time.as_secs_f64());
        self.requests.inc();
    }
}

/// Counted down when the answer is there, and when whoever asked has gone.
pub(super) struct InProgress<'a>(&'a Gauge);

impl Drop for InProgress<'_> {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// The route that answered, as it is written in the program: `/api/v1/{edition}/catalog`.
#[derive(Debug, Clone)]
struct Route(Cow<'static, str>);

/// Tells the layers outside the routes which route it was.
pub(crate) async fn remember_route(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| Route(path.as_str().to_owned().into()));
    let mut response = next.run(request).await;
    if let Some(route) = route {
        response.extensions_mut().insert(route);
    }
    response
}
