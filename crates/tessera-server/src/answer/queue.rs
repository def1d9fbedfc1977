//! The one queue that everything heavy goes through.

use std::io;
use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::error::ApiError;

/// Bounded on both sides: so many are worked on, one a processor, and so many wait. Whoever comes after them is refused at
/// once, which is cheap, so that a crowd cannot keep those waiting who are there already.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    workers: Arc<Semaphore>,
    places: Arc<Semaphore>,
    most_workers: usize,
    most_places: usize,
}

impl Queue {
    /// A queue with room for `waiting` beside those that are worked on.
    pub(crate) fn new(waiting: usize) -> Queue {
        let most_workers = std::thread::available_parallelism().map_or(1, usize::from);
        let most_places = most_workers + waiting;
        Queue {
            workers: Arc::new(Semaphore::new(most_workers)),
            places: Arc::new(Semaphore::new(most_places)),
            most_workers,
            most_places,
        }
    }

    /// Works away from the threads that serve connections, when there is a processor for it.
    ///
    /// # Errors
    /// [`ApiError::overloaded`] where the queue is full, an internal one where the work panics.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let place = self.places.clone().try_acquire_owned().map_err(|_| ApiError::overloaded())?;
        let worker = self.workers.clone().acquire_owned().await.map_err(ApiError::internal)?;
        let work = move || {
            let result = work();
            // Held by the work itself: it goes on when whoever asked has gone.
            drop((place, worker));
            result
        };
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|panicked| Err(ApiError::internal(panicked)))
    }

    /// Goes on with what was begun in the queue: it waits for a processor, and is never refused.
    ///
    /// # Errors
    /// Those of the work, and one where it panics.
    pub(crate) async fn go_on<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> io::Result<T> + Send + 'static,
    ) -> io::Result<T> {
        let worker = self.workers.clone().acquire_owned().await.map_err(io::Error::other)?;
        let work = move || {
            let result = work();
            drop(worker);
            result
        };
        tokio::task::spawn_blocking(work).await.unwrap_or_else(|panicked| Err(io::Error::other(panicked)))
    }

    /// How many are worked on.
    pub(crate) fn working(&self) -> usize {
        self.most_workers - self.workers.available_permits()
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        (self.most_places - self.places.available_permits()).saturating_sub(self.working())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn a_full_queue_refuses_at_once_and_empties_again() {
        let queue = Queue::new(1);
        let (finish, finished) = mpsc::channel::<()>();
        let finished = Arc::new(std::sync::Mutex::new(finished));
        let wait = move || finished.lock().unwrap().recv().map_err(ApiError::internal);
        let under_way: Vec<_> = (0..queue.most_places)
            .map(|_| {
                let (queue, wait) = (queue.clone(), wait.clone());
                tokio::spawn(async move { queue.run(wait).await })
            })
            .collect();
        while queue.waiting() + queue.working() < queue.most_places {
            tokio::task::yield_now().await;
        }
        assert_eq!(queue.run(|| Ok(())).await, Err(ApiError::overloaded()));
        for _ in &under_way {
            finish.send(()).unwrap();
        }
        for one in under_way {
            assert_eq!(one.await.unwrap(), Ok(()));
        }
        assert_eq!((queue.run(|| Ok(())).await, queue.working(), queue.waiting()), (Ok(()), 0, 0));
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_place_back() {
        let queue = Queue::new(0);
        for _ in 0..3 * queue.most_places {
            assert!(queue.run(|| -> Result<(), ApiError> { panic!("on purpose") }).await.is_err());
        }
        assert_eq!((queue.working(), queue.waiting()), (0, 0));
    }
}
