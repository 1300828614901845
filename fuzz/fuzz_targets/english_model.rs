//! Any bytes as the tables of a model whose checksum was forged: refused, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|tables: &[u8]| {
    let _ = stemma_english::fuzzing::model(tables);
});
