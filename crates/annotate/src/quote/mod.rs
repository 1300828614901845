//! Quotations: who said what, in which words.
//!
//! [`marks`] finds passages in quotation marks; [`tagger`] labels every token as content, source,
//! cue or none; [`link`] ties the fragments into attributions, `scope` mends where they end,
//! `follow` what goes on without a cue, and `unclaimed` adds what stands in marks and was not
//! tagged; `speaker`, `attitude` and `build` turn an attribution into a
//! [`Quote`](stemma_model::Quote).

pub(crate) mod attitude;
mod bracket;
pub(crate) mod build;
mod bytes;
pub mod candidate;
mod classes;
pub mod clusters;
pub mod columns;
pub mod crf;
pub mod decode;
pub mod dense;
pub mod features;
mod follow;
pub mod forest;
pub mod label;
pub mod lattice;
pub mod lexicon;
pub mod link;
pub mod marks;
pub(crate) mod place;
mod scope;
pub mod segment;
pub(crate) mod speaker;
pub mod tagger;
mod unclaimed;

use std::ops::Range;

use stemma_model::{BlockKind, Document, Problem, Span};

use crate::Sheet;
use clusters::Clusters;
use columns::{Columns, sequences};
use lexicon::CueLexicon;
use link::Attribution;
use marks::Passage;
use tagger::Tagger;

/// What finding attributions needs: the trained models and their lexicons.
#[derive(Clone, Debug)]
pub struct Finder {
    tagger: Tagger,
    cues: CueLexicon,
    clusters: Clusters,
}

/// The attributions of a document, and its passages in marks.
#[derive(Clone, Debug, Default)]
pub struct Attributions {
    /// Passages in quotation marks.
    pub passages: Vec<Passage>,
    /// The attributions, in text order.
    pub list: Vec<Attribution>,
}

impl Finder {
    /// The models and lexicons that ship.
    #[must_use]
    pub fn load() -> Self {
        Self::with(Tagger::load())
    }

    /// Another tagger with the lexicons that ship.
    #[must_use]
    pub fn with(tagger: Tagger) -> Self {
        Self { tagger, cues: CueLexicon::load(), clusters: Clusters::load() }
    }

    /// The words that attribute.
    #[must_use]
    pub fn cues(&self) -> &CueLexicon {
        &self.cues
    }

    /// The attributions of a document. Linear.
    #[must_use]
    pub fn find(&self, sheet: Sheet<'_>) -> Attributions {
        let blocks = telling(sheet);
        let passages = marks::passages(sheet.text(), &blocks);
        let columns = Columns::new(sheet.doc, &passages, &self.cues, &self.clusters);
        let sequences: Vec<Range<usize>> = sequences(sheet.doc, &blocks);
        let labels = self.tagger.label(&columns, &sequences);
        let mut list = link::attributions(sheet.doc, &columns, &labels, &sequences);
        list.extend(unclaimed::attributions(sheet.doc, &columns, &passages, &list));
        list.sort_by_key(link::first_token);
        follow::mend_passages(sheet.doc, &mut list, &passages);
        follow::read_lines(sheet.doc, &mut list, &sequences);
        unclaimed::give_voices(sheet.doc, &columns, &passages, &mut list);
        list.sort_by_key(link::first_token);
        follow::follow_on(sheet.doc, &mut list, &passages);
        follow::join_paragraphs(sheet.doc, &mut list, &passages);
        Attributions { passages, list }
    }
}

/// Quotation marks that nothing closes, as problems at the marks.
#[must_use]
pub fn problems(document: &Document, passages: &[Passage]) -> Vec<Problem> {
    let problem = |passage: &Passage| {
        let mark = Span { start: passage.outer.start, end: passage.inner.start };
        Problem::new(
            "open-quotation",
            "looked for the end of a quotation: no mark closes it; it was taken to end with its paragraph",
        )
        .of(document.id)
        .on(mark)
        .hint("look at the place: where the words end, the text does not show")
    };
    marks::left_open(&document.text, passages).map(problem).collect()
}

/// The blocks of a document's own telling: without boilerplate, and without a dateline or credit
/// at the start of a block.
fn telling(sheet: Sheet<'_>) -> Vec<Span> {
    let document = sheet.document;
    let own = document.blocks.iter().filter(|block| block.kind != BlockKind::Boilerplate);
    let mut parts = Vec::new();
    for block in own {
        let mut rest = block.span;
        for part in document.boilerplate.iter().filter(|part| part.span.overlaps(block.span)) {
            let before = Span { start: rest.start, end: part.span.start.max(rest.start) };
            parts.push(before.trimmed(sheet.text()));
            rest.start = part.span.end.clamp(rest.start, rest.end);
        }
        parts.push(rest.trimmed(sheet.text()));
    }
    parts.retain(|part| !part.is_empty());
    parts
}
