//! The score of article extraction, as the benchmark of that name computes it.
//!
//! Pages with hand-made bodies lie in a folder as `ground-truth.json` (`{key: {articleBody}}`)
//! and `html/KEY.html.gz`. Both bodies are cut into words (`\w+`), those into runs of four; true
//! and false positives and false negatives are shares of each page's runs, precision and recall
//! are means over the pages, and F1 is their harmonic mean.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use flate2::read::GzDecoder;
use regex::Regex;
use serde_json::Value;

use crate::html;

/// The scores over a folder of pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// How many pages.
    pub pages: usize,
    /// Mean precision over the pages, from 0 to 1.
    pub precision: f64,
    /// Mean recall over the pages, from 0 to 1.
    pub recall: f64,
    /// The harmonic mean of the two.
    pub f1: f64,
    /// Each page's key, precision and recall, by key.
    pub by_page: Vec<(String, f64, f64)>,
}

/// Extracts every page of the benchmark in `folder` and scores the result.
///
/// # Errors
/// If the ground truth or a page cannot be read.
pub fn score(folder: &Path) -> io::Result<Scores> {
    score_with(folder, |page| html::extract(page, None).text)
}

/// Scores another extractor in the same way: `extract` takes a page's bytes and gives its body.
///
/// # Errors
/// If the ground truth or a page cannot be read.
pub fn score_with(folder: &Path, extract: impl Fn(&[u8]) -> String) -> io::Result<Scores> {
    let truth: BTreeMap<String, Value> =
        serde_json::from_slice(&fs::read(folder.join("ground-truth.json"))?)?;
    let mut by_page = Vec::new();
    for (key, truth) in truth {
        let mut page = Vec::new();
        let path = folder.join("html").join(format!("{key}.html.gz"));
        GzDecoder::new(File::open(path)?).read_to_end(&mut page)?;
        let body = truth.get("articleBody").and_then(Value::as_str).unwrap_or_default();
        let (precision, recall) = compare(body, &extract(&page));
        by_page.push((key, precision, recall));
    }
    Ok(summarise(by_page))
}

fn summarise(by_page: Vec<(String, f64, f64)>) -> Scores {
    let pages = by_page.len();
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / pages.max(1) as f64;
    let precision = mean(&mut by_page.iter().map(|page| page.1));
    let recall = mean(&mut by_page.iter().map(|page| page.2));
    let sum = precision + recall;
    let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
    Scores { pages, precision, recall, f1, by_page }
}

/// Precision and recall of `found` against `truth`. Two empty bodies agree wholly.
fn compare(truth: &str, found: &str) -> (f64, f64) {
    let word = Regex::new(r"\w+").expect("a valid pattern");
    let (truth, found) = (shingles(&word, truth), shingles(&word, found));
    let common: usize =
        truth.iter().map(|(run, &count)| count.min(found.get(run).copied().unwrap_or(0))).sum();
    let total = |runs: &HashMap<Vec<&str>, usize>| runs.values().sum::<usize>();
    let share = |of: usize, other: usize| match (of, other) {
        (0, 0) => 1.0,
        (0, _) => 0.0,
        (of, _) => common as f64 / of as f64,
    };
    (share(total(&found), total(&truth)), share(total(&truth), total(&found)))
}

/// The runs of four words in `text`, counted; a shorter text is one run.
fn shingles<'t>(word: &Regex, text: &'t str) -> HashMap<Vec<&'t str>, usize> {
    const RUN: usize = 4;
    let words: Vec<&str> = word.find_iter(text).map(|found| found.as_str()).collect();
    let mut runs = HashMap::new();
    if words.len() <= RUN {
        if !words.is_empty() {
            runs.insert(words, 1);
        }
        return runs;
    }
    for run in words.windows(RUN) {
        *runs.entry(run.to_vec()).or_insert(0) += 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_four_are_compared() {
        assert_eq!(compare("a b c d e", "a b c d e"), (1.0, 1.0));
        assert_eq!(compare("a b c d e", "x a b c d"), (0.5, 0.5));
        assert_eq!(compare("a b", "c"), (0.0, 0.0));
        assert_eq!(compare("", ""), (1.0, 1.0));
    }
}
