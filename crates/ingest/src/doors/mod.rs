//! The other forms that news comes in: one module a form, each from bytes to drafts.

pub(crate) mod csv;
pub(crate) mod dialect;
pub(crate) mod feed;
pub(crate) mod json;
pub(crate) mod mail;
pub(crate) mod newsml;
pub(crate) mod parquet;
pub(crate) mod sitemap;
pub(crate) mod warc;
pub(crate) mod xml;
pub(crate) mod zip;

use std::io;

use crate::draft::Draft;
use crate::html;

/// Fills `draft` with a body that its carrier gives as HTML: all of it is the report.
pub(crate) fn take_fragment(draft: &mut Draft, markup: &str) {
    let (text, headings) = html::fragment(markup);
    draft.text = text;
    draft.headings = headings;
}

/// Whether a string is markup rather than plain text: it closes an element or breaks a line.
pub(crate) fn is_markup(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["</", "<br", "<p>", "<p ", "<img "].iter().any(|mark| lower.contains(mark))
}

/// An input that contradicts itself or its form.
fn unsound(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
