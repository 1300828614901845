//! What a file is: by its ending, else by its first bytes.

use std::ffi::OsStr;
use std::path::Path;

use crate::doors::csv;
use crate::encoding;

/// A compression that is undone in reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compression {
    Gzip,
    Zstd,
}

/// The compression whose magic number (RFC 1952, RFC 8878) `head` starts with.
pub(crate) fn compression(head: &[u8]) -> Option<Compression> {
    match head {
        [0x1f, 0x8b, ..] => Some(Compression::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Compression::Zstd),
        _ => None,
    }
}

/// What an uncompressed file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Nothing,
    /// No text; says what it looks like.
    Binary(&'static str),
    Text,
    Html,
    /// One JSON value in the whole file.
    Json,
    /// One JSON object a line.
    Jsonl,
    Csv,
    /// RSS or Atom.
    Feed,
    Sitemap,
    NewsMl,
    Mail,
    Mhtml,
    Warc,
    Parquet,
}

/// What a file named `path` that starts with `head` holds. Bytes that are no text are so under
/// any name; after that a known ending decides, and for the rest the first bytes do.
pub(crate) fn form(path: &Path, head: &[u8]) -> Form {
    if head.is_empty() {
        return Form::Nothing;
    }
    if head.starts_with(b"WARC/") {
        return Form::Warc;
    }
    if is_parquet(head) {
        return Form::Parquet;
    }
    if let Some(found) = binary(head) {
        return Form::Binary(found);
    }
    let text = encoding::decode(head, None).text;
    match ending(path).as_deref() {
        Some("txt" | "text") => Form::Text,
        Some("html" | "htm" | "xhtml") => Form::Html,
        Some("jsonl" | "ndjson") => Form::Jsonl,
        Some("csv" | "tsv") => Form::Csv,
        Some("eml") => Form::Mail,
        Some("mht" | "mhtml") => Form::Mhtml,
        _ => by_content(&text),
    }
}

/// The ending in lower case, below that of a compression.
fn ending(path: &Path) -> Option<String> {
    let lower = |path: &Path| path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    match lower(path).as_deref() {
        Some("gz" | "zst") => lower(Path::new(path.file_stem()?)),
        other => other.map(str::to_owned),
    }
}

fn by_content(text: &str) -> Form {
    let text = text.trim_start();
    if text.starts_with('{') || text.starts_with('[') {
        return json_form(text);
    }
    let lower: String = text.chars().take(1024).collect::<String>().to_ascii_lowercase();
    if let Some(form) = xml_form(&lower) {
        return form;
    }
    if is_mail(&lower) {
        return if lower.contains("multipart/related") { Form::Mhtml } else { Form::Mail };
    }
    if csv::is_table(text) {
        return Form::Csv;
    }
    let marked = ["<!doctype html", "<html", "<head", "<body", "<article", "<meta ", "<div", "<p>"];
    if lower.starts_with('<') && marked.iter().any(|mark| lower.contains(mark)) {
        Form::Html
    } else {
        Form::Text
    }
}

/// The form of XML whose root element starts with one of the known names.
fn xml_form(lower: &str) -> Option<Form> {
    const ROOTS: [(&str, Form); 9] = [
        ("<rss", Form::Feed),
        ("<feed", Form::Feed),
        ("<rdf:rdf", Form::Feed),
        ("<urlset", Form::Sitemap),
        ("<sitemapindex", Form::Sitemap),
        ("<newsitem", Form::NewsMl),
        ("<newsmessage", Form::NewsMl),
        ("<packageitem", Form::NewsMl),
        ("<atom:feed", Form::Feed),
    ];
    // Declarations, comments and instructions stand before the root.
    let mut elements = lower.match_indices('<').map(|(at, _)| &lower[at..]);
    let root = elements.find(|rest| !rest.starts_with("<?") && !rest.starts_with("<!"))?;
    let found = ROOTS.iter().find(|(name, _)| root.starts_with(name)).map(|&(_, form)| form);
    found.filter(|_| lower.starts_with('<'))
}

