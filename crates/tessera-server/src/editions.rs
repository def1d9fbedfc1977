//! The editions that answers come from: the newest, and those before it by their ids.

use std::sync::{Arc, PoisonError, RwLock};

use quick_cache::sync::Cache;
use serde::Serialize;
use tessera_atlas::store::{Store, StoreError, StoredEdition};
use tessera_atlas::{AtlasView, Audience, Edition, EditionId};

/// How many older editions are held open at the same time, beside the one before the newest.
const HELD_OPEN: usize = 4;

/// What the server answers from. Shared with whoever publishes: [`Editions::follow`] is seen by the next request, and
/// requests under way keep the edition that they began with.
#[derive(Debug)]
pub struct Editions {
    current: RwLock<Arc<Current>>,
    trouble: RwLock<Option<Trouble>>,
    store: Option<Store>,
    older: Cache<EditionId, Arc<Edition>>,
}

/// The newest edition, and the list of all.
#[derive(Debug)]
pub(crate) struct Current {
    pub(crate) edition: Arc<Edition>,
    /// The one that was the newest before. It stays open: whoever reads it now goes on, and all of them at once would otherwise
    /// wait until it is opened again.
    before: Option<Arc<Edition>>,
    /// The one that was built last first.
    pub(crate) all: Vec<StoredEdition>,
    /// How many times the server has moved.
    pub(crate) moves: u64,
}

/// Why a change of the sources was not published. Readers do not see it; an operator does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// How many errors there are.
    pub errors: usize,
    /// The first of them, in words.
    pub detail: String,
}

impl Editions {
    /// Answers from one edition alone.
    pub fn of(edition: Arc<Edition>) -> Editions {
        Editions::new(None, edition, Vec::new())
    }

    /// Answers from the newest edition of a store, and from the others by their ids.
    ///
    /// # Errors
    /// Where the store has no edition yet, or the newest cannot be opened.
    pub fn of_store(store: Store) -> Result<Editions, StoreError> {
        let latest = store.latest()?.ok_or_else(|| StoreError::NoEdition("the store".to_owned()))?;
        let edition = Arc::new(store.edition(&latest)?);
        let all = store.editions()?;
        Ok(Editions::new(Some(store), edition, all))
    }

    fn new(store: Option<Store>, edition: Arc<Edition>, all: Vec<StoredEdition>) -> Editions {
        let current = RwLock::new(Arc::new(Current { edition, before: None, all, moves: 0 }));
        Editions { current, trouble: RwLock::default(), store, older: Cache::new(HELD_OPEN) }
    }

    /// The id of the newest edition.
    pub fn latest(&self) -> EditionId {
        self.current().edition.id().clone()
    }

    /// The id of the atlas whose editions these are.
    pub fn atlas_id(&self) -> String {
        AtlasView::open(self.current().edition.clone(), Audience::Public).info().id.clone()
    }

    /// Follows the store's pointer: where it names another edition, that becomes the newest. Gives its id then.
    ///
    /// # Errors
    /// Where that edition cannot be opened. The one before goes on being answered from.
    pub fn follow(&self) -> Result<Option<EditionId>, StoreError> {
        let Some(store) = &self.store else { return Ok(None) };
        let Some(latest) = store.latest()?.filter(|latest| *latest != self.latest()) else { return Ok(None) };
        // A reader may have come with a link to it before.
        let edition = match self.older.remove(&latest) {
            Some((_, edition)) => edition,
            None => Arc::new(store.edition(&latest)?),
        };
        let all = store.editions()?;
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let before = Some(current.edition.clone());
        *current = Arc::new(Current { edition, before, all, moves: current.moves + 1 });
        Ok(Some(latest))
    }

    /// Notes why a change was not published, or that there is no such trouble any more.
    pub fn report(&self, trouble: Option<Trouble>) {
        *self.trouble.write().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.trouble.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn current(&self) -> Arc<Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many times the server has moved to another edition.
    pub(crate) fn moves(&self) -> u64 {
        self.current().moves
    }

    /// An edition by its id, where it is held open. Costs nothing.
    pub(crate) fn at_hand(&self, id: &EditionId) -> Option<Arc<Edition>> {
        let current = self.current();
        let mut open = std::iter::once(&current.edition).chain(&current.before);
        open.find(|edition| edition.id() == id).cloned().or_else(|| self.older.get(id))
    }

    /// Whether there is an edition of this id.
    pub(crate) fn has(&self, id: &EditionId) -> bool {
        let current = self.current();
        current.edition.id() == id || current.all.iter().any(|stored| stored.id == *id)
    }

    /// Opens an older edition; `None` where there is none of this id. Reads from the store.
    pub(crate) fn open(&self, id: &EditionId) -> Result<Option<Arc<Edition>>, StoreError> {
        let Some(store) = self.store.as_ref().filter(|_| self.has(id)) else { return Ok(None) };
        self.older.get_or_insert_with(id, || store.edition(id).map(Arc::new)).map(Some)
    }
}
