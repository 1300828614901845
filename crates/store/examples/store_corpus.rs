//! Fills a store with a corpus and times every question: what the store itself costs, without the
//! analysis.
//!
//! `cargo run --release -p stemma-store --example store_corpus -- CORPUS.jsonl.zst STORE`
//!
//! Quotations are found by their marks alone, their speakers by the two capitalised words nearest,
//! sentences by full stops; stories are documents of one day that share a name, events the first
//! sentence of each document. That gives about as many rows as the analysis does.

mod questions;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use questions::time;
use stemma_model::*;
use stemma_store::{Entry, NearQuery, Store};

/// Axes of the sentence vectors that stand in for real ones.
const AXES: u64 = 128;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (corpus, path) =
        (arguments.next().ok_or("no corpus")?, arguments.next().ok_or("no store")?);
    if !std::path::Path::new(&path).exists() {
        fill(&corpus, &path)?;
    }
    let store = Store::open_read_only(&path)?;
    questions::ask(&store)?;
    ask_by_meaning(&store)
}

fn fill(corpus: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let mut store = Store::open(path)?;
    let mut gathered = Gathered::default();
    let (mut entries, mut count, mut writing) = (Vec::new(), 0, Duration::ZERO);
    let reader = BufReader::new(zstd::stream::read::Decoder::new(File::open(corpus)?)?);
    let mut flush = |entries: &mut Vec<Entry>| -> Result<(), stemma_store::Error> {
        let start = Instant::now();
        let mut batch = store.batch()?;
        batch.put(std::mem::take(entries))?;
        batch.commit()?;
        writing += start.elapsed();
        Ok(())
    };
    for line in reader.lines() {
        let entry = entry(&serde_json::from_str(&line?)?);
        gathered.take(&entry);
        entries.push(entry);
        count += 1;
        if entries.len() == 128 {
            flush(&mut entries)?;
        }
    }
    flush(&mut entries)?;
    println!("{count} documents written in {:.1} s", writing.as_secs_f64());
    let start = Instant::now();
    let record = gathered.record();
    let mut batch = store.batch()?;
    batch.reconstruct(&record, "benchmark")?;
    batch.commit()?;
    println!(
        "{} entities, {} quotations, {} stories, {} utterances written in {:.1} s",
        record.entities.len(),
        record.speakers.len(),
        record.stories.len(),
        record.utterances.len(),
        start.elapsed().as_secs_f64()
    );
    let start = Instant::now();
    store.settle()?;
    println!(
        "settled in {:.1} s; {:.1} MB",
        start.elapsed().as_secs_f64(),
        store.size() as f64 / 1e6
    );
    Ok(())
}

fn reason() -> Reason {
    Reason::new("benchmark", "found by marks alone")
}

fn entry(record: &serde_json::Value) -> Entry {
    let field = |name: &str| record[name].as_str().map(str::to_owned);
    let text = field("text").unwrap_or_default();
    let id = DocumentId::of(&[&text, record["id"].as_str().unwrap_or_default()]);
    let title = field("title");
    let document = Document {
        id,
        given_id: field("id"),
        source: Source::Stdin(1),
        url: field("url"),
        outlet: field("outlet"),
        title: title.map(|text| Title { text, span: None }),
        authors: field("authors").into_iter().collect(),
        published: field("published"),
        published_from: Some("field".into()),
        language: Some("en".into()),
        sha256: format!("{:064x}", id.number()),
        blocks: text
            .split_inclusive("\n\n")
            .scan(0, |start, block| {
                let span = Span::new(*start, *start + block.len()).trimmed(&text);
                *start += block.len();
                Some(Block { span, kind: BlockKind::Paragraph })
            })
            .collect(),
        boilerplate: Vec::new(),
        extra: serde_json::Map::new(),
        problems: Vec::new(),
        text,
    };
    Entry {
        address: document.url.clone(),
        annotations: annotations(&document),
        document,
        stage: "benchmark".into(),
    }
}

fn annotations(document: &Document) -> Annotations {
    let text = document.text.as_str();
    let day: Option<Date> =
        document.published.as_deref().and_then(|text| text.get(..10)?.parse().ok());
    let id = document.id.to_string();
    let mut chains: BTreeMap<String, ChainId> = BTreeMap::new();
    let mut quotes = Vec::new();
    for (open, _) in text.match_indices('“') {
        let Some(close) = text[open..].find('”').map(|at| open + at + '”'.len_utf8()) else {
            break;
        };
        let name = speaker(&text[close..]);
        let chain = name
            .as_ref()
            .map(|name| *chains.entry(name.clone()).or_insert_with(|| ChainId::of(&[&id, name])));
        quotes.push(quote(&id, Span::new(open, close), name, chain));
    }
    let figures = words_with_digits(text)
        .map(|(span, value)| Figure {
            span,
            kind: FigureKind::Count,
            value,
            upper: None,
            unit: None,
            approximate: false,
            hedge: None,
            what: None,
        })
        .collect();
    Annotations {
        published: Dated {
            range: day.map_or(DateRange::unknown(), DateRange::day),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            reason: reason(),
        },
        sentences: sentences(text),
        chains: chains
            .into_iter()
            .map(|(name, id)| Chain {
                id,
                name,
                roles: Vec::new(),
                kind: MentionKind::Person,
                mentions: Vec::new(),
                reason: reason(),
            })
            .collect(),
        quotes,
        figures,
        ..Annotations::empty(document.id)
    }
}

