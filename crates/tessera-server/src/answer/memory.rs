//! How much memory answers take, whoever holds them.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What one permit stands for, in bytes.
const UNIT: usize = 1024;

/// A budget of bytes. An answer takes its share when it is made and gives it back when the last of those who hold it lets
/// go: those who keep it for later, and every connection that is still sending it. So a client that reads slowly
/// holds no memory that is not counted.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    free: Arc<Semaphore>,
    units: usize,
}

impl Memory {
    pub(crate) fn new(bytes: u64) -> Memory {
        let units = usize::try_from(bytes).unwrap_or(usize::MAX).div_ceil(UNIT).min(Semaphore::MAX_PERMITS);
        Memory { free: Arc::new(Semaphore::new(units)), units }
    }

    /// Takes bytes into the budget; gives them back where there is no room.
    pub(crate) fn hold(&self, bytes: Vec<u8>) -> Result<Bytes, Vec<u8>> {
        let share = u32::try_from(bytes.len().div_ceil(UNIT)).ok();
        match share.and_then(|units| self.free.clone().try_acquire_many_owned(units).ok()) {
            Some(share) => Ok(Bytes::from_owner(Held { bytes: bytes.into_boxed_slice(), _share: share })),
            None => Err(bytes),
        }
    }

    /// How many bytes are taken.
    pub(crate) fn taken(&self) -> usize {
        (self.units - self.free.available_permits()) * UNIT
    }

    /// How many bytes there are.
    pub(crate) fn limit(&self) -> usize {
        self.units * UNIT
    }
}

struct Held {
    bytes: Box<[u8]>,
    _share: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_given_back_when_the_last_holder_lets_go() {
        let memory = Memory::new(10 * 1024);
        let kept = memory.hold(vec![1; 6 * 1024]).unwrap();
        let being_sent = kept.clone();
        assert_eq!((memory.taken(), memory.limit()), (6 * 1024, 10 * 1024));
        drop(kept);
        assert_eq!(memory.hold(vec![2; 5 * 1024]), Err(vec![2; 5 * 1024]), "it is still being sent");
        drop(being_sent);
        assert!(memory.hold(vec![2; 5 * 1024]).is_ok());
        assert_eq!(memory.taken(), 0);
    }

    #[test]
    fn nothing_takes_nothing() {
        assert!(Memory::new(0).hold(Vec::new()).is_ok_and(|bytes| bytes.is_empty()));
    }
}
