//! Words made comparable across their forms: `applied`, `applying`, `application`.

use stemma_text::{fold, words};

/// Words that tell nothing of what happened.
const EMPTY: [&str; 64] = [
    "the", "a", "an", "of", "to", "in", "on", "at", "for", "with", "by", "from", "and", "or",
    "that", "this", "its", "his", "her", "their", "it", "he", "she", "they", "we", "as", "is",
    "was", "were", "are", "be", "been", "has", "have", "had", "will", "would", "not", "no", "than",
    "more", "but", "into", "after", "before", "over", "up", "out", "who", "which", "what", "when",
    "where", "there", "all", "one", "two", "also", "said", "say", "says", "us", "s", "during",
];

/// Endings, longest first.
const ENDINGS: [&str; 20] = [
    "ications", "ication", "ations", "ation", "ments", "ment", "ities", "ying", "ions", "ings",
    "ied", "ies", "ion", "ity", "ing", "ed", "es", "er", "s", "y",
];

/// Letters that a stem keeps at least.
const SHORTEST: usize = 4;

/// The stem of a word: folded, without its inflectional and nominal ending.
///
/// Lighter than Porter's (1980): one ending is cut, never below four letters, so that `apply`, `applied` and `application` meet.
pub(crate) fn stem(word: &str) -> String {
    let folded = fold(word);
    let head = folded.split(' ').next().unwrap_or_default();
    let cut = ENDINGS
        .iter()
        .filter_map(|ending| head.strip_suffix(ending))
        .find(|rest| rest.chars().count() >= SHORTEST);
    let rest = cut.unwrap_or(head);
    let silent = rest.strip_suffix('e').filter(|rest| rest.chars().count() >= SHORTEST);
    silent.unwrap_or(rest).to_owned()
}

/// The stems of the words of a text that tell something, numbers left out.
pub(crate) fn stems(text: &str) -> impl Iterator<Item = String> {
    words(text)
        .map(|span| span.of_text(text))
        .filter(|word| !word.starts_with(|first: char| first.is_ascii_digit()))
        .filter(|word| !EMPTY.contains(&fold(word).as_str()))
        .map(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_meet() {
        let same = |words: &[&str]| {
            let stems: Vec<String> = words.iter().map(|word| stem(word)).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{stems:?}");
        };
        same(&["apply", "applied", "applying", "application", "applications"]);
        same(&["injure", "injured", "injuring"]);
        same(&["announce", "announced", "announcement"]);
        assert_eq!(stem("war"), "war");
        assert_ne!(stem("invasion"), stem("invitation"));
    }
}
