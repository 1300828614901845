//! The features of the sequence model: which properties of a token and its surroundings it weighs.
//!
//! Each template has a number; a feature is the hash of a template's number and its value. The
//! order of templates is therefore part of a trained model: change it and train again.

use std::ops::Range;

use super::columns::{Columns, Links, NONE, mix};

/// Families of templates, to be left out one by one when their worth is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Words, lemmas and their letters.
    Words,
    /// Part-of-speech tags.
    Tags,
    /// Word clusters.
    Clusters,
    /// Entities.
    Entities,
    /// Relations and heads.
    Tree,
    /// The branch under the cue above, and edges of subtrees.
    Branches,
    /// Quotation marks.
    Marks,
    /// Neighbouring cues and sentences.
    Context,
}

/// Where features are looked for.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The tokens.
    pub columns: &'a Columns,
    /// Their cues.
    pub links: &'a Links,
    /// Families left out: a set of bits by the family's number.
    pub without: u32,
}

/// Collects the features of one token.
struct Sink<'o> {
    out: &'o mut Vec<u32>,
    template: u32,
    skip: bool,
    without: u32,
}

impl Sink<'_> {
    fn family(&mut self, family: Family) {
        self.skip = self.without >> (family as u32) & 1 == 1;
        self.template = (family as u32) << 8;
    }

    fn one(&mut self, value: u32) {
        self.template += 1;
        if !self.skip {
            self.out.push(mix(self.template, value));
        }
    }

    fn two(&mut self, a: u32, b: u32) {
        self.one(mix(a, b));
    }

    fn three(&mut self, a: u32, b: u32, c: u32) {
        self.one(mix(mix(a, b), c));
    }

    fn four(&mut self, a: u32, b: u32, c: u32, d: u32) {
        self.one(mix(mix(a, b), mix(c, d)));
    }
}

/// Stands for what lies outside the sequence.
const EDGE: u32 = 0x0ed6_e001;

/// One token of a sequence.
#[derive(Clone, Copy)]
struct Place<'a> {
    scene: Scene<'a>,
    start: usize,
    end: usize,
    at: usize,
}

impl<'a> Place<'a> {
    fn near(self, column: &[u32], offset: isize) -> u32 {
        self.index(offset).map_or(EDGE, |i| column[i])
    }

    fn index(self, offset: isize) -> Option<usize> {
        let i = self.at.checked_add_signed(offset)?;
        (self.start..self.end).contains(&i).then_some(i)
    }

    fn small(self, column: &[u8], offset: isize) -> u32 {
        self.index(offset).map_or(EDGE, |i| u32::from(column[i]))
    }

    fn cluster(self, offset: isize, which: usize) -> u32 {
        self.index(offset).map_or(EDGE, |i| u32::from(self.scene.columns.cluster[i][which]))
    }
}

/// Appends the features of token `at` of the sequence `range`.
pub fn extract(scene: Scene<'_>, range: Range<usize>, at: usize, out: &mut Vec<u32>) {
    let place = Place { scene, start: range.start, end: range.end, at };
    let mut sink = Sink { out, template: 0, skip: false, without: scene.without };
    words(place, &mut sink);
    tags(place, &mut sink);
    clusters(place, &mut sink);
    entities(place, &mut sink);
    tree(place, &mut sink);
    branches(place, &mut sink);
    marks(place, &mut sink);
    context(place, &mut sink);
}

