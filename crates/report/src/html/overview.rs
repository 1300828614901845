//! The head of the page: what the reports hold at one glance.

use std::collections::HashSet;

use maud::{Markup, html};
use stemma_model::{ChangeOp, ClaimStatus, Passage, Relation, Span};

use crate::html::link;
use crate::html::page::Page;
use crate::html::statement::{abridged, anchor, is_set_out, plain};
use crate::html::timeline::reports_line;
use crate::view::carried::{Carried, carried};
use crate::view::figure::value_words;
use crate::view::overview::{Numbers, Told, contested, most_told, numbers, standfirst};
use crate::view::statement::{Departure, Entry, Speaker, Statement, Voice, Witness};
use crate::view::wording::{count, excerpt, grouped, origins, point, squeeze};

/// How many differences the overview names.
const DIFFERENCES: usize = 4;
/// How many words stand on each side of a difference.
const CONTEXT: usize = 5;
/// How many characters of a point the overview gives.
const POINT: usize = 110;
/// How many speakers it names.
const SPEAKERS: usize = 6;
/// How many pairs of reports that share text.
const PAIRS: usize = 3;
/// How many sigla stand after one point.
const SIGLA: usize = 8;
/// Up to how many reports are explained on the first screen.
const OUTLETS: usize = 12;

pub(super) fn header(page: &Page<'_>, title: &str) -> Markup {
    let numbers = numbers(page.edition, &page.speakers);
    let headline = page.edition.record.documents.iter().filter_map(|d| d.title.as_ref());
    let quoted = headline.into_iter().any(|headline| headline.text == title);
    let carried = carried(page.edition);
    html! {
        header id="overview" {
            p.kicker { "Stemma dossier" }
            // Only a headline is somebody's words.
            h1.w[quoted] { (title) }
            p.stand { (standfirst(page.edition, &numbers)) }
            (contents(page, &numbers))
            div.ov {
                (told(page))
                div.two { (speakers(page)) (copying(page, &carried)) }
                (differences(page, &numbers))
            }
            (reports_line(page))
            (outlets(page))
        }
    }
}

fn told(page: &Page<'_>) -> Markup {
    let told = most_told(page.edition);
    html! {
        @if !told.is_empty() {
            div {
                h2 { "What most of them tell" }
                ol.pts { @for point in &told { (told_point(page, point)) } }
            }
        }
    }
}

fn told_point(page: &Page<'_>, told: &Told<'_>) -> Markup {
    html! {
        li {
            span.w { (excerpt(&told.text, POINT)) }
            p.re { (point(told.kind)) ", " (told.places.len()) " of " (count(told.of, "report")) ", "
                (origins(told.origins)) " " (link::some_places(page, &told.places, SIGLA)) }
        }
    }
}

/// Who speaks most: statements, and in how many reports.
fn speakers(page: &Page<'_>) -> Markup {
    let named: Vec<&Speaker<'_>> = page
        .speakers
        .iter()
        .filter(|s| matches!(s.voice, Voice::Entity(_) | Voice::Name(_)))
        .collect();
    let row = |speaker: &Speaker<'_>| {
        let to = anchor(&speaker.voice).filter(|_| is_set_out(page, speaker));
        html! { tr {
            th scope="row" { @if let Some(to) = to { a href={ "#" (to) } { (speaker.voice.name()) } }
                @else { (speaker.voice.name()) } }
            td.n { (speaker.statements.len()) }
            td.n { (reports_of(speaker)) }
        } }
    };
    html! {
        @if !named.is_empty() {
            div {
                h2 { "Who speaks" }
                table.mini {
                    thead { tr { th scope="col" { "Speaker" } th.n scope="col" { "Statements" }
                        th.n scope="col" { "Reports" } } }
                    tbody { @for speaker in named.iter().take(SPEAKERS) { (row(speaker)) } }
                }
                @if named.len() > SPEAKERS {
                    p.re { a href="#statements" { "and " (count(named.len() - SPEAKERS, "other")) } } }
            }
        }
    }
}

fn reports_of(speaker: &Speaker<'_>) -> usize {
    let witnesses = speaker.statements.iter().flat_map(Statement::witnesses);
    witnesses.map(|witness| witness.document).collect::<HashSet<_>>().len()
}

/// Who shares most text with whom.
fn copying(page: &Page<'_>, carried: &[Carried]) -> Markup {
    let to = |pair: &Carried| match page.is_set_out(pair.under) {
        true => link::under(pair.under),
        false => "copied".to_owned(),
    };
    html! {
        @if !carried.is_empty() {
            div {
                h2 { "Who carries whose text" }
                ul.pts { @for pair in carried.iter().take(PAIRS) {
                    li { (link::siglum(page, pair.a, &link::document(pair.a))) " and "
                        (link::siglum(page, pair.b, &link::document(pair.b))) " share "
                        a href={ "#" (to(pair)) } { (count(pair.words, "word")) }
                        @if pair.passages > 1 { " in " (count(pair.passages, "passage")) }
                        p.re { (pair.told(|id| page.edition.siglum(id))) } }
                } }
                @if carried.len() > PAIRS {
                    p.re { a href="#copied" { "and " (count(carried.len() - PAIRS, "other pair")) } } }
            }
        }
    }
}

/// The sigla with their outlets, where they are few enough for the first screen.
fn outlets(page: &Page<'_>) -> Markup {
    let documents = &page.edition.record.documents;
    html! {
        @if documents.len() <= OUTLETS {
            p.leg { @for document in documents {
                span { (link::siglum(page, document.id, &link::document(document.id))) " "
                    (page.edition.outlet(document)) } " " } }
        }
    }
}

