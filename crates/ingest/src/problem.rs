//! Everything that can be wrong with an input, worded in one place; `docs/problems.md` lists it.

use std::fmt::Display;
use std::io;
use std::path::Path;

use stemma_model::Problem;

/// `path` does not exist, or may not be read.
pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Problem {
    let place = path.display().to_string();
    match error.kind() {
        io::ErrorKind::NotFound => Problem::new("not-found", format!("there is no {place}"))
            .hint("check the spelling, and the folder the command runs in"),
        io::ErrorKind::PermissionDenied => {
            Problem::new("unreadable", format!("{place} may not be read by this user"))
                .hint("give read permission, or run as a user that has it")
        }
        _ => Problem::new("unreadable", format!("reading {place} failed: {error}"))
            .hint("check that the disk and the connection to it are sound"),
    }
    .at(place)
    .skipping()
}

/// Reading stopped in the middle.
pub(crate) fn interrupted(place: impl Display, error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Problem::new(
            "cut-short",
            "the compressed data end before they are complete; what came before is kept",
        )
        .hint("fetch or compress the file again"),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
            Problem::new("damaged", format!("the compressed data cannot be unpacked: {error}"))
                .hint("fetch or compress the file again")
        }
        _ => Problem::new("unreadable", format!("reading stopped: {error}"))
            .hint("check that the disk and the connection to it are sound"),
    }
    .at(place.to_string())
    .skipping()
}

/// A folder with nothing in it that could be a report.
pub(crate) fn nothing_to_read(folder: &Path) -> Problem {
    let place = folder.display().to_string();
    Problem::new("nothing-to-read", format!("the folder {place} holds no report"))
        .hint("reports are .txt, .html or .jsonl files (see docs/formats.md); hidden files are passed over")
        .at(place)
        .skipping()
}

/// An input without a word in it.
pub(crate) fn empty(place: impl Display) -> Problem {
    Problem::new("empty", "the input has no text")
        .hint("leave the file out, or fill it")
        .at(place.to_string())
        .skipping()
}

/// An input that is no text; `found` says what it looks like.
pub(crate) fn not_text(place: impl Display, found: &str) -> Problem {
    Problem::new("not-text", format!("expected text, HTML or JSONL, and found {found}"))
        .hint("convert it to text or HTML first, or leave it out")
        .at(place.to_string())
        .skipping()
}

/// An input longer than `limit` bytes.
pub(crate) fn too_long(place: impl Display, what: &str, limit: usize) -> Problem {
    Problem::new("too-long", format!("{what} has more than the {} MiB that are read", limit >> 20))
        .hint("cut it into single reports, one to a file or to a line of JSONL")
        .at(place.to_string())
        .skipping()
}

/// A file whose form is known by its name or beginning, and that is not in that form.
pub(crate) fn malformed(place: impl Display, form: &str, fault: &str) -> Problem {
    Problem::new("malformed", format!("the {form} cannot be understood: {fault}"))
        .hint("save or export it again; if it is another form, give it that form's ending")
        .at(place.to_string())
        .skipping()
}

/// A form that only points to reports.
pub(crate) fn only_addresses(place: impl Display) -> Problem {
    Problem::new("only-addresses", "a sitemap lists addresses, and holds no text")
        .hint("fetch the pages it lists, and read those")
        .at(place.to_string())
        .skipping()
}

/// What should be the address of a page and is not.
#[cfg(feature = "fetch")]
pub(crate) fn bad_address(address: &str) -> Problem {
    Problem::new("bad-address", format!("`{address}` is no web address"))
        .hint("addresses start with http:// or https://")
        .at(address)
        .skipping()
}

/// A page that its site does not want fetched.
#[cfg(feature = "fetch")]
pub(crate) fn robots(address: impl Display) -> Problem {
    Problem::new("robots", "the site's robots.txt asks not to fetch this page")
        .hint("save the page from the browser, or ask the site")
        .at(address.to_string())
        .skipping()
}

/// An address inside a private network.
#[cfg(feature = "fetch")]
pub(crate) fn private_address(address: impl Display) -> Problem {
    Problem::new("private-address", "the host is in a private network, which is not asked")
        .hint("if it is your own server, allow it with --allow-private")
        .at(address.to_string())
        .skipping()
}

/// A server that gives no answer.
#[cfg(feature = "fetch")]
pub(crate) fn unreachable(address: impl Display, fault: &str) -> Problem {
    Problem::new("unreachable", format!("fetching failed: {fault}"))
        .hint("try again later; check the address and the connection")
        .at(address.to_string())
        .skipping()
}

/// A server that answers with a fault.
#[cfg(feature = "fetch")]
pub(crate) fn http_status(address: impl Display, status: u16) -> Problem {
    Problem::new("http-status", format!("the server answered with status {status}"))
        .hint("404 and 410: the page is gone; 401 and 403: it needs a login; 5xx: try again later")
        .at(address.to_string())
        .skipping()
}

/// A line of JSONL that is not JSON.
pub(crate) fn not_json(place: impl Display, error: &serde_json::Error) -> Problem {
    Problem::new("not-json", format!("the line is not a JSON object: {error}"))
        .hint("JSONL has one JSON object a line, in UTF-8")
        .at(place.to_string())
        .skipping()
}

/// A record without the text that every record needs; `found` says what is there instead.
pub(crate) fn no_text(place: impl Display, found: &str) -> Problem {
    Problem::new("no-text", format!("the record needs a string `text`, and has {found}"))
        .hint("put the report's text under the name \"text\"")
        .at(place.to_string())
        .skipping()
}

/// A known field of the wrong type: kept with the unknown ones.
pub(crate) fn wrong_type(place: impl Display, field: &str) -> Problem {
    Problem::new(
        "wrong-type",
        format!("the field `{field}` is not a string; it is kept as `extra`"),
    )
    .hint("docs/formats.md gives the type of each field")
    .at(place.to_string())
}

/// Bytes that the encoding has no character for were replaced.
pub(crate) fn replaced_bytes(place: impl Display, count: usize, encoding: &str) -> Problem {
    Problem::new(
        "replaced-bytes",
        format!("{count} sequences of bytes are not valid {encoding} and became U+FFFD"),
    )
    .hint("save the file again as UTF-8; quotations that hold U+FFFD are not the source's bytes")
    .at(place.to_string())
}

/// A page in which no report was found.
pub(crate) fn no_article(place: impl Display) -> Problem {
    Problem::new("no-article", "the page has no running text that could be a report")
        .hint("a page that is filled by a script has to be saved from the browser")
        .at(place.to_string())
        .skipping()
}

/// A page that Stemma wrote itself: its reports would be read a second time.
pub(crate) fn own_dossier(place: impl Display) -> Problem {
    Problem::new("own-dossier", "the page is a dossier that Stemma wrote; it was passed over")
        .at(place.to_string())
}