fn words(place: Place<'_>, sink: &mut Sink<'_>) {
    let c = place.scene.columns;
    sink.family(Family::Words);
    sink.one(0);
    for offset in -2..=2 {
        sink.one(place.near(&c.word, offset));
    }
    for offset in [-1, 0, 1] {
        sink.one(place.near(&c.lemma, offset));
    }
    sink.two(place.near(&c.word, -1), place.near(&c.word, 0));
    sink.two(place.near(&c.word, 0), place.near(&c.word, 1));
    sink.three(place.near(&c.lemma, 0), place.near(&c.word, 1), place.near(&c.word, 2));
    sink.two(place.near(&c.word, -2), place.near(&c.word, -1));
    sink.two(place.near(&c.word, 1), place.near(&c.word, 2));
    sink.two(place.near(&c.lemma, 0), place.near(&c.pos, 1));
    sink.two(place.near(&c.lemma, 0), place.near(&c.tag, -1));
    sink.two(place.near(&c.lemma, 0), place.near(&c.tag, 0));
    sink.one(place.near(&c.shape, 0));
    sink.one(place.near(&c.suffix, 0));
    sink.two(place.near(&c.shape, -1), place.near(&c.shape, 0));
}

fn tags(place: Place<'_>, sink: &mut Sink<'_>) {
    let c = place.scene.columns;
    sink.family(Family::Tags);
    let t = |offset| place.near(&c.tag, offset);
    for offset in -2..=2 {
        sink.one(t(offset));
    }
    sink.two(t(-1), t(0));
    sink.two(t(0), t(1));
    sink.three(t(-2), t(-1), t(0));
    sink.three(t(-1), t(0), t(1));
    sink.three(t(0), t(1), t(2));
    sink.four(t(-2), t(-1), t(0), t(1));
    sink.four(t(-1), t(0), t(1), t(2));
}

fn clusters(place: Place<'_>, sink: &mut Sink<'_>) {
    let c = place.scene.columns;
    sink.family(Family::Clusters);
    for offset in -1..=1 {
        sink.one(place.cluster(offset, 0));
        sink.one(place.cluster(offset, 1));
    }
    let head = c.head[place.at] as usize;
    sink.one(u32::from(c.cluster[head][1]));
    sink.two(place.cluster(0, 1), c.frame[place.at]);
    sink.two(place.cluster(0, 0), c.frame[place.at]);
    sink.two(place.cluster(0, 1), place.near(&c.tag, 0));
    sink.two(place.cluster(-1, 0), place.cluster(0, 0));
    sink.two(place.cluster(0, 0), place.cluster(1, 0));
    sink.two(u32::from(c.cluster[head][1]), c.dep[place.at]);
    sink.three(u32::from(c.cluster[head][0]), c.dep[place.at], place.cluster(0, 0));
}

fn entities(place: Place<'_>, sink: &mut Sink<'_>) {
    let c = place.scene.columns;
    sink.family(Family::Entities);
    for offset in -1..=1 {
        sink.one(place.near(&c.entity, offset));
    }
    sink.two(place.near(&c.entity, 0), c.dep[place.at]);
    sink.two(place.near(&c.entity, 0), place.near(&c.tag, 1));
    let head = c.head[place.at] as usize;
    sink.three(place.near(&c.entity, 0), c.dep[place.at], u32::from(c.level[head]));
}

fn tree(place: Place<'_>, sink: &mut Sink<'_>) {
    let c = place.scene.columns;
    let at = place.at;
    let head = c.head[at] as usize;
    let grand = c.head[head] as usize;
    let side = u32::from(head > at);
    sink.family(Family::Tree);
    sink.one(c.dep[at]);
    sink.one(place.near(&c.dep, -1));
    sink.one(place.near(&c.dep, 1));
    sink.two(place.near(&c.dep, -1), c.dep[at]);
    sink.two(c.dep[at], place.near(&c.dep, 1));
    sink.two(c.dep[at], c.lemma[head]);
    sink.three(c.dep[at], c.pos[head], side);
    sink.three(c.dep[at], c.dep[head], side);
    sink.three(c.dep[at], c.dep[head], c.lemma[grand]);
    sink.four(c.dep[at], c.dep[head], c.dep[grand], side);
    sink.two(c.lemma[at], c.dep[at]);
    sink.two(c.lemma[at], c.frame[at]);
    sink.two(c.pos[at], c.frame[at]);
    sink.three(c.lemma[at], c.dep[at], c.lemma[head]);
    sink.one(c.lemma[head]);
    sink.two(u32::from(c.class[at]), c.frame[at]);
    sink.three(u32::from(c.class[at]), c.dep[at], c.tag[at]);
    sink.three(u32::from(c.class[head]), c.dep[at], side);
    let distance = u32::try_from(head.abs_diff(at).min(6)).unwrap_or(6);
    sink.three(c.dep[at], distance, side);
    sink.two(
        c.pos[at],
        u32::try_from(c.right[at] as usize - c.left[at] as usize).unwrap_or(0).min(12),
    );
}

