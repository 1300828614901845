//! Conditions against marks made by hand.
//!
//! A folder holds files of marks: `{"about", "corpus", "documents": [{"document", "split",
//! "conditions": [[trigger, condition, consequence]]}]}`, each span a pair of code points into the
//! text of the document with that given id in the file `corpus`, a path from the folder on. No text
//! is kept. `second.json` is another reader's marks of documents of `net.json`; every other file
//! is scored.
//!
//! A condition counts as found where both its condition and its consequence overlap the mark by a
//! Jaccard index of .3, or .8; each mark is found once. Agreement of the two readers is F1 by the
//! same matching, and Cohen's kappa (1960) over sentences: does one start a trigger in it?

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use stemma_engine::{Engine, Input, Item};
use stemma_model::{Annotations, Document, Span};
use stemma_text::CodePoints;

use crate::corpus::{digest_of, files, read};
use crate::error::{Error, Kind};
use crate::score::jaccard;
use crate::{Counts, Metric, Scores};

/// The overlaps from which a part counts as found.
const OVERLAPS: [(&str, f64); 2] = [(".3", 0.3), (".8", 0.8)];

/// The file that holds another reader's marks, and the one whose marks it repeats.
const SECOND: &str = "second";
const FIRST: &str = "net";

/// Trigger, condition, consequence: half-open, in code points.
type Mark = [[usize; 2]; 3];

#[derive(Deserialize)]
struct File {
    corpus: PathBuf,
    documents: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    document: String,
    split: String,
    conditions: Vec<Mark>,
}

/// What the engine finds in one document: marks, and where sentences start, in code points.
struct Found {
    conditions: Vec<Mark>,
    sentences: Vec<usize>,
}

/// Scores the conditions of the documents that the files of marks in `dir` name; what lies in a
/// folder of it is there to train on.
///
/// # Errors
/// When a file of marks or its corpus is not there or not of that shape, or the engine cannot be
/// opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let paths: Vec<PathBuf> = files(dir)?
        .into_iter()
        .filter(|path| path.parent() == Some(dir))
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    let mut marks = BTreeMap::new();
    for path in &paths {
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        marks.insert(name.to_owned(), parse(path)?);
    }
    let found = find(dir, &marks)?;
    let mut metrics = Vec::new();
    for (name, file) in marks.iter().filter(|(name, _)| *name != SECOND) {
        metrics.extend(scored(name, file, &found));
    }
    if let (Some(first), Some(second)) = (marks.get(FIRST), marks.get(SECOND)) {
        metrics.extend(agreement(first, second, &found));
    }
    Ok(Scores {
        suite: "conditions",
        corpus: digest_of(dir, &paths)?,
        documents: found.len(),
        metrics,
    })
}

fn parse(path: &Path) -> Result<File, Error> {
    serde_json::from_str(&read(path)?)
        .map_err(|error| Kind::Shape { path: path.to_owned(), found: error.to_string() }.into())
}

/// What the engine finds in every document that is marked, by given id.
fn find(dir: &Path, marks: &BTreeMap<String, File>) -> Result<BTreeMap<String, Found>, Error> {
    let mut wanted: BTreeMap<PathBuf, BTreeSet<&str>> = BTreeMap::new();
    for file in marks.values() {
        let ids = file.documents.iter().map(|marked| marked.document.as_str());
        wanted.entry(dir.join(&file.corpus)).or_default().extend(ids);
    }
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let engine = Engine::open(threads, |_| {})?;
    let mut found = BTreeMap::new();
    for (corpus, ids) in &wanted {
        let unreadable = |source| Kind::Read { path: corpus.clone(), source };
        let lines = excerpt(corpus, ids).map_err(unreadable)?;
        engine.annotate(&[Input::Path(lines.path().to_owned())], |item| {
            if let Item::Document(document, annotations) = item
                && let Some(id) = document.given_id.clone()
            {
                found.insert(id, in_code_points(&document, &annotations));
            }
            Ok::<(), Error>(())
        })?;
        if let Some(id) = ids.iter().find(|id| !found.contains_key(**id)) {
            let found = format!("no document `{id}`, whose conditions are marked");
            return Err(Kind::Shape { path: corpus.clone(), found }.into());
        }
    }
    Ok(found)
}

/// The lines of a corpus whose documents have one of `ids`, as a file of their own: marks are of
/// a hundred documents among many thousands.
fn excerpt(corpus: &Path, ids: &BTreeSet<&str>) -> std::io::Result<tempfile::NamedTempFile> {
    #[derive(Deserialize)]
    struct Line {
        id: Option<String>,
    }
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    let lines = BufReader::new(zstd::stream::read::Decoder::new(std::fs::File::open(corpus)?)?);
    for line in lines.lines() {
        let line = line?;
        let id = serde_json::from_str(&line).ok().and_then(|line: Line| line.id);
        if id.is_some_and(|id| ids.contains(id.as_str())) {
            writeln!(file, "{line}")?;
        }
    }
    file.flush()?;
    Ok(file)
}

fn in_code_points(document: &Document, annotations: &Annotations) -> Found {
    let points = CodePoints::of(&document.text);
    let pair = |span: Span| [span.start(), span.end()].map(|byte| points.of_byte(byte));
    let mark = |condition: &stemma_model::Condition| {
        [condition.trigger, condition.condition, condition.consequence].map(pair)
    };
    Found {
        conditions: annotations.conditions.iter().map(mark).collect(),
        sentences: annotations.sentences.iter().map(|sentence| pair(sentence.span)[0]).collect(),
    }
}

