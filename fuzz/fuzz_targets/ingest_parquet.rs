//! Parquet: footer, pages, columns. Start from the fixtures of `stemma-ingest` in the corpus.
#![no_main]

use std::io::Cursor;
use std::path::Path;

use libfuzzer_sys::fuzz_target;
use stemma_ingest::{Options, Read, pieces_from};

fuzz_target!(|bytes: &[u8]| {
    let bytes = [b"PAR1", bytes.strip_prefix(b"PAR1").unwrap_or(bytes)].concat();
    for piece in pieces_from(Path::new("input.parquet"), Box::new(Cursor::new(bytes))).flatten() {
        for read in piece.read(&Options::default()) {
            if let Read::Document(document) = read {
                assert!(document.blocks.iter().all(|block| !document.slice(block.span).is_empty()));
                assert!(document.boilerplate.iter().all(|part| !document.slice(part.span).is_empty()));
            }
        }
    }
});
