//! Special cases found in finished tokens.
//!
//! A special case that the affix rules cut apart (`'Cause`, `:-)`) is only met whole when it stands
//! alone. So its pieces are also looked for as a run of tokens, longest run first, and replaced.

use rapidhash::{RapidHashMap, RapidHashSet};

use super::RawToken;
use super::split::{Specials, Splitter, has_affixes};
use super::store::Store;
use crate::model::Exception;

/// The texts of a run of tokens.
type Phrase = Box<[Box<str>]>;

/// Runs of token texts, by the first.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first: RapidHashMap<Box<str>, Vec<Phrase>>,
}

/// A run of tokens: half-open indices.
type Run = std::ops::Range<usize>;

impl Phrases {
    pub(crate) fn new(exceptions: &[Exception], splitter: &Splitter) -> Self {
        let mut new = Self::default();
        for exception in exceptions.iter().filter(|exception| has_affixes(&exception.text)) {
            let texts = run_of(&exception.text, splitter);
            if let Some((first, _)) = texts.split_first() {
                new.by_first.entry(first.clone()).or_default().push(texts);
            }
        }
        new
    }

    /// The token texts that some run starts with.
    pub(crate) fn openers(&self) -> RapidHashSet<Box<str>> {
        self.by_first.keys().cloned().collect()
    }

    /// `tokens` with the special cases among them put together again.
    pub(super) fn restore(
        &self,
        text: &str,
        tokens: Vec<RawToken>,
        splitter: &Splitter,
        store: &mut Store,
    ) -> Vec<RawToken> {
        let runs = longest_first(self.runs(text, &tokens, store), tokens.len());
        if runs.is_empty() {
            return tokens;
        }
        let mut restored = Vec::with_capacity(tokens.len());
        let mut done = 0;
        for run in runs {
            restored.extend_from_slice(&tokens[done..run.start]);
            replace(text, &tokens[run.clone()], splitter, store, &mut restored);
            done = run.end;
        }
        restored.extend_from_slice(&tokens[done..]);
        restored
    }

    fn runs(&self, text: &str, tokens: &[RawToken], store: &Store) -> Vec<Run> {
        let mut found = Vec::new();
        for (i, token) in tokens.iter().enumerate() {
            let lexeme = store.lexeme(token.lexeme);
            if !lexeme.opens_phrase {
                continue;
            }
            let fits = |phrase: &&Phrase| {
                tokens[i..].len() >= phrase.len()
                    && phrase
                        .iter()
                        .zip(&tokens[i..])
                        .all(|(form, token)| **form == *token.text(text))
            };
            let phrases = self.by_first.get(&lexeme.text).into_iter().flatten().filter(fits);
            found.extend(phrases.map(|phrase| i..i + phrase.len()));
        }
        found
    }
}

impl RawToken {
    fn text(self, text: &str) -> &str {
        &text[self.start as usize..(self.start + self.len) as usize]
    }
}

/// The texts of the tokens of `special` when no special case applies.
fn run_of(special: &str, splitter: &Splitter) -> Phrase {
    let mut texts = Vec::new();
    let mut pieces = Vec::new();
    for stretch in super::stretches(special) {
        let mut rest = &special[stretch.start..stretch.end];
        pieces.clear();
        splitter.split(rest, Specials::Ignore, &mut pieces);
        for piece in &pieces {
            let (text, after) = rest.split_at(piece.len as usize);
            texts.push(text.into());
            rest = after;
        }
    }
    texts.into()
}

/// The runs that no longer (or, of one length, earlier) run touches at either end, in order.
fn longest_first(mut runs: Vec<Run>, tokens: usize) -> Vec<Run> {
    if runs.is_empty() {
        return runs;
    }
    runs.sort_by_key(|run| (std::cmp::Reverse(run.len()), run.start));
    let mut taken = vec![false; tokens];
    runs.retain(|run| {
        let free = !taken[run.start] && !taken[run.end - 1];
        taken[run.clone()].fill(true);
        free
    });
    runs.sort_by_key(|run| run.start);
    runs
}

/// Append what the special case that `run` spells is cut into; `run` itself when a space inside
/// makes it none.
fn replace(
    text: &str,
    run: &[RawToken],
    splitter: &Splitter,
    store: &mut Store,
    out: &mut Vec<RawToken>,
) {
    let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
    let mut start = first.start as usize;
    let Some(pieces) = splitter.special(&text[start..(last.start + last.len) as usize]) else {
        out.extend_from_slice(run);
        return;
    };
    for piece in pieces {
        let end = start + piece.len as usize;
        out.push(RawToken {
            start: u32::try_from(start).expect("texts are under 4 GiB"),
            len: piece.len,
            lexeme: store.number(&text[start..end]),
            norm: piece.norm(),
            space: false,
        });
        start = end;
    }
    if let Some(new) = out.last_mut() {
        new.space = last.space;
    }
}
