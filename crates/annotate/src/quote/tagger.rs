//! From columns to labels, sequence by sequence.
//!
//! The sequence model proposes fragments; trees that see each as a whole say how likely it is; the
//! decoder tells those that are worth it.

use std::ops::Range;

use super::bytes::count;
use super::candidate::Masses;
use super::columns::{Columns, Links};
use super::crf::Crf;
use super::decode::{WORTH, decode};
use super::dense::{View, slots};
use super::features::{Scene, extract};
use super::forest::Forest;
use super::lattice::{Lattice, Row};
use super::segment::{Proposals, Sequence};

/// The trained model.
#[derive(Clone, Debug)]
pub struct Tagger {
    model: Crf,
    /// The first judges what the sequence model proposes, each later one again, knowing what the
    /// one before said of all.
    forests: Vec<Forest>,
    without: u32,
}

const SHIPPED: &[u8] = include_bytes!("../../models/quotes.bin");

impl Tagger {
    /// The model that ships: see `models/README.md`.
    #[must_use]
    pub fn load() -> Self {
        Self::read(SHIPPED)
    }

    /// Another model than the one that ships, as `xtask train-quotes` writes it: a field
    /// ([`Crf::write`]), how many forests there are, and those ([`Forest::write`]).
    ///
    /// # Panics
    /// When the bytes are not a model: the shipped one is tested.
    #[must_use]
    pub fn read(mut bytes: &[u8]) -> Self {
        let model = Crf::read(&mut bytes);
        let forests = (0..count(&mut bytes)).map(|_| Forest::read(&mut bytes)).collect();
        Self { model, forests, without: 0 }
    }

    /// The same without some families of features: a set of bits by the family's number.
    #[must_use]
    pub fn without(self, families: u32) -> Self {
        Self { without: families, ..self }
    }

    /// The same with another judge after those it has.
    #[must_use]
    pub fn judged_by(mut self, forest: Forest) -> Self {
        self.forests.push(forest);
        self
    }

    /// The label of every token in `sequences`; outside for all others. Linear, as sequences are
    /// bounded.
    #[must_use]
    pub fn label(&self, columns: &Columns, sequences: &[Range<usize>]) -> Vec<u8> {
        let links = Links::new(columns);
        let mut labels = vec![0; columns.len()];
        for range in sequences {
            let proposals = self.propose(Sequence { columns, links: &links, range });
            let sentences = &columns.sentence[range.clone()];
            let found = decode(&proposals.candidates, &proposals.masses, sentences, &WORTH);
            labels[range.clone()].copy_from_slice(&found);
        }
        labels
    }

    /// What is proposed for one sequence, as likely as the last judge finds it.
    #[must_use]
    pub fn propose(&self, sequence: Sequence<'_>) -> Proposals {
        let Sequence { columns, links, range } = sequence;
        let scene = Scene { columns, links, without: self.without };
        let posterior = self.model.posterior(lattice(&self.model, scene, range));
        let candidates = self.model.candidates(&posterior);
        let mut proposals = Proposals::new(sequence, candidates, Masses::new(&posterior));
        for (round, forest) in self.forests.iter().enumerate() {
            if round > 0 {
                proposals.look_again(sequence);
            }
            proposals.judge(forest);
        }
        proposals
    }

    /// Whether anything judges what the sequence model proposes.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        !self.forests.is_empty()
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
