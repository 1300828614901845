//! Sentence vectors without a network: one row a wordpiece, added up.
//!
//! The rows were distilled once from MiniLM (`dev/distil.py`, `data/README.md`) and are part of the
//! program, so nothing is fetched. A sentence costs a table look-up a word; meaning that hangs on
//! word order is lost, so use the cosine to find candidates, not to decide.

use std::sync::OnceLock;

use rapidhash::RapidHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::unicode::{is_punct_char, is_space_char, lower};

/// The numbers of a vector.
pub const DIMENSIONS: usize = 256;

static DATA: &[u8] = include_bytes!("../data/sentence-vectors.bin");

/// A sentence's place in the space of meanings.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector([f32; DIMENSIONS]);

impl Vector {
    /// Its numbers, of unit length unless no word was known: then all are 0.
    #[must_use]
    pub const fn as_slice(&self) -> &[f32] {
        &self.0
    }

    /// From 1 (the same direction) to -1; 0 when either sentence had no known word.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        dot(&self.0, &other.0)
    }

    /// Its numbers as whole ones from -127 to 127, the largest scaled to 127: a quarter of the
    /// size, and the cosine within a hundredth. Zeros stay zeros.
    #[must_use]
    pub fn quantised(&self) -> Vec<i8> {
        let largest = self.0.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
        let scale = if largest > 0.0 { 127.0 / largest } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, reason = "scaled to fit")]
        self.0.iter().map(|value| (value * scale).round() as i8).collect()
    }

    fn normalised(mut self) -> Self {
        let length = dot(&self.0, &self.0).sqrt();
        if length > 0.0 {
            self.0.iter_mut().for_each(|value| *value /= length);
        }
        self
    }
}

/// Turns sentences into vectors. Making one costs nothing after the first.
///
/// ```
/// use stemma_english::SentenceEncoder;
///
/// let encoder = SentenceEncoder::new();
/// let [a, b, c] = [
///     "The minister resigned on Monday.",
///     "On Monday the cabinet member quit.",
///     "Cherry trees bloom in April.",
/// ]
/// .map(|sentence| encoder.encode(sentence));
/// assert!(a.cosine(&b) > a.cosine(&c));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct SentenceEncoder {
    table: &'static Table,
}

/// The rows, and which piece each is of.
#[derive(Debug)]
struct Table {
    rows: RapidHashMap<&'static str, u32>,
    scales: Vec<f32>,
    values: &'static [i8],
}

impl Default for SentenceEncoder {
    fn default() -> Self {
        Self::new()
    }
}

impl SentenceEncoder {
    /// The encoder with the rows that the program carries.
    #[must_use]
    pub fn new() -> Self {
        static TABLE: OnceLock<Table> = OnceLock::new();
        Self {
            table: TABLE
                .get_or_init(|| Table::read(DATA).expect("the table was written with the program")),
        }
    }

    /// The vector of `sentence`: the weighted sum of its pieces, at unit length.
    #[must_use]
    pub fn encode(&self, sentence: &str) -> Vector {
        let mut sum = Vector([0.0; DIMENSIONS]);
        let mut piece = String::new();
        for word in sentence.split(is_space_char).filter(|word| !word.is_empty()) {
            let plain = plain(word);
            for part in parts(&plain) {
                self.add_word(part, &mut piece, &mut sum);
            }
        }
        sum.normalised()
    }

    /// Add the rows of the longest pieces that make up `word`; nothing when it has unknown letters.
    fn add_word(&self, word: &str, piece: &mut String, sum: &mut Vector) {
        /// Longer words are unknown, as in BERT.
        const LONGEST: usize = 100;
        if let Some(&row) = self.table.rows.get(word) {
            self.table.add(row, sum);
            return;
        }
        if word.chars().nth(LONGEST).is_some() {
            return;
        }
        let mut found = Vec::new();
        let mut rest = word;
        while !rest.is_empty() {
            let first = rest.len() == word.len();
            let Some((row, len)) = self.table.longest(rest, first, piece) else { return };
            found.push(row);
            rest = &rest[len..];
        }
        found.into_iter().for_each(|row| self.table.add(row, sum));
    }
}

