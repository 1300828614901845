//! `stemma eval`: scores on a gold corpus.

use std::io::{Write, stdout};

use anyhow::{Context, Result};
use stemma_eval::Floors;

use crate::Outcome;
use crate::args::Eval;
use crate::commands::{Session, json_line};

/// Prints the scores; a score under its floor makes the outcome partial.
pub fn run(args: &Eval, session: &Session<'_>) -> Result<Outcome> {
    let scores = args.suite.score(&args.dir).context("could not score")?;
    let mut out = stdout().lock();
    if args.json {
        json_line(&mut out, &scores)?;
    } else {
        write!(out, "{scores}").context("could not write to standard output")?;
    }
    let broken = Floors::pinned().broken(&scores);
    for complaint in &broken {
        session.console.note(complaint);
    }
    Ok(if broken.is_empty() { Outcome::Done } else { Outcome::Partly })
}
