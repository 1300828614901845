//! `stemma verify`: every stored statement checked against its source.

use std::io::Write;

use anyhow::{Context, Result};
use clap::Args;
use stemma_engine::archive::{self, VERSION};

use crate::Outcome;
use crate::args::Output;
use crate::commands::listing::StoreFile;
use crate::commands::{Session, json_line};
use crate::console::Console;
use crate::output::Sink;

/// Check every statement in a store against its source, by hash and place
#[derive(Debug, Args)]
#[command(after_help = "Example:
  stemma verify --store news.stemma --json | jq -r .code | sort | uniq -c

Exit codes:
  0  everything is as it was stored
  1  something is not; each finding has a code
  2  the store could not be read")]
pub struct Verify {
    #[command(flatten)]
    pub store: StoreFile,
    /// Print JSON, one finding a line
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub output: Output,
}

/// Prints what is wrong, if anything.
pub fn run(args: &Verify, session: &Session<'_>) -> Result<Outcome> {
    let store = args.store.read()?;
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let progress = session.console.progress("checking");
    if !progress.is_hidden() {
        Console::expect(&progress, store.len()?);
    }
    let basis = archive::basis(&store, VERSION)?;
    let verified = archive::verify(&store, &basis, session.threads, |n| progress.set_position(n));
    progress.finish_and_clear();
    let verified = verified.context("the check could not be finished")?;
    for finding in &verified.findings {
        if args.json {
            json_line(&mut sink, finding)?;
            continue;
        }
        let code = serde_json::to_value(finding.code)?;
        let document = finding.document.map(|id| format!("{id}: ")).unwrap_or_default();
        let code = code.as_str().unwrap_or_default();
        writeln!(sink, "{code}\t{document}{}", finding.message)
            .context("could not write a finding")?;
    }
    sink.finish()?;
    session.console.note(&format!(
        "{} documents, {} places, {} reconstructed records: {}",
        verified.documents,
        verified.spans,
        verified.derived,
        match verified.findings.len() {
            0 => "all as they were stored".to_owned(),
            1 => "1 finding".to_owned(),
            n => format!("{n} findings"),
        }
    ));
    Ok(if verified.findings.is_empty() { Outcome::Done } else { Outcome::Partly })
}
