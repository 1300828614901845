//! Compare the pipeline with spaCy's answers, field by field, and time it.
//!
//! ```text
//! cargo run --release -p stemma-english --example compare < golden.jsonl   # from dev/golden.py
//! ```
//! Each differing field of each token is counted; the first few are shown. Texts whose tokens differ
//! are counted once and their other fields are not compared.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use stemma_english::record::{Record, TokenRecord};
use stemma_english::{Model, Pipeline};

/// Differences shown for each field.
const SHOWN: usize = 12;

#[derive(Default)]
struct Tally {
    texts: usize,
    tokens: usize,
    bytes: usize,
    parsing: Duration,
    differences: BTreeMap<&'static str, Vec<String>>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let started = Instant::now();
    let pipeline = Pipeline::load(&Model::ensure(|line| eprintln!("{line}"))?)?;
    let loading = started.elapsed();
    let mut tally = Tally::default();
    for line in std::io::stdin().lock().lines() {
        tally.add(&pipeline, &serde_json::from_str(&line?)?);
    }
    tally.report(loading, &mut std::io::stdout().lock())?;
    Ok(())
}

impl Tally {
    fn add(&mut self, pipeline: &Pipeline, golden: &Record) {
        let text = golden.text.as_deref().unwrap_or_default();
        let started = Instant::now();
        let doc = pipeline.parse(text);
        self.parsing += started.elapsed();
        self.texts += 1;
        self.bytes += text.len();
        self.tokens += doc.len();
        let found = Record::new(golden.id.clone(), &doc);
        let forms = |record: &Record| -> Vec<(String, usize, String)> {
            record.tokens.iter().map(|t| (t.text.clone(), t.start, t.ws.clone())).collect()
        };
        let (ours, theirs) = (forms(&found), forms(golden));
        if ours != theirs {
            let at = ours.iter().zip(&theirs).position(|(a, b)| a != b).unwrap_or(0);
            let shown =
                format!("{}: ours {:?} theirs {:?}", golden.id, near(&ours, at), near(&theirs, at));
            self.differences.entry("tokens (texts)").or_default().push(shown);
            return;
        }
        for (i, (ours, theirs)) in found.tokens.iter().zip(&golden.tokens).enumerate() {
            for ((field, ours), (_, theirs)) in fields(ours).into_iter().zip(fields(theirs)) {
                if ours != theirs {
                    let shown = format!(
                        "{} token {i} {:?}: ours {ours:?} theirs {theirs:?}",
                        golden.id, golden.tokens[i].text
                    );
                    self.differences.entry(field).or_default().push(shown);
                }
            }
        }
    }

    fn report(&self, loading: Duration, out: &mut impl Write) -> std::io::Result<()> {
        let rate = self.tokens as f64 / self.parsing.as_secs_f64();
        writeln!(out, "{} texts, {} tokens, {} bytes", self.texts, self.tokens, self.bytes)?;
        writeln!(
            out,
            "loaded in {loading:.1?}; parsed in {:.2?}: {rate:.0} tokens/s",
            self.parsing
        )?;
        for (field, found) in &self.differences {
            writeln!(out, "{field}: {} differences", found.len())?;
            for shown in found.iter().take(SHOWN) {
                writeln!(out, "    {shown}")?;
            }
        }
        writeln!(
            out,
            "{} differences in all",
            self.differences.values().map(Vec::len).sum::<usize>()
        )
    }
}

fn near<T>(items: &[T], at: usize) -> &[T] {
    &items[at.min(items.len())..items.len().min(at + 4)]
}

fn fields(token: &TokenRecord) -> Vec<(&'static str, String)> {
    let TokenRecord { norm, lower, shape, lemma, pos, tag, morph, dep, ent_iob, ent_type, .. } =
        token;
    let strings = [
        ("norm", norm),
        ("lower", lower),
        ("shape", shape),
        ("lemma", lemma),
        ("pos", pos),
        ("tag", tag),
        ("morph", morph),
        ("dep", dep),
        ("ent_iob", ent_iob),
        ("ent_type", ent_type),
    ];
    let flags = [
        ("sent_start", token.sent_start),
        ("is_space", token.space),
        ("is_alpha", token.alpha),
        ("is_punct", token.punct),
        ("is_title", token.title),
        ("like_num", token.num),
    ];
    let strings = strings.map(|(name, value)| (name, value.clone()));
    let flags = flags.map(|(name, value)| (name, value.to_string()));
    let head = [("head", token.head.to_string())];
    strings.into_iter().chain(flags).chain(head).collect()
}