/// Whether a text starts with header fields, among them two that mails have.
fn is_mail(lower: &str) -> bool {
    let fields = lower.lines().take_while(|line| !line.trim().is_empty());
    let known = ["from:", "to:", "subject:", "date:", "message-id:", "received:", "mime-version:"];
    let headed = lower.lines().next().is_some_and(|line| line.contains(": "));
    headed && fields.filter(|line| known.iter().any(|name| line.starts_with(name))).count() >= 3
}

/// Whether the cells of a first line could be the names of columns.
pub(crate) fn is_names(cells: &[&str]) -> bool {
    cells.iter().all(|cell| cell.len() <= 40 && !cell.contains(['.', '!', '?', '“', '"']))
}

/// Whether `head` starts a ZIP archive.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// Whether `head` starts a Parquet file.
pub(crate) fn is_parquet(head: &[u8]) -> bool {
    head.starts_with(b"PAR1")
}

/// JSONL if the first line is a whole value, or is cut off by the end of what is seen.
fn json_form(text: &str) -> Form {
    let first = text.lines().next().unwrap_or_default();
    let whole = serde_json::from_str::<serde::de::IgnoredAny>(first).is_ok();
    let endless = first.len() == text.len();
    if text.starts_with('{') && (whole || endless) { Form::Jsonl } else { Form::Json }
}

/// What `head` looks like if it is no text: a known magic number, or bytes that texts have not.
fn binary(head: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 9] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive (or an office document)"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"BZh", "bzip2 data"),
        (b"\xfd7zXZ\0", "xz data"),
    ];
    let known = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map(|&(_, name)| name);
    known.or_else(|| looks_binary(head).then_some("binary data"))
}

/// Whether `head` has zero bytes without being UTF-16, or more than one control character in
/// twenty: texts have line ends, tabs and form feeds, and hardly another.
fn looks_binary(head: &[u8]) -> bool {
    let wide = encoding_rs::Encoding::for_bom(head)
        .is_some_and(|(encoding, _)| encoding != encoding_rs::UTF_8);
    if wide || encoding::utf16_by_zeros(head).is_some() {
        // What is told as UTF-16 by its zeros alone must read as text, too.
        let text = encoding::decode(head, None).text;
        let controls = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
        return controls * 20 > text.chars().count();
    }
    let is_control = |byte: &&u8| byte.is_ascii_control() && !b"\t\n\r\x0c\x1b".contains(byte);
    head.contains(&0) || head.iter().filter(is_control).count() * 20 > head.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, head: &[u8], expected: Form) {
        assert_eq!(form(Path::new(name), head), expected, "{name}");
    }

    #[test]
    fn endings_decide_and_contents_help() {
        check("a.txt", b"<p>Not parsed", Form::Text);
        check("a.HTM", b"Hello", Form::Html);
        check("a.ndjson.gz", b"{}", Form::Jsonl);
        check("a", b"\n<!DOCTYPE html><title>x", Form::Html);
        check("a.dat", b"{\"text\": \"x\"}\n{\"text\": \"y\"}", Form::Jsonl);
        check("a.json", b"{\n \"text\": \"x\"\n}", Form::Json);
        check("a.json", b"[{\"text\": \"x\"}]", Form::Json);
        check("a.report", b"Bridge closed", Form::Text);
        check("a.xml", b"<?xml version='1.0'?><!-- x --><rss version='2.0'>", Form::Feed);
        check("a.xml", b"<urlset xmlns='x'>", Form::Sitemap);
        check("a", b"<newsMessage>", Form::NewsMl);
        check("a", b"From: a@b.example\nDate: x\nSubject: y\n\nz", Form::Mail);
        check("a", b"id,title,text\n1,2,3", Form::Csv);
        check("a.gz", b"WARC/1.0\r\n", Form::Warc);
    }

    #[test]
    fn what_is_no_text_is_told_under_any_name() {
        check("a.txt", b"%PDF-1.7", Form::Binary("a PDF"));
        check("a.txt", &[1, 0, 2, 0, 0, 7, 9, 0, 200, 1], Form::Binary("binary data"));
        check("a.txt", b"", Form::Nothing);
        check("a.txt", b"\xff\xfeA\0 \0", Form::Text);
    }
}
