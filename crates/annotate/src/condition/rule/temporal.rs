//! "Y only after X"; "not Y until X"; "once X, Y": time that has not come is a condition.
//!
//! Hits: *Talks should begin after the vote.* / *They ruled out talks until the war ends.*
//! Not: *He lived there until he died.* / *They met after lunch.* / *until Monday*.

use std::ops::Range;

use stemma_english::Token;

use crate::condition::draft::{Draft, is_refusal};
use crate::condition::lexicon::LEXICON;
use crate::condition::lexicon::{Class, Entry};
use crate::condition::link::{Link, cut_adverbials, link};
use crate::condition::scope::{
    Scope, child, is_negated, is_past, is_present, is_time, is_verbal, modal,
};
use crate::condition::surface::{clause_end, fronted, head, is_fronted};
use crate::condition::trigger::{is_idiom, matches, preceded_by};

/// The longest participle after "once", in tokens: "made public by the court in May".
const LONGEST_PARTICIPLE: usize = 12;

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    matches(scope, sentence, Class::Temporal)
        .into_iter()
        .filter(|(trigger, _)| !is_idiom(scope, trigger))
        .filter_map(|(trigger, entry)| {
            let reduced = reduced(scope, &trigger, entry);
            if reduced.is_some() {
                return reduced;
            }
            let link = rehung(scope, link(scope, trigger)?);
            accepts(scope, &link, entry).then(|| draft(scope, &link, entry))?
        })
        .collect()
}

/// "The letters, once made public, could bring trouble": a participle for a clause, and what goes
/// on after it with an auxiliary of what is to come.
fn reduced<'a>(scope: Scope<'a>, trigger: &Range<usize>, entry: &Entry) -> Option<Draft<'a>> {
    let sentence = scope.sentence(trigger.start);
    let verb = trigger.end;
    (scope.token(trigger.start).lower() == "once" && verb + 1 < sentence.end).then_some(())?;
    (scope.token(verb).tag() == "VBN").then_some(())?;
    let modal = (verb + 1..sentence.end.min(verb + LONGEST_PARTICIPLE))
        .find(|&i| scope.token(i).tag() == "MD")?;
    let between = verb + 1..modal;
    between
        .clone()
        .all(|i| !matches!(scope.token(i).tag(), "VBZ" | "VBP" | "VBD" | "PRP"))
        .then_some(())?;
    Some(Draft {
        pattern: "once",
        trigger: scope.sheet.span(trigger.clone()),
        condition: scope.span(verb..modal)?,
        consequence: scope
            .span(scope.inside_quote(modal, modal..clause_end(scope, modal, sentence.end)))?,
        head: Some(scope.token(modal).head()),
        force: entry.force,
        note: format!("“{}” with what has not happened yet", entry.words.join(" ")),
    })
}

/// The link with the clause that its words tell it hangs from. A parser hangs "once it passes,
/// said Ms. Lee, it will" from "said", and "proposed a law that would last until" from "proposed":
/// not the verb of saying, and not a past verb where one of what is to come stands nearer.
fn rehung<'a>(scope: Scope<'a>, link: Link<'a>) -> Link<'a> {
    let astray = link.host.is_none_or(|host| LEXICON.has(Class::Embedding, host.lemma()));
    if is_fronted(scope, &link.trigger) && astray {
        let main = fronted(scope, &link.trigger).and_then(|(_, main)| head(scope, &main));
        return Link { host: main.or(link.host), ..link };
    }
    // "It makes no sense to have to wait until": what waits is "wait".
    let beside = scope.token(link.trigger.start.saturating_sub(1));
    if beside.lemma() == "wait" && is_verbal(beside) {
        return Link { host: Some(beside), ..link };
    }
    let Some(host) = link.host else { return link };
    let passed = is_past(host) && host.i() < link.trigger.start;
    let nearer = (host.i() + 1..link.trigger.start)
        .rev()
        .map(|i| scope.token(i))
        .find(|token| is_verbal(*token) && modal(*token).is_some());
    Link { host: nearer.filter(|_| passed).or(link.host), ..link }
}

