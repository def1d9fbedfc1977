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
    unfollowed: RwLock<Option<&'static str>>,
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
    /// How many times the newest edition, or the list, has become another.
    pub(crate) changes: u64,
}

impl Current {
    fn has(&self, id: &EditionId) -> bool {
        self.edition.id() == id || self.all.iter().any(|stored| stored.id == *id)
    }
}

/// Why a change of the sources was not published. Anybody may ask for it, so that it holds nothing of the sources: that is in the
/// log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// How many errors there are.
    pub errors: usize,
    /// The kind of the first of them, such as `not-a-number`.
    pub kind: String,
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
        let current = RwLock::new(Arc::new(Current { edition, before: None, all, changes: 0 }));
        let (trouble, unfollowed) = (RwLock::default(), RwLock::default());
        Editions { current, trouble, unfollowed, store, older: Cache::new(HELD_OPEN) }
    }

    /// The id of the newest edition.
    pub fn latest(&self) -> EditionId {
        self.current().edition.id().clone()
    }

    /// The id of the atlas whose editions these are.
    pub fn atlas_id(&self) -> String {
        AtlasView::open(self.current().edition.clone(), Audience::Public).info().id.clone()
    }

    /// Follows the store: an older edition whose folder is gone is withdrawn, and nothing is answered from it any more. Where the
    /// pointer names another edition, that becomes the newest; gives its id then.
    ///
    /// # Errors
    /// Where the pointer, or that edition, cannot be read. The one before goes on being answered from.
    pub fn follow(&self) -> Result<Option<EditionId>, StoreError> {
        let Some(store) = &self.store else { return Ok(None) };
        let followed = self.follow_store(store);
        let kind = followed.as_ref().err().map(StoreError::kind);
        *self.unfollowed.write().unwrap_or_else(PoisonError::into_inner) = kind;
        followed
    }

    fn follow_store(&self, store: &Store) -> Result<Option<EditionId>, StoreError> {
        self.look_for_others(store)?;
        // There was one, for the newest edition was opened by it.
        let latest = store.latest()?.ok_or_else(|| store.no_pointer())?;
        if latest == self.latest() {
            return Ok(None);
        }
        // A reader may have come with a link to it before.
        let edition = match self.older.remove(&latest) {
            Some((_, edition)) => edition,
            None => Arc::new(store.edition(&latest)?),
        };
        let all = store.editions()?;
        self.change(|current| (edition, Some(current.edition.clone()), all));
        Ok(Some(latest))
    }

    /// Looks which editions there are beside the newest, which is answered from as long as the pointer names it.
    fn look_for_others(&self, store: &Store) -> Result<(), StoreError> {
        // An edition that is served by itself has none.
        if store.is_single() {
            return Ok(());
        }
        let known = self.current();
        let all = store.editions_beside(&known.all)?;
        if all != known.all {
            for StoredEdition { id, .. } in known.all.iter().filter(|known| !all.contains(known)) {
                if id == known.edition.id() {
                    tracing::warn!(edition = %id, "the folder of the newest edition is gone: only what is in memory is answered");
                } else {
                    tracing::info!(edition = %id, "withdrawn");
                }
            }
            self.change(|current| (current.edition.clone(), current.before.clone(), all));
        }
        Ok(())
    }

    /// Puts others in the place of the newest edition, the one before and the list. What is not on the list is let go.
    fn change(&self, to: impl FnOnce(&Current) -> (Arc<Edition>, Option<Arc<Edition>>, Vec<StoredEdition>)) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        let (edition, before, all) = to(&current);
        let is_there = |id: &EditionId| all.iter().any(|stored| stored.id == *id);
        let before = before.filter(|before| is_there(before.id()));
        self.older.retain(|id, _| is_there(id));
        *current = Arc::new(Current { edition, before, all, changes: current.changes + 1 });
    }

    /// Notes why a change was not published, or that there is no such trouble any more.
    pub fn report(&self, trouble: Option<Trouble>) {
        *self.trouble.write().unwrap_or_else(PoisonError::into_inner) = trouble;
    }

    pub(crate) fn trouble(&self) -> Option<Trouble> {
        self.trouble.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why the store's pointer cannot be followed: a kind, such as `damaged`, and no more.
    pub(crate) fn unfollowed(&self) -> Option<&'static str> {
        *self.unfollowed.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn current(&self) -> Arc<Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many times the newest edition, or the list of all, has become another.
    pub(crate) fn changes(&self) -> u64 {
        self.current().changes
    }

    /// An edition by its id, where it is held open. Costs nothing.
    pub(crate) fn at_hand(&self, id: &EditionId) -> Option<Arc<Edition>> {
        let current = self.current();
        let mut open = std::iter::once(&current.edition).chain(&current.before);
        let open = open.find(|edition| edition.id() == id).cloned();
        // One that was being opened when it was withdrawn may be held all the same.
        open.or_else(|| self.older.get(id).filter(|_| current.has(id)))
    }

    /// Whether there is an edition of this id.
    pub(crate) fn has(&self, id: &EditionId) -> bool {
        self.current().has(id)
    }

    /// Whether an edition is gone that is no longer the newest, be it that this was not noticed yet. Looks at the disk.
    pub(crate) fn is_withdrawn(&self, id: &EditionId) -> bool {
        let store = self.store.as_ref().filter(|_| *id != self.latest());
        store.is_some_and(|store| !store.holds(id))
    }

    /// Opens an older edition; `None` where there is none of this id. Reads from the store.
    pub(crate) fn open(&self, id: &EditionId) -> Result<Option<Arc<Edition>>, StoreError> {
        let Some(store) = self.store.as_ref().filter(|_| self.has(id)) else { return Ok(None) };
        self.older.get_or_insert_with(id, || store.edition(id).map(Arc::new)).map(Some)
    }
}
