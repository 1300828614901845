//! All shared passages of many texts.

use rayon::prelude::*;
use stemma_model::{Alignment, AlignmentId, AlignmentKind, Passage, Span};

use crate::align::Block;
use crate::change::{Aligned, changes};
use crate::earliest::earliest;
use crate::pair::{Path, passages};
use crate::seed::{Seed, seeds};
use crate::stream::Stream;
use crate::{Options, Witness};

/// Seeds aligned at once by all threads, before the sink gets what they give.
const BATCH: usize = 1 << 15;

/// All shared passages of `witnesses`, sorted by their documents' ids and places.
///
/// See [`for_each_alignment`]; this keeps them all.
#[must_use]
pub fn alignments(witnesses: &[Witness<'_>], options: &Options) -> Vec<Alignment> {
    let mut found = Vec::new();
    for_each_alignment(witnesses, options, |alignment| found.push(alignment));
    found
}

/// Gives every shared passage of `witnesses` to `sink`, sorted by the documents' ids and places.
///
/// The same passages come in the same order however the witnesses are ordered and on any number
/// of threads; of witnesses with one id only one is read. Takes 4.25 bytes a word of input and
/// [`Options::memory`] at most, beside one batch of alignments; time near linear in the words.
///
/// # Panics
/// If the witnesses hold 2^32 words or more.
pub fn for_each_alignment(
    witnesses: &[Witness<'_>],
    options: &Options,
    mut sink: impl FnMut(Alignment),
) {
    let stream = Stream::new(witnesses);
    let mut seeds = seeds(&stream, options).into_iter().peekable();
    while seeds.peek().is_some() {
        let batch = batch(&mut seeds);
        let pairs: Vec<&[Seed]> =
            batch.chunk_by(|one, next| (one.a, one.b) == (next.a, next.b)).collect();
        let found: Vec<Vec<Alignment>> =
            pairs.into_par_iter().map(|seeds| of_pair(&stream, seeds, options)).collect();
        found.into_iter().flatten().for_each(&mut sink);
    }
}

/// The seeds of the next pairs of documents, all seeds of each pair together.
fn batch(seeds: &mut std::iter::Peekable<Box<dyn Iterator<Item = Seed>>>) -> Vec<Seed> {
    let mut batch: Vec<Seed> = Vec::with_capacity(BATCH);
    while let Some(seed) = seeds.next_if(|next| {
        batch.len() < BATCH || batch.last().is_some_and(|last| (last.a, last.b) == (next.a, next.b))
    }) {
        batch.push(seed);
    }
    batch
}

/// The alignments of one pair of documents.
fn of_pair(stream: &Stream, seeds: &[Seed], options: &Options) -> Vec<Alignment> {
    let Some(&Seed { a, b, .. }) = seeds.first() else { return Vec::new() };
    let near = near(stream.witnesses[a as usize], stream.witnesses[b as usize]);
    passages(stream.words(a), stream.words(b), seeds, near, options)
        .into_iter()
        .map(|path| alignment(stream, (a, b), &path))
        .collect()
}

/// Days between publications within which one report can draw on another's wording of the news.
const NEAR_DAYS: i32 = 14;

/// Whether two witnesses can have been published within `NEAR_DAYS` of each other; dates that are
/// not known leave it open.
fn near(a: &Witness<'_>, b: &Witness<'_>) -> bool {
    let apart = |before: Option<jiff::civil::Date>, after: Option<jiff::civil::Date>| {
        before.zip(after).is_some_and(|(before, after)| (after - before).get_days() > NEAR_DAYS)
    };
    a.date.zip(b.date).is_none_or(|(a, b)| !apart(a.to, b.from) && !apart(b.to, a.from))
}

/// A passage as it leaves the room.
#[expect(clippy::cast_precision_loss, reason = "passages are far shorter than 2^24 words")]
fn alignment(stream: &Stream, (a, b): (u32, u32), path: &Path) -> Alignment {
    let (witness_a, witness_b) = (stream.witnesses[a as usize], stream.witnesses[b as usize]);
    let words_a = stream.spans(a, path.a());
    let words_b = stream.spans(b, path.b());
    let aligned =
        Aligned { a: witness_a.text, b: witness_b.text, words_a: &words_a, words_b: &words_b };
    let (changes, matched) = changes(&aligned, &from_start(path));
    let verbatim = changes.iter().all(|change| aligned.same_letters(change));
    let passage_a = Passage::new(witness_a.id, whole(&words_a));
    let passage_b = Passage::new(witness_b.id, whole(&words_b));
    Alignment {
        id: id(passage_a, passage_b),
        a: passage_a,
        b: passage_b,
        words: u32::try_from(path.words()).expect("fewer than 2^32 words"),
        similarity: matched as f32 / words_a.len().max(words_b.len()) as f32,
        kind: if verbatim { AlignmentKind::Verbatim } else { AlignmentKind::NearVerbatim },
        changes,
        first: earliest(&[witness_a, witness_b]),
    }
}

/// The blocks of a passage, counted from its first words.
fn from_start(path: &Path) -> Vec<Block> {
    let (a, b) = (path.a().start, path.b().start);
    path.0.iter().map(|block| Block { a: block.a - a, b: block.b - b, len: block.len }).collect()
}

/// From the first word to the last.
fn whole(words: &[Span]) -> Span {
    words[0].hull(words[words.len() - 1])
}

fn id(a: Passage, b: Passage) -> AlignmentId {
    let part = |passage: Passage| {
        format!("{} {}-{}", passage.document, passage.span.start, passage.span.end)
    };
    AlignmentId::of(&[&part(a), &part(b)])
}
