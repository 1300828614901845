//! How much of a page's article the HTML reader finds, and how little else.
//!
//! Follows the scorer of the [article extraction benchmark](https://github.com/scrapinghub/article-extraction-benchmark):
//! four-word shingles counted as a bag, each page weighted alike; precision and recall are means
//! over the pages where they are defined, F1 is of these means.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use crate::corpus::{digest, read};
use crate::error::{Error, Kind};
use crate::{Metric, Scores};

/// Words in a shingle.
const SHINGLE: usize = 4;

/// The corpus's `ground-truth.json`: for each page its text.
#[derive(Deserialize)]
struct Page {
    #[serde(rename = "articleBody", default)]
    body: String,
}

/// Scores the reader on the pages of `dir`, which holds `ground-truth.json` and `html/*.html.gz`.
///
/// # Errors
/// When the corpus is not there or not of that shape.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let path = dir.join("ground-truth.json");
    let shape =
        |error: serde_json::Error| Kind::Shape { path: path.clone(), found: error.to_string() };
    let pages: BTreeMap<String, Page> = serde_json::from_str(&read(&path)?).map_err(shape)?;
    let mut overlaps = Vec::with_capacity(pages.len());
    for (name, page) in &pages {
        let html = unpack(&dir.join("html").join(format!("{name}.html.gz")))?;
        overlaps.push(Overlap::of(&page.body, &stemma_engine::extract(&html, None).text));
    }
    Ok(Scores {
        suite: "article-extraction",
        corpus: digest(dir)?,
        documents: pages.len(),
        metrics: metrics(&overlaps),
    })
}

fn unpack(path: &Path) -> Result<Vec<u8>, Error> {
    let mut html = Vec::new();
    File::open(path)
        .and_then(|file| flate2::read::GzDecoder::new(file).read_to_end(&mut html))
        .map_err(|source| Kind::Read { path: path.to_owned(), source })?;
    Ok(html)
}

/// Shingles of one page: found rightly, found wrongly, missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Overlap {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Overlap {
    fn of(gold: &str, found: &str) -> Self {
        let mut balance: HashMap<Vec<&str>, (usize, usize)> = HashMap::new();
        for shingle in shingles(gold) {
            balance.entry(shingle).or_default().0 += 1;
        }
        for shingle in shingles(found) {
            balance.entry(shingle).or_default().1 += 1;
        }
        balance.into_values().fold(Self::default(), |sum, (gold, found)| Self {
            right: sum.right + gold.min(found),
            wrong: sum.wrong + found.saturating_sub(gold),
            missed: sum.missed + gold.saturating_sub(found),
        })
    }

    fn precision(self) -> Option<f64> {
        share(self.right, self.right + self.wrong)
    }

    fn recall(self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn metrics(overlaps: &[Overlap]) -> Vec<Metric> {
    let precision = mean(overlaps.iter().filter_map(|page| page.precision()));
    let recall = mean(overlaps.iter().filter_map(|page| page.recall()));
    let f1 = if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    };
    [("precision", precision), ("recall", recall), ("F1", f1)]
        .map(|(name, value)| Metric::new(name, 100.0 * value))
        .into()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// The runs of four words; a shorter text is one shingle, an empty one none.
fn shingles(text: &str) -> Vec<Vec<&str>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let words: Vec<&str> = text.split(|c| !is_word(c)).filter(|word| !word.is_empty()).collect();
    match words.len() {
        0 => Vec::new(),
        n if n < SHINGLE => vec![words],
        _ => words.windows(SHINGLE).map(<[&str]>::to_vec).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_are_counted_as_a_bag() {
        let overlap = Overlap::of("a b c d e", "x a b c d");
        assert_eq!(overlap, Overlap { right: 1, wrong: 1, missed: 1 });
        assert_eq!(Overlap::of("", "").precision(), None);
        assert_eq!(Overlap::of("a b", "a b").recall(), Some(1.0));
    }
}
