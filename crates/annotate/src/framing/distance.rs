//! Terms that the text itself holds at arm's length.
//!
//! Hits: *the so-called reform* / *what the ministry calls its “vital step”*
//! Not: *what he calls home* (nothing is marked off)

use super::Found;
use crate::Sheet;

/// The concept under which such terms stand: what they name is not known.
const CONCEPT: &str = "distanced-term";

/// Tokens of the longest term.
const LONGEST: usize = 6;

/// A distanced term that starts at token `at`.
pub(super) fn find(sheet: &Sheet<'_>, at: usize) -> Option<Found> {
    so_called(sheet, at).or_else(|| what_they_call(sheet, at))
}

/// "so-called X": the noun phrase after it.
fn so_called(sheet: &Sheet<'_>, at: usize) -> Option<Found> {
    let length = [&["so", "-", "called"][..], &["so", "called"]].into_iter().find_map(|words| {
        let fits = at + words.len() < sheet.doc.len()
            && words.iter().enumerate().all(|(k, word)| sheet.doc.token(at + k).lower() == *word);
        fits.then_some(words.len())
    })?;
    let start = skip_mark(sheet, at + length);
    let words = (start..sheet.doc.len().min(start + LONGEST)).take_while(|&i| {
        let token = sheet.doc.token(i);
        matches!(token.pos(), "ADJ" | "NOUN" | "PROPN") || token.text() == "-"
    });
    found(sheet, start, words.last()? + 1)
}

/// "what X calls (its) “Y”": what stands between the marks.
fn what_they_call(sheet: &Sheet<'_>, at: usize) -> Option<Found> {
    let open = sheet.doc.token(at);
    if !matches!(open.text(), "“" | "\"" | "‘" | "``") {
        return None;
    }
    let before = (at.saturating_sub(8)..at).rev().map(|i| sheet.doc.token(i));
    let calls = before.clone().take(2).any(|token| token.lemma() == "call");
    let what = before.clone().any(|token| token.lower() == "what");
    let end = (at + 1..sheet.doc.len().min(at + 2 + LONGEST))
        .find(|&i| matches!(sheet.doc.token(i).text(), "”" | "\"" | "’" | "''"))?;
    if calls && what { found(sheet, at + 1, end) } else { None }
}

fn skip_mark(sheet: &Sheet<'_>, at: usize) -> usize {
    let mark = at < sheet.doc.len() && matches!(sheet.doc.token(at).text(), "“" | "\"" | "‘");
    at + usize::from(mark)
}

/// The term without the full stop or comma that its closing mark takes in.
fn found(sheet: &Sheet<'_>, start: usize, end: usize) -> Option<Found> {
    let end = (start..end).rev().find(|&i| !sheet.doc.token(i).is_punct())? + 1;
    let text = sheet.span(start..end).of_text(sheet.text());
    Some(Found { tokens: start..end, concept: CONCEPT.to_owned(), form: stemma_text::fold(text) })
}
