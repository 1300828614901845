//! Measures a store at full size: adding, comparing, size, checking, and every question.
//!
//! `cargo run --release -p stemma-engine --example measure_store -- STORE [CORPUS]`
//!
//! `STORE` is a file, which is made if it is not there, `CORPUS` anything `stemma add` reads; what
//! the store holds already is not added again. Without `CORPUS` the questions alone are asked. Times are of the clock and of the processor, memory is the
//! most that was resident in a step (Linux only). Each question is asked with every word or name of
//! a list.

#[path = "../../store/examples/questions/mod.rs"]
mod questions;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;
use std::time::Instant;

use jiff::civil::Date;
use questions::{NAMES, time};
use stemma_engine::archive::{self, Adding, NearQuery, Page, QuoteQuery, STAGE, Store, VERSION};
use stemma_engine::{Engine, Input};
use stemma_model::{Annotations, Document};

const SENTENCES: [&str; 6] = [
    "The court struck down the law.",
    "He promised to build a wall along the border.",
    "Unemployment fell to its lowest level in years.",
    "We will not accept the use of chemical weapons.",
    "The storm left thousands without power.",
    "Lawmakers failed to agree on a budget before the deadline.",
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = PathBuf::from(arguments.next().ok_or("no store")?);
    if let Some(corpus) = arguments.next() {
        fill(&path, corpus.into())?;
    }
    let store = Store::open_read_only(&path)?;
    questions::ask(&store)?;
    ask_by_meaning(&store)
}

/// Adds, compares and checks.
fn fill(path: &Path, corpus: PathBuf) -> Result<(), Box<dyn Error>> {
    let threads = available_parallelism()?;
    let mut store = Store::open(path)?;
    let engine = Engine::open(threads, |line| println!("{line}"))?;
    let annotate = |document: &Document| -> Annotations {
        let mut annotations = engine.annotate_one(document);
        archive::add_vectors(document, &mut annotations);
        annotations
    };
    let adding = Adding { annotate, stage: STAGE, threads };
    step("add", || {
        archive::add(&mut store, &[Input::Path(corpus)], &adding, |_| {}, |_| {})
            .map(|added| format!("{added:?}"))
    })?;
    drop(engine);
    step("compare", || {
        archive::refresh(&mut store, VERSION, threads)
            .map(|changed| if changed { "anew" } else { "nothing had changed" }.to_owned())
    })?;
    println!("{} documents, {:.1} MB", store.len()?, store.size() as f64 / 1e6);
    let basis = archive::basis(&store, VERSION)?;
    step("verify", || {
        let verified = archive::verify(&store, &basis, threads, |_| {})?;
        let (places, records) = (verified.spans, verified.derived);
        Ok::<_, stemma_engine::Error>(format!(
            "{places} places, {records} records, {} findings",
            verified.findings.len()
        ))
    })
}

/// Runs one step and prints what it cost.
fn step<E: Error + 'static>(
    what: &str,
    work: impl FnOnce() -> Result<String, E>,
) -> Result<(), Box<dyn Error>> {
    // 5 resets the mark of the most memory: proc(5).
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (start, before) = (Instant::now(), processor());
    let told = work()?;
    println!(
        "{what}: {:.1} s, {:.1} s of processor time, at most {} MB resident; {told}",
        start.elapsed().as_secs_f64(),
        processor() - before,
        resident() / 1000
    );
    Ok(())
}

/// Seconds of processor time so far, user's and system's: fields 14 and 15 of proc(5)'s `stat`, in
/// hundredths of a second on every Linux in use.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field, the name in parentheses, may hold spaces.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The most memory that was resident, in kB.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse().ok()).unwrap_or(0)
}

/// Asks by meaning with every sentence.
fn ask_by_meaning(store: &Store) -> Result<(), Box<dyn Error>> {
    let since: Date = "2016-01-01".parse()?;
    let until: Date = "2016-12-31".parse()?;
    time("search --like", &SENTENCES, |text| {
        Ok(archive::like(store, text, &NearQuery::default(), Page::default())?.total)
    })?;
    time("search --like --since --until", &SENTENCES, |text| {
        let query = NearQuery { since: Some(since), until: Some(until), outlet: None };
        Ok(archive::like(store, text, &query, Page::default())?.total)
    })?;
    time("quotes --like", &SENTENCES, |text| {
        Ok(archive::quotes_like(store, text, &QuoteQuery::default())?.total)
    })?;
    time("quotes --by --like", &NAMES, |name| {
        let query = QuoteQuery { by: Some(name.to_owned()), ..Default::default() };
        Ok(archive::quotes_like(store, SENTENCES[0], &query)?.total)
    })
}
