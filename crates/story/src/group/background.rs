//! How common a word is in news at large.
//!
//! A table of document frequencies computed on `corpus/allsides` (37,554 articles, 2012 to 2020)
//! by `examples/background.rs`: numbers only, no words. It is a count-min sketch (Cormode and
//! Muthukrishnan 2005): [`ROWS`] rows of [`WIDTH`] logarithmic counts, and the answer is the
//! smallest of a word's cells, so that a rare word is taken for a common one only if it shares
//! both cells with common ones (under one word in a hundred). Weighing words by news at large and
//! not by the collection keeps a pile of five reports meaningful and every link a function of its
//! two documents alone: new documents change no old link.

/// Rows of the sketch.
pub const ROWS: usize = 2;
/// Cells of a row.
pub const WIDTH: usize = 1 << 16;
/// Cells hold `STEP * log2(1 + count)`, rounded.
pub const STEP: f64 = 12.0;

/// The first four bytes hold the number of documents, the rest the cells.
static TABLE: &[u8] = include_bytes!("background.bin");

/// The cell of `term` in each row.
pub fn cells(term: u64) -> [usize; ROWS] {
    let low = (term & 0xffff) as usize;
    let high = ((term >> 16) & 0xffff) as usize;
    [low, WIDTH + high]
}

/// ln(1 + N / (df + ½)): high for rare words, never negative.
pub(super) fn specificity(term: u64) -> f64 {
    let count = cells(term)
        .into_iter()
        .filter_map(|cell| TABLE.get(4 + cell))
        .map(|&cell| (f64::from(cell) / STEP).exp2() - 1.0)
        .fold(f64::INFINITY, f64::min);
    let documents = f64::from(documents());
    (documents / (count.min(documents) + 0.5)).ln_1p()
}

fn documents() -> u32 {
    TABLE.first_chunk().map_or(1, |head| u32::from_le_bytes(*head)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::group::bag::hash;

    #[test]
    fn the_table_is_whole_and_rare_words_weigh_more() {
        assert_eq!(TABLE.len(), 4 + ROWS * WIDTH);
        assert!(specificity(hash("reykjavik")) > specificity(hash("washington")));
        assert!(specificity(hash("president")) < 2.0);
    }
}
