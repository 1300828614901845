//! Sources that the tagger took from inside a bracket.

use std::ops::Range;

use stemma_english::Doc;

use super::link::Attribution;

/// A source inside brackets that close before the cue is only one of those that the bracket lists
/// or explains: the source is what stands before it (*|the mayors of two towns| (Alden and Brook)
/// said …*).
pub(super) fn leave_brackets(doc: &Doc, found: &mut [Attribution]) {
    for attribution in found {
        let (Some(source), Some(cue)) = (&attribution.source, &attribution.cue) else { continue };
        let mark = |i: &usize| matches!(doc.token(*i).text(), "(" | ")");
        let before = (0..source.start).rev().take(BRACKET).find(mark);
        let Some(open) = before.filter(|&i| doc.token(i).text() == "(") else { continue };
        let closes = (source.start..cue.start).find(mark);
        let explained = open.checked_sub(1).map(|last| phrase_to(doc, last));
        if let (Some(_), Some(phrase)) = (closes, explained.flatten()) {
            attribution.source = Some(phrase);
        }
    }
}

/// How many tokens a bracket may have.
const BRACKET: usize = 60;

/// The noun phrase that ends with a token.
fn phrase_to(doc: &Doc, last: usize) -> Option<Range<usize>> {
    let mut at = doc.token(last);
    while at.head().i() < at.i() && matches!(at.head().pos(), "NOUN" | "PROPN" | "ADP") {
        at = at.head();
    }
    let noun = matches!(at.pos(), "NOUN" | "PROPN" | "PRON");
    noun.then(|| at.left_edge().i()..last + 1)
}

#[cfg(test)]
mod tests {
    use stemma_english::{Model, Pipeline};

    use super::*;

    /// Takes `source` for the source of `cue` and holds what becomes of it against `expected`.
    fn check(text: &str, source: &str, cue: &str, expected: &str) {
        let Ok(pipeline) = Model::locate().and_then(|model| Pipeline::load(&model)) else {
            eprintln!("SKIPPED: the English model is not installed");
            return;
        };
        let doc = pipeline.parse(text);
        let tokens = |words: &str| {
            let at = text.find(words).expect(words);
            Some(doc.tokens_touching(at..at + words.len()).indices())
        };
        let attribution =
            Attribution { source: tokens(source), cue: tokens(cue), ..Attribution::default() };
        let mut found = [attribution];
        leave_brackets(&doc, &mut found);
        let source = found[0].source.clone().expect("a source");
        assert_eq!(&text[doc.tokens_in(source).span()], expected);
    }

    #[test]
    fn a_bracket_lists_or_explains_who_speaks() {
        let listed = "The mayors of three towns (Alden, Brook, and Carvel) asked for repairs.";
        check(listed, "Carvel", "asked for", "The mayors of three towns");
        check(listed, "The mayors", "asked for", "The mayors");
        let aside = "The bridge (Carvel said it was safe) is closed.";
        check(aside, "Carvel", "said", "Carvel");
    }
}
