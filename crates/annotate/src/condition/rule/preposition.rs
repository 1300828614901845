//! "No Y without X"; "Y in exchange for X"; "Y is contingent on X".
//!
//! Hits: *There will be no deal without a vote.* / *He offered aid in exchange for talks.*
//! Not: *She left without a word.*

use std::ops::Range;

use stemma_english::Token;

use crate::condition::draft::{Draft, refusal_above};
use crate::condition::lexicon::{Class, Entry, LEXICON};
use crate::condition::link::{Link, link};
use crate::condition::scope::{
    Scope, child, is_mark, is_negated, is_past, is_present, is_verbal, modal,
};
use crate::condition::surface::{clause_end, fronted, head, is_fronted};
use crate::condition::trigger::{matches, preceded_by};

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    matches(scope, sentence, Class::Preposition)
        .into_iter()
        .filter_map(|(trigger, entry)| {
            let link = told(scope, link(scope, trigger)?);
            accepts(scope, &link, entry).then(|| draft(scope, &link, entry))?
        })
        .collect()
}

fn accepts(scope: Scope<'_>, link: &Link<'_>, entry: &Entry) -> bool {
    let Some(host) = link.host else { return false };
    if LEXICON.has(Class::Manner, link.after.lower()) {
        return false;
    }
    let open = modal(host).is_some() || is_negated(host) || host.tag() == "VB";
    match entry.words[0].as_str() {
        // "Even without him, they win": it does not depend on him.
        "without" if preceded_by(scope, &link.trigger, &["even", "or"]) => false,
        "without" => {
            let denied = is_denied(host) || is_denied_above(host).is_some() || refusal_above(host);
            !is_state(scope, link, host)
                && (denied || hypothetical(link) && !qualifies(scope, link))
        }
        "in" if entry.words.last().is_some_and(|word| word == "for") => is_bargain(scope, host),
        "dependent" | "contingent" | "conditional" | "conditioned" | "predicated" => {
            outcome(scope, link).is_some()
        }
        "absent" => is_aside(scope, link) && open,
        // "no rule barring it": a verb.
        "barring" if scope.token(link.trigger.start).head().pos() == "NOUN" => false,
        "barring" => open || is_aside(scope, link) && is_present(host),
        // "But for now, they will wait" contrasts: only what did not come about has a "but for".
        "but" => is_unreal(host) && !scope.token(link.trigger.start).is_title(),
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
        "only" => modal(host).is_some() || is_inverted(scope, link),
        // "millions upon millions".
        "upon" if repeats(scope, link) => false,
        "upon" => matches!(modal(host), Some("will" | "can" | "must" | "may")),
        _ => true,
    }
}

/// "could be without power", "might end up without help": a state, not what it depends on.
fn is_state(scope: Scope<'_>, link: &Link<'_>, host: Token<'_>) -> bool {
    let last = link.trigger.start.checked_sub(1).map(|i| scope.token(i));
    matches!(host.lemma(), "be" | "end" | "go" | "do")
        && !is_denied(host)
        && last.is_some_and(|last| last.i() == host.i() || last.dep() == "prt")
        || child(host, &["attr"]).is_some_and(|attr| attr.i() + 1 == link.trigger.start)
            && !is_denied(host)
}

/// Whether something is offered, asked or yet to be given for something else: "he paid it in return
/// for a licence" only tells what was done.
fn is_bargain<'a>(scope: Scope<'a>, host: Token<'a>) -> bool {
    let offers = |verb: Token<'_>| {
        LEXICON.has(Class::Commissive, verb.lemma())
            || matches!(
                verb.lemma(),
                "agree" | "propose" | "demand" | "ask" | "seek" | "want" | "pressure" | "press"
            )
    };
    let bare = host.tag() == "VBG" || host.tag() == "VBN" && child(host, &["aux"]).is_none();
    let done = if bare { scope.clause_of(host.head()) } else { host };
    offers(host) || offers(host.head()) || !is_past(done)
}

/// "A boy without a father will …", "would rather have newspapers without government": what kind
/// of thing it is.
fn qualifies(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let noun = scope.token(link.trigger.start).head();
    matches!(noun.pos(), "NOUN" | "PROPN")
        && noun.i() + 1 == link.trigger.start
        && !noun.children().any(|det| det.dep() == "det" && det.lower() == "no")
}

/// What "is contingent on" something: its subject; of "made the aid contingent on it", the object.
/// A person who is dependent on something is no outcome, nor is "a town dependent on tourism".
fn outcome<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<Token<'a>> {
    let adjective = scope.token(link.trigger.start);
    let above = adjective.head();
    let side = match (adjective.dep(), above.lemma()) {
        (_, "make") => child(adjective, &["nsubj"])
            .or_else(|| child(above, &["dobj", "nsubjpass"]))
            .or_else(|| child(above, &["nsubj"])),
        ("acomp" | "attr" | "ROOT" | "conj", _) if is_verbal(above) => {
            let joined = (above.dep() == "conj").then(|| above.head());
            let own = child(above, &["nsubj", "nsubjpass", "csubj"]);
            own.or_else(|| child(joined?, &["nsubj", "nsubjpass", "csubj"]))
        }
        _ => None,
    }?;
    let person = side.ent_type() == "PERSON"
        || matches!(side.lower(), "he" | "she" | "we" | "they" | "you" | "i" | "who");
    (!person && side.i() < link.trigger.start).then_some(side)
}

/// Whether the host is denied, by itself or by the verb it is joined to: "cannot enter and stay".
fn is_denied(host: Token<'_>) -> bool {
    let joined = (host.dep() == "conj").then(|| host.head());
    let bare = child(host, &["aux", "auxpass", "nsubj"]).is_none();
    is_negated(host) || bare && joined.is_some_and(is_negated)
}

