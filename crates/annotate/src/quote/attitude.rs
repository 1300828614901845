//! What a source does with a content: says, believes, knows or wants it.
//!
//! The types are those of the Penn Discourse Treebank (assertion, belief, fact, eventuality). A cue
//! has the type of its class in `lexicons/cues.toml`; what it reports can change it: a clause with a
//! tense is said or believed, an infinitive or a noun phrase is something wanted, promised or spoken
//! of (*agreed that it is …*, *agreed to go*).

use std::ops::Range;

use stemma_english::{Doc, Token};
use stemma_model::{Attitude, Reason};

use super::lexicon::CueLexicon;
use super::link::{Attribution, head};
use super::scope::is_finite;

/// How a content is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// With a finite verb of its own.
    Clause,
    /// An infinitive or participle.
    NonFinite,
    /// No verb: a noun phrase.
    Noun,
}

/// The attitude of an attribution, and why. Linear in its words.
pub(super) fn of(doc: &Doc, lexicon: &CueLexicon, attribution: &Attribution) -> (Attitude, Reason) {
    let form = form(doc, &attribution.content);
    let Some(cue) = &attribution.cue else {
        return (Attitude::Assertion, Reason::new("no-cue", "told as somebody's words"));
    };
    let main = said_of(doc.token(head(doc, cue)), cue);
    let class = lexicon.attitude(main.lemma(), main.pos());
    let attitude = match (class, form) {
        (Attitude::Assertion, Form::NonFinite | Form::Noun) if takes_clause(main) => {
            Attitude::Eventuality
        }
        (class, _) => class,
    };
    let form = match form {
        Form::Clause => "a clause",
        Form::NonFinite => "an infinitive or participle",
        Form::Noun => "a noun phrase",
    };
    (attitude, Reason::new("attitude", format!("“{}” with {form}", main.lemma())))
}

/// Of *is reluctant* the adjective, of *declined to say* the verb of saying; any other cue is
/// itself.
fn said_of<'d>(main: Token<'d>, cue: &Range<usize>) -> Token<'d> {
    let copula = main.lemma() == "be";
    let told = main.rights().find(|child| match child.dep() {
        "acomp" | "attr" => copula,
        "xcomp" => cue.contains(&child.i()),
        _ => false,
    });
    told.unwrap_or(main)
}

/// Whether a cue is a verb or noun, so that what it reports tells whether it reports words; a phrase
/// like *according to*, a colon or a dash does not.
fn takes_clause(cue: Token<'_>) -> bool {
    matches!(cue.pos(), "VERB" | "NOUN" | "ADJ") && cue.lemma() != "accord"
}

/// A clause as soon as one part is; the words that open it, or its highest verb, tell.
fn form(doc: &Doc, content: &[Range<usize>]) -> Form {
    let forms: Vec<Form> = content.iter().map(|range| form_of(doc, range)).collect();
    [Form::Clause, Form::NonFinite]
        .into_iter()
        .find(|form| forms.contains(form))
        .unwrap_or(Form::Noun)
}

fn form_of(doc: &Doc, range: &Range<usize>) -> Form {
    let opens = doc.tokens_in(range.clone()).find(|token| !token.is_punct() && !token.is_space());
    let tops = || {
        let inside = doc.tokens_in(range.clone()).filter(|token| !token.is_punct());
        inside.filter(|token| token.head() == *token || !range.contains(&token.head().i()))
    };
    let verb = |token: &Token<'_>| matches!(token.pos(), "VERB" | "AUX");
    let infinitive = tops().any(|token| verb(&token) && !is_finite(token));
    let clause = tops().any(|token| verb(&token) && is_finite(token));
    let marked = opens.is_some_and(|token| {
        token.dep() == "mark" && token.lower() != "for" || matches!(token.tag(), "WP" | "WRB")
    });
    let wholly = || doc.tokens_in(range.clone()).any(|token| is_main(doc, range, token));
    match (clause || marked, infinitive) {
        (true, _) => Form::Clause,
        (false, true) if wholly() => Form::Clause,
        (false, true) => Form::NonFinite,
        (false, false) if wholly() => Form::Clause,
        (false, false) => Form::Noun,
    }
}

/// A finite verb with a subject that hangs from the top of the range by complements and conjuncts
/// alone, not in a clause about a noun.
fn is_main(doc: &Doc, range: &Range<usize>, token: Token<'_>) -> bool {
    let verb = matches!(token.pos(), "VERB" | "AUX") && is_finite(token);
    if !verb || !token.children().any(|child| child.dep().starts_with("nsubj")) {
        return false;
    }
    let mut at = token;
    for _ in 0..doc.len() {
        if !matches!(at.dep(), "ccomp" | "conj" | "parataxis" | "ROOT" | "advcl" | "nsubj" | "dep")
        {
            return false;
        }
        let above = at.head();
        if above == at || !range.contains(&above.i()) {
            return at.dep() != "advcl";
        }
        at = above;
    }
    false
}
