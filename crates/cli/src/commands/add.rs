//! `stemma add`: reports into a store.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use stemma_engine::archive::{self, Added, Adding, STAGE, Store, VERSION};
use stemma_engine::{Input, reconstruct};
use stemma_model::Problem;

use crate::Outcome;
use crate::commands::Session;
use crate::commands::listing::StoreFile;

/// Add reports to a store; only what is new is worked on
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma add --store news.stemma reports/
  STEMMA_STORE=news.stemma stemma add archive.jsonl.zst
  stemma add --store news.stemma --later monday/ && stemma add --store news.stemma tuesday/

What is committed stays, whatever stops the run; run the same command again to go on.")]
pub struct Add {
    #[command(flatten)]
    pub store: StoreFile,
    /// Files, folders (walked) and `-` (JSON lines on standard input)
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave comparing the documents to a later run
    #[arg(long)]
    pub later: bool,
}

/// Adds the inputs, then reconstructs what they say together.
pub fn run(args: &Add, session: &Session<'_>) -> Result<Outcome> {
    let mut store = args.store.write()?;
    let inputs: Vec<Input> =
        args.paths.iter().map(|path| Input::from_argument(path.as_os_str())).collect();
    let (added, problems) = add(&mut store, &inputs, session)?;
    if !args.later {
        compare(&mut store, session)?;
    }
    session.console.note(&told(added, &store)?);
    Ok(session.outcome(&problems))
}

/// Reads and annotates what is new.
pub fn add(
    store: &mut Store,
    inputs: &[Input],
    session: &Session<'_>,
) -> Result<(Added, Vec<Problem>)> {
    let engine = session.engine()?;
    let progress = session.console.progress("reading");
    let adding = Adding {
        annotate: |document: &_| engine.annotate_one(document),
        stage: STAGE,
        threads: session.threads,
    };
    let mut problems = Vec::new();
    let added = archive::add(
        store,
        inputs,
        &adding,
        |added| progress.set_position(added.total()),
        |problem| problems.push(problem.clone()),
    );
    progress.finish_and_clear();
    let added = added.context("not everything was added; run the command again to go on")?;
    Ok((added, problems))
}

/// Brings what many documents say together up to date.
pub fn compare(store: &mut Store, session: &Session<'_>) -> Result<()> {
    let progress = session.console.progress("comparing");
    let changed = archive::refresh(store, VERSION, session.threads, reconstruct);
    progress.finish_and_clear();
    changed.context("everything was added, but not yet compared; run the command again")?;
    Ok(())
}

fn told(added: Added, store: &Store) -> Result<String> {
    let mut parts = vec![format!("{} new", added.new), format!("{} known", added.known)];
    for (count, what) in [(added.renewed, "annotated again"), (added.skipped, "skipped")] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    let (documents, size) = (store.len()?, store.size() as f64 / 1e6);
    Ok(format!("{}; {documents} documents in all, {size:.1} MB", parts.join(", ")))
}
