//! Events as the timeline sees them: taken from one document after the other, words as numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use stemma_model::{
    Annotations, Dated, Document, DocumentId, Entity, EntityId, Event, EventStatus, Mention,
    MentionId, MentionKind, Span,
};

use super::moment::Moment;
use super::{same, stem};
use crate::entity::Holders;

/// Reads the events of documents, one by one.
#[derive(Debug)]
pub struct Reader {
    holders: Holders,
}

impl Reader {
    /// Knows who is behind the chains: reads the chains of `entities`.
    #[must_use]
    pub fn of(entities: &[Entity]) -> Self {
        Self { holders: Holders::of(entities) }
    }

    /// The events of `document` that have a time which can be compared. Reads its mentions, dates
    /// and events; linear in them.
    #[must_use]
    pub fn events(&self, document: &Document, annotations: &Annotations) -> DocumentEvents {
        let entity = |mention: &Mention| self.holders.get(document.id, mention.chain?);
        let by_mention: BTreeMap<MentionId, EntityId> = annotations
            .mentions
            .iter()
            .filter_map(|mention| Some((mention.id, entity(mention)?)))
            .collect();
        let events = annotations.events.iter();
        DocumentEvents {
            document: document.id,
            published: annotations.published.clone(),
            events: events.filter_map(|it| read(document, annotations, it, &by_mention)).collect(),
        }
    }
}

/// The events of one document, as [`Events::add`] takes them.
#[derive(Clone, Debug)]
pub struct DocumentEvents {
    document: DocumentId,
    published: Dated,
    events: Vec<ReadEvent>,
}

#[derive(Clone, Debug)]
struct ReadEvent {
    lemma: String,
    head: String,
    words: BTreeSet<String>,
    entities: BTreeSet<EntityId>,
    places: BTreeSet<EntityId>,
    sentence: Span,
    timex: Span,
    status: EventStatus,
    moment: Moment,
    definite: bool,
}

fn read(
    document: &Document,
    annotations: &Annotations,
    event: &Event,
    entities: &BTreeMap<MentionId, EntityId>,
) -> Option<ReadEvent> {
    let (_, index) = event.date?;
    let timex = annotations.dates.get(index as usize)?;
    let moment = Moment::of(timex)?;
    let own = document.slice(event.span);
    // A saying is known by what is said, which may stand before it, a state by what is in it.
    let whole = same::is_saying(&event.lemma) || same::is_state(&event.lemma);
    let words = if whole { document.slice(event.sentence) } else { own };
    let date = document.slice(timex.span).to_lowercase();
    let from =
        annotations.mentions.partition_point(|mention| mention.span.start < event.span.start);
    let inside = annotations.mentions[from..]
        .iter()
        .take_while(|mention| mention.span.start < event.span.end);
    let inside: Vec<(&Mention, EntityId)> =
        inside.filter_map(|mention| Some((mention, *entities.get(&mention.id)?))).collect();
    let is_scene = |mention: &Mention| {
        mention.kind == MentionKind::Place && is_located(&document.text, mention.span.start())
    };
    let places =
        inside.iter().filter(|(mention, _)| is_scene(mention)).map(|(_, id)| *id).collect();
    let taking_part = event.participants.iter().filter_map(|id| entities.get(id).copied());
    Some(ReadEvent {
        head: stem::stem(&event.lemma),
        lemma: event.lemma.clone(),
        words: stem::stems(words).filter(|stem| !date.contains(stem.as_str())).collect(),
        entities: inside.iter().map(|(_, id)| *id).chain(taking_part).collect(),
        places,
        sentence: event.sentence,
        timex: timex.span,
        status: event.status,
        moment,
        definite: document.text[..event.span.start()]
            .split_whitespace()
            .next_back()
            .is_some_and(|word| word.eq_ignore_ascii_case("the")),
    })
}

/// Whether a preposition of place brings the name at `start`: `in Washington`, `near the Sound`,
/// not `the US-led alliance` nor `urged Ukraine`.
pub(super) fn is_located(text: &str, start: usize) -> bool {
    let mut before = text[..start].split_whitespace().rev();
    let word = match before.next() {
        Some("the" | "The") => before.next(),
        word => word,
    };
    word.is_some_and(|word| {
        matches!(
            word.to_ascii_lowercase().as_str(),
            "in" | "at"
                | "near"
                | "outside"
                | "inside"
                | "across"
                | "around"
                | "off"
                | "to"
                | "from"
        )
    })
}

/// The number of a word among [`Events`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Word(u32);

/// An event as one document tells it.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The document's place in the input.
    pub(super) at: usize,
    pub(super) document: DocumentId,
    pub(super) lemma: Word,
    /// The stem of its head.
    pub(super) head: Word,
    /// The stems of its words, sorted.
    pub(super) words: Box<[Word]>,
    /// Who takes part, sorted.
    pub(super) entities: Box<[EntityId]>,
    /// The places among them where its own words say that it happened, sorted.
    pub(super) places: Box<[EntityId]>,
    /// The sentence that tells it.
    pub(super) sentence: Span,
    /// The expression that dates it.
    pub(super) timex: Span,
    pub(super) status: EventStatus,
    pub(super) moment: Moment,
    /// It is named as known: `the fire of March 3`.
    pub(super) definite: bool,
    /// Its verb only says.
    pub(super) saying: bool,
}

/// The events of all documents, in the order in which these were added.
///
/// Every word is kept once; an event takes some 200 bytes.
#[derive(Clone, Debug, Default)]
pub struct Events {
    pub(super) told: Vec<Told>,
    /// What each document says of its own date.
    pub(super) published: Vec<Dated>,
    words: HashMap<Box<str>, Word>,
    /// The words by number.
    forms: Vec<Box<str>>,
}

impl Events {
    /// Adds the events of the next document.
    pub fn add(&mut self, events: DocumentEvents) {
        let DocumentEvents { document, published, events } = events;
        let at = self.published.len();
        self.published.push(published);
        for event in events {
            let mut words: Box<[Word]> = event.words.iter().map(|word| self.word(word)).collect();
            words.sort_unstable();
            let told = Told {
                at,
                document,
                saying: same::is_saying(&event.lemma),
                lemma: self.word(&event.lemma),
                head: self.word(&event.head),
                words,
                entities: event.entities.into_iter().collect(),
                places: event.places.into_iter().collect(),
                sentence: event.sentence,
                timex: event.timex,
                status: event.status,
                moment: event.moment,
                definite: event.definite,
            };
            self.told.push(told);
        }
    }

    /// What a word is.
    pub(super) fn form(&self, word: Word) -> &str {
        &self.forms[word.0 as usize]
    }

    /// The number of a word, a new one if it is new.
    ///
    /// # Panics
    /// If there are 2^32 different words or more.
    pub(super) fn word(&mut self, form: &str) -> Word {
        if let Some(&known) = self.words.get(form) {
            return known;
        }
        let new = Word(u32::try_from(self.forms.len()).expect("fewer than 2^32 words"));
        self.words.insert(form.into(), new);
        self.forms.push(form.into());
        new
    }
}

/// How many items two sorted slices have in common.
pub(super) fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
    both(a, b).count()
}

/// The items that two sorted slices have in common, in order.
pub(super) fn both<'s, T: Ord>(a: &'s [T], b: &'s [T]) -> impl Iterator<Item = &'s T> {
    let mut rest = b;
    a.iter().filter(move |item| {
        rest = &rest[rest.partition_point(|other| other < *item)..];
        rest.first() == Some(*item)
    })
}