impl Table {
    /// From the format that `dev/distil.py` describes; `None` when it is cut short.
    fn read(data: &'static [u8]) -> Option<Self> {
        let data = data.strip_prefix(b"STEMMAVS")?;
        let number = |at: usize| Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?));
        let (version, count, dimensions) = (number(0)?, number(4)?, number(8)?);
        if version != 1 || dimensions as usize != DIMENSIONS {
            return None;
        }
        let mut rest = data.get(12..)?;
        let mut rows = RapidHashMap::default();
        for row in 0..count {
            let (&length, after) = rest.split_first()?;
            let (piece, after) = after.split_at_checked(usize::from(length))?;
            rows.insert(std::str::from_utf8(piece).ok()?, row);
            rest = after;
        }
        let (scales, values) = rest.split_at_checked(count as usize * 4)?;
        let scales =
            scales.as_chunks::<4>().0.iter().map(|&scale| f32::from_le_bytes(scale)).collect();
        (values.len() == count as usize * DIMENSIONS).then_some(())?;
        Some(Self { rows, scales, values: signed(values) })
    }

    /// The row and the bytes of the longest piece that starts `rest`.
    fn longest(&self, rest: &str, first: bool, piece: &mut String) -> Option<(u32, usize)> {
        piece.clear();
        piece.push_str(if first { "" } else { "##" });
        let mark = piece.len();
        piece.push_str(rest);
        while piece.len() > mark {
            if let Some(&row) = self.rows.get(piece.as_str()) {
                return Some((row, piece.len() - mark));
            }
            piece.pop();
        }
        None
    }

    fn add(&self, row: u32, sum: &mut Vector) {
        let scale = self.scales[row as usize];
        let values = &self.values[row as usize * DIMENSIONS..][..DIMENSIONS];
        sum.0.iter_mut().zip(values).for_each(|(sum, &value)| *sum += scale * f32::from(value));
    }
}

fn signed(bytes: &'static [u8]) -> &'static [i8] {
    // SAFETY: `i8` and `u8` have the same size and alignment, and every bit pattern is valid for both.
    unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
}

/// Lower case without accents.
fn plain(word: &str) -> String {
    let lowered = lower(word);
    if lowered.is_ascii() {
        lowered
    } else {
        lowered.nfd().filter(|&c| !is_combining_mark(c)).collect()
    }
}

/// A word cut at punctuation and symbols, each of which is a part of its own.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let len = if is_mark(first) {
            first.len_utf8()
        } else {
            rest.find(is_mark).unwrap_or(rest.len())
        };
        let (part, after) = rest.split_at(len);
        rest = after;
        Some(part)
    })
}

fn is_mark(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_punctuation() } else { is_punct_char(c) }
}

fn dot(a: &[f32; DIMENSIONS], b: &[f32; DIMENSIONS]) -> f32 {
    const LANES: usize = 16;
    let (a, b) = (a.as_chunks::<LANES>().0, b.as_chunks::<LANES>().0);
    let lanes = a.iter().zip(b).fold([0.0; LANES], |sums: [f32; LANES], (a, b)| {
        std::array::from_fn(|i| sums[i] + a[i] * b[i])
    });
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_bert_cuts_them() {
        assert_eq!(parts("u.s.-led").collect::<Vec<_>>(), ["u", ".", "s", ".", "-", "led"]);
        assert_eq!(plain("Café"), "cafe");
    }

    #[test]
    fn order_of_words_and_case_do_not_matter() {
        let encoder = SentenceEncoder::new();
        let [a, b] = ["Dogs chase cats", "CATS chase dogs"].map(|text| encoder.encode(text));
        assert!((a.cosine(&b) - 1.0).abs() < 1e-5);
    }

    #[test]
    fn whole_numbers_keep_the_cosine() {
        let encoder = SentenceEncoder::new();
        let [a, b] = ["The minister resigned.", "On Monday she quit the cabinet."]
            .map(|text| encoder.encode(text));
        let whole = |vector: &Vector| -> Vec<f32> {
            vector.quantised().into_iter().map(f32::from).collect()
        };
        let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
        let (x, y) = (whole(&a), whole(&b));
        let cosine = dot(&x, &y) / (dot(&x, &x) * dot(&y, &y)).sqrt();
        assert!((cosine - a.cosine(&b)).abs() < 0.01, "{cosine} {}", a.cosine(&b));
        assert!(x.iter().any(|value| value.abs() == 127.0));
        assert!(encoder.encode("").quantised().iter().all(|&value| value == 0));
    }

    #[test]
    fn nothing_known_is_zero() {
        let empty = SentenceEncoder::new().encode(" \u{200b}");
        assert!(empty.as_slice().iter().all(|&value| value == 0.0));
        assert!(empty.cosine(&empty).abs() < f32::EPSILON);
    }

    #[test]
    fn unknown_words_fall_into_pieces() {
        let encoder = SentenceEncoder::new();
        let [a, b, c] = ["Zelenskyyism", "Zelenskyy", "teapot"].map(|text| encoder.encode(text));
        assert!(a.cosine(&b) > a.cosine(&c));
    }
}