/// Where the token stands in the branch under the possible cue above it.
fn branches(place: Place<'_>, sink: &mut Sink<'_>) {
    let scene = place.scene;
    let (c, l) = (scene.columns, scene.links);
    let at = place.at;
    sink.family(Family::Branches);
    let described = branch(c, l, at);
    let next = place.index(1).map_or(EDGE, |i| branch(c, l, i).key);
    let before = place.index(-1).map_or(EDGE, |i| branch(c, l, i).key);
    sink.one(described.key);
    sink.two(described.key, described.edge);
    sink.two(described.key, c.tag[at]);
    sink.two(described.key, c.dep[at]);
    sink.two(described.key, next);
    sink.two(before, described.key);
    sink.three(before, described.key, next);
    sink.three(described.key, described.lemma, described.edge);
    sink.two(described.lemma, described.key);
    sink.three(described.key, described.frame, described.edge);
    sink.three(described.key, described.class, described.edge);
    sink.three(described.key, described.edge, place.near(&c.word, 1));
    sink.three(described.key, described.edge, place.near(&c.word, -1));
    sink.three(described.key, described.edge, place.near(&c.word, 0));
    sink.two(described.key, described.upper);
    sink.three(described.key, described.upper, described.edge);
    let opens = l.opens[at] as usize;
    let ends = l.ends[at] as usize;
    sink.two(c.dep[opens], u32::from(c.level[c.head[opens] as usize]));
    sink.two(c.dep[ends], u32::from(c.level[c.head[ends] as usize]));
    sink.three(c.dep[opens], c.pos[opens], c.lemma[c.head[opens] as usize]);
    sink.three(c.dep[ends], c.pos[ends], c.lemma[c.head[ends] as usize]);
    sink.three(c.dep[opens], c.dep[ends], u32::from(c.punct[at]));
    sink.three(c.dep[ends], u32::from(c.level[c.head[ends] as usize]), place.near(&c.word, 1));
    sink.three(c.dep[opens], u32::from(c.level[c.head[opens] as usize]), place.near(&c.word, -1));
}

/// A token's branch in figures.
struct Branch {
    key: u32,
    edge: u32,
    lemma: u32,
    frame: u32,
    class: u32,
    upper: u32,
}

fn branch(c: &Columns, l: &Links, at: usize) -> Branch {
    let own = u32::from(c.level[at]);
    if l.cue[at] == NONE {
        return Branch { key: mix(7, own), edge: 0, lemma: 0, frame: 0, class: 0, upper: 0 };
    }
    let (cue, root) = (l.cue[at] as usize, l.branch[at] as usize);
    let before = u32::from(root < cue);
    let level = u32::from(c.level[cue]);
    let (left, right) = (c.left[root] as usize, c.right[root] as usize);
    let edge = u32::from(at == left) | u32::from(at == right) << 1 | u32::from(at > right) << 2;
    let upper = match l.cue[cue] {
        NONE => 9,
        upper => {
            let upper_root = l.branch[cue] as usize;
            mix(c.dep[upper_root], u32::from(c.level[upper as usize]))
        }
    };
    Branch {
        key: mix(mix(c.dep[root], before), mix(level, own)),
        edge,
        lemma: c.lemma[cue],
        frame: c.frame[cue],
        class: u32::from(c.class[cue]),
        upper,
    }
}

