//! Reads reports in the forms that news comes in, and makes [`Document`]s of them: the only room
//! that knows files, encodings, HTML and outlets.
//!
//! [`read`] takes [`Input`]s (files, folders, standard input) and yields [`Read`]s in a fixed
//! order: a [`Document`], or a [`Problem`] for what could not be read; one bad input never stops
//! the rest. Underneath, [`pieces`] cuts inputs into single records without decoding them, and
//! [`Piece::read`] does the costly part, so that a caller can spread pieces over threads. Past
//! this room a document is well formed: its blocks and boilerplate are sorted spans on character
//! boundaries, and its `text` is exactly what the input gave (without a byte order mark), for the
//! offsets of every record count in it.
//!
//! Invariants: nothing is read into memory beyond the limits ([`MAX_TEXT`], [`MAX_RECORD`],
//! [`MAX_PAGE`]); time is linear in the input; the same bytes give the same document under any
//! path that ends in the same file name.
//!
//! ```
//! use stemma_ingest::{Input, Options, Read, read};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("bridge.txt");
//! std::fs::write(&path, "Bridge to close\n\nKYIV (AP) — The bridge will be closed, Ms. Lee said.")?;
//!
//! for read in read(&[Input::Path(path)], &Options::default()) {
//!     match read {
//!         Read::Document(document) => assert_eq!(document.title.unwrap().text, "Bridge to close"),
//!         Read::Problem(problem) => panic!("{}", problem.message),
//!     }
//! }
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! [`Document`]: stemma_model::Document
//! [`Problem`]: stemma_model::Problem

mod address;
mod boilerplate;
mod dateline;
mod doors;
mod draft;
mod encoding;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod html;
mod input;
mod language;
mod limits;
mod lines;
mod open;
mod piece;
mod problem;
mod record;
mod shape;
mod sniff;

pub use address::canonical_address;
pub use doors::sitemap::{Announced, sitemap};
pub use encoding::{Decoded, decode};
pub use input::Input;
pub use limits::{MAX_PAGE, MAX_RECORD, MAX_TEXT};
pub use piece::{Format, Hints, Options, Piece, Read, pieces, pieces_from, read};
