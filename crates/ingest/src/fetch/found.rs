//! What an answer holds: a report, or a feed or sitemap that announces reports.

use std::io::{Cursor, Read as _};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use stemma_model::{Document, Problem, Source};
use url::Url;

use crate::doors::sitemap::{Announced, sitemap};
use crate::doors::{json, warc};
use crate::limits::HEAD;
use crate::piece::{Format, Hints, Options, Piece, Read};
use crate::problem;
use crate::sniff::{self, Compression, Form};

/// What stands at an address.
#[derive(Clone, Debug)]
pub enum Found {
    /// A page, or another carrier of whole reports.
    Reports(Box<Piece>),
    /// The entries of an RSS, Atom or JSON feed.
    Feed(Vec<Entry>),
    /// The pages, or further sitemaps, that a sitemap lists.
    Sitemap(Vec<Announced>),
}

/// An entry of a feed: where the report stands, what the feed itself gives of it, or both.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The report's page, with what the feed says of it.
    pub announced: Option<Announced>,
    /// The entry as a report of its own, if it has a text: often only the first lines.
    pub report: Option<Box<Document>>,
}

/// The media types of what can be read. Servers that give none mean a page.
const READABLE: [&str; 13] = [
    "",
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/json",
    "application/feed+json",
    "application/ld+json",
    // Packed sitemaps.
    "application/gzip",
];

/// Whether a `Content-Type` is one of text, so that the body is worth asking for.
pub(super) fn may_be_text(content_type: &str) -> bool {
    READABLE.contains(&media_type(content_type).replace("/x-gzip", "/gzip").as_str())
}

fn media_type(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

impl Found {
    /// What `bytes`, the answer from `url`, hold. Their beginning decides before the media type:
    /// feeds are often sent as pages or plain text. Unpacked they may have `limit` bytes.
    pub(super) fn of(
        url: &Url,
        content_type: &str,
        fetched: Option<String>,
        bytes: Vec<u8>,
        limit: usize,
    ) -> Result<Self, Problem> {
        let bytes = unpacked(url, bytes, limit)?;
        let source = Source::Url(url.to_string());
        let head = &bytes[..bytes.len().min(HEAD)];
        let format = match (sniff::form(Path::new(url.path()), head), &*media_type(content_type)) {
            (Form::Nothing, _) => return Err(problem::empty(url)),
            (Form::Binary(found), _) => return Err(problem::not_text(url, found)),
            (Form::Parquet, _) => return Err(problem::not_text(url, "a Parquet file")),
            (Form::Sitemap, _) => return Ok(Self::Sitemap(sitemap(&bytes, &source)?)),
            (Form::Feed, _) => Format::Feed,
            (Form::NewsMl, _) => Format::NewsMl,
            (Form::Json | Form::Jsonl, _) if json::starts_feed(head) => Format::Json,
            (Form::Json | Form::Jsonl, "application/json" | "application/ld+json") => Format::Json,
            (Form::Text, "text/plain") => Format::Text,
            _ => Format::Html,
        };
        let is_feed = format == Format::Feed || (format == Format::Json && json::starts_feed(head));
        let charset = warc::charset_of(content_type);
        let hints = Hints { url: None, charset, fetched, announced: None };
        let piece = Piece { source, format, bytes, hints };
        if is_feed {
            return entries(url, piece).map(Self::Feed);
        }
        let hints = Hints { url: Some(url.to_string()), ..piece.hints };
        Ok(Self::Reports(Box::new(Piece { hints, ..piece })))
    }
}

/// Undoes gzip as a file format: sitemaps come so. What the transfer packs is undone before.
fn unpacked(url: &Url, bytes: Vec<u8>, limit: usize) -> Result<Vec<u8>, Problem> {
    if sniff::compression(&bytes) != Some(Compression::Gzip) {
        return Ok(bytes);
    }
    let mut plain = Vec::new();
    MultiGzDecoder::new(Cursor::new(bytes))
        .take(limit as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|error| problem::interrupted(url, &error))?;
    if plain.len() > limit {
        return Err(problem::too_long(url, "the answer", limit));
    }
    Ok(plain)
}

/// The entries of a feed; those without text and address are left out.
fn entries(url: &Url, piece: Piece) -> Result<Vec<Entry>, Problem> {
    let mut entries = Vec::new();
    for read in piece.read(&Options::default()) {
        match read {
            Read::Document(report) => entries.push(entry(url, report)),
            Read::Problem(problem) if problem.code == "malformed" => return Err(problem),
            Read::Problem(_) => {}
        }
    }
    Ok(entries)
}

fn entry(feed: &Url, report: Box<Document>) -> Entry {
    let page = report.url.as_deref().and_then(|url| feed.join(url.trim()).ok());
    let announced = page.filter(super::is_web).map(|page| Announced {
        url: page.to_string(),
        title: report.title.as_ref().map(|title| title.text.clone()),
        outlet: report.outlet.clone(),
        published: report.published.clone(),
        is_sitemap: false,
    });
    let has_text = !report.text.trim().is_empty();
    Entry { announced, report: has_text.then_some(report) }
}
