//! From columns to labels, sequence by sequence.

use std::ops::Range;

use super::columns::{Columns, Links};
use super::crf::Crf;
use super::decode::WORTH;
use super::dense::{View, slots};
use super::features::{Scene, extract};
use super::lattice::{Lattice, Row};

/// The trained model.
#[derive(Clone, Debug)]
pub struct Tagger {
    model: Crf,
}

const SHIPPED: &[u8] = include_bytes!("../../models/quotes.bin");

impl Tagger {
    /// The model that ships: see `models/README.md`.
    #[must_use]
    pub fn load() -> Self {
        Self::read(SHIPPED)
    }

    /// Another model than the one that ships, as `xtask train-quotes` writes it.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        Self { model: Crf::read(bytes) }
    }

    /// The label of every token in `sequences`; outside for all others. Linear.
    #[must_use]
    pub fn label(&self, columns: &Columns, sequences: &[Range<usize>]) -> Vec<u8> {
        let links = Links::new(columns);
        let scene = Scene { columns, links: &links, without: 0 };
        let mut labels = vec![0; columns.len()];
        for range in sequences {
            let posterior = self.model.posterior(lattice(&self.model, scene, range));
            let sentences = &columns.sentence[range.clone()];
            let found = self.model.decode(&posterior, sentences, &WORTH);
            labels[range.clone()].copy_from_slice(&found);
        }
        labels
    }
}

fn lattice(model: &Crf, scene: Scene<'_>, range: &Range<usize>) -> Lattice {
    let mut features = Vec::with_capacity(256);
    let mut emissions: Vec<Row> = range
        .clone()
        .map(|at| {
            features.clear();
            extract(scene, range.clone(), at, &mut features);
            model.emission(&features)
        })
        .collect();
    let slots: Vec<_> =
        range.clone().map(|at| slots(scene.columns, scene.links, range, at)).collect();
    model.add_dense(&View::new(&scene.columns.vectors, &slots), &mut emissions);
    Lattice { emissions, classes: classes(scene.columns, range.clone()) }
}

/// The transition class of each token: its state towards marks, and whether it starts a sentence.
#[must_use]
pub fn classes(columns: &Columns, range: Range<usize>) -> Vec<u8> {
    range.map(|i| columns.quoted[i] % 4 + 4 * u8::from(columns.sentence[i] as usize == i)).collect()
}
