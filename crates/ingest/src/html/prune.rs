//! Takes out of a page what its own markup names as no part of the report.

use dom_query::{Document, NodeRef};

/// Elements that never hold a report's telling.
const ELEMENTS: &str = "script, style, noscript, template, nav, footer, form, button, select, \
    iframe, object, svg, canvas, dialog, figcaption, menu, input, textarea, video, audio, \
    [hidden], [aria-hidden=true], [role=navigation], [role=complementary], [role=dialog], \
    [role=contentinfo], [itemprop=caption], [itemprop=copyrightHolder]";

/// Words that classes and ids of such parts are made of; the usual vocabulary of content
/// management systems, in the manner of Readability's and trafilatura's own lists.
const NOISE: [&str; 104] = [
    "ad",
    "adbox",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "affiliate",
    "alsoread",
    "author",
    "authorbio",
    "authorbox",
    "authors",
    "banner",
    "bio",
    "biography",
    "bookmark",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "bylines",
    "callout",
    "caption",
    "captions",
    "carousel",
    "comment",
    "comments",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "cta",
    "dateline",
    "disclaimer",
    "disqus",
    "donate",
    "donation",
    "dfp",
    "embed",
    "endnote",
    "eyebrow",
    "feedback",
    "figcaption",
    "flyout",
    "follow",
    "footer",
    "gallery",
    "hidden",
    "imagecaption",
    "inlinead",
    "kicker",
    "legend",
    "lightbox",
    "livefyre",
    "masthead",
    "mediacaption",
    "meta",
    "metadata",
    "modal",
    "more",
    "mostpopular",
    "nav",
    "navigation",
    "newsletter",
    "newsletters",
    "nextarticle",
    "outbrain",
    "overlay",
    "paywall",
    "photocredit",
    "popular",
    "popup",
    "print",
    "promo",
    "promos",
    "promoted",
    "promotion",
    "pubdate",
    "published",
    "readmore",
    "recirc",
    "recirculation",
    "recommended",
    "recommendation",
    "recommendations",
    "related",
    "relatedlinks",
    "screenreader",
    "share",
    "sharebar",
    "sharing",
    "sidebar",
    "signup",
    "slideshow",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "teaser",
    "timestamp",
    "toolbar",
    "trending",
];

/// The most of a page's running text that an element may hold and still be taken out for its
/// name: themes give names like `more` or `meta` to whole pages too.
const SHARE: f64 = 0.12;

/// Takes such parts out of `document`.
pub(crate) fn prune(document: &Document) {
    document
        .select(ELEMENTS)
        .iter()
        .filter(|found| !holds_most(document, found.nodes()))
        .for_each(|found| found.remove());
    let total = running_text(&document.root()).max(1);
    let allowed = (total as f64 * SHARE) as usize;
    let named: Vec<NodeRef<'_>> = document
        .select("[class], [id]")
        .nodes()
        .iter()
        .filter(|node| is_noise(node) && !is_frame(node))
        .cloned()
        .collect();
    for node in named {
        if running_text(&node) <= allowed {
            node.remove_from_parent();
        }
    }
}

/// Whether broken markup has put most of the page into an element that should hold none of it.
fn holds_most(document: &Document, nodes: &[NodeRef<'_>]) -> bool {
    let Some(node) = nodes.first() else { return false };
    let inside = paragraphs(node);
    inside > 3 && inside * 2 > paragraphs(&document.root())
}

fn paragraphs(node: &NodeRef<'_>) -> usize {
    node.descendants_it().filter(|inner| inner.has_name("p")).count()
}

/// How many characters of text stand in the paragraphs of `node`.
fn running_text(node: &NodeRef<'_>) -> usize {
    let own = usize::from(node.has_name("p")) * node.normalized_char_count();
    let inner = node.descendants_it().filter(|inner| inner.has_name("p"));
    own + inner.map(|paragraph| paragraph.normalized_char_count()).sum::<usize>()
}

fn is_frame(node: &NodeRef<'_>) -> bool {
    ["html", "body", "main", "article"].iter().any(|name| node.has_name(name))
}

fn is_noise(node: &NodeRef<'_>) -> bool {
    let names = [node.attr("class"), node.attr("id")];
    names.iter().flatten().any(|names| words(names).any(|word| NOISE.contains(&word.as_str())))
}

/// The words that names are made of: `article-relatedLinks` has `article`, `related`, `links`,
/// and each whole name without its separators.
fn words(names: &str) -> impl Iterator<Item = String> + '_ {
    names.split_whitespace().flat_map(|name| {
        let mut parts = vec![String::new()];
        let mut previous_lower = false;
        for character in name.chars() {
            if !character.is_ascii_alphabetic()
                || (character.is_ascii_uppercase() && previous_lower)
            {
                parts.push(String::new());
            }
            if character.is_ascii_alphabetic() {
                parts.last_mut().expect("one at least").push(character.to_ascii_lowercase());
            }
            previous_lower = character.is_ascii_lowercase();
        }
        let whole: String = parts.concat();
        parts.push(whole);
        parts
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        let found: Vec<String> =
            words("c-relatedLinks__item").filter(|word| !word.is_empty()).collect();
        assert_eq!(found, ["c", "related", "links", "item", "crelatedlinksitem"]);
    }

    #[test]
    fn named_parts_go_and_the_report_stays() {
        let story =
            "<p>The bridge over the river will be closed on Monday, the mayor said.</p>".repeat(6);
        let page = Document::from(format!(
            "<body class=more><div class=meta>{story}<div class=photo-caption><p>A bridge</p></div>\
             <figcaption>A bridge</figcaption><aside class=related-links><p>Ten dams</p></aside></div>"
        ));
        prune(&page);
        let text = page.text();
        assert!(
            text.contains("The bridge over") && !text.contains("A bridge") && !text.contains("Ten")
        );
    }
}
