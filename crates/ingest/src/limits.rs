//! How much is read at most, and why.

/// The most that one document's text may have, in bytes: 64 MiB, ten times the longest novel.
/// What is longer is a whole archive in one piece, and belongs in JSONL.
pub const MAX_TEXT: usize = 64 << 20;

/// The most that one record may have before it is decoded, in bytes: a text of [`MAX_TEXT`] in
/// UTF-16, or with a JSON escape for every fifth character.
pub const MAX_RECORD: usize = 2 * MAX_TEXT;

/// The most that one HTML page may have, in bytes. A parsed page takes 20 to 50 times its size
/// in memory, so that 16 MiB stay under a gigabyte; the largest news pages have 5 MB.
pub const MAX_PAGE: usize = 16 << 20;

/// How many bytes of a file decide what it is.
pub(crate) const HEAD: usize = 8 << 10;
