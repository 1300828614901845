//! "Y requires X"; "it would take X to Y"; "X is needed for Y".
//!
//! Hits: *A deal requires a vote.* / *It will take a court to stop them.* / *Rain is needed for the
//! harvest.*
//! Not: *The law requires drivers to stop.* (a duty) / *It took years to build.* / *She requires
//! oxygen.*

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, LEXICON};
use crate::condition::link::cut_adverbials;
use crate::condition::scope::{
    Scope, child, is_mark, is_negated, is_past, is_time, is_verbal, modal,
};

/// Words that say that something cannot be without their subject; "vital" and "crucial" mostly only
/// praise.
const NEEDED: &[&str] = &["needed", "necessary", "required", "essential", "indispensable"];

/// Nouns that an infinitive belongs to.
const IN_NEED_OF: &[&str] =
    &["way", "chance", "opportunity", "reason", "excuse", "ability", "right", "people", "place"];

/// The conditions of this family in one sentence. What is denied ("does not require") makes
/// nothing depend on anything; what is past is told, not supposed.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    sentence
        .map(|i| scope.token(i))
        .filter_map(|token| match token.lemma() {
            "require" => requires(scope, token),
            "take" => takes(scope, token),
            _ if NEEDED.contains(&token.lower()) => is_needed(scope, token),
            "need" => needs(scope, token),
            _ => None,
        })
        .collect()
}

/// The parts of a draft in tokens: trigger, condition, consequence.
type Parts = (Range<usize>, Range<usize>, Range<usize>);

fn draft<'a>(scope: Scope<'a>, head: Token<'a>, parts: Parts) -> Option<Draft<'a>> {
    let (trigger, condition, consequence) = parts;
    Some(Draft {
        pattern: "requires",
        trigger: scope.sheet.span(trigger),
        condition: scope.span(scope.inside_quote(head.i(), condition))?,
        consequence: scope.span(scope.inside_quote(head.i(), consequence))?,
        head: None,
        force: ConditionForce::Necessary,
        note: format!("“{}” says what something needs", head.text()),
    })
}

/// "Y requires X": an outcome and what it needs. Whom a rule obliges to what is a duty.
fn requires<'a>(scope: Scope<'a>, verb: Token<'a>) -> Option<Draft<'a>> {
    let subject = child(verb, &["nsubj", "csubj"])?;
    let object = child(verb, &["dobj", "ccomp", "xcomp"]).filter(|object| object.i() > verb.i())?;
    let named = if subject.tag() == "WDT" { verb.head() } else { subject };
    let gerund = |clause: Token<'_>| clause.tag() == "VBG";
    let obliging = child(verb, &["xcomp"]).is_some_and(|clause| !gerund(clause));
    let obligee = child(object, &["nsubj"]);
    let told = obligee.is_some() || obliging;
    let agent = obligee.is_some_and(|who| is_rule_maker(who) || is_person(who))
        || told && is_obliged(obligee.unwrap_or(object));
    let lemma = named.lemma().to_lowercase();
    let obliged = agent
        || named.ent_type() == "GPE"
        || matches!(lemma.as_str(), "country" | "nation" | "state" | "city" | "county")
        || LEXICON.has(Class::Rule, &lemma)
        || told && (is_rule_maker(named) || LEXICON.has(Class::Authority, &lemma));
    if !is_open(verb) || is_person(subject) || obliged || is_time(named) || !is_verbal(verb) {
        return None;
    }
    let end = scope.subtree(verb).end.min(scope.sentence(verb.i()).end);
    let what = cut_adverbials(scope, verb, object.left_edge().i()..end);
    // "It requires a vote for the bill to pass": what follows "for" is what needs it.
    let purpose = (what.start + 1..what.end).find(|&i| {
        scope.token(i).lower() == "for" && (i + 1..what.end).any(|at| scope.token(at).tag() == "TO")
    });
    if let Some(at) = purpose.filter(|_| subject.lower() == "it") {
        return draft(scope, verb, (verb.i()..verb.i() + 1, what.start..at, at + 1..what.end));
    }
    let outcome = match subject.tag() {
        // "a bet that requires a win": the bet, not "that".
        "WDT" if verb.dep() == "relcl" && !is_mark(scope.token(subject.i() - 1)) => {
            verb.head().left_edge().i()..subject.i()
        }
        // "a level that we believe requires action": of what, the parse does not tell.
        "WDT" if subject.lower() == "that" => return None,
        _ => scope.subtree(subject),
    };
    draft(scope, verb, (verb.i()..verb.i() + 1, what, outcome))
}

