//! Mentions of events: who did what when, and whether it happened.
//!
//! [`find`] makes an event of every verb that tells one, and of every noun of happening that a
//! date hangs on. The date is the time expression that climbs the parse to it; participants are
//! the mentions in its own arguments; its status comes from negation, auxiliaries, and the verbs
//! above it. States and sayings are events only with a date.

mod lexicon;
mod status;

use std::collections::BTreeMap;

use jiff::civil::Date;
use stemma_english::Token;
use stemma_model::{
    DateRange, Event, EventId, EventStatus, Mention, MentionId, Precision, Span, Timex, TimexType,
};

use crate::Sheet;
use lexicon::Classes;

/// How far up the parse a date looks for what it dates.
const REACH: usize = 8;

/// All mentions of events, in text order. Linear in the length of the text, times the number of
/// mentions in a sentence.
#[must_use]
pub fn find(sheet: &Sheet<'_>, timexes: &[Timex], mentions: &[Mention]) -> Vec<Event> {
    let classes = Classes::get();
    let dates = dates(sheet, timexes, classes);
    let written = crate::dated::stated(sheet).map(|(day, _)| day);
    let mut events: Vec<Event> = sheet
        .doc
        .tokens()
        .filter(|token| tells_event(*token, dates.contains_key(&token.i()), classes))
        .map(|token| {
            let date = dates.get(&token.i()).map(|i| (*i, &timexes[*i]));
            let mut event = event(sheet, token, date, mentions);
            event.status = yet_to_come(&event, written).unwrap_or(event.status);
            event
        })
        .filter(|event| event.date.is_some() || !event.participants.is_empty())
        .collect();
    events.sort_by_key(|event| event.span);
    events
}

/// Planned, where the day of what is told as a fact lies after the writing: `the company has until
/// March 31`.
fn yet_to_come(event: &Event, written: Option<Date>) -> Option<EventStatus> {
    let (range, _) = event.date?;
    let later = range.from.zip(written).is_some_and(|(from, written)| from > written);
    (later && event.status == EventStatus::Happened).then_some(EventStatus::Planned)
}

/// Whether a token carries an event.
fn tells_event(token: Token<'_>, dated: bool, classes: &Classes) -> bool {
    match token.pos() {
        "VERB" if is_auxiliary(token) => false,
        "VERB" => {
            dated || !(classes.states.has(token.lemma()) || classes.reports.has(token.lemma()))
        }
        "AUX" => dated && !is_auxiliary(token),
        "NOUN" | "PROPN" => dated && classes.nouns.has(&token.lemma().to_lowercase()),
        _ => false,
    }
}

fn is_auxiliary(token: Token<'_>) -> bool {
    matches!(token.dep(), "aux" | "auxpass" | "amod" | "compound")
}

/// For the token that each date hangs on, the nearest date: an index into `timexes`.
fn dates(sheet: &Sheet<'_>, timexes: &[Timex], classes: &Classes) -> BTreeMap<usize, usize> {
    let mut dates: BTreeMap<usize, usize> = BTreeMap::new();
    // The date of a dateline or credit is the report's, not that of what it tells.
    let telling = |timex: &Timex| sheet.document.boilerplate_at(timex.span).is_none();
    let datable = |(_, timex): &(usize, &Timex)| is_datable(timex) && telling(timex);
    for (index, timex) in timexes.iter().enumerate().filter(datable) {
        let Some(carrier) = carrier(sheet, timex, classes) else { continue };
        let kept = dates.entry(carrier.i()).or_insert(index);
        if fineness(timex) < fineness(&timexes[*kept]) {
            *kept = index;
        }
    }
    dates
}

/// Whether an expression can date an event: a date or time that is more than a vague word, or a
/// length reckoned to a day.
fn is_datable(timex: &Timex) -> bool {
    let vague = timex.value.ends_with("_REF");
    match timex.kind {
        TimexType::Date | TimexType::Time => !vague,
        TimexType::Duration => timex.range.is_some_and(|range| range.precision == Precision::Day),
        TimexType::Set => false,
    }
}

/// How finely an expression dates: the finer, the smaller.
fn fineness(timex: &Timex) -> Precision {
    timex.range.map_or(Precision::Unknown, |range| range.precision)
}

/// The verb, or noun of happening, that an expression hangs on.
fn carrier<'d>(sheet: &Sheet<'d>, timex: &Timex, classes: &Classes) -> Option<Token<'d>> {
    let tokens = sheet.doc.tokens_touching(timex.span.range());
    let inside = tokens.indices();
    let outside = |token: &Token<'_>| !inside.contains(&token.head().i()) || token.head() == *token;
    let head = sheet.doc.tokens_in(inside.clone()).find(outside)?;
    if head.dep() == "poss" {
        return None;
    }
    let happening = |token: &Token<'_>| {
        matches!(token.pos(), "NOUN" | "PROPN") && classes.nouns.has(&token.lemma().to_lowercase())
    };
    let token_before = |i: usize| i.checked_sub(1).map(|i| sheet.doc.token(i));
    let before = token_before(inside.start);
    if before.is_some_and(|before| happening(&before)) {
        return before;
    }
    // `The incident on March 3 left many hurt`: parsers hang the date on the verb.
    let subject = before
        .filter(|before| before.pos() == "ADP")
        .and_then(|preposition| token_before(preposition.i()))
        .filter(|noun| happening(noun) && noun.dep().starts_with("nsubj"));
    if subject.is_some() {
        return subject;
    }
    let carrier = head
        .ancestors()
        .take(REACH)
        .find(|up| happening(up) || matches!(up.pos(), "VERB" | "AUX") && !is_auxiliary(*up))?;
    Some(
        moved_up(carrier, classes)
            .or_else(|| moved_down(carrier, &inside, classes))
            .unwrap_or(carrier),
    )
}

