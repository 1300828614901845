//! Pure, total functions of `&str`: the only room that knows bytes, code points and Unicode.
//!
//! [`CodePoints`] converts between the byte offsets used inside and the code points of the
//! records; [`paragraphs`] and [`words`] cut a text into spans; [`Folded`] is a text made
//! comparable, with the way back to the original. Nothing in here can fail or panic on any input.
//!
//! ```
//! use stemma_text::{CodePoints, Folded, words};
//!
//! let text = "Zelenskyy’s “rôle”";
//! let found: Vec<&str> = words(text).map(|span| span.of_text(text)).collect();
//! assert_eq!(found, ["Zelenskyy", "s", "rôle"]);
//! assert_eq!(CodePoints::of(text).of_byte(text.len()), 18);
//! assert_eq!(Folded::new(text).text(), "zelenskyy's \"role\"");
//! ```

mod code_points;
mod fold;
mod paragraph;
mod word;

pub use code_points::CodePoints;
pub use fold::{Folded, fold};
pub use paragraph::{lines, paragraphs};
pub use word::words;
