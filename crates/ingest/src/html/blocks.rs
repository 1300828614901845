//! From a tree of elements to blocks of text.

use dom_query::NodeRef;

/// A block of text in an extracted body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its text, white space collapsed.
    pub(crate) text: String,
    /// How many bytes of it stand in links.
    pub(crate) linked: usize,
    /// It is a heading by its markup.
    pub(crate) heading: bool,
}

const BLOCK_ELEMENTS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "tr",
    "ul",
];

const SKIPPED: [&str; 7] = ["script", "style", "noscript", "template", "svg", "iframe", "head"];

/// The blocks under `root`, in order. Iterative, so that no nesting is too deep.
pub(crate) fn of(root: &NodeRef<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::default()];
    let mut stack = vec![Step::Enter(*root, false)];
    while let Some(step) = stack.pop() {
        match step {
            Step::Break => flush(&mut blocks),
            Step::Enter(node, linked) if node.is_text() => {
                push(blocks.last_mut().expect("one at least"), &node.text(), linked);
            }
            Step::Enter(node, linked) => enter(&node, linked, &mut blocks, &mut stack),
        }
    }
    flush(&mut blocks);
    blocks.pop();
    blocks
}

/// What is left to do: go into a node (inside a link or not), or end a block.
enum Step<'a> {
    Enter(NodeRef<'a>, bool),
    Break,
}

fn enter<'a>(node: &NodeRef<'a>, linked: bool, blocks: &mut Vec<Block>, stack: &mut Vec<Step<'a>>) {
    let name = node.node_name().unwrap_or_default();
    if SKIPPED.contains(&&*name) {
        return;
    }
    let breaks = &*name == "br" || BLOCK_ELEMENTS.contains(&&*name);
    if breaks {
        flush(blocks);
        stack.push(Step::Break);
    }
    let is_heading = matches!(&*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    blocks.last_mut().expect("one at least").heading |= is_heading;
    let linked = linked || &*name == "a";
    stack.extend(node.children_it(true).map(|child| Step::Enter(child, linked)));
}

/// Adds text to a block, every run of white space as one space.
fn push(block: &mut Block, text: &str, linked: bool) {
    let before = block.text.len();
    for character in text.chars() {
        if !character.is_whitespace() {
            block.text.push(character);
        } else if !block.text.is_empty() && !block.text.ends_with(' ') {
            block.text.push(' ');
        }
    }
    block.linked += usize::from(linked) * (block.text.len() - before);
}

/// Ends the last block, unless it is empty.
fn flush(blocks: &mut Vec<Block>) {
    let last = blocks.last_mut().expect("one at least");
    last.text.truncate(last.text.trim_end().len());
    if last.text.is_empty() {
        *last = Block::default();
    } else {
        blocks.push(Block::default());
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    #[test]
    fn blocks_follow_the_markup() {
        let page = Document::from(
            "<h2>What <b>next</b></h2><div>One<p>Two <a href=x>three</a>\n four<br>five</p>six</div>",
        );
        let found = of(&page.body().expect("a body"));
        let texts: Vec<&str> = found.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["What next", "One", "Two three four", "five", "six"]);
        assert!(found[0].heading && !found[1].heading);
        assert_eq!(found[2].linked, 5);
    }

    #[test]
    fn nesting_may_be_deep() {
        let page = Document::from(format!("{}deep", "<div>".repeat(20_000)));
        assert_eq!(of(&page.root())[0].text, "deep");
    }
}