/// Precision, recall and F1 on each part of a file, at each overlap.
fn scored(name: &str, file: &File, found: &BTreeMap<String, Found>) -> Vec<Metric> {
    let splits: BTreeSet<&str> =
        file.documents.iter().map(|marked| marked.split.as_str()).collect();
    let mut metrics = Vec::new();
    for split in splits {
        for (label, overlap) in OVERLAPS {
            let mut counts = Counts::default();
            for marked in file.documents.iter().filter(|marked| marked.split == split) {
                if let Some(ours) = found.get(&marked.document) {
                    counts += compare(&marked.conditions, &ours.conditions, overlap);
                }
            }
            metrics.extend(counts.metrics(&format!("{name} {split} {label}")));
        }
    }
    metrics
}

/// How far two readers agree on the documents that both marked.
fn agreement(first: &File, second: &File, found: &BTreeMap<String, Found>) -> Vec<Metric> {
    let of_first: BTreeMap<&str, &Vec<Mark>> = first
        .documents
        .iter()
        .map(|marked| (marked.document.as_str(), &marked.conditions))
        .collect();
    let both = || {
        second.documents.iter().filter_map(|marked| {
            let theirs = of_first.get(marked.document.as_str())?;
            Some((&marked.document, *theirs, &marked.conditions))
        })
    };
    let mut metrics = Vec::new();
    for (label, overlap) in OVERLAPS {
        let mut counts = Counts::default();
        both().for_each(|(_, a, b)| counts += compare(a, b, overlap));
        metrics.push(Metric::new(format!("readers {label} F1"), counts.f1()));
    }
    let mut table = [[0_usize; 2]; 2];
    for (document, a, b) in both() {
        let sentences = found.get(document).map_or(&[][..], |found| &found.sentences);
        let (in_a, in_b) = (marked_sentences(a, sentences), marked_sentences(b, sentences));
        for sentence in 0..sentences.len() {
            table[usize::from(in_a.contains(&sentence))][usize::from(in_b.contains(&sentence))] +=
                1;
        }
    }
    metrics.push(Metric::new("readers kappa over sentences, times 100", 100.0 * kappa(table)));
    metrics
}

/// The sentences in which a trigger starts, by index into `starts`.
fn marked_sentences(marks: &[Mark], starts: &[usize]) -> BTreeSet<usize> {
    let sentence = |mark: &Mark| starts.partition_point(|&start| start <= mark[0][0]);
    marks.iter().filter_map(|mark| sentence(mark).checked_sub(1)).collect()
}

/// Cohen's kappa of a two by two table: agreement beyond what the readers' own rates would give by
/// chance; 0 of an empty table.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn kappa([[neither, only_b], [only_a, both]]: [[usize; 2]; 2]) -> f64 {
    let [neither, only_b, only_a, both] = [neither, only_b, only_a, both].map(|n| n as f64);
    let all = neither + only_b + only_a + both;
    let chance =
        ((both + only_a) * (both + only_b) + (neither + only_a) * (neither + only_b)) / (all * all);
    let observed = (both + neither) / all;
    if all > 0.0 && chance < 1.0 { (observed - chance) / (1.0 - chance) } else { 0.0 }
}

/// Matches what was found with the marks, each once, the best overlap first come.
fn compare(gold: &[Mark], found: &[Mark], least: f64) -> Counts {
    let mut used = BTreeSet::new();
    for mark in gold {
        let fit = |ours: &Mark| {
            let parts = [1, 2].map(|part| jaccard(mark[part].into(), ours[part].into()));
            parts.iter().all(|part| *part >= least).then(|| parts[0] + parts[1])
        };
        let best = found
            .iter()
            .enumerate()
            .filter(|(at, _)| !used.contains(at))
            .filter_map(|(at, ours)| Some((fit(ours)?, at)))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        used.extend(best.map(|(_, at)| at));
    }
    Counts { hits: used.len(), predicted: found.len(), gold: gold.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_parts_must_overlap_and_a_mark_is_found_once() {
        let gold = [[[0, 2], [3, 13], [14, 24]]];
        let near = [[0, 2], [3, 10], [14, 24]];
        let wrong = [[0, 2], [3, 13], [40, 50]];
        let counts = |hits, predicted| Counts { hits, predicted, gold: 1 };
        assert_eq!(compare(&gold, &[near, wrong], 0.3), counts(1, 2));
        assert_eq!(compare(&gold, &[near], 0.8), counts(0, 1));
        assert_eq!(compare(&gold, &[near, near], 0.3), counts(1, 2));
    }

    #[test]
    fn kappa_is_what_the_textbook_has() {
        // Cohen's own kind of table: 20 both, 15 neither, 5 and 10 apart.
        assert!((kappa([[15, 10], [5, 20]]) - 0.4).abs() < 1e-9);
        assert!(kappa([[0, 0], [0, 0]]).abs() < f64::EPSILON);
    }

    #[test]
    fn a_mark_belongs_to_the_sentence_its_trigger_starts_in() {
        let marks = [[[12, 14], [15, 20], [0, 9]], [[30, 32], [33, 35], [36, 40]]];
        assert_eq!(marked_sentences(&marks, &[0, 10, 25]), BTreeSet::from([1, 2]));
        assert!(marked_sentences(&marks, &[]).is_empty());
    }
}
