//! Work on many items at once, results in the order of the items.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many items may be under way for each thread: enough that a long document keeps no other
/// thread idle, few enough that finished results never pile up.
const WINDOW_PER_THREAD: usize = 32;

/// Applies `work` to every item on `threads` threads and hands the results to `sink` in the order
/// of the items, on the calling thread.
///
/// Items are drawn on a thread of their own, so reading overlaps working. At most
/// `32 * threads` items are under way at once: memory is bounded however uneven the work is. An
/// error from `sink` stops everything and is returned.
///
/// # Errors
/// The first error that `sink` returns.
///
/// # Panics
/// If `items` or `work` panics, with that panic, once the other threads have stopped.
pub fn for_each_in_order<I, T, U, E>(
    threads: NonZeroUsize,
    items: I,
    work: impl Fn(T) -> U + Sync,
    mut sink: impl FnMut(U) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator<Item = T> + Send,
    T: Send,
    U: Send,
{
    let window = WINDOW_PER_THREAD * threads.get();
    let (permit, permits) = sync_channel::<()>(window);
    let (job, jobs) = sync_channel(window);
    let (done, results) = sync_channel(window);
    let jobs = &Mutex::new(jobs);
    thread::scope(|scope| {
        scope.spawn(move || draw(items, &permit, &job));
        for _ in 0..threads.get() {
            let (done, work) = (done.clone(), &work);
            scope.spawn(move || {
                while let Some((index, item)) = next(jobs) {
                    // A panic travels to the caller as a result: were it lost, its place in the order
                    // would stay empty and everybody would wait for it.
                    let result = catch_unwind(AssertUnwindSafe(|| work(item)));
                    if done.send((index, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        // Moved in, so that leaving early hangs up on the other threads.
        reorder(results, permits, &mut sink)
    })
}

/// Sends the items, each once a permit is free. A full permit channel means that the window is
/// full; a hung-up one that the sink has stopped.
fn draw<T>(items: impl Iterator<Item = T>, permit: &SyncSender<()>, job: &SyncSender<(usize, T)>) {
    for (index, item) in items.enumerate() {
        if permit.send(()).is_err() || job.send((index, item)).is_err() {
            return;
        }
    }
}

/// The next job, or `None` when there will be none.
fn next<T>(jobs: &Mutex<Receiver<T>>) -> Option<T> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Hands results to `sink` in order, giving back a permit for each.
fn reorder<U, E>(
    results: Receiver<(usize, thread::Result<U>)>,
    permits: Receiver<()>,
    sink: &mut impl FnMut(U) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut due = 0;
    for (index, result) in results {
        early.insert(index, result);
        while let Some(result) = early.remove(&due) {
            sink(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
            due += 1;
            // One permit was sent for every result, so this never waits.
            let _ = permits.try_recv();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threads(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap()
    }

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for n in [1, 2, 5] {
            let mut seen = Vec::new();
            let uneven = |i: u64| {
                thread::sleep(std::time::Duration::from_micros((i * 7919) % 300));
                i * i
            };
            let outcome = for_each_in_order(threads(n), 0..500, uneven, |square| {
                seen.push(square);
                Ok::<_, ()>(())
            });
            assert_eq!(outcome, Ok(()));
            assert_eq!(seen, (0..500).map(|i| i * i).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn an_error_stops_an_endless_supply() {
        let mut count = 0;
        let outcome = for_each_in_order(
            threads(2),
            0_u64..,
            |i| i,
            |i| {
                count += 1;
                if i == 1000 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!((outcome, count), (Err("enough"), 1001));
    }

    #[test]
    #[should_panic(expected = "no sevens")]
    fn a_panic_reaches_the_caller() {
        let picky = |i: u64| if i == 7 { panic!("no sevens") } else { i };
        let _ = for_each_in_order(threads(2), 0_u64.., picky, |_| Ok::<_, ()>(()));
    }

    #[test]
    fn nothing_in_nothing_out() {
        let outcome = for_each_in_order(threads(3), std::iter::empty::<u8>(), |i| i, |_| Err("?"));
        assert_eq!(outcome, Ok(()));
    }
}
