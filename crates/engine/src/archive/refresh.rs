//! Reconstructing from what the store holds.

use std::num::NonZeroUsize;

use stemma_model::{
    Annotations, Contrast, Correction, DateRange, Document, DocumentId, Reason, Record, Utterance,
};
use stemma_store::{Draft, Store, Stored};
use stemma_story::Attesting;

use super::corrections::corrected;
use super::memory;
use super::pool;
use super::verify::sha256;
use crate::error::Error;
use crate::quoted::published;
use crate::read::Collection;
use crate::reconstruct::{List, Made, Source, stages, when};
use crate::shared::Carrier;

/// How often reconstruction begins again because another program added documents meanwhile;
/// after that the record of the last look is stored, and the next run brings it up to date.
const ATTEMPTS: usize = 3;

/// Puts what [`reconstruct`](crate::reconstruct()) makes of all documents in place of the last
/// reconstruction, unless nothing has changed since; tells whether it did. `version` is the digest
/// of what reconstruction depends on.
///
/// The result depends on the documents, their annotations and the corrections in force alone: not
/// on when or in which order they came. In memory are the texts, what one stage keeps of the
/// annotations, read a document or a story at a time, and what later stages read of earlier ones;
/// what is made goes to a temporary file.
///
/// # Errors
/// If the store cannot be read or written.
pub fn refresh(store: &mut Store, version: &str, threads: NonZeroUsize) -> Result<bool, Error> {
    let mut wanted = basis(store, version)?;
    if store.basis()?.as_ref() == Some(&wanted) {
        return Ok(false);
    }
    for attempt in 1.. {
        let draft = drafted(store, threads)?;
        let mut batch = store.batch()?;
        batch.place(&draft, &wanted)?;
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

/// What `reconstruct` makes of some documents of the store, with its corrections; all of it in
/// memory.
///
/// # Errors
/// If the store cannot be read.
pub fn part(
    store: &Store,
    ids: &[DocumentId],
    threads: NonZeroUsize,
    reconstruct: impl Fn(Collection<Annotations>, &[Correction]) -> Record,
) -> Result<Record, Error> {
    let corrections = store.corrections_in_force()?;
    let mut stored: Vec<Stored> = Vec::with_capacity(ids.len());
    pool::for_each(
        store,
        threads,
        ids,
        |reader, &id| Ok(reader.stored(id)?),
        |found| {
            stored.extend(found);
            Ok(())
        },
    )?;
    let (documents, made) = corrected(stored, &corrections)
        .into_iter()
        .map(|stored| (stored.document, stored.annotations))
        .unzip();
    Ok(reconstruct(Collection { documents, made, problems: Vec::new() }, &corrections))
}

/// The reconstruction of all documents.
fn drafted(store: &Store, threads: NonZeroUsize) -> Result<Draft, Error> {
    let corrections = store.corrections_in_force()?;
    let (documents, published) = documents(store, threads, &corrections)?.into_iter().unzip();
    let shelf = Shelf { store, threads, documents, published, corrections: &corrections };
    let mut draft = Draft::new()?;
    stages(&shelf, &corrections, |made, record| {
        put_aside(&mut draft, made, record)?;
        // The contrast comes in many parts, and the last of it frees little.
        if made != Made::Contrast {
            memory::give_back();
        }
        Ok(())
    })?;
    Ok(draft)
}

/// All documents that no reader said to ignore, by date, without what no stage reads; each with when
/// it was published, where that is known.
fn documents(
    store: &Store,
    threads: NonZeroUsize,
    corrections: &[Correction],
) -> Result<Vec<(Document, Option<DateRange>)>, Error> {
    let ids = store.document_ids()?;
    let work = |reader: &Store, &id: &DocumentId| -> Result<_, Error> {
        let stored = corrected(reader.stored(id)?.into_iter().collect(), corrections).pop();
        Ok(stored.map(|Stored { mut document, annotations }| {
            slim(&mut document);
            let order = when(document.id, annotations.published.range);
            (order, document, published(&annotations))
        }))
    };
    let mut found = Vec::with_capacity(ids.len());
    pool::for_each(store, threads, &ids, work, |document| {
        found.extend(document);
        Ok(())
    })?;
    found.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    Ok(found.into_iter().map(|(_, document, published)| (document, published)).collect())
}

/// The documents in memory, and what they attest in the store.
struct Shelf<'s> {
    store: &'s Store,
    threads: NonZeroUsize,
    documents: Vec<Document>,
    published: Vec<Option<DateRange>>,
    corrections: &'s [Correction],
}

impl Source for Shelf<'_> {
    type Error = Error;

    fn documents(&self) -> &[Document] {
        &self.documents
    }

    fn carriers(&self) -> Vec<Carrier> {
        let own = self.documents.iter().zip(&self.published);
        own.map(|(document, &published)| Carrier::dated(document, published)).collect()
    }

    fn each<T: Send>(
        &self,
        lists: &[List],
        work: impl Fn(&Document, &Annotations) -> T + Sync,
        sink: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let corrections = self.corrections;
        let on = |reader: &Store, document: &Document| {
            Ok(work(document, &attested(reader, document.id, corrections, lists)?))
        };
        pool::for_each(self.store, self.threads, &self.documents, on, sink)
    }

    fn each_group<T: Send>(
        &self,
        groups: &[Vec<usize>],
        lists: &[List],
        work: impl Fn(usize, &[Attesting<'_>]) -> T + Sync,
        sink: impl FnMut(T) -> Result<(), Error>,
    ) -> Result<(), Error> {
        // Not the shelf itself: its connection stays on this thread.
        let (all, corrections) = (&self.documents, self.corrections);
        let on = |reader: &Store, &(number, group): &(usize, &Vec<usize>)| {
            let documents: Vec<&Document> = group.iter().map(|&at| &all[at]).collect();
            let load = |document: &&Document| attested(reader, document.id, corrections, lists);
            let attested = documents.iter().map(load).collect::<Result<Vec<_>, _>>()?;
            let attesting: Vec<Attesting<'_>> = documents.into_iter().zip(&attested).collect();
            Ok(work(number, &attesting))
        };
        let numbered: Vec<(usize, &Vec<usize>)> = groups.iter().enumerate().collect();
        pool::for_each(self.store, self.threads, &numbered, on, sink)
    }
}

/// The wanted lists of what a document attests, corrected, without reasons, which decide nothing
/// across documents. One that is gone meanwhile attests nothing: the basis tells afterwards that
/// something has changed.
fn attested(
    reader: &Store,
    id: DocumentId,
    corrections: &[Correction],
    lists: &[List],
) -> Result<Annotations, Error> {
    let found = if corrections.is_empty() {
        reader.annotations(id)?
    } else {
        let stored = reader.stored(id)?.into_iter().collect();
        corrected(stored, corrections).pop().map(|stored| stored.annotations)
    };
    let mut annotations = found.unwrap_or_else(|| Annotations::empty(id));
    keep(&mut annotations, lists);
    Ok(annotations)
}

/// Takes out what nobody reads of a document across documents.
fn slim(document: &mut Document) {
    document.sha256 = String::new();
    document.url = None;
    document.blocks = Vec::new();
    document.boilerplate.iter_mut().for_each(|part| part.reason = Reason::new("", ""));
    document.extra.clear();
    document.problems = Vec::new();
}

/// Takes out all lists but the wanted ones, and of these the reasons.
fn keep(annotations: &mut Annotations, lists: &[List]) {
    let none = || Reason::new("", "");
    annotations.published.reason = none();
    annotations.problems = Vec::new();
    keep_if(lists.contains(&List::Sentences), &mut annotations.sentences);
    keep_if(lists.contains(&List::Mentions), &mut annotations.mentions);
    keep_if(lists.contains(&List::Chains), &mut annotations.chains);
    keep_if(lists.contains(&List::Quotes), &mut annotations.quotes);
    keep_if(lists.contains(&List::Dates), &mut annotations.dates);
    keep_if(lists.contains(&List::Figures), &mut annotations.figures);
    keep_if(lists.contains(&List::Conditions), &mut annotations.conditions);
    keep_if(lists.contains(&List::Events), &mut annotations.events);
    keep_if(lists.contains(&List::Framing), &mut annotations.framing);
    annotations.chains.iter_mut().for_each(|chain| chain.reason = none());
    annotations.dates.iter_mut().for_each(|date| date.reason = none());
    annotations.conditions.iter_mut().for_each(|condition| condition.reason = none());
    for quote in &mut annotations.quotes {
        quote.reason = none();
        quote.source.why = String::new();
        quote.source.candidates = Vec::new();
    }
}

/// Gives a list's memory back unless it is wanted.
fn keep_if<T>(wanted: bool, list: &mut Vec<T>) {
    if !wanted {
        *list = Vec::new();
    }
}

/// Writes a part of the record to the draft, and keeps of it what later stages read ([`Made`]).
fn put_aside(draft: &mut Draft, made: Made, record: &mut Record) -> Result<(), Error> {
    let none = || Reason::new("", "");
    match made {
        Made::Shared => {
            draft.extend(&record.alignments)?;
            draft.extend(&record.clusters)?;
            for alignment in &mut record.alignments {
                alignment.changes = Vec::new();
                alignment.first.candidates = Vec::new();
                alignment.first.why = String::new();
            }
            for cluster in &mut record.clusters {
                cluster.alignments = Vec::new();
                cluster.stemma = Vec::new();
                cluster.origins.reason = none();
            }
        }
        Made::Entities => {
            draft.extend(&record.entities)?;
            draft.extend(&record.speakers)?;
            for entity in &mut record.entities {
                entity.name = String::new();
                entity.forms = Vec::new();
                entity.documents = Vec::new();
                entity.reason = none();
            }
        }
        Made::Utterances => {
            draft.extend(&record.utterances)?;
            record.utterances = Vec::new();
        }
        Made::Stories => {
            draft.extend(&record.stories)?;
            draft.extend(&record.threads)?;
            record.alignments = Vec::new();
            record.stories.iter_mut().for_each(|story| story.reason = none());
            record.threads.iter_mut().for_each(|thread| thread.reason = none());
        }
        Made::Timeline => {
            draft.extend(&record.timeline)?;
            record.entities = Vec::new();
            for entry in &mut record.timeline {
                entry.participants = Vec::new();
                entry.documents = Vec::new();
                entry.reason = none();
            }
        }
        Made::Claims => {
            draft.extend(&record.claims)?;
            draft.extend(&record.condition_groups)?;
            for claim in &mut record.claims {
                claim.reason = none();
                claim.values.iter_mut().for_each(|value| value.origins = None);
            }
        }
        Made::Positions => {
            draft.extend(&record.positions)?;
            record.positions.iter_mut().for_each(|position| position.reason = none());
            // Only now are they read again: there is one for nearly every quotation.
            record.utterances = draft.all(|utterance: &mut Utterance| {
                utterance.reason = none();
                for variant in &mut utterance.variants {
                    variant.reason = none();
                    variant.changes = Vec::new();
                }
            })?;
        }
        Made::Movements => {
            draft.extend(&record.movements)?;
            record.positions = Vec::new();
            record.movements = Vec::new();
        }
        Made::Contrast => {
            let Contrast { terms, verbs, coverage, headlines } =
                std::mem::take(&mut record.contrast);
            draft.extend(&terms)?;
            draft.extend(&verbs)?;
            draft.extend(&coverage)?;
            draft.extend(&headlines)?;
        }
        Made::Problems => draft.extend(&record.problems)?,
    }
    Ok(())
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
