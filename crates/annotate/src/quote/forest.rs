//! Gradient-boosted decision trees (Friedman, *Greedy function approximation*, 2001): inference.
//!
//! A tree asks of a row whether a number is at most a threshold, or whether a class is in a set,
//! and ends in a score; the scores of all trees add up to log-odds. Training is in `xtask`.

use super::bytes::{byte, count, float, take};

/// What a tree asks of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Test {
    /// Whether the number in a column is at most this.
    AtMost(u8, f32),
    /// Whether the class in a column, below 64, is in this set of bits.
    In(u8, u64),
}

/// One node of a tree, in the order in which they are written: a test, all nodes for rows that
/// pass it, all for the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// A test, and where the rows that fail it go on.
    Branch(Test, u32),
    /// The score of the rows that end here.
    Leaf(f32),
}

/// What a forest looks at: numbers, and classes below 64.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Traits {
    /// Any numbers.
    pub numbers: Vec<f32>,
    /// Small numbers whose order means nothing.
    pub classes: Vec<u8>,
}

impl Test {
    /// Whether a row passes.
    #[must_use]
    pub fn passes(self, traits: &Traits) -> bool {
        match self {
            Self::AtMost(column, most) => traits.numbers[usize::from(column)] <= most,
            Self::In(column, set) => set >> traits.classes[usize::from(column)] & 1 == 1,
        }
    }
}

/// Trained trees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// The log-odds before any tree.
    pub start: f32,
    /// The nodes of all trees.
    pub nodes: Vec<Node>,
    /// Where each tree begins.
    pub trees: Vec<u32>,
}

impl Forest {
    /// How likely what each row describes is. Linear in rows times trees, times their depth. Tree by
    /// tree, so that one is at hand for all rows.
    #[must_use]
    pub fn probabilities(&self, rows: &[Traits]) -> Vec<f32> {
        let mut sums = vec![self.start; rows.len()];
        for &root in &self.trees {
            sums.iter_mut().zip(rows).for_each(|(sum, row)| *sum += self.score(root, row));
        }
        sums.into_iter().map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
    }

    /// What the tree with this root says of a row.
    #[must_use]
    pub fn score(&self, root: u32, traits: &Traits) -> f32 {
        let mut at = root as usize;
        loop {
            match self.nodes[at] {
                Node::Leaf(score) => return score,
                Node::Branch(test, _) if test.passes(traits) => at += 1,
                Node::Branch(_, other) => at = other as usize,
            }
        }
    }

    /// Appends the bytes that [`Forest::read`] reads.
    pub fn write(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.start.to_le_bytes());
        bytes.extend((self.nodes.len() as u32).to_le_bytes());
        for node in &self.nodes {
            match *node {
                Node::Leaf(score) => {
                    bytes.push(LEAF);
                    bytes.extend(score.to_le_bytes());
                }
                Node::Branch(Test::AtMost(column, most), other) => {
                    bytes.extend([AT_MOST, column]);
                    bytes.extend(other.to_le_bytes());
                    bytes.extend(most.to_le_bytes());
                }
                Node::Branch(Test::In(column, set), other) => {
                    bytes.extend([IN, column]);
                    bytes.extend(other.to_le_bytes());
                    bytes.extend(set.to_le_bytes());
                }
            }
        }
        bytes.extend((self.trees.len() as u32).to_le_bytes());
        self.trees.iter().for_each(|root| bytes.extend(root.to_le_bytes()));
    }

    /// The forest at the front of `bytes`; takes it off.
    ///
    /// # Panics
    /// When the bytes are not a forest: the shipped one is tested.
    #[must_use]
    pub fn read(bytes: &mut &[u8]) -> Self {
        let start = float(bytes);
        let nodes = (0..count(bytes)).map(|_| node(bytes)).collect();
        let trees = (0..count(bytes)).map(|_| count(bytes)).collect();
        Self { start, nodes, trees }
    }
}

const LEAF: u8 = 0;
const AT_MOST: u8 = 1;
const IN: u8 = 2;

fn node(bytes: &mut &[u8]) -> Node {
    let kind = byte(bytes);
    if kind == LEAF {
        return Node::Leaf(float(bytes));
    }
    let (column, other) = (byte(bytes), count(bytes));
    let test = if kind == AT_MOST {
        Test::AtMost(column, float(bytes))
    } else {
        Test::In(column, u64::from_le_bytes(take(bytes)))
    };
    Node::Branch(test, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forest_comes_back_and_adds_up_its_trees() {
        let nodes = vec![
            Node::Branch(Test::AtMost(0, 1.5), 2),
            Node::Leaf(2.0),
            Node::Branch(Test::In(0, 0b101), 4),
            Node::Leaf(-1.0),
            Node::Leaf(-3.0),
            Node::Leaf(0.25),
        ];
        let forest = Forest { start: 0.5, nodes, trees: vec![0, 5] };
        let mut bytes = Vec::new();
        forest.write(&mut bytes);
        bytes.push(7);
        let mut rest = bytes.as_slice();
        assert_eq!(Forest::read(&mut rest), forest);
        assert_eq!(rest, [7]);
        let row = |number, class| Traits { numbers: vec![number], classes: vec![class] };
        let found = forest.probabilities(&[row(1.5, 9), row(1.6, 2), row(9.0, 1)]);
        let expected = [2.75_f32, -0.25, -2.25].map(|sum| 1.0 / (1.0 + (-sum).exp()));
        assert_eq!(found, expected);
        assert_eq!(Forest::default().probabilities(&[row(0.0, 0)]), [0.5]);
    }
}
