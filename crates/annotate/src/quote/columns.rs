//! What the sequence model sees of each token, as hashes and small numbers.

use std::ops::Range;

use stemma_english::{Doc, Iob, Token};
use stemma_model::Span;

use super::classes;
use super::clusters::Clusters;
use super::lexicon::{ADJECTIVE, CueLexicon, NOUN, VERB};
use super::marks::Passage;

/// How many numbers the pipeline's vector of a token has.
pub const WIDTH: usize = 96;

/// No token.
pub const NONE: u32 = u32::MAX;

/// FNV-1a over the bytes, with a final mix: feature values must not depend on the platform.
#[must_use]
pub fn hash(text: &str) -> u32 {
    let hashed = text
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    mix(hashed, 0)
}

/// One hash of two, in order (the finaliser of MurmurHash3).
#[must_use]
pub fn mix(a: u32, b: u32) -> u32 {
    let mut hash = a.wrapping_mul(0x9e37_79b1) ^ b.wrapping_add(0x85eb_ca6b).rotate_left(13);
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

/// Where a token stands towards quotation marks.
pub mod state {
    /// Outside.
    pub const OUTSIDE: u8 = 0;
    /// An opening mark.
    pub const OPENING: u8 = 1;
    /// Inside.
    pub const INSIDE: u8 = 2;
    /// A closing mark.
    pub const CLOSING: u8 = 3;
}

/// One entry a token of the document in every column.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Lower-cased word.
    pub word: Vec<u32>,
    /// Lemma.
    pub lemma: Vec<u32>,
    /// Penn tag.
    pub tag: Vec<u32>,
    /// Universal part of speech.
    pub pos: Vec<u32>,
    /// Dependency label.
    pub dep: Vec<u32>,
    /// Entity label with its place in the entity.
    pub entity: Vec<u32>,
    /// The tag, relation and entity label as small numbers: see [`super::classes`].
    pub tag_class: Vec<u8>,
    /// See there.
    pub relation_class: Vec<u8>,
    /// See there.
    pub entity_class: Vec<u8>,
    /// Letter classes.
    pub shape: Vec<u32>,
    /// Last three letters.
    pub suffix: Vec<u32>,
    /// Word clusters, coarse and fine.
    pub cluster: Vec<[u16; 2]>,
    /// Index of the head.
    pub head: Vec<u32>,
    /// First token of the subtree.
    pub left: Vec<u32>,
    /// Last token of the subtree that is not punctuation.
    pub right: Vec<u32>,
    /// Classes of the cue lexicon that fit the part of speech.
    pub class: Vec<u8>,
    /// How likely a cue, from 0 to 3.
    pub level: Vec<u8>,
    /// Towards quotation marks: see [`state`]; 4 is added inside single marks.
    pub quoted: Vec<u8>,
    /// Which relations hang from it.
    pub frame: Vec<u32>,
    /// First token of its sentence.
    pub sentence: Vec<u32>,
    /// Only punctuation or white space.
    pub punct: Vec<bool>,
    /// The pipeline's contextual vectors, [`WIDTH`] a token; empty where it does not keep them.
    pub vectors: Vec<f32>,
}

impl Columns {
    /// The columns of a parsed document with its passages in marks. Linear.
    #[must_use]
    pub fn new(doc: &Doc, passages: &[Passage], cues: &CueLexicon, clusters: &Clusters) -> Self {
        let mut columns = Self::default();
        let mut sentence = 0;
        for token in doc.tokens() {
            if token.is_sent_start() {
                sentence = index(token.i());
            }
            columns.push(token, sentence, cues, clusters);
        }
        columns.quoted = quoted(doc, passages);
        columns.trim_right_edges(doc);
        columns.level = (0..doc.len()).map(|i| columns.lexical_level(i, doc)).collect();
        columns
    }

