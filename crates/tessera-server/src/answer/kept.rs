//! Answers that are kept: computed once, packed once, within a budget.

use std::borrow::Cow;
use std::sync::Arc;

use axum::http::HeaderValue;
use bytes::Bytes;
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use sha2::{Digest, Sha256};

use super::encoding::Encoding;
use super::memory::Memory;
use super::queue::Queue;
use crate::error::ApiError;
use crate::frame::{AnswerFrom, Metrics};

/// The build of the program: a changed program may answer differently from the same edition.
pub const BUILD: &str = env!("TESSERA_BUILD");

/// About how long an answer is, in bytes. Of as many as there is room for, and had to make way, the address is remembered: what
/// is asked for a second time is kept in place of what nobody asks for any more.
const EXPECTED_LENGTH: u64 = 16 * 1024;

/// A computed answer before it is packed.
#[derive(Debug, Clone)]
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: Cow<'static, str>,
}

/// An answer as it is sent.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) bytes: Bytes,
    pub(crate) media_type: Cow<'static, str>,
    pub(crate) encoding: Encoding,
    pub(crate) etag: HeaderValue,
}

/// All answers that were computed lately, by canonical URL and encoding, and the way to compute others.
#[derive(Clone)]
pub(crate) struct Answers {
    kept: Arc<Kept>,
    memory: Memory,
    queue: Queue,
    metrics: Arc<Metrics>,
}

/// By canonical URL and encoding.
pub(super) type Key = (Arc<str>, Encoding);
/// The answers that are kept.
pub(super) type Kept = Cache<Key, Stored, Bytewise>;

/// Weighs answers by what they take.
#[derive(Debug, Clone)]
pub(super) struct Bytewise;

impl Weighter<Key, Stored> for Bytewise {
    fn weight(&self, (url, _): &Key, stored: &Stored) -> u64 {
        (url.len() + stored.bytes.len()) as u64
    }
}

impl Answers {
    /// Keeps answers within three quarters of `memory_bytes`; the rest is for those that are sent but no longer kept.
    ///
    /// # Errors
    /// In words, and none in practice: the options are ours.
    pub(crate) fn new(memory_bytes: u64, waiting: usize, metrics: Arc<Metrics>) -> Result<Answers, String> {
        let room = memory_bytes / 4 * 3;
        // One shard: of several, each would have its own part of the memory, and no room for a large answer.
        let options = OptionsBuilder::new()
            .shards(1)
            .estimated_items_capacity(usize::try_from(room / EXPECTED_LENGTH).unwrap_or(usize::MAX))
            .weight_capacity(room)
            .ghost_allocation(1.0)
            .build()
            .map_err(|error| error.to_string())?;
        let kept = Kept::with_options(options, Bytewise, DefaultHashBuilder::default(), DefaultLifecycle::default());
        Ok(Answers { kept: Arc::new(kept), memory: Memory::new(memory_bytes), queue: Queue::new(waiting), metrics })
    }

    /// The answers that are kept.
    pub(super) fn kept(&self) -> Arc<Kept> {
        self.kept.clone()
    }

    /// The answer to a URL: the one that is kept, or what `compute` gives. It runs once for all who ask for the same at the
    /// same time, whatever encodings they accept. When they give up waiting it is finished and kept all the same: whoever
    /// asks again finds it.
    pub(crate) async fn get<F>(&self, url: &Arc<str>, encoding: Encoding, compute: F) -> Result<Stored, ApiError>
    where
        F: FnOnce() -> Result<Content, ApiError> + Send + 'static,
    {
        if let Some(kept) = self.find(url, encoding) {
            self.metrics.answered(AnswerFrom::kept);
            return Ok(kept);
        }
        let (answers, url) = (self.clone(), url.clone());
        let made = tokio::spawn(async move { answers.make(url, encoding, compute).await });
        made.await.unwrap_or_else(|panicked| Err(ApiError::internal(panicked)))
    }

