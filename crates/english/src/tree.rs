//! What follows from heads: edges of subtrees, sentence starts, children, and undoing the tricks that
//! let a parser without crossing arcs give them.
//!
//! Source: `set_children_from_heads` of spaCy's `tokens/doc.pyx`, `_parser_internals/nonproj.pyx`.

use crate::transition::Parse;

/// First and last token of each token's subtree.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edges {
    pub(crate) left: Vec<u32>,
    pub(crate) right: Vec<u32>,
}

impl Edges {
    /// Widen every head's edges to its children's, forth and back, until every head is in the sentence
    /// of its child; crossing arcs may need several rounds, spaCy gives up after twelve, so do we.
    pub(crate) fn new(heads: &[u32]) -> Self {
        const ROUNDS: usize = 12;
        let own: Vec<u32> = (0..).take(heads.len()).collect();
        let mut edges = Self { left: own.clone(), right: own };
        for _ in 0..ROUNDS {
            (0..heads.len()).for_each(|child| edges.widen(child, heads[child] as usize));
            (0..heads.len()).rev().for_each(|child| edges.widen(child, heads[child] as usize));
            if heads_stay_inside(heads, &edges.sentence_starts(heads)) {
                break;
            }
        }
        edges
    }

    fn widen(&mut self, child: usize, head: usize) {
        self.left[head] = self.left[head].min(self.left[child]);
        self.right[head] = self.right[head].max(self.right[child]);
    }

    /// A sentence starts at the left edge of each root.
    pub(crate) fn sentence_starts(&self, heads: &[u32]) -> Vec<bool> {
        let mut starts = vec![false; heads.len()];
        for (i, _) in heads.iter().enumerate().filter(|&(i, &head)| i == head as usize) {
            starts[self.left[i] as usize] = true;
        }
        starts
    }
}

/// Whether no arc leaves its sentence. As in spaCy, the very last token is not looked at.
fn heads_stay_inside(heads: &[u32], starts: &[bool]) -> bool {
    let last = heads.len().saturating_sub(1);
    let mut start = 0;
    for end in 1..heads.len() {
        if starts[end] || end == last {
            // A head may also be the first token of the next sentence: spaCy's bound is one too far.
            let inside = |&head: &u32| (start..=end).contains(&(head as usize));
            if !heads[start..end].iter().all(inside) {
                return false;
            }
            start = end;
        }
    }
    true
}

/// The children of each token, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Children {
    /// `tokens[ends[i - 1]..ends[i]]` are those of token `i`.
    ends: Vec<u32>,
    tokens: Vec<u32>,
}

impl Children {
    /// By a counting sort over heads.
    pub(crate) fn new(heads: &[u32]) -> Self {
        let arcs = || (0_u32..).zip(heads).filter(|&(child, &head)| child != head);
        let mut ends = vec![0; heads.len()];
        arcs().for_each(|(_, &head)| ends[head as usize] += 1);
        let mut total = 0;
        for end in &mut ends {
            // For now each entry is where the token's children start.
            total += std::mem::replace(end, total);
        }
        let mut tokens = vec![0; total as usize];
        for (child, &head) in arcs() {
            let place = &mut ends[head as usize];
            tokens[*place as usize] = child;
            *place += 1;
        }
        Self { ends, tokens }
    }

    pub(crate) fn of(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.tokens[start as usize..self.ends[token] as usize]
    }
}

/// What stands between the two halves of a label `X||Y`: "an X whose head is really the Y below".
const DELIMITER: &str = "||";

/// The labels of a parser, with what the decorated ones mean.
#[derive(Debug)]
pub(crate) struct Decorations {
    /// For each decorated label, the bare one and the label of the true head.
    meanings: Vec<Option<(u16, u16)>>,
}

impl Decorations {
    /// Read `labels`, to which bare labels that are missing are added.
    pub(crate) fn new(labels: &mut Vec<String>) -> Self {
        let halves = |label: &String| {
            let (bare, head) = label.split_once(DELIMITER)?;
            Some((bare.to_owned(), head.to_owned()))
        };
        let decorated: Vec<Option<(String, String)>> = labels.iter().map(halves).collect();
        let mut number = |wanted: String| {
            let found = labels.iter().position(|label| *label == wanted).unwrap_or_else(|| {
                labels.push(wanted);
                labels.len() - 1
            });
            u16::try_from(found).expect("about a hundred labels")
        };
        let meanings = decorated
            .into_iter()
            .map(|halves| halves.map(|(bare, head)| (number(bare), number(head))));
        let meanings = meanings.collect();
        Self { meanings }
    }

