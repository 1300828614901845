//! What all sections of a page share.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use stemma_model::{Cell, ConditionId, DocumentId, Origins, Passage, PointKind, QuoteId, Span};

use crate::edition::{Edition, Under};
use crate::html::link;
use crate::view::condition::{Stated, stated};
use crate::view::copied::{Copied, Shared, copied};
use crate::view::mark::{About, Note, notes};
use crate::view::point::Points;
use crate::view::statement::{Speaker, Statement, Witness, speakers};

/// A page in the making: the edition, the statements, and the anchors that sections ask for.
pub(super) struct Page<'e> {
    pub(super) edition: &'e Edition<'e>,
    pub(super) speakers: Vec<Speaker<'e>>,
    /// Where each quotation's statement is: speaker, statement.
    places: HashMap<(DocumentId, QuoteId), (usize, usize)>,
    /// What is shared, as the section of shared passages sets it out.
    pub(super) copied: Copied<'e>,
    /// The notes in the margin of each document.
    pub(super) notes: Vec<Vec<Note<'e>>>,
    /// The number of each quotation's note in its document, from 1.
    numbers: HashMap<(DocumentId, QuoteId), usize>,
    /// What is set out under "shared passages".
    set_out: HashSet<Under>,
    /// How many independent origins stand behind each quotation that a coverage point counts.
    origins: HashMap<(DocumentId, QuoteId), &'e Origins>,
    /// The conditions, as their section sets them out.
    pub(super) stated: Stated<'e>,
    /// Places in texts that something links to: order of the document, byte.
    wanted: RefCell<BTreeSet<(usize, usize)>>,
    /// Places of quotations that something links to, which carry anchors of their own.
    cited: RefCell<BTreeSet<(usize, usize)>>,
}

impl<'e> Page<'e> {
    pub(super) fn new(edition: &'e Edition<'e>) -> Self {
        let speakers = speakers(edition);
        let mut places = HashMap::new();
        for (i, speaker) in speakers.iter().enumerate() {
            for (j, statement) in speaker.statements.iter().enumerate() {
                let witnesses = statement.witnesses();
                places.extend(witnesses.map(|w| ((w.document, w.quote.id), (i, j))));
            }
        }
        let copied = copied(edition);
        let notes: Vec<Vec<Note<'e>>> =
            (0..edition.record.documents.len()).map(|index| notes(edition, index)).collect();
        let numbers = numbers(edition, &notes);
        let set_out = copied.shared.iter().filter_map(Shared::under).collect();
        let origins = origins(edition);
        Self {
            edition,
            speakers,
            places,
            copied,
            notes,
            numbers,
            set_out,
            origins,
            stated: stated(edition),
            wanted: RefCell::default(),
            cited: RefCell::default(),
        }
    }

    /// The anchor of a quotation's statement, where the page sets it out: a compact one only
    /// indexes what one report alone carries.
    pub(super) fn set_out_at(&self, quote: (DocumentId, QuoteId)) -> Option<String> {
        let (_, statement) = self.statement(quote)?;
        let set_out = !self.edition.compact() || !statement.entries.is_empty();
        set_out.then(|| link::statement(statement))
    }

    /// How many independent origins a statement has, where a coverage point counts it.
    pub(super) fn origins(&self, statement: &Statement<'_>) -> Option<&'e Origins> {
        let mut witnesses = statement.witnesses();
        witnesses.find_map(|w| self.origins.get(&(w.document, w.quote.id)).copied())
    }

    /// The number of a quotation's note in the margin of its document.
    pub(super) fn number(&self, quote: (DocumentId, QuoteId)) -> Option<usize> {
        self.numbers.get(&quote).copied()
    }

    /// Whether a shared passage is set out, so that a link to it leads somewhere.
    pub(super) fn is_set_out(&self, under: Under) -> bool {
        self.set_out.contains(&under)
    }

    /// The statement that a quotation belongs to, with its speaker.
    pub(super) fn statement(
        &self,
        quote: (DocumentId, QuoteId),
    ) -> Option<(&Speaker<'e>, &Statement<'e>)> {
        let &(speaker, statement) = self.places.get(&quote)?;
        let speaker = &self.speakers[speaker];
        Some((speaker, &speaker.statements[statement]))
    }

    /// A link's target at the start of a passage; its document's text will carry the anchor.
    pub(super) fn anchor(&self, passage: Passage) -> String {
        let order = self.edition.order(passage.document);
        if order == usize::MAX {
            return link::document(passage.document);
        }
        self.wanted.borrow_mut().insert((order, passage.span.start()));
        link::passage(passage.document, self.edition.start(passage))
    }

    /// A link's target at a quotation, which carries its own anchor.
    pub(super) fn cite(&self, witness: Witness<'_>) -> String {
        if let Some(first) = witness.quote.content.first() {
            let place = (self.edition.order(witness.document), first.start());
            self.cited.borrow_mut().insert(place);
        }
        link::of(witness.quote.id)
    }

    /// Whether a condition is set out, so that a link to it leads somewhere.
    pub(super) fn is_stated(&self, id: ConditionId) -> bool {
        self.stated.ids.contains(&id)
    }

    /// Whether anything links into `bytes` of the document at `order`.
    pub(super) fn speaks_of(&self, order: usize, bytes: Range<usize>) -> bool {
        let within = (order, bytes.start)..(order, bytes.end);
        [&self.wanted, &self.cited]
            .iter()
            .any(|places| places.borrow().range(within.clone()).next().is_some())
    }

    /// The bytes of the document at `order` from which anchors are wanted, in order.
    pub(super) fn wanted(&self, order: usize) -> Vec<usize> {
        let wanted = self.wanted.borrow();
        wanted.range((order, 0)..=(order, usize::MAX)).map(|&(_, byte)| byte).collect()
    }
}

/// The origins of every point that is a quotation, by the quotations that its cells cite.
fn origins<'e>(edition: &'e Edition<'_>) -> HashMap<(DocumentId, QuoteId), &'e Origins> {
    let points = Points::new(edition);
    let mut found = HashMap::new();
    for coverage in &edition.record.contrast.coverage {
        for cell in coverage.cells.iter().filter(|cell| cell.state != Cell::Absent) {
            let point = coverage.points.get(cell.point as usize);
            let Some(point) = point.filter(|point| point.kind == PointKind::Quotation) else {
                continue;
            };
            let cited = |&span: &Span| points.quote_at(Passage::new(cell.document, span));
            for quote in cell.evidence.iter().filter_map(cited) {
                found.entry((cell.document, quote)).or_insert(&point.origins);
            }
        }
    }
    found
}

fn numbers(
    edition: &Edition<'_>,
    notes: &[Vec<Note<'_>>],
) -> HashMap<(DocumentId, QuoteId), usize> {
    let numbered = edition.record.documents.iter().zip(notes).flat_map(|(document, notes)| {
        (1..).zip(notes).filter_map(|(number, note)| match note.about {
            About::Quote(quote) => Some(((document.id, quote.id), number)),
            About::Run { .. } | About::Condition(_) => None,
        })
    });
    numbered.collect()
}
