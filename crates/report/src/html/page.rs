//! What all sections of a page share.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use stemma_model::{DocumentId, Passage, QuoteId};

use crate::edition::{Edition, Under};
use crate::html::link;
use crate::view::copied::{Copied, Shared, copied};
use crate::view::mark::{About, Note, notes};
use crate::view::statement::{Speaker, Statement, speakers};

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
    /// Places in texts that something links to: order of the document, byte.
    wanted: RefCell<BTreeSet<(usize, usize)>>,
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
        let wanted = RefCell::default();
        Self { edition, speakers, places, copied, notes, numbers, set_out, wanted }
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

    /// The bytes of the document at `order` from which anchors are wanted, in order.
    pub(super) fn wanted(&self, order: usize) -> Vec<usize> {
        let wanted = self.wanted.borrow();
        wanted.range((order, 0)..=(order, usize::MAX)).map(|&(_, byte)| byte).collect()
    }
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
