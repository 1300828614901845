//! Making texts comparable without losing the way back.

use stemma_model::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text folded for comparison, with a map back to the original.
///
/// Folded are: case; compatibility forms and diacritics (NFKD without combining marks);
/// typographic quotation marks, apostrophes, dashes and the ellipsis to ASCII; every run of white
/// space to one space; soft hyphens and zero-width characters to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each byte of `text`, where the character it comes from starts in the original; one
    /// more for the end.
    origin: Vec<u32>,
    /// For each byte of `text`, where the character it comes from ends in the original.
    origin_end: Vec<u32>,
}

impl Folded {
    /// The folding of `original`, in time linear in its length.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(original.len()),
            origin: Vec::new(),
            origin_end: Vec::new(),
        };
        for (start, character) in original.char_indices() {
            folded.push(Span::new(start, start + character.len_utf8()), character);
        }
        folded.origin.push(Span::new(original.len(), original.len()).start);
        folded
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The original characters behind `span` of the folded text.
    #[must_use]
    pub fn original(&self, span: Span) -> Span {
        let start = self.origin[span.start().min(self.text.len())];
        let end = if span.is_empty() { start } else { self.origin_end[span.end() - 1] };
        Span { start, end: end.max(start) }
    }

    fn push(&mut self, from: Span, character: char) {
        match typographic(character) {
            Some(plain) => self.push_str(from, plain),
            None => character.nfkd().for_each(|part| self.push_part(from, part)),
        }
    }

    /// Adds one decomposed character: compatibility forms decompose into spaces, typographic
    /// characters and marks too, so that these are judged here.
    fn push_part(&mut self, from: Span, part: char) {
        if part.is_whitespace() {
            if !self.text.ends_with(' ') {
                self.push_str(from, " ");
            }
        } else if let Some(plain) = typographic(part) {
            self.push_str(from, plain);
        } else {
            let mut buffer = [0; 4];
            for lower in part.to_lowercase().filter(|&lower| !is_combining_mark(lower)) {
                self.push_str(from, lower.encode_utf8(&mut buffer));
            }
        }
    }

    fn push_str(&mut self, from: Span, part: &str) {
        self.text.push_str(part);
        self.origin.extend(std::iter::repeat_n(from.start, part.len()));
        self.origin_end.extend(std::iter::repeat_n(from.end, part.len()));
    }
}

/// The folded text alone: see [`Folded`].
#[must_use]
pub fn fold(text: &str) -> String {
    Folded::new(text).text
}

/// What a typographic character folds to.
fn typographic(character: char) -> Option<&'static str> {
    Some(match character {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => "\"",
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʼ' | '`' | '´' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => "-",
        '…' => "...",
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_what_the_doc_says() {
        assert_eq!(fold("“Naïve”  Œuvre –\n‘ﬁn’\u{ad}…"), "\"naive\" œuvre - 'fin'...");
    }

    proptest! {
        #[test]
        fn every_folded_byte_leads_back_to_a_character(text in "(?s).{0,80}") {
            let folded = Folded::new(&text);
            for (start, character) in folded.text().char_indices() {
                let span = Span::new(start, start + character.len_utf8());
                let original = folded.original(span);
                prop_assert!(text.get(original.range()).is_some_and(|part| part.chars().count() == 1));
            }
            let again = fold(folded.text());
            prop_assert_eq!(again.as_str(), folded.text());
        }
    }
}