/// "It would take X to Y"; not how long something takes.
fn takes<'a>(scope: Scope<'a>, verb: Token<'a>) -> Option<Draft<'a>> {
    // "It is going to take": the subject is that of the verb above.
    let above = (verb.dep() == "xcomp").then(|| verb.head());
    let subject = child(verb, &["nsubj"]).or_else(|| child(above?, &["nsubj"]))?;
    let open = is_open(verb) && above.is_none_or(is_open);
    (subject.lower() == "it" && open).then_some(())?;
    // "would take part in a drive to help": a set phrase.
    let phrase =
        |what: Token<'_>| matches!(what.lower(), "part" | "place" | "advantage" | "care" | "note");
    let what = child(verb, &["dobj"])
        .filter(|what| what.i() > verb.i() && !is_time(*what) && !phrase(*what))?;
    let purpose = verb.rights().chain(what.rights()).find(|child| {
        matches!(child.dep(), "xcomp" | "advcl" | "relcl" | "acl") && is_infinitive(*child)
    })?;
    let start = purpose.left_edge().i();
    let end = scope.subtree(purpose).end;
    (start > what.i()).then_some(())?;
    let condition = what.left_edge().i()..start;
    draft(scope, verb, (verb.i()..verb.i() + 1, condition, start + 1..end))
}

/// "Y would need X", "you need X to Y", "we need X for that".
fn needs<'a>(scope: Scope<'a>, verb: Token<'a>) -> Option<Draft<'a>> {
    let subject = child(verb, &["nsubj"])?;
    let sum = |what: Token<'_>| what.ent_type() == "MONEY";
    // "needs a way to win": to win is what the way is to, not what the need is for; "we need
    // someone to say so": whom, not what.
    let own = |what: Token<'_>| {
        IN_NEED_OF.contains(&what.lemma())
            || what.pos() == "PRON"
            || matches!(what.ent_type(), "PERSON" | "ORG" | "GPE" | "NORP")
    };
    let what = child(verb, &["dobj"])
        .filter(|what| what.i() > verb.i() && (sum(*what) || !is_time(*what)) && !own(*what))?;
    (is_verbal(verb) && is_open(verb) && child(verb, &["xcomp", "ccomp"]).is_none())
        .then_some(())?;
    let end = scope.subtree(verb).end.min(scope.sentence(verb.i()).end);
    let start = what.left_edge().i();
    let purpose =
        verb.rights().chain(what.rights()).filter(|child| child.i() > what.i()).find(|child| {
            match child.dep() {
                "advcl" | "relcl" | "acl" => is_infinitive(*child),
                "prep" => child.lower() == "for" && child.head() == verb,
                _ => false,
            }
        });
    if let Some(purpose) = purpose {
        let opening = purpose.left_edge().i();
        let goal = opening + if scope.token(opening).lower() == "in" { 3 } else { 1 };
        return (opening > start && goal < end)
            .then(|| draft(scope, verb, (verb.i()..verb.i() + 1, start..opening, goal..end)))?;
    }
    let outcome = !is_person(subject) && !is_rule_maker(subject) && subject.pos() == "NOUN";
    let supposed = matches!(modal(verb), Some("would" | "will"));
    (outcome && supposed).then_some(())?;
    let what = cut_adverbials(scope, verb, start..end);
    draft(scope, verb, (verb.i()..verb.i() + 1, what, scope.subtree(subject)))
}

/// "X is needed for Y", "X is essential to Y", "X is needed to Y".
fn is_needed<'a>(scope: Scope<'a>, word: Token<'a>) -> Option<Draft<'a>> {
    let clause = if word.dep() == "acomp" { word.head() } else { word };
    let subject = child(clause, &["nsubj", "nsubjpass"])?;
    let copula = word.dep() == "acomp" || child(word, &["auxpass"]).is_some();
    let joint = word.i() + 1;
    let joins =
        joint < scope.sentence(word.i()).end && matches!(scope.token(joint).lower(), "to" | "for");
    // "It is necessary to wait" names nothing that waiting is for.
    let asked =
        scope.subtree(subject).any(|i| matches!(scope.token(i).tag(), "WDT" | "WP" | "WP$"));
    if !copula || !joins || asked || subject.lower() == "it" || !is_open(clause) {
        return None;
    }
    let joined = scope.token(joint);
    let edge = if joined.dep() == "prep" { joined } else { joined.head() };
    let end = scope.subtree(edge).end.min(scope.sentence(word.i()).end);
    (end > joint + 1).then_some(())?;
    draft(scope, word, (word.i()..joint + 1, scope.subtree(subject), joint + 1..end))
}

/// Whether the clause of `verb` is neither past nor denied.
fn is_open(verb: Token<'_>) -> bool {
    !is_past(verb) && !is_negated(verb) && (verb.tag() != "VBN" || verb.lower() == "needed")
}

fn is_infinitive(verb: Token<'_>) -> bool {
    verb.tag() == "VB" && child(verb, &["aux"]).is_some_and(|aux| aux.lower() == "to")
}

fn is_person(subject: Token<'_>) -> bool {
    subject.ent_type() == "PERSON"
        || matches!(subject.lower(), "he" | "she" | "we" | "they" | "you" | "i" | "who")
}

/// Whether `who` is told to do something: "requires employees to work", "requires Congress to act".
fn is_obliged(who: Token<'_>) -> bool {
    LEXICON.has(Class::People, who.lemma()) || is_rule_maker(who) && who.ent_type() != "LAW"
}

/// Whether a subject is somebody, or a body, that can oblige others.
fn is_rule_maker(subject: Token<'_>) -> bool {
    matches!(subject.ent_type(), "ORG" | "GPE" | "NORP" | "LAW")
}
