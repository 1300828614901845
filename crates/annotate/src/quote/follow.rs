//! Sayings that go on: without a cue, over paragraphs, or beyond what the tagger took.

use std::ops::Range;

use stemma_english::{Doc, Token};

use super::link::{Attribution, Shared, first_token, noun_phrase, same_sentence};
use super::marks::Passage;

/// Contents in another sentence than the cue's own, after it, are sayings that follow on.
pub(super) fn split_follow_ons(doc: &Doc, found: Vec<Attribution>) -> Vec<Attribution> {
    let mut split = Vec::new();
    for mut attribution in found {
        let Some(cue) = attribution.cue.clone() else {
            split.push(attribution);
            continue;
        };
        let attribution = &mut attribution;
        split.extend(earlier_saying(doc, &cue, attribution));
        let own = |content: &Range<usize>| {
            content.start < cue.start || same_saying(doc, cue.end, content.start)
        };
        let (near, far): (Vec<_>, Vec<_>) = attribution.content.drain(..).partition(own);
        let (near, far) = if near.is_empty() { (far, Vec::new()) } else { (near, far) };
        attribution.content = near;
        let source = attribution.source.clone();
        split.push(std::mem::take(attribution));
        split.extend(far.into_iter().map(|content| Attribution {
            cue: None,
            source: source.clone(),
            content: vec![content],
            shared: Some(Shared::FollowsOn),
        }));
    }
    split
}

/// A sentence in marks before a cue that has a content of its own after it: `“It is so.” He said he
/// would go.` The marked sentence is another saying, told without a cue.
fn earlier_saying(
    doc: &Doc,
    cue: &Range<usize>,
    attribution: &mut Attribution,
) -> Option<Attribution> {
    let [first, rest @ ..] = attribution.content.as_slice() else { return None };
    let source = attribution.source.as_ref().map_or(cue.start, |source| source.start);
    let gap = first.end..source.min(cue.start).max(first.end);
    let ends = |token: Token<'_>| matches!(token.text(), "." | "?" | "!");
    let closes = |token: Token<'_>| matches!(token.text(), "”" | "\"" | "’" | "''");
    let stopped = doc.tokens_in(gap.clone()).any(ends) && doc.tokens_in(gap).any(closes);
    let after = rest.iter().any(|content| same_saying(doc, cue.end, content.start));
    let begins = attribution.source.as_ref().is_some_and(|source| {
        source.start >= first.end && doc.token(source.start).text().starts_with(char::is_uppercase)
    });
    (stopped && after && begins).then(|| Attribution {
        content: vec![attribution.content.remove(0)],
        ..Attribution::default()
    })
}

/// Whether what starts at `to` can belong to the cue that ends at `from`: the same sentence, by the
/// parse and by the marks that end one.
fn same_saying(doc: &Doc, from: usize, to: usize) -> bool {
    let ends = |token: Token<'_>| matches!(token.text(), "." | "?" | "!");
    same_sentence(doc, from.saturating_sub(1), to) && !doc.tokens_in(from..to.max(from)).any(ends)
}

/// Who is named beside a content on its own line: `Source: content` and `content — Source` in
/// headlines, `“…” ― Ada Lee` under letters, `LEE: …` in transcripts, and `Lee said:` on the line
/// before.
pub(super) fn read_lines(doc: &Doc, found: &mut [Attribution], lines: &[Range<usize>]) {
    // The tagger may have taken the dash before a name for a cue.
    let unsaid = |cue: &Range<usize>| doc.tokens_in(cue.clone()).all(|token| token.is_punct());
    let bare = |a: &&mut Attribution| a.source.is_none() && a.cue.as_ref().is_none_or(unsaid);
    for attribution in found.iter_mut().filter(bare) {
        let [content] = attribution.content.as_slice() else { continue };
        let at = lines.partition_point(|range| range.end <= content.start);
        let Some(line) = lines.get(at).filter(|range| range.end >= content.end) else {
            continue;
        };
        let before = at.checked_sub(1).map(|before| lines[before].clone());
        let named = after_dash(doc, content.end..line.end)
            .or_else(|| before_colon(doc, line.start..content.start))
            .or_else(|| announced(doc, &before?, line, content));
        if let Some((cue, source)) = named {
            attribution.cue = Some(cue);
            attribution.source = Some(source);
        } else if let Some((cue, source)) = transcribed(doc, line, content) {
            attribution.content[0].start = cue.end;
            attribution.cue = Some(cue);
            attribution.source = Some(source);
        }
    }
}

