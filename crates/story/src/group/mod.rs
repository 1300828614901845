//! Which reports tell one event, and which events are of one question.
//!
//! [`group`] takes documents with what they attest and gives a [`Grouping`]: stories, threads, and
//! the evidence for every link. Reports meet through an inverted index inside a window of days,
//! are joined by average link over their words (but for what recurs in undated reports of one
//! outlet) weighed by news at large, by passages they share, and by their dates; a cluster whose halves
//! carry names of their own is cut again; a straggler joins the story it is clearly nearest to. No
//! story's dated reports lie further apart than eight days unless a reader says so: undated ones
//! cannot join years. Near-linear; the same for every order of arrival; a reader's "same" and "not
//! the same" are obeyed.

mod agglomerate;
mod attach;
pub mod background;
mod bag;
mod column;
mod divide;
mod occasion;
mod reader;
mod stories;
mod thread;
mod vector;
mod why;
mod window;

pub use bag::text_terms;

use std::collections::BTreeMap;

use stemma_model::{
    Alignment, Correction, DateRange, Document, DocumentId, Quote, Reason, Story, Thread,
};

use agglomerate::{Limits, agglomerate};
use bag::{Bag, Forms};
use reader::Constraints;
use vector::Weighed;
use window::{Edges, Pairs};

/// Average likeness at which clusters of reports are one story.
///
/// Chosen on ECB+ topics 1 to 20, where .10 to .16 do equally well, since [`divide`] cuts again
/// what is joined too much.
const SAME_STORY: f64 = 0.14;

/// What a shared passage adds to the likeness of two reports that have it whole: a report that
/// carries another's text tells its story, whatever words surround it. Set, not tuned: half of it
/// is over [`SAME_STORY`].
const SHARED_TEXT: f64 = 0.5;

/// What grouping reads: reports in any order, and as much of the rest as is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// The reports.
    pub reports: &'a [Report<'a>],
    /// Passages that they share.
    pub alignments: &'a [Alignment],
    /// What a reader has put right.
    pub corrections: &'a [Correction],
}

/// One report as grouping reads it.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The report.
    pub document: &'a Document,
    /// When it was published, as far as that is known.
    pub date: DateRange,
    /// Whether that is stated. A date that is only argued from the text dates a story and parts
    /// nothing: one wrong bound would.
    pub stated: bool,
    /// What it quotes, which tells the occasions of reports without a stated date apart; not looked
    /// at where there is one.
    pub quotes: &'a [Quote],
}

/// Stories and threads, with what they rest on.
#[derive(Clone, Debug)]
pub struct Grouping {
    /// Stories, by date, then id. Every document is in exactly one.
    pub stories: Vec<Story>,
    /// Threads of two stories and more, by first date, then id.
    pub threads: Vec<Thread>,
    reports: Reports,
}

/// The reports as the stages of grouping see them, in id order: whatever is cut short or tied is
/// decided by that, not by the order of arrival.
#[derive(Clone, Debug)]
struct Reports {
    ids: Vec<DocumentId>,
    /// When each was published, where that is stated.
    dates: Vec<DateRange>,
    /// The same, where it is only argued too.
    told: Vec<DateRange>,
    bags: Vec<Bag>,
    forms: Forms,
    weights: Vec<Box<[f64]>>,
    /// Words of shared passages over the words of the shorter report, by pair.
    reuse: Edges,
    /// Which of them have something left out that recurs in undated reports of their outlet.
    columns: Vec<bool>,
    /// Pairs without dates that tell of two occasions.
    occasions: Pairs,
    constraints: Constraints,
}

