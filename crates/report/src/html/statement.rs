//! Statements by speaker, each with its critical apparatus.

use std::collections::HashSet;

use maud::{Markup, html};
use stemma_model::{ChangeOp, Passage, QuoteKind, Reason, Relation, Span};

use crate::dates;
use crate::edition::Detail;
use crate::html::link;
use crate::html::page::Page;
use crate::view::statement::{
    Departure, Entry, Speaker, Statement, Varied, Voice, Witness, tells_words, words_of,
};
use crate::view::wording::{self, count, excerpt, squeeze};

/// How many characters of what differs are given in full.
const LEMMA: usize = 90;
/// How many departures of one witness are listed.
const DEPARTURES: usize = 8;
/// How many statements of one speaker stand open; the rest are folded, so that the next speaker
/// is not far.
const OPEN: usize = 12;
/// How many entries an apparatus has on a compact page.
const COMPACT_ENTRIES: usize = 24;
/// The same on the tersest page.
const BRIEF_ENTRIES: usize = 5;
/// How many sigla of carriers stand in the margin of a statement.
const CARRIERS: usize = 12;
/// From how many speakers on an index of them opens the section.
const INDEXED: usize = 4;
/// How many speakers the index names.
const INDEX: usize = 40;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let total = page.speakers.iter().map(|speaker| speaker.statements.len()).sum();
    let (shown, left): (Vec<&Speaker<'_>>, Vec<_>) =
        page.speakers.iter().partition(|speaker| is_set_out(page, speaker));
    let body = html! {
        p.lead { "Each statement in its fullest reading, by the time it was said, and under it how the "
            "other reports depart from it. A siglum leads to the place in its report." }
        @if total > 0 { (legend()) }
        @if shown.len() >= INDEXED { (index(&shown)) }
        @for speaker in shown { (by(page, speaker)) }
        (link::more(left.len(), "speaker"))
    };
    (total, body)
}

/// Whether a speaker has a place on the page: on the tersest one, those whose words several
/// quotations report.
pub(super) fn is_set_out(page: &Page<'_>, speaker: &Speaker<'_>) -> bool {
    page.edition.detail < Detail::Brief || speaker.statements.iter().any(several)
}

/// Whether more than one quotation reports a statement.
fn several(statement: &Statement<'_>) -> bool {
    !statement.entries.is_empty()
}

/// The marks of the apparatus, explained once.
fn legend() -> Markup {
    html! {
        details.how { summary { "How to read this" }
            dl {
                dt { span.w { "“Words in roman”" } } dd { "stand in quotation marks in the report" }
                dt { span.w.i { "words in italics" } } dd { "the report tells without quotation marks" }
                dt { span.w { u.v { "underlined" } } } dd { "other reports have other words here" }
                dt { span.w { u.om { "dotted" } } } dd { "other reports leave this out" }
                dt { span.w { "fourteen" } span.br { " ] " } span.w { "four" } " " b.g { "B" } }
                    dd { "where this reads ‘fourteen’, report B reads ‘four’" }
                dt { "2 to 3 origins" } dd { "so many independent sources stand behind these reports, "
                    "by what text they share and whom they credit" }
            }
        }
    }
}

