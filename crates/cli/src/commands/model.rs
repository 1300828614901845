//! `stemma model`: the English model.

use std::io::{Write, stdout};

use anyhow::{Context, Result};
use stemma_engine::model::{InstallOptions, Model};

use crate::Outcome;
use crate::args::{self, ModelAction};
use crate::commands::Session;

/// Installs, lists or finds the model.
pub fn run(args: args::Model, session: &Session<'_>) -> Result<Outcome> {
    let mut out = stdout().lock();
    match args.action {
        ModelAction::Install { wheel } => {
            let options = InstallOptions { wheel, ..InstallOptions::default() };
            let path = Model::install(&options, |line| session.console.note(line))
                .context("could not install the English model")?;
            writeln!(out, "{}", path.display())?;
        }
        ModelAction::Path => {
            let path = Model::locate().context("could not find the English model")?;
            writeln!(out, "{}", path.display())?;
        }
        ModelAction::List => {
            for model in Model::list().context("could not list the models")? {
                let note = if model.current { "" } else { " (of another version; may be deleted)" };
                writeln!(
                    out,
                    "{} {} ({} bytes){note}",
                    model.name,
                    model.path.display(),
                    model.bytes
                )?;
            }
        }
    }
    Ok(Outcome::Done)
}
