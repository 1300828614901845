//! What a cut looks like: names that [`super::weights`] has weights for.
//!
//! Each trait is a few short words: `ends|comma|after`, say, is a condition that ends at a comma
//! with its consequence behind it.

use std::fmt::Write;
use std::ops::Range;

use stemma_english::Token;

use super::cuts::{Cut, Shape};
use super::{ALIKE, Choice, shape};
use crate::condition::lexicon::{Class, LEXICON};
use crate::condition::scope::{Scope, is_mark, is_negated, is_tensed, is_time, is_verbal, modal};
use crate::condition::surface::{begins_main, head, is_fronted};
use crate::condition::trigger::is_idiom;

/// Gives `sink` the name of each trait of the cut at `at` of `choice`.
pub(super) fn each<'a>(
    scope: Scope<'a>,
    choice: &Choice<'a>,
    at: usize,
    sink: &mut impl FnMut(&str),
) {
    let cut = &choice.cuts[at];
    let mut name = String::new();
    let mut put = |parts: &[&str]| {
        name.clear();
        for (i, part) in parts.iter().enumerate() {
            write!(name, "{}{part}", if i == 0 { "" } else { "|" }).unwrap_or_default();
        }
        sink(&name);
    };
    let family = choice.pattern;
    let order = order(choice, cut);
    let ruled = ruled(choice, cut);
    put(&["cut"]);
    put(&["family", family]);
    put(&["rules", ruled]);
    put(&["rules", ruled, family]);
    put(&["order", order, family]);
    put(&["parse", parsed(choice, cut), order]);
    let fronted = if is_fronted(scope, &choice.trigger) { "fronted" } else { "behind" };
    put(&["trigger", fronted, order, family]);
    let main = begins_main(scope, cut.consequence.start, cut.consequence.end);
    put(&["main clause", if main { "yes" } else { "no" }, order]);
    let trigger = &choice.trigger;
    let before = beside(scope, trigger.start.checked_sub(1), trigger.start);
    let asks = asks(scope, trigger);
    put(&["trigger after", before, order]);
    put(&["trigger after", before, family]);
    put(&["asked", asks, family]);
    words(scope, choice, order, &mut put);
    put(&["next", scope.token(trigger.end.min(scope.sheet.doc.len() - 1)).tag(), family]);
    edges(scope, cut, order, &mut put);
    clauses(scope, choice, cut, order, &mut put);
    left_over(scope, trigger, cut, order, &mut put);
}

