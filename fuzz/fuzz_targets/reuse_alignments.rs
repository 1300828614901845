//! Any texts, cut from the input at 0xFF, give alignments and clusters whose spans fit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stemma_model::DocumentId;
use stemma_reuse::{Options, Witness, alignments, clusters};

fuzz_target!(|data: &[u8]| {
    let texts: Vec<String> =
        data.split(|&byte| byte == 0xFF).map(|part| String::from_utf8_lossy(part).into()).collect();
    let witnesses: Vec<Witness<'_>> = texts
        .iter()
        .enumerate()
        .map(|(i, text)| Witness::new(DocumentId::from_number(i as u64), text))
        .collect();
    let found = alignments(&witnesses, &Options::default().min_words(2));
    for one in &found {
        for passage in [one.a, one.b] {
            let text = &texts[passage.document.number() as usize];
            assert!(text.get(passage.span.range()).is_some());
        }
    }
    clusters(&witnesses, &found);
});
