//! Quotations against PolNeAR.
//!
//! Follows the scorer that lies beside the corpus: for each role, fragments trimmed of white space
//! and punctuation are compared exactly, by Jaccard overlap (at .8 and .3, each gold fragment
//! matched once), and by characters; then how many contents of each kind are found at .3, and how
//! often the source of a matched content overlaps the gold one. Of several annotators the first by
//! name is gold.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use stemma_engine::{Engine, Input, Item};
use stemma_model::{Annotations, Document, Quote, Source, Span};

use crate::brat::{self, Attribution};
use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::{Counts, Metric, Scores, percent};

/// Characters that do not count at the edges of a fragment.
const TRIMMED: &str = " \t\r\n\"“”‘’'.,;:?!-–—";

/// The overlap from which a content counts as found.
const FOUND: f64 = 0.3;

/// Scores the quotations of the texts in `dir`, which holds `text/*.txt` and `attributions/*.ann`.
///
/// # Errors
/// When the corpus is not there, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let engine = Engine::open(threads, |_| {})?;
    let gold = gold_files(dir)?;
    let mut tally = Tally::default();
    let mut documents = 0;
    let inputs = [Input::Path(dir.join("text"))];
    engine.annotate(&inputs, |item: Item<Annotations>| {
        let Item::Document(document, found) = item else { return Ok(()) };
        let Some(path) = stem(&document).and_then(|stem| gold.get(&stem)) else { return Ok(()) };
        documents += 1;
        let quotes: Vec<Attribution> =
            found.quotes.iter().map(|quote| attribution(quote, 0)).collect();
        tally.add(&document.text, &brat::read(&read(path)?, &document.text), &quotes);
        Ok::<(), Error>(())
    })?;
    if documents == 0 {
        let found = "no text has attributions of its name".to_owned();
        return Err(Kind::Shape { path: dir.to_owned(), found }.into());
    }
    Ok(Scores { suite: "polnear", corpus: digest(dir)?, documents, metrics: tally.metrics() })
}

/// For each text's name, the attributions of the annotator who comes first by name.
fn gold_files(dir: &Path) -> Result<BTreeMap<String, PathBuf>, Error> {
    let mut first = BTreeMap::new();
    for path in files(&dir.join("attributions"))? {
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some((stem, _)) = name.rsplit_once('_') {
            first.entry(stem.to_owned()).or_insert(path);
        }
    }
    Ok(first)
}

fn stem(document: &Document) -> Option<String> {
    let Source::Path { path, .. } = &document.source else { return None };
    Some(Path::new(path).file_stem()?.to_str()?.to_owned())
}

/// The roles in the order that they are reported.
const ROLES: [&str; 3] = ["content", "source", "cue"];

/// Fragments of one attribution by role, trimmed.
type Fragments = [Vec<Span>; 3];

#[derive(Default)]
pub(crate) struct Tally {
    exact: [Counts; 3],
    close: [Counts; 3],
    loose: [Counts; 3],
    characters: [Counts; 3],
    found: BTreeMap<&'static str, (usize, usize)>,
    sources: (usize, usize),
}

impl Tally {
    /// Adds one document: what it has by the key, and what was found, both in offsets of `text`.
    pub(crate) fn add(&mut self, text: &str, gold: &[Attribution], found: &[Attribution]) {
        let [gold, found] = [gold, found]
            .map(|all| all.iter().map(|a| fragments(text, a)).collect::<Vec<Fragments>>());
        for role in 0..ROLES.len() {
            let of = |all: &[Fragments]| -> BTreeSet<Span> {
                all.iter().flat_map(|fragments| fragments[role].iter().copied()).collect()
            };
            self.compare(role, text, &of(&gold), &of(&found));
        }
        gold.iter().for_each(|gold| self.trace(text, gold, &found));
    }

    fn compare(&mut self, role: usize, text: &str, gold: &BTreeSet<Span>, found: &BTreeSet<Span>) {
        let sizes = Counts { hits: 0, predicted: found.len(), gold: gold.len() };
        self.exact[role] += Counts { hits: gold.intersection(found).count(), ..sizes };
        self.close[role] += Counts { hits: matches(gold, found, 0.8), ..sizes };
        self.loose[role] += Counts { hits: matches(gold, found, 0.3), ..sizes };
        let (gold, found) = (characters(text, gold), characters(text, found));
        self.characters[role] += Counts {
            hits: gold.intersection(&found).count(),
            predicted: found.len(),
            gold: gold.len(),
        };
    }