    /// The number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.word.len()
    }

    /// Whether there is no token.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.word.is_empty()
    }

    fn push(&mut self, token: Token<'_>, sentence: u32, cues: &CueLexicon, clusters: &Clusters) {
        let lemma = hash(token.lemma());
        let word = hash(token.lower());
        self.word.push(word);
        self.lemma.push(lemma);
        self.tag.push(hash(token.tag()));
        self.pos.push(hash(token.pos()));
        self.dep.push(hash(token.dep()));
        let inside = u32::from(token.ent_iob() == Iob::Inside);
        self.entity.push(mix(hash(token.ent_type()), inside));
        self.tag_class.push(classes::of_tag(token.tag()));
        self.relation_class.push(classes::of_relation(token.dep()));
        self.entity_class.push(classes::of_entity(token.ent_type()));
        self.shape.push(hash(token.shape()));
        self.suffix.push(hash(suffix(token.lower())));
        self.cluster.push(clusters.of(word));
        self.head.push(index(token.head().i()));
        self.left.push(index(token.left_edge().i()));
        self.right.push(index(token.right_edge().i()));
        self.class.push(cues.classes(lemma) & fitting(token.pos()));
        self.frame.push(frame(token));
        self.sentence.push(sentence);
        self.vectors.extend_from_slice(token.vector());
        self.punct.push(token.is_punct() || token.is_space());
    }

    /// Moves right edges left over the punctuation that ends a subtree.
    fn trim_right_edges(&mut self, doc: &Doc) {
        let mut last_word = Vec::with_capacity(doc.len());
        for i in 0..doc.len() {
            let before = last_word.last().copied().unwrap_or(0);
            last_word.push(if self.punct[i] { before } else { index(i) });
        }
        for i in 0..doc.len() {
            self.right[i] = last_word[self.right[i] as usize].max(index(i));
        }
    }

    /// How likely a cue by the lexicon and the frame.
    fn lexical_level(&self, i: usize, doc: &Doc) -> u8 {
        let token = doc.token(i);
        let clause = || token.children().any(|child| matches!(child.dep(), "ccomp" | "xcomp"));
        match self.class[i] {
            class if class & 0b11 != 0 => 3,
            class if class & VERB != 0 => 2,
            class if class != 0 => 1,
            _ if token.lower() == "according" => 3,
            _ => u8::from(token.pos() == "VERB" && clause()),
        }
    }
}

/// The lexicon classes that a part of speech can have.
fn fitting(pos: &str) -> u8 {
    match pos {
        "VERB" | "AUX" => VERB,
        "NOUN" | "PROPN" => NOUN,
        "ADJ" => ADJECTIVE,
        _ => 0,
    }
}

fn suffix(word: &str) -> &str {
    let start = word.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    &word[start..]
}

/// The set of relations that hang from a token, as far as they tell a cue's frame.
fn frame(token: Token<'_>) -> u32 {
    const RELATIONS: [&str; 16] = [
        "nsubj",
        "nsubjpass",
        "ccomp",
        "xcomp",
        "dobj",
        "dative",
        "prep",
        "agent",
        "mark",
        "aux",
        "neg",
        "advcl",
        "acl",
        "oprd",
        "pcomp",
        "parataxis",
    ];
    let mut set = 0;
    for child in token.children() {
        if let Some(bit) = RELATIONS.iter().position(|relation| *relation == child.dep()) {
            set |= 1 << bit;
        }
    }
    set
}

/// The state of each token towards the passages in marks.
fn quoted(doc: &Doc, passages: &[Passage]) -> Vec<u8> {
    let mut states = vec![state::OUTSIDE; doc.len()];
    for passage in passages.iter().filter(|passage| !passage.nested) {
        let add = if passage.single { 4 } else { 0 };
        let mut fill = |span: Span, value: u8| {
            for i in doc.tokens_touching(span.range()).indices() {
                states[i] = value + add;
            }
        };
        fill(passage.inner, state::INSIDE);
        let opening = Span { start: passage.outer.start, end: passage.inner.start };
        let closing = Span { start: passage.inner.end, end: passage.outer.end };
        for (mark, value) in [(opening, state::OPENING), (closing, state::CLOSING)] {
            if !mark.is_empty() {
                fill(mark, value);
            }
        }
    }
    states
}

