//! Growing boosted trees: Newton steps on the logistic loss over histograms, each tree grown leaf
//! by leaf where it gains most (Friedman 2001; Ke et al., *LightGBM*, 2017).
//!
//! One thread and sums in the order of rows: the same rows give the same bytes.

use stemma_annotate::quote::forest::{Forest, Node, Test, Traits};

use super::histogram::{Column, Histogram, Split, Sum};
use super::sgd::Random;

/// How trees grow.
#[derive(Clone, Copy, Debug)]
pub struct Growth {
    pub trees: usize,
    pub leaves: usize,
    /// What share of its step a tree takes.
    pub rate: f64,
    /// Share of the rows that a tree is grown on, in 256ths.
    pub rows: u32,
    /// Share of the columns that a tree may ask about, in 256ths.
    pub columns: u32,
}

/// A leaf that may still be split.
struct Bud {
    rows: Vec<u32>,
    sum: Sum,
    histogram: Histogram,
    split: Option<Split>,
    /// Its place in the tree.
    at: usize,
}

/// A tree in the order in which it grew.
enum Branch {
    Leaf(f32),
    Fork(Test, [usize; 2]),
}

/// A forest that tells the rows that hit from the others.
pub fn grow(rows: &[&Traits], hits: &[bool], growth: Growth, seed: u64) -> Forest {
    let columns = Column::all(rows);
    let mut random = Random(seed);
    let share = hits.iter().filter(|hit| **hit).count() as f64 / hits.len().max(1) as f64;
    let share = share.clamp(1e-6, 1.0 - 1e-6);
    let start = (share / (1.0 - share)).ln();
    let mut forest = Forest { start: start as f32, ..Forest::default() };
    let mut scores = vec![start as f32; rows.len()];
    for _ in 0..growth.trees {
        let slopes: Vec<Sum> = scores.iter().zip(hits).map(|(&s, &hit)| slope(s, hit)).collect();
        let tree = plant(&columns, &slopes, growth, &mut random);
        let root = forest.nodes.len() as u32;
        flatten(&tree, 0, &mut forest.nodes);
        forest.trees.push(root);
        scores.iter_mut().zip(rows).for_each(|(score, row)| *score += forest.score(root, row));
    }
    forest
}

/// The first and second derivative of the loss of one row.
fn slope(score: f32, hit: bool) -> Sum {
    let probability = 1.0 / (1.0 + (-f64::from(score)).exp());
    let gradient = probability - f64::from(u8::from(hit));
    Sum { gradient, curvature: probability * (1.0 - probability), rows: 1 }
}

fn plant(columns: &[Column], slopes: &[Sum], growth: Growth, random: &mut Random) -> Vec<Branch> {
    let asked: Vec<&Column> = columns.iter().filter(|_| random.byte() < growth.columns).collect();
    let rows: Vec<u32> = (0..slopes.len() as u32).filter(|_| random.byte() < growth.rows).collect();
    let mut tree = vec![Branch::Leaf(0.0)];
    let histogram = Histogram::of(&asked, &rows, slopes);
    let mut buds = vec![bud(&asked, rows, slopes, histogram, 0)];
    while buds.len() < growth.leaves {
        let gain = |bud: &Bud| bud.split.as_ref().map_or(0.0, |split| split.gain);
        let best = (0..buds.len()).max_by(|&a, &b| gain(&buds[a]).total_cmp(&gain(&buds[b])));
        let Some(at) = best.filter(|&at| buds[at].split.is_some()) else { break };
        let parent = buds.swap_remove(at);
        let place = parent.at;
        let children = fork(&asked, slopes, parent, &mut tree);
        let Some((test, children)) = children else { continue };
        tree[place] = Branch::Fork(test, children.each_ref().map(|bud| bud.at));
        buds.extend(children);
    }
    for bud in &buds {
        tree[bud.at] = Branch::Leaf((growth.rate * bud.sum.step()) as f32);
    }
    tree
}

/// Splits a bud; the histogram of the larger child is what the smaller one's leaves.
fn fork(
    asked: &[&Column],
    slopes: &[Sum],
    parent: Bud,
    tree: &mut Vec<Branch>,
) -> Option<(Test, [Bud; 2])> {
    let split = parent.split?;
    let column = asked[split.column];
    let (left, right): (Vec<u32>, Vec<u32>) =
        parent.rows.iter().partition(|&&row| split.holds(column.bins[row as usize]));
    let smaller = if left.len() < right.len() { &left } else { &right };
    let small = Histogram::of(asked, smaller, slopes);
    let large = parent.histogram.without(&small);
    let (of_left, of_right) =
        if left.len() < right.len() { (small, large) } else { (large, small) };
    let at = tree.len();
    tree.extend([Branch::Leaf(0.0), Branch::Leaf(0.0)]);
    let left = bud(asked, left, slopes, of_left, at);
    let right = bud(asked, right, slopes, of_right, at + 1);
    Some((column.test(&split), [left, right]))
}

fn bud(asked: &[&Column], rows: Vec<u32>, slopes: &[Sum], histogram: Histogram, at: usize) -> Bud {
    let sum = rows.iter().map(|&row| slopes[row as usize]).sum();
    let split = histogram.split(asked, sum);
    Bud { rows, sum, histogram, split, at }
}

/// Appends a tree in the order in which a forest keeps it.
fn flatten(tree: &[Branch], at: usize, nodes: &mut Vec<Node>) {
    match tree[at] {
        Branch::Leaf(score) => nodes.push(Node::Leaf(score)),
        Branch::Fork(test, [passed, failed]) => {
            let place = nodes.len();
            nodes.push(Node::Branch(test, 0));
            flatten(tree, passed, nodes);
            nodes[place] = Node::Branch(test, nodes.len() as u32);
            flatten(tree, failed, nodes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows whose hits follow no single trait: a number and a class that must agree.
    fn rows(count: usize) -> (Vec<Traits>, Vec<bool>) {
        let row = |i: usize| {
            let (number, class) = ((i * 37 % 100) as f32, (i * 53 % 8) as u8);
            let hit = (number < 40.0) == matches!(class, 1 | 4 | 6);
            (Traits { numbers: vec![number, 1.0], classes: vec![class] }, hit)
        };
        (0..count).map(row).unzip()
    }

    const GROWTH: Growth = Growth { trees: 60, leaves: 8, rate: 0.3, rows: 200, columns: 256 };

    #[test]
    fn trees_learn_what_hangs_together() {
        let (rows, hits) = rows(8_000);
        let all: Vec<&Traits> = rows.iter().collect();
        let forest = grow(&all, &hits, GROWTH, 7);
        let found = forest.probabilities(&rows);
        let right = found.iter().zip(&hits).filter(|(p, hit)| (**p > 0.5) == **hit).count();
        assert!(right * 100 >= rows.len() * 97, "{right} of {}", rows.len());
        assert_eq!(grow(&all, &hits, GROWTH, 7), forest);
    }

    #[test]
    fn nothing_to_tell_apart_gives_the_share() {
        let row = Traits { numbers: vec![1.0], classes: vec![0] };
        let hits: Vec<bool> = (0..1_000).map(|i| i % 4 == 0).collect();
        let forest = grow(&vec![&row; 1_000], &hits, GROWTH, 7);
        assert!((forest.probabilities(&[row])[0] - 0.25).abs() < 0.02);
        assert!(grow(&[], &[], GROWTH, 7).trees.len() <= GROWTH.trees);
    }
}
