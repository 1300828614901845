//! The timeline: intervals on the axis of the reports' own dates.

use std::collections::BTreeMap;

use maud::{Markup, html};
use stemma_model::{DateRange, EventStatus, Precision, TimelineEntry};

use crate::dates;
use crate::html::link;
use crate::html::page::Page;
use crate::view::timeline::{Axis, Bar, Timeline, timeline};
use crate::view::wording::{self, excerpt};

/// How many characters of an event's sentence are given.
const SENTENCE: usize = 260;
/// How many lanes of sigla stand above the axis.
const REPORT_LANES: usize = 8;
/// Up to how many reports have their sigla on the axis.
const LABELLED: usize = 40;
/// How high the column of the day with the most reports is, in pixels.
const RISE: usize = 44;
/// The width of a letter of a siglum on the axis, in pixels.
const LETTER: f64 = 8.0;
/// The room between two labels.
const GAP: f64 = 10.0;
/// The width of the axis on a desk, in pixels.
const WIDE: f64 = 1000.0;
/// The width of the axis on a phone.
const NARROW: f64 = 360.0;
/// The least distance between two dates on the axis.
const TICK: f64 = 66.0;
/// From how many pixels on a date is drawn as an interval.
const INTERVAL: f64 = 12.0;
/// How many lanes of events lie under the axis.
const LANES: usize = 14;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let Some(timeline) = timeline(page.edition).filter(|t| !t.entries.is_empty()) else {
        return (0, html! {});
    };
    let body = html! {
        p.lead { "What the reports date, from " (dates::day(timeline.axis.from)) " to "
            (dates::day(timeline.axis.to)) "; what comes before or after stands at the edge. "
            span.key { (bar(Some(whole()), EventStatus::Happened)) " told as fact " }
            span.key { (bar(Some(whole()), EventStatus::Planned)) " planned or conditional " }
            span.key { (bar(Some(whole()), EventStatus::Denied)) " denied" } }
        figure.rl aria-hidden="true" { (axis(page, &timeline, WIDE, true)) (axis(page, &timeline, NARROW, true)) }
        @let (dated, undated): (Vec<&TimelineEntry>, Vec<_>) =
            timeline.entries.iter().partition(|entry| entry.date.from.or(entry.date.to).is_some());
        ol.tl { @for entry in dated { (event(page, Some(timeline.axis), entry)) } }
        @if !undated.is_empty() {
            details.fold { summary { (wording::count(undated.len(), "event"))
                " that the reports place on no day that can be reckoned" }
                ol.tl.un { @for entry in undated { (event(page, None, entry)) } } }
        }
        (link::more(timeline.more, "event"))
    };
    (timeline.entries.len() + timeline.more, body)
}

fn whole() -> Bar {
    Bar { from: 0.0, to: 1.0, before: false, after: false }
}

fn event(page: &Page<'_>, axis: Option<Axis>, entry: &TimelineEntry) -> Markup {
    html! {
        li.it {
            p.when { @if axis.is_some() { (dates::words(entry.date)) } @else { "undated" } }
            @if let Some(axis) = axis { (bar(axis.bar(entry.date), entry.status)) }
            p { span.w { (excerpt(&entry.text, SENTENCE)) } " " (link::places(page, &entry.evidence))
                @if entry.status != EventStatus::Happened {
                    " " span.re { (wording::event(entry.status)) } } }
        }
    }
}

/// An interval as an interval: filled where it is told as fact, hollow where it is planned.
fn bar(bar: Option<Bar>, status: EventStatus) -> Markup {
    let class = class(status);
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

/// Filled, hollow or dashed.
fn class(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Happened => "",
        EventStatus::Planned | EventStatus::Conditional => "p",
        EventStatus::Denied => "d",
    }
}

