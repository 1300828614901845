//! "Y hinges on X", "Y depends on X", in headlines too, where parsers take the verb for a noun.
//!
//! Hits: *The deal hinges on a vote.* / *Lee: Deal Hinges on Vote*
//! Not: *He depends on his pension.* (a person is not what depends, but who)

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, LEXICON};
use crate::condition::link::cut_adverbials;
use crate::condition::scope::{Scope, child, is_verbal};
use crate::condition::surface::{before, clause_end};

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    (sentence.start..sentence.end.saturating_sub(2))
        .filter(|&i| is_dependence(scope, i))
        .filter_map(|i| draft(scope, &sentence, i))
        .collect()
}

/// Whether "hinges on" or the like stands at `i`.
fn is_dependence(scope: Scope<'_>, i: usize) -> bool {
    let (verb, preposition) = (scope.token(i).lower(), scope.token(i + 1).lower());
    LEXICON.entries(Class::Verb).iter().any(|entry| {
        let stem = entry.words[0].as_str();
        let inflected = verb
            .strip_prefix(stem.strip_suffix('e').unwrap_or(stem))
            .is_some_and(|ending| matches!(ending, "" | "e" | "s" | "es" | "d" | "ed" | "ing"));
        let rest = scope.words_at(i + 1, &entry.words[1..]);
        inflected && rest && entry.words[1] == preposition
    })
}

fn draft<'a>(scope: Scope<'a>, sentence: &Range<usize>, i: usize) -> Option<Draft<'a>> {
    let verb = scope.token(i);
    if child(verb, &["nsubj"]).is_some_and(|who| is_verbal(verb) && is_somebody(who)) {
        return None;
    }
    let (consequence, condition) = match parsed(scope, verb) {
        Some(sides) => sides,
        None => adjoined(scope, sentence, i).unwrap_or_else(|| plain(scope, sentence, i)),
    };
    Some(Draft {
        pattern: "depends-on",
        trigger: scope.sheet.span(i..i + 2),
        condition: scope.span(scope.inside_quote(i, condition))?,
        consequence: scope.span(consequence)?,
        head: is_verbal(verb).then_some(verb),
        force: ConditionForce::Necessary,
        note: format!("“{} {}” ties one to the other", verb.text(), scope.token(i + 1).text()),
    })
}

/// Who depends on something is no outcome: people by name, by pronoun or by trade ("farmers").
fn is_somebody(who: Token<'_>) -> bool {
    let trade = who.tag() == "NNS" && (who.lemma().ends_with("er") || who.lemma().ends_with("or"));
    who.ent_type() == "PERSON"
        || matches!(who.lower(), "he" | "she" | "we" | "they" | "you" | "i" | "who")
        || LEXICON.has(Class::People, who.lemma())
        || trade
}

/// The sides by the parse: subject and prepositional object. A person who depends is no outcome.
fn parsed<'a>(scope: Scope<'a>, verb: Token<'a>) -> Option<(Range<usize>, Range<usize>)> {
    let subject = child(verb, &["nsubj", "csubj"]).filter(|_| is_verbal(verb))?;
    let preposition = scope.token(verb.i() + 1);
    let end = scope.subtree(verb).end.min(scope.sentence(verb.i()).end);
    let right = scope.subtree(preposition).end.min(end);
    let right = if right > preposition.i() + 1 { right } else { end };
    let body = cut_adverbials(scope, verb, preposition.i() + 1..right);
    // "support, which hinges on": the support.
    let side = match subject.tag() {
        "WDT" if verb.dep() == "relcl" => verb.head().left_edge().i()..subject.i(),
        _ => scope.subtree(subject),
    };
    Some((side.start..side.end.min(verb.i()), body))
}

/// "It may close, depending on the vote": what stands before depends.
fn adjoined(
    scope: Scope<'_>,
    sentence: &Range<usize>,
    i: usize,
) -> Option<(Range<usize>, Range<usize>)> {
    (scope.token(i).lower() == "depending").then_some(())?;
    let consequence = before(scope, &(i..i + 2))?;
    Some((consequence, i + 2..clause_end(scope, i + 2, sentence.end)))
}

/// The sides without a parse: from the last colon or dash to the verb, and on to the end.
fn plain(scope: Scope<'_>, sentence: &Range<usize>, i: usize) -> (Range<usize>, Range<usize>) {
    let bound = |i: usize| matches!(scope.token(i).text(), ":" | "—" | "–" | ";" | "," | "|");
    let told = |at: usize| {
        let token = scope.token(at);
        is_verbal(token) && LEXICON.has(Class::Embedding, token.lemma())
    };
    let opens = |at: &usize| bound(*at) || told(*at);
    let start = (sentence.start..i).rev().find(opens).map_or(sentence.start, |at| at + 1);
    let end = (i + 2..sentence.end).find(|&at| bound(at)).unwrap_or(sentence.end);
    (start..i, i + 2..end)
}
