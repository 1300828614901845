//! `stemma correct`: what people put right.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use stemma_engine::archive::{Corrected, Store};
use stemma_model::{Correction, DocumentId, Named, Passage, QuoteId};

use crate::Outcome;
use crate::args::Output;
use crate::commands::add::compare;
use crate::commands::compare::document;
use crate::commands::listing::StoreFile;
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// Put right what the program got wrong; corrections survive every re-run and upgrade
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma correct --store news.stemma same-person \"Kiev\" \"Kyiv\" --note \"one city\"
  stemma correct not-same-person \"George Bush\" \"George H. W. Bush\"
  stemma correct speaker q-0123456789abcdef \"Sergei Lavrov\"
  stemma correct list
  stemma correct undo 3
  stemma correct export -o corrections.jsonl && stemma correct --store other.stemma import corrections.jsonl")]
pub struct Correct {
    #[command(flatten)]
    pub store: StoreFile,
    /// Why, for whoever reads the list
    #[arg(long, global = true, value_name = "TEXT")]
    pub note: Option<String>,
    /// Leave it to the next `stemma add` to put the correction to work
    #[arg(long, global = true)]
    pub later: bool,
    #[command(subcommand)]
    pub action: Action,
}

#[derive(Debug, Subcommand)]
pub enum Action {
    /// Two names are one person, organisation or place
    SamePerson(Names),
    /// Two names that were taken for one are two
    NotSamePerson(Names),
    /// Two documents tell one story
    SameStory(Documents),
    /// Two documents that were taken to tell one story do not
    NotSameStory(Documents),
    /// A quotation is somebody else's
    Speaker {
        /// The quotation (`q-…`)
        quote: QuoteId,
        /// Whose it is; left out if only the machine's choice is known to be wrong
        name: Option<String>,
    },
    /// A document, or one quotation of it, is to be ignored
    Ignore {
        /// The document, or a quotation (`q-…`)
        what: String,
    },
    /// List all corrections, undone ones included
    List {
        /// Print JSON, one record a line
        #[arg(long)]
        json: bool,
    },
    /// Take a correction out of force
    Undo {
        /// Its number in the list
        number: i64,
    },
    /// Write the corrections in force as JSON lines
    Export(Output),
    /// Read corrections that another store exported
    Import {
        /// The file; `-` for standard input
        file: PathBuf,
    },
}

/// Two names.
#[derive(Debug, Args)]
pub struct Names {
    /// One name, as documents write it
    pub a: String,
    /// The other
    pub b: String,
    /// Only where this document uses the first name
    #[arg(long, value_name = "DOCUMENT")]
    pub a_in: Option<String>,
    /// Only where this document uses the second name
    #[arg(long, value_name = "DOCUMENT")]
    pub b_in: Option<String>,
}

/// Two documents.
#[derive(Debug, Args)]
pub struct Documents {
    /// One document: its id or the start of it, the input's own id, or a URL
    pub a: String,
    /// The other
    pub b: String,
}

/// Does what is asked, and puts it to work.
pub fn run(args: &Correct, session: &Session<'_>) -> Result<Outcome> {
    match &args.action {
        Action::List { json } => return list(&args.store.read()?, *json),
        Action::Export(output) => return export(&args.store.read()?, output),
        _ => {}
    }
    let mut store = args.store.read().and(args.store.write())?;
    match &args.action {
        Action::Undo { number } => undo(&mut store, *number)?,
        Action::Import { file } => {
            let count = import(&mut store, file)?;
            session.console.note(&format!("{count} corrections read"));
        }
        action => {
            let correction = correction(&store, action)?;
            let number = note(&mut store, &correction, args.note.as_deref())?;
            session.console.note(&format!(
                "correction {number}; `stemma correct undo {number}` takes it back"
            ));
        }
    }
    if !args.later {
        compare(&mut store, session)?;
    }
    Ok(Outcome::Done)
}

/// The correction that an action means.
fn correction(store: &Store, action: &Action) -> Result<Correction> {
    let id = |name: &str| -> Result<DocumentId> { Ok(document(store, name)?.document.id) };
    let named = |name: &str, place: Option<&str>| -> Result<Named> {
        known(store, name)?;
        Ok(Named { name: name.to_owned(), document: place.map(id).transpose()? })
    };
    let names = |names: &Names| -> Result<(Named, Named)> {
        Ok((named(&names.a, names.a_in.as_deref())?, named(&names.b, names.b_in.as_deref())?))
    };
    Ok(match action {
        Action::SamePerson(given) => {
            let (a, b) = names(given)?;
            Correction::SamePerson { a, b }
        }
        Action::NotSamePerson(given) => {
            let (a, b) = names(given)?;
            Correction::NotSamePerson { a, b }
        }
        Action::SameStory(given) => Correction::SameStory { a: id(&given.a)?, b: id(&given.b)? },
        Action::NotSameStory(given) => {
            Correction::NotSameStory { a: id(&given.a)?, b: id(&given.b)? }
        }
        Action::Speaker { quote, name } => {
            let (quote, words) = place(store, *quote)?;
            Correction::Speaker { quote, words, name: name.clone() }
        }
        Action::Ignore { what } => match what.parse::<QuoteId>() {
            Ok(quote) => {
                let (quote, _) = place(store, quote)?;
                Correction::Ignore { document: quote.document, quote: Some(quote) }
            }
            Err(_) => Correction::Ignore { document: id(what)?, quote: None },
        },
        Action::List { .. } | Action::Undo { .. } | Action::Export(_) | Action::Import { .. } => {
            bail!("this is no correction")
        }
    })
}

