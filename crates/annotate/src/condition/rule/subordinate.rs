//! "If X, Y"; "Y unless X"; "Y, provided that X".
//!
//! Hits: *If the vote fails, the party will split.* / *It will not pass unless the Senate agrees.*
//! Not: *She asked if it would rain.* / *as if*, *even if*, *if any*.

use std::ops::Range;

use stemma_english::Token;
use stemma_model::ConditionForce;

use crate::condition::draft::Draft;
use crate::condition::lexicon::{Class, Entry, LEXICON};
use crate::condition::link::{Link, link};
use crate::condition::scope::{Scope, child, is_mark, is_past, is_present, is_verbal, modal};
use crate::condition::surface::{
    before, begins_main, clause_end, fronted, has_finite, head, is_clause, is_dash, is_fronted,
    juxtaposed, only_speaks, run_on, with_predicates,
};
use crate::condition::trigger::{is_idiom, matches, preceded_by};

/// The conditions of this family in one sentence.
pub(super) fn find<'a>(scope: Scope<'a>, sentence: Range<usize>) -> Vec<Draft<'a>> {
    matches(scope, sentence, Class::Subordinator)
        .into_iter()
        .filter(|(trigger, _)| !is_idiom(scope, trigger) && !is_mentioned(scope, trigger))
        .filter_map(|(trigger, entry)| {
            let link = rehung(scope, link(scope, trigger)?);
            accepts(scope, &link, entry).then(|| draft(scope, &link, entry))?
        })
        .collect()
}

/// The link with the nearer clause where the tenses tell that the parse hangs the condition too
/// high: "announced plans to close it if talks fail" is about closing, not about announcing.
fn rehung<'a>(scope: Scope<'a>, link: Link<'a>) -> Link<'a> {
    let open = !is_past(link.after) && is_present(link.after);
    let Some(host) = link.host.filter(|host| {
        open && is_past(*host) && host.i() < link.trigger.start && link.trigger.start > 0
    }) else {
        return link;
    };
    let to_come = |verb: &Token<'_>| {
        is_verbal(*verb)
            && (modal(*verb).is_some()
                || verb.tag() == "VB"
                    && child(*verb, &["aux"]).is_some_and(|aux| aux.lower() == "to"))
    };
    let nearer = (host.i() + 1..link.trigger.start).rev().map(|i| scope.token(i)).find(to_come);
    Link { host: nearer.or(link.host), ..link }
}

fn accepts(scope: Scope<'_>, link: &Link<'_>, entry: &Entry) -> bool {
    let word = entry.words[0].as_str();
    match word {
        "as" | "so" => {
            !preceded_by(scope, &link.trigger, &["for"])
                && has_clause(link)
                && !link.host.is_some_and(is_perfect)
        }
        "only" | "but" if entry.words.len() > 1 => has_clause(link),
        "if" => !is_question(scope, link) && !is_address(link) && !is_concession(scope, link),
        "in" | "assuming" | "supposing" | "provided" | "providing" => has_clause(link),
        _ => true,
    }
}

/// "has been in office as long as she has": a perfect is measured, not made to depend.
fn is_perfect(host: Token<'_>) -> bool {
    modal(host).is_none()
        && host.children().any(|aux| aux.dep() == "aux" && matches!(aux.lemma(), "have" | "’ve"))
}

/// Whether what follows the trigger is a clause and not a noun phrase.
fn has_clause(link: &Link<'_>) -> bool {
    is_verbal(link.after)
}

/// "asked if", "see if", "not sure if", "if it rains is the question": the clause is what is
/// asked, not a condition.
fn is_question(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let above = link.after.head();
    let lemma = above.lemma();
    let has = |class: Class| LEXICON.has(class, lemma);
    let follows = above.i() < link.trigger.start;
    let touches = above.i() + 1 == link.trigger.start;
    // "It is not clear if": the parse may hang the clause from "is".
    let before = scope.token(link.trigger.start.saturating_sub(1));
    let stated = before.pos() == "ADJ" && LEXICON.has(Class::Inquiry, before.lemma());
    let complement = matches!(link.after.dep(), "ccomp" | "xcomp" | "pcomp");
    let subject = matches!(link.after.dep(), "csubj" | "csubjpass")
        && fronted(scope, &link.trigger).is_none();
    let named = child(above, &["attr"]).is_some_and(|attr| attr.lemma() == "question");
    let comma = scope.token(link.trigger.start.saturating_sub(1)).text() == ",";
    subject
        || named
        || stated
        || is_object(scope, link)
        || is_either_way(scope, link)
        || is_asked(scope, link)
        || follows && has(Class::Asking) && !comma
        || follows && has(Class::Inquiry) && (complement || touches)
}