/// Groups documents to stories and stories to threads.
///
/// Near-linear in the number of words: see [`self`].
#[must_use]
pub fn group(input: Input<'_>) -> Grouping {
    let mut sorted = input.reports.to_vec();
    sorted.sort_by_key(|report| report.document.id);
    let input = Input { reports: &sorted, ..input };
    let mut reports = Reports::of(input);
    let mut edges = window::edges(&reports);
    for (&pair, &share) in &reports.reuse {
        if window::near(reports.dates[pair.0], reports.dates[pair.1]) {
            *edges.entry(pair).or_default() += SHARED_TEXT * share;
        }
    }
    reports.occasions = occasion::weigh(&mut edges, &sorted, &reports.bags);
    let count = reports.ids.len();
    let limits = Limits { dates: &reports.dates, constraints: &reports.constraints };
    let clusters = agglomerate(count, &edges, SAME_STORY, 0.0, limits)
        .into_iter()
        .flat_map(|cluster| divide::divide(&reports.bags, &edges, cluster))
        .collect();
    let clusters = attach::attach(clusters, &edges, &reports.dates, &reports.constraints);
    let clusters = reader::obey(clusters, &reports.constraints);
    let stories = stories::stories(&sorted, &reports, clusters);
    let threads = thread::threads(&reports, &stories);
    let stories = stories.into_iter().map(|(story, _)| story).collect();
    Grouping { stories, threads, reports }
}

impl Grouping {
    /// The stories and threads alone: what they rest on takes some 16 kB a report.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Story>, Vec<Thread>) {
        (self.stories, self.threads)
    }

    /// Why two documents are told to be of one story, or of two: what they share, how far apart
    /// they are, and what a reader said. `None` when either was not grouped.
    #[must_use]
    pub fn why(&self, a: DocumentId, b: DocumentId) -> Option<Reason> {
        let at = |id: DocumentId| self.reports.ids.iter().position(|&other| other == id);
        let story = |id: DocumentId| self.stories.iter().find(|s| s.documents.contains(&id));
        let one = story(a)?.id == story(b)?.id;
        Some(why::pair(&self.reports, at(a)?, at(b)?, one))
    }
}

impl Reports {
    /// A report as weighted words.
    fn weighed(&self, report: usize) -> Weighed<'_> {
        Weighed { bag: &self.bags[report], weights: &self.weights[report] }
    }

    fn of(input: Input<'_>) -> Self {
        let documents = || input.reports.iter().map(|report| report.document);
        let ids: Vec<DocumentId> = documents().map(|document| document.id).collect();
        let at: BTreeMap<DocumentId, usize> =
            ids.iter().enumerate().map(|(i, &id)| (id, i)).collect();
        let mut forms = Forms::default();
        let recurring = column::recurring(input.reports);
        let texts = documents().zip(&recurring);
        let bags: Vec<Bag> = texts.map(|(d, spans)| bag::bag(d, spans, &mut forms)).collect();
        let weights = bags.iter().map(vector::weights).collect();
        let told = input.reports.iter().map(|report| report.date).collect();
        let stated = |report: &Report<'_>| {
            if report.stated { report.date } else { DateRange::unknown() }
        };
        let dates = input.reports.iter().map(stated).collect();
        let reuse = reuse(input, &at, &bags);
        let constraints = Constraints::of(input.corrections, &at);
        let columns = recurring.iter().map(|spans| !spans.is_empty()).collect();
        let occasions = Pairs::new();
        Self { ids, dates, told, bags, forms, weights, reuse, columns, occasions, constraints }
    }
}

fn reuse(input: Input<'_>, at: &BTreeMap<DocumentId, usize>, bags: &[Bag]) -> Edges {
    let length = |i: usize| bags[i].iter().map(|(_, word)| word.count()).sum::<u32>().max(1);
    let mut shares = Edges::new();
    for alignment in input.alignments {
        let pair = (at.get(&alignment.a.document), at.get(&alignment.b.document));
        if let (Some(&a), Some(&b)) = pair {
            let share = f64::from(alignment.words) / f64::from(length(a).min(length(b)));
            let cell: &mut f64 = shares.entry((a.min(b), a.max(b))).or_default();
            *cell = (*cell + share).min(1.0);
        }
    }
    shares
}

#[cfg(test)]
mod tests;