/// For each token, its place among the cues of its sentence.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// The nearest token above that may be a cue.
    pub cue: Vec<u32>,
    /// The child of that cue which the token hangs under.
    pub branch: Vec<u32>,
    /// The nearest cue before it in the sentence.
    pub before: Vec<u32>,
    /// The nearest cue after it in the sentence.
    pub after: Vec<u32>,
    /// The highest token whose subtree starts here.
    pub opens: Vec<u32>,
    /// The highest token whose subtree ends here, punctuation aside.
    pub ends: Vec<u32>,
}

/// How far up a tree anything is looked for; 99.9 % of news tokens are less deep.
const DEPTH: usize = 24;

impl Links {
    /// The links of `columns` under its cue levels. Linear.
    #[must_use]
    pub fn new(columns: &Columns) -> Self {
        let n = columns.len();
        let mut links = Self { before: vec![NONE; n], after: vec![NONE; n], ..Self::default() };
        for i in 0..n {
            let (cue, branch) = governor(columns, i);
            links.cue.push(cue);
            links.branch.push(branch);
            links.opens.push(climb(columns, i, |node| columns.left[node] as usize == i));
            links.ends.push(climb(columns, i, |node| columns.right[node] as usize == i));
        }
        links.link_neighbours(columns);
        links
    }

    fn link_neighbours(&mut self, columns: &Columns) {
        let n = columns.len();
        let is_cue = |i: usize| columns.level[i] >= 2;
        for i in 1..n {
            if columns.sentence[i] == columns.sentence[i - 1] {
                self.before[i] = if is_cue(i - 1) { index(i - 1) } else { self.before[i - 1] };
            }
        }
        for i in (0..n.saturating_sub(1)).rev() {
            if columns.sentence[i] == columns.sentence[i + 1] {
                self.after[i] = if is_cue(i + 1) { index(i + 1) } else { self.after[i + 1] };
            }
        }
    }
}

/// The nearest possible cue above `i`, and its child on the way.
fn governor(columns: &Columns, i: usize) -> (u32, u32) {
    let mut at = i;
    for _ in 0..DEPTH {
        let head = columns.head[at] as usize;
        if head == at {
            break;
        }
        if columns.level[head] >= 1 {
            return (index(head), index(at));
        }
        at = head;
    }
    (NONE, NONE)
}

/// The highest token on the way up from `i` for which `holds` still holds.
fn climb(columns: &Columns, i: usize, holds: impl Fn(usize) -> bool) -> u32 {
    let mut at = i;
    for _ in 0..DEPTH {
        let head = columns.head[at] as usize;
        if head == at || !holds(head) {
            break;
        }
        at = head;
    }
    index(at)
}

/// How many tokens one sequence may have. A block has more only where a text came without its
/// paragraphs, or was made to be slow: what is tied together within a sequence costs more than
/// linear time. None of PolNeAR's paragraphs comes near it.
const LONGEST: usize = 512;

/// The tokens of each block, without those that are white space at its edges; a block of more than
/// [`LONGEST`] tokens is cut before the last sentence that starts within them.
#[must_use]
pub fn sequences(doc: &Doc, blocks: &[Span]) -> Vec<Range<usize>> {
    blocks
        .iter()
        .map(|block| doc.tokens_touching(block.range()).indices())
        .flat_map(|block| stretches(doc, block))
        .collect()
}

fn stretches(doc: &Doc, block: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut rest = block;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let most = rest.start + LONGEST;
        let end = if rest.end <= most {
            rest.end
        } else {
            (rest.start + 1..most).rev().find(|&i| doc.token(i).is_sent_start()).unwrap_or(most)
        };
        let stretch = rest.start..end;
        rest.start = end;
        Some(stretch)
    })
}

fn index(i: usize) -> u32 {
    u32::try_from(i).expect("texts are shorter than 4 GiB")
}
