//! Any text's quotation marks: passages lie inside their text, in order, inner within outer, and
//! nested ones within another.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stemma_annotate::quote::marks::passages;
use stemma_model::Span;

fuzz_target!(|text: &str| {
    let blocks: Vec<Span> = lines(text).collect();
    let found = passages(text, &blocks);
    for passage in &found {
        let (outer, inner) = (passage.outer, passage.inner);
        assert!(outer.start <= inner.start && inner.end <= outer.end, "{passage:?}");
        assert!(text.get(outer.range()).is_some() && text.get(inner.range()).is_some());
        let holds = |other: &Span| other.start <= outer.start && outer.end <= other.end;
        assert!(blocks.iter().any(holds), "{passage:?} crosses a block");
    }
    assert!(found.is_sorted_by_key(|passage| passage.outer.start), "{found:?}");
});

/// Every line as a block.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let span = Span::new(*at, *at + line.trim_end_matches('\n').len());
        *at += line.len();
        Some(span)
    })
}
