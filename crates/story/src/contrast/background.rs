//! What one report alone tells in its own voice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use stemma_model::{Annotations, Document, DocumentId, Sentence, Span};

use crate::Attesting;
use crate::likeness::{content, cosine};

/// A background sentence has at least this many words: shorter ones are asides and links.
const BACKGROUND_WORDS: usize = 8;

/// A clause is told by itself from this many content words on. Chosen on the five seeds, where
/// "overwhelmingly voted to join Russia" must come out and asides such as "he told reporters" not.
const CLAUSE_WORDS: usize = 6;

/// Two sentences tell the same from this share of content words, either way, on; or from this
/// cosine of their vectors on. Chosen by reading the background sentences of the five seeds: the
/// pairs that say the same thing in other words lie above, those on one topic below.
const SAME_WORDS: f32 = 0.5;
const SAME_VECTOR: f32 = 0.8;

/// The sentences of background that one document alone has; of a sentence that others have too, the
/// clauses that they have not. With each the document it stands in.
///
/// Sentences are compared where they share a word, and pair by pair where they have vectors.
pub(super) fn told_alone<'a>(attesting: &[Attesting<'a>]) -> Vec<(&'a Document, Span)> {
    // What another report has in somebody's mouth it has too.
    let all = attesting.iter().flat_map(|&(document, own)| tellings(document, own));
    let all = Tellings::of(all.collect());
    let own = all.all.iter().filter(|telling| !telling.quoted);
    own.flat_map(|one| all.missing(one).into_iter().map(move |span| (one.document, span))).collect()
}

/// A sentence of the outlet's own telling, with what it is compared by.
struct Telling<'a> {
    document: &'a Document,
    sentence: &'a Sentence,
    text: &'a str,
    words: BTreeSet<String>,
    /// Half of it or more is quoted.
    quoted: bool,
}

/// The sentences of some documents by their words: those without a word in common are never
/// compared.
struct Tellings<'t> {
    all: Vec<Telling<'t>>,
    by_word: BTreeMap<String, Vec<usize>>,
}

