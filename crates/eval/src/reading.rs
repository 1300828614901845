//! Texts of a corpus through the engine's own way in.

use std::collections::BTreeMap;
use std::io::Write;
use std::num::NonZeroUsize;

use serde::Serialize;
use stemma_engine::{Engine, Input, Item};
use stemma_model::{Annotations, Document};

use crate::error::{Error, Kind};

/// One text as the engine reads it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Text {
    /// Its name in the corpus.
    pub id: String,
    /// The day it was written, as the corpus has it.
    pub published: String,
    /// The text itself.
    pub text: String,
}

/// What each text attests, by its name. The texts go through a temporary file of lines, as a
/// user's would.
///
/// # Errors
/// When the file cannot be written or the engine cannot be opened.
pub(crate) fn annotate(texts: &[Text]) -> Result<BTreeMap<String, (Document, Annotations)>, Error> {
    let file = lines(texts).map_err(|source| Kind::Read { path: std::env::temp_dir(), source })?;
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let engine = Engine::open(threads, |_| {})?;
    let mut read = BTreeMap::new();
    engine.annotate(&[Input::Path(file.path().to_owned())], |item: Item<Annotations>| {
        if let Item::Document(document, annotations) = item
            && let Some(id) = document.given_id.clone()
        {
            read.insert(id, (*document, annotations));
        }
        Ok::<(), Error>(())
    })?;
    Ok(read)
}

/// Records as a temporary file of lines, as a user's would be.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn lines(texts: &[impl Serialize]) -> std::io::Result<tempfile::NamedTempFile> {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    for text in texts {
        serde_json::to_writer(&mut file, text)?;
        file.write_all(b"\n")?;
    }
    file.flush()?;
    Ok(file)
}
