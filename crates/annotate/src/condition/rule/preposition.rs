//! "No Y without X"; "Y in exchange for X"; "Y is contingent on X".
//!
//! Hits: *There will be no deal without a vote.* / *He offered aid in exchange for talks.*
//! Not: *She left without a word.*

use std::ops::Range;

use stemma_english::Token;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, Entry};
use crate::condition::link::{Link, link};
use crate::condition::scope::{Scope, child, is_negated, modal};
use crate::condition::trigger::matches;

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    matches(scope, sentence, Class::Preposition)
        .into_iter()
        .filter_map(|(trigger, entry)| {
            let link = link(scope, trigger)?;
            accepts(scope, &link, entry).then(|| draft(scope, &link, entry))?
        })
        .collect()
}

fn accepts(scope: Scope<'_>, link: &Link<'_>, entry: &Entry) -> bool {
    let Some(host) = link.host else { return false };
    if matches!(link.after.lower(), "anonymity" | "doubt" | "question" | "incident" | "comment") {
        return false;
    }
    let open = modal(host).is_some() || is_negated(host) || host.tag() == "VB";
    match entry.words[0].as_str() {
        "without" => is_negated(host) || hypothetical(link) || is_denied_above(host),
        "absent" => scope.token(link.trigger.start).dep() == "prep" && open,
        "barring" => open,
        "but" => open,
        "subject" => matches!(
            link.after.lemma(),
            "approval"
                | "ratification"
                | "confirmation"
                | "review"
                | "agreement"
                | "consent"
                | "condition"
                | "vote"
                | "negotiation"
        ),
        "only" => modal(host).is_some(),
        "upon" => matches!(modal(host), Some("will" | "can" | "must" | "may")),
        _ => true,
    }
}

/// "would be lost without", "cannot win without": the host is denied or only supposed; a modal of
/// mere future makes manner, not a condition ("will leave without a word").
fn hypothetical(link: &Link<'_>) -> bool {
    let Some(host) = link.host else { return false };
    is_hard(host)
        || is_hard(host.head()) && host.dep() != "conj"
        || matches!(modal(host), Some("would" | "could" | "can" | "might"))
        || link.trigger.start < host.i() && modal(host).is_some()
        || link.trigger.start < host.i()
            && link.after.tag() != "VBG"
            && !link.after.is_punct()
            && child(host, &["nsubj", "expl"]).is_some_and(|t| t.i() > link.trigger.start)
            && host.tag() != "VBD"
}

/// "it is difficult to": the predicate of `host` puts what follows out of reach.
fn is_hard(host: Token<'_>) -> bool {
    let hard = |word: Token<'_>| {
        matches!(
            word.lower(),
            "difficult" | "hard" | "impossible" | "unlikely" | "tough" | "unable"
        )
    };
    let impersonal = child(host, &["nsubj", "expl"]).is_some_and(|subject| subject.lower() == "it");
    let predicate = child(host, &["acomp"]).filter(|word| hard(*word));
    hard(host) || predicate.is_some_and(|word| impersonal || child(word, &["xcomp"]).is_some())
}

/// "would not be able to leave without", "you do not win the way he did without": an infinitive or
/// a manner of what is denied.
fn is_denied_above(host: Token<'_>) -> bool {
    let noun = host.head();
    let manner = host.dep() == "relcl" && noun.lemma() == "way" && is_negated(noun.head());
    let infinitive = host.dep() == "xcomp" && (is_negated(noun) || is_negated(noun.head()));
    manner || infinitive
}

fn draft<'a>(scope: Scope<'a>, link: &Link<'a>, entry: &Entry) -> Option<Draft<'a>> {
    Some(Draft {
        pattern: match entry.words[0].as_str() {
            "without" | "absent" | "barring" | "but" => "without",
            "in" if entry.words.len() == 3 && entry.words[2] == "for" => "in-exchange",
            _ => "contingent",
        },
        trigger: scope.sheet.span(link.trigger.clone()),
        condition: scope.span(link.body.clone())?,
        consequence: scope.span(link.host_range(scope)?)?,
        head: link.host,
        force: entry.force,
        note: format!("“{}” names what has to be there", entry.words.join(" ")),
    })
}
