//! Whether an event happened, is to come, depends on something, or is denied.

use stemma_english::Token;
use stemma_model::EventStatus;

use super::lexicon::Classes;

/// The status that the verb itself and the verbs above it give.
pub(super) fn status(token: Token<'_>) -> EventStatus {
    let verb = governing_verb(token);
    // `if the tube is not open by June` denies nothing.
    if is_hypothetical(verb) {
        return EventStatus::Conditional;
    }
    if is_negated(verb) || is_under(verb, |up| Classes::get().denials.has(up.lemma())) {
        return EventStatus::Denied;
    }
    if is_conditional(verb) {
        return EventStatus::Conditional;
    }
    let nominal = verb != token || matches!(token.pos(), "NOUN" | "PROPN");
    if is_to_come(verb) || (nominal && is_upcoming(token)) {
        return EventStatus::Planned;
    }
    EventStatus::Happened
}

/// The verb that a noun of happening stands under; a verb itself.
fn governing_verb(token: Token<'_>) -> Token<'_> {
    match token.pos() {
        "VERB" | "AUX" => token,
        _ => {
            token.ancestors().take(3).find(|up| matches!(up.pos(), "VERB" | "AUX")).unwrap_or(token)
        }
    }
}

fn is_negated(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.dep() == "neg" || child.lower() == "never")
}

/// Whether a verb that `test` accepts stands directly above, by way of a complement.
fn is_under(verb: Token<'_>, test: impl Fn(Token<'_>) -> bool) -> bool {
    let complement = matches!(verb.dep(), "xcomp" | "ccomp" | "pcomp");
    let up = match verb.dep() {
        "pcomp" => verb.head().head(),
        _ => verb.head(),
    };
    complement && up != verb && test(up)
}

/// In a clause of `if` or `unless`.
fn is_hypothetical(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.dep() == "mark" && matches!(child.lower(), "if" | "unless"))
}

/// Under `if`, `unless` or `could`, `may`, `might`.
fn is_conditional(verb: Token<'_>) -> bool {
    let marked = verb.children().any(|child| {
        child.dep() == "mark"
            && matches!(child.lower(), "if" | "unless" | "whether" | "until" | "once")
            || child.dep() == "aux" && matches!(child.lower(), "could" | "may" | "might")
    });
    let on_condition = verb.children().any(|child| {
        child.dep() == "advcl"
            && child
                .children()
                .any(|mark| mark.dep() == "mark" && matches!(mark.lower(), "if" | "unless"))
    });
    marked || on_condition
}

/// Told with `will` or `would`, as an infinitive under a verb of intention, or as `due to`.
fn is_to_come(verb: Token<'_>) -> bool {
    let modal = verb.children().any(|child| {
        child.dep().starts_with("aux")
            && matches!(
                child.lower(),
                "will" | "would" | "'ll" | "’ll" | "shall" | "should" | "must" | "wo" | "'d" | "’d"
            )
    });
    let infinitive = verb.tag() == "VB"
        && verb.children().any(|child| child.lower() == "to" && child.dep() == "aux");
    let planned = infinitive
        && (is_under(verb, |up| Classes::get().plans.has(up.lemma()) || is_to_come_once(up))
            || matches!(verb.dep(), "xcomp" | "acl" | "relcl")
                && matches!(
                    verb.head().lemma(),
                    "due" | "plan" | "ready" | "decision" | "bid" | "effort" | "intention" | "set"
                ));
    let be_to = infinitive && verb.dep() == "xcomp" && verb.head().lemma() == "be";
    modal || planned || be_to || goes_to(verb)
}

/// One level of [`is_to_come`], for a verb above: `would want to join`.
fn is_to_come_once(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.dep() == "aux" && matches!(child.lower(), "will" | "would"))
}

/// `is going to open`.
fn goes_to(verb: Token<'_>) -> bool {
    verb.dep() == "xcomp" && verb.head().lower() == "going" && verb.tag() == "VB"
}

/// A noun told of as to come: `the upcoming summit`, `the planned visit`.
fn is_upcoming(noun: Token<'_>) -> bool {
    noun.children().any(|child| {
        matches!(
            child.lower(),
            "upcoming" | "planned" | "scheduled" | "next" | "forthcoming" | "future"
        )
    })
}
