//! How well two wordings of one statement are told from two statements.
//!
//! On the Microsoft Research Paraphrase Corpus (Dolan and Brockett 2005): accuracy and the F1 of
//! “paraphrase”, as the corpus's literature gives them. The decision is trained on its training
//! pairs, so the validation pairs are scored.

use std::path::Path;

use crate::corpus::{digest, read};
use crate::error::{Error, Kind};
use crate::{Counts, Metric, Scores, percent};

const PAIRS: &str = "msr-para-val.tsv";

/// Two sentences and whether people call them paraphrases.
struct Pair {
    same: bool,
    a: String,
    b: String,
}

/// Scores the decision on `msr-para-val.tsv` of `dir`; “always yes” stands beside it.
///
/// # Errors
/// When the file is not there or has no pairs.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let path = dir.join(PAIRS);
    let pairs: Vec<Pair> = read(&path)?.lines().skip(1).filter_map(pair).collect();
    if pairs.is_empty() {
        let found = "no line of five fields: Quality, two ids, two sentences".to_owned();
        return Err(Kind::Shape { path, found }.into());
    }
    let decide = |pair: &Pair| stemma_engine::closeness(&pair.a, &pair.b).same();
    let mut metrics = metrics("", &pairs, decide);
    metrics.extend(self::metrics("always yes ", &pairs, |_| true));
    Ok(Scores { suite: "paraphrase", corpus: digest(dir)?, documents: pairs.len(), metrics })
}

fn pair(line: &str) -> Option<Pair> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [quality, _, _, a, b, ..] = fields[..] else { return None };
    Some(Pair { same: quality == "1", a: a.to_owned(), b: b.to_owned() })
}

fn metrics(name: &str, pairs: &[Pair], decide: impl Fn(&Pair) -> bool) -> Vec<Metric> {
    let mut counts = Counts::default();
    let mut right = 0;
    for pair in pairs {
        let said = decide(pair);
        counts += Counts {
            hits: usize::from(said && pair.same),
            predicted: usize::from(said),
            gold: usize::from(pair.same),
        };
        right += usize::from(said == pair.same);
    }
    vec![
        Metric::new(format!("{name}F1"), counts.f1()),
        Metric::new(format!("{name}accuracy"), percent(right, pairs.len())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_counts_once_and_short_lines_not_at_all() {
        let lines =
            ["1\t7\t8\tHe resigned.\tHe quit.", "0\t7\t9\tHe resigned.\tIt rained.", "1\t7"];
        let pairs: Vec<Pair> = lines.iter().filter_map(|line| pair(line)).collect();
        let metrics = metrics("always yes ", &pairs, |_| true);
        assert_eq!(metrics[0].name, "always yes F1");
        assert!((metrics[0].value - 200.0 / 3.0).abs() < 1e-9);
        assert!((metrics[1].value - 50.0).abs() < 1e-9);
    }
}
