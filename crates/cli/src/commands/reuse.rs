//! `stemma reuse`: every passage that two documents share.

use anyhow::{Context, Result};
use stemma_engine::{ReuseOptions, for_each_shared_passage, read_witnesses};
use stemma_report::records::{Documents, reuse_record};

use crate::Outcome;
use crate::args::Reuse;
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// Streams one record an alignment.
pub fn run(args: &Reuse, session: &Session<'_>) -> Result<Outcome> {
    let mut sink = Sink::open(args.output.output.as_deref())?;
    let progress = session.console.progress("reading");
    let collection = read_witnesses(&args.inputs.to_read(), session.threads, || progress.inc(1));
    progress.set_message("comparing");
    let documents = Documents::new(&collection.documents);
    let mut written = Ok(());
    for_each_shared_passage(&collection, &options(args), |alignment| {
        if written.is_ok() {
            written = json_line(&mut sink, &reuse_record(&alignment, &documents));
        }
    });
    written.context("could not write a record")?;
    progress.finish_and_clear();
    sink.finish()?;
    Ok(session.outcome(&collection.problems))
}

fn options(args: &Reuse) -> ReuseOptions {
    let options =
        ReuseOptions { boilerplate: !args.without_boilerplate, ..ReuseOptions::default() };
    match args.min_words {
        Some(words) => options.min_words(words.get()),
        None => options,
    }
}
