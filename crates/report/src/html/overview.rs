//! The head of the page: what the reports hold at one glance.

use maud::{Markup, html};
use stemma_model::{ChangeOp, ClaimStatus, Passage, Relation, Span};

use crate::html::link;
use crate::html::page::Page;
use crate::html::statement::{abridged, plain};
use crate::html::timeline::reports_line;
use crate::view::figure::value_words;
use crate::view::overview::{Numbers, Told, contested, most_told, numbers, standfirst};
use crate::view::statement::{Departure, Entry, Statement, Voice, Witness};
use crate::view::wording::{count, excerpt, origins, point, squeeze};

/// How many differences the overview names.
const DIFFERENCES: usize = 4;
/// How many words stand on each side of a difference.
const CONTEXT: usize = 5;
/// How many characters of a point the overview gives.
const POINT: usize = 120;

pub(super) fn header(page: &Page<'_>, title: &str) -> Markup {
    let numbers = numbers(page.edition, &page.speakers);
    html! {
        header id="overview" {
            p.kicker { "Stemma dossier" }
            h1.w { (title) }
            p.stand { (standfirst(page.edition, &numbers)) }
            div.ov {
                (told(page))
                (differences(page, &numbers))
                (contents(page, &numbers))
            }
            (reports_line(page))
        }
    }
}

fn told(page: &Page<'_>) -> Markup {
    let told = most_told(page.edition);
    html! {
        @if !told.is_empty() {
            div {
                h2 { "Most told" }
                ol.pts { @for point in &told { (told_point(page, point)) } }
            }
        } @else { (speakers(page)) }
    }
}

fn told_point(page: &Page<'_>, told: &Told<'_>) -> Markup {
    html! {
        li {
            span.w { (excerpt(told.text, POINT)) }
            p.re { (point(told.kind)) ", " (told.places.len()) " of " (count(told.of, "report")) ", "
                (origins(told.origins)) " " (link::places(page, &told.places)) }
        }
    }
}

/// Who speaks most, where no point is told twice.
fn speakers(page: &Page<'_>) -> Markup {
    html! {
        @let named = page.speakers.iter().filter(|s| matches!(s.voice, Voice::Entity(_)));
        @let first: Vec<_> = named.take(8).collect();
        @if !first.is_empty() {
            div {
                h2 { "Who speaks" }
                ol.pts { @for speaker in first {
                    li { a href=[super::statement::anchor(&speaker.voice).map(|to| format!("#{to}"))] {
                        (speaker.voice.name()) }
                        " " span.n { (count(speaker.statements.len(), "statement")) } }
                } }
            }
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

fn contents(page: &Page<'_>, numbers: &Numbers) -> Markup {
    let record = page.edition.record;
    let rows = [
        (
            "statements",
            numbers.quotes,
            "quotations",
            format!("{} wholly in quotation marks", numbers.direct),
        ),
        ("statements", numbers.shared_statements, "statements told more than once", String::new()),
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
        ("timeline", record.timeline.len(), "dated events", String::new()),
        (
            "headlines",
            numbers.loose_headlines,
            "headlines carried by their body in part or not",
            format!("of {}", numbers.headlines),
        ),
        ("uncertain", numbers.unattributed, "quotations without a speaker", String::new()),
    ];
    html! {
        div {
            h2 { "In this dossier" }
            table.nums { tbody {
                @for (to, number, what, note) in rows.iter().filter(|(_, number, ..)| *number > 0) {
                    tr { td.n { (crate::view::wording::grouped(*number)) }
                        th scope="row" { a href={ "#" (to) } { (what) }
                            @if !note.is_empty() { " " span.re { (note) } } } }
                }
            } }
        }
    }
}
