//! Quotations against a corpus in the JSON of Citron, the BBC's quotation extractor.
//!
//! Citron's `docs/data_format.md` (<https://github.com/bbc/citron>): a file a document, with `text` and
//! `quotes` of `cue`, `sources` and `contents`; spans in characters. Scored as PolNeAR is.

use std::path::Path;

use serde::Deserialize;
use stemma_model::Span;
use stemma_text::CodePoints;

use crate::Scores;
use crate::brat::Attribution;
use crate::corpus::{digest, files, read};
use crate::error::{Error, Kind};
use crate::polnear::{Tally, attribution};
use crate::reading::{Text, annotate};

#[derive(Deserialize)]
struct File {
    text: String,
    #[serde(default)]
    quotes: Vec<Quote>,
}

#[derive(Deserialize)]
struct Quote {
    cue: Option<Place>,
    #[serde(default)]
    sources: Vec<Place>,
    #[serde(default)]
    contents: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    start: usize,
    end: usize,
}

/// Scores the quotations of the `.json` files below `dir`.
///
/// # Errors
/// When the corpus is not there or not in Citron's format, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let (mut texts, mut golds) = (Vec::new(), Vec::new());
    for path in files(dir)?.iter().filter(|path| path.extension().is_some_and(|end| end == "json"))
    {
        let (text, gold) = parse(&read(path)?)
            .map_err(|cause| Kind::Shape { path: path.clone(), found: cause.to_string() })?;
        texts.push(Text {
            id: path.to_string_lossy().into_owned(),
            published: String::new(),
            text,
        });
        golds.push(gold);
    }
    if texts.is_empty() {
        return Err(Kind::Shape { path: dir.to_owned(), found: "no .json file".into() }.into());
    }
    let read = annotate(&texts)?;
    let mut tally = Tally::default();
    for (text, gold) in texts.iter().zip(&golds) {
        let found = read.get(&text.id);
        // Reading may trim a text; offsets count in what was read.
        let shift = found.map_or(0, |(d, _)| text.text.find(d.text.as_str()).unwrap_or(0));
        let quotes = found.map_or(&[][..], |(_, annotations)| &annotations.quotes);
        let quotes: Vec<_> = quotes.iter().map(|quote| attribution(quote, shift)).collect();
        tally.add(&text.text, gold, &quotes);
    }
    Ok(Scores {
        suite: "citron",
        corpus: digest(dir)?,
        documents: texts.len(),
        metrics: tally.metrics(),
    })
}

/// A file's text and attributions; spans that do not fit the text are left out.
fn parse(json: &str) -> Result<(String, Vec<Attribution>), serde_json::Error> {
    let file: File = serde_json::from_str(json)?;
    let points = CodePoints::of(&file.text);
    let span = |place: &Place| {
        let (start, end) = (points.to_byte(place.start), points.to_byte(place.end));
        (start < end).then(|| Span::new(start, end))
    };
    let all = |places: &[Place]| places.iter().filter_map(span).collect();
    let quotes = file.quotes.iter().map(|quote| Attribution {
        content: all(&quote.contents),
        source: all(&quote.sources),
        cue: quote.cue.iter().filter_map(span).collect(),
    });
    let quotes = quotes.collect();
    Ok((file.text, quotes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_citron() {
        let json = r#"{"text": "“Né,” she said.", "quotes": [{
            "cue": {"start": 10, "end": 14, "text": "said"},
            "sources": [{"start": 6, "end": 9, "text": "she"}],
            "contents": [{"start": 0, "end": 5, "text": "“Né,”"}]}]}"#;
        let (text, quotes) = parse(json).unwrap();
        let words = |spans: &[Span]| spans[0].of_text(&text).to_owned();
        let [quote] = quotes.try_into().unwrap();
        assert_eq!(
            [words(&quote.content), words(&quote.source), words(&quote.cue)],
            ["“Né,”", "she", "said"]
        );
        assert!(parse("{}").is_err() && parse(r#"{"text": ""}"#).is_ok());
    }
}
