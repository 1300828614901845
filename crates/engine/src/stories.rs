//! Stage 6 on its own: which reports tell one event, from words, dates and shared passages alone.

use std::num::NonZeroUsize;

use stemma_ingest::Input;
use stemma_model::{Alignment, Correction, DateRange, Document, Problem};
use stemma_reuse::Options;
use stemma_story::group::{self, Grouping};

use crate::shared::{Carrier, for_each_shared_passage, read_witnesses};

/// Documents with the stories they tell.
pub struct Stories {
    /// The documents, in id order.
    pub documents: Vec<Document>,
    /// Their stories and threads, with what each link rests on.
    pub grouping: Grouping,
    /// Inputs that gave no document, and documents met twice.
    pub problems: Vec<Problem>,
}

/// Reads `inputs` and groups them into stories; `seen` is called once an input record.
///
/// Nothing is parsed, so no model is needed; an archive takes minutes, not hours.
#[must_use]
pub fn read_stories(
    inputs: &[Input],
    corrections: &[Correction],
    threads: NonZeroUsize,
    seen: impl FnMut(),
) -> Stories {
    let collection = read_witnesses(inputs, threads, seen);
    let mut alignments: Vec<Alignment> = Vec::new();
    for_each_shared_passage(&collection, &Options::default(), |found| alignments.push(found));
    let dates: Vec<DateRange> = collection.made.iter().map(Carrier::published).collect();
    let grouping = group::group(group::Input {
        documents: &collection.documents,
        dates: &dates,
        annotations: &[],
        alignments: &alignments,
        corrections,
    });
    Stories { documents: collection.documents, grouping, problems: collection.problems }
}