/// Where the consequence stands: after the condition or before, and where need joins them, whether
/// the trigger stands before both, between them or behind.
fn order(choice: &Choice<'_>, cut: &Cut) -> &'static str {
    let after = cut.condition.start < cut.consequence.start;
    match (shape(choice.pattern), after) {
        (Some(Shape::Need), false) => "needs",
        (Some(Shape::Need), true) if cut.condition.start < choice.trigger.start => "needed",
        (Some(Shape::Need), true) => "needs to",
        (_, true) => "after",
        (_, false) => "before",
    }
}

/// What the trigger's own words are, where a family has several.
fn words(scope: Scope<'_>, choice: &Choice<'_>, order: &str, put: &mut impl FnMut(&[&str])) {
    let (family, trigger) = (choice.pattern, &choice.trigger);
    let first = scope.token(trigger.start);
    if is_idiom(scope, trigger) {
        put(&["set phrase", family]);
    }
    if family != "if" {
        put(&["word", first.lower(), scope.token(trigger.end - 1).lower()]);
        put(&["word", first.lower(), order]);
        put(&["tag", first.tag(), order, family]);
        put(&["hangs as", first.dep(), order, family]);
    }
}

/// How near a cut is to the rules': the same, like it, with one part like it, another, or none.
fn ruled(choice: &Choice<'_>, cut: &Cut) -> &'static str {
    let Some(own) = &choice.own else { return "none" };
    let [condition, consequence] = cut.spans;
    let near = [condition.jaccard(own.condition), consequence.jaccard(own.consequence)];
    match near {
        [a, b] if a >= 0.8 && b >= 0.8 => "same",
        [a, b] if a >= ALIKE && b >= ALIKE => "like",
        [a, _] if a >= ALIKE => "condition",
        [_, b] if b >= ALIKE => "consequence",
        _ => "other",
    }
}

/// Which parts of a cut are the parse's.
fn parsed(choice: &Choice<'_>, cut: &Cut) -> &'static str {
    let Some([condition, consequence]) = &choice.parsed else { return "none" };
    let near = |a: &Range<usize>, b: &Range<usize>| {
        let both = a.end.min(b.end).saturating_sub(a.start.max(b.start));
        5 * both >= 4 * (a.len() + b.len() - both)
    };
    match (near(&cut.condition, condition), near(&cut.consequence, consequence)) {
        (true, true) => "both",
        (true, false) => "condition",
        (false, true) => "consequence",
        (false, false) => "neither",
    }
}

/// Whether what stands before the trigger asks: a verb or word whose "if" is "whether".
fn asks(scope: Scope<'_>, trigger: &Range<usize>) -> &'static str {
    let start = scope.sentence(trigger.start).start;
    let lemma = |back: usize| {
        let at = trigger.start.checked_sub(back).filter(|&i| i >= start);
        at.map(|i| scope.token(i).lemma())
    };
    let of = |class: Class| (1..=2).any(|back| lemma(back).is_some_and(|l| LEXICON.has(class, l)));
    if of(Class::Asking) {
        "asking"
    } else if of(Class::Inquiry) {
        "inquiry"
    } else if of(Class::Embedding) {
        "saying"
    } else {
        "no"
    }
}

/// What stands at the edges of both parts.
fn edges(scope: Scope<'_>, cut: &Cut, order: &str, put: &mut impl FnMut(&[&str])) {
    let Cut { condition, consequence, .. } = cut;
    let inside = condition.start;
    put(&["ends", beside(scope, Some(condition.end), inside), order]);
    put(&["starts after", beside(scope, consequence.start.checked_sub(1), inside), order]);
    put(&["stops", beside(scope, Some(consequence.end), inside), order]);
    let first = scope.token(consequence.start);
    put(&["starts", coarse(first), order]);
    let end = beside(scope, Some(condition.end), inside);
    put(&["ends and starts", end, coarse(first), order]);
    put(&["opens", coarse(scope.token(condition.start))]);
    let last = scope.token(consequence.end - 1);
    put(&["last", coarse(last), order]);
    put(&["condition last", coarse(scope.token(condition.end - 1)), order]);
}

/// What the parts are: clauses or less, of which tense, how long, of one piece by the parse or of
/// several.
fn clauses<'a>(
    scope: Scope<'a>,
    choice: &Choice<'a>,
    cut: &Cut,
    order: &str,
    put: &mut impl FnMut(&[&str]),
) {
    let family = choice.pattern;
    let Cut { condition, consequence, .. } = cut;
    put(&["condition", tense(scope, condition), family]);
    put(&["consequence", tense(scope, consequence), family]);
    put(&["consequence", tense(scope, consequence), order]);
    put(&["tenses", tense(scope, condition), tense(scope, consequence)]);
    put(&["verbs", few(finite(scope, condition)), order]);
    put(&["main verbs", few(finite(scope, consequence)), order]);
    put(&["pieces", few(roots(scope, condition)), order]);
    put(&["main pieces", few(roots(scope, consequence)), order]);
    put(&["attached", if attached(scope, choice, cut) { "yes" } else { "no" }, order]);
    put(&["length", length(condition.len()), order]);
    put(&["main length", length(consequence.len()), order]);
    put(&["commas", few(commas(scope, condition)), order]);
    put(&["main commas", few(commas(scope, consequence)), order]);
    if let Some(main) = head(scope, consequence) {
        put(&["modal", modal(main).unwrap_or("none"), family]);
        put(&["denied", if is_negated(main) { "yes" } else { "no" }, family]);
        let says = LEXICON.has(Class::Embedding, main.lemma());
        put(&["says", if says { "yes" } else { "no" }, order]);
        put(&["main", main.dep(), order]);
    }
    let time = scope.token(condition.end - 1);
    let timed = condition.len() < 6 && is_time(time);
    put(&["time", if timed { "yes" } else { "no" }, family]);
    let asked =
        consequence.end < scope.sheet.doc.len() && scope.token(consequence.end).text() == "?";
    put(&["question", if asked { "yes" } else { "no" }, order]);
    put(&["quoted", quoted(scope, choice, cut), order]);
}

/// How many words of the sentence belong to neither part.
fn left_over(
    scope: Scope<'_>,
    trigger: &Range<usize>,
    cut: &Cut,
    order: &str,
    put: &mut impl FnMut(&[&str]),
) {
    let Cut { condition, consequence, .. } = cut;
    let sentence = scope.sentence(trigger.start);
    let words = |range: Range<usize>| range.filter(|&i| !is_mark(scope.token(i))).count();
    let between = match order {
        "after" => condition.end..consequence.start,
        _ => consequence.end..trigger.start,
    };
    let left = sentence.start..trigger.start.min(consequence.start);
    let right = condition.end.max(consequence.end)..sentence.end;
    put(&["between", few(words(between)), order]);
    put(&["left", length(words(left)), order]);
    put(&["right", length(words(right)), order]);
}

/// What stands at a place beside a part.
fn beside(scope: Scope<'_>, at: Option<usize>, inside: usize) -> &'static str {
    let sentence = scope.sentence(inside);
    let Some(at) = at.filter(|at| sentence.contains(at)) else { return "edge" };
    let token = scope.token(at);
    match token.text() {
        "," => "comma",
        "." | "!" | "?" => "stop",
        ";" | ":" => "colon",
        "—" | "–" | "--" | "-" => "dash",
        "“" | "\"" | "‘" | "'" | "”" | "’" => "quote",
        "(" | ")" | "[" | "]" => "bracket",
        _ => match token.lower() {
            "that" => "that",
            "to" => "to",
            "then" => "then",
            "and" | "but" | "or" | "so" => "and",
            "if" | "unless" | "when" | "because" | "until" => "if",
            _ => coarse(token),
        },
    }
}

/// A word class, coarsely.
fn coarse(token: Token<'_>) -> &'static str {
    match token.tag() {
        "MD" => "modal",
        "VB" => "bare verb",
        "VBZ" | "VBP" => "present",
        "VBD" => "past",
        "VBG" => "gerund",
        "VBN" => "participle",
        "PRP" | "EX" => "pronoun",
        "WP" | "WDT" | "WRB" => "wh",
        "IN" => "preposition",
        "TO" => "to",
        "CC" => "conjunction",
        "RB" | "RBR" | "RBS" | "RP" => "adverb",
        "JJ" | "JJR" | "JJS" => "adjective",
        "DT" | "PRP$" | "CD" | "PDT" => "determiner",
        _ => match token.pos() {
            "NOUN" | "PROPN" => "noun",
            "PUNCT" | "SPACE" => "mark",
            _ => "word",
        },
    }
}

/// The tense of the first finite verb.
fn tense(scope: Scope<'_>, range: &Range<usize>) -> &'static str {
    let verb = range.clone().map(|i| scope.token(i)).find(|token| is_tensed(*token));
    match verb {
        None if range.clone().any(|i| is_verbal(scope.token(i))) => "infinite",
        None => "no verb",
        Some(verb) => match verb.lower() {
            "will" | "'ll" | "’ll" | "wo" => "will",
            "would" | "'d" | "’d" => "would",
            _ if verb.tag() == "MD" => "modal",
            _ if verb.tag() == "VBD" => "past",
            _ => "present",
        },
    }
}

fn finite(scope: Scope<'_>, range: &Range<usize>) -> usize {
    range.clone().filter(|&i| is_tensed(scope.token(i))).count()
}

fn commas(scope: Scope<'_>, range: &Range<usize>) -> usize {
    range.clone().filter(|&i| scope.token(i).text() == ",").count()
}

/// Into how many pieces the parse falls inside a range: words that hang from outside it.
fn roots(scope: Scope<'_>, range: &Range<usize>) -> usize {
    let outside = |token: &Token<'_>| {
        !is_mark(*token) && (token.head() == *token || !range.contains(&token.head().i()))
    };
    range.clone().map(|i| scope.token(i)).filter(outside).count()
}

/// Whether the condition hangs, over its trigger at most, from a word of the consequence.
fn attached(scope: Scope<'_>, choice: &Choice<'_>, cut: &Cut) -> bool {
    cut.condition.clone().any(|i| {
        let above = scope.token(i).head();
        let over = choice.trigger.contains(&above.i()).then(|| above.head());
        [Some(above), over].into_iter().flatten().any(|t| cut.consequence.contains(&t.i()))
    })
}

/// Where the parts stand to the quotation around the trigger.
fn quoted(scope: Scope<'_>, choice: &Choice<'_>, cut: &Cut) -> &'static str {
    match scope.quoted(choice.trigger.start) {
        None => "none",
        Some(quote) => {
            let inside =
                |range: &Range<usize>| quote.start <= range.start && range.end <= quote.end;
            match (inside(&cut.condition), inside(&cut.consequence)) {
                (true, true) => "both",
                (true, false) => "condition",
                _ => "neither",
            }
        }
    }
}

fn few(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        _ => "3",
    }
}

fn length(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        4..=7 => "4",
        8..=15 => "8",
        16..=31 => "16",
        _ => "32",
    }
}
