//! Work in pieces, on all processors.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvError, Sender, TryRecvError, channel};
use std::sync::{Mutex, PoisonError};

/// How many pieces are under way at a time that are handed on in order, for each processor: some wait for one that takes long.
const AHEAD: usize = 3;

/// How many pieces are worked on at a time.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does every piece of work on all processors, each in its turn, and gives what each made, by number. No more pieces are
/// under way at a time than there are processors.
pub(crate) fn in_parallel<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut made = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return made;
            }
            made.push((number, work(number)));
        }
    };
    let threads = processors().min(count);
    let mut made: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut made = run();
        for worker in workers {
            match worker.join() {
                Ok(others) => made.extend(others),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        made
    });
    made.sort_by_key(|(number, _)| *number);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Does the work on every piece that `next` gives on all processors, and hands on what each made in the order of pieces, all the
/// while on this thread. No more pieces are in memory than a few for each processor.
///
/// While this thread would wait it works with the others: with one thread more than processors, the kernel now and then leaves
/// two of them to share a processor beside an idle one.
///
/// # Errors
/// The first that `next`, `work` or `take` gives: then nothing more is begun.
pub(crate) fn in_order<Piece: Send, Made: Send, Error: Send>(
    mut next: impl FnMut() -> Result<Option<Piece>, Error>,
    work: impl Fn(Piece) -> Result<Made, Error> + Sync,
    mut take: impl FnMut(Made) -> Result<(), Error>,
) -> Result<(), Error> {
    type Order<Piece, Made, Error> = (Piece, Sender<Result<Made, Error>>);
    let processors = processors();
    let (orders, waiting) = channel::<Order<Piece, Made, Error>>();
    let waiting = Mutex::new(waiting);
    let next_order = || waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
    // Where another thread waits for an order, there is none.
    let spare_order = || waiting.try_lock().ok()?.try_recv().ok();
    let follow = |(piece, made): Order<Piece, Made, Error>| {
        // Nobody waits for it any more where something failed.
        let _ = made.send(work(piece));
    };
    let run = || {
        while let Ok(order) = next_order() {
            follow(order);
        }
    };
    std::thread::scope(|scope| {
        // Those who work end when there are no more orders.
        let orders = orders;
        for _ in 1..processors {
            scope.spawn(run);
        }
        let mut under_way: VecDeque<Receiver<Result<Made, Error>>> = VecDeque::new();
        loop {
            while under_way.len() < AHEAD * processors
                && let Some(piece) = next()?
            {
                let (made, receiver) = channel();
                let _ = orders.send((piece, made));
                under_way.push_back(receiver);
            }
            let Some(first) = under_way.pop_front() else { return Ok(()) };
            let made = loop {
                match first.try_recv() {
                    Err(TryRecvError::Empty) => match spare_order() {
                        Some(order) => follow(order),
                        None => break first.recv(),
                    },
                    answer => break answer.map_err(|_| RecvError),
                }
            };
            // One who does not answer has panicked, which the scope passes on.
            let Ok(made) = made else { return Ok(()) };
            take(made?)?;
        }
    })
}

/// Does two things at the same time.
pub(crate) fn both<One: Send, Other>(one: impl FnOnce() -> One + Send, other: impl FnOnce() -> Other) -> (One, Other) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        match one.join() {
            Ok(one) => (one, other),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is handed on of so many pieces, where one of them may fail.
    fn handed_on(count: usize, fails: Option<usize>) -> (Result<(), usize>, Vec<usize>) {
        let (mut pieces, mut taken) = (0..count, Vec::new());
        let work = |piece: usize| if Some(piece) == fails { Err(piece) } else { Ok(piece * 2) };
        let result = in_order(
            || Ok(pieces.next()),
            work,
            |made| {
                taken.push(made);
                Ok(())
            },
        );
        (result, taken)
    }

    #[test]
    fn what_is_made_is_handed_on_in_order() {
        for count in [0, 1, 2, 1000] {
            assert_eq!(handed_on(count, None), (Ok(()), (0..count).map(|piece| piece * 2).collect()));
        }
    }

    #[test]
    fn the_first_that_fails_ends_it() {
        assert_eq!(handed_on(1000, Some(3)), (Err(3), vec![0, 2, 4]));
        let refused = in_order(|| Ok(Some(())), |()| Ok(()), |()| Err("refused"));
        assert_eq!(refused, Err("refused"));
        assert_eq!(in_order(|| Err::<Option<()>, _>("no more"), |()| Ok(()), |()| Ok(())), Err("no more"));
    }

    #[test]
    #[should_panic]
    fn a_panic_is_passed_on() {
        let mut pieces = 0..100;
        let work = |piece: usize| if piece == 7 { panic!("a piece is broken") } else { Ok::<_, ()>(piece) };
        let _ = in_order(|| Ok(pieces.next()), work, |_| Ok(()));
    }

    #[test]
    fn every_piece_is_done_once_and_stands_in_its_place() {
        for count in [0, 1, 2, 1000] {
            assert_eq!(
                in_parallel(count, |number| number * 2),
                (0..count).map(|number| number * 2).collect::<Vec<_>>()
            );
        }
    }
}