/// How many words a name with its role has at most, on a line of its own.
const NAME: usize = 8;

/// A cue and its source.
type Named = (Range<usize>, Range<usize>);

fn is_quote_mark(token: Token<'_>) -> bool {
    matches!(token.text(), "\"" | "“" | "”" | "‘" | "’" | "'" | "''" | "``")
}

fn is_name(doc: &Doc, tokens: Range<usize>) -> bool {
    (1..=NAME).contains(&tokens.len()) && doc.tokens_in(tokens).any(|token| token.pos() == "PROPN")
}

/// What a dash after the content names, up to the end of the line or the next quotation. The dash
/// may cling to the closing mark.
fn after_dash(doc: &Doc, rest: Range<usize>) -> Option<Named> {
    let ended = |token: &Token<'_>| {
        let mark = matches!(token.text(), "." | "," | "?" | "!");
        mark || token.is_space() || is_quote_mark(*token)
    };
    let dash = rest.clone().find(|&i| !ended(&doc.token(i)))?;
    let mark = doc.token(dash).text().trim_start_matches(['"', '”', '’']);
    let is_dash = matches!(mark, ":" | "—" | "–" | "-" | "―" | "--");
    let start = (dash + 1..rest.end).find(|&i| !doc.token(i).is_space())?;
    let stop = |i: &usize| {
        let token = doc.token(*i);
        is_quote_mark(token) || token.is_space() || token.text() == "."
    };
    let end = (start..rest.end).find(stop).unwrap_or(rest.end);
    (is_dash && is_name(doc, start..end)).then(|| (dash..dash + 1, start..end))
}

/// What a colon before the content names, from the start of the line.
fn before_colon(doc: &Doc, rest: Range<usize>) -> Option<Named> {
    let words = |i: &usize| !is_quote_mark(doc.token(*i));
    let start = rest.clone().find(words)?;
    let mark = rest.rev().find(words)?;
    let is_mark = matches!(doc.token(mark).text(), ":" | "—" | "–" | "-" | "―");
    (is_mark && is_name(doc, start..mark)).then(|| (mark..mark + 1, start..mark))
}

/// The name in capitals and the colon that a content of a transcript opens with.
fn transcribed(doc: &Doc, line: &Range<usize>, content: &Range<usize>) -> Option<Named> {
    let first = (line.start..content.start).all(|i| doc.token(i).is_punct());
    let colon = content.clone().take(NAME).find(|&i| doc.token(i).text() == ":")?;
    let capital = |token: Token<'_>| !token.text().contains(char::is_lowercase);
    let shouted = content.start < colon && doc.tokens_in(content.start..colon).all(capital);
    (first && shouted && colon + 1 < content.end).then(|| (colon..colon + 1, content.start..colon))
}

/// The verb and subject of a line that ends in a colon, for a content that opens the next line in
/// marks.
fn announced(
    doc: &Doc,
    before: &Range<usize>,
    line: &Range<usize>,
    content: &Range<usize>,
) -> Option<Named> {
    let opens = (line.start..content.start).all(|i| doc.token(i).is_punct());
    let marked = (line.start..content.start).any(|i| is_quote_mark(doc.token(i)));
    let colon = before.clone().rev().find(|&i| !doc.token(i).is_space())?;
    if !opens || !marked || doc.token(colon).text() != ":" {
        return None;
    }
    let root = doc.sentence_of(colon).root();
    let subject = root.children().find(|child| child.dep() == "nsubj")?;
    let source = noun_phrase(subject);
    (root.pos() == "VERB" && !source.is_empty()).then(|| (root.i()..root.i() + 1, source))
}

/// A content in marks without cue or source follows on from the attribution before it, when
/// nothing but that attribution and marks stands between them, or when it opens the next
/// paragraph.
pub(super) fn follow_on(doc: &Doc, found: &mut [Attribution], passages: &[Passage]) {
    for at in 1..found.len() {
        if found[at].source.is_some() || found[at].cue.is_some() || found[at - 1].source.is_none() {
            continue;
        }
        let Some(content) = found[at].content.first() else { continue };
        let span = doc.tokens_in(content.clone()).span();
        let marked = passages
            .iter()
            .any(|passage| passage.outer.start() <= span.start && span.end <= passage.outer.end());
        let end = last_token(&found[at - 1]);
        let near = content.start.saturating_sub(end) <= NEAR;
        if marked && near {
            found[at].source = found[at - 1].source.clone();
            found[at].shared = Some(Shared::FollowsOn);
        }
    }
}

