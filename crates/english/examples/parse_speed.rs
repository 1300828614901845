//! Time the pipeline on the `text` of each line of standard input.
//!
//! ```text
//! cargo run --release -p stemma-english --example parse_speed < articles.jsonl
//! ```
//! Prints tokens a second of wall-clock time and of processor time (which a busy machine does not
//! change), for one thread and for two, and the memory taken.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::io::BufRead;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use serde::Deserialize;
use stemma_english::{Model, Pipeline, SentenceEncoder};

#[derive(Deserialize)]
struct Line {
    text: String,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = Model::ensure(|line| eprintln!("{line}"))?;
    let (started, processor) = (Instant::now(), processor_seconds());
    let pipeline = Pipeline::load(&path)?;
    let took = started.elapsed();
    println!("loaded in {took:.1?} ({:.2} s of processor time)", processor_seconds() - processor);
    let lines = std::io::stdin().lock().lines();
    let texts = lines
        .map(|line| Ok(serde_json::from_str::<Line>(&line?)?.text))
        .collect::<Result<Vec<_>, Box<dyn std::error::Error>>>()?;
    for threads in [1, 2] {
        measure(&pipeline, &texts, threads);
    }
    println!("{}", memory().unwrap_or_default());
    measure_vectors(&pipeline, &texts);
    Ok(())
}

fn measure(pipeline: &Pipeline, texts: &[String], threads: usize) {
    let (next, tokens) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (started, processor) = (Instant::now(), processor_seconds());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(text) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    tokens.fetch_add(pipeline.parse(text).len(), Ordering::Relaxed);
                }
            });
        }
    });
    let (wall, processor) = (started.elapsed().as_secs_f64(), processor_seconds() - processor);
    let tokens = tokens.into_inner() as f64;
    println!(
        "{threads} thread(s): {tokens} tokens, {:.0} tokens/s, {:.0} tokens/s of processor time",
        tokens / wall,
        tokens / processor
    );
}

/// Sentence vectors of every sentence, by one thread.
fn measure_vectors(pipeline: &Pipeline, texts: &[String]) {
    let docs: Vec<_> = texts.iter().map(|text| pipeline.parse(text)).collect();
    let sentences: Vec<&str> =
        docs.iter().flat_map(|doc| doc.sentences().map(|s| s.text())).collect();
    let encoder = SentenceEncoder::new();
    let processor = processor_seconds();
    let total: f32 = sentences.iter().map(|sentence| encoder.encode(sentence).as_slice()[0]).sum();
    let rate = sentences.len() as f64 / (processor_seconds() - processor);
    println!(
        "{} sentence vectors, {rate:.0}/s of processor time (sum {total:.1})",
        sentences.len()
    );
}

/// User and system time of this process so far; 0 where the platform does not tell so.
fn processor_seconds() -> f64 {
    /// Clock ticks a second, which Linux has fixed for programs.
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks =
        |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / TICKS
}

/// The lines of the kernel's account that tell the most and the present memory.
fn memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let wanted =
        status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("VmRSS"));
    Some(wanted.collect::<Vec<_>>().join(", "))
}
