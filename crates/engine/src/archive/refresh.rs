//! Reconstructing from what the store holds.

use std::num::NonZeroUsize;

use stemma_model::{Annotations, Correction, DocumentId, Reason, Record};
use stemma_store::{Store, Stored};

use super::corrections::corrected;
use super::pool;
use super::verify::sha256;
use crate::error::Error;
use crate::read::Collection;

/// How often reconstruction begins again because another program added documents meanwhile;
/// after that the record of the last look is stored, and the next run brings it up to date.
const ATTEMPTS: usize = 3;

/// Puts what `reconstruct` makes of all documents in place of the last reconstruction, unless
/// nothing has changed since; tells whether it did. `version` is the digest of what
/// `reconstruct` depends on.
///
/// The result depends on the documents, their annotations and the corrections in force alone: not
/// on when or in which order they came.
///
/// # Errors
/// If the store cannot be read or written.
pub fn refresh(
    store: &mut Store,
    version: &str,
    threads: NonZeroUsize,
    reconstruct: impl Fn(Collection<Annotations>, &[Correction]) -> Record,
) -> Result<bool, Error> {
    let mut wanted = basis(store, version)?;
    if store.basis()?.as_ref() == Some(&wanted) {
        return Ok(false);
    }
    for attempt in 1.. {
        let ids = store.document_ids()?;
        let record = made_from(store, &ids, threads, slim, &reconstruct)?;
        let mut batch = store.batch()?;
        batch.reconstruct(&record, &wanted)?;
        let now = {
            batch.commit()?;
            basis(store, version)?
        };
        if now == wanted || attempt == ATTEMPTS {
            break;
        }
        wanted = now;
    }
    store.settle()?;
    Ok(true)
}

/// What `reconstruct` makes of some documents of the store, with its corrections.
///
/// # Errors
/// If the store cannot be read.
pub fn part(
    store: &Store,
    ids: &[DocumentId],
    threads: NonZeroUsize,
    reconstruct: impl Fn(Collection<Annotations>, &[Correction]) -> Record,
) -> Result<Record, Error> {
    made_from(store, ids, threads, |_| (), reconstruct)
}

fn made_from(
    store: &Store,
    ids: &[DocumentId],
    threads: NonZeroUsize,
    prepare: impl Fn(&mut Stored) + Sync,
    reconstruct: impl Fn(Collection<Annotations>, &[Correction]) -> Record,
) -> Result<Record, Error> {
    let corrections = store.corrections_in_force()?;
    let mut stored: Vec<Stored> = Vec::with_capacity(ids.len());
    let work = |reader: &Store, id| -> Result<Option<Stored>, Error> {
        let Some(mut stored) = reader.stored(id)? else { return Ok(None) };
        prepare(&mut stored);
        Ok(Some(stored))
    };
    pool::for_each(store, threads, ids, work, |found| stored.extend(found))?;
    let (documents, made) = corrected(stored, &corrections)
        .into_iter()
        .map(|stored| (stored.document, stored.annotations))
        .unzip();
    Ok(reconstruct(Collection { documents, made, problems: Vec::new() }, &corrections))
}

/// Takes out the reasons of what one document attests, and what its carrier says that nobody asks.
/// They are half of what annotations take in memory, and nothing across documents is decided by
/// them; a test holds that.
fn slim(stored: &mut Stored) {
    let Stored { document, annotations } = stored;
    document.extra.clear();
    document.problems = Vec::new();
    annotations.problems = Vec::new();
    let none = || Reason::new("", "");
    annotations.published.reason = none();
    annotations.chains.iter_mut().for_each(|chain| chain.reason = none());
    annotations.dates.iter_mut().for_each(|date| date.reason = none());
    annotations.conditions.iter_mut().for_each(|condition| condition.reason = none());
    for quote in &mut annotations.quotes {
        quote.reason = none();
        quote.source.why = String::new();
        quote.source.candidates = Vec::new();
    }
}

/// The digest of what a reconstruction now would be made from: every document with what annotated
/// it, the corrections in force, and `version`.
///
/// # Errors
/// If the store cannot be read.
pub fn basis(store: &Store, version: &str) -> Result<String, Error> {
    let mut description = format!("{version}\n");
    for row in store.listing()? {
        description.push_str(&format!("{} {}\n", row.id, row.stage));
    }
    for correction in store.corrections_in_force()? {
        let record = serde_json::to_string(&correction).expect("corrections serialise");
        description.push_str(&record);
        description.push('\n');
    }
    Ok(sha256(&description))
}