    /// The answer to a URL in an encoding in which it stands ready: the one that is kept, or what `read` finds. It is read once
    /// for all who ask for the same at the same time.
    pub(crate) async fn ready<R>(
        &self,
        url: &Arc<str>,
        encoding: Encoding,
        media_type: &'static str,
        read: R,
    ) -> Result<Option<Stored>, ApiError>
    where
        R: FnOnce() -> Result<Option<Vec<u8>>, ApiError> + Send + 'static,
    {
        if let Some(kept) = self.find(url, encoding) {
            self.metrics.answered(AnswerFrom::kept);
            return Ok(Some(kept));
        }
        let found = async {
            let bytes = self.queue.run(read).await?.ok_or(None)?;
            self.metrics.answered(AnswerFrom::stored);
            Ok(Stored::new(url, self.hold(bytes)?, media_type.into(), encoding))
        };
        match self.kept.get_or_insert_async(&(url.clone(), encoding), found).await {
            Ok(stored) => Ok(Some(stored)),
            Err(None) => Ok(None),
            Err(Some(error)) => Err(error),
        }
    }

    /// The queue that everything heavy goes through.
    pub(super) fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Works in the queue, for whoever has something heavy to do that is no answer.
    pub(crate) async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        self.queue.run(work).await
    }

    fn find(&self, url: &Arc<str>, encoding: Encoding) -> Option<Stored> {
        let key = (url.clone(), encoding);
        self.kept.get(&key).or_else(|| {
            // What is too little to be packed is kept as it is.
            let plain = self.kept.get(&(key.0, Encoding::Identity))?;
            (encoding.worth(plain.bytes.len()) == Encoding::Identity).then_some(plain)
        })
    }

    async fn make<F>(&self, url: Arc<str>, encoding: Encoding, compute: F) -> Result<Stored, ApiError>
    where
        F: FnOnce() -> Result<Content, ApiError> + Send + 'static,
    {
        let compute = async {
            self.metrics.answered(AnswerFrom::computed);
            let content = self.queue.run(compute).await?;
            let bytes = self.hold(content.bytes)?;
            Ok::<Stored, ApiError>(Stored::new(&url, bytes, content.media_type, Encoding::Identity))
        };
        let plain = self.kept.get_or_insert_async(&(url.clone(), Encoding::Identity), compute).await?;
        let encoding = encoding.worth(plain.bytes.len());
        let Some(packing) = encoding.packing() else { return Ok(plain) };
        let pack = async {
            let (bytes, media_type) = (plain.bytes, plain.media_type);
            let packed = self.queue.run(move || packing.pack(&bytes).map_err(ApiError::internal)).await?;
            Ok::<Stored, ApiError>(Stored::new(&url, self.hold(packed)?, media_type, encoding))
        };
        self.kept.get_or_insert_async(&(url.clone(), encoding), pack).await
    }

    /// Takes an answer into the budget. Where there is no room, what is kept makes way; what is being sent cannot.
    fn hold(&self, bytes: Vec<u8>) -> Result<Bytes, ApiError> {
        self.memory.hold(bytes).or_else(|bytes| {
            self.kept.clear();
            self.memory.hold(bytes).map_err(|_| ApiError::overloaded())
        })
    }

    /// Reads the levels off.
    pub(crate) fn read_levels(&self) {
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let levels = &self.metrics.levels;
        levels.computing.set(count(self.queue.working()));
        levels.waiting.set(count(self.queue.waiting()));
        levels.kept.set(count(self.kept.len()));
        levels.memory_bytes.set(count(self.memory.taken()));
        levels.memory_limit_bytes.set(count(self.memory.limit()));
    }
}

impl Stored {
    pub(super) fn new(url: &str, bytes: Bytes, media_type: Cow<'static, str>, encoding: Encoding) -> Stored {
        let etag = etag(url, &media_type, encoding);
        Stored { bytes, media_type, encoding, etag }
    }
}

