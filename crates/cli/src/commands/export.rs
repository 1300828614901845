//! `stemma export`: everything out again.

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use stemma_engine::archive::{self, Store};
use stemma_engine::reconstruct;
use stemma_model::Document;
use stemma_report::records::{annotate_record, dossier};

use crate::Outcome;
use crate::args::Output;
use crate::commands::listing::StoreFile;
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// Write what a store holds as JSON
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma export --store news.stemma documents -o archive.jsonl     can be added to another store
  stemma export --store news.stemma annotations | jq .quotes[].kind")]
pub struct Export {
    #[command(flatten)]
    pub store: StoreFile,
    /// What to write
    #[arg(value_enum)]
    pub what: What,
    #[command(flatten)]
    pub output: Output,
}

/// What can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// The documents, as JSON lines that `stemma add` reads
    Documents,
    /// What each document attests, as JSON lines: the record of `stemma annotate`, with texts
    Annotations,
    /// Everything reconstructed, as one JSON object: the record of `stemma report`
    Record,
}

/// Writes what is asked for, in order of document ids.
pub fn run(args: &Export, session: &Session<'_>) -> Result<Outcome> {
    let store = args.store.read()?;
    let mut sink = Sink::open(args.output.output.as_deref())?;
    match args.what {
        What::Documents => each(&store, |document| json_line(&mut sink, &input(document)))?,
        What::Annotations => {
            for id in store.document_ids()? {
                let stored = store.stored(id)?.context("a document has no annotations")?;
                json_line(
                    &mut sink,
                    &annotate_record(&stored.document, &stored.annotations, true),
                )?;
            }
        }
        What::Record => {
            let ids = store.document_ids()?;
            let record = archive::part(&store, &ids, session.threads, reconstruct)?;
            json_line(&mut sink, &dossier(&record))?;
        }
    }
    sink.finish()?;
    Ok(Outcome::Done)
}

fn each(store: &Store, mut write: impl FnMut(&Document) -> Result<()>) -> Result<()> {
    for id in store.document_ids()? {
        let document = store.document(id)?.context("a document has no text")?;
        write(&document)?;
    }
    Ok(())
}

/// The document as an input line, unknown fields of its own input included.
fn input(document: &Document) -> Value {
    let mut record: Map<String, Value> = document.extra.clone();
    let mut put = |name: &str, value: Value| {
        if !value.is_null() {
            record.insert(name.to_owned(), value);
        }
    };
    let id = document.given_id.clone().unwrap_or_else(|| document.id.to_string());
    put("id", json!(id));
    put("url", json!(document.url));
    put("outlet", json!(document.outlet));
    put("title", json!(document.title.as_ref().map(|title| &title.text)));
    put("published", json!(document.published));
    put("authors", json!(document.authors));
    put("text", json!(document.text));
    Value::Object(record)
}