/// The speakers by name, each a link to their statements.
fn index(speakers: &[&Speaker<'_>]) -> Markup {
    let named = speakers.iter().filter_map(|s| Some((anchor(&s.voice)?, s)));
    let first: Vec<_> = named.take(INDEX).collect();
    html! {
        ul.jump { @for (to, speaker) in &first {
            li { a href={ "#" (to) } { (speaker.voice.name()) } " " span.n { (speaker.statements.len()) } }
        } }
    }
}

/// The anchor of a speaker.
pub(super) fn anchor(voice: &Voice<'_>) -> Option<String> {
    match voice {
        Voice::Entity(entity) => Some(link::of(entity.id)),
        Voice::Name(_) => None,
        Voice::Unnamed => Some("unnamed".to_owned()),
        Voice::Unattributed => Some("unattributed".to_owned()),
    }
}

fn by(page: &Page<'_>, speaker: &Speaker<'_>) -> Markup {
    html! {
        div.sp {
            h3 id=[anchor(&speaker.voice)] {
                (speaker.voice.name())
                span.n { (count(speaker.statements.len(), "statement")) }
            }
            @if let Voice::Entity(entity) = speaker.voice {
                @let other = entity.forms.iter().filter(|form| form.text != entity.name);
                @let forms: Vec<&str> = other.take(6).map(|form| form.text.as_str()).collect();
                @if !forms.is_empty() {
                    p.forms { "also " @for (i, form) in forms.iter().enumerate() {
                        @if i > 0 { ", " } (link::words(form)) } }
                }
            }
            @if page.edition.compact() { (compact(page, speaker)) }
            @else { (by_time(page, speaker)) }
        }
    }
}

/// Every statement by time, the later ones of a long list folded.
fn by_time(page: &Page<'_>, speaker: &Speaker<'_>) -> Markup {
    let statements = &speaker.statements;
    // A fold that hides two or three costs more than it saves.
    let open = if statements.len() > OPEN + OPEN / 4 { OPEN } else { statements.len() };
    let (open, folded) = statements.split_at(open);
    html! {
        @for statement in open { (item(page, speaker, statement)) }
        @if !folded.is_empty() {
            details.fold { summary { (count(folded.len(), "more statement")) " of " (speaker.voice.name()) }
                @for statement in folded { (item(page, speaker, statement)) } }
        }
    }
}

/// What several reports carry in full, and an index of what one report alone carries.
fn compact(page: &Page<'_>, speaker: &Speaker<'_>) -> Markup {
    let (told, alone): (Vec<&Statement<'_>>, Vec<_>) =
        speaker.statements.iter().partition(|statement| several(statement));
    html! {
        @for statement in told { (item(page, speaker, statement)) }
        @if page.edition.detail == Detail::Brief { (link::more(alone.len(), "statement")) }
        @else if !alone.is_empty() {
            p.ix.it { "In one report alone:"
                @for statement in alone {
                    @let Witness { document, quote } = statement.base;
                    " " a href={ "#" (page.cite(statement.base)) } { (page.edition.siglum(document))
                        @if let Some(number) = page.number((document, quote.id)) { "·" (number) } }
                } }
        }
    }
}

fn item(page: &Page<'_>, speaker: &Speaker<'_>, statement: &Statement<'_>) -> Markup {
    let base = statement.base;
    let limit = page.edition.limit(COMPACT_ENTRIES, BRIEF_ENTRIES);
    // The texts link to every place of a saying, so that every one of them stays on the page.
    statement.witnesses().for_each(|witness| drop(page.cite(witness)));
    let reasoned = page.edition.detail < Detail::Brief && several(statement);
    html! {
        article.it id=(link::statement(statement)) {
            div.ma {
                p.when { (when(statement)) }
                (carriers(page, statement))
            }
            div {
                p.w.i[base.quote.kind == QuoteKind::Indirect] { (reading(page, base, &statement.varied)) }
                (remarks(page, speaker, base))
                @for entry in statement.entries.iter().take(limit) { (apparatus(page, entry)) }
                (link::more(statement.entries.len().saturating_sub(limit), "reading"))
                @if let Some(said) = statement.utterance.filter(|_| reasoned) {
                    (why(statement, &said.reason))
                }
            }
        }
    }
}

/// The reports that carry a statement, and from how many origins they have it.
fn carriers(page: &Page<'_>, statement: &Statement<'_>) -> Markup {
    let carriers = statement.carriers();
    let mut seen = HashSet::new();
    let first = statement.witnesses().filter(|witness| seen.insert(witness.document));
    let mut first: Vec<Witness<'_>> = first.collect();
    first.sort_by_key(|witness| page.edition.order(witness.document));
    html! {
        p.sg { (sigla(page, &first[..first.len().min(CARRIERS)]))
            @if first.len() > CARRIERS { " +" (first.len() - CARRIERS) }
            " " (link::to_itself(&link::statement(statement))) }
        @if carriers > 1 {
            p.re { (carriers) " of " (page.edition.record.documents.len()) " reports"
                @if let Some(origins) = page.origins(statement) { ", " (wording::origins(origins)) } }
        }
    }
}

/// Why these are one saying, and what decided how each relates to the fullest.
fn why(statement: &Statement<'_>, reason: &Reason) -> Markup {
    let decided = statement.entries.iter().filter_map(|entry| entry.reason);
    let parts = reason.parts.iter().chain(decided).cloned().collect();
    link::why(&Reason { parts, ..reason.clone() })
}

/// When it was said: on a day; by the day it was published; nothing known.
fn when(statement: &Statement<'_>) -> Markup {
    let said = statement.said;
    html! {
        @if said.from.or(said.to).is_none() { span.un { "undated" } }
        @else { (dates::words(said)) }
    }
}

/// What a reader must know of a quotation beside its words.
fn remarks(page: &Page<'_>, speaker: &Speaker<'_>, witness: Witness<'_>) -> Markup {
    let quote = witness.quote;
    let own = matches!(speaker.voice, Voice::Unnamed | Voice::Unattributed);
    let named = own.then(|| page.edition.source_name(witness.document, quote)).flatten();
    let why = matches!(speaker.voice, Voice::Unattributed).then_some(quote.source.why.as_str());
    let flags = [
        (quote.negated, "the report says that this was not said"),
        (quote.hypothetical, "only supposed"),
        (quote.headline, "in the headline"),
        (quote.inside.is_some(), "quoted inside another statement"),
    ];
    let setting = quote.occasion.setting.or(quote.occasion.place);
    let setting = setting.map(|span| page.edition.text(Passage::new(witness.document, span)));
    html! {
        @if let Some(name) = named { p.re { "said by " (link::words(name)) } }
        @for (_, flag) in flags.iter().filter(|(holds, _)| *holds) { p.re { (flag) } }
        @if let Some(setting) = setting { p.re { (link::words(setting)) } }
        @if let Some(why) = why.filter(|why| !why.is_empty()) { p.re { (why) } }
    }
}

/// The words of a quotation on one line.
pub(super) fn plain(page: &Page<'_>, witness: Witness<'_>) -> String {
    words_of(page.edition, witness)
}

/// The words of a quotation with the places marked where others depart.
fn reading(page: &Page<'_>, witness: Witness<'_>, varied: &[(Span, Varied)]) -> Markup {
    let parts = witness.quote.content.iter().map(|&part| cut(part, varied));
    let text = |span| page.edition.text(Passage::new(witness.document, span));
    html! {
        @for (i, pieces) in parts.enumerate() {
            @if i > 0 { " " }
            @for (span, differs) in pieces {
                @match differs {
                    Some(Varied::Otherwise) => u.v { (text(span)) },
                    Some(Varied::Omitted) => u.om { (text(span)) },
                    None => (text(span)),
                }
            }
        }
    }
}

/// A span cut wherever what is varied begins or ends. Where some have other words and some have
/// none, it counts as having other words.
fn cut(part: Span, varied: &[(Span, Varied)]) -> Vec<(Span, Option<Varied>)> {
    let inside: Vec<&(Span, Varied)> =
        varied.iter().filter(|(span, _)| part.overlaps(*span)).collect();
    let ends = inside.iter().flat_map(|(span, _)| [span.start(), span.end()]);
    let mut cuts: Vec<usize> = [part.start(), part.end()].into_iter().chain(ends).collect();
    cuts.retain(|&at| part.start() <= at && at <= part.end());
    cuts.sort_unstable();
    cuts.dedup();
    let pieces = cuts.windows(2).map(|ends| Span::new(ends[0], ends[1]));
    pieces
        .map(|piece| {
            let here = inside.iter().filter(|(span, _)| span.overlaps(piece));
            (piece, here.map(|(_, varied)| *varied).min())
        })
        .collect()
}

fn apparatus(page: &Page<'_>, entry: &Entry<'_>) -> Markup {
    let telling: Vec<&Departure<'_>> =
        entry.departures.iter().filter(|d| d.op != ChangeOp::Respell).collect();
    let by_word = tells_words(entry.relation) && !telling.is_empty();
    let same = matches!(entry.relation, Some(Relation::Verbatim | Relation::Typographic));
    html! {
        div.ap {
            span.rel.alt[entry.relation == Some(Relation::Altered)] {
                (entry.relation.map_or("also reports it", wording::relation)) }
            " "
            @if same {
                (sigla(page, &entry.witnesses))
            } @else if by_word {
                @for (i, departure) in telling.iter().take(DEPARTURES).enumerate() {
                    @if i > 0 { span.sep { " · " } } (departed(departure))
                }
                @if telling.len() > DEPARTURES { span.sep { " · " }
                    (count(telling.len() - DEPARTURES, "more place")) }
                " " (sigla(page, &entry.witnesses))
            } @else {
                // Witnesses of one entry have the same words here.
                @if let Some(&first) = entry.witnesses.first() {
                    span.w.i[first.quote.kind == QuoteKind::Indirect] { (plain(page, first)) } " "
                }
                (sigla(page, &entry.witnesses))
            }
        }
    }
}

fn sigla(page: &Page<'_>, witnesses: &[Witness<'_>]) -> Markup {
    html! {
        span.gs { @for (i, witness) in witnesses.iter().enumerate() {
            @if i > 0 { " " } (link::witness(page, *witness)) } }
    }
}

/// `lemma ] reading`, as critical editions have it.
fn departed(departure: &Departure<'_>) -> Markup {
    let lemma = abridged(departure.lemma);
    let reading = abridged(departure.reading);
    html! {
        @match departure.op {
            ChangeOp::Replace | ChangeOp::Respell => {
                span.w { (lemma) } span.br { " ] " } span.w { (reading) }
            }
            ChangeOp::Delete => { "omits " span.w { (lemma) } }
            ChangeOp::Insert => {
                @if lemma.is_empty() { "before it adds " } @else { "after " span.w { (lemma) } " adds " }
                span.w { (reading) }
            }
        }
    }
}

/// Long words between brackets: the first and the last few.
pub(crate) fn abridged(text: &str) -> String {
    let text = squeeze(text);
    if text.chars().count() <= LEMMA {
        return text;
    }
    let words: Vec<&str> = text.split(' ').collect();
    match words.as_slice() {
        [a, b, c, d, .., x, y, z] => format!("{a} {b} {c} {d} … {x} {y} {z}"),
        _ => excerpt(&text, LEMMA),
    }
}