    /// Give every token with a decorated label its bare label and true head: the first, breadth
    /// first from its head, with the label wanted.
    pub(crate) fn undo(
        &self,
        parse: &mut Parse,
        labels: &[String],
        is_space: impl Fn(usize) -> bool,
    ) {
        let decorated = |&label: &u16| self.meanings.get(usize::from(label)).copied().flatten();
        if !parse.labels.iter().any(|label| decorated(label).is_some()) {
            return;
        }
        let mut tree = Tree::new(&parse.heads);
        for token in 0..parse.heads.len() {
            let Some((bare, wanted)) = decorated(&parse.labels[token]) else { continue };
            let named = |child: usize| {
                labels[usize::from(parse.labels[child])] == labels[usize::from(wanted)]
            };
            let head = tree.find(token, &parse.heads, &is_space, named);
            if let Some(head) = head {
                parse.heads[token] = head;
                tree.moved.push(token);
            }
            parse.labels[token] = bare;
        }
    }
}

/// The tree as it was, and which tokens have got new heads since.
struct Tree {
    children: Children,
    edges: Edges,
    moved: Vec<usize>,
}

impl Tree {
    fn new(heads: &[u32]) -> Self {
        Self { children: Children::new(heads), edges: Edges::new(heads), moved: Vec::new() }
    }

    fn find(
        &self,
        token: usize,
        heads: &[u32],
        is_space: impl Fn(usize) -> bool,
        wanted: impl Fn(usize) -> bool,
    ) -> Option<u32> {
        let mut level = vec![heads[token] as usize];
        let mut visited = 0;
        while !level.is_empty() && visited <= heads.len() {
            let mut next = Vec::new();
            for &above in &level {
                for child in self.children_now(above, heads) {
                    if is_space(child) || child == token {
                        continue;
                    }
                    if wanted(child) {
                        return u32::try_from(child).ok();
                    }
                    next.push(child);
                }
            }
            visited += level.len();
            level = next;
        }
        None
    }

    /// The children of `above` by the present heads that lie inside its edges as they were, which
    /// is where spaCy looks for them.
    fn children_now(&self, above: usize, heads: &[u32]) -> Vec<usize> {
        let still = |&child: &usize| heads[child] as usize == above;
        let edges = self.edges.left[above] as usize..=self.edges.right[above] as usize;
        let old = self.children.of(above).iter().map(|&child| child as usize).filter(still);
        let mut children: Vec<usize> = old.collect();
        let new = self.moved.iter().copied().filter(still).filter(|child| edges.contains(child));
        children.extend(new.filter(|&child| child != above));
        children.sort_unstable();
        children.dedup();
        children
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_and_children_follow_from_heads() {
        // The cat sat. It ran.
        let heads = [1, 2, 2, 2, 5, 5, 5];
        let edges = Edges::new(&heads);
        assert_eq!(edges.left, [0, 0, 0, 3, 4, 4, 6]);
        assert_eq!(edges.right, [0, 1, 3, 3, 4, 6, 6]);
        assert_eq!(edges.sentence_starts(&heads), [true, false, false, false, true, false, false]);
        let children = Children::new(&heads);
        assert_eq!(children.of(2), [1, 3]);
        assert_eq!(children.of(5), [4, 6]);
        assert!(children.of(0).is_empty());
    }

    #[test]
    fn decorated_labels_find_their_head() {
        let mut labels: Vec<String> =
            ["prep||dobj", "dobj", "nsubj", "ROOT"].map(String::from).into();
        let decorations = Decorations::new(&mut labels);
        // He gave a book _to_: the parser put `to` under `gave`.
        let mut parse = Parse { heads: vec![1, 1, 1, 1], labels: vec![2, 3, 1, 0] };
        decorations.undo(&mut parse, &labels, |_| false);
        assert_eq!(parse.heads, [1, 1, 1, 2]);
        assert_eq!(labels[usize::from(parse.labels[3])], "prep");
    }
}
