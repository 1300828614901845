//! Words that competing names go by.
//!
//! [`find`] marks every form of every concept of `lexicons/framing.toml` (Kiev or Kyiv; war,
//! conflict, invasion or special military operation), longest form first, and beyond the lexicon
//! every term that the text itself holds at arm's length: *so-called X*, *what they call “X”*. A
//! form inside quotation marks is a source's word and says so. Nothing is scored. Linear in the
//! number of tokens.

mod distance;
mod lexicon;

use std::ops::Range;

use stemma_model::{FramingCue, Quote, Span};

use crate::Sheet;
use crate::quote::place::ByPlace;
use lexicon::{Form, LEXICON};

/// The competing terms of a document, in text order, not overlapping.
#[must_use]
pub fn find(sheet: &Sheet<'_>, quotes: &[Quote]) -> Vec<FramingCue> {
    let quotes = ByPlace::new(quotes);
    let mut cues = Vec::new();
    let mut at = 0;
    while at < sheet.doc.len() {
        let found = from_lexicon(sheet, at).or_else(|| distanced(sheet, at));
        let own = |tokens: &Range<usize>| {
            sheet.document.boilerplate_at(sheet.span(tokens.clone())).is_none()
        };
        match found.filter(|found| own(&found.tokens)) {
            Some(found) => {
                at = found.tokens.end;
                cues.push(cue(sheet, &quotes, found));
            }
            None => at += 1,
        }
    }
    cues
}

/// A term before it is placed.
struct Found {
    tokens: Range<usize>,
    concept: String,
    form: String,
}

fn cue(sheet: &Sheet<'_>, quotes: &ByPlace<'_>, found: Found) -> FramingCue {
    let span = sheet.span(found.tokens);
    FramingCue { span, concept: found.concept, form: found.form, quoted: quoted(quotes, span) }
}

/// The innermost quotation in whose quotation marks `span` stands.
fn quoted(quotes: &ByPlace<'_>, span: Span) -> Option<stemma_model::QuoteId> {
    let around =
        quotes.touching(span).filter(|quote| quote.marked.iter().any(|part| part.covers(span)));
    around.min_by_key(|quote| quote.hull().map_or(0, Span::len)).map(|quote| quote.id)
}

/// The longest form of the lexicon that starts at token `at`.
fn from_lexicon(sheet: &Sheet<'_>, at: usize) -> Option<Found> {
    let token = sheet.doc.token(at);
    let lemma = token.lemma().to_lowercase();
    let forms = LEXICON.starting_with(token.lower()).chain(LEXICON.starting_with(&lemma));
    let form = forms
        .filter(|form| matches(sheet, at, &form.words) && stands(sheet, at, form))
        .max_by_key(|form| form.words.len())?;
    Some(Found {
        tokens: at..at + form.words.len(),
        concept: form.concept.clone(),
        form: form.name.clone(),
    })
}

/// A term held at arm's length from token `at` on; what the lexicon knows is found as such.
fn distanced(sheet: &Sheet<'_>, at: usize) -> Option<Found> {
    let known = |start: usize| from_lexicon(sheet, start).is_some();
    distance::find(sheet, at).filter(|found| !known(found.tokens.start))
}

/// Whether the tokens from `at` read `words`, in any case, the last in singular or plural.
fn matches(sheet: &Sheet<'_>, at: usize, words: &[String]) -> bool {
    at + words.len() <= sheet.doc.len()
        && words.iter().enumerate().all(|(k, word)| {
            let token = sheet.doc.token(at + k);
            token.lower() == word || k + 1 == words.len() && singular(token, word)
        })
}

/// Whether a noun is `word` in the plural. Names keep their number.
fn singular(token: stemma_english::Token<'_>, word: &str) -> bool {
    token.pos() == "NOUN" && token.lemma().eq_ignore_ascii_case(word)
        || token.lower().strip_suffix('s') == Some(word)
}

/// Whether nothing beside the form gives it another meaning.
fn stands(sheet: &Sheet<'_>, at: usize, form: &Form) -> bool {
    let end = at + form.words.len();
    let before = at.checked_sub(1).map(|i| sheet.doc.token(i));
    let before = before.filter(|token| !form.not_after.is_empty() && token.text() != "-");
    let after_other = before.is_some_and(|token| form.not_after.iter().any(|w| w == token.lower()));
    let before_other = form.not_before.iter().any(|words| {
        words.len() <= sheet.doc.len() - end
            && words.iter().enumerate().all(|(k, word)| sheet.doc.token(end + k).lower() == word)
    });
    !after_other && !before_other
}

#[cfg(test)]
mod tests;
