//! Measuring the English pipeline: `english-compare GOLDEN…` and
//! `english-speed [--python PATH] TEXTS…`.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

/// Texts that spaCy is timed on: it takes ten times as long as we do.
const SPACY_TEXTS: usize = 60;

/// Compare with spaCy's answers, as `crates/english/dev/golden.py` writes them (JSONL, perhaps `.zst`).
pub fn compare(files: &[String]) {
    for file in files {
        eprintln!("== {file}");
        let run =
            lines(Path::new(file)).and_then(|lines| feed(example("english", "compare"), lines));
        complain(run, &format!("compare with {file}"));
    }
}

/// Time the pipeline on the `text` of each line (JSONL, perhaps `.zst`): spaCy on one core, where
/// the Python of `--python` (`python3`) has it; ours on one core and two; ours through the engine.
pub fn speed(arguments: &[String]) {
    let (python, files) = match arguments {
        [flag, python, files @ ..] if flag == "--python" => (python.as_str(), files),
        files => ("python3", files),
    };
    for file in files {
        let path = Path::new(file);
        eprintln!("== {file}");
        let mut spacy = Command::new(python);
        spacy.args(["crates/english/dev/speed.py", &SPACY_TEXTS.to_string()]);
        let run = lines(path).and_then(|lines| feed(spacy, lines));
        complain(run, "time spaCy (name a Python that has it with --python)");
        for ours in [example("english", "parse_speed"), example("engine", "annotate_speed")] {
            complain(lines(path).and_then(|lines| feed(ours, lines)), "time ours");
        }
    }
}

fn complain(run: io::Result<()>, what: &str) {
    if let Err(error) = run {
        eprintln!("could not {what}: {error}");
    }
}

/// A release build of an example of a room.
fn example(room: &str, name: &str) -> Command {
    let mut command = Command::new("cargo");
    let package = format!("stemma-{room}");
    command.args(["run", "--quiet", "--release", "-p", &package, "--example", name]);
    command
}

/// The file's bytes, unpacked.
fn lines(file: &Path) -> io::Result<Box<dyn Read>> {
    let plain = File::open(file)?;
    Ok(match file.extension() {
        Some(extension) if extension == "zst" => Box::new(zstd::Decoder::new(plain)?),
        _ => Box::new(plain),
    })
}

/// Runs a command with these lines as its input.
fn feed(mut command: Command, mut lines: Box<dyn Read>) -> io::Result<()> {
    let mut child = command.stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        io::copy(&mut lines, &mut input)?;
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}
