//! Which quotations are worth comparing.

use std::collections::BTreeMap;

use super::said::{QuotedText, Said};
use crate::gram::rolling;
use crate::stream::is_long;

/// Words in a run that makes two quotations candidates.
const RUN: usize = 4;

/// The rarest long words of a quotation that are looked up; two in common make candidates.
const RARE_WORDS: usize = 8;

/// Quotations that may have a run or rare word in common: what more of them have tells little, and
/// would make pairs grow quadratically.
const HOLDERS: usize = 64;

/// Parts in which runs are looked up, one after the other, so that their table never exists at once.
const SLICES: u64 = 16;

/// Pairs of quotations, by number, that share a run of words or two rare words; each pair once,
/// the smaller number first, sorted.
///
/// Who speaks is not known here: pairs of different speakers are for the caller to drop. Near
/// linear: each run and rare word gives at most `HOLDERS`² / 2 pairs.
#[must_use]
pub fn candidates(quotes: &[QuotedText<'_>]) -> Vec<(usize, usize)> {
    let said: Vec<Vec<u32>> = quotes.iter().map(|quote| Said::of(quote).prints).collect();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for slice in 0..SLICES {
        let in_slice = |key: &u64| key % SLICES == slice;
        let runs = said.iter().map(|prints| rolling(prints, RUN).filter(in_slice));
        pairs.append(&mut together(runs, 1));
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs.append(&mut together(rare_words(&said).into_iter(), 2));
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(i, j)| (i as usize, j as usize)).collect()
}

/// The rarest long words of each quotation that another has too.
fn rare_words(said: &[Vec<u32>]) -> Vec<Vec<u64>> {
    let mut holders: BTreeMap<u32, usize> = BTreeMap::new();
    for prints in said {
        for print in distinct(prints) {
            *holders.entry(print).or_default() += 1;
        }
    }
    said.iter()
        .map(|prints| {
            let mut words: Vec<(usize, u32)> = distinct(prints)
                .into_iter()
                .map(|print| (holders[&print], print))
                .filter(|&(count, _)| (2..=HOLDERS).contains(&count))
                .collect();
            words.sort_unstable();
            words.truncate(RARE_WORDS);
            words.into_iter().map(|(_, print)| u64::from(print)).collect()
        })
        .collect()
}

fn distinct(prints: &[u32]) -> Vec<u32> {
    let mut distinct: Vec<u32> = prints.iter().copied().filter(|&print| is_long(print)).collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

/// Pairs that have at least `least` keys in common, of those that not too many have.
///
/// # Panics
/// If there are 2^32 quotations or more.
fn together<K: IntoIterator<Item = u64>>(
    keys: impl Iterator<Item = K>,
    least: usize,
) -> Vec<(u32, u32)> {
    let number = |i: usize| u32::try_from(i).expect("fewer than 2^32 quotations");
    let mut postings: Vec<(u64, u32)> = keys
        .enumerate()
        .flat_map(|(i, keys)| keys.into_iter().map(move |key| (key, number(i))))
        .collect();
    postings.sort_unstable();
    postings.dedup();
    // By first quotation, so that pairs that have too little in common are never all held.
    let common: Vec<&[(u64, u32)]> = postings
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|holders| (2..=HOLDERS).contains(&holders.len()))
        .collect();
    let mut found = Vec::new();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for slice in 0..SLICES {
        for holders in &common {
            for (at, &(_, i)) in holders.iter().enumerate() {
                if u64::from(i) % SLICES == slice {
                    pairs.extend(holders[at + 1..].iter().map(|&(_, j)| (i, j)));
                }
            }
        }
        pairs.sort_unstable();
        let equal = pairs.chunk_by(|one, other| one == other);
        found.extend(equal.filter(|same| same.len() >= least).map(|same| same[0]));
        pairs.clear();
    }
    found
}
