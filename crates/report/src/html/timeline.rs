//! The timeline: intervals on the axis of the reports' own dates.

use maud::{Markup, html};
use stemma_model::{DateRange, EventStatus, TimelineEntry};

use crate::dates;
use crate::html::link;
use crate::html::page::Page;
use crate::view::timeline::{Axis, Bar, Timeline, timeline};
use crate::view::wording::{self, excerpt};

/// How many characters of an event's sentence are given.
const SENTENCE: usize = 260;
/// How many reports have their siglum on the line; more than these would cover each other.
const LABELS: usize = 40;
/// The width of the drawing of the reports' line, in its own units.
const WIDTH: f64 = 1000.0;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let Some(timeline) = timeline(page.edition).filter(|t| !t.entries.is_empty()) else {
        return (0, html! {});
    };
    let body = html! {
        p.lead { "What the reports date, from " (dates::day(timeline.axis.from)) " to "
            (dates::day(timeline.axis.to)) "; what lies before or after stands at the edge. "
            span.key { (bar(Some(whole()), EventStatus::Happened)) " told as fact " }
            span.key { (bar(Some(whole()), EventStatus::Planned)) " planned or conditional " }
            span.key { (bar(Some(whole()), EventStatus::Denied)) " denied" } }
        ol.tl {
            li.axis aria-hidden="true" { span {} (axis(page, &timeline)) span {} }
            @for entry in &timeline.entries { (event(page, timeline.axis, entry)) }
        }
        (link::more(timeline.more, "event"))
    };
    (timeline.entries.len() + timeline.more, body)
}

fn whole() -> Bar {
    Bar { from: 0.0, to: 1.0, before: false, after: false }
}

fn event(page: &Page<'_>, axis: Axis, entry: &TimelineEntry) -> Markup {
    html! {
        li.it {
            p.when { (dates::words(entry.date)) }
            (bar(axis.bar(entry.date), entry.status))
            p { span.w { (excerpt(&entry.text, SENTENCE)) } " " (link::places(page, &entry.evidence))
                @if entry.status != EventStatus::Happened {
                    " " span.re { (wording::event(entry.status)) } } }
        }
    }
}

/// An interval as an interval: filled where it is told as fact, hollow where it is planned.
fn bar(bar: Option<Bar>, status: EventStatus) -> Markup {
    let class = match status {
        EventStatus::Happened => "",
        EventStatus::Planned | EventStatus::Conditional => "p",
        EventStatus::Denied => "d",
    };
    html! {
        svg.bar viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" {
            line x1="0" x2="100" y1="3" y2="3" {}
            @if let Some(bar) = bar {
                @let from = bar.from * 100.0;
                @let width = ((bar.to - bar.from) * 100.0).max(1.2);
                rect class=[(!class.is_empty()).then_some(class)] x=(trim(from.min(100.0 - width)))
                    y="1" width=(trim(width)) height="4" {}
            }
        }
    }
}

/// At most one decimal.
fn trim(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// The axis with its round dates and the reports' own.
fn axis(page: &Page<'_>, timeline: &Timeline<'_>) -> Markup {
    let lanes = lanes(page, timeline);
    let height = 22 + 15 * lanes.iter().map(|(_, _, lane)| lane + 1).max().unwrap_or(0);
    html! {
        svg.ax viewBox={ "0 0 " (WIDTH) " " (height) } {
            line x1="0" x2=(WIDTH) y1=(height - 16) y2=(height - 16) {}
            @for (at, label) in timeline.axis.ticks() {
                line.tick x1=(trim(at * WIDTH)) x2=(trim(at * WIDTH)) y1=(height - 16) y2=(height - 11) {}
                text x=(trim((at * WIDTH).clamp(24.0, WIDTH - 24.0))) y=(height) { (label) }
            }
            @for (x, label, lane) in &lanes {
                line.rep x1=(trim(*x)) x2=(trim(*x)) y1=(height - 16) y2=(height - 20 - 15 * lane) {}
                text.sg x=(trim(x.clamp(9.0, WIDTH - 9.0))) y=(height - 22 - 15 * lane) { (label) }
            }
        }
    }
}

/// Where each report stands: its place, its siglum, and a lane where no other covers it.
fn lanes(page: &Page<'_>, timeline: &Timeline<'_>) -> Vec<(f64, String, usize)> {
    let place = |range: DateRange| {
        let bar = timeline.axis.bar(range)?;
        Some((bar.from + bar.to) / 2.0 * WIDTH)
    };
    let mut ends: Vec<f64> = Vec::new();
    let mut reports: Vec<(f64, String)> = timeline
        .reports
        .iter()
        .take(LABELS)
        .filter_map(|&(id, range)| Some((place(range)?, page.edition.siglum(id).to_owned())))
        .collect();
    reports.sort_by(|a, b| a.0.total_cmp(&b.0));
    let laid = reports.into_iter().map(|(x, label)| {
        let room = 11.0 * label.len() as f64 + 5.0;
        let lane = ends.iter().position(|&end| end <= x).unwrap_or(ends.len());
        ends.resize(ends.len().max(lane + 1), 0.0);
        ends[lane] = x + room;
        (x, label, lane)
    });
    laid.collect()
}

/// The reports on their line, for the head of the page.
pub(super) fn reports_line(page: &Page<'_>) -> Markup {
    let timeline = timeline(page.edition).filter(|timeline| timeline.reports.len() > 1);
    html! {
        @if let Some(timeline) = timeline {
            figure.rl {
                (axis(page, &timeline))
                figcaption { "The reports by date of publication"
                    @if timeline.reports.len() > LABELS { ", the first " (LABELS) }
                    ". Letters are explained " a href="#witnesses" { "below" } "." }
            }
        }
    }
}
