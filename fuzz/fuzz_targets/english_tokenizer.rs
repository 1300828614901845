//! Any text: its tokens tile it.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| stemma_english::fuzzing::tokenize(text));
