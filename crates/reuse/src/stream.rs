//! All witnesses as one stream of word fingerprints.

use std::ops::Range;

use rapidhash::v3::rapidhash_v3;
use rayon::prelude::*;
use stemma_model::Span;
use stemma_text::{fold, words};

use crate::Witness;

/// Every how many words the byte offset is kept: the words between are found by reading on.
const STRIDE: usize = 16;

/// Words up to this many characters are mostly articles, prepositions and pronouns; they weigh
/// less in an alignment. Chosen by eye on news English.
const SHORT_WORD: usize = 3;

/// The words of all witnesses, in order of document id, as 32-bit fingerprints.
///
/// Two words with one fingerprint are the same word after folding (case, diacritics, typography),
/// but for a chance of one in 2^31 a pair; what is reported is compared again letter by letter.
/// Takes 4.25 bytes a word.
pub(crate) struct Stream<'w, 'a> {
    /// The witnesses in order of id, each id once.
    pub witnesses: Vec<&'w Witness<'a>>,
    /// A number for each document's outlet, where it is known.
    outlets: Vec<Option<u32>>,
    words: Vec<u32>,
    /// Where each document's words start, and one more for the end.
    starts: Vec<u32>,
    /// For each document, the byte offset of every `STRIDE`-th word.
    offsets: Vec<Vec<u32>>,
}

impl<'w, 'a> Stream<'w, 'a> {
    /// Reads all witnesses, in time linear in their length.
    ///
    /// # Panics
    /// If they hold 2^32 words or more.
    pub fn new(witnesses: &'w [Witness<'a>]) -> Self {
        let mut witnesses: Vec<&Witness<'a>> = witnesses.iter().collect();
        witnesses.sort_by_key(|witness| witness.id);
        witnesses.dedup_by_key(|witness| witness.id);
        let mut stream = Self {
            outlets: numbered(&witnesses),
            words: Vec::new(),
            starts: vec![0],
            offsets: Vec::new(),
            witnesses,
        };
        // In batches, so that at most one batch is held twice.
        for batch in stream.witnesses.clone().chunks(4096) {
            let read: Vec<(Vec<u32>, Vec<u32>)> = batch.par_iter().map(|w| read(w)).collect();
            for (words, offsets) in read {
                stream.words.extend(words);
                let end = u32::try_from(stream.words.len()).expect("fewer than 2^32 words");
                stream.starts.push(end);
                stream.offsets.push(offsets);
            }
        }
        stream
    }

    /// How many words there are in all.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The words of document number `document`.
    pub fn words(&self, document: u32) -> &[u32] {
        &self.words[self.range(document)]
    }

    /// Where the words of a document stand in the whole stream.
    pub fn range(&self, document: u32) -> Range<usize> {
        let document = document as usize;
        self.starts[document] as usize..self.starts[document + 1] as usize
    }

    /// The numbers of all documents.
    pub fn documents(&self) -> Range<u32> {
        0..u32::try_from(self.witnesses.len()).expect("fewer documents than words")
    }

    /// The document that the word at `position` of the whole stream stands in.
    pub fn document_at(&self, position: u32) -> u32 {
        let after = self.starts.partition_point(|&start| start <= position);
        u32::try_from(after - 1).expect("fewer documents than words")
    }

    /// Whether the words at two positions of the whole stream, and those before them, are equal
    /// and stand in the documents of their followers.
    pub fn equal_before(&self, a: u32, b: u32, starts: (u32, u32)) -> bool {
        a > starts.0 && b > starts.1 && self.words[a as usize - 1] == self.words[b as usize - 1]
    }

    /// The number of a document's outlet, if that is known.
    pub fn outlet(&self, document: u32) -> Option<u32> {
        self.outlets[document as usize]
    }

    /// Where a document starts in the whole stream.
    pub fn start(&self, document: u32) -> u32 {
        self.starts[document as usize]
    }

    /// The places of the words `range` of a document, in order.
    pub fn spans(&self, document: u32, range: Range<usize>) -> Vec<Span> {
        if range.is_empty() {
            return Vec::new();
        }
        let witness = self.witnesses[document as usize];
        let checkpoint = range.start / STRIDE;
        let from = self.offsets[document as usize][checkpoint] as usize;
        kept_words(witness, from)
            .skip(range.start - checkpoint * STRIDE)
            .take(range.len())
            .collect()
    }
}

