//! Clauses read from commas and verb forms, for where the parse goes astray.
//!
//! Parsers often take the verb after a fronted clause for a part of it, or the second half of the
//! condition for the main clause. What a reader goes by is on the surface: a fronted clause ends
//! at the first comma (or "then") that a clause of its own follows; what says who speaks between
//! the two is passed over.

use std::ops::Range;

use stemma_english::Token;

use super::lexicon::{Class, LEXICON};
use super::scope::{Scope, child, is_mark, is_tensed, is_verbal, modal};

/// A main clause shows its verb within this many tokens: the longest subject in the tune half of
/// the marked documents has 14.
const LONGEST_SUBJECT: usize = 24;

/// What says who speaks has at most this many tokens: "said the group's longtime director, Ann Lee".
const LONGEST_SPEAKER: usize = 14;

/// An aside between dashes has at most this many tokens.
const LONGEST_ASIDE: usize = 30;

/// Words that a main clause does not begin with.
const NOT_MAIN: &[&str] = &[
    "and",
    "or",
    "but",
    "nor",
    "who",
    "whom",
    "whose",
    "which",
    "where",
    "when",
    "while",
    "because",
    "as",
    "although",
    "though",
    "since",
    "if",
    "unless",
    "until",
    "including",
    "such",
    "like",
    "especially",
    "particularly",
    "even",
    "not",
    "rather",
    "than",
    "plus",
];

/// Whether `trigger` opens a clause that stands before the one it belongs to: at the start of its
/// sentence, after a mark, or after a word that introduces a clause.
pub(super) fn is_fronted(scope: Scope<'_>, trigger: &Range<usize>) -> bool {
    let sentence = scope.sentence(trigger.start);
    let Some(before) = trigger.start.checked_sub(1).filter(|&i| i >= sentence.start) else {
        return true;
    };
    let before = scope.token(before);
    is_mark(before)
        || matches!(before.lower(), "and" | "but" | "or" | "so" | "because" | "then" | "yet")
        || before.lower() == "that" && before.tag() == "IN"
}

/// The clause after a fronted `trigger` and the main clause, by the comma or "then" between them.
///
/// Linear in the sentence, but for the look ahead at each comma.
pub(super) fn fronted(
    scope: Scope<'_>,
    trigger: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let sentence = scope.sentence(trigger.start);
    let end = scope.inside_quote(trigger.start, trigger.end..sentence.end).end;
    // A quotation may hold the fronted clause alone, up to its comma.
    let end = if end < sentence.end && scope.token(end).text() == "," { end + 1 } else { end };
    let mut depth = 0_i32;
    for i in trigger.end..end {
        depth += nesting(scope.token(i).text());
        let condition = trigger.end..i;
        if depth <= 0
            && !condition.is_empty()
            && let Some(start) = after_dashes(scope, i, end)
            && begins_main(scope, start, sentence.end)
        {
            let rest = scope.inside_quote(start, start..clause_end(scope, start, sentence.end));
            return Some((condition, rest));
        }
        // "Unless, of course, they agree": what stands aside is no clause.
        if !condition.clone().any(|i| matches!(scope.token(i).pos(), "VERB" | "AUX" | "ADJ")) {
            continue;
        }
        if depth > 0 || !ends_clause(scope, trigger, i) || condition.is_empty() {
            continue;
        }
        let start = after_boundary(scope, i, sentence.end);
        if goes_on(scope, &condition, start, end) {
            continue;
        }
        if begins_main(scope, start, sentence.end) {
            let rest = scope.inside_quote(start, start..clause_end(scope, start, sentence.end));
            return Some((condition, rest));
        }
    }
    None
}

/// "If you need an ID to board a plane, | open an account, or get aid, it makes sense": a bare verb
/// after an infinitive goes on with it, where a main clause follows later.
pub(super) fn goes_on(
    scope: Scope<'_>,
    condition: &Range<usize>,
    start: usize,
    end: usize,
) -> bool {
    let first = (start < end).then(|| scope.token(start));
    // "If they come here, | do not qualify and have no visa, they will": the same with a verb of it.
    let same = first.is_some_and(|first| first.tag() == "VBP" && first.lower() == "do")
        && condition.clone().any(|i| scope.token(i).tag() == "VBP");
    let bare = same || first.is_some_and(|first| first.tag() == "VB");
    let infinitive = || {
        condition
            .clone()
            .skip(1)
            .any(|i| scope.token(i).tag() == "VB" && scope.token(i - 1).tag() == "TO")
    };
    bare && (same || infinitive())
        && (start..end).any(|i| {
            scope.token(i).text() == ","
                && i + 1 < end
                && scope.token(i + 1).tag() != "VB"
                && begins_main(scope, i + 1, end)
        })
}

