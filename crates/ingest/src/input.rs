//! What the user names: paths, folders, standard input.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use stemma_model::Problem;

use crate::problem;

/// Something to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder that is walked.
    Path(PathBuf),
    /// JSONL on standard input.
    Stdin,
}

impl Input {
    /// The input that a command-line argument names: `-` is standard input, the rest are paths.
    #[must_use]
    pub fn from_argument(argument: &OsStr) -> Self {
        if argument == "-" { Self::Stdin } else { Self::Path(PathBuf::from(argument)) }
    }
}

/// Endings that are passed over in a folder: what saved pages, repositories and photo desks keep
/// beside reports. A file named by itself is always tried.
const NOT_REPORTS: [&str; 48] = [
    "avif", "bmp", "bz2", "c", "cfg", "css", "db", "docx", "gif", "h", "ico", "ini", "ipynb",
    "jpeg", "jpg", "js", "lock", "log", "map", "md", "mjs", "mov", "mp3", "mp4", "ods", "odt",
    "ogg", "otf", "pdf", "png", "py", "rs", "rst", "sh", "sqlite", "svg", "tar", "tiff", "toml",
    "ttf", "wav", "webm", "webp", "woff", "woff2", "xlsx", "yaml", "yml",
];

/// Files that are passed over in a folder under any ending: what repositories and Spark keep.
const HOUSEKEEPING: [&str; 7] =
    ["readme", "license", "licence", "changelog", "_success", "_metadata", "_common_metadata"];

/// How deep folders are followed: no archive is deeper, and a loop of links ends.
const MAX_DEPTH: usize = 64;

/// The files that `path` stands for: itself, or what a folder holds, sorted by name.
///
/// Hidden files and links to folders are passed over, and so is what cannot be a report.
pub(crate) fn files(path: &Path) -> Vec<Result<PathBuf, Problem>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let mut found = Vec::new();
    walk(path, MAX_DEPTH, &mut found);
    if found.is_empty() {
        found.push(Err(problem::nothing_to_read(path)));
    }
    found
}

fn walk(folder: &Path, depth: usize, found: &mut Vec<Result<PathBuf, Problem>>) {
    let listing = fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let mut entries = match listing {
        Ok(entries) => entries,
        Err(error) => return found.push(Err(problem::unreadable(folder, &error))),
    };
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries.iter().filter(|entry| !is_hidden(&entry.file_name())) {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth > 0 => walk(&path, depth - 1, found),
            _ if path.is_file() && may_be_report(&path) => found.push(Ok(path)),
            _ => {}
        }
    }
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Whether a file met in a folder is worth opening.
pub(crate) fn may_be_report(path: &Path) -> bool {
    let lower = |part: Option<&OsStr>| part.and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    let stem = lower(path.file_stem()).unwrap_or_default();
    let housekeeping = HOUSEKEEPING.contains(&stem.as_str());
    let ending = lower(path.extension()).unwrap_or_default();
    !housekeeping && !NOT_REPORTS.contains(&ending.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_without_what_is_no_report() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in
            ["b.txt", "a/z.html", "a/.hidden.txt", "README.md", "photo.JPG", "c", "_SUCCESS"]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, "x").expect("a file");
        }
        let found: Vec<_> = files(folder.path())
            .into_iter()
            .map(|path| path.expect("readable").strip_prefix(folder.path()).unwrap().to_owned())
            .collect();
        assert_eq!(found, ["a/z.html", "b.txt", "c"].map(PathBuf::from));
    }

    #[test]
    fn a_folder_without_reports_is_a_problem() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("style.css"), "p {}").expect("a file");
        let found = files(folder.path());
        assert_eq!(found[0].as_ref().expect_err("nothing there").code, "nothing-to-read");
    }

    #[test]
    fn a_hyphen_is_standard_input() {
        assert_eq!(Input::from_argument(OsStr::new("-")), Input::Stdin);
        assert_eq!(Input::from_argument(OsStr::new("-x")), Input::Path("-x".into()));
    }
}
