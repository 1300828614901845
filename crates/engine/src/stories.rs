//! Stage 6 on its own: which reports tell one event, with no more annotated than that takes.

use std::num::NonZeroUsize;
use std::sync::OnceLock;

use stemma_ingest::Input;
use stemma_model::{Alignment, Annotations, Basis, Correction, Dated, Document, Problem, Quote};
use stemma_reuse::Options;
use stemma_story::group::{self, Grouping, Report};

use crate::shared::{Carrier, for_each_shared_passage};
use crate::{Collection, Engine, Error};

/// Documents with the stories they tell.
pub struct Stories {
    /// The documents, in id order.
    pub documents: Vec<Document>,
    /// Their stories and threads, with what each link rests on.
    pub grouping: Grouping,
    /// Inputs that gave no document, and documents met twice.
    pub problems: Vec<Problem>,
}

/// What a report is grouped by beside its text, here and in [`reconstruct`](crate::reconstruct()).
pub(crate) struct Told {
    published: Dated,
    quotes: Vec<Quote>,
}

impl Told {
    /// What an annotated report tells of its day. What it quotes is kept only where no day is
    /// stated, so that nothing else of a dated report has to be read.
    pub(crate) fn of(annotations: &Annotations) -> Self {
        let published = annotations.published.clone();
        let quotes = if is_stated(&published) { Vec::new() } else { annotations.quotes.clone() };
        Self { published, quotes }
    }

    pub(crate) fn report<'a>(&'a self, document: &'a Document) -> Report<'a> {
        let Self { published, quotes } = self;
        Report { document, date: published.range, stated: is_stated(published), quotes }
    }
}

/// Whether a day of publication is stated, not argued from the text.
fn is_stated(published: &Dated) -> bool {
    match published.basis {
        Basis::Metadata | Basis::Dateline => true,
        Basis::Text | Basis::None => false,
    }
}

/// Reads `inputs` and groups them into stories as [`reconstruct`](crate::reconstruct()) does; `seen`
/// is called once an input record.
///
/// Only reports without a stated day are annotated: for the dates that their texts allow, and for
/// what they quote. `open` is called if there is one: an archive of dated reports needs no model,
/// and takes minutes, not hours.
///
/// # Errors
/// That of `open`.
pub fn read_stories(
    inputs: &[Input],
    corrections: &[Correction],
    threads: NonZeroUsize,
    open: impl Fn() -> Result<Engine, Error> + Sync,
    seen: impl FnMut(),
) -> Result<Stories, Error> {
    let engine: OnceLock<Result<Engine, Error>> = OnceLock::new();
    let work = |document: &Document| {
        let carrier = Carrier::of(document);
        if carrier.is_dated() {
            return (carrier, None);
        }
        let annotated = engine.get_or_init(&open).as_ref().ok();
        let annotated = annotated.map(|engine| Told::of(&engine.annotate_one(document)));
        let carrier = annotated
            .as_ref()
            .map_or(carrier, |undated| Carrier::published_on(document, &undated.published));
        (carrier, annotated)
    };
    let Collection { documents, made, problems } = Collection::read(inputs, threads, work, seen);
    if let Some(Err(error)) = engine.into_inner() {
        return Err(error);
    }
    let (carriers, undated): (Vec<Carrier>, Vec<Option<Told>>) = made.into_iter().unzip();
    let witnesses = Collection { documents, made: carriers, problems };
    let mut alignments: Vec<Alignment> = Vec::new();
    for_each_shared_passage(&witnesses, &Options::default(), |found| alignments.push(found));
    let Collection { documents, made: carriers, problems } = witnesses;
    let told = documents.iter().zip(&carriers).zip(&undated);
    let reports: Vec<Report<'_>> = told
        .map(|((document, carrier), undated)| match undated {
            Some(undated) => undated.report(document),
            None => Report { document, date: carrier.published(), stated: true, quotes: &[] },
        })
        .collect();
    let grouping =
        group::group(group::Input { reports: &reports, alignments: &alignments, corrections });
    Ok(Stories { documents, grouping, problems })
}
