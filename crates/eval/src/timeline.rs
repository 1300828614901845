//! Timelines against SemEval-2015 task 4, on its trial corpus.
//!
//! Minard et al. (2015): for each entity a timeline of the events it takes part in, ordered by
//! date. The task's scorer compares the temporal closures of system and gold (TempEval-3's
//! temporal awareness) for events that both timelines anchor; we follow it: every pair of events
//! of one timeline stands before, after or at the same time, an event is found where both
//! timelines have a mention of its sentence and word, and precision and recall are over relations.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use stemma_model::{Annotations, Document, Event};

use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::reading::{Text, annotate};
use crate::timeml::parse_text;
use crate::{Counts, Scores};

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
                let Some((published, text)) = parse_text(&tml) else { continue };
                let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
                let id = name.split(['-', '_']).next().unwrap_or_default().to_owned();
                sources.insert(id.clone(), Source { starts: sentence_starts(&tml) });
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
    let mut total = Counts::default();
    for (entity, gold) in &golds {
        let found = timeline(entity, &read, &sources, &texts);
        total += compare(gold, &found);
    }
    Ok(Scores {
        suite: "timeline",
        corpus: digest(dir)?,
        documents: texts.len(),
        metrics: total.metrics("relations").to_vec(),
    })
}

/// Where the sentences of the plain text start, from the `<s>` tags.
fn sentence_starts(tml: &str) -> Vec<usize> {
    let body = tml.find("<TEXT>").map_or("", |at| &tml[at..]);
    let pieces: Vec<&str> = body.split("<s ").collect();
    let mut starts = Vec::new();
    let mut length = 0;
    for (i, piece) in pieces.iter().enumerate() {
        let wrapped = format!("<TimeML><DCT><TIMEX3 value=\"\"></DCT><TEXT><s {piece}</TEXT>");
        if i > 0 {
            starts.push(length);
            length += parse_text(&wrapped).map_or(0, |(_, text)| text.len());
        }
    }
    starts
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

/// Our timeline of an entity: the dated events whose participants or words name it, ranked by day.
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
        for event in
            annotations.events.iter().filter(|event| names(entity, document, annotations, event))
        {
            let Some(day) = day(event, annotations) else { continue };
            let at = event.sentence.start() + shift;
            let sentence = source.starts.partition_point(|start| *start <= at);
            for word in words(document, event) {
                dated.push((day.clone(), (text.id.clone(), sentence, word)));
            }
        }
    }
    dated.sort();
    let days: BTreeSet<String> = dated.iter().map(|(day, _)| day.clone()).collect();
    let days: Vec<String> = days.into_iter().collect();
    dated
        .into_iter()
        .map(|(day, mention)| (mention, days.binary_search(&day).map_or(0, |rank| rank + 1)))
        .collect()
}

/// The day an event is placed on: its own date, else that of the document.
fn day(event: &Event, annotations: &Annotations) -> Option<String> {
    let own = event.date.and_then(|(range, _)| range.from);
    own.or(annotations.published.range.from).map(|day| day.to_string())
}

/// Whether an event's sentence names the entity: any of its telling words.
fn names(entity: &str, document: &Document, annotations: &Annotations, event: &Event) -> bool {
    let sentence = document.slice(event.sentence).to_lowercase();
    let entity = entity.to_lowercase();
    let by_name = sentence.contains(&entity);
    let by_mention = annotations.mentions.iter().any(|mention| {
        event.participants.contains(&mention.id) && {
            let words = document.slice(mention.span).to_lowercase();
            entity.contains(&words) && words.len() > 3
        }
    });
    by_name || by_mention
}

/// The word of the text that carries an event, lower-cased.
fn words(document: &Document, event: &Event) -> Vec<String> {
    let text = document.slice(event.span);
    let stem: String = event.lemma.chars().take(4).collect();
    let carrier = text.split_whitespace().find(|word| word.to_lowercase().starts_with(&stem));
    carrier.or_else(|| text.split_whitespace().next()).map(str::to_lowercase).into_iter().collect()
}

/// Relations between pairs of events: which hold in both timelines, in ours, in gold.
fn compare(gold: &BTreeMap<Mention, usize>, found: &BTreeMap<Mention, usize>) -> Counts {
    let ours = relations(found);
    let theirs = relations(gold);
    Counts { hits: ours.intersection(&theirs).count(), predicted: ours.len(), gold: theirs.len() }
}

type Relation<'m> = (&'m Mention, &'m Mention, std::cmp::Ordering);

fn relations(ranks: &BTreeMap<Mention, usize>) -> BTreeSet<Relation<'_>> {
    let all: Vec<(&Mention, usize)> =
        ranks.iter().map(|(mention, rank)| (mention, *rank)).collect();
    all.iter()
        .enumerate()
        .flat_map(|(i, (a, rank))| {
            all[i + 1..].iter().map(move |(b, other)| (*a, *b, rank.cmp(other)))
        })
        .collect()
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
        assert_eq!(compare(&gold, &ours), Counts { hits: 1, predicted: 1, gold: 3 });
    }
}
