//! What Python says of characters and strings.
//!
//! spaCy asks Python, whose Unicode version (14.0 in CPython 3.11) is not Rust's, so the answers come
//! from tables. Each function names the Python method it agrees with.

mod tables;

use tables::{ALPHA, DECIMAL, DIGIT, LOWER, PUNCT, SPACE, TITLE, UPPER, WORD};

/// Inclusive, sorted ranges of code points.
pub(crate) type Ranges = &'static [(u32, u32)];

/// Whether `c` lies in one of `ranges`.
pub(crate) fn within(ranges: Ranges, c: char) -> bool {
    let c = u32::from(c);
    let after = ranges.partition_point(|&(first, _)| first <= c);
    after > 0 && c <= ranges[after - 1].1
}

/// `str.isspace` of one character.
pub(crate) fn is_space_char(c: char) -> bool {
    match c {
        ' ' => true,
        '!'..='~' => false,
        _ => within(SPACE, c),
    }
}

/// `\d` of Python's `re`.
pub(crate) fn is_decimal_char(c: char) -> bool {
    c.is_ascii_digit() || (!c.is_ascii() && within(DECIMAL, c))
}

/// `\w` of Python's `re`.
pub(crate) fn is_word_char(c: char) -> bool {
    within(WORD, c)
}

/// `str.isalpha` of one character.
pub(crate) fn is_alpha_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { within(ALPHA, c) }
}

/// `str.isdigit` of one character.
pub(crate) fn is_digit_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_digit() } else { within(DIGIT, c) }
}

/// `str.isupper` of one character.
pub(crate) fn is_upper_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { within(UPPER, c) }
}

fn is_lower_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { within(LOWER, c) }
}

fn is_title_char(c: char) -> bool {
    !c.is_ascii() && within(TITLE, c)
}

fn all(text: &str, member: impl Fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(member)
}

/// `str.isspace`.
pub(crate) fn is_space(text: &str) -> bool {
    all(text, is_space_char)
}

/// `str.isalpha`.
pub(crate) fn is_alpha(text: &str) -> bool {
    all(text, is_alpha_char)
}

/// `str.isdigit`.
pub(crate) fn is_digit(text: &str) -> bool {
    all(text, is_digit_char)
}

/// Whether `c` is of category P.
pub(crate) fn is_punct_char(c: char) -> bool {
    within(PUNCT, c)
}

/// Every character is of category P (so is the empty string).
pub(crate) fn is_punct(text: &str) -> bool {
    text.chars().all(is_punct_char)
}

/// `str.isupper`.
pub(crate) fn is_upper(text: &str) -> bool {
    text.chars().any(is_upper_char) && !text.chars().any(|c| is_lower_char(c) || is_title_char(c))
}

/// `str.islower`.
pub(crate) fn is_lower(text: &str) -> bool {
    text.chars().any(is_lower_char) && !text.chars().any(|c| is_upper_char(c) || is_title_char(c))
}

/// `str.istitle`: a capital may only follow an uncased character, a small letter only a cased one.
pub(crate) fn is_title(text: &str) -> bool {
    let mut after_cased = false;
    let mut any = false;
    for c in text.chars() {
        let capital = is_upper_char(c) || is_title_char(c);
        let cased = capital || is_lower_char(c);
        if cased && capital == after_cased {
            return false;
        }
        any |= cased;
        after_cased = cased;
    }
    any
}

/// `str.lower`.
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let unknown_to_python = |c: char| c.is_uppercase() && !is_upper_char(c);
    if !text.chars().any(unknown_to_python) {
        return text.to_lowercase();
    }
    let parts = text.split_inclusive(unknown_to_python);
    parts.fold(String::with_capacity(text.len()), |mut lowered, part| {
        let kept = part.chars().next_back().filter(|&c| unknown_to_python(c));
        let body = &part[..part.len() - kept.map_or(0, char::len_utf8)];
        lowered.push_str(&body.to_lowercase());
        lowered.extend(kept);
        lowered
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_case_is_pythons() {
        for title in ["The", "They'Re", "A1B", "Don'T", "ǅungla", "It'S 3Pm"] {
            assert!(is_title(title), "{title}");
        }
        for not in ["", "don't", "THE", "tHe", "McDonald", "12", "They're"] {
            assert!(!is_title(not), "{not}");
        }
    }

    #[test]
    fn lower_keeps_what_python_does_not_know() {
        assert_eq!(lower("ÀÉ İ ΟΔΟΣ"), "àé i\u{307} οδος");
        // U+A7DC has a small letter since Unicode 16 only.
        assert_eq!(lower("AÀ\u{A7DC}B"), "aà\u{A7DC}b");
    }

    #[test]
    fn spaces_are_pythons() {
        assert!(is_space(" \t\n\u{a0}\u{1c}\u{85}\u{2028}\u{3000}"));
        assert!(!is_space(""));
        assert!(!is_space("\u{200b}"));
    }
}
