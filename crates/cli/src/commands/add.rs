//! `stemma add`: reports into a store.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use anyhow::{Context, Result};
use clap::Args;
use jiff::SignedDuration;
use stemma_engine::archive::{self, Added, Adding, STAGE, Store, VERSION};
use stemma_engine::{Engine, Input, count_records};
use stemma_model::{Annotations, Document, Problem};

use crate::Outcome;
use crate::commands::Session;
use crate::commands::listing::StoreFile;
use crate::commands::web::{Asking, Web, is_address};
use crate::console::Console;

/// Add reports to a store; only what is new is worked on
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma add --store news.stemma reports/
  STEMMA_STORE=news.stemma stemma add archive.jsonl.zst
  stemma add --store news.stemma --later monday/ && stemma add --store news.stemma tuesday/
  stemma add --store news.stemma https://news.example/feed.xml https://news.example/a-report

Of a feed or sitemap, the pages it announces are fetched: slowly, as robots.txt allows, and not
again before six hours have passed.
What is committed stays, whatever stops the run; run the same command again to go on.")]
pub struct Add {
    #[command(flatten)]
    pub store: StoreFile,
    /// Files, folders (walked), `-` (JSON lines on standard input), and web addresses of pages,
    /// feeds and sitemaps
    #[arg(required = true, value_name = "PATH|URL")]
    pub paths: Vec<PathBuf>,
    /// Leave comparing the documents to a later run
    #[arg(long)]
    pub later: bool,
    #[command(flatten)]
    pub web: Web,
}

/// Adds the inputs, then reconstructs what they say together.
pub fn run(args: &Add, session: &Session<'_>) -> Result<Outcome> {
    let mut store = args.store.write()?;
    let (addresses, paths): (Vec<&PathBuf>, Vec<&PathBuf>) =
        args.paths.iter().partition(|path| is_address(path));
    let engine = session.engine()?;
    let mut problems = Vec::new();
    let mut added = Added::default();
    if !paths.is_empty() {
        let inputs: Vec<Input> =
            paths.iter().map(|path| Input::from_argument(path.as_os_str())).collect();
        added = read(&mut store, &inputs, &engine, session, &mut problems)?;
    }
    if !addresses.is_empty() {
        let addresses: Vec<String> =
            addresses.iter().map(|address| address.to_string_lossy().into_owned()).collect();
        let asking =
            Asking { most: args.web.most, fetcher: args.web.fetcher(), engine: &engine, session };
        let visited = asking.ask(&mut store, &addresses, SignedDuration::ZERO, &mut problems)?;
        added += visited.added;
    }
    // Comparing needs no model, and much memory.
    drop(engine);
    if !args.later {
        compare(&mut store, session)?;
    }
    session.console.note(&told(added, &store)?);
    Ok(session.outcome(&problems))
}

/// How this program adds: annotations, and the vectors that questions by meaning need.
pub fn adding<'a>(
    engine: &'a Engine,
    session: &Session<'_>,
) -> Adding<'static, impl Fn(&Document) -> Annotations + Sync + use<'a>> {
    let annotate = move |document: &Document| {
        let mut annotations = engine.annotate_one(document);
        archive::add_vectors(document, &mut annotations);
        annotations
    };
    Adding { annotate, stage: STAGE, threads: session.threads }
}

/// Reads and annotates what is new.
fn read(
    store: &mut Store,
    inputs: &[Input],
    engine: &Engine,
    session: &Session<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Added> {
    let progress = session.console.progress("reading");
    let done = AtomicBool::new(false);
    let added = thread::scope(|scope| {
        if !progress.is_hidden() {
            scope.spawn(|| {
                let total = count_records(inputs, &done);
                total.into_iter().for_each(|total| Console::expect(&progress, total));
            });
        }
        let added = archive::add(
            store,
            inputs,
            &adding(engine, session),
            |added| progress.set_position(added.total()),
            |problem| problems.push(problem.clone()),
        );
        done.store(true, Ordering::Relaxed);
        added
    });
    progress.finish_and_clear();
    added.context("not everything was added; run the command again to go on")
}

/// Brings what many documents say together up to date.
pub fn compare(store: &mut Store, session: &Session<'_>) -> Result<()> {
    let progress = session.console.progress("comparing");
    let changed = archive::refresh(store, VERSION, session.threads);
    progress.finish_and_clear();
    changed.context("everything was added, but not yet compared; run the command again")?;
    Ok(())
}

/// What was added, and how large the store is now.
pub fn told(added: Added, store: &Store) -> Result<String> {
    let mut parts = vec![format!("{} new", added.new), format!("{} known", added.known)];
    for (count, what) in [(added.renewed, "annotated again"), (added.skipped, "skipped")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let (documents, size) = (store.len()?, store.size() as f64 / 1e6);
    Ok(format!("{}; {documents} documents in all, {size:.1} MB", parts.join(", ")))
}
