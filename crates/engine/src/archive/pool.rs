//! Reading a store on several threads.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use stemma_store::Store;

use crate::error::Error;
use crate::parallel::for_each_in_order;

/// Applies `work` to every one of `items`, mostly documents or their ids, on `threads` threads, each
/// with a connection of its own, and hands the results to `sink` in order. A store in memory has one
/// connection only.
pub fn for_each<T: Sync, U: Send>(
    store: &Store,
    threads: NonZeroUsize,
    items: &[T],
    work: impl Fn(&Store, &T) -> Result<U, Error> + Sync,
    mut sink: impl FnMut(U) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut readers = Vec::new();
    for _ in 0..threads.get() {
        match store.reader() {
            Some(reader) => readers.push(reader?),
            None => return items.iter().try_for_each(|item| sink(work(store, item)?)),
        }
    }
    let readers = Mutex::new(readers);
    let idle = || readers.lock().unwrap_or_else(PoisonError::into_inner);
    let on_any = |item: &T| {
        let reader = idle().pop().expect("as many readers as threads");
        let result = work(&reader, item);
        idle().push(reader);
        result
    };
    for_each_in_order(threads, items.iter(), on_any, |result| sink(result?))
}
