//! Speakers of quotations, on BASIL.
//!
//! Fan et al. (2019) mark spans that convey bias and name the speaker of those that are quoted. A
//! span is *found* where the content of one of our quotations overlaps it, and its speaker is
//! *right* where the last word of the annotated name is among the words of ours (singular or
//! plural). Speakers that BASIL only calls `other_…` cannot be compared and are left out. BASIL gives
//! many members of a party or staff its name (`Democratic_lawmakers` for a senator); so persons are
//! counted by themselves beside all.

use std::path::Path;

use serde_json::Value;
use stemma_model::{Annotations, Document, Quote, Span};
use stemma_text::fold;

use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::reading::{Text, annotate};
use crate::{Metric, Scores, percent};

/// A quoted span: its words and its speaker's name.
struct Quoted {
    words: String,
    speaker: String,
}

/// Scores the speakers of the articles below `dir`, which holds `articles/` and `annotations/`.
///
/// # Errors
/// When the corpus is not there or not of that shape, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let (mut texts, mut golds) = (Vec::new(), Vec::new());
    for path in files(&dir.join("articles"))? {
        let relative = path.strip_prefix(dir.join("articles")).unwrap_or(&path);
        let Some(stem) = relative.to_str().and_then(|name| name.strip_suffix(".json")) else {
            continue;
        };
        let annotations = dir.join("annotations").join(format!("{stem}_ann.json"));
        if !annotations.is_file() {
            continue;
        }
        texts.push(article(stem, &json(&path)?));
        golds.push((stem.to_owned(), quoted(&json(&annotations)?)));
    }
    if texts.is_empty() {
        let found = "no article has annotations of its name".to_owned();
        return Err(Kind::Shape { path: dir.to_owned(), found }.into());
    }
    let read = annotate(&texts)?;
    let mut tally = Tally::default();
    for (id, gold) in &golds {
        let found = read.get(id);
        gold.iter().for_each(|quoted| tally.add(quoted, found));
    }
    Ok(Scores {
        suite: "basil",
        corpus: digest(dir)?,
        documents: texts.len(),
        metrics: tally.metrics(),
    })
}

fn json(path: &Path) -> Result<Value, Error> {
    let shape =
        |cause: serde_json::Error| Kind::Shape { path: path.to_owned(), found: cause.to_string() };
    Ok(serde_json::from_str(&read(path)?).map_err(shape)?)
}

fn article(id: &str, article: &Value) -> Text {
    let paragraphs = article["body-paragraphs"].as_array().into_iter().flatten();
    let joined = paragraphs.map(|paragraph| {
        let sentences = paragraph.as_array().into_iter().flatten().filter_map(Value::as_str);
        sentences.collect::<Vec<_>>().join(" ")
    });
    let title = article["title"].as_str().unwrap_or_default().to_owned();
    let text = std::iter::once(title).chain(joined).collect::<Vec<_>>().join("\n\n");
    let published = article["date"].as_str().unwrap_or_default().to_owned();
    Text { id: id.to_owned(), published, text }
}

fn quoted(annotations: &Value) -> Vec<Quoted> {
    let phrases = annotations["phrase-level-annotations"].as_array().into_iter().flatten();
    let quoted = phrases.filter(|phrase| phrase["quote"] == "yes").filter_map(|phrase| {
        let (words, speaker) = (phrase["txt"].as_str()?, phrase["speaker"].as_str()?);
        let named = !speaker.is_empty() && !speaker.starts_with("other");
        named.then(|| Quoted { words: words.trim().to_owned(), speaker: speaker.to_owned() })
    });
    quoted.collect()
}

#[derive(Default)]
struct Tally {
    persons: Count,
    all: Count,
}

#[derive(Default)]
struct Count {
    spans: usize,
    found: usize,
    right: usize,
}

/// What became of the speaker of one span.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Missed,
    Wrong,
    Right,
}

impl Tally {
    fn add(&mut self, quoted: &Quoted, found: Option<&(Document, Annotations)>) {
        let outcome = found.map_or(Outcome::Missed, |(d, a)| outcome(quoted, d, a));
        self.all.add(outcome);
        if is_person(&quoted.speaker) {
            self.persons.add(outcome);
        }
    }

    fn metrics(&self) -> Vec<Metric> {
        let parts = [("persons", &self.persons), ("all", &self.all)];
        let metrics = parts.iter().flat_map(|(name, count)| {
            [
                Metric::new(format!("{name}: spans found"), percent(count.found, count.spans)),
                Metric::new(
                    format!("{name}: speaker right given a found span"),
                    percent(count.right, count.found),
                ),
            ]
        });
        metrics.collect()
    }
}

impl Count {
    fn add(&mut self, outcome: Outcome) {
        self.spans += 1;
        self.found += usize::from(outcome != Outcome::Missed);
        self.right += usize::from(outcome == Outcome::Right);
    }
}

fn outcome(quoted: &Quoted, document: &Document, annotations: &Annotations) -> Outcome {
    let Some(start) = document.text.find(&quoted.words) else { return Outcome::Missed };
    let span = Span::new(start, start + quoted.words.len());
    let overlap = |quote: &&Quote| -> usize {
        quote.content.iter().map(|content| content.overlap(span)).sum()
    };
    let best = annotations.quotes.iter().filter(|quote| overlap(quote) > 0).max_by_key(overlap);
    let Some(quote) = best else { return Outcome::Missed };
    let right = quote.source.name.as_deref().is_some_and(|name| is_named(name, &quoted.speaker));
    if right { Outcome::Right } else { Outcome::Wrong }
}

/// Whether an annotated speaker is one person: two words and more, with capitals, none for a group.
fn is_person(speaker: &str) -> bool {
    const GROUPS: [&str; 3] = ["Democrats", "Republicans", "Lawmakers"];
    let words: Vec<&str> = speaker.split('_').collect();
    let name = |word: &&str| word.starts_with(char::is_uppercase) && !GROUPS.contains(word);
    words.len() > 1 && words.iter().all(name)
}

/// Whether the last word of the annotated name is among the words of ours.
fn is_named(name: &str, speaker: &str) -> bool {
    let singular = |word: &str| fold(word).trim_end_matches('s').to_owned();
    let last = singular(speaker.rsplit('_').next().unwrap_or_default());
    name.split(|c: char| !c.is_alphanumeric()).any(|word| singular(word) == last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_by_their_last_word() {
        assert!(is_named("Sen. Marco Rubio", "Marco_Rubio"));
        assert!(is_named("Democratic lawmaker", "Democratic_lawmakers"));
        assert!(!is_named("Marco Polo", "Marco_Rubio"));
        assert!(is_person("Marco_Rubio") && !is_person("House_Democrats"));
        assert!(!is_person("Romney_campaign") && !is_person("Catholics"));
    }

    #[test]
    fn only_named_speakers_count() {
        let phrase = |quote: &str, speaker: &str| serde_json::json!({"quote": quote, "speaker": speaker, "txt": "we will"});
        let file = serde_json::json!({"phrase-level-annotations": [
            phrase("yes", "Ada_Lee"), phrase("yes", "other_anti"), phrase("no", "Ada_Lee"),
        ]});
        assert_eq!(quoted(&file).len(), 1);
    }
}
