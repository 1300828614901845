//! Why two reports are, or are not, of one story.

use stemma_model::Reason;

use super::Reports;
use super::vector::{cosine, shared};
use super::window::{WINDOW_DAYS, days_apart};

/// How many shared words a reason names.
pub(super) const NAMED: usize = 6;

/// The reason for a pair: `one` says whether they ended in one story.
pub(super) fn pair(reports: &Reports, a: usize, b: usize, one: bool) -> Reason {
    let likeness = cosine(&reports.vectors[a], &reports.vectors[b]);
    let (rule, note) = if one {
        ("same-story", "told to be of one event")
    } else {
        ("different-stories", "told to be of two events")
    };
    let mut reason = Reason::new(rule, note).because(words(reports, a, b, likeness));
    if let Some(days) = days_apart(reports.dates[a], reports.dates[b]) {
        let note = format!("{days} days apart, of {WINDOW_DAYS} that one story may take");
        reason = reason.because(Reason::new("dates", note));
    }
    if let Some(share) = reports.reuse.get(&(a.min(b), a.max(b))) {
        let note = format!("{:.0} % of the shorter stands in the other", 100.0 * share);
        reason = reason.because(Reason::new("shared-passages", note).scored(*share as f32));
    }
    said(reports, a, b).into_iter().fold(reason, Reason::because)
}

/// The weightiest words that both have.
fn words(reports: &Reports, a: usize, b: usize, likeness: f64) -> Reason {
    let mut common: Vec<(u64, f64)> = shared(&reports.vectors[a], &reports.vectors[b]).collect();
    common.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    let forms: Vec<&str> = common
        .iter()
        .take(NAMED)
        .filter_map(|(term, _)| reports.bags[a].get(term))
        .map(|word| word.form.as_str())
        .collect();
    let note = if forms.is_empty() { "none".to_owned() } else { forms.join(", ") };
    Reason::new("shared-words", note).scored(likeness as f32)
}

/// What a reader said of the pair.
fn said(reports: &Reports, a: usize, b: usize) -> Option<Reason> {
    let has = |pairs: &[(usize, usize)]| pairs.contains(&(a, b)) || pairs.contains(&(b, a));
    if has(&reports.constraints.same) {
        return Some(Reason::new("reader", "a reader said that they are one story"));
    }
    has(&reports.constraints.apart)
        .then(|| Reason::new("reader", "a reader said that they are not one story"))
}
