//! How words begin, so that most that are no spellings of one are told apart without their text.

use crate::spelling::letters;

/// How a word begins: its first two letters, loosened so far that words which
/// [`same_word`](crate::spelling::same_word) takes for one have it in common.
///
/// What regularly differs between spellings can change the second letter: `ae` becomes `e`, `our`
/// becomes `or`, `z` becomes `s`. Where more changes (a doubled consonant, `ae` at the beginning),
/// the word may begin like any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Initials(u16);

impl Initials {
    /// Of what may begin like any other word.
    const ANY: Self = Self(u16::MAX);

    /// How `word` begins.
    pub fn of(word: &str) -> Self {
        let letters = letters(word);
        let mut letters = letters.chars();
        match (letters.next(), letters.next()) {
            (None, _) => Self::ANY,
            (Some(first), None) => Self(class(first)),
            (Some(first), Some(second)) => Self::two(class(first), class(second)),
        }
    }

    fn two(first: u16, second: u16) -> Self {
        let [a, e, o, u, r] = ['a', 'e', 'o', 'u', 'r'].map(class);
        let vowel = first == o || first == u || first == class('i') || first == a || first == e;
        if first == second && !vowel || (first, second) == (a, e) {
            return Self::ANY;
        }
        let second = match second {
            second if second == a => e,
            second if second == r && first == o => u,
            second => second,
        };
        Self(first | second << 8)
    }

    /// How two words begin that are written as one.
    fn joined(self, next: Self) -> Self {
        if self == Self::ANY || self.0 >> 8 != 0 {
            self
        } else if next == Self::ANY {
            Self::ANY
        } else {
            Self::two(self.0, next.0 & 0xff)
        }
    }
}

/// A letter as a number from 1 to 255, `z` and `s` as one.
fn class(letter: char) -> u16 {
    match letter {
        'z' => u16::from(b's'),
        letter if letter.is_ascii() => letter as u16,
        // Which of these are one does not matter much: there are few.
        letter => 128 + (letter as u32 % 127) as u16,
    }
}

/// Which of some words can be other spellings, of one or two words, of some others, one or two of
/// them: by how they begin.
pub(crate) fn respelled(words: &[Initials], others: &[Initials]) -> Vec<bool> {
    let single = |word: Initials| {
        word == Initials::ANY
            || others.contains(&word)
            || others.contains(&Initials::ANY)
            || others.windows(2).any(|two| two[0].joined(two[1]) == word)
            || others.windows(2).any(|two| two[0].joined(two[1]) == Initials::ANY)
    };
    let mut found: Vec<bool> = words.iter().map(|&word| single(word)).collect();
    for (at, two) in words.windows(2).enumerate() {
        let joined = two[0].joined(two[1]);
        if joined == Initials::ANY || others.contains(&joined) {
            (found[at], found[at + 1]) = (true, true);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::spelling::same_word;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn spellings_of_one_word_begin_alike(
            words in prop::collection::vec("[aeouzsrtgm]{1,3}[aeouzsrtgmnciyé]{0,5}", 2),
            others in prop::collection::vec("[aeouzsrtgm]{1,3}[aeouzsrtgmnciyé]{0,5}", 2),
        ) {
            let initials = |words: &[String]| -> Vec<Initials> {
                words.iter().map(|word| Initials::of(word)).collect()
            };
            let found = respelled(&initials(&words), &initials(&others));
            for (at, word) in words.iter().enumerate() {
                for other in others.iter().chain([&others.join(" ")]) {
                    prop_assert!(found[at] || !same_word(word, other), "{} {}", word, other);
                }
            }
            for other in &others {
                let one = same_word(&words.join(" "), other);
                prop_assert!(found == [true, true] || !one, "{:?} {}", words, other);
            }
        }
    }

    #[test]
    fn spellings_begin_alike_and_most_other_words_do_not() {
        for (a, b) in [("ours", "ors"), ("zebra", "sebra"), ("Kaeser", "keser"), ("aeon", "eon")] {
            assert_eq!(respelled(&[Initials::of(a)], &[Initials::of(b)]), [true], "{a} {b}");
        }
        let [bridge, tunnel, u, s, us] = ["bridge", "tunnel", "u", "s", "us"].map(Initials::of);
        assert_eq!(respelled(&[bridge], &[tunnel]), [false]);
        assert_eq!(respelled(&[us], &[u, s]), [true]);
        assert_eq!(respelled(&[u, s], &[us]), [true, true]);
    }
}