fn quote(document: &str, span: Span, name: Option<String>, chain: Option<ChainId>) -> Quote {
    Quote {
        id: QuoteId::of(&[document, &span.start.to_string()]),
        kind: QuoteKind::Direct,
        content: vec![span],
        marked: vec![span],
        cue: None,
        source: Attribution {
            status: if name.is_some() { SourceStatus::Named } else { SourceStatus::Unattributed },
            span: None,
            chain,
            name,
            candidates: Vec::new(),
            why: "the nearest name".into(),
        },
        occasion: Occasion::default(),
        negated: false,
        hypothetical: false,
        attitude: Attitude::Assertion,
        headline: false,
        inside: None,
        reason: reason(),
    }
}

/// The first two capitalised words in a row within eighty characters.
fn speaker(after: &str) -> Option<String> {
    let near: String = after.chars().take(80).collect();
    let words: Vec<&str> = near.split_whitespace().collect();
    let capital = |word: &str| word.len() > 2 && word.starts_with(char::is_uppercase);
    let pair = words.windows(2).find(|pair| capital(pair[0]) && capital(pair[1]))?;
    let clean = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    Some(format!("{} {}", clean(pair[0]), clean(pair[1])))
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut start = 0;
    let mut sentences = Vec::new();
    for part in text.split_inclusive(". ") {
        let span = Span::new(start, start + part.len()).trimmed(text);
        start += part.len();
        let seed = QuoteId::of(&[part]).number();
        let axis = |i: u64| {
            let mixed =
                (seed ^ i.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            ((mixed >> 40) as i8).max(-127)
        };
        sentences.push(Sentence { span, vector: (0..AXES).map(axis).collect() });
    }
    sentences
}

fn words_with_digits(text: &str) -> impl Iterator<Item = (Span, f64)> {
    let digits = |word: &str| word.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(move |word| digits(word))
        .filter_map(|word| {
            let start = word.as_ptr() as usize - text.as_ptr() as usize;
            Some((Span::new(start, start + word.len()), word.trim_end_matches('.').parse().ok()?))
        })
}

/// What is reconstructed, as it is gathered.
#[derive(Default)]
#[expect(clippy::type_complexity, reason = "each map is filled and read once, by field")]
struct Gathered {
    people: BTreeMap<String, Vec<(DocumentId, ChainId, QuoteId)>>,
    sayings: BTreeMap<String, Vec<(DocumentId, QuoteId)>>,
    days: BTreeMap<(Option<Date>, String), Vec<(DocumentId, String)>>,
    events: Vec<(DateRange, String, Passage)>,
}

impl Gathered {
    fn take(&mut self, entry: &Entry) {
        let (document, id) = (&entry.document, entry.document.id);
        for quote in &entry.annotations.quotes {
            let words = document.slice(quote.content[0]);
            if words.len() > 60 {
                self.sayings.entry(words.to_owned()).or_default().push((id, quote.id));
            }
            if let (Some(name), Some(chain)) = (&quote.source.name, quote.source.chain) {
                self.people.entry(name.clone()).or_default().push((id, chain, quote.id));
            }
        }
        let range = entry.annotations.published.range;
        let title = document.title.as_ref().map(|title| title.text.clone()).unwrap_or_default();
        let name = title.split_whitespace().find(|word| word.len() > 5).unwrap_or("?").to_owned();
        self.days.entry((range.from, name)).or_default().push((id, title));
        if let Some(first) = entry.annotations.sentences.first() {
            self.events.push((
                range,
                document.slice(first.span).to_owned(),
                Passage::new(id, first.span),
            ));
        }
    }

    fn record(self) -> Record {
        let mut record = Record::default();
        for (name, said) in self.people {
            let id = EntityId::of(&[&name]);
            let mut documents: Vec<DocumentId> = said.iter().map(|it| it.0).collect();
            documents.sort_unstable();
            documents.dedup();
            record.speakers.extend(said.iter().map(|&(document, _, quote)| (document, quote, id)));
            record.entities.push(Entity {
                id,
                kind: MentionKind::Person,
                forms: vec![Form { text: name.clone(), count: said.len() as u32 }],
                name,
                documents,
                chains: said.iter().map(|&(document, chain, _)| (document, chain)).collect(),
                reason: reason(),
            });
        }
        for (words, quotes) in self.sayings {
            record.utterances.push(Utterance {
                id: UtteranceId::of(&[&words]),
                entity: None,
                said: DateRange::unknown(),
                quotes,
                variants: Vec::new(),
                reason: reason(),
            });
        }
        for ((day, name), told) in self.days {
            record.stories.push(Story {
                id: StoryId::of(&[&name, &format!("{day:?}")]),
                title: told[0].1.clone(),
                documents: told.iter().map(|it| it.0).collect(),
                date: day.map_or(DateRange::unknown(), DateRange::day),
                reason: reason(),
            });
        }
        record.timeline.extend(self.events.into_iter().map(|(date, text, passage)| {
            TimelineEntry {
                date,
                text,
                status: EventStatus::Happened,
                participants: Vec::new(),
                documents: vec![passage.document],
                evidence: vec![passage],
                reason: reason(),
            }
        }));
        record.timeline.sort_by_key(|entry| (entry.date.from, entry.documents[0]));
        record
    }
}

/// Asks for the sentences nearest to a vector that stands in for a real one.
fn ask_by_meaning(store: &Store) -> Result<(), Box<dyn Error>> {
    let axes: Vec<i8> = (0..AXES as i32).map(|i| ((i * 37) % 250 - 125) as i8).collect();
    time("nearest sentences", &[""], |_| Ok(store.near(&axes, &NearQuery::default(), 10)?.total))
}
