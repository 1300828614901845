//! What the fingerprints of their words alone tell of two quotations.

use rayon::prelude::*;
use stemma_model::QuoteKind;

use super::relate::{
    ANY_SPEAKER, LEAST_WEIGHT, ONE_SAYING, SAID_AGAIN, SAID_AGAIN_WORDS, aligned, is_fuller, total,
};
use super::said::{QuotedText, Said, SaidWord, weight};
use crate::change::SPELLING_WINDOW;
use crate::initials::{Initials, respelled};
use crate::stream::is_long;

/// Quotations whose words are read before their fingerprints are put together.
const AT_ONCE: usize = 4096;

/// The fingerprints of the words of many quotations, each made once, and how the words begin. Takes
/// six bytes a word and sixteen a quotation.
pub(super) struct Prints {
    whole: Lists,
    /// Of mixed quotations the words in marks; of others none.
    marked: Lists,
}

/// The words of many quotations, end to end.
#[derive(Default)]
struct Lists {
    prints: Vec<u32>,
    initials: Vec<Initials>,
    ends: Vec<usize>,
}

/// The words of one quotation.
#[derive(Clone, Copy)]
struct List<'p> {
    prints: &'p [u32],
    initials: &'p [Initials],
}

impl Lists {
    fn push(&mut self, words: &[(u32, Initials)]) {
        self.prints.extend(words.iter().map(|word| word.0));
        self.initials.extend(words.iter().map(|word| word.1));
        self.ends.push(self.prints.len());
    }

    fn get(&self, at: usize) -> List<'_> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range = start..self.ends[at];
        List { prints: &self.prints[range.clone()], initials: &self.initials[range] }
    }
}

