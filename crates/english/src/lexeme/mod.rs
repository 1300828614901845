//! What a word form is by its letters alone: lower case, shape, norm, flags and the four numbers the
//! network embeds. Source: spaCy's `lang/lex_attrs.py` and `lang/en/lex_attrs.py`.

mod symbols;

use crate::flags::Flags;
use crate::hash::string_hash;
use crate::model::Words;
use crate::unicode;
use symbols::SYMBOLS;

/// One word form.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub(crate) text: Box<str>,
    pub(crate) lower: Box<str>,
    pub(crate) norm: Box<str>,
    pub(crate) shape: Box<str>,
    pub(crate) flags: Flags,
    /// Ids of norm, first letter, last three letters and shape.
    pub(crate) ids: Ids,
    /// Whether a special phrase of the tokenizer may start with this form.
    pub(crate) opens_phrase: bool,
}

/// What the network sees of a word form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ids {
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
}

impl Lexeme {
    /// The lexeme of `text`, which is not empty.
    pub(crate) fn new(text: &str, words: &Words) -> Self {
        let lower = unicode::lower(text);
        let norm = words.norm(text).map_or_else(|| lower.clone(), str::to_owned);
        let shape = shape(text);
        Self {
            ids: Ids {
                norm: string_id(&norm),
                prefix: string_id(first_char(text)),
                suffix: string_id(last_three(text)),
                shape: string_id(&shape),
            },
            flags: flags(text),
            opens_phrase: words.opens_phrase(text),
            text: text.into(),
            lower: lower.into(),
            norm: norm.into(),
            shape: shape.into(),
        }
    }

    /// Only white space.
    pub(crate) fn is_space(&self) -> bool {
        self.flags.contains(Flags::SPACE)
    }
}

/// spaCy's number for a string: a small one for its symbols, else the hash.
pub(crate) fn string_id(string: &str) -> u64 {
    if string.is_empty() {
        return 0;
    }
    match SYMBOLS.binary_search_by_key(&string, |&(name, _)| name) {
        Ok(found) => SYMBOLS[found].1,
        Err(_) => string_hash(string.as_bytes()),
    }
}

fn first_char(text: &str) -> &str {
    &text[..text.chars().next().map_or(0, char::len_utf8)]
}

fn last_three(text: &str) -> &str {
    let start = text.char_indices().nth_back(2).map_or(0, |(at, _)| at);
    &text[start..]
}

/// Letters as `X` or `x`, digits as `d`, the rest as itself; runs are cut at four.
fn shape(text: &str) -> String {
    /// Forms of this many code points have one shape.
    const LONG: usize = 100;
    if text.chars().nth(LONG - 1).is_some() {
        return "LONG".to_owned();
    }
    let mut run = 0;
    let mut last = None;
    text.chars()
        .map(shape_of_char)
        .filter(|&c| {
            run = if last == Some(c) { run + 1 } else { 0 };
            last = Some(c);
            run < 4
        })
        .collect()
}

fn shape_of_char(c: char) -> char {
    if unicode::is_alpha_char(c) {
        if unicode::is_upper_char(c) { 'X' } else { 'x' }
    } else if unicode::is_digit_char(c) {
        'd'
    } else {
        c
    }
}

fn flags(text: &str) -> Flags {
    Flags::SPACE.when(unicode::is_space(text))
        | Flags::PUNCT.when(unicode::is_punct(text))
        | Flags::ALPHA.when(unicode::is_alpha(text))
        | Flags::TITLE.when(unicode::is_title(text))
        | Flags::UPPER.when(unicode::is_upper(text))
        | Flags::LOWER.when(unicode::is_lower(text))
        | Flags::DIGIT.when(unicode::is_digit(text))
        | Flags::LIKE_NUM.when(like_num(text))
}

/// Whether `text` reads as a number: digits, a fraction, a number word, an ordinal.
fn like_num(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-', '±', '~']).unwrap_or(text);
    let digits = unsigned.replace([',', '.'], "");
    let fraction = digits
        .split_once('/')
        .is_some_and(|(over, under)| unicode::is_digit(over) && unicode::is_digit(under));
    let word = unicode::lower(&digits);
    unicode::is_digit(&digits) || fraction || is_number_word(&word) || is_ordinal(&word)
}

fn is_ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th"]
        .iter()
        .any(|ending| word.strip_suffix(ending).is_some_and(unicode::is_digit))
}

fn is_number_word(word: &str) -> bool {
    NUMBER_WORDS.contains(&word)
}

/// Cardinals and ordinals in letters; those spaCy knows, no others.
const NUMBER_WORDS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
    "octillion",
    "nonillion",
    "decillion",
    "gajillion",
    "bazillion",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
    "hundredth",
    "thousandth",
    "millionth",
    "billionth",
    "trillionth",
    "quadrillionth",
    "quintillionth",
    "sextillionth",
    "septillionth",
    "octillionth",
    "nonillionth",
    "decillionth",
    "gajillionth",
    "bazillionth",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_cut_runs_at_four() {
        assert_eq!(shape("Nationality"), "Xxxxx");
        assert_eq!(shape("C3PO-2025"), "XdXX-dddd");
        assert_eq!(shape("!!!!!!!"), "!!!!");
        assert_eq!(shape(&"a".repeat(100)), "LONG");
        assert_eq!(shape(&"é".repeat(99)), "xxxx");
    }

    #[test]
    fn symbols_have_small_ids() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("X"), 101);
        assert_eq!(string_id("apple"), 8_566_208_034_543_834_098);
    }

    #[test]
    fn numbers() {
        for number in ["12", "-1,000.5", "3/4", "Eleven", "5th", "±7", "²", "Twenty"] {
            assert!(like_num(number), "{number}");
        }
        for not in ["", "1/2/3", "th", "dozen", "--1", "a1"] {
            assert!(!like_num(not), "{not}");
        }
    }
}
