//! One module a command, each a thin shell over the engine.

pub mod add;
mod annotate;
pub mod compare;
pub mod correct;
mod eval;
pub mod export;
pub mod listing;
mod model;
mod parse;
pub mod people;
pub mod quotes;
mod report;
mod reuse;
pub mod search;
mod shell;
pub mod stored;
mod stories;
mod timeline;
mod variants;
pub mod verify;
pub mod watch;
pub mod web;
mod why;

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

use anyhow::{Context, Result, bail};
use stemma_engine::archive::Store;
use stemma_engine::{Engine, Input, Stories, read_stories};
use stemma_model::{Problem, Record};

use crate::Outcome;
use crate::args::{Asked, Cli, Command, Inputs};
use crate::commands::listing::Between;
use crate::console::Console;

/// What every command is given.
pub struct Session<'a> {
    console: &'a Console,
    threads: NonZeroUsize,
}

/// Runs the command that the line asks for.
pub fn run(cli: Cli, console: &Console) -> Result<Outcome> {
    let threads = cli.global.threads.or(available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    let session = &Session { console, threads };
    match cli.command {
        Command::Report(args) => report::run(&args, session),
        Command::Annotate(args) => annotate::run(&args, session),
        Command::Parse(args) => parse::run(&args, session),
        Command::Reuse(args) => reuse::run(&args, session),
        Command::Variants(args) => variants::run(&args, session),
        Command::Stories(args) => stories::run(&args, session),
        Command::Timeline(args) => timeline::run(&args, session),
        Command::Why(args) => why::run(&args, session),
        Command::Model(args) => model::run(args, session),
        Command::Eval(args) => eval::run(&args, session),
        Command::Add(args) => add::run(&args, session),
        Command::Watch(args) => watch::run(&args, session),
        Command::Search(args) => search::run(&args, session),
        Command::Quotes(args) => quotes::run(&args, session),
        Command::People(args) => people::run(&args, session),
        Command::Compare(args) => compare::run(&args, session),
        Command::Correct(args) => correct::run(&args, session),
        Command::Verify(args) => verify::run(&args, session),
        Command::Export(args) => export::run(&args, session),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::man(),
    }
}

impl Session<'_> {
    /// The engine, with its models loaded.
    fn engine(&self) -> Result<Engine> {
        self.open().context("this command needs the English model")
    }

    fn open(&self) -> Result<Engine, stemma_engine::Error> {
        Engine::open(self.threads, |line| self.console.note(line))
    }

    /// The stories that the inputs tell; `seen` is called once an input record.
    fn stories(&self, inputs: &[Input], seen: impl FnMut()) -> Result<Stories> {
        read_stories(inputs, &[], self.threads, || self.open(), seen)
            .context("reports without a date are read with the English model")
    }

    /// The record behind the inputs.
    fn record(&self, inputs: &Inputs) -> Result<Record> {
        let engine = self.engine()?;
        let progress = self.console.progress("reading");
        let collection = engine.collect(&inputs.to_read(), || progress.inc(1));
        progress.set_message("comparing");
        let record = stemma_engine::reconstruct(collection, &[]);
        progress.finish_and_clear();
        Ok(record)
    }

    /// Names the inputs that were skipped, and says how the command ended.
    fn outcome<'p>(&self, problems: impl IntoIterator<Item = &'p Problem>) -> Outcome {
        match self.console.skipped(problems) {
            0 => Outcome::Done,
            _ => Outcome::Partly,
        }
    }
}

impl Inputs {
    /// The inputs as the engine takes them.
    fn to_read(&self) -> Vec<Input> {
        self.paths.iter().map(|path| Input::from_argument(path.as_os_str())).collect()
    }
}

/// Writes one JSON record as a line.
fn json_line(sink: &mut impl std::io::Write, record: &impl serde::Serialize) -> Result<()> {
    serde_json::to_writer(&mut *sink, record).map_err(std::io::Error::from)?;
    sink.write_all(b"\n")?;
    Ok(())
}

/// The file's name without its folders, as users speak of it.
fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(std::ffi::OsStr::to_str).unwrap_or(path)
}

impl Asked {
    /// The store, where no paths are given; only a store can be asked what lies between two days.
    fn store(&self, between: &Between) -> Result<Option<Store>> {
        if !self.paths.is_empty() && (between.since.is_some() || between.until.is_some()) {
            bail!("`--since` and `--until` ask a store; of files, leave out those of other days");
        }
        match &self.store {
            Some(path) if self.paths.is_empty() => Ok(Some(Store::open_read_only(path)?)),
            _ => Ok(None),
        }
    }

    /// The paths.
    fn given(&self) -> Inputs {
        Inputs { paths: self.paths.clone() }
    }
}
