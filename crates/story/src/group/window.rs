//! Which reports can tell one event, by date; and which of those are alike enough to compare.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use stemma_model::DateRange;

use super::Reports;
use super::vector::Vector;

/// How many days apart two reports of one story may be published. The reports of a triple of
/// BASIL lie on up to four consecutive days; one day more is left for archives that date by another
/// time zone. Not tuned.
pub(super) const WINDOW_DAYS: i64 = 4;

/// How many days the reports of one story may take in all: twice the window, so that reports that
/// are each near the next do not make one event of months, nor undated ones of years. Not tuned.
pub(super) const STORY_DAYS: i64 = 2 * WINDOW_DAYS;

/// Pairs under this cosine count as unlike: nine in ten pairs of reports of different topics of ECB+
/// (1 to 20) are under it; they average .013.
pub(super) const FLOOR: f64 = 0.03;

/// How many of a report's weightiest words look for partners. Not tuned.
const PROBES: usize = 48;

/// Reports a probing word may stand in (inside one window) and still be followed: a word in more
/// tells nothing that rarer shared words do not, and following it would cost quadratic time.
const COMMON: usize = 600;

/// How many partners of a report are compared in full, the likeliest first. Bounds the cost; a pair
/// of a larger story that is passed over counts as unlike.
const PARTNERS: usize = 250;

/// The cosines of all pairs that may tell one story, by index, `a < b`.
pub(super) type Edges = BTreeMap<(usize, usize), f64>;

/// Pairs of reports, by index, `a < b`.
pub(super) type Pairs = BTreeSet<(usize, usize)>;

/// Finds the pairs through an inverted index over each report's weightiest words: partners are
/// ranked by what these words alone give, and only the best [`PARTNERS`] are compared in full.
///
/// Near-linear: each report meets only the reports of its window that share a telling word.
/// A report without a date can meet any.
pub(super) fn edges(reports: &Reports) -> Edges {
    let dates = &reports.dates;
    let mut postings: HashMap<u64, Vec<(usize, f64)>> = HashMap::new();
    let mut edges = Edges::new();
    let mut order: Vec<usize> = (0..dates.len()).collect();
    order.sort_by_key(|&i| (last_day(dates[i]), i));
    let mut ranking = Ranking::new(dates.len());
    for &i in &order {
        let probes = probes(reports.weighed(i).iter(), PROBES);
        for (term, weight) in &probes {
            let posting = postings.get(term).map_or(&[][..], Vec::as_slice);
            recent(posting, dates, dates[i]).for_each(|&(j, other)| ranking.add(j, weight * other));
        }
        for j in ranking.take_best(PARTNERS, FLOOR) {
            let cosine = reports.weighed(i).cosine(reports.weighed(j));
            if cosine >= FLOOR {
                edges.insert((i.min(j), i.max(j)), cosine);
            }
        }
        for (term, weight) in probes {
            postings.entry(term).or_default().push((i, weight));
        }
    }
    edges
}

/// Scores that add up, and which of them were touched.
pub(super) struct Ranking {
    scores: Vec<f64>,
    touched: Vec<usize>,
}

impl Ranking {
    /// For items under `count`.
    pub(super) fn new(count: usize) -> Self {
        Self { scores: vec![0.0; count], touched: Vec::new() }
    }

    /// Adds to the score of an item; what is added is above zero.
    pub(super) fn add(&mut self, item: usize, score: f64) {
        if self.scores[item] == 0.0 {
            self.touched.push(item);
        }
        self.scores[item] += score;
    }

    /// The `best` items that score `least` or more, and a clean slate.
    pub(super) fn take_best(&mut self, best: usize, least: f64) -> Vec<usize> {
        let scores = &self.scores;
        let mut ranked: Vec<usize> =
            self.touched.iter().copied().filter(|&item| scores[item] >= least).collect();
        ranked.sort_unstable_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        ranked.truncate(best);
        for item in self.touched.drain(..) {
            self.scores[item] = 0.0;
        }
        ranked
    }
}

/// The last reports of a posting list that lie in the window of `date`. Reports arrive by date,
/// undated ones first.
fn recent<'p>(
    posting: &'p [(usize, f64)],
    dates: &'p [DateRange],
    date: DateRange,
) -> impl Iterator<Item = &'p (usize, f64)> {
    let undated = posting.partition_point(|&(j, _)| last_day(dates[j]).is_none());
    let from = undated
        + posting[undated..]
            .partition_point(|&(j, _)| date.from.is_some() && !near(dates[j], date));
    let dated = posting[from..].iter().rev().take(COMMON);
    dated.chain(posting[..undated].iter().rev().take(COMMON))
}

fn last_day(date: DateRange) -> Option<Date> {
    date.to.or(date.from)
}

/// Whether two reports can be of one story by their dates; an unknown date fits all.
pub(super) fn near(a: DateRange, b: DateRange) -> bool {
    days_apart(a, b).is_none_or(|days| days <= WINDOW_DAYS)
}

/// How many days lie between two dates at least; `None` where that is not known.
pub(super) fn days_apart(a: DateRange, b: DateRange) -> Option<i64> {
    let gap = |end: Option<Date>, start: Option<Date>| Some(i64::from((start? - end?).get_days()));
    match (gap(a.to, b.from), gap(b.to, a.from)) {
        (Some(forward), Some(back)) => Some(forward.max(back).max(0)),
        (known, other) => known.or(other).filter(|&days| days > 0),
    }
}

/// How far apart the reports of a cluster lie at least, as far as their dates are known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Days {
    /// The latest day before which some report was not published.
    latest_start: Option<Date>,
    /// The earliest day after which some report was not published.
    earliest_end: Option<Date>,
}

impl Days {
    /// Of some reports, by index.
    pub(super) fn of(reports: &[usize], dates: &[DateRange]) -> Self {
        let one = |&i: &usize| Self { latest_start: dates[i].from, earliest_end: dates[i].to };
        reports.iter().map(one).fold(Self::default(), Self::with)
    }

    /// Of the reports of both.
    pub(super) fn with(self, other: Self) -> Self {
        let earlier = |a: Option<Date>, b: Option<Date>| a.into_iter().chain(b).min();
        Self {
            latest_start: self.latest_start.max(other.latest_start),
            earliest_end: earlier(self.earliest_end, other.earliest_end),
        }
    }

    /// Whether one story may take as many.
    pub(super) fn fit_one_story(self) -> bool {
        match (self.earliest_end, self.latest_start) {
            (Some(end), Some(start)) => i64::from((start - end).get_days()) <= STORY_DAYS,
            _ => true,
        }
    }
}

/// The `count` weightiest terms of a vector, with their weights.
pub(super) fn probes(vector: impl Iterator<Item = (u64, f64)>, count: usize) -> Vector {
    let mut by_weight: Vector = vector.filter(|(_, weight)| *weight > 0.0).collect();
    by_weight.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    by_weight.truncate(count);
    by_weight
}
