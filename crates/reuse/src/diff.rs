//! Which words of two sequences stand for each other, from end to end.

use std::ops::Range;

/// Cells of the largest table: stretches without a word that stands once in each are aligned only
/// up to it. Two texts of a thousand words fit.
const CELLS: usize = 1 << 20;

/// Pairs of equal items of `a` and `b`, ascending in both.
///
/// Items that stand once in each anchor the alignment where they keep their order (patience
/// diff, Bram Cohen); between anchors, the pairs of greatest weight in common order are taken
/// (Needleman and Wunsch 1970). Time O(n log n) and at most `CELLS` for each stretch.
pub(crate) fn pairs(a: &[u32], b: &[u32], weight: impl Fn(u32) -> u32) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let (mut done_a, mut done_b) = (0, 0);
    for (i, j) in anchors(a, b).into_iter().chain([(a.len(), b.len())]) {
        stretch(a, b, done_a..i, done_b..j, &weight, &mut found);
        if i < a.len() {
            found.push((i, j));
        }
        (done_a, done_b) = (i + 1, j + 1);
    }
    found
}

/// Items that stand once in each, in their longest common order.
fn anchors(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let (in_a, in_b) = (once(a), once(b));
    let mut rest = &in_b[..];
    let mut both: Vec<(usize, usize)> = Vec::new();
    for &(item, i) in &in_a {
        rest = &rest[rest.iter().take_while(|(other, _)| *other < item).count()..];
        if let Some(&(_, j)) = rest.first().filter(|(other, _)| *other == item) {
            both.push((i, j));
        }
    }
    both.sort_unstable();
    increasing(&both)
}

/// The items that stand once, with their places; sorted.
fn once(items: &[u32]) -> Vec<(u32, usize)> {
    let mut placed: Vec<(u32, usize)> = items.iter().copied().zip(0..).collect();
    placed.sort_unstable();
    let single = placed.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() == 1);
    single.map(|same| same[0]).collect()
}

/// The longest subsequence that ascends in its second parts too (Fredman 1975).
fn increasing(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (i, pair) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].1 < pair.1);
        before.push(pile.checked_sub(1).map(|pile| tops[pile]));
        if pile == tops.len() {
            tops.push(i);
        } else {
            tops[pile] = i;
        }
    }
    let mut chain: Vec<(usize, usize)> =
        std::iter::successors(tops.last().copied(), |&i| before[i]).map(|i| pairs[i]).collect();
    chain.reverse();
    chain
}

/// The pairs between two anchors.
fn stretch(
    a: &[u32],
    b: &[u32],
    mut in_a: Range<usize>,
    mut in_b: Range<usize>,
    weight: &impl Fn(u32) -> u32,
    found: &mut Vec<(usize, usize)>,
) {
    while !in_a.is_empty() && !in_b.is_empty() && a[in_a.start] == b[in_b.start] {
        found.push((in_a.start, in_b.start));
        (in_a.start, in_b.start) = (in_a.start + 1, in_b.start + 1);
    }
    let mut tail = Vec::new();
    while !in_a.is_empty() && !in_b.is_empty() && a[in_a.end - 1] == b[in_b.end - 1] {
        (in_a.end, in_b.end) = (in_a.end - 1, in_b.end - 1);
        tail.push((in_a.end, in_b.end));
    }
    if !in_a.is_empty() && !in_b.is_empty() && in_a.len() * in_b.len() <= CELLS {
        heaviest(&a[in_a.clone()], &b[in_b.clone()], weight, |i, j| {
            found.push((in_a.start + i, in_b.start + j));
        });
    }
    found.extend(tail.into_iter().rev());
}

/// The common subsequence of greatest weight, in order.
fn heaviest(a: &[u32], b: &[u32], weight: impl Fn(u32) -> u32, mut pair: impl FnMut(usize, usize)) {
    let row = b.len() + 1;
    let mut best = vec![0_u32; (a.len() + 1) * row];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            let apart = best[(i + 1) * row + j].max(best[i * row + j + 1]);
            best[i * row + j] = if a[i] == b[j] {
                apart.max(best[(i + 1) * row + j + 1] + weight(a[i]))
            } else {
                apart
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        let here = best[i * row + j];
        if a[i] == b[j] && here == best[(i + 1) * row + j + 1] + weight(a[i]) {
            pair(i, j);
            (i, j) = (i + 1, j + 1);
        } else if here == best[(i + 1) * row + j] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn pairs_ascend_and_are_equal(
            a in prop::collection::vec(0..12_u32, 0..50),
            b in prop::collection::vec(0..12_u32, 0..50),
        ) {
            let found = pairs(&a, &b, |_| 1);
            prop_assert!(found.iter().all(|&(i, j)| a[i] == b[j]));
            prop_assert!(found.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            let whole: Vec<(usize, usize)> = (0..a.len()).map(|i| (i, i)).collect();
            prop_assert_eq!(pairs(&a, &a, |_| 1), whole);
        }
    }
}
