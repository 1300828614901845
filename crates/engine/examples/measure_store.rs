//! Measures a store at full size: adding, comparing, size, checking, and every question.
//!
//! `cargo run --release -p stemma-engine --example measure_store -- CORPUS STORE`
//!
//! `CORPUS` is anything `stemma add` reads, `STORE` a file, which is made if it is not there; what
//! it holds already is not added again. Times are of the clock and of the processor, memory is the
//! most that was resident in a step (Linux only). Each question is asked with every word or name of
//! a list, once to warm the cache and `ROUNDS` times to be timed.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::Instant;

use jiff::civil::Date;
use stemma_engine::archive::{
    self, Adding, NearQuery, Page, PeopleQuery, QuoteQuery, STAGE, SearchQuery, Store, StoryQuery,
    TimelineQuery, VERSION, VariantQuery,
};
use stemma_engine::{Engine, Input, reconstruct};
use stemma_model::{Annotations, Document};

/// Enough for a 99th percentile: with twelve words, 240 times a question.
const ROUNDS: usize = 20;

/// What people look for in American news of 2012 to 2020: frequent and rare words, phrases,
/// beginnings, exclusions.
const WORDS: [&str; 12] = [
    "president",
    "immigration reform",
    "\"health care\"",
    "hurricane",
    "supreme court nominee",
    "tax cuts",
    "Syria chemical",
    "Obama OR Trump",
    "climat*",
    "gun control -mental",
    "shutdown",
    "\"red line\"",
];

const NAMES: [&str; 8] =
    ["Obama", "Donald Trump", "Clinton", "McConnell", "Nancy Pelosi", "Smith", "Sanders", "John"];

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
    let corpus = PathBuf::from(arguments.next().ok_or("no corpus")?);
    let path = PathBuf::from(arguments.next().ok_or("no store")?);
    let threads = available_parallelism()?;
    let mut store = Store::open(&path)?;
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
        archive::refresh(&mut store, VERSION, threads, reconstruct)
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
    })?;
    ask(&Store::open_read_only(&path)?)
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

/// Asks each question with every word and name.
fn ask(store: &Store) -> Result<(), Box<dyn Error>> {
    let about = |words: &str| Some(words.to_owned());
    let since: Date = "2016-01-01".parse()?;
    let until: Date = "2016-12-31".parse()?;
    let quotes =
        |query: &QuoteQuery| -> Result<u64, Box<dyn Error>> { Ok(store.quotes(query)?.total) };
    time("search", &WORDS, |words| {
        let query = SearchQuery { words: words.into(), ..Default::default() };
        Ok(store.search(&query)?.total)
    })?;
    time("search --since --until", &WORDS, |words| {
        let (since, until) = (Some(since), Some(until));
        let query = SearchQuery { words: words.into(), since, until, ..Default::default() };
        Ok(store.search(&query)?.total)
    })?;
    time("search --like", &SENTENCES, |text| {
        Ok(archive::like(store, text, &NearQuery::default(), Page::default())?.total)
    })?;
    time("search --like --since --until", &SENTENCES, |text| {
        let query = NearQuery { since: Some(since), until: Some(until), outlet: None };
        Ok(archive::like(store, text, &query, Page::default())?.total)
    })?;
    time("quotes --about", &WORDS, |words| {
        quotes(&QuoteQuery { about: about(words), ..Default::default() })
    })?;
    time("quotes --by", &NAMES, |name| {
        quotes(&QuoteQuery { by: about(name), ..Default::default() })
    })?;
    time("quotes --by --about --since", &NAMES, |name| {
        let (by, about) = (about(name), about("people"));
        quotes(&QuoteQuery { by, about, since: Some(since), ..Default::default() })
    })?;
    time("quotes --like", &SENTENCES, |text| {
        Ok(archive::quotes_like(store, text, &QuoteQuery::default())?.total)
    })?;
    time("quotes --by --like", &NAMES, |name| {
        let query = QuoteQuery { by: about(name), ..Default::default() };
        Ok(archive::quotes_like(store, SENTENCES[0], &query)?.total)
    })?;
    time("quotes, the 100th page", &[""], |_| {
        quotes(&QuoteQuery { page: Page { skip: 1980, take: 20 }, ..Default::default() })
    })?;
    time("people", &[""], |_| Ok(store.people(&PeopleQuery::default())?.total))?;
    time("people NAME", &NAMES, |name| {
        Ok(store.people(&PeopleQuery { name: about(name), ..Default::default() })?.total)
    })?;
    time("stories", &[""], |_| Ok(store.stories(&StoryQuery::default())?.total))?;
    time("stories --about", &WORDS, |words| {
        Ok(store.stories(&StoryQuery { about: about(words), ..Default::default() })?.total)
    })?;
    time("timeline", &[""], |_| Ok(store.timeline(&TimelineQuery::default())?.total))?;
    time("timeline --about", &WORDS, |words| {
        Ok(store.timeline(&TimelineQuery { about: about(words), ..Default::default() })?.total)
    })?;
    time("variants", &[""], |_| Ok(store.variants(&VariantQuery::default())?.total))?;
    time("variants --about", &WORDS, |words| {
        Ok(store.variants(&VariantQuery { about: about(words), ..Default::default() })?.total)
    })?;
    time("variants --by", &NAMES, |name| {
        Ok(store.variants(&VariantQuery { by: about(name), ..Default::default() })?.total)
    })
}

/// Prints the median and the 99th percentile of the times.
fn time(
    what: &str,
    of: &[&str],
    ask: impl Fn(&str) -> Result<u64, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let (mut times, mut most) = (Vec::new(), 0);
    for round in 0..=ROUNDS {
        for words in of {
            let start = Instant::now();
            most = most.max(ask(words)?);
            if round > 0 {
                times.push(start.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let (median, late) = (times[times.len() / 2], times[(times.len() - 1) * 99 / 100]);
    println!("{what:32} median {median:7.1} ms, 99th {late:7.1} ms, up to {most} found");
    Ok(())
}
