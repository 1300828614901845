//! What a figure counts, made comparable across reports.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;
use stemma_model::{Document, Figure, FigureKind, Reason, Span};
use stemma_text::words;

use super::{Input, Stated};
use crate::timeline::stem::{stem, stems};

/// Words around a figure that tell what is said of it.
const WINDOW: usize = 9;

/// What a figure counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Subject {
    /// The words that name what is counted.
    pub what: Option<Span>,
    /// The stems of what is counted, without names of quantities: `repair` of `the cost of the repairs`.
    pub words: BTreeSet<String>,
    /// The head noun, people of all sorts as one.
    pub head: Option<String>,
    /// What became of the people counted.
    pub fate: Option<String>,
    /// The stems of the words around.
    pub around: BTreeSet<String>,
}

impl Subject {
    /// What it was told by, for a reader.
    pub fn reason(&self) -> Reason {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let fate = self.fate.as_deref().map_or(String::new(), |fate| format!(", {fate}"));
        Reason::new("same-subject", format!("what is counted: {}{fate}", words.join(" ")))
    }
}

#[derive(Debug, Deserialize)]
struct Lexicon {
    fates: Section,
    people: Section,
    measures: Section,
    updates: Section,
}

#[derive(Debug, Deserialize)]
struct Section {
    #[serde(rename = "source")]
    _source: String,
    #[serde(flatten)]
    words: HashMap<String, String>,
}

impl Section {
    fn get(&self, word: &str) -> Option<&str> {
        self.words.get(&word.to_lowercase()).map(String::as_str)
    }
}

fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
        toml::from_str(include_str!("../../../../lexicons/units-subjects.toml"))
            .expect("the shipped lexicon is well formed")
    });
    &LEXICON
}

/// What `figure` counts, in its sentence.
pub(crate) fn subject(document: &Document, figure: &Figure, sentence: Span) -> Subject {
    let text = figure.what.map(|what| document.slice(what)).unwrap_or_default();
    let head = words(text)
        .last()
        .map(|span| span.of_text(text))
        .filter(|head| lexicon().fates.get(head).is_none());
    let named: BTreeSet<String> = words(text)
        .map(|span| span.of_text(text))
        .filter(|word| lexicon().measures.get(word).is_none())
        .flat_map(stems)
        .collect();
    let near = near(document, figure.span, sentence);
    Subject {
        what: figure.what,
        head: head.map(|head| lexicon().people.get(head).map_or_else(|| stem(head), str::to_owned)),
        words: named,
        fate: (figure.kind == FigureKind::Count)
            .then(|| fate(document, &near, figure.span))
            .flatten(),
        around: near.iter().flat_map(|span| stems(document.slice(*span))).collect(),
    }
}

/// The words of the sentence within the window on either side of the figure.
fn near(document: &Document, figure: Span, sentence: Span) -> Vec<Span> {
    let text = document.slice(sentence);
    let at = |span: Span| Span::new(sentence.start() + span.start(), sentence.start() + span.end());
    let all: Vec<Span> = words(text).map(at).collect();
    let before = all.iter().rev().filter(|span| span.end <= figure.start).take(WINDOW);
    let after = all.iter().filter(|span| span.start >= figure.end).take(WINDOW);
    let mut near: Vec<Span> = before.chain(after).copied().collect();
    near.sort();
    near
}

/// The fate told nearest to the figure.
fn fate(document: &Document, near: &[Span], figure: Span) -> Option<String> {
    let distance = |span: &Span| {
        if span.end <= figure.start { figure.start - span.end } else { span.start - figure.end }
    };
    near.iter()
        .filter_map(|span| Some((distance(span), lexicon().fates.get(document.slice(*span))?)))
        .min()
        .map(|(_, fate)| fate.to_owned())
}

/// Whether the words around a figure say that it is new: `now known`, `risen to`, `up from`.
pub(super) fn is_marked_new(input: &Input<'_>, stated: &Stated) -> bool {
    let document = input.question[stated.at].0;
    near(document, stated.span, stated.sentence)
        .iter()
        .any(|span| lexicon().updates.get(document.slice(*span)).is_some())
}
