//! The two stages that read a text from left to right, one scored move at a time.
//!
//! A state is scored by looking up, for each of its tokens of interest, a row computed beforehand
//! ([`rows`]), adding these up and passing the sum through a small network ([`scorer`]). The best
//! allowed move is taken; among equals the first. Source: spaCy's `ml/parser_model.pyx`.

mod entities;
mod parse;
mod rows;
mod scorer;

pub(crate) use entities::{EntityModel, EntitySpan, Text};
pub(crate) use parse::{Parse, ParserModel};
pub(crate) use rows::Rows;

/// Of the moves in `range`, the best if it beats `best`; the first of equals stays.
fn best_of(scores: &[f32], range: std::ops::Range<usize>, best: Option<usize>) -> Option<usize> {
    range.fold(
        best,
        |best, i| if best.is_none_or(|best| scores[i] > scores[best]) { Some(i) } else { best },
    )
}
