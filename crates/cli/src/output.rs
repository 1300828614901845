//! Where results go: standard output, or a file that appears only when it is whole.

use std::fs::File;
use std::io::{self, BufWriter, StdoutLock, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A place for results. Call [`Sink::finish`]: a file that is dropped before is removed.
pub enum Sink {
    /// Standard output.
    Stdout(BufWriter<StdoutLock<'static>>),
    /// A file under a temporary name beside its own.
    File { writer: BufWriter<tempfile::NamedTempFile>, path: PathBuf },
    /// A device or pipe, which cannot be replaced by renaming.
    Special(BufWriter<File>),
}

impl Sink {
    /// Opens the place that `-o` names, or standard output.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        match path {
            None => Ok(Self::Stdout(BufWriter::new(io::stdout().lock()))),
            Some(path) => Self::file(path).with_context(|| {
                format!(
                    "could not write {}: is the folder there, and may you write to it?",
                    path.display()
                )
            }),
        }
    }

    fn file(path: &Path) -> io::Result<Self> {
        if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            return File::options().write(true).open(path).map(BufWriter::new).map(Self::Special);
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let file = tempfile::Builder::new()
            .prefix(".stemma-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))?;
        Ok(Self::File { writer: BufWriter::new(file), path: path.to_owned() })
    }

    /// Makes the result visible.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(mut writer) => {
                writer.flush().context("could not write to standard output")
            }
            Self::Special(mut writer) => writer.flush().context("could not write the output"),
            Self::File { writer, path } => publish(writer, &path)
                .with_context(|| format!("could not write {}", path.display())),
        }
    }
}

fn publish(writer: BufWriter<tempfile::NamedTempFile>, path: &Path) -> io::Result<()> {
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    widen(file.as_file())?;
    file.persist(path)?;
    Ok(())
}

/// Temporary files are private; results are as readable as any file that the user makes.
#[cfg(unix)]
fn widen(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn widen(_: &File) -> io::Result<()> {
    Ok(())
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(writer) => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
            Self::Special(writer) => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(writer) => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
            Self::Special(writer) => writer.flush(),
        }
    }
}

/// Whether an error means that the reader of our output has gone, as `head` does: not a failure.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}
