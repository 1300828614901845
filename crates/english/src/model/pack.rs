//! The model as it lies on disk: a header that can be checked, then the tables.
//!
//! ```text
//! bytes  0..8    "STEMMAEN"
//!        8..12   format version, little-endian
//!       12..44   SHA-256 of the rest
//!       44..     ModelData (postcard)
//! ```

use sha2::{Digest, Sha256};

use super::data::ModelData;
use crate::error::{Error, Kind};

const MAGIC: &[u8; 8] = b"STEMMAEN";
/// Raised whenever [`ModelData`] changes; older files are then written anew from the wheel.
const VERSION: u32 = 1;
const HEADER: usize = 44;

/// Why a packed model cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("it is not a packed model: the first bytes are wrong")]
    NotAModel,
    #[error("it is of format {found}, this program reads {VERSION}")]
    OtherVersion { found: u32 },
    #[error("its SHA-256 does not match: it was cut short or changed")]
    Damaged,
    #[error("its tables do not decode")]
    Undecodable(#[source] postcard::Error),
    #[error("its table `{0}` has the wrong size")]
    WrongSize(&'static str),
}

/// The bytes of the file that holds `model`.
pub(super) fn write(model: &ModelData) -> Result<Vec<u8>, Error> {
    let tables = postcard::to_allocvec(model)
        .map_err(|cause| Kind::Pack { source: Fault::Undecodable(cause) })?;
    let mut file = Vec::with_capacity(HEADER + tables.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&Sha256::digest(&tables));
    file.extend_from_slice(&tables);
    Ok(file)
}

/// The model in the bytes of a packed file.
pub(crate) fn read(file: &[u8]) -> Result<ModelData, Fault> {
    let Some((header, tables)) = file.split_at_checked(HEADER) else {
        return Err(Fault::NotAModel);
    };
    let (magic, rest) = header.split_at(MAGIC.len());
    let (version, digest) = rest.split_at(4);
    if magic != MAGIC {
        return Err(Fault::NotAModel);
    }
    let found = version.iter().rev().fold(0, |number, &byte| (number << 8) | u32::from(byte));
    if found != VERSION {
        return Err(Fault::OtherVersion { found });
    }
    if Sha256::digest(tables)[..] != *digest {
        return Err(Fault::Damaged);
    }
    decode(tables)
}

/// The model in tables whose digest has been checked.
pub(crate) fn decode(tables: &[u8]) -> Result<ModelData, Fault> {
    postcard::from_bytes(tables).map_err(Fault::Undecodable)
}