/// At most one decimal.
fn trim(number: f64) -> String {
    let text = format!("{number:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// The axis with its round dates and the reports above it; under it, if asked, the events.
fn axis(page: &Page<'_>, timeline: &Timeline<'_>, width: f64, events: bool) -> Markup {
    let reports = reports(page, timeline, width);
    let rise = reports.iter().map(|report| report.rise).max().unwrap_or(0);
    let base = 8 + rise + 15 * depth(reports.iter().map(|report| report.lane));
    let bars = if events { bars(timeline, width) } else { Vec::new() };
    let height = base + 18 + 9 * depth(bars.iter().map(|(_, _, lane)| *lane));
    let mut last = f64::NEG_INFINITY;
    let ticks = timeline.axis.ticks().into_iter().map(|(at, label)| (at * width, label));
    let ticks: Vec<(f64, String)> = ticks
        .filter(|(x, _)| {
            let room = x - last >= TICK;
            last = if room { *x } else { last };
            room
        })
        .collect();
    html! {
        svg.ax.nr[width == NARROW] viewBox={ "0 0 " (width) " " (height) } aria-hidden="true" {
            line x1="0" x2=(width) y1=(base) y2=(base) {}
            @for (x, label) in &ticks {
                line.tick x1=(trim(*x)) x2=(trim(*x)) y1=(base) y2=(base + 5) {}
                text x=(trim(x.clamp(26.0, width - 26.0))) y=(base + 14) { (label) }
            }
            // The lines first: a label covers what would run through it.
            @for Report { from, to, lane, rise, .. } in &reports {
                @let (x, y) = (f64::midpoint(*from, *to), base - 4 - 15 * lane - rise);
                @if to - from > INTERVAL {
                    line.rep x1=(trim(*from)) x2=(trim(*to)) y1=(y + 1) y2=(y + 1) {}
                } @else { line.rep x1=(trim(x)) x2=(trim(x)) y1=(base) y2=(y) {} }
            }
            @for Report { label, at, lane, rise, .. } in &reports {
                text.sg x=(trim(*at)) y=(base - 6 - 15 * lane - rise) { (label) }
            }
            @for (bar, class, lane) in &bars {
                rect class=[(!class.is_empty()).then_some(class)] x=(trim(bar.0)) width=(trim(bar.1))
                    y=(base + 21 + 9 * lane) height="5" {}
            }
        }
    }
}

fn depth(lanes: impl Iterator<Item = usize>) -> usize {
    lanes.map(|lane| lane + 1).max().unwrap_or(0)
}

/// A report on the axis, in a lane where no other covers it.
struct Report {
    from: f64,
    to: f64,
    label: String,
    /// The middle of the label.
    at: f64,
    lane: usize,
    /// How far it stands above its lane.
    rise: usize,
}

/// Where each report stands.
fn reports(page: &Page<'_>, timeline: &Timeline<'_>, width: f64) -> Vec<Report> {
    let mut placed: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for &(id, range) in &timeline.reports {
        placed.entry((range.from, range.to)).or_default().push(page.edition.siglum(id));
    }
    let placed = placed.into_iter().filter_map(|((from, to), sigla)| {
        let range = DateRange { from, to, precision: Precision::Interval };
        let bar = timeline.axis.bar(range)?;
        Some((bar.from * width, bar.to * width, sigla))
    });
    let placed: Vec<_> = placed.collect();
    let most = placed.iter().map(|(_, _, sigla)| sigla.len()).max().unwrap_or(1);
    // Where sigla would cover each other, a column says how many reports a day has.
    let many = timeline.reports.len() > LABELLED;
    let mut lanes = Lanes::default();
    let laid = placed.into_iter().map(|(from, to, sigla)| {
        let label = if many { sigla.len().to_string() } else { together(&sigla) };
        let rise = if many { RISE * sigla.len() / most } else { 0 };
        let middle = f64::midpoint(from, to);
        let room = (LETTER * label.chars().count() as f64 + GAP) / 2.0;
        let (left, right) = (from.min(middle - room), to.max(middle + room));
        // What would leave the axis is moved in, and takes its room there.
        let shift = (-left).max(0.0) - (right - width).max(0.0);
        let lane = if many { 0 } else { lanes.place(left + shift, right + shift) };
        Report { from, to, label, at: middle + shift, lane, rise }
    });
    laid.filter(|report| report.lane < REPORT_LANES).collect()
}

/// Reports of one day as one label: their sigla, or how many they are.
fn together(sigla: &[&str]) -> String {
    match sigla {
        [_] | [_, _] | [_, _, _] | [_, _, _, _] => sigla.join(" "),
        many => format!("{} {} +{}", many[0], many[1], many.len() - 2),
    }
}

/// Where each event lies: its start and width, how it is told, and a lane of its own.
fn bars(timeline: &Timeline<'_>, width: f64) -> Vec<((f64, f64), &'static str, usize)> {
    let mut lanes = Lanes::default();
    let bars = timeline.entries.iter().filter_map(|entry| {
        let bar = timeline.axis.bar(entry.date)?;
        let wide = ((bar.to - bar.from) * width).max(4.0);
        let from = (bar.from * width).min(width - wide);
        Some(((from, wide), class(entry.status), lanes.place(from, from + wide + 2.0)))
    });
    bars.filter(|(_, _, lane)| *lane < LANES).collect()
}

/// Lanes in which nothing covers another; what is placed comes from left to right.
#[derive(Default)]
struct Lanes {
    ends: Vec<f64>,
}

impl Lanes {
    fn place(&mut self, from: f64, to: f64) -> usize {
        let lane = self.ends.iter().position(|&end| end <= from).unwrap_or(self.ends.len());
        self.ends.resize(self.ends.len().max(lane + 1), 0.0);
        self.ends[lane] = to;
        lane
    }
}

/// The reports on their line, for the head of the page.
pub(super) fn reports_line(page: &Page<'_>) -> Markup {
    let timeline = timeline(page.edition).filter(|timeline| timeline.reports.len() > 1);
    html! {
        @if let Some(timeline) = timeline {
            figure.rl {
                (axis(page, &timeline, WIDE, false)) (axis(page, &timeline, NARROW, false))
                figcaption { "The reports by date of publication"
                    @if timeline.reports.len() > LABELLED { ", how many on each day." }
                    @else { ". Letters are explained " a href="#witnesses" { "below" } "." } }
            }
        }
    }
}
