//! Texts parsed block by block, so that no sentence runs over the end of a block.

use std::ops::Range;

use crate::doc::{Doc, LexemeRow};
use crate::intern::{Interner, Sym};
use crate::pipeline::Pipeline;
use crate::tree::Children;

impl Pipeline {
    /// Parse each of `blocks` of `text` by itself and join the parses into one document, whose
    /// offsets are those of `text`. What lies outside the blocks has no tokens.
    ///
    /// Linear in the blocks.
    ///
    /// # Panics
    /// When a block does not lie on character boundaries of `text`, or `text` is 4 GiB or longer.
    #[must_use]
    pub fn parse_blocks(&self, text: &str, blocks: impl IntoIterator<Item = Range<usize>>) -> Doc {
        let mut whole = Joined::default();
        for block in blocks {
            whole.add(&self.parse(&text[block.clone()]), block.start);
        }
        whole.finish(text)
    }
}

/// A document that grows by other documents.
#[derive(Default)]
struct Joined {
    doc: Doc,
    strings: Interner,
}

impl Joined {
    fn add(&mut self, part: &Doc, offset: usize) {
        let offset = u32::try_from(offset).expect("texts are under 4 GiB");
        let Self { doc, strings } = self;
        let mut moved = |sym: Sym| strings.intern(&part.strings[sym]);
        let first = u32::try_from(doc.table.start.len()).expect("fewer tokens than bytes");
        let lexeme = u32::try_from(doc.lexemes.len()).expect("fewer lexemes than bytes");
        doc.lexemes.extend(part.lexemes.iter().map(|row| LexemeRow {
            lower: moved(row.lower),
            shape: moved(row.shape),
            flags: row.flags,
        }));
        let (to, from) = (&mut doc.table, &part.table);
        to.start.extend(from.start.iter().map(|start| start + offset));
        to.end.extend(from.end.iter().map(|end| end + offset));
        to.space.extend_from_slice(&from.space);
        to.lexeme.extend(from.lexeme.iter().map(|row| row + lexeme));
        to.head.extend(from.head.iter().map(|head| head + first));
        to.sent_start.extend_from_slice(&from.sent_start);
        to.ent_iob.extend_from_slice(&from.ent_iob);
        to.vectors.extend_from_slice(&from.vectors);
        let columns = [
            (&mut to.norm, &from.norm),
            (&mut to.lemma, &from.lemma),
            (&mut to.pos, &from.pos),
            (&mut to.tag, &from.tag),
            (&mut to.morph, &from.morph),
            (&mut to.dep, &from.dep),
            (&mut to.ent_type, &from.ent_type),
        ];
        for (to, from) in columns {
            to.extend(from.iter().map(|&sym| moved(sym)));
        }
        let edges = &mut to.edges;
        edges.left.extend(from.edges.left.iter().map(|edge| edge + first));
        edges.right.extend(from.edges.right.iter().map(|edge| edge + first));
    }

    fn finish(self, text: &str) -> Doc {
        let Self { mut doc, strings } = self;
        doc.table.children = Children::new(&doc.table.head);
        doc.strings = strings.finish();
        text.clone_into(&mut doc.text);
        doc
    }
}