impl Prints {
    /// Reads the words of `count` quotations, on all threads.
    pub fn of<'q>(count: usize, quote: impl Fn(usize) -> QuotedText<'q> + Sync) -> Self {
        let mut prints = Self { whole: Lists::default(), marked: Lists::default() };
        let read = |at: usize| {
            let quote = quote(at);
            let said = Said::of(&quote);
            let word = |(word, &print): (&SaidWord, &u32)| {
                (print, Initials::of(word.span.of_text(quote.text)))
            };
            let words: Vec<(u32, Initials)> =
                said.words.iter().zip(&said.prints).map(word).collect();
            let is_mixed = quote.kind == QuoteKind::Mixed;
            let in_marks = if is_mixed { said.marked() } else { Vec::new() };
            let marked: Vec<(u32, Initials)> = in_marks.into_iter().map(|i| words[i]).collect();
            (words, marked)
        };
        for start in (0..count).step_by(AT_ONCE) {
            let part = start..count.min(start + AT_ONCE);
            let read: Vec<_> = part.into_par_iter().map(read).collect();
            for (whole, marked) in read {
                prints.whole.push(&whole);
                prints.marked.push(&marked);
            }
        }
        prints
    }

    pub fn len(&self) -> usize {
        self.whole.ends.len()
    }

    pub fn get(&self, at: usize) -> &[u32] {
        self.whole.get(at).prints
    }

    /// Whether [`relate`](super::relate()) may find that two quotations, by number, relate. Where
    /// this says no, it finds none; far cheaper, as no text is read.
    pub fn may_relate(
        &self,
        (i, a): (usize, &QuotedText<'_>),
        (j, b): (usize, &QuotedText<'_>),
        same_speaker: bool,
    ) -> bool {
        let (whole_a, whole_b) = (self.whole.get(i), self.whole.get(j));
        if total(whole_a.prints).min(total(whole_b.prints)) < LEAST_WEIGHT {
            return false;
        }
        let indirect = a.kind == QuoteKind::Indirect || b.kind == QuoteKind::Indirect;
        let (least, words) = match (same_speaker, indirect) {
            (false, _) => (ANY_SPEAKER, usize::MAX),
            (true, true) => (SAID_AGAIN, SAID_AGAIN_WORDS),
            (true, false) => (ONE_SAYING, 1),
        };
        words < usize::MAX && common_long(whole_a.prints, whole_b.prints) >= words
            || most((a, whole_a), (b, whole_b)) >= least
            || most((a, self.marked.get(i)), (b, whole_b)) >= ANY_SPEAKER
            || most((a, whole_a), (b, self.marked.get(j))) >= ANY_SPEAKER
    }
}

/// Different long words that both have.
fn common_long(a: &[u32], b: &[u32]) -> usize {
    let mut long: Vec<u32> = a.iter().copied().filter(|&print| is_long(print)).collect();
    long.sort_unstable();
    long.dedup();
    long.into_iter().filter(|print| b.contains(print)).count()
}

/// The share of the shorter's weight that stands in the fuller, in order, were every word another
/// spelling that by its beginning can be one; 0 for too little to be recognised.
fn most(a: (&QuotedText<'_>, List<'_>), b: (&QuotedText<'_>, List<'_>)) -> f32 {
    let (weight_a, weight_b) = (total(a.1.prints), total(b.1.prints));
    if weight_a.min(weight_b) < LEAST_WEIGHT {
        return 0.0;
    }
    let (fuller, other, all) = if is_fuller((a.0, weight_a), (b.0, weight_b)) {
        (a.1, b.1, weight_b)
    } else {
        (b.1, a.1, weight_a)
    };
    let matched = aligned(fuller.prints, other.prints);
    let mut share: f32 = matched.iter().map(|&(_, j)| weight(other.prints[j])).sum();
    let (mut done_a, mut done_b) = (0, 0);
    for (i, j) in matched.into_iter().chain([(fuller.prints.len(), other.prints.len())]) {
        let window = 1..=SPELLING_WINDOW;
        if window.contains(&(i - done_a)) && window.contains(&(j - done_b)) {
            let can = respelled(&other.initials[done_b..j], &fuller.initials[done_a..i]);
            let spelled = other.prints[done_b..j].iter().zip(can).filter(|(_, can)| *can);
            share += spelled.map(|(&print, _)| weight(print)).sum::<f32>();
        }
        (done_a, done_b) = (i + 1, j + 1);
    }
    share / all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use stemma_model::{DocumentId, Span};

    use super::super::relate;
    use super::*;

    /// Words that are long and short, spelled in two ways, written apart, numbers.
    const WORDS: [&str; 16] = [
        "the",
        "of",
        "will",
        "not",
        "organise",
        "organize",
        "tunnel",
        "harbour",
        "harbor",
        "non-lethal",
        "nonlethal",
        "non lethal",
        "57",
        "ferries",
        "committee",
        "comittee",
    ];

    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(0..WORDS.len(), 1..24).prop_map(|words| {
            words.into_iter().map(|word| WORDS[word]).collect::<Vec<_>>().join(" ")
        })
    }

    fn kind() -> impl Strategy<Value = QuoteKind> {
        prop::sample::select(vec![QuoteKind::Direct, QuoteKind::Indirect, QuoteKind::Mixed])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1024))]
        #[test]
        fn what_cannot_relate_does_not(
            texts in (text(), text()),
            kinds in (kind(), kind()),
            halves in (0.0..1.0_f64, 0.0..1.0_f64),
            same_speaker in any::<bool>(),
            close in any::<bool>(),
        ) {
            let spans = |text: &str, half: f64| {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    clippy::cast_precision_loss,
                    reason = "a place in a short text"
                )]
                let near = (text.len() as f64 * half) as usize;
                let cut = text[near..].find(' ').map_or(text.len(), |at| near + at);
                ([Span::new(0, text.len())], [Span::new(0, cut)])
            };
            let (first, second) = (spans(&texts.0, halves.0), spans(&texts.1, halves.1));
            let vector: &[i8] = if close { &[1, 2] } else { &[] };
            let quotes = [
                QuotedText {
                    kind: kinds.0,
                    marked: &first.1,
                    vector,
                    ..QuotedText::direct(DocumentId::from_number(1), &texts.0, &first.0)
                },
                QuotedText {
                    kind: kinds.1,
                    marked: &second.1,
                    vector,
                    ..QuotedText::direct(DocumentId::from_number(2), &texts.1, &second.0)
                },
            ];
            let prints = Prints::of(2, |at| quotes[at]);
            let may = prints.may_relate((0, &quotes[0]), (1, &quotes[1]), same_speaker);
            prop_assert!(may || relate(&quotes[0], &quotes[1], same_speaker).is_none());
        }
    }

    #[test]
    fn other_words_are_told_apart_without_reading_them() {
        let texts = [
            "We will keep the harbour bridge closed until every last cable has been tested.",
            "Nobody in the whole county knows what the new ferry is going to cost the council.",
        ];
        let spans = texts.map(|text| [Span::new(0, text.len())]);
        let quote =
            |at: usize| QuotedText::direct(DocumentId::of(&[texts[at]]), texts[at], &spans[at]);
        let prints = Prints::of(2, quote);
        assert!(!prints.may_relate((0, &quote(0)), (1, &quote(1)), false));
        assert!(prints.may_relate((0, &quote(0)), (0, &quote(0)), false));
    }
}