/// `applied to join in September 2022` dates the applying: an infinitive under a past verb that
/// does not plan gives its date to that verb, for parsers attach low.
fn moved_up<'d>(carrier: Token<'d>, classes: &Classes) -> Option<Token<'d>> {
    let up = carrier.head();
    let past = matches!(up.tag(), "VBD" | "VBN");
    let low = carrier.tag() == "VB" && carrier.dep() == "xcomp" && past;
    (low && !classes.plans.has(up.lemma())).then_some(up)
}

/// `We remind that on November 21 the president called` dates the calling: a date behind a
/// reporting verb's `that` belongs to what is reported.
fn moved_down<'d>(
    carrier: Token<'d>,
    inside: &std::ops::Range<usize>,
    classes: &Classes,
) -> Option<Token<'d>> {
    let reports = classes.reports.has(carrier.lemma());
    // Some parses hang the reporting verb under the reported one.
    if reports
        && carrier.dep() == "ccomp"
        && carrier.head().pos() == "VERB"
        && carrier.head().i() > inside.end
    {
        return Some(carrier.head());
    }
    let doc = carrier.doc();
    let that = (carrier.i() < inside.start)
        && doc.tokens_in(carrier.i()..inside.start).any(|token| token.lower() == "that");
    if !(reports && that) {
        return None;
    }
    let said = carrier.children().find(|child| child.dep() == "ccomp" && child.i() > inside.end);
    // Where the parser lost the clause of `that`, its first verb in the past is what was reported.
    let end = doc.sentence_of(carrier.i()).tokens().indices().end;
    said.or_else(|| doc.tokens_in(inside.end..end).find(|token| token.tag() == "VBD"))
}

fn event(
    sheet: &Sheet<'_>,
    token: Token<'_>,
    date: Option<(usize, &Timex)>,
    mentions: &[Mention],
) -> Event {
    let span = clause(sheet, token);
    let bytes = sheet.doc.sentence_of(token.i()).span();
    let id = sheet.document.id.to_string();
    let place = format!("{}", token.start());
    Event {
        id: EventId::of(&[&id, &place]),
        span,
        lemma: lemma(token),
        status: status::status(token),
        date: date.map(|(index, timex)| {
            let range = timex.range.unwrap_or_else(DateRange::unknown);
            (range, u32::try_from(index).expect("fewer than 2^32 expressions"))
        }),
        participants: participants(token, mentions),
        sentence: Span::new(bytes.start, bytes.end),
    }
}

/// The dictionary form, with the particle of a phrasal verb: `call off`.
fn lemma(token: Token<'_>) -> String {
    let particle = token.children().find(|child| child.dep() == "prt");
    match particle {
        Some(particle) => format!("{} {}", token.lemma(), particle.lower()),
        None => token.lemma().to_lowercase(),
    }
}

/// The words that carry an event: the verb with its auxiliaries and complements, without its
/// subject and without clauses beside it; a noun with what hangs from it.
fn clause(sheet: &Sheet<'_>, token: Token<'_>) -> Span {
    let nominal = matches!(token.pos(), "NOUN" | "PROPN");
    let belongs = |child: &Token<'_>| match child.dep() {
        "aux" | "auxpass" | "neg" | "prt" | "dobj" | "dative" | "attr" | "acomp" | "xcomp"
        | "ccomp" | "prep" | "agent" | "oprd" | "npadvmod" => {
            child.i() > token.i() || matches!(child.dep(), "aux" | "auxpass" | "neg")
        }
        "amod" | "compound" | "nmod" | "poss" | "nummod" => nominal,
        _ => false,
    };
    let (mut start, mut end) = (token.i(), token.i() + 1);
    for child in token.children().filter(belongs) {
        start = start.min(child.left_edge().i());
        end = end.max(child.right_edge().i() + 1);
    }
    let sentence = sheet.doc.sentence_of(token.i()).tokens().indices();
    sheet.span(start.max(sentence.start)..end.min(sentence.end)).trimmed(sheet.text())
}

/// The mentions in an event's own arguments, in text order: subject, objects and what prepositions
/// govern, also of the verb above that lends its subject (`plans to apply`).
fn participants(token: Token<'_>, mentions: &[Mention]) -> Vec<MentionId> {
    let mut found: Vec<(Span, MentionId)> = Vec::new();
    let lender = lends_subject(token);
    let subject =
        lender.and_then(|up| up.children().find(|child| child.dep().starts_with("nsubj")));
    for argument in token.children().filter(is_argument).chain(subject) {
        let span = Span::new(argument.left_edge().start(), argument.right_edge().end());
        let from = mentions.partition_point(|mention| mention.span.start < span.start);
        let inside = mentions[from..].iter().take_while(|mention| mention.span.start < span.end);
        found.extend(
            inside
                .filter(|mention| span.covers(mention.span))
                .map(|mention| (mention.span, mention.id)),
        );
    }
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, id)| id).collect()
}

/// The verb whose subject is also this one's: that of an infinitive or a joined verb without its own.
fn lends_subject(token: Token<'_>) -> Option<Token<'_>> {
    let own = token.children().any(|child| child.dep().starts_with("nsubj"));
    let borrows = matches!(token.dep(), "xcomp" | "conj" | "advcl" | "pcomp");
    (!own && borrows).then(|| token.head())
}

/// Whether a child is an argument rather than a clause of its own.
fn is_argument(child: &Token<'_>) -> bool {
    matches!(
        child.dep(),
        "nsubj"
            | "nsubjpass"
            | "dobj"
            | "dative"
            | "attr"
            | "prep"
            | "agent"
            | "poss"
            | "compound"
            | "oprd"
            | "nmod"
            | "amod"
    )
}