/// Whether the trigger opens its clause or stands after a mark or an auxiliary: "will, absent a
/// ruling, go on".
fn is_aside(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let start = scope.sentence(link.trigger.start).start;
    link.trigger.start == start
        || is_mark(scope.token(link.trigger.start - 1))
        || scope.token(link.trigger.start).dep() == "prep"
}

/// "would have been lost": told as what did not come about.
fn is_unreal(host: Token<'_>) -> bool {
    matches!(modal(host), Some("would" | "could" | "might"))
        && host.children().any(|aux| aux.dep() == "aux" && aux.lower() == "have")
}

/// "Only with a vote do we have a chance": the auxiliary before its subject.
fn is_inverted(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let next = link.body.end;
    next + 1 < scope.sentence(link.trigger.start).end
        && matches!(scope.token(next).lemma(), "do" | "can" | "will" | "be")
        && matches!(scope.token(next).pos(), "AUX" | "VERB")
}

fn repeats(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let before = link.trigger.start.checked_sub(1).map(|i| scope.token(i).lower());
    before.is_some_and(|word| word == scope.token(link.trigger.end).lower())
}

/// "would be lost without", "cannot win without": the host is denied or only supposed; a modal of
/// mere future makes manner, not a condition ("will leave without a word").
fn hypothetical(link: &Link<'_>) -> bool {
    let Some(host) = link.host else { return false };
    is_hard(host)
        || is_hard(host.head()) && host.dep() != "conj"
        || modal(host) == Some("would")
        || matches!(modal(host), Some("can" | "could")) && is_doubted(host)
        || link.trigger.start < host.i() && modal(host).is_some()
        || link.trigger.start < host.i()
            && link.after.tag() != "VBG"
            && !link.after.is_punct()
            && child(host, &["nsubj", "expl"]).is_some_and(|t| t.i() > link.trigger.start)
            && host.tag() != "VBD"
}

/// "whether it can survive without", "how can it win without": somebody asks.
fn is_doubted(host: Token<'_>) -> bool {
    let asked = |word: Token<'_>| matches!(word.lower(), "whether" | "if" | "how");
    host.children().any(|mark| matches!(mark.dep(), "mark" | "advmod") && asked(mark))
        || child(host, &["punct"]).is_some()
            && host.children().any(|mark| mark.dep() == "punct" && mark.text() == "?")
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

/// The denied clause whose infinitive or manner `host` is: "would not be able to leave without",
/// "you do not win the way he did without".
fn is_denied_above(host: Token<'_>) -> Option<Token<'_>> {
    let noun = host.head();
    let manner = host.dep() == "relcl" && noun.lemma() == "way" && is_negated(noun.head());
    let infinitive = || {
        let denied = [noun, noun.head()].into_iter().find(|above| is_negated(*above));
        denied.filter(|_| host.dep() == "xcomp")
    };
    if manner { Some(host) } else { infinitive() }
}

/// The link of a clause that the parse hangs from "he wrote": with the clause that follows.
fn told<'a>(scope: Scope<'a>, link: Link<'a>) -> Link<'a> {
    let astray = link.host.is_none_or(|host| LEXICON.has(Class::Embedding, host.lemma()));
    if !astray || !is_fronted(scope, &link.trigger) {
        return link;
    }
    let main = fronted(scope, &link.trigger).and_then(|(_, main)| head(scope, &main));
    Link { host: main.or(link.host), ..link }
}

/// What depends on it: of "would not be able to leave" all, not only "to leave".
fn consequence<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<Range<usize>> {
    if let Some(side) = outcome(scope, link) {
        let range = scope.subtree(side);
        return Some(range.start..range.end.min(link.trigger.start));
    }
    let denied = link.host.filter(|host| !is_negated(*host)).and_then(is_denied_above);
    let denied = denied.filter(|above| is_verbal(*above) && above.i() < link.trigger.start);
    Link { host: denied.or(link.host), ..link.clone() }.host_range(scope)
}

/// "will, absent a ruling, go on": between commas after an auxiliary, what goes on after them.
fn parenthesis(scope: Scope<'_>, link: &Link<'_>) -> Option<(Range<usize>, Range<usize>)> {
    let sentence = scope.sentence(link.trigger.start);
    let comma = |i: usize| scope.token(i).text() == ",";
    let before = link.trigger.start.checked_sub(2).filter(|&i| i >= sentence.start)?;
    let opens = scope.token(before).pos() == "AUX" || scope.token(before).dep() == "cc";
    (comma(before + 1) && opens).then_some(())?;
    let end = (link.trigger.end + 1..sentence.end).find(|&i| comma(i))?;
    Some((link.trigger.end..end, end + 1..clause_end(scope, end + 1, sentence.end)))
}

fn draft<'a>(scope: Scope<'a>, link: &Link<'a>, entry: &Entry) -> Option<Draft<'a>> {
    let (condition, consequence) = match parenthesis(scope, link) {
        Some(sides) => sides,
        None => (link.body.clone(), consequence(scope, link)?),
    };
    Some(Draft {
        pattern: match entry.words[0].as_str() {
            "without" | "absent" | "barring" | "but" => "without",
            "in" if entry.words.len() == 3 && entry.words[2] == "for" => "in-exchange",
            _ => "contingent",
        },
        trigger: scope.sheet.span(link.trigger.clone()),
        condition: scope.span(condition)?,
        consequence: scope.span(consequence)?,
        head: link.host,
        force: entry.force,
        note: format!("“{}” names what has to be there", entry.words.join(" ")),
    })
}