    /// Whether a gold attribution's content was found, and with its source.
    fn trace(&mut self, text: &str, gold: &Fragments, found: &[Fragments]) {
        let Some(first) = gold[0].first() else { return };
        let best = found
            .iter()
            .flat_map(|quote| quote[0].iter().map(move |span| (span, quote)))
            .flat_map(|(span, quote)| gold[0].iter().map(move |g| (span.jaccard(*g), quote)))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let tally = self.found.entry(kind(text, *first, &gold[0])).or_default();
        tally.1 += 1;
        let Some((_, quote)) = best.filter(|(overlap, _)| *overlap >= FOUND) else { return };
        tally.0 += 1;
        if !gold[1].is_empty() {
            self.sources.1 += 1;
            let overlaps = |span: &Span| gold[1].iter().any(|g| g.overlaps(*span));
            self.sources.0 += usize::from(quote[1].iter().any(overlaps));
        }
    }

    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let mut metrics = Vec::new();
        for (role, name) in ROLES.iter().enumerate() {
            metrics.extend(self.exact[role].metrics(&format!("{name} exact")));
            metrics.push(Metric::new(format!("{name} F1 at .8"), self.close[role].f1()));
            metrics.push(Metric::new(format!("{name} F1 at .3"), self.loose[role].f1()));
            metrics.push(Metric::new(format!("{name} character F1"), self.characters[role].f1()));
        }
        for (kind, (hits, all)) in &self.found {
            metrics.push(Metric::new(format!("{kind} contents found at .3"), percent(*hits, *all)));
        }
        let (right, all) = self.sources;
        metrics.push(Metric::new("source right given matched content", percent(right, all)));
        metrics
    }
}

/// A quotation as PolNeAR has one, in offsets of a text in which the one it was read from starts at
/// `shift`.
pub(crate) fn attribution(quote: &Quote, shift: usize) -> Attribution {
    let placed = |span: Span| Span::new(span.start() + shift, span.end() + shift);
    Attribution {
        content: quote.content.iter().copied().map(placed).collect(),
        source: quote.source.span.into_iter().map(placed).collect(),
        cue: quote.cue.iter().map(|cue| placed(cue.span)).collect(),
    }
}

fn fragments(text: &str, attribution: &Attribution) -> Fragments {
    [&attribution.content, &attribution.source, &attribution.cue].map(|spans| trim_all(text, spans))
}

fn trim_all(text: &str, spans: &[Span]) -> Vec<Span> {
    spans.iter().filter_map(|span| trim(text, *span)).collect()
}

/// A span without the characters that do not count at its edges.
fn trim(text: &str, span: Span) -> Option<Span> {
    let inside = span.of_text(text);
    let from = inside.trim_start_matches(|c| TRIMMED.contains(c));
    let start = span.start() + inside.len() - from.len();
    let length = from.trim_end_matches(|c| TRIMMED.contains(c)).len();
    (length > 0).then(|| Span::new(start, start + length))
}

/// How many found fragments match a gold one of their own at `least` or better, in order.
fn matches(gold: &BTreeSet<Span>, found: &BTreeSet<Span>, least: f64) -> usize {
    let mut used = BTreeSet::new();
    let claim = |span: &&Span| {
        let free = gold.iter().filter(|g| g.overlaps(**span) && !used.contains(*g));
        let best = free.max_by(|a, b| a.jaccard(**span).total_cmp(&b.jaccard(**span)));
        best.is_some_and(|g| g.jaccard(**span) >= least && used.insert(*g))
    };
    found.iter().filter(claim).count()
}

/// The characters that spans cover, by the byte each starts at.
fn characters(text: &str, spans: &BTreeSet<Span>) -> BTreeSet<usize> {
    let starts = |span: &Span| {
        let start = span.start();
        span.of_text(text).char_indices().map(move |(at, _)| start + at).collect::<Vec<_>>()
    };
    spans.iter().flat_map(starts).collect()
}