/// Strong: made of the build, the canonical URL, which names the edition, and the representation.
fn etag(url: &str, media_type: &str, encoding: Encoding) -> HeaderValue {
    let mut hash = Sha256::new();
    for part in [BUILD, url, media_type, &format!("{encoding:?}")] {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let digits: String = hash.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::try_from(format!("\"{digits}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn answers(memory_bytes: u64) -> Answers {
        Answers::new(memory_bytes, 1000, Arc::new(Metrics::new())).unwrap()
    }

    fn content(length: usize) -> Content {
        Content { bytes: vec![b'a'; length], media_type: "text/plain".into() }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn all_who_ask_at_once_wait_for_one_computation_whatever_they_accept() {
        let answers = answers(1_000_000);
        let computed = Arc::new(AtomicUsize::new(0));
        let asking: Vec<_> = (0..60)
            .map(|number| {
                let (answers, computed) = (answers.clone(), computed.clone());
                let encoding = [Encoding::Brotli, Encoding::Gzip, Encoding::Identity][number % 3];
                let compute = move || {
                    computed.fetch_add(1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    Ok(content(10_000))
                };
                tokio::spawn(
                    async move { answers.get(&"/a".into(), encoding, compute).await.unwrap().encoding == encoding },
                )
            })
            .collect();
        for asked in asking {
            assert!(asked.await.unwrap());
        }
        assert_eq!(computed.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_stands_ready_is_read_once_for_all_who_ask_at_once() {
        // There are no places for all of them.
        let answers = Answers::new(1_000_000, 0, Arc::new(Metrics::new())).unwrap();
        let asking: Vec<_> = (0..60)
            .map(|_| {
                let answers = answers.clone();
                let read = || {
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    Ok(Some(vec![b'a'; 10_000]))
                };
                tokio::spawn(async move { answers.ready(&"/a".into(), Encoding::Gzip, "text/plain", read).await })
            })
            .collect();
        for asked in asking {
            assert_eq!(asked.await.unwrap().unwrap().unwrap().bytes.len(), 10_000);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_answer_that_nobody_waited_for_is_finished_and_kept() {
        let answers = answers(1_000_000);
        let compute = || {
            std::thread::sleep(std::time::Duration::from_millis(100));
            Ok(content(10))
        };
        let url: Arc<str> = "/a".into();
        let waiting = answers.get(&url, Encoding::Identity, compute);
        assert!(tokio::time::timeout(std::time::Duration::from_millis(10), waiting).await.is_err());
        let found = answers.get(&url, Encoding::Identity, || panic!("it is under way")).await;
        assert_eq!(found.unwrap().bytes.len(), 10);
    }

    #[tokio::test]
    async fn what_is_kept_makes_way_and_what_is_being_sent_does_not() {
        let answers = answers(100 * 1024);
        let get = async |url: &str, length: usize| {
            answers.get(&url.into(), Encoding::Identity, move || Ok(content(length))).await
        };
        for number in 0..50 {
            get(&format!("/{number}"), 10 * 1024).await.unwrap();
            assert!(answers.memory.taken() <= 100 * 1024);
        }
        let being_sent = get("/large", 90 * 1024).await.unwrap();
        assert_eq!(get("/other", 20 * 1024).await.unwrap_err(), ApiError::overloaded());
        drop(being_sent);
        get("/other", 20 * 1024).await.unwrap();
    }

    #[tokio::test]
    async fn what_many_ask_for_now_is_kept_though_other_things_were_asked_for_more_often() {
        const LENGTH: usize = 10_000;
        let answers = answers(40_000_000);
        let computed = Arc::new(AtomicUsize::new(0));
        let ask_for_all = async |kind: &str, count: usize, times: usize| {
            for url in (0..times).flat_map(|_| 0..count).map(|number| format!("/{kind}/{number}")) {
                let computed = computed.clone();
                let compute = move || {
                    computed.fetch_add(1, Ordering::SeqCst);
                    Ok(content(LENGTH))
                };
                answers.get(&url.into(), Encoding::Identity, compute).await.unwrap();
            }
        };
        ask_for_all("tiles", 4_000, 5).await;
        computed.store(0, Ordering::SeqCst);
        ask_for_all("visit", 1_000, 10).await;
        let computed = computed.load(Ordering::SeqCst);
        assert!(computed <= 2_000, "computed {computed} times for 1,000 addresses");
    }

    #[tokio::test]
    async fn a_refusal_is_not_kept() {
        let answers = answers(1_000_000);
        let url: Arc<str> = "/a".into();
        assert!(answers.get(&url, Encoding::Brotli, || Err(ApiError::unknown_route("/a"))).await.is_err());
        assert!(answers.get(&url, Encoding::Brotli, || Ok(content(1))).await.is_ok());
    }
}
