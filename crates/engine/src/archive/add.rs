//! Adding: only what is new, in batches, on all threads.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use stemma_ingest::{Input, canonical_address};
use stemma_model::{Annotations, Document, DocumentId, Problem};
use stemma_store::{Entry, Store};

use crate::error::Error;
use crate::parallel::for_each_in_order;
use crate::read::{Item, for_each_document};

/// How many documents a batch has at most: what a kill can cost, against an fsync and a segment
/// of each search index for every batch.
const BATCH: usize = 128;

/// How long a batch stays open at most, so that slow inputs are not lost for long either.
const BATCH_TIME: Duration = Duration::from_secs(5);

/// How documents are added.
pub struct Adding<'a, A> {
    /// Says what one document attests.
    pub annotate: A,
    /// The digest of what `annotate` depends on: code, lexicons, model. Documents that something
    /// else annotated are annotated again.
    pub stage: &'a str,
    /// How many threads annotate.
    pub threads: NonZeroUsize,
}

/// What adding did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that are new.
    pub new: u64,
    /// Documents that were there already.
    pub known: u64,
    /// Documents that were there and have been annotated again.
    pub renewed: u64,
    /// Inputs that gave no document.
    pub skipped: u64,
}

impl Added {
    /// Documents and inputs dealt with.
    #[must_use]
    pub fn total(self) -> u64 {
        self.new + self.known + self.renewed + self.skipped
    }
}

impl std::ops::AddAssign for Added {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.known += other.known;
        self.renewed += other.renewed;
        self.skipped += other.skipped;
    }
}

/// Reads `inputs` into `store` and brings what an older program annotated up to date. `progress`
/// is told after each input; `problem` hears of each problem that cost an input.
///
/// What is in the store stays there whenever this stops, and the next run goes on from there.
///
/// # Errors
/// If the store cannot be read or written.
pub fn add<A: Fn(&Document) -> Annotations + Sync>(
    store: &mut Store,
    inputs: &[Input],
    adding: &Adding<'_, A>,
    mut progress: impl FnMut(Added),
    mut problem: impl FnMut(&Problem),
) -> Result<Added, Error> {
    let known = Known::of(store)?;
    let mut writer = Writer::new(store, adding.stage);
    let work = |document: &Document| known.annotate_if_new(document, adding);
    for_each_document(inputs, adding.threads, work, |item| {
        if let Item::Problem(found) = &item {
            problem(found);
        }
        writer.take(item, &known)?;
        progress(writer.added);
        Ok::<(), Error>(())
    })?;
    writer.flush()?;
    let mut added = writer.added;
    renew(store, adding, &mut added, progress)?;
    Ok(added)
}

/// What annotated each document that was in the store when a run began.
pub(super) struct Known(BTreeMap<DocumentId, String>);

impl Known {
    pub(super) fn of(store: &Store) -> Result<Self, Error> {
        Ok(Self(store.listing()?.into_iter().map(|row| (row.id, row.stage)).collect()))
    }

    /// What `document` attests, unless this program has said so before.
    pub(super) fn annotate_if_new<A: Fn(&Document) -> Annotations>(
        &self,
        document: &Document,
        adding: &Adding<'_, A>,
    ) -> Option<Annotations> {
        let fresh = self.0.get(&document.id).is_some_and(|stage| stage == adding.stage);
        (!fresh).then(|| (adding.annotate)(document))
    }
}

/// Annotates again, from the store, what something else than this program annotated.
fn renew<A: Fn(&Document) -> Annotations + Sync>(
    store: &mut Store,
    adding: &Adding<'_, A>,
    added: &mut Added,
    mut progress: impl FnMut(Added),
) -> Result<(), Error> {
    for ids in store.annotated_by_others(adding.stage)?.chunks(BATCH) {
        let mut documents = Vec::with_capacity(ids.len());
        for &id in ids {
            documents.extend(store.document(id)?);
        }
        let mut entries = Vec::with_capacity(documents.len());
        let work = |document: Document| {
            let annotations = (adding.annotate)(&document);
            entry(document, annotations, adding.stage)
        };
        let outcome = for_each_in_order(adding.threads, documents.into_iter(), work, |entry| {
            entries.push(entry);
            Ok::<(), Infallible>(())
        });
        let Ok(()) = outcome;
        added.renewed += entries.len() as u64;
        let mut batch = store.batch()?;
        batch.put(entries)?;
        batch.commit()?;
        progress(*added);
    }
    Ok(())
}

