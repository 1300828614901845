//! Stragglers, and the last word of the reader.

use super::agglomerate::Constraints;
use super::window::Edges;

/// Reports of the smallest story that takes in stragglers.
const TAKES_IN: usize = 3;

/// Likeness to the nearest reports of a story at which a straggler joins it. Chosen on ECB+
/// topics 1 to 20, as [`CLEARLY`]; half of what makes a story.
const STRAGGLER: f64 = 0.10;

/// How many times nearer the first story must be than the second.
const CLEARLY: f64 = 1.3;

/// How many nearest reports of a story are averaged.
const NEAREST: usize = 3;

/// Joins clusters of one or two reports to the larger story they are clearly nearest to.
pub(super) fn attach(
    clusters: Vec<Vec<usize>>,
    edges: &Edges,
    constraints: &Constraints,
) -> Vec<Vec<usize>> {
    let (mut stories, small): (Vec<_>, Vec<_>) =
        clusters.into_iter().partition(|cluster| cluster.len() >= TAKES_IN);
    let homes = homes(&stories);
    let near = neighbours(edges);
    let mut rest = Vec::new();
    let mut joining = Vec::new();
    for cluster in small {
        match nearest(&cluster, &near, &homes) {
            Some(story) if !forbidden(&cluster, &stories[story], constraints) => {
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

fn forbidden(cluster: &[usize], story: &[usize], constraints: &Constraints) -> bool {
    constraints.apart.iter().any(|(a, b)| {
        cluster.contains(a) && story.contains(b) || cluster.contains(b) && story.contains(a)
    })
}

/// What a reader put together is together, and what they put apart is apart, whatever cutting and
/// attaching did since.
pub(super) fn obey(mut clusters: Vec<Vec<usize>>, constraints: &Constraints) -> Vec<Vec<usize>> {
    let home = |clusters: &[Vec<usize>], i: usize| clusters.iter().position(|c| c.contains(&i));
    for &(a, b) in &constraints.same {
        if let (Some(x), Some(y)) = (home(&clusters, a), home(&clusters, b))
            && x != y
            && !forbidden(&clusters[x], &clusters[y], constraints)
        {
            let moved = std::mem::take(&mut clusters[x.max(y)]);
            clusters[x.min(y)].extend(moved);
        }
    }
    for &(a, b) in &constraints.apart {
        if let Some(x) = home(&clusters, a)
            && clusters[x].contains(&b)
        {
            clusters[x].retain(|&i| i != b);
            clusters.push(vec![b]);
        }
    }
    clusters.retain(|cluster| !cluster.is_empty());
    clusters.iter_mut().for_each(|cluster| cluster.sort_unstable());
    clusters.sort_unstable();
    clusters
}
