//! An interval for a report that nobody dates, argued from what it tells as past and as to come.

use jiff::civil::Date;
use stemma_model::{
    Anchor, Basis, DateRange, Dated, Precision, Problem, Reason, Span, Timex, TimexType,
};

use super::season::{Season, season};
use crate::Sheet;
use crate::timex::{Looks, looks};

/// A bound of the interval: the day, and the words that set it.
#[derive(Clone, Copy, Debug)]
struct Bound {
    day: Date,
    evidence: Span,
}

/// The interval that the text allows; unknown bounds stay unknown.
pub(super) fn interval(sheet: &Sheet<'_>, timexes: &[Timex]) -> Dated {
    let lower =
        timexes.iter().filter_map(|timex| told_as_past(sheet, timex)).max_by_key(|bound| bound.day);
    let upper = timexes
        .iter()
        .filter_map(|timex| told_as_coming(sheet, timex))
        .filter(|upper| lower.is_none_or(|lower| upper.day >= lower.day))
        .min_by_key(|bound| bound.day);
    let season = season(sheet, timexes);
    let from =
        lower.map(|bound| (bound, season.as_ref().and_then(|season| season.next_start(bound.day))));
    let mut evidence: Vec<Span> =
        [lower, upper].into_iter().flatten().map(|bound| bound.evidence).collect();
    evidence.extend(season.iter().flat_map(|season| season.evidence.iter().copied()));
    evidence.sort();
    evidence.dedup();
    let known = !evidence.is_empty();
    let range = DateRange {
        from: from.map(|(bound, sharpened)| sharpened.unwrap_or(bound.day)),
        to: upper.map(|bound| bound.day),
        precision: if lower.is_some() || upper.is_some() {
            Precision::Interval
        } else {
            Precision::Unknown
        },
    };
    let basis = if known { Basis::Text } else { Basis::None };
    Dated { range, basis, evidence, reason: reason(sheet, lower, upper, season.as_ref()) }
}

fn reason(
    sheet: &Sheet<'_>,
    lower: Option<Bound>,
    upper: Option<Bound>,
    season: Option<&Season>,
) -> Reason {
    let mut reason = Reason::new("argued", "no date is given; the text bounds it");
    let text = |bound: Bound| bound.evidence.of_text(sheet.text());
    if let Some(bound) = lower {
        let note = format!("`{}` is told as past: not before {}", text(bound), bound.day);
        reason = reason.because(Reason::new("not-before", note));
    }
    if let Some(bound) = upper {
        let note = format!("`{}` is told as to come: not after {}", text(bound), bound.day);
        reason = reason.because(Reason::new("not-after", note));
    }
    if let Some(season) = season {
        reason = reason.because(Reason::new("time-of-year", season.note()));
    }
    if reason.parts.is_empty() {
        reason.note = "no date is given and nothing in the text bounds it".into();
    }
    reason
}

/// A full date that the text tells as past: the report is no older than its first day.
fn told_as_past(sheet: &Sheet<'_>, timex: &Timex) -> Option<Bound> {
    let day = absolute(timex)?.from?;
    let back = since(sheet, timex.span) || looks(sheet, timex.span) == Looks::Back;
    (back && !until(sheet, timex.span)).then_some(Bound { day, evidence: timex.span })
}

/// A full date that the text tells as to come: the report is no younger than its last day.
fn told_as_coming(sheet: &Sheet<'_>, timex: &Timex) -> Option<Bound> {
    let day = absolute(timex)?.to?;
    let ahead = looks(sheet, timex.span) == Looks::Ahead && !since(sheet, timex.span);
    (ahead && !until(sheet, timex.span)).then_some(Bound { day, evidence: timex.span })
}

/// The days of a date that needs no anchor.
fn absolute(timex: &Timex) -> Option<DateRange> {
    let coarse = |range: &DateRange| range.precision != Precision::Decade;
    (timex.anchor == Anchor::Absolute && timex.kind == TimexType::Date)
        .then_some(timex.range)
        .flatten()
        .filter(coarse)
}

/// Whether `since` stands before.
fn since(sheet: &Sheet<'_>, span: Span) -> bool {
    before(sheet, span, &["since"])
}

/// Whether `until` or `by` stands before: such dates lie on either side of the writing.
fn until(sheet: &Sheet<'_>, span: Span) -> bool {
    before(sheet, span, &["until", "till", "by"])
}

fn before(sheet: &Sheet<'_>, span: Span, words: &[&str]) -> bool {
    let first = sheet.tokens(span).start;
    first.checked_sub(1).is_some_and(|i| words.contains(&sheet.doc.token(i).lower()))
}

/// The problem of a report dated before something it tells as past.
pub(super) fn contradiction(
    sheet: &Sheet<'_>,
    timexes: &[Timex],
    written: Date,
) -> Option<Problem> {
    let bound = timexes
        .iter()
        .filter_map(|timex| told_as_past(sheet, timex))
        .filter(|bound| bound.day > written)
        .max_by_key(|bound| bound.day)?;
    let told = bound.evidence.of_text(sheet.text());
    Some(
        Problem::new(
            "date-contradicts-text",
            format!(
                "compared the publication date {written} with the text: `{told}` is told as past"
            ),
        )
        .on(bound.evidence)
        .hint("the publication date may be that of another edition, or wrong"),
    )
}
