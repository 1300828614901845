//! Passages in marks that the tagger left out.
//!
//! A whole sentence in marks is somebody's words even where nothing around it looks like an
//! attribution; a name, a title or a scare quote is not.

use std::ops::Range;

use stemma_english::{Doc, Token};

use super::columns::Columns;
use super::lexicon::SAY;
use super::link::{Attribution, noun_phrase};
use super::marks::Passage;

/// Fewer words than this are a term or a title. Below it, PolNeAR's train part has more terms than
/// sayings among the passages that the tagger leaves out.
const WORDS: usize = 5;

/// How far from the marks a cue is looked for, in tokens.
const REACH: usize = 14;

/// Attributions for the passages that no attribution in `known` touches.
pub(super) fn attributions(
    doc: &Doc,
    columns: &Columns,
    passages: &[Passage],
    known: &[Attribution],
) -> Vec<Attribution> {
    let mut claimed = vec![false; doc.len()];
    for attribution in known {
        let parts = attribution.content.iter().chain(&attribution.cue).chain(&attribution.source);
        parts.for_each(|range| claimed[range.clone()].fill(true));
    }
    passages
        .iter()
        .filter(|passage| !passage.nested && !passage.single)
        .filter_map(|passage| {
            let tokens = doc.tokens_touching(passage.inner.range()).indices();
            let free = !tokens.is_empty() && !claimed[tokens.clone()].contains(&true);
            (free && is_saying(doc, tokens.clone()))
                .then(|| attribution(doc, columns, tokens, &claimed))
        })
        .collect()
}

/// Whether the words are a sentence rather than a name: enough of them, a verb, not all capitals.
fn is_saying(doc: &Doc, tokens: Range<usize>) -> bool {
    let words: Vec<Token<'_>> =
        doc.tokens_in(tokens).filter(|token| !token.is_punct() && !token.is_space()).collect();
    let verb = words.iter().any(|token| matches!(token.pos(), "VERB" | "AUX"));
    let small = words.iter().filter(|token| token.text().starts_with(char::is_lowercase)).count();
    words.len() >= WORDS && verb && small * 2 > words.len()
}

fn attribution(
    doc: &Doc,
    columns: &Columns,
    content: Range<usize>,
    claimed: &[bool],
) -> Attribution {
    let cue = nearest_cue(columns, &content, claimed);
    let subject = cue.and_then(|cue| {
        let subject = doc.token(cue).children().find(|child| child.dep() == "nsubj");
        subject.map(noun_phrase).filter(|range| !range.is_empty())
    });
    let free = |range: &Range<usize>| !claimed[range.clone()].contains(&true);
    let source = subject.filter(free);
    Attribution {
        cue: cue.filter(|_| source.is_some()).map(|cue| cue..cue + 1),
        source,
        content: vec![content],
        shared: None,
    }
}

/// The nearest verb of saying in the sentences that the passage touches.
fn nearest_cue(columns: &Columns, content: &Range<usize>, claimed: &[bool]) -> Option<usize> {
    let says = |i: &usize| columns.class[*i] & SAY != 0 && !claimed[*i];
    let sentence = |i: usize| columns.sentence[i];
    let after = (content.end..(content.end + REACH).min(columns.len()))
        .take_while(|&i| sentence(i) as usize <= content.end + 2)
        .find(says);
    let before = (content.start.saturating_sub(REACH)..content.start)
        .rev()
        .take_while(|&i| sentence(i) == sentence(content.start))
        .find(says);
    after.or(before)
}
