//! Features of whole corpora, as rows of numbers.

use std::ops::Range;

use stemma_annotate::quote::clusters::Clusters;
use stemma_annotate::quote::columns::{Links, NONE, WIDTH, mix};
use stemma_annotate::quote::dense::{SLOTS, View, slots};
use stemma_annotate::quote::features::{Scene, extract};
use stemma_annotate::quote::lexicon::CueLexicon;

use super::data::Article;

/// What feature extraction needs beside the article.
pub struct Resources {
    pub cues: CueLexicon,
    pub clusters: Clusters,
}

/// The features of many tokens, row after row.
#[derive(Default)]
pub struct Table {
    pub features: Vec<u32>,
    pub ends: Vec<usize>,
}

impl Table {
    pub fn row(&self, i: usize) -> &[u32] {
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.features[start..self.ends[i]]
    }
}

/// The features of every token of `articles`, sequence by sequence.
pub fn table(articles: &[&Article], without: u32) -> Table {
    let mut table = Table::default();
    for article in articles {
        let links = Links::new(&article.columns);
        let scene = Scene { columns: &article.columns, links: &links, without };
        for range in &article.sequences {
            for at in range.clone() {
                extract(scene, range.clone(), at, &mut table.features);
                table.ends.push(table.features.len());
            }
        }
    }
    table
}

/// Which vectors the network sees for every token of every sequence.
pub struct Views {
    /// The vectors of all tokens of all articles.
    vectors: Vec<f32>,
    slots: Vec<[u32; SLOTS]>,
}

impl Views {
    pub fn new(articles: &[&Article]) -> Self {
        let mut views = Self { vectors: Vec::new(), slots: Vec::new() };
        for article in articles {
            let before = (views.vectors.len() / WIDTH) as u32;
            let links = Links::new(&article.columns);
            for range in &article.sequences {
                views.slots.extend(range.clone().map(|at| {
                    slots(&article.columns, &links, range, at)
                        .map(|token| if token == NONE { NONE } else { before + token })
                }));
            }
            views.vectors.extend_from_slice(&article.columns.vectors);
        }
        views
    }

    /// The view of some tokens that follow each other in a sequence.
    pub fn of(&self, range: Range<usize>) -> View {
        View::new(&self.vectors, &self.slots[range])
    }
}

/// Numbers the features that occur `least` times or more, in order of their hashes.
pub struct Dictionary {
    pub keys: Vec<u32>,
    buckets: Vec<u32>,
}

impl Dictionary {
    pub fn new(table: &Table, least: usize) -> Self {
        let mut all = table.features.clone();
        all.sort_unstable();
        let keys: Vec<u32> = all
            .chunk_by(|a, b| a == b)
            .filter(|run| run.len() >= least && run[0] != 0)
            .map(|run| run[0])
            .collect();
        Self::of(keys)
    }

    pub fn of(keys: Vec<u32>) -> Self {
        let size = (keys.len() * 2).next_power_of_two();
        let mut dictionary = Self { keys, buckets: vec![u32::MAX; size] };
        for i in 0..dictionary.keys.len() {
            let at = dictionary.bucket(dictionary.keys[i]);
            dictionary.buckets[at] = i as u32;
        }
        dictionary
    }

    fn bucket(&self, key: u32) -> usize {
        let mask = self.buckets.len() - 1;
        let mut at = mix(key, 1) as usize & mask;
        while self.buckets[at] != u32::MAX && self.keys[self.buckets[at] as usize] != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// The table with hashes replaced by numbers, unknown ones left out.
    pub fn number(&self, table: &Table) -> Table {
        let mut numbered = Table::default();
        for i in 0..table.ends.len() {
            let known = table.row(i).iter().map(|&key| self.buckets[self.bucket(key)]);
            numbered.features.extend(known.filter(|&number| number != u32::MAX));
            numbered.ends.push(numbered.features.len());
        }
        numbered
    }
}
