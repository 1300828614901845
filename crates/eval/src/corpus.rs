//! The files of a gold corpus.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Error, Kind};

/// Every file below `dir`, sorted by path.
///
/// # Errors
/// When a folder cannot be listed, or there is no file.
pub fn files(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |source| Kind::Read { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    if found.is_empty() { Err(Kind::Empty { dir: dir.to_owned() }.into()) } else { Ok(found) }
}

/// The text of one file of the corpus.
///
/// # Errors
/// When it cannot be read or is not UTF-8.
pub fn read(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| Kind::Read { path: path.to_owned(), source }.into())
}

/// SHA-256 over the relative paths and contents of every file below `dir`, in hexadecimal: the
/// same files have the same digest wherever they lie.
///
/// # Errors
/// When a file cannot be read.
pub fn digest(dir: &Path) -> Result<String, Error> {
    digest_of(dir, &files(dir)?)
}

/// The same over some of the files below `dir`.
///
/// # Errors
/// When a file cannot be read.
pub fn digest_of(dir: &Path, paths: &[PathBuf]) -> Result<String, Error> {
    let mut hasher = Sha256::new();
    for path in paths {
        let bytes = fs::read(path).map_err(|source| Kind::Read { path: path.clone(), source })?;
        let name = path.strip_prefix(dir).unwrap_or(path).to_string_lossy().into_owned();
        for part in [name.as_bytes(), &bytes] {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// SHA-256 of one file's contents, in hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub fn digest_file(path: &Path) -> Result<String, Error> {
    let bytes = fs::read(path).map_err(|source| Kind::Read { path: path.to_owned(), source })?;
    Ok(Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_of_names_and_contents_not_of_places() {
        let make = |parts: &[(&str, &str)]| {
            let dir = tempfile::tempdir().unwrap();
            for (name, text) in parts {
                fs::create_dir_all(dir.path().join(name).parent().unwrap()).unwrap();
                fs::write(dir.path().join(name), text).unwrap();
            }
            digest(dir.path()).unwrap()
        };
        assert_eq!(make(&[("a/x", "1"), ("b", "2")]), make(&[("b", "2"), ("a/x", "1")]));
        assert_ne!(make(&[("a", "12"), ("b", "")]), make(&[("a", "1"), ("b", "2")]));
    }
}