/// Where what follows an aside between dashes that opens at `i` starts: "if it fails — and it may —
/// | then we leave".
fn after_dashes(scope: Scope<'_>, i: usize, end: usize) -> Option<usize> {
    is_dash(scope, i).then_some(())?;
    let close = (i + 1..end.min(i + LONGEST_ASIDE)).find(|&at| is_dash(scope, at))?;
    Some(after_boundary(scope, close, end))
}

/// Whether a dash as between clauses stands at `i`.
pub(super) fn is_dash(scope: Scope<'_>, i: usize) -> bool {
    matches!(scope.token(i).text(), "—" | "–" | "--")
}

/// The clauses on both sides of where, without a comma, a pronoun and a modal begin the main
/// clause right after a verb or particle: "if the talks fail | it could get worse".
pub(super) fn run_on(
    scope: Scope<'_>,
    trigger: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let end = clause_end(scope, trigger.end, scope.sentence(trigger.start).end);
    let first = (trigger.end..end).find(|&i| is_tensed(scope.token(i)))?;
    let start = (first + 1..end.saturating_sub(1)).find(|&i| {
        let (word, before) = (scope.token(i), scope.token(i - 1));
        let subject = matches!(word.tag(), "PRP" | "EX") && scope.token(i + 1).tag() == "MD";
        let closed = matches!(before.pos(), "VERB" | "ADV") || before.tag() == "RP";
        subject && closed && !LEXICON.has(Class::Embedding, before.lemma())
    })?;
    Some((trigger.end..start, start..end))
}

/// The clauses on both sides of where, without a comma, a second subject with a modal begins by
/// the parse: "if there is no deal | a strike could follow".
pub(super) fn juxtaposed(
    scope: Scope<'_>,
    trigger: &Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let sentence = scope.sentence(trigger.start);
    let end = clause_end(scope, trigger.end, sentence.end);
    let first = (trigger.end..end).find(|&i| is_tensed(scope.token(i)))?;
    let heads = (first + 1..end).filter_map(|i| {
        let token = scope.token(i);
        let going = token.lower() == "going" && child(token, &["xcomp"]).is_some();
        (token.tag() == "MD").then(|| token.head()).or_else(|| going.then_some(token))
    });
    let start = heads.into_iter().find_map(|verb| {
        let subject = child(verb, &["nsubj", "nsubjpass", "expl"])?;
        let edge = subject.left_edge().i();
        let embedded = matches!(scope.token(edge.max(1) - 1).lower(), "that" | "whether" | "and");
        let relative = matches!(subject.tag(), "WDT" | "WP");
        (edge > first && subject.i() < verb.i() && !relative && !embedded).then_some(edge)
    })?;
    Some((trigger.end..start, start..end))
}

/// Where the clause that token `from` belongs to ends: before a dash or semicolon, before what
/// says who speaks, or at the end of the sentence.
pub(super) fn clause_end(scope: Scope<'_>, from: usize, end: usize) -> usize {
    let mut depth = 0_i32;
    for i in from..end {
        let text = scope.token(i).text();
        depth += nesting(text);
        let stop = matches!(text, ";" | "—" | "–" | "--")
            || text == "," && speaker(scope, i + 1, end).is_some();
        if depth <= 0 && i > from && stop {
            return i;
        }
    }
    end
}

/// Whether a token of `range` is a finite verb.
pub(super) fn has_finite(scope: Scope<'_>, range: Range<usize>) -> bool {
    range.into_iter().any(|i| is_tensed(scope.token(i)))
}

/// Whether `range` reads as a main clause: a finite verb that does more than say who speaks.
pub(super) fn is_clause(scope: Scope<'_>, range: &Range<usize>) -> bool {
    let start = range.clone().find(|&i| !is_mark(scope.token(i))).unwrap_or(range.end);
    let speaks = only_speaks(scope, range);
    let imperative = || scope.token(start).tag() == "VB";
    start < range.end && !speaks && (has_finite(scope, range.clone()) || imperative())
}

fn nesting(text: &str) -> i32 {
    match text {
        "(" | "[" => 1,
        ")" | "]" => -1,
        _ => 0,
    }
}