/// The kind of a gold content by the marks at its edges.
fn kind(text: &str, first: Span, content: &[Span]) -> &'static str {
    let before = text[..first.start()].chars().rev().take(2);
    let near = |span: &Span| {
        let before = text[..span.start()].chars().rev().take(2);
        let after = text[span.end()..].chars().take(2);
        before.chain(span.of_text(text).chars()).chain(after).any(|c| "\"“”".contains(c))
    };
    if before.into_iter().any(|c| "\"“".contains(c)) {
        "direct"
    } else if content.iter().any(near) {
        "mixed"
    } else {
        "indirect"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_and_overlaps_as_the_outside_scorer_has_them() {
        let text = "“We will,” she said.";
        assert_eq!(trim(text, Span::new(0, 14)).unwrap().of_text(text), "We will");
        let (a, b) = (Span::new(0, 10), Span::new(5, 15));
        assert!((a.jaccard(b) - 1.0 / 3.0).abs() < 1e-9);
        assert_eq!(matches(&BTreeSet::from([a]), &BTreeSet::from([b, Span::new(0, 9)]), 0.3), 1);
        assert_eq!(kind(text, Span::new(3, 10), &[Span::new(3, 10)]), "direct");
    }

    const TEXT: &str = "Mayor vows to reopen bridge\n\n\
        “We will not wait,” Mayor Ana Ruiz said on Monday, “for the county.”\n\
        The county believes the bridge is unsafe, and its engineer warned that “cracks” had \
        spread.\nCafé owners asked whether they would be paid. Nobody answered them.\n";

    /// The figures of the outside scorer (`score.py` beside the corpus) on `TEXT`, to its digit.
    fn check(gold: &str, found: &str, expected: &[(&str, f64)]) {
        let mut tally = Tally::default();
        tally.add(TEXT, &brat::read(gold, TEXT), &brat::read(found, TEXT));
        let metrics = tally.metrics();
        for (name, value) in expected {
            let metric = metrics.iter().find(|metric| metric.name == *name).expect(name);
            assert!((metric.value - value).abs() < 0.05, "{name}: {} not {value}", metric.value);
        }
    }

    #[test]
    fn the_outside_scorer_says_the_same() {
        let gold = "T1\tContent 30 46;81 95\nT2\tSource 49 63\nT3\tCue 64 68\n\
            T4\tContent 11 27\nT5\tSource 0 5\nT6\tCue 6 10\n\
            T7\tContent 118 138\nT8\tSource 98 108\nT9\tCue 109 117\n\
            T10\tContent 164 188\nT11\tSource 144 156\nT12\tCue 157 163\n\
            T13\tContent 208 234\nT14\tSource 190 201\nT15\tCue 202 207\n\
            E1\tAttribution:T3 Content:T1 Source:T2 Cue:T3\n\
            E2\tAttribution:T6 Content:T4 Source:T5 Cue:T6\n\
            E3\tAttribution:T9 Content:T7 Source:T8 Cue:T9\n\
            E4\tAttribution:T12 Content:T10 Source:T11 Cue:T12\n\
            E5\tAttribution:T15 Content:T13 Source:T14 Cue:T15";
        let found = "T1\tContent 30 46;81 96\nT2\tSource 55 63\nT3\tCue 64 68\n\
            T4\tContent 118 163\nT5\tSource 98 108\nT6\tCue 109 117\n\
            T7\tContent 169 188\nT8\tSource 98 108\nT9\tCue 157 163\n\
            T10\tContent 216 234\nT11\tSource 190 201\nT12\tCue 202 207\n\
            T13\tContent 236 242\nT14\tCue 243 251\n\
            E1\tAttribution:T3 Content:T1 Source:T2 Cue:T3\n\
            E2\tAttribution:T6 Content:T4 Source:T5 Cue:T6\n\
            E3\tAttribution:T9 Content:T7 Source:T8 Cue:T9\n\
            E4\tAttribution:T12 Content:T10 Source:T11 Cue:T12\n\
            E5\tAttribution:T14 Content:T13 Cue:T14";
        let expected = [
            ("content exact F1", 33.3),
            ("content F1 at .8", 33.3),
            ("content F1 at .3", 83.3),
            ("content character F1", 73.8),
            ("source exact P", 66.7),
            ("source exact R", 40.0),
            ("source exact F1", 50.0),
            ("source F1 at .3", 75.0),
            ("source character F1", 71.6),
            ("cue exact F1", 80.0),
            ("cue character F1", 79.3),
            ("direct contents found at .3", 100.0),
            ("indirect contents found at .3", 66.7),
            ("mixed contents found at .3", 100.0),
            ("source right given matched content", 75.0),
        ];
        check(gold, found, &expected);
    }
}
