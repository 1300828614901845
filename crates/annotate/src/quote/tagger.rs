//! From columns to labels: two random fields, the second of which sees what the first thinks.
//!
//! Stacking after Cohen and Carvalho, *Stacked Sequential Learning* (2005): the first model's
//! marginals on held-out folds teach the second where cues are, and so which branches of the parse
//! to look at.

use std::ops::Range;

use super::columns::{Columns, Links};
use super::crf::{Crf, Lattice, Row};
use super::features::{Opinion, Scene, extract};
use super::label::{LABELS, role};

/// The two models.
#[derive(Clone, Debug)]
pub struct Tagger {
    first: Crf,
    second: Crf,
}

const FIRST: &[u8] = include_bytes!("../../models/quote-first.bin");
const SECOND: &[u8] = include_bytes!("../../models/quote-second.bin");

impl Tagger {
    /// The models that ship: see `models/README.md`.
    #[must_use]
    pub fn load() -> Self {
        Self::read(FIRST, SECOND)
    }

    /// Other models than those that ship, as `xtask train-quotes` writes them.
    #[must_use]
    pub fn read(first: &[u8], second: &[u8]) -> Self {
        Self { first: Crf::read(first), second: Crf::read(second) }
    }

    /// The label of every token in `sequences`; outside for all others. Linear.
    #[must_use]
    pub fn label(&self, columns: &Columns, sequences: &[Range<usize>]) -> Vec<u8> {
        let links = Links::new(columns);
        let scene = Scene { columns, links: &links, opinion: None, without: 0 };
        let mut rows = vec![[0.0; LABELS]; columns.len()];
        let mut labels = vec![0; columns.len()];
        for range in sequences {
            let lattice = lattice(&self.first, scene, range.clone());
            if self.second.is_empty() {
                labels[range.clone()].copy_from_slice(&self.first.decode(&lattice));
                continue;
            }
            rows[range.clone()].copy_from_slice(&self.first.marginals(&lattice));
        }
        if self.second.is_empty() {
            return labels;
        }
        let opinion = opinion(&rows);
        let columns = with_opinion(columns, &opinion);
        let links = Links::new(&columns);
        let scene = Scene { columns: &columns, links: &links, opinion: Some(&opinion), without: 0 };
        for range in sequences {
            let lattice = lattice(&self.second, scene, range.clone());
            labels[range.clone()].copy_from_slice(&self.second.decode(&lattice));
        }
        labels
    }
}

fn lattice(model: &Crf, scene: Scene<'_>, range: Range<usize>) -> Lattice {
    let mut features = Vec::with_capacity(256);
    let emissions = range
        .clone()
        .map(|at| {
            features.clear();
            extract(scene, range.clone(), at, &mut features);
            model.emission(&features)
        })
        .collect();
    Lattice { emissions, classes: classes(scene.columns, range) }
}

/// The transition class of each token: its state towards marks, and whether it starts a sentence.
#[must_use]
pub fn classes(columns: &Columns, range: Range<usize>) -> Vec<u8> {
    range.map(|i| columns.quoted[i] % 4 + 4 * u8::from(columns.sentence[i] as usize == i)).collect()
}

/// Marginals in steps.
#[must_use]
pub fn opinion(marginals: &[Row]) -> Opinion {
    let mut opinion = Opinion::default();
    for row in marginals {
        let mut sums = [0.0_f32; 3];
        let mut best = 0;
        for (label, &mass) in row.iter().enumerate() {
            if let Some(role) = role(label) {
                sums[role as usize] += mass;
            }
            if mass > row[best] {
                best = label;
            }
        }
        opinion.roles.push(sums.map(step));
        opinion.label.push(best as u8);
    }
    opinion
}

/// A probability in six steps, finer towards the middle of what occurs.
fn step(probability: f32) -> u8 {
    [0.03, 0.15, 0.4, 0.7, 0.93].iter().map(|&bound| u8::from(probability >= bound)).sum()
}

/// The columns with cue levels after the first model instead of the lexicon.
#[must_use]
pub fn with_opinion(columns: &Columns, opinion: &Opinion) -> Columns {
    let mut columns = columns.clone();
    columns.level = opinion
        .roles
        .iter()
        .map(|[_, _, cue]| match cue {
            0 => 0,
            1 => 1,
            2 => 2,
            _ => 3,
        })
        .collect();
    columns
}