/// The outlets as numbers, in order of name.
fn numbered(witnesses: &[&Witness<'_>]) -> Vec<Option<u32>> {
    let mut names: Vec<&str> = witnesses.iter().filter_map(|witness| witness.outlet).collect();
    names.sort_unstable();
    names.dedup();
    let number = |name: &str| names.binary_search(&name).ok().and_then(|at| u32::try_from(at).ok());
    witnesses.iter().map(|witness| witness.outlet.and_then(number)).collect()
}

/// Whether a word is longer than the function words mostly are.
pub(crate) fn is_long(fingerprint: u32) -> bool {
    fingerprint & 1 == 1
}

/// The fingerprints of a witness's words and the byte offset of every `STRIDE`-th.
fn read(witness: &Witness<'_>) -> (Vec<u32>, Vec<u32>) {
    let mut fingerprints = Vec::with_capacity(witness.text.len() / 6);
    let mut offsets = Vec::with_capacity(witness.text.len() / (6 * STRIDE) + 1);
    for span in kept_words(witness, 0) {
        if fingerprints.len() % STRIDE == 0 {
            offsets.push(span.start);
        }
        fingerprints.push(fingerprint(span.of_text(witness.text)));
    }
    (fingerprints, offsets)
}

/// The words of a witness from byte `from` on that lie in no skipped part.
fn kept_words<'a>(witness: &Witness<'a>, from: usize) -> impl Iterator<Item = Span> + use<'a> {
    let skip = witness.skip;
    let mut next = skip.partition_point(|part| part.end() <= from);
    words(&witness.text[from..])
        .map(move |word| Span::new(word.start() + from, word.end() + from))
        .filter(move |word| {
            while skip.get(next).is_some_and(|part| part.end <= word.start) {
                next += 1;
            }
            !skip.get(next).is_some_and(|part| part.overlaps(*word))
        })
}

/// A word's fingerprint: 31 bits of a fixed hash of the folded word, and whether it is long.
pub(crate) fn fingerprint(word: &str) -> u32 {
    let mut lower = [0_u8; 32];
    if word.is_ascii() && word.len() <= lower.len() {
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return of_folded(lower, word.len());
    }
    let folded = fold(word);
    of_folded(folded.as_bytes(), folded.chars().count())
}

fn of_folded(folded: &[u8], characters: usize) -> u32 {
    let long = characters > SHORT_WORD || folded.iter().any(u8::is_ascii_digit);
    let hash = u32::try_from(rapidhash_v3(folded) >> 32).expect("32 bits");
    (hash & !1) | u32::from(long)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use stemma_model::DocumentId;

    use super::*;

    proptest! {
        #[test]
        fn every_word_is_found_again(text in "([a-zé ]{1,6}|[“’\n]|READ MORE ){0,60}") {
            let skip: Vec<Span> = text
                .match_indices("READ MORE")
                .map(|(start, part)| Span::new(start, start + part.len()))
                .collect();
            let witness = Witness { skip: &skip, ..Witness::new(DocumentId::of(&["x"]), &text) };
            let witnesses = [witness];
            let stream = Stream::new(&witnesses);
            for i in 0..stream.words(0).len() {
                let spans = stream.spans(0, i..stream.words(0).len().min(i + 40));
                let again: Vec<u32> =
                    spans.iter().map(|span| fingerprint(span.of_text(&text))).collect();
                prop_assert_eq!(&again, &stream.words(0)[i..i + again.len()]);
                prop_assert!(!spans.iter().any(|span| skip.iter().any(|s| s.overlaps(*span))));
            }
        }
    }

    #[test]
    fn folding_makes_words_equal() {
        assert_eq!(fingerprint("NATO"), fingerprint("Nato"));
        assert_eq!(fingerprint("rôle"), fingerprint("role"));
        assert_ne!(fingerprint("role"), fingerprint("rule"));
        assert!(is_long(fingerprint("57")) && !is_long(fingerprint("the")));
    }
}
