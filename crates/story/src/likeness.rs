//! Whether two sentences say like things: by their content words and their vectors.

use std::collections::BTreeSet;

use stemma_text::{fold, words};

/// Function words, and words that every report has. A closed class of English (determiners,
/// pronouns, prepositions, conjunctions, auxiliaries) with the plainest reporting verbs.
const PLAIN: &[&str] = &[
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has",
    "have", "he", "her", "him", "his", "if", "in", "into", "is", "it", "its", "may", "might",
    "more", "most", "must", "no", "not", "of", "on", "or", "our", "over", "said", "say", "says",
    "shall", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then",
    "there", "these", "they", "this", "those", "to", "told", "under", "until", "up", "was", "we",
    "were", "what", "when", "which", "while", "who", "will", "with", "without", "would", "you",
    "your", "s", "t",
];

/// Letters by which two inflections of a word are known for one: `member`/`membership` and
/// `inspected`/`inspection` share six; names that differ rarely do.
const STEM: usize = 6;

/// Endings of inflection, longest first (after Porter 1980, step 1), taken off words that keep at
/// least [`LEAST`] letters.
const ENDINGS: &[&str] = &["ings", "ing", "ied", "ies", "ed", "es", "s"];
const LEAST: usize = 3;

/// The content words of a text, folded and cut to a stem.
pub(crate) fn content(text: &str) -> BTreeSet<String> {
    words(text)
        .map(|word| fold(word.of_text(text)))
        .filter(|word| !PLAIN.contains(&word.as_str()))
        .map(|word| stem(&word).to_owned())
        .collect()
}

/// A folded word without its ending, cut to [`STEM`] letters.
fn stem(word: &str) -> &str {
    let bare = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending))
        .find(|bare| bare.chars().count() >= LEAST)
        .unwrap_or(word);
    bare.char_indices().nth(STEM).map_or(bare, |(end, _)| &bare[..end])
}

/// The share of `a` that is in `b`, from 0 to 1; nothing is in nothing.
#[expect(clippy::cast_precision_loss, reason = "a sentence has few words")]
pub(crate) fn share(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f32 {
    if a.is_empty() { 0.0 } else { a.intersection(b).count() as f32 / a.len() as f32 }
}

/// Two wordings are of one thing from this share of the shorter's content words on: as for
/// sentences that tell the same.
const ALIKE: f32 = 0.5;

/// Whether half of the content words of the shorter are in the other.
pub(crate) fn alike(a: &BTreeSet<String>, b: &BTreeSet<String>) -> bool {
    if a.len() <= b.len() { share(a, b) >= ALIKE } else { share(b, a) >= ALIKE }
}

/// The cosine of two quantised sentence vectors; `None` where either was not computed.
#[expect(clippy::cast_precision_loss, reason = "sums of products of bytes are far below 2^24")]
pub(crate) fn cosine(a: &[i8], b: &[i8]) -> Option<f32> {
    let dot = |x: &[i8], y: &[i8]| -> i32 {
        x.iter().zip(y).map(|(&x, &y)| i32::from(x) * i32::from(y)).sum()
    };
    let norms = (dot(a, a) as f32).sqrt() * (dot(b, b) as f32).sqrt();
    (a.len() == b.len() && norms > 0.0).then(|| dot(a, b) as f32 / norms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflections_meet_and_function_words_do_not_count() {
        let a = content("The inspectors' inspection of the tunnels");
        let b = content("It was inspected: a tunnel");
        assert_eq!(a.intersection(&b).count(), 2, "{a:?} {b:?}");
        assert!(content("and the of").is_empty());
    }

    #[test]
    fn cosine_needs_two_vectors() {
        assert_eq!(cosine(&[], &[]), None);
        assert!(cosine(&[3, 4], &[6, 8]).is_some_and(|c| (c - 1.0).abs() < 1e-6));
    }
}