fn entry(document: Document, annotations: Annotations, stage: &str) -> Entry {
    Entry {
        address: document.url.as_deref().and_then(canonical_address),
        document,
        annotations,
        stage: stage.to_owned(),
    }
}

/// Gathers a batch and commits it when it is large or old enough.
pub(super) struct Writer<'s> {
    store: &'s mut Store,
    stage: &'s str,
    entries: Vec<Entry>,
    again: Vec<Document>,
    problems: Vec<Problem>,
    #[cfg(feature = "fetch")]
    visits: Vec<super::visit::Visit>,
    opened: Instant,
    /// The time that documents are seen; none for whenever their batch is full.
    now: Option<Timestamp>,
    pub(super) added: Added,
}

impl<'s> Writer<'s> {
    pub(super) fn new(store: &'s mut Store, stage: &'s str) -> Self {
        Self {
            store,
            stage,
            entries: Vec::new(),
            again: Vec::new(),
            problems: Vec::new(),
            #[cfg(feature = "fetch")]
            visits: Vec::new(),
            opened: Instant::now(),
            now: None,
            added: Added::default(),
        }
    }

    /// A writer of what was seen at `now`.
    #[cfg(feature = "fetch")]
    pub(super) fn at(store: &'s mut Store, stage: &'s str, now: Timestamp) -> Self {
        Self { now: Some(now), ..Self::new(store, stage) }
    }

    /// Takes what came of one record: a document with what it attests if it is new, or a problem.
    pub(super) fn take(
        &mut self,
        item: Item<Option<Annotations>>,
        known: &Known,
    ) -> Result<(), Error> {
        match item {
            Item::Document(document, Some(annotations)) => {
                let renewed = known.0.contains_key(&document.id);
                self.put(*document, annotations, renewed)
            }
            Item::Document(document, None) => self.again(*document),
            Item::Problem(problem) => self.problem(problem),
        }
    }

    /// Keeps what is known of an address, in the batch of the documents taken before.
    #[cfg(feature = "fetch")]
    pub(super) fn visited(&mut self, visit: super::visit::Visit) -> Result<(), Error> {
        self.visits.push(visit);
        self.flush_if_due()
    }

    fn put(
        &mut self,
        document: Document,
        annotations: Annotations,
        renewed: bool,
    ) -> Result<(), Error> {
        // The same document twice in one input is new once.
        let twice = self.entries.iter().any(|entry| entry.document.id == document.id);
        if twice {
            return self.again(document);
        }
        *(if renewed { &mut self.added.renewed } else { &mut self.added.new }) += 1;
        self.entries.push(entry(document, annotations, self.stage));
        self.flush_if_due()
    }

    fn again(&mut self, document: Document) -> Result<(), Error> {
        self.added.known += 1;
        self.again.push(document);
        self.flush_if_due()
    }

    fn problem(&mut self, problem: Problem) -> Result<(), Error> {
        self.added.skipped += u64::from(problem.skipped);
        self.problems.push(problem);
        self.flush_if_due()
    }

    fn flush_if_due(&mut self) -> Result<(), Error> {
        let waiting = self.entries.len() + self.problems.len() + self.again.len() / 8;
        #[cfg(feature = "fetch")]
        let waiting = waiting + self.visits.len() / 8;
        if waiting >= BATCH || (waiting > 0 && self.opened.elapsed() >= BATCH_TIME) {
            return self.flush();
        }
        Ok(())
    }

    /// Commits what has gathered. New documents first: others may be the same once more.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        let now =
            self.now.unwrap_or_else(Timestamp::now).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let (entries, again, problems) = (
            std::mem::take(&mut self.entries),
            std::mem::take(&mut self.again),
            std::mem::take(&mut self.problems),
        );
        let read: Vec<(DocumentId, String)> = entries
            .iter()
            .map(|entry| &entry.document)
            .chain(&again)
            .map(|document| (document.id, document.source.to_string()))
            .collect();
        let mut batch = self.store.batch()?;
        // Another program may have stored the same documents since this one looked.
        for entry in &entries {
            batch.again(&entry.document)?;
        }
        batch.put(entries)?;
        for document in &again {
            batch.again(document)?;
        }
        for (document, place) in &read {
            batch.seen(*document, &now)?;
            batch.forget_problems_at(place)?;
        }
        for problem in &problems {
            batch.problem(problem)?;
        }
        #[cfg(feature = "fetch")]
        for visit in std::mem::take(&mut self.visits) {
            visit.keep(&mut batch)?;
        }
        batch.commit()?;
        self.opened = Instant::now();
        Ok(())
    }
}