fn accepts(scope: Scope<'_>, link: &Link<'_>, entry: &Entry) -> bool {
    let Some(host) = link.host else { return false };
    // "Until then" points back to what has to come first, as "without that" does.
    let adverb = matches!(link.after.pos(), "ADV" | "PRON") && link.after.lower() != "then";
    if is_time(link.after) || adverb || is_adverb(scope, link) || is_measured(scope, link) {
        return false;
    }
    match entry.words[0].as_str() {
        "once" | "as" => {
            // Told of what somebody expected, both verbs are past: "once it left, it would".
            let shifted = matches!(modal(host), Some("would" | "could" | "might"));
            is_verbal(link.after)
                && is_open(host)
                && (!is_past(link.after) || shifted)
                && !describes(scope, link)
        }
        "after" => {
            // "even after the fact", "after having left": sequence.
            !preceded_by(scope, &link.trigger, &["even"])
                && !is_past(link.after)
                && link.after.tag() != "VBG"
                && matches!(modal(host), Some("should" | "must" | "can" | "may"))
                && !is_negated(host)
                && !is_fronted(scope, &link.trigger)
                && !is_reporting(scope, link)
                && !names_event(scope, link)
                // "must have left after lunch" guesses.
                && !host.children().any(|aux| aux.dep() == "aux" && aux.lemma() == "have")
        }
        "only" => !preceded_by(scope, &link.trigger, &["not"]) && is_open(host) && !is_past(host),
        "pending" if scope.token(link.trigger.start).dep() == "amod" => false,
        // "petitions pending in two cases": what they are, not what they wait for.
        "pending" if scope.token(link.trigger.end).tag() == "IN" => false,
        "pending" => modal(host).is_some() || is_refusal(host) || !is_past(host),
        _ => {
            let able = modal(link.after) == Some("can") && is_verbal(link.after);
            (waits(host) || is_asked_for(host) || able)
                && !(is_past(link.after) && modal(host).is_none())
                && !is_scheduled(scope, link)
        }
    }
}

/// "six weeks after", "a month to go until": a length of time, counted from or up to something.
fn is_measured(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let start = scope.sentence(link.trigger.start).start;
    let before = |back: usize| {
        let at = link.trigger.start.checked_sub(back).filter(|&i| i >= start);
        at.map(|i| scope.token(i))
    };
    let to_go = before(1).is_some_and(|token| token.lower() == "go")
        && before(2).is_some_and(|token| token.lower() == "to");
    to_go || before(1).is_some_and(|token| token.pos() == "NOUN" && is_time(token))
}

/// "until the end of his life", "until after the election in November": something that has its
/// day, named and not told.
fn is_scheduled(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let bound = matches!(
        link.after.lemma(),
        "end" | "moment" | "beginning" | "start" | "age" | "date" | "birthday"
    );
    let dated = || link.body.clone().any(|i| matches!(scope.token(i).ent_type(), "DATE" | "TIME"));
    !is_verbal(link.after) && (bound || dated())
}

/// "Once the darling of the party, he has fallen": what he was, without a verb.
fn describes(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let end = scope.sentence(link.trigger.start).end;
    let comma = (link.trigger.end..end).find(|&i| scope.token(i).text() == ",").unwrap_or(end);
    let verb = |i: usize| matches!(scope.token(i).tag(), "VBZ" | "VBP" | "VBD" | "MD" | "VBN");
    is_fronted(scope, &link.trigger) && !(link.trigger.end..comma).any(verb)
}

/// "which he once claimed": the word stands between a subject and its verb.
fn is_adverb(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let start = link.trigger.start;
    let once = scope.token(start).lower() == "once" && link.trigger.len() == 1;
    // "who, readers may recall, once lied": nothing between the word and the verb, which [`reduced`]
    // would have read if it were a participle of what is to come.
    let aside = start > 0 && scope.token(start - 1).text() == ",";
    let verb = scope.token(link.trigger.end).tag();
    let participle = aside && verb == "VBN";
    if once && (participle || matches!(verb, "VBD" | "VBZ" | "VBP" | "MD")) {
        return true;
    }
    once && start > scope.sentence(start).start
        && scope.token(start + 1).i() == link.after.i()
        && child(link.after, &["nsubj", "nsubjpass"])
            .is_some_and(|subject| subject.i() + 1 == start)
}

