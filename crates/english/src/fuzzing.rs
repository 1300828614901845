//! Ways in for the fuzzer, which cannot forge a checksum or train a model.

use crate::model::{Exception, ModelData, Words};
use crate::pipeline::builds;
use crate::tokenizer::Tokenizer;
use crate::tokenizer::store::Store;

/// Decode `tables` as a packed model without its header, and build a pipeline if they decode.
/// Returns whether that worked; it must never panic.
#[must_use]
pub fn model(tables: &[u8]) -> bool {
    crate::model::decode(tables).is_ok_and(|data: ModelData| builds(data))
}

/// Tokenise without special cases.
///
/// # Panics
/// When the tokens do not tile the text.
pub fn tokenize(text: &str) {
    let tokenizer = Tokenizer::new(&[] as &[Exception]);
    let mut store = Store::new(Words::new(Vec::new(), tokenizer.phrases.openers()).into());
    let mut end = 0;
    for token in tokenizer.tokenize(text, &mut store) {
        assert_eq!(token.start as usize, end, "a token does not start where the one before ended");
        end = (token.start + token.len) as usize + usize::from(token.space);
    }
    assert_eq!(end, text.len());
}
