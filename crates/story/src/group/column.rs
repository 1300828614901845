//! What recurs in undated reports of one outlet.
//!
//! A page holds more than its report: a series begins and ends alike, and what stands beside one
//! text is saved with many. Dated reports of one outlet are kept apart by their days; undated ones
//! would be joined by it. So runs of words that stand in several of them say nothing of their
//! stories, unless they are most of a report: then it is one of several versions of one text.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use stemma_model::Span;
use stemma_text::words;

use super::Report;
use super::bag::runs;

/// Words of a run: so many in a row are hardly written twice.
const RUN: usize = 8;

/// Reports of one outlet that have a run which tells nothing. A text may be told again once or
/// twice, in an update or a series of one event. Set, not tuned.
const SEVERAL: usize = 5;

/// The share of a report's words from which what recurs is the report. Set, not tuned.
const MOST: f64 = 0.5;

/// What recurs in each report, as spans in order. Linear in the texts of undated reports.
pub(super) fn recurring(reports: &[Report<'_>]) -> Vec<Vec<Span>> {
    let mut series: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate().filter(|(_, report)| !report.stated) {
        if let Some(outlet) = &report.document.outlet {
            series.entry(outlet).or_default().push(at);
        }
    }
    let mut found = vec![Vec::new(); reports.len()];
    for series in series.into_values().filter(|series| series.len() >= SEVERAL) {
        let texts: Vec<Words> = series.iter().map(|&at| Words::of(reports[at])).collect();
        let mut counts: HashMap<u64, usize> = HashMap::new();
        for run in texts.iter().flat_map(|text| text.runs.iter().collect::<BTreeSet<_>>()) {
            *counts.entry(*run).or_default() += 1;
        }
        for (at, text) in series.into_iter().zip(texts) {
            found[at] = text.recurring(|run| counts[&run] >= SEVERAL);
        }
    }
    found
}

/// The words of a text and the runs that begin with them.
struct Words {
    spans: Vec<Span>,
    runs: Vec<u64>,
}

impl Words {
    fn of(report: Report<'_>) -> Self {
        let text = &report.document.text;
        Self { spans: words(text).collect(), runs: runs(text, RUN) }
    }

    /// The words of such runs, neighbours joined; none if they are most of the text.
    fn recurring(&self, recurs: impl Fn(u64) -> bool) -> Vec<Span> {
        let mut marked = vec![false; self.spans.len()];
        for (at, _) in self.runs.iter().enumerate().filter(|&(_, &run)| recurs(run)) {
            marked[at..at + RUN].fill(true);
        }
        let count = marked.iter().filter(|&&marked| marked).count();
        if count as f64 >= MOST * self.spans.len() as f64 {
            return Vec::new();
        }
        let all: Vec<(Span, bool)> = self.spans.iter().copied().zip(marked).collect();
        all.chunk_by(|a, b| a.1 == b.1)
            .filter(|part| part[0].1)
            .map(|part| Span { start: part[0].0.start, end: part[part.len() - 1].0.end })
            .collect()
    }
}