/// "a sincere, if limited, attempt": a word beside another, no clause.
fn is_concession(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let start = link.trigger.start;
    let adjective = |i: usize| matches!(scope.token(i).pos(), "ADJ" | "ADV");
    start >= scope.sentence(start).start + 2
        && scope.token(start - 1).text() == ","
        && adjective(start - 2)
        && (1..=2).any(|words| {
            let comma = link.trigger.end + words;
            comma < scope.sheet.doc.len()
                && scope.token(comma).text() == ","
                && (adjective(comma - 1) || scope.token(comma - 1).tag() == "VBN")
                && (words == 1 || adjective(comma - 2))
        })
}

/// "asked about if", "he spoke on if": whether.
fn is_object(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let before = link.trigger.start.checked_sub(1).map(|i| scope.token(i).lower());
    before.is_some_and(|word| matches!(word, "on" | "about" | "of" | "over" | "regarding"))
}

/// "if this was true or not": whether.
fn is_either_way(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let end = scope.sentence(link.trigger.start).end.min(link.body.end + 2);
    let pairs = (link.trigger.end + 1..end).map(|i| (scope.token(i - 1), scope.token(i)));
    let mut ends = pairs.filter(|(or, not)| or.lower() == "or" && not.lower() == "not");
    ends.any(|(_, not)| not.i() + 1 >= end || is_mark(scope.token(not.i() + 1)))
}

/// "Asked in July if she hoped to run, …": a verb of asking with no other verb before the trigger
/// and no comma between.
fn is_asked(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let start = scope.sentence(link.trigger.start).start;
    // "One must wonder, then, if": an adverb between commas stands aside.
    let aside = |i: usize| scope.token(i).pos() == "ADV" && scope.token(i + 1).text() == ",";
    let end = match link.trigger.start.checked_sub(3).filter(|&i| i >= start && aside(i + 1)) {
        Some(comma) if scope.token(comma).text() == "," => comma,
        _ => link.trigger.start,
    };
    let nearest = (start..end)
        .rev()
        .map(|i| scope.token(i))
        .take_while(|token| token.text() != ",")
        .find(|token| is_verbal(*token));
    nearest.is_some_and(|verb| LEXICON.has(Class::Asking, verb.lemma()))
}

/// Whether the trigger is only mentioned, not used: a big “if”.
fn is_mentioned(scope: Scope<'_>, trigger: &Range<usize>) -> bool {
    let quoted = |i: usize| matches!(scope.token(i).text(), "“" | "”" | "\"" | "‘" | "’");
    trigger.start > 0
        && trigger.end < scope.sheet.doc.len()
        && quoted(trigger.start - 1)
        && quoted(trigger.end)
        || matches!(scope.token(trigger.start).pos(), "NOUN" | "PROPN")
            && !is_verbal(scope.token(trigger.start).head())
}

/// "If you want an example, consider this", "If you look at the numbers, they fell": nothing hangs
/// on the wish or the look.
pub(in crate::condition) fn is_address(link: &Link<'_>) -> bool {
    let reader = child(link.after, &["nsubj"])
        .is_some_and(|subject| matches!(subject.lower(), "you" | "one"));
    let at = |word: Token<'_>| matches!(word.lower(), "at" | "into");
    let shown = matches!(link.after.lemma(), "look" | "dig") && link.after.rights().any(at);
    if reader && (shown || link.after.lemma() == "wonder") {
        return true;
    }
    let wished = LEXICON.has(Class::Desire, link.after.lemma()) && reader;
    let told = |host: Token<'_>| {
        host.tag() == "VB" && child(host, &["nsubj", "nsubjpass", "aux"]).is_none()
    };
    wished && link.host.is_some_and(told)
}

/// The condition and the consequence: as parsed, but for where the surface contradicts the parse.
fn sides<'a>(scope: Scope<'a>, link: &Link<'a>) -> Option<(Range<usize>, Range<usize>)> {
    let parsed = link.host_range(scope).map(|consequence| (link.body.clone(), consequence));
    let split = || fronted(scope, &link.trigger).or_else(|| juxtaposed(scope, &link.trigger));
    if !is_fronted(scope, &link.trigger) {
        let trailing = trailing(scope, link, parsed);
        let told = is_told(scope, &link.trigger)
            || trailing.as_ref().is_some_and(|(_, consequence)| !depends(scope, consequence));
        let meant = means(scope, &link.trigger).then(|| fronted(scope, &link.trigger)).flatten();
        return meant.or_else(|| told.then(split).flatten()).or(trailing);
    }
    let run_on = run_on(scope, &link.trigger);
    if run_on.is_some() {
        return run_on;
    }
    match (parsed, split()) {
        (Some(parsed), Some(split)) => {
            Some(if holds(scope, link, &parsed, &split) { parsed } else { split })
        }
        (parsed, split) => parsed.or(split),
    }
}

