//! Prints the `reuse` records of a JSONL corpus on standard input:
//! `corpus [MIN_WORDS] < corpus.jsonl > reuse.jsonl`. Add `--other-outlets` to compare documents
//! of different outlets only, `--boilerplate` to see what recurs within one outlet,
//! `--memory=MIB` for the budget.

use std::io::{BufRead, BufWriter, Write};

use serde_json::{Value, json};
use stemma_model::{Alignment, DateRange, DocumentId, Passage};
use stemma_reuse::{Options, Witness, for_each_alignment};
use stemma_text::CodePoints;

struct Article {
    id: String,
    outlet: Option<String>,
    date: Option<DateRange>,
    text: String,
    credits: Vec<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut options = Options::default();
    if let Some(words) = arguments.iter().find_map(|argument| argument.parse().ok()) {
        options = options.min_words(words);
    }
    options.same_outlet = !arguments.iter().any(|argument| argument == "--other-outlets");
    options.boilerplate = arguments.iter().any(|argument| argument == "--boilerplate");
    let budget = arguments.iter().find_map(|argument| argument.strip_prefix("--memory="));
    if let Some(mib) = budget.and_then(|mib| mib.parse::<usize>().ok()) {
        options.memory = mib << 20;
    }
    let start = std::time::Instant::now();
    let articles = read()?;
    let credits: Vec<Vec<&str>> =
        articles.iter().map(|a| a.credits.iter().map(String::as_str).collect()).collect();
    let witnesses: Vec<Witness<'_>> =
        articles.iter().zip(&credits).map(|(article, credits)| article.witness(credits)).collect();
    let by_id: std::collections::HashMap<DocumentId, &Article> =
        articles.iter().map(|article| (DocumentId::of(&[&article.id]), article)).collect();
    eprintln!("{} articles read in {:.2?}", articles.len(), start.elapsed());
    let start = std::time::Instant::now();
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut count = 0_u64;
    for_each_alignment(&witnesses, &options, |alignment| {
        count += 1;
        let record = record(&alignment, |id| by_id[&id]);
        // A closed pipe ends the program with the next write; nothing to save here.
        let _ = writeln!(out, "{record}");
    });
    out.flush()?;
    eprintln!("{count} alignments in {:.2?}", start.elapsed());
    Ok(())
}

fn read() -> Result<Vec<Article>, Box<dyn std::error::Error>> {
    let mut articles = Vec::new();
    for line in std::io::stdin().lock().lines() {
        let mut fields: Value = serde_json::from_str(&line?)?;
        let mut field = |name: &str| match fields[name].take() {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => None,
        };
        let day = field("published").and_then(|published| published.get(..10)?.parse().ok());
        articles.push(Article {
            id: field("id").ok_or("an article without id")?,
            outlet: field("outlet"),
            date: day.map(DateRange::day),
            text: field("text").unwrap_or_default(),
            credits: field("authors").into_iter().collect(),
        });
    }
    Ok(articles)
}

impl Article {
    fn witness<'a>(&'a self, credits: &'a [&'a str]) -> Witness<'a> {
        Witness {
            outlet: self.outlet.as_deref(),
            date: self.date,
            credits,
            ..Witness::new(DocumentId::of(&[&self.id]), &self.text)
        }
    }
}

/// The record without changes, in the shape of `records.md`.
fn record<'a>(alignment: &Alignment, article: impl Fn(DocumentId) -> &'a Article) -> Value {
    let span = |passage: Passage| {
        let article = article(passage.document);
        let points = CodePoints::of(&article.text);
        json!({
            "document": passage.document,
            "given_id": article.id,
            "start": points.of_byte(passage.span.start()),
            "end": points.of_byte(passage.span.end()),
            "text": passage.span.of_text(&article.text),
        })
    };
    json!({
        "id": alignment.id,
        "a": span(alignment.a),
        "b": span(alignment.b),
        "words": alignment.words,
        "similarity": alignment.similarity,
        "kind": alignment.kind,
        "changes": alignment.changes.len(),
        "first": { "candidates": alignment.first.candidates, "why": alignment.first.why },
    })
}
