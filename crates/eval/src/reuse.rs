//! How much of what documents share word for word is found, against an exact method.
//!
//! The truth holds, for each pair of documents of different outlets, the words of the first that
//! lie in a run of `n` words or more standing also in the second. Words are letters and digits in
//! lower case; runs found in more than 20 documents (boilerplate) are left out. Every run is
//! looked up: nothing is sampled. A word is found where one passage given for the pair covers it.
//! `score_reuse.py` beside the corpus counts the same way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, BufReader, Write};
use std::num::NonZeroUsize;
use std::path::Path;

use stemma_engine::{
    Carrier, Collection, Input, ReuseOptions, for_each_shared_passage, read_witnesses,
};
use stemma_model::{Document, DocumentId, Span};

use crate::corpus::digest_file;
use crate::error::{Error, Kind};
use crate::{Metric, Scores, percent};

/// A longer corpus is scored on these lines of it, counted from 0: the published figures of peers
/// are on them, and the truth takes memory in proportion to the words.
const SAMPLE: std::ops::Range<usize> = 10_000..14_000;

/// Runs in more documents than this are boilerplate.
const MOST_DOCUMENTS: usize = 20;

/// The runs that are scored, in words, with the least words that a passage is asked to have.
const RUNS: [usize; 2] = [12, 8];

/// Scores `stemma reuse` on the articles of `file` (JSONL, perhaps `.zst`).
///
/// Time linear in the words of the corpus but for sorting; 16 bytes a word for the truth.
///
/// # Errors
/// When the file cannot be read.
pub fn score(file: &Path) -> Result<Scores, Error> {
    let unreadable = |source| Kind::Read { path: file.to_owned(), source };
    let sample = sample(file).map_err(unreadable)?;
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let collection = read_witnesses(&[Input::Path(sample.path().to_owned())], threads, || ());
    let metrics = RUNS.iter().flat_map(|&n| metrics(&collection, n)).collect();
    Ok(Scores {
        suite: "reuse",
        corpus: digest_file(file)?,
        documents: collection.documents.len(),
        metrics,
    })
}

/// The lines that are scored, in a file of their own.
fn sample(file: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut lines = lines(file)?.take(SAMPLE.end).collect::<io::Result<Vec<String>>>()?;
    if lines.len() == SAMPLE.end {
        lines.drain(..SAMPLE.start);
    }
    let mut out = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))?;
    out.flush()?;
    Ok(out)
}

fn lines(file: &Path) -> io::Result<Box<dyn Iterator<Item = io::Result<String>>>> {
    let plain = File::open(file)?;
    Ok(if file.extension().is_some_and(|extension| extension == "zst") {
        Box::new(BufReader::new(zstd::Decoder::new(plain)?).lines())
    } else {
        Box::new(BufReader::new(plain).lines())
    })
}

fn metrics(collection: &Collection<Carrier>, n: usize) -> [Metric; 2] {
    let options = ReuseOptions { boilerplate: true, ..ReuseOptions::default() };
    let truth = Truth::of(&collection.documents, n);
    let covered = covered(collection, &options.min_words(n));
    let (found, all) = truth.found(&covered);
    [
        Metric::new(format!("word recall, runs of {n}"), percent(found, all)),
        #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
        Metric::new(format!("words in runs of {n} (a count)"), all as f64),
    ]
}

/// What is given for each ordered pair of documents: the passages in the first.
type Covered = BTreeMap<(DocumentId, DocumentId), Vec<Span>>;

fn covered(collection: &Collection<Carrier>, options: &ReuseOptions) -> Covered {
    let mut covered = Covered::new();
    for_each_shared_passage(collection, options, |alignment| {
        let (a, b) = (alignment.a, alignment.b);
        covered.entry((a.document, b.document)).or_default().push(a.span);
        covered.entry((b.document, a.document)).or_default().push(b.span);
    });
    covered
}