fn marks(place: Place<'_>, sink: &mut Sink<'_>) {
    let (c, l) = (place.scene.columns, place.scene.links);
    let q = |offset| place.small(&c.quoted, offset);
    let at = place.at;
    sink.family(Family::Marks);
    sink.one(q(0));
    sink.two(q(-1), q(0));
    sink.two(q(0), q(1));
    sink.three(q(-2), q(-1), q(0));
    sink.three(q(-1), q(0), q(1));
    sink.three(q(0), q(1), q(2));
    sink.two(q(0), c.tag[at]);
    sink.two(q(0), c.dep[at]);
    sink.three(q(-1), q(0), c.tag[at]);
    sink.three(q(0), q(1), place.near(&c.word, 1));
    sink.three(q(0), place.near(&c.pos, -1), place.near(&c.pos, 1));
    let described = branch(c, l, at);
    sink.three(q(-1), q(0), described.key);
    sink.three(q(0), q(1), described.key);
    let length = run(place, -1) + run(place, 1);
    sink.two(q(0), length.min(12));
    sink.three(q(0), q(-1), length.min(6));
    sink.two(run(place, -1).min(8), q(0));
    sink.two(run(place, 1).min(8), q(0));
}

/// How many tokens in the same state stand on one side, to 20.
fn run(place: Place<'_>, step: isize) -> u32 {
    let quoted = &place.scene.columns.quoted;
    let own = quoted[place.at];
    let mut offset = 0;
    while offset < 20 && place.index(step * (offset + 1)).is_some_and(|i| quoted[i] == own) {
        offset += 1;
    }
    u32::try_from(offset).unwrap_or(0)
}

fn context(place: Place<'_>, sink: &mut Sink<'_>) {
    let (c, l) = (place.scene.columns, place.scene.links);
    let at = place.at;
    sink.family(Family::Context);
    let lemma = |i: u32| if i == NONE { EDGE } else { c.lemma[i as usize] };
    let level = |i: u32| if i == NONE { 0 } else { u32::from(c.level[i as usize]) };
    let (before, after) = (l.before[at], l.after[at]);
    let inside = u32::from(c.quoted[at]);
    sink.one(lemma(before));
    sink.one(lemma(after));
    sink.three(level(before), level(after), inside);
    sink.three(level(before), level(after), c.tag[at]);
    let gap =
        |i: u32| if i == NONE { 15 } else { i.abs_diff(u32::try_from(at).unwrap_or(0)).min(10) };
    sink.three(gap(before), level(before), inside);
    sink.three(gap(after), level(after), inside);
    let start = c.sentence[at] as usize;
    let first = start.max(place.start);
    sink.two(u32::try_from(at - first).unwrap_or(9).min(4), c.pos[at]);
    sink.one(c.word[first]);
    let opening = u32::from(c.quoted[first]);
    sink.three(opening, inside, level(after));
    let previous = first.checked_sub(1).filter(|&i| i >= place.start);
    let told = previous.map_or(9, |i| level(l.before[i]) + 4 * u32::from(c.quoted[i]));
    sink.two(told, inside);
    sink.three(told, inside, c.pos[at]);
    sink.three(told, level(before), level(after));
    let last = previous.map_or(EDGE, |i| lemma(l.before[i]));
    sink.two(last, u32::from(c.level[at]));
    let root_dep = c.dep[l.opens[at] as usize];
    sink.three(root_dep, level(before), level(after));
    // Headlines `X: Y` and short blocks.
    let length = u32::try_from((place.end - place.start).min(24) / 4).unwrap_or(6);
    sink.two(length, u32::try_from((at - place.start).min(6)).unwrap_or(6));
    sink.two(length, c.word[at]);
    // The first block is the headline, which has its own grammar.
    let headline = u32::from(place.start < 2);
    sink.two(headline, c.pos[at]);
    sink.three(headline, c.dep[at], c.pos[c.head[at] as usize]);
    sink.three(headline, inside, place.near(&c.pos, 1));
}