/// The sides with the condition whole where a parse takes its first words for all of it: "would have
/// by now, if half | the country had not heard".
fn whole(
    scope: Scope<'_>,
    link: &Link<'_>,
    (condition, consequence): (Range<usize>, Range<usize>),
) -> (Range<usize>, Range<usize>) {
    let says = |i: usize| matches!(scope.token(i).pos(), "VERB" | "AUX" | "ADJ" | "ADV");
    let torn = consequence.start == condition.end
        && !condition.clone().any(says)
        && has_finite(scope, consequence.clone());
    let host = torn.then(|| before(scope, &link.trigger)).flatten();
    match host {
        Some(host) => (condition.start..consequence.end, host),
        None => (condition, consequence),
    }
}

/// Whether `consequence` may depend on something: a clause, or what is to be done ("plans to close
/// it if").
fn depends(scope: Scope<'_>, consequence: &Range<usize>) -> bool {
    let bare = |i: usize| scope.token(i).tag() == "VB";
    is_clause(scope, consequence)
        || consequence.clone().any(bare) && !only_speaks(scope, consequence)
}

/// "They said if": what follows a verb of saying is what is said, the condition first.
fn is_told(scope: Scope<'_>, trigger: &Range<usize>) -> bool {
    trigger.start > scope.sentence(trigger.start).start && {
        let before = scope.token(trigger.start - 1);
        is_verbal(before) && LEXICON.has(Class::Embedding, before.lemma())
    }
}

/// "which could mean if he leaves, they …", "the lesson is if you fear it, don't": it follows.
fn means(scope: Scope<'_>, trigger: &Range<usize>) -> bool {
    trigger.start > scope.sentence(trigger.start).start
        && (scope.token(trigger.start - 1).lemma() == "mean"
            || matches!(scope.token(trigger.start - 1).lower(), "is" | "’s" | "'s"))
}

/// Whether the parse of a fronted clause may stand beside what the surface says: both sides are
/// clauses, the line between them is marked, and no "then" draws another.
fn holds(
    scope: Scope<'_>,
    link: &Link<'_>,
    (condition, consequence): &(Range<usize>, Range<usize>),
    split: &(Range<usize>, Range<usize>),
) -> bool {
    let line = consequence.start;
    let then = (split.0.end..split.1.start).any(|i| scope.token(i).lower() == "then");
    let left = consequence.end <= link.trigger.start;
    let marked = left || line != condition.end || is_boundary(scope.token(line));
    let opening = consequence.clone().find(|&i| !is_mark(scope.token(i))).unwrap_or(line);
    let main = left || then || begins_main(scope, opening, consequence.end);
    let clauses = main && is_clause(scope, consequence) && has_finite(scope, condition.clone());
    // What is said depends on something within the same quotation.
    let outside = scope
        .quoted(link.trigger.start)
        .is_some_and(|quote| consequence.end <= quote.start && split.1.end <= quote.end);
    // "If anyone tells you they know, they lie", "If you need it to board a plane, rent a car or see
    // a doctor, it helps": the main clause is not inside the other.
    let same = scope.quoted(link.trigger.start).is_none_or(|quote| split.1.start < quote.end);
    let told = (condition.clone().map(|i| scope.token(i)))
        .any(|verb| is_verbal(verb) && LEXICON.has(Class::Embedding, verb.lemma()));
    let bare = scope.token(opening).tag() == "VB";
    let inside = split.0.start <= consequence.start && consequence.end <= split.0.end;
    let within = same && (told || bare) && inside;
    let crossed = condition.start < consequence.end && consequence.start < condition.end;
    !crossed
        && clauses
        && marked
        && !then
        && !outside
        && !within
        && !(left && is_introduced(scope, link))
}

/// "that if", "because if", "and, if": both clauses follow.
fn is_introduced(scope: Scope<'_>, link: &Link<'_>) -> bool {
    let start = scope.sentence(link.trigger.start).start;
    let before = |back: usize| {
        let at = link.trigger.start.checked_sub(back).filter(|&i| i >= start);
        at.map(|i| scope.token(i))
    };
    let joins = |token: Token<'_>| matches!(token.lower(), "and" | "but" | "so" | ":");
    let opens = before(1).is_some_and(|token| matches!(token.text(), "“" | "\"" | "‘"));
    let comma = before(1).is_some_and(|token| token.text() == ",");
    before(1).is_some_and(|token| matches!(token.lower(), "that" | "because") || joins(token))
        || (comma || opens) && before(2).is_some_and(joins)
}