/// Whether a fronted clause may end at `i`: a comma, a "then" that no preposition follows, or a
/// "that" which repeats the one before the trigger ("said that if he wins that he will go").
fn ends_clause(scope: Scope<'_>, trigger: &Range<usize>, i: usize) -> bool {
    let token = scope.token(i);
    let before_preposition = || {
        let next = i + 1;
        next < scope.sheet.doc.len() && scope.token(next).tag() == "IN"
    };
    match token.lower() {
        // "used for limited, specific needs": a row of adjectives.
        "," => {
            let next = i + 1;
            !(next < scope.sheet.doc.len()
                && i > trigger.end
                && scope.token(i - 1).tag() == "JJ"
                && scope.token(next).tag() == "JJ")
        }
        "then" => {
            let next = i + 1;
            let subject = next < scope.sheet.doc.len() && scope.token(next).tag() == "PRP";
            (token.dep() == "advmod" || subject) && !before_preposition()
        }
        "that" => {
            let repeats = trigger.start > 0 && scope.token(trigger.start - 1).lower() == "that";
            repeats && token.tag() == "IN" && LEXICON.has(Class::Embedding, token.head().lemma())
                || repeats && token.dep() == "mark" && modal(token.head()).is_some()
        }
        _ => false,
    }
}

/// The first token of what follows the boundary at `i`, past closing marks, a speaker in between,
/// and "then" or "of course".
pub(super) fn after_boundary(scope: Scope<'_>, i: usize, end: usize) -> usize {
    let mut at = i + 1;
    while at < end && is_mark(scope.token(at)) && !matches!(scope.token(at).text(), "(" | "[") {
        at += 1;
    }
    at = speaker(scope, at, end).unwrap_or(at);
    while at < end && (is_mark(scope.token(at)) || matches!(scope.token(at).lower(), "then")) {
        at += 1;
    }
    at
}

/// Where what says who speaks, from `start` on, ends: after the comma that closes it, or at the
/// end of the sentence. "he said,"; "said the minister,"; "Ms. Lee told reporters".
fn speaker(scope: Scope<'_>, start: usize, end: usize) -> Option<usize> {
    let limit = end.min(start + LONGEST_SPEAKER);
    let close = (start..limit)
        .find(|&i| matches!(scope.token(i).text(), "," | "." | "”" | "“" | "\""))
        .unwrap_or(limit);
    let mut verbs = (start..close).filter(|&i| is_tensed(scope.token(i)));
    let verb = scope.token(verbs.next()?);
    let goes = verb.lemma() == "go"
        && (start..verb.i()).any(|i| LEXICON.has(Class::Thinking, scope.token(i).lower()));
    let says = (LEXICON.has(Class::Embedding, verb.lemma()) || goes) && verb.tag() != "MD";
    let modal = |i: usize| scope.token(i).tag() == "MD";
    let one = verbs.next().is_none() && !(start..close).any(modal);
    let complement =
        child(verb, &["ccomp", "xcomp"]).is_some_and(|said| (verb.i()..close).contains(&said.i()));
    if !says || !one || complement || (start..close).any(|i| scope.token(i).lower() == "that") {
        return None;
    }
    let comma = close < end && scope.token(close).text() == ",";
    Some(if comma { after_apposition(scope, close + 1, end) } else { end })
}

/// Where an apposition that begins at `start` ends, past its comma: "said Ms. Lee, | an expert in
/// law at the university, | there". `start`, where none begins.
fn after_apposition(scope: Scope<'_>, start: usize, end: usize) -> usize {
    let comma = |from: usize| (from..end).find(|&i| scope.token(i).text() == ",");
    let mut at = start;
    // "an expert in law at the University of Ohio, Columbus, there": a row of names without verbs.
    while let Some(close) = comma(at) {
        let named = at > start || matches!(scope.token(at).tag(), "DT" | "NN" | "NNP" | "PRP$");
        if !named || has_finite(scope, at..close) || close == at {
            break;
        }
        at = close + 1;
    }
    at
}

