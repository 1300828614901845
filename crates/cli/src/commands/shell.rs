//! `completions` and `man`: what the command line says about itself.

use std::io::{Write, stdout};

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::Shell;

use crate::Outcome;
use crate::args::Cli;

/// Prints a completion script.
pub fn completions(shell: Shell) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "stemma", &mut script);
    print(&script)
}

/// Prints the manual page of the command and of every subcommand, one after the other.
pub fn man() -> Result<Outcome> {
    let mut pages = Vec::new();
    let mut command = Cli::command();
    command.build();
    let subcommands: Vec<_> = command.get_subcommands().cloned().collect();
    for page in std::iter::once(command).chain(subcommands) {
        clap_mangen::Man::new(page).render(&mut pages).context("could not render the manual")?;
    }
    print(&pages)
}

fn print(bytes: &[u8]) -> Result<Outcome> {
    stdout().lock().write_all(bytes).context("could not write to standard output")?;
    Ok(Outcome::Done)
}
