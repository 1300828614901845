//! Timelines against SemEval-2015 task 4, on its trial corpus.
//!
//! Minard et al. (2015): for each entity a timeline of the events it takes part in, ordered by
//! date. The task's scorer is TempEval-3's temporal awareness (UzZaman and Allen 2011): of the
//! relations that a timeline needs to say its order, the share that the closure of the other
//! holds. We follow it: each event stands at the time of the event listed before it or after the
//! event of the time before, and holds in the other timeline if both events are there, by
//! document, sentence and word, and stand so. Precision is over our relations, recall over gold's.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use stemma_engine::{Deed, deeds};
use stemma_model::{Annotations, Document};

use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::reading::{Text, annotate};
use crate::timeml::parse_text;
use crate::{Counts, Metric, Scores};

/// A mention of an event: document, sentence from 1, word.
type Mention = (String, usize, String);

/// A document of the corpus: its text and where its sentences start, in bytes.
struct Source {
    starts: Vec<usize>,
}

/// Scores the timelines below `dir`: `*.txt` timelines in one folder, `*.tml` texts in another.
///
/// # Errors
/// When the corpus is not there or not of that shape, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let mut texts = Vec::new();
    let mut sources = BTreeMap::new();
    let mut golds = Vec::new();
    for path in files(dir)? {
        let end = path.extension().and_then(|end| end.to_str());
        match end {
            Some("tml") => {
                let tml = read(&path)?;
                let Some((published, _)) = parse_text(&tml) else { continue };
                let (text, starts) = sentences(&tml);
                let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
                let id = name.split(['-', '_']).next().unwrap_or_default().to_owned();
                sources.insert(id.clone(), Source { starts });
                texts.push(Text { id, published, text });
            }
            Some("txt") => golds.push(gold(&read(&path)?)),
            _ => {}
        }
    }
    if texts.is_empty() || golds.is_empty() {
        let found = "no .tml texts or no .txt timelines".to_owned();
        return Err(Kind::Shape { path: dir.to_owned(), found }.into());
    }
    let read = annotate(&texts)?;
    let (mut ours, mut theirs) = (Counts::default(), Counts::default());
    for (entity, gold) in &golds {
        let (found, needed) = compare(gold, &timeline(entity, &read, &sources, &texts));
        ours += found;
        theirs += needed;
    }
    let (precision, recall) = (ours.precision(), theirs.recall());
    let both = precision + recall;
    let f1 = if both > 0.0 { 2.0 * precision * recall / both } else { 0.0 };
    Ok(Scores {
        suite: "timeline",
        corpus: digest(dir)?,
        documents: texts.len(),
        metrics: vec![
            Metric::new("relations P", precision),
            Metric::new("relations R", recall),
            Metric::new("relations F1", f1),
        ],
    })
}

/// The plain text, one sentence a line, and where the sentences start. The corpus has no white
/// space between its `<s>` elements.
fn sentences(tml: &str) -> (String, Vec<usize>) {
    let body = tml.find("<TEXT>").map_or("", |at| &tml[at..]);
    let (mut text, mut starts) = (String::new(), Vec::new());
    for piece in body.split("<s ").skip(1) {
        let wrapped = format!("<TimeML><DCT><TIMEX3 value=\"\"></DCT><TEXT><s {piece}</TEXT>");
        starts.push(text.len());
        text += parse_text(&wrapped).map_or(String::new(), |(_, sentence)| sentence).trim();
        text.push('\n');
    }
    (text, starts)
}

/// A gold timeline: the entity and the rank of each mention; rank 0 is not ordered.
fn gold(text: &str) -> (String, BTreeMap<Mention, usize>) {
    let mut lines = text.lines();
    let entity = lines.next().unwrap_or_default().trim().to_owned();
    let mut ranks = BTreeMap::new();
    for line in lines {
        let mut fields = line.split('\t');
        let rank: usize = fields.next().and_then(|rank| rank.trim().parse().ok()).unwrap_or(0);
        for mention in fields.skip(1).filter_map(mention).filter(|_| rank > 0) {
            ranks.insert(mention, rank);
        }
    }
    (entity, ranks)
}