impl<'t> Tellings<'t> {
    fn of(all: Vec<Telling<'t>>) -> Self {
        let mut by_word: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, telling) in all.iter().enumerate() {
            for word in &telling.words {
                match by_word.get_mut(word) {
                    Some(places) => places.push(at),
                    None => drop(by_word.insert(word.clone(), vec![at])),
                }
            }
        }
        Self { all, by_word }
    }

    /// The sentences of other documents than `document` that have some of `words`, with how many.
    fn sharing(
        &self,
        document: DocumentId,
        words: &BTreeSet<String>,
    ) -> Vec<(&Telling<'t>, usize)> {
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for &at in words.iter().filter_map(|word| self.by_word.get(word)).flatten() {
            *counts.entry(at).or_default() += 1;
        }
        let shared = counts.into_iter().map(|(at, count)| (&self.all[at], count));
        shared.filter(|(other, _)| other.document.id != document).collect()
    }

    /// Whether a sentence of another document tells what `one` tells.
    fn tell(&self, one: &Telling<'_>) -> bool {
        let close = |other: &Telling<'_>| {
            cosine(&one.sentence.vector, &other.sentence.vector).is_some_and(|c| c >= SAME_VECTOR)
        };
        let in_words = |&(other, count): &(&Telling<'_>, usize)| {
            part(count, one.words.len()) >= SAME_WORDS
                || part(count, other.words.len()) >= SAME_WORDS
        };
        self.sharing(one.document.id, &one.words).iter().any(in_words)
            || !one.sentence.vector.is_empty()
                && self.all.iter().any(|other| other.document.id != one.document.id && close(other))
    }

    /// What of `one` no other document tells: all of it, some of its clauses, nothing.
    fn missing(&self, one: &Telling<'_>) -> Vec<Span> {
        if self.tell(one) {
            let own = |(_, words): &(Span, BTreeSet<String>)| {
                words.len() >= CLAUSE_WORDS && !self.have(one.document.id, words)
            };
            clauses(one).into_iter().filter(own).map(|(span, _)| span).collect()
        } else if one.words.len() >= BACKGROUND_WORDS {
            vec![one.sentence.span]
        } else {
            Vec::new()
        }
    }

    /// Whether a sentence of another document than `document` has enough of `words`.
    fn have(&self, document: DocumentId, words: &BTreeSet<String>) -> bool {
        let enough = |&(_, count): &(&Telling<'_>, usize)| part(count, words.len()) >= SAME_WORDS;
        self.sharing(document, words).iter().any(enough)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a sentence has few words")]
fn part(count: usize, of: usize) -> f32 {
    count as f32 / of as f32
}

/// The parts of a sentence between commas, semicolons and dashes outside brackets, with their
/// content words.
fn clauses(telling: &Telling<'_>) -> Vec<(Span, BTreeSet<String>)> {
    let mut start = telling.sentence.span.start();
    let mut parts = Vec::new();
    let mut depth = 0_i32;
    let ends = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth <= 0 && matches!(c, ',' | ';' | '—' | '–')
    };
    for piece in telling.text.split_inclusive(ends) {
        let span = Span::new(start, start + piece.len());
        start += piece.len();
        let bare = piece.trim_matches([' ', ',', ';', '—', '–', '.', '\u{a0}']);
        let from = span.start() + piece.find(bare).unwrap_or(0);
        parts.push((Span::new(from, from + bare.len()), content(bare)));
    }
    parts
}

/// The sentences of a report without headline and boilerplate.
fn tellings<'a>(document: &'a Document, annotations: &'a Annotations) -> Vec<Telling<'a>> {
    let title = document.title.as_ref().and_then(|title| title.span);
    let told = |sentence: &&Sentence| {
        title.is_none_or(|title| !title.overlaps(sentence.span))
            && document.boilerplate_at(sentence.span).is_none()
    };
    let quoted = |sentence: &Sentence| {
        let parts = annotations.quotes.iter().flat_map(|quote| &quote.content);
        parts.map(|part| part.overlap(sentence.span)).sum::<usize>() * 2 >= sentence.span.len()
    };
    let telling = |sentence: &'a Sentence| {
        let text = document.slice(sentence.span);
        Telling { document, sentence, text, words: content(text), quoted: quoted(sentence) }
    };
    annotations.sentences.iter().filter(told).map(telling).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, expected: &[&str]) {
        let told = Sentence { span: Span::new(0, sentence.len()), vector: Vec::new() };
        let document = Document::plain(DocumentId::of(&["a"]), sentence);
        let telling = Telling {
            document: &document,
            sentence: &told,
            text: sentence,
            words: content(sentence),
            quoted: false,
        };
        let parts = clauses(&telling);
        let found: Vec<&str> = parts.iter().map(|(span, _)| span.of_text(sentence)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn clauses_end_at_commas_and_dashes_outside_brackets() {
        check(
            "The bridge opened, after two towns (Ely, Marsh) paid — late.",
            &["The bridge opened", "after two towns (Ely, Marsh) paid", "late"],
        );
    }

    #[test]
    fn sentences_meet_by_their_words_as_if_each_were_held_against_each() {
        let texts = [
            "The harbour tunnel closed after inspectors found water in the shafts.",
            "Inspectors found water in the shafts of the harbour tunnel, which closed.",
            "A ferry carried commuters across the bay instead.",
            "Commuters crossed the bay by ferry.",
            "The council will meet on Monday.",
        ];
        let sentences =
            texts.map(|text| Sentence { span: Span::new(0, text.len()), vector: Vec::new() });
        let documents = ["a", "b"].map(|name| Document::plain(DocumentId::of(&[name]), ""));
        let telling = |at: usize| Telling {
            document: &documents[at % 2],
            sentence: &sentences[at],
            text: texts[at],
            words: content(texts[at]),
            quoted: false,
        };
        let all = Tellings::of((0..texts.len()).map(telling).collect());
        let share = crate::likeness::share;
        let mut told = 0;
        for (at, text) in texts.iter().enumerate() {
            let one = telling(at);
            let others = || all.all.iter().filter(|other| other.document.id != one.document.id);
            let has = |other: &&Telling<'_>| share(&one.words, &other.words) >= SAME_WORDS;
            let in_it = |other: &&Telling<'_>| share(&other.words, &one.words) >= SAME_WORDS;
            assert_eq!(all.have(one.document.id, &one.words), others().any(|it| has(&it)));
            let expected = others().any(|it| has(&it) || in_it(&it));
            assert_eq!(all.tell(&one), expected, "{text}");
            told += usize::from(expected);
        }
        assert!((1..texts.len()).contains(&told), "both outcomes are seen");
    }
}
