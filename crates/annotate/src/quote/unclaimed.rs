//! Passages in marks that the tagger left out.
//!
//! A whole sentence in marks is somebody's words even where nothing around it looks like an
//! attribution; a name, a title or a scare quote is not.

use std::ops::Range;

use stemma_english::{Doc, Token};

use super::columns::Columns;
use super::lexicon::SAY;
use super::link::{Attribution, claimed, noun_phrase};
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
    let claimed = claimed(doc, known);
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
    let (cue, source) = voice(doc, columns, &content, claimed).unzip();
    Attribution { cue, source, content: vec![content], shared: None }
}

/// The nearest free verb of saying that has a free subject, and that subject.
fn voice(
    doc: &Doc,
    columns: &Columns,
    content: &Range<usize>,
    claimed: &[bool],
) -> Option<(Range<usize>, Range<usize>)> {
    let cue = nearest_cue(columns, content, claimed)?;
    let subject = doc.token(cue).children().find(|child| child.dep() == "nsubj")?;
    let source = noun_phrase(subject);
    let free = !source.is_empty() && !claimed[source.clone()].contains(&true);
    free.then(|| (cue..cue + 1, source))
}

/// Gives contents in marks that have neither cue nor source the nearest verb of saying with its
/// subject, as [`attributions`] does where the tagger found nothing.
pub(super) fn give_voices(
    doc: &Doc,
    columns: &Columns,
    passages: &[Passage],
    found: &mut [Attribution],
) {
    let mut taken = claimed(doc, found);
    for attribution in found.iter_mut().filter(|a| a.cue.is_none() && a.source.is_none()) {
        let [content] = attribution.content.as_slice() else { continue };
        let span = doc.tokens_in(content.clone()).span();
        let after = passages.partition_point(|passage| passage.outer.start() <= span.start);
        let marked = passages[..after]
            .iter()
            .rev()
            .take(OPEN)
            .any(|passage| !passage.nested && span.end <= passage.outer.end());
        if let Some((cue, source)) =
            voice(doc, columns, content, &taken).filter(|_| marked && content.len() >= WORDS)
        {
            taken[cue.clone()].fill(true);
            taken[source.clone()].fill(true);
            attribution.cue = Some(cue);
            attribution.source = Some(source);
        }
    }
}

/// How many passages before a content can still be open at it: one in each family of marks.
const OPEN: usize = 4;

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
