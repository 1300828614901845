//! The head of the page: what the reports hold at one glance.

use maud::{Markup, html};
use stemma_model::{ClaimStatus, Relation};

use crate::html::link;
use crate::html::page::Page;
use crate::html::statement::{abridged, plain};
use crate::html::timeline::reports_line;
use crate::view::figure::value_words;
use crate::view::overview::{Numbers, Told, contested, most_told, numbers, standfirst};
use crate::view::statement::{Statement, Voice};
use crate::view::wording::{count, excerpt, origins, point};

/// How many differences the overview names.
const DIFFERENCES: usize = 4;
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
    let altered = |s: &&&Statement<'_>| s.entries.iter().any(|e| e.relation == Some(Relation::Altered));
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

fn difference(page: &Page<'_>, statement: &Statement<'_>) -> Markup {
    let entry = statement.entries.iter().max_by_key(|entry| entry.relation.filter(|r| {
        matches!(r, Relation::Altered | Relation::Reworded | Relation::Spliced)
    }));
    let departure = entry.and_then(|entry| {
        entry.departures.iter().find(|d| d.op != stemma_model::ChangeOp::Respell).map(|d| (entry, d))
    });
    let to = link::statement(statement);
    html! {
        li {
            @if let Some((entry, departure)) = departure {
                a.w href={ "#" (to) } {
                    @if departure.op == stemma_model::ChangeOp::Insert {
                        "… " (abridged(departure.lemma)) " …"
                    } @else { (abridged(departure.lemma)) }
                }
                " " (link::witness(page, statement.base)) span.br { " ] " }
                @match departure.op {
                    stemma_model::ChangeOp::Delete => i { "omitted" },
                    stemma_model::ChangeOp::Insert => { "adds " span.w { (abridged(departure.reading)) } }
                    stemma_model::ChangeOp::Replace | stemma_model::ChangeOp::Respell =>
                        span.w { (abridged(departure.reading)) },
                }
                @for witness in entry.witnesses.iter().take(4) { " " (link::witness(page, *witness)) }
            } @else {
                a.w href={ "#" (to) } { (excerpt(&plain(page, statement.base), 80)) }
            }
        }
    }
}

fn contents(page: &Page<'_>, numbers: &Numbers) -> Markup {
    let record = page.edition.record;
    let rows = [
        ("statements", numbers.quotes, "quotations", format!("{} wholly in quotation marks", numbers.direct)),
        ("statements", numbers.shared_statements, "statements told more than once", String::new()),
        ("copied", numbers.copied, "shared passages", String::new()),
        ("conditions", numbers.conditions, "conditions", match numbers.consequences {
            0 => String::new(),
            n => format!("on {}", count(n, "consequence")),
        }),
        ("timeline", record.timeline.len(), "dated events", String::new()),
        ("headlines", numbers.loose_headlines, "headlines carried by their body in part or not",
            format!("of {}", numbers.headlines)),
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
