//! From clusters of reports to stories with titles, dates and reasons.

use std::collections::BTreeMap;

use stemma_model::{DateRange, Document, DocumentId, Precision, Reason, Story, StoryId};

use super::bag::Word;
use super::why;
use super::{Report, Reports};

/// Reports of a story that are compared to find the most central: enough for a stable choice.
const COMPARED: usize = 40;

/// The stories with the indices of their reports, by date, then id.
pub(super) fn stories(
    sorted: &[Report<'_>],
    reports: &Reports,
    clusters: Vec<Vec<usize>>,
) -> Vec<(Story, Vec<usize>)> {
    let mut stories: Vec<(Story, Vec<usize>)> =
        clusters.into_iter().map(|cluster| (story(sorted, reports, &cluster), cluster)).collect();
    stories.sort_by_key(|(story, _)| (story.date.from, story.date.to, story.id));
    stories
}

fn story(sorted: &[Report<'_>], reports: &Reports, cluster: &[usize]) -> Story {
    let mut ids: Vec<DocumentId> = cluster.iter().map(|&i| reports.ids[i]).collect();
    ids.sort_unstable();
    let names: Vec<String> = ids.iter().map(DocumentId::to_string).collect();
    let parts: Vec<&str> = names.iter().map(String::as_str).collect();
    let (central, likeness) = central(reports, cluster);
    Story {
        id: StoryId::of(&parts),
        title: title(sorted[central].document),
        documents: ids,
        date: span_of_days(cluster.iter().map(|&i| reports.told[i])),
        reason: reason(reports, cluster, likeness),
    }
}

/// The report most like the others, and how alike they are on average.
fn central(reports: &Reports, cluster: &[usize]) -> (usize, f64) {
    let compared = &cluster[..cluster.len().min(COMPARED)];
    let mean = |i: usize| {
        let others = compared.iter().filter(|&&j| j != i);
        let sum: f64 = others.map(|&j| reports.weighed(i).cosine(reports.weighed(j))).sum();
        sum / (compared.len() as f64 - 1.0).max(1.0)
    };
    let scored: Vec<(f64, usize)> = compared.iter().map(|&i| (mean(i), i)).collect();
    let best = scored.iter().copied().reduce(|a, b| {
        let earlier = reports.ids[b.1] < reports.ids[a.1];
        if b.0 > a.0 || b.0 == a.0 && earlier { b } else { a }
    });
    let average = scored.iter().map(|(mean, _)| mean).sum::<f64>() / scored.len().max(1) as f64;
    (best.map_or(0, |(_, i)| i), average)
}

/// The headline, else the first line.
fn title(document: &Document) -> String {
    let first = || document.text.lines().map(str::trim).find(|line| !line.is_empty());
    let title = document.title.as_ref().map(|title| title.text.as_str());
    title.or_else(first).unwrap_or_default().to_owned()
}

/// The days from the first to the last date that is known.
pub(super) fn span_of_days(dates: impl Iterator<Item = DateRange>) -> DateRange {
    dates.filter(|date| date.from.is_some() || date.to.is_some()).fold(
        DateRange::unknown(),
        |all, date| {
            if all.precision == Precision::Unknown || all == date {
                return date;
            }
            let from = match (all.from, date.from) {
                (Some(a), Some(b)) => Some(a.min(b)),
                _ => None,
            };
            let to = match (all.to, date.to) {
                (Some(a), Some(b)) => Some(a.max(b)),
                _ => None,
            };
            DateRange { from, to, precision: Precision::Interval }
        },
    )
}

fn reason(reports: &Reports, cluster: &[usize], likeness: f64) -> Reason {
    if cluster.len() == 1 {
        return Reason::new("alone", "no other report within the window is alike enough");
    }
    let mut reason = Reason::new("same-story", format!("{} reports alike", cluster.len()))
        .scored(likeness as f32);
    let common = common_words(reports, cluster);
    if !common.is_empty() {
        reason = reason.because(Reason::new("shared-words", common.join(", ")));
    }
    let compared = &cluster[..cluster.len().min(COMPARED)];
    let pairs = compared.iter().flat_map(|&a| compared.iter().map(move |&b| (a, b)));
    let shares = pairs.filter(|pair| reports.reuse.contains_key(pair)).count();
    if shares > 0 {
        let note = format!("{shares} pairs of reports share text");
        reason = reason.because(Reason::new("shared-passages", note));
    }
    reason
}

/// The weightiest words that most reports of a cluster have.
pub(super) fn common_words(reports: &Reports, cluster: &[usize]) -> Vec<String> {
    common(reports, cluster, |_, _| true)
}

/// The weightiest of those words that `telling` lets through.
pub(super) fn common(
    reports: &Reports,
    cluster: &[usize],
    telling: impl Fn(u64, &Word) -> bool,
) -> Vec<String> {
    let mut having: BTreeMap<u64, (u32, f64, &str)> = BTreeMap::new();
    for &i in cluster {
        for (&weight, (term, word)) in reports.weights[i].iter().zip(reports.bags[i].iter()) {
            if !telling(term, word) {
                continue;
            }
            let cell = having.entry(term).or_insert((0, 0.0, reports.forms.of(*word)));
            cell.0 += 1;
            cell.1 += weight;
        }
    }
    let most = |count: u32| 2 * count as usize > cluster.len();
    let mut words: Vec<(f64, &str)> = having
        .into_values()
        .filter(|&(count, _, _)| most(count))
        .map(|(_, weight, form)| (weight, form))
        .collect();
    words.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    words.into_iter().take(why::NAMED).map(|(_, form)| form.to_owned()).collect()
}