/// `16844-2-unveiled`.
fn mention(field: &str) -> Option<Mention> {
    let mut parts = field.trim().splitn(3, '-');
    Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.to_lowercase()))
}

/// Our timeline of an entity: what it takes part in and says, ranked by day.
fn timeline(
    entity: &str,
    read: &BTreeMap<String, (Document, Annotations)>,
    sources: &BTreeMap<String, Source>,
    texts: &[Text],
) -> BTreeMap<Mention, usize> {
    let mut dated = Vec::new();
    for text in texts {
        let (Some((document, annotations)), Some(source)) =
            (read.get(&text.id), sources.get(&text.id))
        else {
            continue;
        };
        let shift = text.text.find(document.text.as_str()).unwrap_or(0);
        for deed in deeds(entity, std::slice::from_ref(document), std::slice::from_ref(annotations))
        {
            let Some(day) = deed.date.from else { continue };
            let at = deed.word.span.start() + shift;
            let sentence = source.starts.partition_point(|start| *start <= at);
            dated.push((day, (text.id.clone(), sentence, word(document, &deed))));
        }
    }
    dated.sort();
    let days: BTreeSet<Date> = dated.iter().map(|(day, _)| *day).collect();
    let days: Vec<Date> = days.into_iter().collect();
    dated
        .into_iter()
        .map(|(day, mention)| (mention, days.binary_search(&day).map_or(0, |rank| rank + 1)))
        .collect()
}

/// The word of the text that carries a deed, lower-cased, with its particle as the task joins it:
/// `showed_off`.
fn word(document: &Document, deed: &Deed) -> String {
    let word = document.slice(deed.word.span).to_lowercase();
    match deed.lemma.split_once(' ') {
        Some((_, particle)) if !deed.saying => format!("{word}_{particle}"),
        _ => word,
    }
}

/// How many relations of each timeline the other holds.
fn compare(gold: &BTreeMap<Mention, usize>, found: &BTreeMap<Mention, usize>) -> (Counts, Counts) {
    let (ours, theirs) = (relations(found), relations(gold));
    let held = |relations: &[Relation<'_>], by: &BTreeMap<Mention, usize>| {
        let holds = |(a, b, order): &&Relation<'_>| {
            by.get(*a).zip(by.get(*b)).is_some_and(|(a, b)| a.cmp(b) == *order)
        };
        relations.iter().filter(holds).count()
    };
    let of = |hits, size| Counts { hits, predicted: size, gold: size };
    (of(held(&ours, gold), ours.len()), of(held(&theirs, found), theirs.len()))
}

type Relation<'m> = (&'m Mention, &'m Mention, std::cmp::Ordering);

/// The relations that say an order, none of which follows from others: each event of a time with
/// that time's first, and that with the first of the time before.
fn relations(ranks: &BTreeMap<Mention, usize>) -> Vec<Relation<'_>> {
    let mut all: Vec<(usize, &Mention)> =
        ranks.iter().map(|(mention, rank)| (*rank, mention)).collect();
    all.sort();
    let mut found = Vec::new();
    let mut before: Option<&Mention> = None;
    for time in all.chunk_by(|a, b| a.0 == b.0) {
        let first = time[0].1;
        found.extend(before.map(|before| (before, first, std::cmp::Ordering::Less)));
        found.extend(time[1..].iter().map(|(_, other)| (first, *other, std::cmp::Ordering::Equal)));
        before = Some(first);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_scored_over_pairs() {
        let (entity, gold) = gold(
            "Sound Link\n0\tXXXX\t1-1-was\n1\t2031-03-03\t1-2-burned\t2-1-fire\n2\t2031-03-04\t1-3-closed\n",
        );
        assert_eq!((entity.as_str(), gold.len()), ("Sound Link", 3));
        let ours: BTreeMap<Mention, usize> = [
            (("1".to_owned(), 2, "burned".to_owned()), 1),
            (("1".to_owned(), 3, "closed".to_owned()), 2),
        ]
        .into();
        let (precision, recall) = compare(&gold, &ours);
        assert_eq!((precision.hits, precision.predicted), (1, 1));
        assert_eq!((recall.hits, recall.gold), (1, 2));
    }
}