/// Whether a main clause begins at `start`: a subject and a finite verb soon after, a question, or
/// a command.
pub(super) fn begins_main(scope: Scope<'_>, start: usize, end: usize) -> bool {
    if start >= end {
        return false;
    }
    let first = scope.token(start);
    if matches!(first.lower(), "neither" | "nor" | "so" | "only") && start + 1 < end {
        // "then neither can we": the finite verb stands before its subject.
        let next = scope.token(start + 1);
        if next.tag() == "MD" || is_tensed(scope.token(start + 1)) && next.pos() == "AUX" {
            return true;
        }
    }
    let asks = matches!(first.tag(), "WP" | "WRB")
        && (start..end)
            .find(|&i| matches!(scope.token(i).text(), "?" | "." | "!"))
            .is_some_and(|i| scope.token(i).text() == "?");
    if asks {
        return true;
    }
    let barred = NOT_MAIN.contains(&first.lower())
        || matches!(first.tag(), "VBG" | "VBN" | "WDT" | "POS" | "RP")
        || first.lower() == "that" && first.tag() == "IN"
        || LEXICON.entries(Class::Subordinator).iter().any(|e| scope.words_at(start, &e.words));
    if barred {
        return false;
    }
    if matches!(first.tag(), "VB" | "MD" | "WRB" | "WP")
        || first.tag() == "VBP" && first.lower() == "do"
    {
        return true;
    }
    let limit = end.min(start + LONGEST_SUBJECT);
    let verb = (start..limit).find(|&i| is_tensed(scope.token(i)));
    verb.is_some_and(|verb| {
        (start..verb).any(|i| {
            let token = scope.token(i);
            matches!(token.pos(), "NOUN" | "PROPN" | "PRON" | "DET" | "NUM")
                && !matches!(token.tag(), "WDT" | "WP")
        })
    })
}

/// The clause before a `trigger` that no mark stands before, if there is one: what a trailing
/// clause belongs to.
pub(super) fn before(scope: Scope<'_>, trigger: &Range<usize>) -> Option<Range<usize>> {
    let sentence = scope.sentence(trigger.start);
    let end = before_aside(scope, &sentence, trigger.start);
    let start = (sentence.start..end).rev().take_while(|&i| !opens(scope, i)).last()?;
    let range = scope.inside_quote(trigger.start, start..end);
    range.clone().any(|i| is_verbal(scope.token(i))).then_some(range)
}

/// Where the clause before `trigger` ends: at `trigger`, or before the aside between dashes that
/// stands between the two ("they might stay — all three of them — should it").
fn before_aside(scope: Scope<'_>, sentence: &Range<usize>, trigger: usize) -> usize {
    let closed = trigger > sentence.start && is_dash(scope, trigger - 1);
    let opening =
        closed.then(|| (sentence.start..trigger - 1).rev().find(|&i| is_dash(scope, i))).flatten();
    opening.unwrap_or(if closed { trigger - 1 } else { trigger })
}

/// The end of the clause that ends at `end`, with the predicates that go on with its subject:
/// "if he stays calm | , keeps his word and waits".
pub(super) fn with_predicates(scope: Scope<'_>, end: usize, last: usize) -> usize {
    let goes_on = |verb: usize| {
        verb < last
            && matches!(scope.token(verb).tag(), "VBZ" | "VBP" | "VBD")
            && !LEXICON.has(Class::Embedding, scope.token(verb).lemma())
    };
    let listed = end < last && scope.token(end).text() == "," && goes_on(end + 1);
    if listed { clause_end(scope, end + 1, last) } else { end }
}

/// Whether `range` only says who speaks or thinks.
pub(super) fn only_speaks(scope: Scope<'_>, range: &Range<usize>) -> bool {
    let start = range.clone().find(|&i| !is_mark(scope.token(i))).unwrap_or(range.end);
    speaker(scope, start, range.end).is_some_and(|end| end >= range.end)
}

/// The verb at the head of the clause in `range`: the first that hangs from nothing inside it.
pub(super) fn head<'a>(scope: Scope<'a>, range: &Range<usize>) -> Option<Token<'a>> {
    let mut verbs = range.clone().map(|i| scope.token(i)).filter(|token| is_verbal(*token));
    let inside = |token: Token<'a>| token.head() != token && range.contains(&token.head().i());
    let first = verbs.next()?;
    std::iter::once(first).chain(verbs).find(|verb| !inside(*verb)).or(Some(first))
}

/// Whether a new clause begins after the token at `i`.
fn opens(scope: Scope<'_>, i: usize) -> bool {
    let token = scope.token(i);
    matches!(token.text(), ";" | ":" | "—" | "–" | "“" | "(")
        || token.lower() == "that" && token.tag() == "IN" && is_verbal(token.head())
}
