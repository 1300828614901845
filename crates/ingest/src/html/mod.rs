//! HTML pages: the report in them, and what their metadata say.
//!
//! [`extract`] takes a page's bytes and gives [`Extracted`]. The body is found by `dom_smoothie`
//! (Mozilla's Readability) on a page from which what is marked as caption, promotion or
//! navigation was taken out first; the blocks it finds are then held against the boilerplate
//! lexicon. Metadata are read from JSON-LD, OpenGraph, `meta`, `time` and the address, in that
//! order, and each field says where it stood.

mod blocks;
mod body;
mod depth;
mod json_ld;
mod metadata;
mod prune;

use dom_query::Document;

pub(crate) use metadata::unescape;
pub use metadata::{Field, Metadata};

use crate::encoding::{self, Decoded};

/// What was found in one page.
#[derive(Clone, Debug)]
pub struct Extracted {
    /// The report's text, without its title: paragraphs with an empty line between them.
    pub text: String,
    /// Those paragraphs that are headings by their markup.
    pub headings: Vec<String>,
    /// What the page says about itself.
    pub metadata: Metadata,
    /// How the bytes were decoded; its text is dropped.
    pub decoded: Decoded,
}

/// The report in a page, with its metadata.
///
/// `charset` is the label that the carrier of the page gives (HTTP, MIME), if any. A page without
/// a report gives an empty text. Any bytes are taken; the time is near-linear in the page, for what
/// nests deeper than 3,000 elements is left out.
#[must_use]
pub fn extract(bytes: &[u8], charset: Option<&str>) -> Extracted {
    let declared = charset.map(str::to_owned).or_else(|| declared_charset(bytes));
    let mut decoded = encoding::decode(bytes, declared.as_deref());
    let page = std::mem::take(&mut decoded.text);
    let document = Document::from(depth::shallow(&page));
    let linked = json_ld::articles(&document);
    let metadata = metadata::read(&document, &linked);
    let body = body::find(document, &metadata, &linked);
    Extracted { text: body.text, headings: body.headings, metadata, decoded }
}

/// The text of markup that is a report from end to end, as feeds and agencies carry it, with those
/// of its blocks that are headings.
pub(crate) fn fragment(markup: &str) -> (String, Vec<String>) {
    let found = blocks::of(&Document::from(depth::shallow(markup)).root());
    let texts: Vec<&str> = found.iter().map(|block| block.text.as_str()).collect();
    let headings = found.iter().filter(|block| block.heading).map(|block| block.text.clone());
    (texts.join("\n\n"), headings.collect())
}

/// Whether a page is a dossier of this program, which says so in its head.
pub(crate) fn is_dossier(bytes: &[u8]) -> bool {
    const SIGN: &[u8] = b"<meta name=\"generator\" content=\"Stemma ";
    bytes[..bytes.len().min(2048)].windows(SIGN.len()).any(|window| window == SIGN)
}

/// The encoding that a `meta` element among the first 2,048 bytes declares, or the XML header.
pub(crate) fn declared_charset(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(2048)];
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut declarations = ["charset=", "encoding="].into_iter().filter_map(|name| {
        let value = head.split_once(name)?.1.trim_start_matches(['"', '\'', ' ']);
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        Some(value[..end.unwrap_or(value.len())].to_owned())
    });
    declarations.find(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_is_read_from_meta() {
        let check = |page: &str| declared_charset(page.as_bytes());
        assert_eq!(check("<meta charset=\"koi8-r\">").as_deref(), Some("koi8-r"));
        let long = "<META http-equiv=Content-Type content='text/html; charset=ISO-8859-2'>";
        assert_eq!(check(long).as_deref(), Some("iso-8859-2"));
        assert_eq!(check("<p>none</p>"), None);
    }
}
