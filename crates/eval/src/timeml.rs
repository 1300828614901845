//! Time expressions against TimeML corpora, as TempEval-3 scores them.
//!
//! UzZaman et al. (2013), *SemEval-2013 Task 1*: strict F1 counts exact spans, relaxed F1 any
//! overlap; type and value F1 are relaxed F1 times the share of matched expressions whose type or
//! value agrees. The document's creation time is given and not scored.

use std::path::Path;

use stemma_model::{Timex, TimexType};

use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::reading::{Text, annotate};
use crate::{Counts, Metric, Scores, percent};

/// A gold expression: bytes of the text, type, value.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Gold {
    start: usize,
    end: usize,
    kind: String,
    value: String,
}

/// Scores the expressions of the `.tml` files below `dir`.
///
/// # Errors
/// When the corpus is not there or not of that shape, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let mut texts = Vec::new();
    let mut golds = Vec::new();
    for path in files(dir)?.iter().filter(|path| path.extension().is_some_and(|end| end == "tml")) {
        let id = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let Some((published, text, gold)) = parse(&read(path)?) else { continue };
        texts.push(Text { id: id.clone(), published, text });
        golds.push((id, gold));
    }
    if texts.is_empty() {
        return Err(Kind::Shape { path: dir.to_owned(), found: "no .tml file".into() }.into());
    }
    let read = annotate(&texts)?;
    let mut tally = Tally::default();
    for ((id, gold), text) in golds.iter().zip(&texts) {
        match read.get(id) {
            Some((document, annotations)) => {
                // Reading may trim a text; offsets count in what was read.
                let shift = text.text.find(document.text.as_str()).unwrap_or(0);
                tally.add(gold, &annotations.dates, shift);
            }
            None => tally.add(gold, &[], 0),
        }
    }
    Ok(Scores {
        suite: "timeml",
        corpus: digest(dir)?,
        documents: texts.len(),
        metrics: tally.metrics(),
    })
}

/// The creation day, the plain text and its expressions.
pub(crate) fn parse_text(tml: &str) -> Option<(String, String)> {
    parse(tml).map(|(day, text, _)| (day, text))
}

fn parse(tml: &str) -> Option<(String, String, Vec<Gold>)> {
    let created = &tml[tml.find("<DCT>")?..];
    let day = attribute(&created[..created.find("</DCT>")?], "value")?;
    let from = tml.find("<TEXT>")? + "<TEXT>".len();
    let mut rest = &tml[from..tml.rfind("</TEXT>")?];
    let (mut text, mut open, mut gold) = (String::new(), Vec::new(), Vec::new());
    while let Some(at) = rest.find('<') {
        text += &plain(&rest[..at]);
        let end = at + rest[at..].find('>')? + 1;
        let tag = &rest[at..end];
        if tag.starts_with("<TIMEX3") {
            open.push((text.len(), tag));
        } else if tag == "</TIMEX3>" {
            let (start, tag) = open.pop()?;
            let field = |name| attribute(tag, name).unwrap_or_default();
            gold.push(Gold { start, end: text.len(), kind: field("type"), value: field("value") });
        }
        rest = &rest[end..];
    }
    text += &plain(rest);
    Some((day.chars().take(10).collect(), text, gold))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(plain(&tag[from..from + tag[from..].find('"')?]))
}

/// XML's five entities undone.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

#[derive(Default)]
struct Tally {
    strict: Counts,
    relaxed: Counts,
    kinds: usize,
    values: usize,
}

impl Tally {
    /// Adds a document whose text starts `shift` bytes into the gold text.
    fn add(&mut self, gold: &[Gold], found: &[Timex], shift: usize) {
        let sizes = Counts { hits: 0, predicted: found.len(), gold: gold.len() };
        let (mut strict, mut relaxed) = (sizes, sizes);
        let mut used = vec![false; gold.len()];
        for timex in found {
            let (start, end) = (timex.span.start() + shift, timex.span.end() + shift);
            let overlap = |gold: &Gold| end.min(gold.end).saturating_sub(start.max(gold.start));
            let free = (0..gold.len()).filter(|i| !used[*i] && overlap(&gold[*i]) > 0);
            let Some(best) = free.max_by_key(|i| (overlap(&gold[*i]), *i)) else { continue };
            used[best] = true;
            relaxed.hits += 1;
            strict.hits += usize::from((start, end) == (gold[best].start, gold[best].end));
            self.kinds += usize::from(name(timex.kind) == gold[best].kind);
            self.values += usize::from(timex.value == gold[best].value);
        }
        self.strict += strict;
        self.relaxed += relaxed;
    }

    fn metrics(&self) -> Vec<Metric> {
        let share = |part| self.relaxed.f1() * percent(part, self.relaxed.hits) / 100.0;
        vec![
            Metric::new("strict F1", self.strict.f1()),
            Metric::new("relaxed F1", self.relaxed.f1()),
            Metric::new("type F1", share(self.kinds)),
            Metric::new("value F1", share(self.values)),
            Metric::new("relaxed P", self.relaxed.precision()),
            Metric::new("relaxed R", self.relaxed.recall()),
        ]
    }
}

fn name(kind: TimexType) -> &'static str {
    match kind {
        TimexType::Date => "DATE",
        TimexType::Time => "TIME",
        TimexType::Duration => "DURATION",
        TimexType::Set => "SET",
    }
}

#[cfg(test)]
mod tests {
    use stemma_model::{Anchor, Reason, Span};

    use super::*;

    const TML: &str = "<TimeML><DCT><TIMEX3 tid=\"t0\" value=\"2031-03-04T10:00\">x</TIMEX3></DCT><TEXT>\
        It rained <TIMEX3 type=\"DATE\" value=\"2031-03-03\">on Monday</TIMEX3> &amp; <EVENT>poured</EVENT>.\
        </TEXT></TimeML>";

    #[test]
    fn reads_text_and_gold() {
        let (day, text, gold) = parse(TML).expect("well formed");
        assert_eq!((day.as_str(), text.as_str()), ("2031-03-04", "It rained on Monday & poured."));
        assert_eq!(&text[gold[0].start..gold[0].end], "on Monday");
    }

    #[test]
    fn scores_overlap_and_value_apart() {
        let (_, text, gold) = parse(TML).expect("well formed");
        let timex = Timex {
            span: Span::of(&text, "Monday").expect("there"),
            kind: TimexType::Date,
            value: "2031-03-03".into(),
            range: None,
            anchor: Anchor::Published,
            reason: Reason::new("test", ""),
        };
        let mut tally = Tally::default();
        tally.add(&gold, &[timex], 0);
        let found: Vec<f64> = tally.metrics().iter().map(|metric| metric.value).collect();
        assert_eq!(found, [0.0, 100.0, 100.0, 100.0, 100.0, 100.0]);
    }
}
