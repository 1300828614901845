//! The words of a report as counts, and which of them look like names.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use rapidhash::v3::rapidhash_v3;
use stemma_model::{Document, Span};
use stemma_text::{fold, words};

/// Words too common to tell stories apart: English function words and the words that every report
/// has. Written for Stemma from general knowledge.
const STOP_WORDS: &str = "a an the and or but if while of at by for with about against between \
    into through during before after above below to from up down in out on off over under again \
    further then once here there when where why how all any both each few more most other some \
    such no nor not only own same so than too very can will just should now is are was were be \
    been being have has had having do does did doing me my we our you your he him his she her it \
    its they them their what which who whom this that these those am said says say would could \
    also one two new year years mr mrs ms told according as don isn didn doesn wasn won ll ve re";

/// One word of a bag, in eight bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    form: u32,
    /// The count, and in the highest bit whether it is a name.
    count: u32,
}

/// The bit of a name in [`Word::count`].
const NAME: u32 = 1 << 31;

impl Word {
    /// How often it stands in the report; words of the headline once more.
    pub(super) fn count(self) -> u32 {
        self.count & !NAME
    }

    /// Whether it names rather than means: capitalised inside a sentence at least half the time,
    /// or a number.
    pub(super) fn is_name(self) -> bool {
        self.count & NAME != 0
    }
}

/// The words of a report by a hash of their stems. The hash is the same in every run, so that
/// sums over a bag run in one order whatever else is in the collection. Takes 16 bytes a word.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag(Box<[(u64, Word)]>);

impl Bag {
    pub(super) fn get(&self, term: u64) -> Option<&Word> {
        let at = self.0.binary_search_by_key(&term, |&(term, _)| term).ok()?;
        Some(&self.0[at].1)
    }

    /// The words by hash.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &Word)> {
        self.0.iter().map(|(term, word)| (*term, word))
    }
}

/// The forms of words, each kept once for all reports.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    numbers: HashMap<Arc<str>, u32>,
    forms: Vec<Arc<str>>,
}

impl Forms {
    /// The word as it first stood in its report.
    pub(super) fn of(&self, word: Word) -> &str {
        &self.forms[word.form as usize]
    }

    fn keep(&mut self, form: &str) -> u32 {
        if let Some(&known) = self.numbers.get(form) {
            return known;
        }
        let number = u32::try_from(self.forms.len()).expect("fewer than 2^32 forms of words");
        let new: Arc<str> = form.into();
        self.numbers.insert(Arc::clone(&new), number);
        self.forms.push(new);
        number
    }
}

/// The bag of a document: headline and running text, without boilerplate and the spans in `without`.
/// Linear in the text.
pub(super) fn bag(document: &Document, without: &[Span], forms: &mut Forms) -> Bag {
    let mut counts = BTreeMap::new();
    for part in telling(document, without) {
        add(&mut counts, part);
    }
    if let Some(title) = &document.title {
        add(&mut counts, &title.text);
    }
    Bag(counts.into_iter().map(|(key, count)| (key, count.word(forms))).collect())
}

/// The terms of a plain text, each once: the hashes that [`super::background`] counts.
#[must_use]
pub fn text_terms(text: &str) -> Vec<u64> {
    let mut counts = BTreeMap::new();
    add(&mut counts, text);
    counts.into_keys().collect()
}

/// The text between the boilerplate and these spans.
fn telling<'d>(document: &'d Document, without: &[Span]) -> impl Iterator<Item = &'d str> {
    let boilerplate = document.boilerplate.iter().map(|part| part.span);
    let mut gaps: Vec<Span> = boilerplate.chain(without.iter().copied()).collect();
    gaps.sort_unstable();
    let end = document.text.len();
    let ends: Vec<Span> = gaps.into_iter().chain([Span::new(end, end)]).collect();
    ends.into_iter().scan(0, |from, gap| {
        let part = document.text.get(*from..gap.start());
        *from = gap.end().max(*from);
        Some(part.unwrap_or_default())
    })
}

#[derive(Default)]
struct Count {
    form: String,
    all: u32,
    /// Capitalised where a sentence has begun already.
    capitals: u32,
    number: bool,
}

impl Count {
    fn word(self, forms: &mut Forms) -> Word {
        let name = if self.number || 2 * self.capitals >= self.all { NAME } else { 0 };
        Word { form: forms.keep(&self.form), count: self.all.min(NAME - 1) | name }
    }
}

fn add(counts: &mut BTreeMap<u64, Count>, text: &str) {
    for span in words(text) {
        let form = span.of_text(text);
        let Some(stem) = stem(form) else { continue };
        let count = counts.entry(hash(&stem)).or_default();
        count.all += 1;
        count.number |= form.bytes().all(|byte| byte.is_ascii_digit());
        let capital = form.starts_with(char::is_uppercase) && inside_sentence(text, span.start());
        count.capitals += u32::from(capital);
        if count.form.is_empty() || capital && !count.form.starts_with(char::is_uppercase) {
            form.clone_into(&mut count.form);
        }
    }
}

/// Whether the word at `start` follows another word of its sentence.
fn inside_sentence(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    before.next().is_some_and(|c| c == ' ' || c == '-')
        && before.next().is_some_and(|c| c.is_alphanumeric() || matches!(c, ',' | '\'' | '’'))
}

/// The hash of a stem, the same everywhere.
pub(super) fn hash(stem: &str) -> u64 {
    rapidhash_v3(stem.as_bytes())
}

/// The hashes of all runs of `length` words of a text, in order, one for each word that begins one.
pub(super) fn runs(text: &str, length: usize) -> Vec<u64> {
    let folded: Vec<String> = words(text).map(|span| fold(span.of_text(text))).collect();
    folded.windows(length).map(|run| hash(&run.join(" "))).collect()
}

/// A word in lower case without its commonest ending; `None` for stop words and single letters.
///
/// Far simpler than Porter's: it only has to bring the forms of one word together within a story.
pub(super) fn stem(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    if lower.len() < 2 || is_stop_word(&lower) {
        return None;
    }
    let ending = ["ing", "ed", "es", "s"].into_iter().find(|ending| {
        lower.len() >= ending.len() + 3 && lower.ends_with(ending) && !lower.ends_with("ss")
    });
    let stem = ending.and_then(|ending| lower.strip_suffix(ending)).map(str::to_owned);
    Some(stem.unwrap_or(lower))
}

fn is_stop_word(lower: &str) -> bool {
    use std::collections::HashSet;
    use std::sync::LazyLock;
    static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP_WORDS.split_whitespace().collect());
    SET.contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet_and_stop_words_go() {
        assert_eq!(stem("Strikes"), stem("striking"));
        assert_eq!(stem("the"), None);
        assert_eq!(stem("pass").as_deref(), Some("pass"));
    }

    #[test]
    fn names_stand_capitalised_inside_sentences() {
        let mut counts = BTreeMap::new();
        add(&mut counts, "Talks began. The harbour of Port Ellen closed in 2019, and Ellen wept.");
        let word = |form: &str| {
            let count = counts.get(&hash(&stem(form).unwrap())).unwrap();
            count.number || 2 * count.capitals >= count.all
        };
        assert!(word("Ellen") && word("2019"));
        assert!(!word("Talks") && !word("harbour"));
    }
}