fn differences(page: &Page<'_>, numbers: &Numbers) -> Markup {
    let contested = contested(&page.speakers);
    let altered =
        |s: &&&Statement<'_>| s.entries.iter().any(|e| e.relation == Some(Relation::Altered));
    let altered_count = contested.iter().filter(altered).count();
    let claims = page.edition.record.claims.iter();
    let conflicts: Vec<_> =
        claims.filter(|claim| claim.status == ClaimStatus::Conflicts).take(2).collect();
    let room = DIFFERENCES - conflicts.len().min(DIFFERENCES);
    html! {
        @if !contested.is_empty() || !conflicts.is_empty() {
            div {
                h2 { "Where they differ" }
                ul.pts {
                    @for statement in contested.iter().take(room) { (difference(page, statement)) }
                    @for claim in &conflicts {
                        li {
                            (claim.about) ": "
                            @for (i, value) in claim.values.iter().take(4).enumerate() {
                                @if i > 0 { " · " }
                                b { (value_words(value)) } " " (link::places(page, &value.evidence))
                            }
                        }
                    }
                }
                p.re {
                    a href="#statements" { (count(numbers.contested, "statement")) " worded differently" }
                    @if altered_count > 0 { ", " (altered_count) " in substance" }
                    @if numbers.compared > 0 { "; " a href="#figures" {
                        (numbers.conflicts) " of " (count(numbers.compared, "compared figure")) } " differ" }
                }
            }
        }
    }
}

/// One departure with the words around it, told from the fullest reading.
fn difference(page: &Page<'_>, statement: &Statement<'_>) -> Markup {
    let base = statement.base;
    let entry = statement.entries.iter().filter(|entry| telling(entry)).max_by_key(|e| e.relation);
    let departure =
        entry.and_then(|entry| Some((entry, entry.departures.iter().find(|d| words(d))?)));
    let speaker = page.statement((base.document, base.quote.id)).map(|(speaker, _)| speaker);
    let to = link::statement(statement);
    html! {
        li {
            @if let Some(speaker) = speaker { (speaker.voice.name()) ": " }
            @if let Some((entry, departure)) = departure {
                @let [before, own, after] = in_context(page, base, departure);
                a.w href={ "#" (to) } { (before) " " @if !own.is_empty() { u.v { (own) } " " } (after) }
                " " (link::witness(page, base)) span.br { " ] " }
                @match departure.op {
                    ChangeOp::Delete => i { "omitted" },
                    ChangeOp::Insert => { "adds " span.w { (abridged(departure.reading)) } }
                    ChangeOp::Replace | ChangeOp::Respell =>
                        span.w { (abridged(departure.reading)) },
                }
                @for witness in entry.witnesses.iter().take(4) { " " (link::witness(page, *witness)) }
            } @else {
                a.w href={ "#" (to) } { (excerpt(&plain(page, base), 80)) }
            }
        }
    }
}

/// Whether an entry tells of a difference.
fn telling(entry: &Entry<'_>) -> bool {
    matches!(entry.relation, Some(Relation::Altered | Relation::Reworded | Relation::Spliced))
}

/// Whether a departure is of words, not of their spelling.
fn words(departure: &Departure<'_>) -> bool {
    departure.op != ChangeOp::Respell
}

/// What stands before, at and after a departure in the fullest reading.
fn in_context(page: &Page<'_>, base: Witness<'_>, departure: &Departure<'_>) -> [String; 3] {
    let Some(inside) = base.quote.hull().filter(|hull| hull.covers(departure.at)) else {
        return [excerpt(&plain(page, base), 60), String::new(), String::new()];
    };
    let text =
        |start, end| squeeze(page.edition.text(Passage::new(base.document, Span::new(start, end))));
    let before = text(inside.start(), departure.at.start());
    let own = text(departure.at.start(), departure.at.end());
    let after = text(departure.at.end(), inside.end());
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.split(' ').collect(), after.split(' ').collect());
    let head = &before[before.len().saturating_sub(CONTEXT)..];
    let tail = &after[..after.len().min(CONTEXT)];
    let open = if head.len() < before.len() { "… " } else { "" };
    let close = if tail.len() < after.len() { " …" } else { "" };
    [format!("{open}{}", head.join(" ")), abridged(&own), format!("{}{close}", tail.join(" "))]
}

/// What the sections hold, each number a link to its section.
fn contents(page: &Page<'_>, numbers: &Numbers) -> Markup {
    let record = page.edition.record;
    let differing = record.claims.iter().filter(|c| c.status == ClaimStatus::Conflicts).count();
    let rows = [
        (
            "statements",
            numbers.quotes,
            "quotations",
            format!("{} wholly in marks", grouped(numbers.direct)),
        ),
        (
            "statements",
            numbers.shared_statements,
            "told more than once",
            format!("of {} statements", grouped(numbers.statements)),
        ),
        ("copied", numbers.copied, "shared passages", String::new()),
        (
            "conditions",
            numbers.conditions,
            "conditions",
            match numbers.consequences {
                0 => String::new(),
                n => format!("on {}", count(n, "consequence")),
            },
        ),
        ("timeline", record.timeline.len(), "events", String::new()),
        ("figures", differing, "figures differ", format!("of {} compared", numbers.compared)),
        (
            "headlines",
            numbers.loose_headlines,
            "headlines",
            format!("differ from body, of {}", numbers.headlines),
        ),
        ("uncertain", numbers.unattributed, "without a speaker", String::new()),
    ];
    html! {
        ul.strip {
            @for (to, number, what, note) in rows.iter().filter(|(_, number, ..)| *number > 0) {
                li { a href={ "#" (to) } { b { (grouped(*number)) } " " (what) }
                    @if !note.is_empty() { " " span.re { (note) } } }
            }
        }
    }
}
