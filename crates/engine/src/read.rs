//! From inputs to documents, with work on each, in order and on all threads.

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use stemma_ingest::{Input, Options, Piece, Read, pieces};
use stemma_model::{Document, Problem};

use crate::parallel::for_each_in_order;

/// What came of one input record.
#[derive(Clone, Debug, PartialEq)]
pub enum Item<T> {
    /// A document with what was made of it.
    Document(Box<Document>, T),
    /// Nothing, and why.
    Problem(Problem),
}

/// Reads every document of `inputs`, applies `work` to it on `threads` threads, and hands the
/// outcomes to `sink` in the order of the inputs.
///
/// Streams: memory is bounded by the longest documents under way, not by the collection. Should
/// `work` panic over a document, that document becomes a problem and the rest goes on.
///
/// # Errors
/// The first error that `sink` returns.
pub fn for_each_document<T: Send, E>(
    inputs: &[Input],
    threads: NonZeroUsize,
    work: impl Fn(&Document) -> T + Sync,
    mut sink: impl FnMut(Item<T>) -> Result<(), E>,
) -> Result<(), E> {
    let options = Options::default();
    let on_piece = |piece: Result<Piece, Problem>| understand(piece, &options, &work);
    for_each_in_order(threads, pieces(inputs), on_piece, |items| {
        items.into_iter().try_for_each(&mut sink)
    })
}

/// How many records `inputs` have, for telling how much is left: read to their ends, but not
/// understood. `None` where standard input is among them, which is there only once, or if `stop`
/// is set meanwhile.
#[must_use]
pub fn count_records(inputs: &[Input], stop: &AtomicBool) -> Option<u64> {
    if inputs.contains(&Input::Stdin) {
        return None;
    }
    let mut count = 0;
    for _ in pieces(inputs) {
        if stop.load(Ordering::Relaxed) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// The documents of one piece with what `work` makes of each.
pub(crate) fn understand<T>(
    piece: Result<Piece, Problem>,
    options: &Options,
    work: &impl Fn(&Document) -> T,
) -> Vec<Item<T>> {
    let piece = match piece {
        Ok(piece) => piece,
        Err(problem) => return vec![Item::Problem(problem)],
    };
    let place = piece.source.to_string();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        piece.read(options).into_iter().map(|read| item(read, work)).collect()
    }));
    outcome.unwrap_or_else(|_| vec![Item::Problem(defect(place))])
}

fn item<T>(read: Read, work: &impl Fn(&Document) -> T) -> Item<T> {
    match read {
        Read::Document(document) => {
            let made = work(&document);
            Item::Document(document, made)
        }
        Read::Problem(problem) => Item::Problem(problem),
    }
}

fn defect(place: String) -> Problem {
    Problem::new("internal-error", "reading this input ran into a defect of Stemma")
        .at(place)
        .hint("please report it, with the input if you may share it")
        .skipping()
}

/// Documents with what was made of each, and what could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collection<T> {
    /// The documents, each content once, in id order.
    pub documents: Vec<Document>,
    /// What was made of each, in the same order: its [`stemma_model::Annotations`], for one.
    pub made: Vec<T>,
    /// Inputs that gave no document, and documents met twice.
    pub problems: Vec<Problem>,
}

impl<T: Send> Collection<T> {
    /// Gathers items in any order into a collection that does not depend on it.
    ///
    /// A document met twice, to the letter and with the same metadata and file name, is kept once,
    /// under the first of its places; the others become problems.
    #[must_use]
    pub fn gather(items: impl IntoIterator<Item = Item<T>>) -> Self {
        let mut pairs = Vec::new();
        let mut problems = Vec::new();
        for item in items {
            match item {
                Item::Problem(problem) => problems.push(problem),
                Item::Document(document, made) => pairs.push((*document, made)),
            }
        }
        // The places decide between equals, so that the order of arrival does not.
        pairs.sort_by(|(a, _), (b, _)| (a.id, &a.source).cmp(&(b.id, &b.source)));
        pairs.dedup_by(|(next, _), (kept, _)| {
            let again = next.id == kept.id;
            if again {
                problems.push(met_twice(next, kept));
            }
            again
        });
        problems.sort();
        let (documents, made) = pairs.into_iter().unzip();
        Self { documents, made, problems }
    }

    /// Reads every document of `inputs` and gathers it with what `work` makes of it; `seen` is
    /// called once an item.
    pub fn read(
        inputs: &[Input],
        threads: NonZeroUsize,
        work: impl Fn(&Document) -> T + Sync,
        mut seen: impl FnMut(),
    ) -> Self {
        let mut items = Vec::new();
        let outcome = for_each_document(inputs, threads, work, |item| {
            seen();
            items.push(item);
            Ok::<_, Infallible>(())
        });
        match outcome {
            Ok(()) => Self::gather(items),
        }
    }
}

fn met_twice(again: &Document, kept: &Document) -> Problem {
    Problem::new("duplicate-input", format!("the same document as {}, kept once", kept.source))
        .at(again.source.to_string())
        .of(kept.id)
}
