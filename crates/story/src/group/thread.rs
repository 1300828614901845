//! Stories of one question over time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use stemma_model::{DateRange, Reason, Story, Thread, ThreadId};

use super::Reports;
use super::agglomerate::{Limits, agglomerate};
use super::reader::Constraints;
use super::stories::{common, common_words};
use super::vector::{Vector, cosine, unit};
use super::window::{Edges, Ranking, probes};

/// Average cosine of their reports' mean directions at which stories are of one question. Means are
/// more alike than their reports, so this is not to be compared with what makes a story. Chosen so
/// that the four stories of the seeds make one thread; nothing else has threads marked.
const SAME_QUESTION: f64 = 0.16;

/// Terms of a story that look for others.
const PROBES: usize = 16;

/// Stories a term may find, latest first: bounds the cost. A story further back is met only through
/// those between.
const REACH: usize = 200;

/// Stories that a story is compared with in full.
const PARTNERS: usize = 60;

/// Threads of two stories and more, by first date, then id. `stories` is by date.
pub(super) fn threads(reports: &Reports, stories: &[(Story, Vec<usize>)]) -> Vec<Thread> {
    let centroids: Vec<Vector> = stories.iter().map(|(_, c)| centroid(reports, c)).collect();
    let edges = edges(&centroids);
    let limits = Limits { dates: &[], constraints: &Constraints::default() };
    agglomerate(stories.len(), &edges, SAME_QUESTION, SAME_QUESTION / 2.0, limits)
        .into_iter()
        .filter(|cluster| cluster.len() > 1)
        .map(|cluster| thread(reports, stories, &cluster))
        .collect()
}

fn thread(reports: &Reports, stories: &[(Story, Vec<usize>)], cluster: &[usize]) -> Thread {
    let members: Vec<&Story> = cluster.iter().map(|&i| &stories[i].0).collect();
    let documents: Vec<usize> =
        cluster.iter().flat_map(|&i| stories[i].1.iter().copied()).collect();
    let words = common_words(reports, &documents);
    let names: Vec<String> = members.iter().map(|story| story.id.to_string()).collect();
    let parts: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut reason = Reason::new("same-question", format!("{} stories alike", members.len()))
        .because(Reason::new("shared-words", words.join(", ")));
    for (at, moved) in moved(reports, stories, cluster) {
        let story = &stories[at].0;
        let note = format!("{}, `{}`: {}", when(story.date), story.title, moved.join(", "));
        reason = reason.because(Reason::new("first-met", note));
    }
    Thread {
        id: ThreadId::of(&parts),
        title: title(&words),
        stories: members.iter().map(|story| story.id).collect(),
        reason,
    }
}

/// A stretch of days in words.
fn when(date: DateRange) -> String {
    match (date.from, date.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(from), None) => format!("not before {from}"),
        (None, Some(to)) => format!("not after {to}"),
        (None, None) => "undated".to_owned(),
    }
}

/// The names and numbers that most reports of each story have and no report of an earlier story of
/// the thread has: who and what came in with it. Stories with none, and the first, are left out.
fn moved(
    reports: &Reports,
    stories: &[(Story, Vec<usize>)],
    cluster: &[usize],
) -> Vec<(usize, Vec<String>)> {
    let mut met: BTreeSet<u64> = BTreeSet::new();
    let mut moved = Vec::new();
    for &at in cluster {
        let story = &stories[at].1;
        let new = common(reports, story, |term, word| word.is_name() && !met.contains(&term));
        if !met.is_empty() && !new.is_empty() {
            moved.push((at, new));
        }
        met.extend(story.iter().flat_map(|&i| reports.bags[i].iter().map(|(term, _)| term)));
    }
    moved
}

/// The first words that most reports share.
fn title(words: &[String]) -> String {
    words.iter().take(4).map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// The mean direction of a story's reports.
fn centroid(reports: &Reports, cluster: &[usize]) -> Vector {
    let mut sum: BTreeMap<u64, f64> = BTreeMap::new();
    for &i in cluster {
        for (term, weight) in reports.weighed(i).iter() {
            *sum.entry(term).or_default() += weight;
        }
    }
    unit(sum.into_iter().collect())
}

fn edges(centroids: &[Vector]) -> Edges {
    let mut postings: HashMap<u64, Vec<(usize, f64)>> = HashMap::new();
    let mut edges = Edges::new();
    let mut ranking = Ranking::new(centroids.len());
    for (i, centroid) in centroids.iter().enumerate() {
        for (term, weight) in probes(centroid.iter().copied(), PROBES) {
            let posting = postings.entry(term).or_default();
            let latest = posting.iter().rev().take(REACH);
            latest.for_each(|&(j, other)| ranking.add(j, weight * other));
            posting.push((i, weight));
        }
        for j in ranking.take_best(PARTNERS, SAME_QUESTION / 4.0) {
            let cosine = cosine(&centroids[j], centroid);
            if cosine >= SAME_QUESTION / 2.0 {
                edges.insert((j, i), cosine);
            }
        }
    }
    edges
}