/// Which words each document shares with each other one.
struct Truth {
    /// By ordered pair of documents, the words of the first.
    shared: BTreeMap<(DocumentId, DocumentId), BTreeSet<(usize, usize)>>,
}

impl Truth {
    fn of(documents: &[Document], n: usize) -> Self {
        let words: Vec<Vec<(Span, u64)>> =
            documents.iter().map(|document| words(&document.text)).collect();
        let mut runs: Vec<(u64, u32, u32)> = Vec::new();
        for (number, words) in (0..).zip(&words) {
            let starts = (0..).zip(words.windows(n));
            runs.extend(starts.map(|(at, run)| {
                (hash(&run.iter().map(|&(_, word)| word).collect::<Vec<_>>()), number, at)
            }));
        }
        runs.sort_unstable();
        let mut truth = Self { shared: BTreeMap::new() };
        for group in runs.chunk_by(|one, other| one.0 == other.0) {
            truth.add(documents, &words, group, n);
        }
        truth
    }

    /// Adds the places of one run.
    fn add(
        &mut self,
        documents: &[Document],
        words: &[Vec<(Span, u64)>],
        places: &[(u64, u32, u32)],
        n: usize,
    ) {
        let holders: BTreeSet<usize> = places.iter().map(|place| place.1 as usize).collect();
        if !(2..=MOST_DOCUMENTS).contains(&holders.len()) {
            return;
        }
        for &(_, number, at) in places {
            let (here, at) = (number as usize, at as usize);
            for &there in &holders {
                if documents[here].outlet != documents[there].outlet {
                    let run = &words[here][at..at + n];
                    let pair = (documents[here].id, documents[there].id);
                    let shared = self.shared.entry(pair).or_default();
                    shared.extend(run.iter().map(|(span, _)| (span.start(), span.end())));
                }
            }
        }
    }

    /// How many words are covered, of how many.
    fn found(&self, covered: &Covered) -> (usize, usize) {
        let mut counts = (0, 0);
        for (pair, words) in &self.shared {
            let passages = covered.get(pair).map_or(&[][..], Vec::as_slice);
            counts.1 += words.len();
            counts.0 += words
                .iter()
                .filter(|&&(start, end)| {
                    passages.iter().any(|passage| passage.covers(Span::new(start, end)))
                })
                .count();
        }
        counts
    }
}

/// The runs of letters and digits, each with a hash of it in lower case.
fn words(text: &str) -> Vec<(Span, u64)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                words.push((Span::new(from, at), hash(&text[from..at].to_lowercase())));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The same for the same value in every run of the program.
fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The articles, each an outlet and a text.
    fn read(articles: &[(&str, &str)]) -> Collection<Carrier> {
        let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
        for (number, (outlet, text)) in articles.iter().enumerate() {
            let id = number.to_string();
            let line = serde_json::json!({ "id": id, "outlet": outlet, "text": text });
            writeln!(file, "{line}").unwrap();
        }
        read_witnesses(&[Input::Path(file.path().to_owned())], NonZeroUsize::MIN, || ())
    }

    /// Words found and all words, in runs of 12.
    fn check(articles: &[(&str, &str)], expected: (usize, usize)) {
        let collection = read(articles);
        let truth = Truth::of(&collection.documents, 12);
        let covered = covered(&collection, &ReuseOptions::default());
        assert_eq!(truth.found(&covered), expected);
        assert_eq!(truth.found(&Covered::new()), (0, expected.1), "what is not given is missed");
    }

    const COPIED: &str = "the tunnel under the northern harbour will open for traffic in late May";

    #[test]
    fn every_word_of_a_copied_run_counts_in_both_directions() {
        check(&[("A", COPIED), ("B", &format!("Officials say {COPIED}, again."))], (26, 26));
        check(&[("A", COPIED), ("B", &COPIED.replace("northern", "southern"))], (0, 0));
    }

    #[test]
    fn what_one_outlet_repeats_does_not_count() {
        check(&[("A", COPIED), ("A", &format!("Again: {COPIED}."))], (0, 0));
    }
}