/// How many tokens may stand between an attribution and one that follows on from it; the seeds and
/// PolNeAR's train part have up to a short clause (`He paused.`).
const NEAR: usize = 12;

fn last_token(attribution: &Attribution) -> usize {
    let content = attribution.content.iter().map(|range| range.end);
    let cue = attribution.cue.iter().map(|range| range.end);
    let source = attribution.source.iter().map(|range| range.end);
    content.chain(cue).chain(source).max().unwrap_or(0)
}

/// Joins the parts of a saying that runs over several paragraphs.
pub(super) fn join_paragraphs(doc: &Doc, found: &mut Vec<Attribution>, passages: &[Passage]) {
    for pair in passages.windows(2).filter(|pair| pair[1].continues) {
        let inside = |attribution: &Attribution, passage: &Passage| {
            attribution.content.iter().any(|range| {
                let span = doc.tokens_in(range.clone()).span();
                passage.outer.start() <= span.start && span.end <= passage.outer.end()
            })
        };
        let first = found.iter().rposition(|attribution| inside(attribution, &pair[0]));
        let second = found.iter().position(|attribution| inside(attribution, &pair[1]));
        let (Some(first), Some(second)) = (first, second) else { continue };
        if first == second || found[first].cue.is_some() && found[second].cue.is_some() {
            continue;
        }
        let later = found.remove(second.max(first));
        let earlier = &mut found[second.min(first)];
        earlier.content.extend(later.content);
        if earlier.cue.is_none() && later.cue.is_some() {
            earlier.cue = later.cue;
            earlier.source = later.source;
            earlier.shared = later.shared;
        }
    }
}

/// How much of a passage must be told for all of it to be: fewer words are a term in somebody's
/// telling. Passages of PolNeAR's train part are content whole or, rarely, for a few words.
const WHOLE: f32 = 0.4;

/// Gives a saying in marks the whole of its passage, where the tagger cut it short or in two.
///
/// Only passages that hold a sentence are mended; the attribution with a cue gets it.
pub(super) fn mend_passages(doc: &Doc, found: &mut Vec<Attribution>, passages: &[Passage]) {
    for passage in passages.iter().filter(|passage| !passage.nested && !passage.single) {
        let inner = words_of(doc, passage);
        if inner.len() < SENTENCE {
            continue;
        }
        let from = found.partition_point(|attribution| last_token(attribution) + FAR < inner.start);
        let near = (from..found.len()).take_while(|&i| first_token(&found[i]) < inner.end + FAR);
        let inside: Vec<usize> = near
            .filter(|&i| {
                let told = &found[i].content;
                told.iter().any(|range| inner.start <= range.start && range.end <= inner.end)
            })
            .collect();
        let told: usize = inside
            .iter()
            .flat_map(|&i| &found[i].content)
            .filter(|range| inner.start <= range.start && range.end <= inner.end)
            .map(|range| range.len())
            .sum();
        if (told as f32) < WHOLE * inner.len() as f32 || told == inner.len() {
            continue;
        }
        give(found, &inside, &inner);
    }
    found.retain(|attribution| !attribution.content.is_empty());
}

/// How many tokens a passage must have to be a saying of its own.
const SENTENCE: usize = 7;

/// How far around a passage its attribution can begin, in tokens.
const FAR: usize = 200;

/// The tokens inside the marks, without punctuation at the edges.
fn words_of(doc: &Doc, passage: &Passage) -> Range<usize> {
    let tokens = doc.tokens_touching(passage.inner.range()).indices();
    let word = |i: &usize| !doc.token(*i).is_punct() && !doc.token(*i).is_space();
    let start = tokens.clone().find(word).unwrap_or(tokens.end);
    let end = tokens.clone().rev().find(word).map_or(start, |last| last + 1);
    start..end.max(start)
}

/// The passage goes to the attribution with a cue, else to the first; the others lose their parts.
fn give(found: &mut [Attribution], inside: &[usize], inner: &Range<usize>) {
    let cued = inside.iter().copied().find(|&i| found[i].cue.is_some());
    let Some(owner) = cued.or_else(|| inside.first().copied()) else { return };
    for &i in inside {
        found[i].content.retain(|range| range.start < inner.start || inner.end < range.end);
    }
    found[owner].content.push(inner.clone());
    found[owner].content.sort_by_key(|range| range.start);
}
