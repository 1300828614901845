//! Measuring the English pipeline: `english-compare GOLDEN…` and `english-speed TEXTS…`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

/// Compare with spaCy's answers, as `crates/english/dev/golden.py` writes them (JSONL, perhaps `.zst`).
pub fn compare(files: &[String]) {
    each(files, "compare");
}

/// Time the pipeline on the `text` of each line (JSONL, perhaps `.zst`), on one core and on two.
pub fn speed(files: &[String]) {
    each(files, "speed");
}

fn each(files: &[String], example: &str) {
    for file in files {
        eprintln!("== {file}");
        if let Err(error) = feed(Path::new(file), example) {
            eprintln!("could not run the example `{example}` on {file}: {error}");
        }
    }
}

/// Run an example of the crate with the lines of `file` as its input.
fn feed(file: &Path, example: &str) -> io::Result<()> {
    let plain = File::open(file)?;
    let mut lines: Box<dyn Read> = match file.extension() {
        Some(extension) if extension == "zst" => Box::new(zstd::Decoder::new(plain)?),
        _ => Box::new(plain),
    };
    let mut child = Command::new("cargo")
        .args(["run", "--quiet", "--release", "-p", "stemma-english", "--example", example])
        .stdin(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        io::copy(&mut lines, &mut input)?;
    }
    child.wait()?;
    Ok(())
}
