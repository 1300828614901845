//! Takes out of a page what its own markup names as no part of the report.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

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

/// The most of a page's text that an element may hold and still be taken out for its name: themes
/// give names like `more` or `meta` to whole pages too.
const SHARE: f64 = 0.12;

/// Takes such parts out of `document`, in time linear in the page.
pub(crate) fn prune(document: &Document) {
    let weights = Weights::of(document);
    let all: Vec<NodeRef<'_>> = document.select(ELEMENTS).nodes().to_vec();
    // Broken markup can put most of the page into an element that should hold none of it.
    all.iter().filter(|node| weights.share(node) < 0.5).for_each(NodeRef::remove_from_parent);
    let named: Vec<NodeRef<'_>> = document.select("[class], [id]").nodes().to_vec();
    named
        .iter()
        .filter(|node| weights.share(node) <= SHARE && is_noise(node) && !is_frame(node))
        .for_each(NodeRef::remove_from_parent);
}

/// How many characters of telling stand below each element: those in paragraphs; or all, on pages
/// that hardly use paragraphs.
struct Weights {
    below: HashMap<NodeId, usize>,
    total: usize,
}

impl Weights {
    /// One pass down the tree marks what stands in paragraphs, one up adds it together.
    fn of(document: &Document) -> Self {
        let nodes: Vec<NodeRef<'_>> = document.root().descendants_it().collect();
        let mut inside: HashSet<NodeId> = HashSet::new();
        let (mut in_paragraphs, mut anywhere) = (HashMap::new(), HashMap::new());
        for node in &nodes {
            let parent = node.parent().map(|parent| parent.id);
            if node.has_name("p") || parent.is_some_and(|parent| inside.contains(&parent)) {
                inside.insert(node.id);
            }
            if node.is_text() && !parent_is_code(node) {
                let count = node.text().chars().filter(|c| !c.is_whitespace()).count();
                anywhere.insert(node.id, count);
                in_paragraphs.insert(node.id, if inside.contains(&node.id) { count } else { 0 });
            }
        }
        let sum = |counts: &HashMap<NodeId, usize>| counts.values().sum::<usize>();
        let (paragraphs, total) = (sum(&in_paragraphs), sum(&anywhere));
        let (mut below, total) =
            if paragraphs * 4 >= total { (in_paragraphs, paragraphs) } else { (anywhere, total) };
        for node in nodes.iter().rev() {
            let weight = below.get(&node.id).copied().unwrap_or(0);
            if let Some(parent) = node.parent() {
                *below.entry(parent.id).or_insert(0) += weight;
            }
        }
        Self { below, total }
    }

    /// The share of the page's telling that stands below `node`, from 0 to 1.
    fn share(&self, node: &NodeRef<'_>) -> f64 {
        self.below.get(&node.id).copied().unwrap_or(0) as f64 / self.total.max(1) as f64
    }
}

/// Whether a text is a script or style.
fn parent_is_code(node: &NodeRef<'_>) -> bool {
    let code = ["script", "style", "noscript", "template"];
    node.parent().is_some_and(|parent| code.iter().any(|name| parent.has_name(name)))
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
