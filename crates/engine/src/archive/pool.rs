//! Reading a store on several threads.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use stemma_model::DocumentId;
use stemma_store::Store;

use crate::error::Error;
use crate::parallel::for_each_in_order;

/// Applies `work` to every document of `ids` on `threads` threads, each with a connection of its
/// own, and hands the results to `sink` in order. A store in memory has one connection only.
pub fn for_each<U: Send>(
    store: &Store,
    threads: NonZeroUsize,
    ids: &[DocumentId],
    work: impl Fn(&Store, DocumentId) -> Result<U, Error> + Sync,
    mut sink: impl FnMut(U),
) -> Result<(), Error> {
    let mut readers = Vec::new();
    for _ in 0..threads.get() {
        match store.reader() {
            Some(reader) => readers.push(reader?),
            None => return ids.iter().try_for_each(|&id| work(store, id).map(&mut sink)),
        }
    }
    let readers = Mutex::new(readers);
    let idle = || readers.lock().unwrap_or_else(PoisonError::into_inner);
    let on_any = |id: DocumentId| {
        let reader = idle().pop().expect("as many readers as threads");
        let result = work(&reader, id);
        idle().push(reader);
        result
    };
    for_each_in_order(threads, ids.iter().copied(), on_any, |result| {
        sink(result?);
        Ok(())
    })
}