/// A name that no document writes corrects nothing: it is misspelt.
fn known(store: &Store, name: &str) -> Result<()> {
    let query =
        stemma_engine::archive::PeopleQuery { name: Some(name.to_owned()), ..Default::default() };
    if store.people(&query)?.total == 0 {
        bail!("nobody in this store goes by `{name}`; `stemma people` lists the names as written");
    }
    Ok(())
}

/// Where a quotation stands, and its words.
fn place(store: &Store, id: QuoteId) -> Result<(Passage, String)> {
    let row = store
        .quote(id)?
        .with_context(|| format!("there is no quotation {id}; `stemma quotes --json` gives ids"))?;
    let annotations =
        store.annotations(row.document)?.context("its document has no annotations")?;
    let quote = annotations
        .quotes
        .iter()
        .find(|quote| quote.id == id)
        .context("it is not among its document's annotations")?;
    let hull = quote.hull().context("it has no words")?;
    Ok((Passage::new(row.document, hull), row.text))
}

fn note(store: &mut Store, correction: &Correction, why: Option<&str>) -> Result<i64> {
    let mut batch = store.batch()?;
    let number = batch.correct(correction, &now(), why)?;
    batch.commit()?;
    Ok(number)
}

fn undo(store: &mut Store, number: i64) -> Result<()> {
    let mut batch = store.batch()?;
    if !batch.undo(number, &now())? {
        bail!("there is no correction {number} in force; `stemma correct list` lists them");
    }
    Ok(batch.commit()?)
}

fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn list(store: &Store, json: bool) -> Result<Outcome> {
    let mut sink = Sink::open(None)?;
    for corrected in store.corrections()? {
        if json {
            json_line(&mut sink, &corrected)?;
        } else {
            writeln!(sink, "{}", line(&corrected)).context("could not write the list")?;
        }
    }
    sink.finish()?;
    Ok(Outcome::Done)
}

fn line(corrected: &Corrected) -> String {
    let named = |named: &Named| match named.document {
        Some(document) => format!("“{}” in {document}", named.name),
        None => format!("“{}”", named.name),
    };
    let what = match &corrected.correction {
        Correction::SamePerson { a, b } => format!("{} is {}", named(a), named(b)),
        Correction::NotSamePerson { a, b } => format!("{} is not {}", named(a), named(b)),
        Correction::SameStory { a, b } => format!("{a} and {b} tell one story"),
        Correction::NotSameStory { a, b } => format!("{a} and {b} tell two stories"),
        Correction::Speaker { quote, words, name } => {
            let name = name.as_deref().unwrap_or("somebody else");
            format!("{words} in {} is by {name}", quote.document)
        }
        Correction::Ignore { document, quote: None } => format!("{document} is ignored"),
        Correction::Ignore { document, quote: Some(_) } => {
            format!("a quotation in {document} is ignored")
        }
    };
    let undone =
        corrected.undone.as_deref().map(|at| format!(" (undone {at})")).unwrap_or_default();
    let note = corrected.note.as_deref().map(|note| format!(" — {note}")).unwrap_or_default();
    format!("{:>4}  {}  {what}{note}{undone}", corrected.number, corrected.made)
}

fn export(store: &Store, output: &Output) -> Result<Outcome> {
    let mut sink = Sink::open(output.output.as_deref())?;
    for corrected in store.corrections()?.iter().filter(|corrected| corrected.undone.is_none()) {
        json_line(&mut sink, corrected)?;
    }
    sink.finish()?;
    Ok(Outcome::Done)
}

/// Reads exported corrections, all or none; those in force already are not noted again.
fn import(store: &mut Store, file: &PathBuf) -> Result<usize> {
    let reader: Box<dyn Read> = if file.as_os_str() == "-" {
        Box::new(std::io::stdin())
    } else {
        let opened = std::fs::File::open(file);
        Box::new(opened.with_context(|| format!("could not read {}", file.display()))?)
    };
    let mut batch = store.batch()?;
    let mut count = 0;
    for (number, line) in (1..).zip(BufReader::new(reader).lines()) {
        let line = line.context("could not read the corrections")?;
        if line.trim().is_empty() {
            continue;
        }
        let corrected: Corrected = serde_json::from_str(&line)
            .with_context(|| format!("line {number} of {} is no correction", file.display()))?;
        batch.correct(&corrected.correction, &corrected.made, corrected.note.as_deref())?;
        count += 1;
    }
    batch.commit()?;
    Ok(count)
}
