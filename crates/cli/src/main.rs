//! The `stemma` command: a thin shell over the engine and the reports.
//!
//! `args` declares the command line, `commands` holds one module a command, `console` is what the
//! user is told on standard error, `output` where results go.

mod args;
mod commands;
mod console;
mod output;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

use crate::args::{Cli, Global};
use crate::console::Console;

/// How a command ended, short of failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Everything was done.
    Done,
    /// Everything else was done: some inputs were skipped, or a check found something.
    Partly,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let console = Console::new(&cli.global);
    log(&cli.global, &console);
    match commands::run(cli, &console) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console.error(&error);
            ExitCode::from(2)
        }
    }
}

/// Sends the log to standard error; `STEMMA_LOG` speaks `tracing`'s filter language and wins over
/// the flags.
fn log(global: &Global, console: &Console) {
    let level = match global.verbose {
        0 => "warn",
        1 => "stemma=info,stemma_engine=info,warn",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_env("STEMMA_LOG").unwrap_or_else(|_| EnvFilter::new(level));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(console.color())
        .without_time()
        .init();
}
