//! Where in a page the report stands.

use std::collections::HashMap;

use dom_query::{Document, NodeId};
use dom_smoothie::{Config, Readability};
use serde_json::Value;
use stemma_model::BoilerplateKind;

use super::blocks::{self, Block};
use super::metadata::Metadata;
use super::{json_ld, prune};
use crate::boilerplate;
use crate::shape::same_words;

/// The report in a page.
#[derive(Debug, Default)]
pub(crate) struct Body {
    pub(crate) text: String,
    pub(crate) headings: Vec<String>,
}

/// Pages with more nodes than this are not scored, only cut into blocks: scoring asks for the
/// links under every candidate, and the largest news pages have 40,000.
const MOST_NODES: usize = 100_000;

/// Pages whose elements nest deeper than this are not scored either: scoring climbs from every
/// paragraph, and browsers themselves stop at 512.
const DEEPEST: usize = 400;

/// A block of fewer words than this that is all link is a link to another report.
const LINK_WORDS: usize = 30;

/// Finds the report in `document`, and takes it apart in doing so.
pub(crate) fn find(document: Document, metadata: &Metadata, linked: &[Value]) -> Body {
    prune::prune(&document);
    let scored = if is_ordinary(&document) { readable(&document) } else { None };
    let found = scored.unwrap_or_else(|| loose(&document));
    let body = assemble(&found, metadata);
    json_ld::body(linked).filter(|given| is_fuller(given, &body.text)).map_or(body, |given| {
        let blocks: Vec<Block> = given.lines().map(str::trim).map(plain_block).collect();
        assemble(&blocks, metadata)
    })
}

/// Whether a page has the size and depth of pages that people write.
fn is_ordinary(document: &Document) -> bool {
    let mut depths: HashMap<NodeId, usize> = HashMap::new();
    document.root().descendants_it().enumerate().all(|(index, node)| {
        let above = node.parent().and_then(|parent| depths.get(&parent.id).copied());
        let depth = above.unwrap_or(0) + 1;
        depths.insert(node.id, depth);
        index < MOST_NODES && depth <= DEEPEST
    })
}

/// The blocks of what Readability takes for the article.
fn readable(document: &Document) -> Option<Vec<Block>> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let mut reader = Readability::with_document(document.clone(), None, Some(config)).ok()?;
    let article = reader.parse().ok()?;
    let content = Document::fragment(article.content);
    Some(blocks::of(&content.root())).filter(|found| !found.is_empty())
}

/// All running text of the page, for pages that cannot be scored.
fn loose(document: &Document) -> Vec<Block> {
    const SHORTEST: usize = 60;
    let mut found = document.body().map(|body| blocks::of(&body)).unwrap_or_default();
    found.retain(|block| block.text.len() >= SHORTEST && block.linked * 2 < block.text.len());
    found
}

fn plain_block(line: &str) -> Block {
    Block { text: line.to_owned(), ..Block::default() }
}

/// Whether the text that the page's metadata carry has far more words than was found: the body
/// is then set by a script, or hidden.
fn is_fuller(given: &str, found: &str) -> bool {
    const AT_LEAST: usize = 80;
    let given = given.split_whitespace().count();
    given >= AT_LEAST && given > 2 * found.split_whitespace().count()
}

/// Joins the blocks that tell something.
fn assemble(found: &[Block], metadata: &Metadata) -> Body {
    let mut body = Body::default();
    let mut running = 0;
    for block in found {
        if block.text.is_empty() || !tells(block, running, metadata) {
            continue;
        }
        running += usize::from(block.text.ends_with(['.', '!', '?', '”', '"']));
        if !body.text.is_empty() {
            body.text.push_str("\n\n");
        }
        body.text.push_str(&block.text);
        if block.heading {
            body.headings.push(block.text.clone());
        }
    }
    body
}

/// Whether a block belongs into the text: it is neither the title again, nor a link to another
/// report, nor boilerplate. Credits stay, for they tell where a report comes from.
fn tells(block: &Block, running: usize, metadata: &Metadata) -> bool {
    let is_title = running == 0
        && metadata.title.as_ref().is_some_and(|title| same_words(&title.value, &block.text));
    let is_link = block.linked * 10 >= block.text.len() * 9
        && block.text.split_whitespace().count() < LINK_WORDS
        && !block.text.ends_with(['.', '!', '?']);
    let is_noise =
        boilerplate::classify(&block.text).is_some_and(|(kind, _)| kind != BoilerplateKind::Credit);
    !is_title && !is_link && !is_noise
}