/// "…, he said after the talks": when it was said.
pub(super) fn is_reporting(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let above = scope.token(link.trigger.start).head();
    LEXICON.has(Class::Embedding, above.lemma())
}

/// "after its motives became known": the parse takes the subject of a clause for the object.
fn names_event(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let next = link.body.end;
    next < scope.sentence(link.trigger.start).end && scope.token(next).tag() == "VBD"
}

/// Whether the host denies, refuses, waits, or speaks of what is to come.
fn waits(host: Token<'_>) -> bool {
    is_negated(host) && !is_past(host)
        || is_refusal(host)
        || modal(host).is_some()
        || matches!(host.lemma(), "wait" | "vow" | "pledge" | "promise")
        || host.tag() == "VB" && host.dep() != "conj"
}

/// "request that you stay it until": what is asked for has not come.
fn is_asked_for(host: Token<'_>) -> bool {
    let asks = |verb: Token<'_>| {
        matches!(verb.lemma(), "request" | "ask" | "demand" | "urge" | "insist" | "recommend")
    };
    host.dep() == "ccomp" && asks(host.head()) && !is_past(host)
}

/// Whether the host speaks of what is to come or holds in general.
fn is_open(host: Token<'_>) -> bool {
    modal(host).is_some() || is_present(host) || host.tag() == "VB"
}

/// "wait until you are old to buy one": what is waited for, and what waits.
fn waited<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<(Range<usize>, Range<usize>)> {
    link.host.filter(|host| host.lemma() == "wait")?;
    let finite = link
        .body
        .clone()
        .find(|&i| matches!(scope.token(i).tag(), "VBZ" | "VBP" | "VBD" | "MD"))?;
    // Two tokens on, so that "have to" and "want to" stay whole.
    let to = (finite + 2..link.body.end.saturating_sub(1)).find(|&i| {
        scope.token(i).tag() == "TO"
            && scope.token(i + 1).tag() == "VB"
            && (!is_verbal(scope.token(i - 1)) || scope.token(i - 1).tag() == "VBN")
    })?;
    Some((link.body.start..to, to + 1..link.body.end))
}

fn draft<'a>(scope: Scope<'a>, link: &Link<'a>, entry: &Entry) -> Option<Draft<'a>> {
    let (body, range) = match waited(scope, link) {
        Some(sides) => sides,
        None => (link.body.clone(), consequence(scope, link)?),
    };
    Some(Draft {
        pattern: pattern(entry),
        trigger: scope.sheet.span(link.trigger.clone()),
        condition: scope.span(body)?,
        consequence: scope.span(range)?,
        head: link.host,
        force: entry.force,
        note: format!("“{}” with what has not happened yet", entry.words.join(" ")),
    })
}

/// The name of the family of an entry.
pub(in crate::condition) fn pattern(entry: &Entry) -> &'static str {
    match entry.words[0].as_str() {
        "once" | "as" => "once",
        "after" | "only" => "only-after",
        "pending" => "pending",
        _ => "until",
    }
}

/// What waits: not "ruled out admitting" but "admitting"; not "talks will be possible" but
/// "talks".
fn consequence<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<Range<usize>> {
    let host = link.host?;
    let refused = is_refusal(host)
        .then(|| child(host, &["xcomp", "dobj", "ccomp"]))
        .flatten()
        .filter(|object| object.i() < link.trigger.start);
    if let Some(object) = refused {
        let range = cut_adverbials(scope, object, scope.subtree(object));
        return Some(range.start..range.end.min(link.trigger.start));
    }
    if let Some(subject) = light_subject(host) {
        return Some(scope.subtree(subject));
    }
    link.host_range(scope)
}

/// The subject of a predicate that only says that it comes about.
fn light_subject(host: Token<'_>) -> Option<Token<'_>> {
    let bare = child(host, &["xcomp", "dobj"]).is_none();
    let light = |word: Token<'_>| bare && LEXICON.has(Class::Occurrence, word.lemma());
    let predicate = if host.lemma() == "be" { child(host, &["acomp"]) } else { Some(host) };
    let subject = child(host, &["nsubj", "nsubjpass"])?;
    (predicate.is_some_and(light) && subject.pos() != "PRON" && !is_negated(host))
        .then_some(subject)
}
