//! Any two texts as quotations relate the same both ways, and collate without losing a word.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stemma_model::{DocumentId, Span};
use stemma_reuse::variant::{QuotedText, relate};
use stemma_reuse::{collate, tei};

fuzz_target!(|data: (&str, &str, bool)| {
    let (a, b, same_speaker) = data;
    let spans = [[Span::new(0, a.len())], [Span::new(0, b.len())]];
    let quoted = |number, text, content| {
        QuotedText::direct(DocumentId::from_number(number), text, content)
    };
    let (first, second) = (quoted(0, a, &spans[0][..]), quoted(1, b, &spans[1][..]));
    let there = relate(&first, &second, same_speaker).map(|related| related.relation);
    let back = relate(&second, &first, same_speaker).map(|related| related.relation);
    assert_eq!(there, back);
    tei(&collate(&[a, b]), &["A", "B"]);
});
