//! Stragglers.

use stemma_model::DateRange;

use super::reader::Constraints;
use super::window::{Days, Edges};

/// Reports of the smallest story that takes in stragglers. Of 2, 3 and 4 the best on ECB+ topics 1
/// to 20.
const TAKES_IN: usize = 3;

/// Likeness to the nearest reports of a story at which a straggler joins it. On ECB+ topics 1 to 20
/// joining stragglers gains .007 of B³ F1; .06 to .15, and 1 to 1.6 for [`CLEARLY`], do the same.
const STRAGGLER: f64 = 0.10;

/// How many times nearer the first story must be than the second.
const CLEARLY: f64 = 1.3;

/// How many nearest reports of a story are averaged. Not tuned.
const NEAREST: usize = 3;

/// Joins clusters of one or two reports to the larger story they are clearly nearest to.
pub(super) fn attach(
    clusters: Vec<Vec<usize>>,
    edges: &Edges,
    dates: &[DateRange],
    constraints: &Constraints,
) -> Vec<Vec<usize>> {
    let (mut stories, small): (Vec<_>, Vec<_>) =
        clusters.into_iter().partition(|cluster| cluster.len() >= TAKES_IN);
    let homes = homes(&stories);
    let near = neighbours(edges);
    let mut days: Vec<Days> = stories.iter().map(|story| Days::of(story, dates)).collect();
    let mut rest = Vec::new();
    let mut joining = Vec::new();
    for cluster in small {
        let own = Days::of(&cluster, dates);
        match nearest(&cluster, &near, &homes) {
            Some(story)
                if days[story].with(own).fit_one_story()
                    && !constraints.forbid(&cluster, &stories[story]) =>
            {
                days[story] = days[story].with(own);
                joining.push((story, cluster));
            }
            _ => rest.push(cluster),
        }
    }
    for (story, cluster) in joining {
        stories[story].extend(cluster);
    }
    stories.extend(rest);
    stories
}

type Neighbours = std::collections::BTreeMap<usize, Vec<(usize, f64)>>;

fn neighbours(edges: &Edges) -> Neighbours {
    let mut near = Neighbours::new();
    for (&(a, b), &cosine) in edges {
        near.entry(a).or_default().push((b, cosine));
        near.entry(b).or_default().push((a, cosine));
    }
    near
}

fn homes(stories: &[Vec<usize>]) -> std::collections::BTreeMap<usize, usize> {
    stories.iter().enumerate().flat_map(|(at, s)| s.iter().map(move |&i| (i, at))).collect()
}

/// The story that `cluster` is clearly nearest to.
fn nearest(
    cluster: &[usize],
    near: &Neighbours,
    homes: &std::collections::BTreeMap<usize, usize>,
) -> Option<usize> {
    let mut by_story: std::collections::BTreeMap<usize, Vec<f64>> = Default::default();
    for (other, cosine) in cluster.iter().filter_map(|i| near.get(i)).flatten() {
        if let Some(&story) = homes.get(other) {
            by_story.entry(story).or_default().push(*cosine);
        }
    }
    let mut scored: Vec<(f64, usize)> = by_story
        .into_iter()
        .map(|(story, mut cosines)| {
            cosines.sort_by(|a, b| b.total_cmp(a));
            let pairs = NEAREST * cluster.len();
            (cosines.iter().take(pairs).sum::<f64>() / pairs as f64, story)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let (best, story) = *scored.first()?;
    let second = scored.get(1).map_or(0.0, |scored| scored.0);
    (best >= STRAGGLER && best >= CLEARLY * second).then_some(story)
}
