//! Which quotations are worth comparing.

use rayon::prelude::*;

use super::prints::Prints;
use super::said::QuotedText;
use crate::gram::rolling;
use crate::stream::is_long;

/// Words in a run that makes two quotations candidates.
const RUN: usize = 4;

/// The rarest long words of a quotation that are looked up; two in common make candidates.
const RARE_WORDS: usize = 8;

/// Quotations that may have a run or rare word in common: what more of them have tells little, and
/// would make pairs grow quadratically.
pub const HOLDERS: usize = 64;

/// Parts in which runs are looked up and pairs are held, one after the other, so that neither all
/// runs nor all pairs ever exist at once.
const SLICES: u64 = 16;

/// Pairs of quotations that are worth comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidates {
    /// The pairs, by number: each once, the smaller number first, sorted.
    pub pairs: Vec<(u32, u32)>,
    /// Runs of words that brought nothing together, because more than [`HOLDERS`] quotations have
    /// them: pairs that have nothing else in common were not compared.
    pub common_runs: usize,
}

/// Pairs of quotations of different documents that share a run of words or two rare words and may
/// relate. `same_speaker` tells for two numbers whether one person is said to speak.
///
/// Near linear: each run and rare word gives at most `HOLDERS`² / 2 pairs, and these are held
/// against each other by the fingerprints of their words, which are made once. Takes some 60 bytes
/// a quotation beside the fingerprints.
///
/// # Panics
/// If there are 2^32 quotations or more.
#[must_use]
pub fn candidates<'q>(
    count: usize,
    quote: impl Fn(usize) -> QuotedText<'q> + Sync,
    same_speaker: impl Fn(usize, usize) -> bool + Sync,
) -> Candidates {
    let prints = Prints::of(count, &quote);
    let (runs, common_runs) = runs(&prints);
    let words = rare_words(&prints);
    let may_relate = |&(i, j): &(u32, u32)| {
        let (i, j) = (i as usize, j as usize);
        let (a, b) = (quote(i), quote(j));
        a.document != b.document && prints.may_relate((i, &a), (j, &b), same_speaker(i, j))
    };
    let mut pairs = Vec::new();
    for slice in 0..SLICES {
        let mut found = runs.pairs(slice, 1);
        found.append(&mut words.pairs(slice, 2));
        found.par_sort_unstable();
        found.dedup();
        pairs.par_extend(found.into_par_iter().filter(may_relate));
    }
    pairs.par_sort_unstable();
    Candidates { pairs, common_runs }
}

/// Which quotations have each of many keys in common.
#[derive(Default)]
struct Shared {
    /// Quotations, key by key, ascending in each.
    holders: Vec<u32>,
    /// For each key, where its quotations end.
    ends: Vec<usize>,
}

impl Shared {
    /// Adds the keys that two quotations or more have, but not too many; says how many keys these
    /// were that too many have.
    fn add(&mut self, mut postings: Vec<(u64, u32)>) -> usize {
        postings.par_sort_unstable();
        postings.dedup();
        let mut common = 0;
        for same in postings.chunk_by(|one, other| one.0 == other.0).filter(|it| it.len() > 1) {
            if same.len() > HOLDERS {
                common += 1;
            } else {
                self.holders.extend(same.iter().map(|&(_, holder)| holder));
                self.ends.push(self.holders.len());
            }
        }
        common
    }

    /// The pairs with at least `least` keys in common whose first quotation is of the slice,
    /// each once.
    fn pairs(&self, slice: u64, least: usize) -> Vec<(u32, u32)> {
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        let mut start = 0;
        for &end in &self.ends {
            let holders = &self.holders[start..end];
            for (at, &i) in holders.iter().enumerate() {
                if u64::from(i) % SLICES == slice {
                    pairs.extend(holders[at + 1..].iter().map(|&j| (i, j)));
                }
            }
            start = end;
        }
        pairs.par_sort_unstable();
        let equal = pairs.chunk_by(|one, other| one == other);
        equal.filter(|same| same.len() >= least).map(|same| same[0]).collect()
    }
}

/// Who has each run of words, and how many runs too many have.
fn runs(prints: &Prints) -> (Shared, usize) {
    let (mut shared, mut common) = (Shared::default(), 0);
    for slice in 0..SLICES {
        let mut postings: Vec<(u64, u32)> = Vec::new();
        for at in 0..prints.len() {
            let runs = rolling(prints.get(at), RUN).filter(|key| key % SLICES == slice);
            postings.extend(runs.map(|key| (key, number(at))));
        }
        common += shared.add(postings);
    }
    (shared, common)
}

/// Who has each of the rarest long words of a quotation that another has too.
fn rare_words(prints: &Prints) -> Shared {
    let all = || (0..prints.len()).map(|at| distinct(prints.get(at)));
    let mut words: Vec<u32> = all().flatten().collect();
    words.par_sort_unstable();
    let holders: Vec<(u32, usize)> = words
        .chunk_by(|one, other| one == other)
        .filter(|same| (2..=HOLDERS).contains(&same.len()))
        .map(|same| (same[0], same.len()))
        .collect();
    drop(words);
    let mut postings: Vec<(u64, u32)> = Vec::new();
    for (at, distinct) in all().enumerate() {
        let count = |print: u32| {
            let known = holders.binary_search_by_key(&print, |&(print, _)| print).ok()?;
            Some((holders[known].1, print))
        };
        let mut words: Vec<(usize, u32)> = distinct.into_iter().filter_map(count).collect();
        words.sort_unstable();
        words.truncate(RARE_WORDS);
        postings.extend(words.into_iter().map(|(_, print)| (u64::from(print), number(at))));
    }
    let mut shared = Shared::default();
    shared.add(postings);
    shared
}

fn distinct(prints: &[u32]) -> Vec<u32> {
    let mut distinct: Vec<u32> = prints.iter().copied().filter(|&print| is_long(print)).collect();
    distinct.sort_unstable();
    distinct.dedup();
    distinct
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than 2^32 quotations")
}

#[cfg(test)]
mod tests {
    use stemma_model::{DocumentId, Span};

    use super::*;

    /// How many pairs and common runs there are among `count` quotations of a text and its number.
    fn found(count: usize, text: &str) -> (usize, usize) {
        let texts: Vec<String> = (0..count).map(|at| format!("{text} number{at}")).collect();
        let spans: Vec<[Span; 1]> = texts.iter().map(|text| [Span::new(0, text.len())]).collect();
        let id = |at: usize| DocumentId::of(&[&at.to_string()]);
        let quote = |at: usize| QuotedText::direct(id(at), &texts[at], &spans[at]);
        let candidates = candidates(count, quote, |_, _| false);
        (candidates.pairs.len(), candidates.common_runs)
    }

    #[test]
    fn runs_that_too_many_have_bring_nothing_together_and_are_counted() {
        let text = "harbour bridge closed until tested";
        assert_eq!(found(HOLDERS, text), (HOLDERS * (HOLDERS - 1) / 2, 0));
        assert_eq!(found(HOLDERS + 1, text), (0, 2));
    }
}
