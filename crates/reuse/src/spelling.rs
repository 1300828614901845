//! Whether two spellings are of one word.

use stemma_text::fold;

/// Letters a word must have before an inner slip of one letter is taken for a slip. Shorter words
/// that differ in a letter are mostly other words (`form`, `from`).
const SLIP_LETTERS: usize = 7;

/// Bytes a word must have to have its spelling levelled: `zoo` and `sea` are no spellings of others.
const LEVELLED: usize = 4;

/// Whether two words, or runs of words written together in one of them, are spellings of one:
/// `organise` and `organize`, `non-lethal` and `nonlethal`, `Zelensky` and `Zelenskyy`, or a slip
/// inside a longer word. Numbers are the same only to the digit. What is folded here is all that
/// the matching contract folds beyond case, diacritics and typography (docs/reuse.md).
pub(crate) fn same_word(a: &str, b: &str) -> bool {
    let (a, b) = (letters(a), letters(b));
    if a == b {
        return true;
    }
    // Most words that are asked about are other words, and begin so.
    if initial(&a) != initial(&b) {
        return false;
    }
    let number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    !number(&a) && !number(&b) && (skeleton(&a) == skeleton(&b) || is_slip(&a, &b))
}

/// The folded letters and digits.
pub(crate) fn letters(text: &str) -> String {
    // Of ASCII, folding changes the case of letters only; and this is asked of every other word.
    if text.is_ascii() {
        let kept = text.bytes().filter(u8::is_ascii_alphanumeric);
        return kept.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The word without what regularly differs between British, American and other spellings, after
/// the tables in *The Oxford Guide to Style* (2002), chapter 13: -ise/-ize, -our/-or, -re/-er,
/// -ce/-se, ae/e, doubled consonants, -ogue/-og, -mme/-m; and the endings of transliterated
/// Slavic names (-y, -yy, -iy, -yi).
fn skeleton(word: &str) -> String {
    if word.len() < LEVELLED {
        return word.to_owned();
    }
    let mut word = word.replace("ae", "e").replace("our", "or").replace('z', "s");
    for (ending, plain) in
        [("iy", "y"), ("yi", "y"), ("ogue", "og"), ("mme", "m"), ("tre", "ter"), ("ence", "ense")]
    {
        if let Some(stem) = word.strip_suffix(ending) {
            word = format!("{stem}{plain}");
        }
    }
    let mut single = String::with_capacity(word.len());
    single.extend(
        word.chars()
            .scan(' ', |last, c| {
                let doubled = *last == c && !"aeiou".contains(c);
                *last = c;
                Some(if doubled { None } else { Some(c) })
            })
            .flatten(),
    );
    single
}

/// The first letter of the [`skeleton`], without making it.
fn initial(word: &str) -> Option<char> {
    match word.chars().next() {
        Some('a') if word.len() >= LEVELLED && word.starts_with("ae") => Some('e'),
        Some('z') if word.len() >= LEVELLED => Some('s'),
        first => first,
    }
}

/// Whether the words differ by one letter, or two swapped, away from the first two and last two:
/// prefixes and endings change what is said.
fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (long, short) = if a.len() >= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < SLIP_LETTERS || long.len() - short.len() > 1 {
        return false;
    }
    let before = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    let after = long.iter().rev().zip(short.iter().rev()).take_while(|(x, y)| x == y).count();
    let differing = long.len().saturating_sub(before + after);
    let swapped = differing == 2
        && long.len() == short.len()
        && long[before] == short[before + 1]
        && long[before + 1] == short[before];
    before >= 2 && after >= 2 && (differing <= 1 || swapped)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn words_with_other_initials_have_other_skeletons(word in "[aeouzsrtgmnciyé]{0,7}") {
            proptest::prop_assert_eq!(skeleton(&word).chars().next(), initial(&word));
        }
    }

    #[test]
    fn ascii_is_folded_as_all_text_is() {
        let ascii: String = (0..128_u8).map(char::from).collect();
        let folded: String = fold(&ascii).chars().filter(|c| c.is_alphanumeric()).collect();
        assert_eq!(letters(&ascii), folded);
    }

    #[test]
    fn spellings_of_one_word() {
        for (a, b) in [
            ("organization", "organisation"),
            ("non-lethal", "nonlethal"),
            ("Defence", "defense"),
            ("Zelenskyy", "Zelensky"),
            ("travelled", "traveled"),
            ("programme", "program"),
            ("centre", "center"),
            ("goverment", "government"),
            ("reprot\u{ad}ed", "reported"),
        ] {
            assert!(same_word(a, b) && same_word(b, a), "{a} {b}");
        }
    }

    #[test]
    fn other_words() {
        for (a, b) in [
            ("likely", "unlikely"),
            ("legal", "illegal"),
            ("million", "billion"),
            ("increased", "increases"),
            ("1,200", "1,300"),
            ("now", "not"),
            ("will", "would"),
            ("form", "from"),
            ("their", "there"),
        ] {
            assert!(!same_word(a, b) && !same_word(b, a), "{a} {b}");
        }
    }
}