/// A clause after its main clause: what the parse puts on its right belongs to it, if a whole
/// clause stands on its left.
fn trailing<'a>(
    scope: Scope<'a>,
    link: &Link<'a>,
    parsed: Option<(Range<usize>, Range<usize>)>,
) -> Option<(Range<usize>, Range<usize>)> {
    let astray =
        parsed.as_ref().is_none_or(|(_, consequence)| consequence.start > link.trigger.start);
    if !astray {
        return parsed.map(|(condition, consequence)| {
            let last = scope.sentence(link.trigger.start).end;
            let end = with_predicates(scope, condition.end, last);
            let end = before_contrast(scope, condition.start..end);
            let consequence = nearest(scope, link, after_colon(scope, link, consequence));
            (scope.inside_quote(link.trigger.start, condition.start..end), consequence)
        });
    }
    let Some(consequence) = before(scope, &link.trigger) else { return parsed };
    let end = clause_end(scope, link.trigger.end, scope.sentence(link.trigger.start).end);
    Some((scope.inside_quote(link.trigger.start, link.trigger.end..end), consequence))
}

/// Where a condition ends that the parse runs on into a contrast: "back him if he wins | , but the
/// crisis …".
fn before_contrast(scope: Scope<'_>, condition: Range<usize>) -> usize {
    let contrast = condition.clone().skip(2).find(|&i| {
        scope.token(i).text() == ","
            && i + 2 < condition.end
            && scope.token(i + 1).lower() == "but"
            && begins_main(scope, i + 2, condition.end)
    });
    contrast.unwrap_or(condition.end)
}

/// A consequence before the trigger, or the clause next to the trigger where another than who speaks
/// stands between the two: "There is no way around it: he threatened her if".
fn nearest(scope: Scope<'_>, link: &Link<'_>, consequence: Range<usize>) -> Range<usize> {
    let between = consequence.end..link.trigger.start;
    let other = consequence.end < link.trigger.start
        && has_finite(scope, between.clone())
        && (between.clone()).any(|i| matches!(scope.token(i).text(), ":" | ";"))
        && !only_speaks(scope, &between);
    other.then(|| before(scope, &link.trigger)).flatten().unwrap_or(consequence)
}

/// A consequence before the trigger without what leads up to it by a colon: "it asks: what happens
/// | if".
fn after_colon(scope: Scope<'_>, link: &Link<'_>, consequence: Range<usize>) -> Range<usize> {
    let dash = |&i: &usize| is_dash(scope, i);
    let alone = consequence.clone().filter(dash).count() == 1;
    let parts = |&i: &usize| scope.token(i).text() == ":" || alone && dash(&i);
    match consequence.clone().rev().find(parts) {
        Some(i) if i < link.trigger.start && is_clause(scope, &(i + 1..consequence.end)) => {
            i + 1..consequence.end
        }
        _ => consequence,
    }
}

/// Whether a token separates a fronted clause from the main one.
fn is_boundary(token: Token<'_>) -> bool {
    is_mark(token) || matches!(token.lower(), "then" | "and")
}

fn draft<'a>(scope: Scope<'a>, link: &Link<'a>, entry: &Entry) -> Option<Draft<'a>> {
    let (condition, consequence) = whole(scope, link, sides(scope, link)?);
    // Only who speaks, or half a verb: nothing that could depend on anything.
    let half = matches!(scope.token(consequence.start).lower(), "n't" | "n’t");
    let tells = consequence.clone().any(|i| {
        let token = scope.token(i);
        !is_mark(token) && token.dep() != "cc" && !matches!(token.lower(), "or" | "and" | "but")
    });
    let within = condition.start <= consequence.start && consequence.end <= condition.end;
    (!half && tells && !within && !only_speaks(scope, &consequence)).then_some(())?;
    let then = scope.token(consequence.start).lower() == "then"
        || consequence.start > 0 && scope.token(consequence.start - 1).lower() == "then";
    let main = link
        .host
        .filter(|host| consequence.contains(&host.i()))
        .or_else(|| head(scope, &consequence));
    Some(Draft {
        pattern: pattern(entry),
        trigger: scope.sheet.span(link.trigger.clone()),
        condition: scope.span(condition)?,
        consequence: scope.span(consequence)?,
        head: main,
        force: if then { ConditionForce::Sufficient } else { entry.force },
        note: format!("“{}” joins a clause to what hangs on it", entry.words.join(" ")),
    })
}

pub(in crate::condition) fn pattern(entry: &Entry) -> &'static str {
    debug_assert!(LEXICON.entries(Class::Subordinator).contains(entry));
    match entry.words[0].as_str() {
        "if" => "if",
        "unless" => "unless",
        "only" | "but" => "only-if",
        "as" | "so" => "as-long-as",
        _ => "provided",
    }
}
