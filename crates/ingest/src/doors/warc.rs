//! WARC (ISO 28500): the pages in a web archive, streamed in constant memory.

use std::io::{self, BufRead, BufReader, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use stemma_model::{Problem, Source};

use crate::limits::MAX_PAGE;
use crate::open::Pieces;
use crate::piece::{Format, Hints, Piece};
use crate::problem;

/// The longest header block that is read, of a record or of HTTP, in bytes: servers refuse more
/// than a few kilobytes, and 64 KiB is the largest default anywhere.
const MAX_HEADERS: usize = 64 << 10;

/// The pages and texts in the (uncompressed) WARC stream `bytes`, in order.
///
/// Taken are `response` and `resource` records with HTML or plain text and a status of 200 to 299,
/// and `conversion` records with plain text (WET). The place of a page is its record's number.
/// Where a record does not end as it says, reading goes on at the next one that starts.
pub(crate) fn pages(place: String, bytes: Box<dyn Read + Send>) -> Pieces {
    let mut records =
        Records { input: BufReader::with_capacity(1 << 16, bytes), place, number: 0, ended: false };
    Box::new(std::iter::from_fn(move || records.next_page()))
}

struct Records<R> {
    input: R,
    place: String,
    number: u64,
    ended: bool,
}

/// What came of one record.
enum Outcome {
    Page(Piece),
    Refused(Problem),
    /// Nothing that could be a report.
    Passed,
    End,
}

impl<R: BufRead> Records<R> {
    fn next_page(&mut self) -> Option<Result<Piece, Problem>> {
        while !self.ended {
            self.number += 1;
            match self.record() {
                Ok(Outcome::Page(piece)) => return Some(Ok(piece)),
                Ok(Outcome::Refused(problem)) => return Some(Err(problem)),
                Ok(Outcome::Passed) => {}
                Ok(Outcome::End) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(problem::interrupted(self.source(), &error)));
                }
            }
        }
        None
    }

    fn source(&self) -> Source {
        Source::Path { path: self.place.clone(), line: Some(self.number) }
    }

    fn record(&mut self) -> io::Result<Outcome> {
        if !self.find_start()? {
            return Ok(Outcome::End);
        }
        let headers = self.headers()?;
        let Some(length) =
            get(&headers, "content-length").and_then(|length| length.parse::<u64>().ok())
        else {
            let fault = "the record does not say its length";
            return Ok(Outcome::Refused(problem::malformed(self.source(), "WARC record", fault)));
        };
        let kind = get(&headers, "warc-type").unwrap_or_default();
        if !matches!(kind, "response" | "resource" | "conversion") {
            self.skip(length)?;
            return Ok(Outcome::Passed);
        }
        if length > (MAX_PAGE + MAX_HEADERS) as u64 {
            self.skip(length)?;
            return Ok(Outcome::Refused(problem::too_long(self.source(), "the record", MAX_PAGE)));
        }
        let mut block = Vec::new();
        if (self.input.by_ref().take(length).read_to_end(&mut block)? as u64) < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(self.understand(&headers, block))
    }

    /// Goes on to the first line of the next record; false at the end.
    fn find_start(&mut self) -> io::Result<bool> {
        loop {
            let line = self.line()?;
            if line.is_empty() {
                return Ok(false);
            }
            if line.starts_with(b"WARC/") {
                return Ok(true);
            }
        }
    }

    /// One line with its end, as far as [`MAX_HEADERS`]; empty at the end.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        self.input.by_ref().take(MAX_HEADERS as u64).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    fn headers(&mut self) -> io::Result<Vec<(String, String)>> {
        let mut block = Vec::new();
        loop {
            let line = self.line()?;
            if line.trim_ascii().is_empty() || block.len() > MAX_HEADERS {
                return Ok(fields(&block));
            }
            block.extend(line);
        }
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        let skipped = io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
        if skipped < length { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(()) }
    }

    fn understand(&self, headers: &[(String, String)], block: Vec<u8>) -> Outcome {
        let url =
            get(headers, "warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned());
        let record_type = get(headers, "content-type").unwrap_or_default();
        let (kind, body) = if record_type.starts_with("application/http") {
            let Some((head, body)) = answer(&block) else { return Outcome::Passed };
            if !head.is_success {
                return Outcome::Passed;
            }
            let kind = get(&head.fields, "content-type").unwrap_or_default().to_owned();
            if format_of(&kind).is_none() {
                return Outcome::Passed;
            }
            match decoded(&head.fields, body) {
                Ok(body) => (kind, body),
                Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    return Outcome::Refused(problem::too_long(
                        self.source(),
                        "the page",
                        MAX_PAGE,
                    ));
                }
                Err(error) => return Outcome::Refused(problem::interrupted(self.source(), &error)),
            }
        } else {
            (record_type.to_owned(), block)
        };
        let Some(format) = format_of(&kind) else { return Outcome::Passed };
        let hints = Hints {
            url,
            charset: charset_of(&kind),
            fetched: get(headers, "warc-date").map(str::to_owned),
            announced: None,
        };
        Outcome::Page(Piece { source: self.source(), format, bytes: body, hints })
    }
}

/// The head of an HTTP answer.
struct Answer {
    is_success: bool,
    fields: Vec<(String, String)>,
}

/// Splits an HTTP answer into head and body.
fn answer(block: &[u8]) -> Option<(Answer, &[u8])> {
    let near = &block[..block.len().min(MAX_HEADERS)];
    let find = |mark: &[u8]| {
        near.windows(mark.len()).position(|w| w == mark).map(|at| (at, at + mark.len()))
    };
    let (end, body) = find(b"\r\n\r\n").or_else(|| find(b"\n\n"))?;
    let head = &block[..end];
    let status = head.split(|&byte| byte == b' ').nth(1)?;
    let is_success = head.starts_with(b"HTTP/") && status.first() == Some(&b'2');
    let lines = head.iter().position(|&byte| byte == b'\n').map_or(&[][..], |at| &head[at + 1..]);
    Some((Answer { is_success, fields: fields(lines) }, &block[body..]))
}

/// Header fields, names in lower case; a folded line goes on with the one before.
fn fields(block: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(block);
    let mut found: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            found.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    found
}

fn get<'f>(fields: &'f [(String, String)], name: &str) -> Option<&'f str> {
    fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

fn format_of(content_type: &str) -> Option<Format> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/plain" => Some(Format::Text),
        _ => None,
    }
}

/// The `charset` parameter of a media type.
pub(crate) fn charset_of(content_type: &str) -> Option<String> {
    let parameters = content_type.split(';').skip(1);
    let charset =
        parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
            name.trim()
                .eq_ignore_ascii_case("charset")
                .then(|| value.trim().trim_matches('"').to_owned())
        });
    charset.filter(|label| !label.is_empty())
}

/// The body without the encodings that its head names. Crawlers often undo them and leave the
/// head as it was, so what does not look encoded is taken as it is.
fn decoded(fields: &[(String, String)], body: &[u8]) -> io::Result<Vec<u8>> {
    let chunked = get(fields, "transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
    let body =
        if chunked { dechunked(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    match get(fields, "content-encoding").unwrap_or_default().to_ascii_lowercase().as_str() {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            capped(MultiGzDecoder::new(&body[..]))
        }
        "deflate" => capped(ZlibDecoder::new(&body[..]))
            .or_else(|_| capped(DeflateDecoder::new(&body[..])))
            .or(Ok(body)),
        "zstd" if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => {
            capped(zstd::stream::read::Decoder::new(&body[..])?)
        }
        "br" if std::str::from_utf8(&body).is_err() => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the body is compressed with Brotli, which is not supported",
        )),
        _ => Ok(body),
    }
}

/// All of `bytes`, unless they are more than a page may have.
fn capped(bytes: impl Read) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    bytes.take(MAX_PAGE as u64 + 1).read_to_end(&mut all)?;
    if all.len() > MAX_PAGE { Err(io::ErrorKind::FileTooLarge.into()) } else { Ok(all) }
}

/// The body behind chunked transfer coding (RFC 9112, 7.1), up to where it breaks off; `None` if
/// it is not chunked at all.
fn dechunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    let mut is_first = true;
    loop {
        let end = body.iter().take(64).position(|&byte| byte == b'\n');
        let size = end.and_then(|end| {
            let line = std::str::from_utf8(&body[..end]).ok()?;
            usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()
        });
        let (Some(end), Some(size)) = (end, size) else {
            return (!is_first).then_some(whole);
        };
        if size == 0 {
            return Some(whole);
        }
        is_first = false;
        let rest = &body[end + 1..];
        let taken = size.min(rest.len());
        whole.extend_from_slice(&rest[..taken]);
        let rest = &rest[taken..];
        body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use proptest::prelude::*;

    use super::*;

    fn record(kind: &str, content_type: &str, block: &[u8], length: usize) -> Vec<u8> {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <https://a.example/1>\r\n\
             WARC-Date: 2024-05-31T10:00:00Z\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n"
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn response(head: &str, body: &[u8]) -> Vec<u8> {
        let block = [format!("HTTP/1.1 200 OK\r\n{head}\r\n").as_bytes(), body].concat();
        record("response", "application/http; msgtype=response", &block, block.len())
    }

    /// The pages of a stream: body or problem code, with the record's number.
    fn check(warc: &[u8], expected: &[(u64, Result<&str, &str>)]) {
        let found: Vec<(u64, Result<String, String>)> =
            pages("a.warc".to_owned(), Box::new(io::Cursor::new(warc.to_vec())))
                .map(|page| match page {
                    Ok(piece) => {
                        let Source::Path { line, .. } = piece.source else { panic!("a path") };
                        (
                            line.expect("a number"),
                            Ok(String::from_utf8(piece.bytes).expect("UTF-8")),
                        )
                    }
                    Err(problem) => {
                        let place = problem.place.expect("a place");
                        let number =
                            place.rsplit(':').next().expect("a number").parse().expect("a number");
                        (number, Err(problem.code.into_owned()))
                    }
                })
                .collect();
        let found: Vec<_> =
            found.iter().map(|(n, page)| (*n, page.as_deref().map_err(String::as_str))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn pages_are_found_among_other_records() {
        let warc = [
            record("warcinfo", "application/warc-fields", b"software: x", 11),
            response("Content-Type: text/html; charset=utf-8\r\n", b"<p>One"),
            response("Content-Type: image/png\r\n", b"\x89PNG"),
            record("conversion", "text/plain", b"Two", 3),
        ]
        .concat();
        check(&warc, &[(2, Ok("<p>One")), (4, Ok("Two"))]);
    }

    #[test]
    fn bodies_are_unpacked() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(b"<p>Packed").expect("memory takes it");
        let packed = encoder.finish().expect("memory takes it");
        let mut chunks = format!("{:x};x=1\r\n", packed.len()).into_bytes();
        chunks.extend_from_slice(&packed);
        chunks.extend_from_slice(b"\r\n0\r\n\r\n");
        let head =
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n";
        let warc = [response(head, &chunks), response(head, b"<p>Undone before")].concat();
        check(&warc, &[(1, Ok("<p>Packed")), (2, Ok("<p>Undone before"))]);
    }

    #[test]
    fn a_bomb_is_refused() {
        let blank = zstd::encode_all(&vec![b' '; MAX_PAGE + 1][..], 1).expect("memory takes it");
        let head = "Content-Type: text/html\r\nContent-Encoding: zstd\r\n";
        let warc =
            [response(head, &blank), response("Content-Type: text/html\r\n", b"<p>Next")].concat();
        check(&warc, &[(1, Err("too-long")), (2, Ok("<p>Next"))]);
    }

    #[test]
    fn records_that_lie_or_break_off() {
        let good = response("Content-Type: text/html\r\n", b"<p>Good");
        let short = record("resource", "text/html", b"<p>Longer than it says\r\nand on", 4);
        check(&[short, good.clone()].concat(), &[(1, Ok("<p>L")), (2, Ok("<p>Good"))]);
        let cut = &good[..good.len() - 12];
        check(&[&good[..], cut].concat(), &[(1, Ok("<p>Good")), (2, Err("cut-short"))]);
        let long = record("resource", "text/html", b"<p>x", 1 << 40);
        check(&long, &[(1, Err("cut-short"))]);
        check(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", &[(1, Err("malformed"))]);
        check(b"", &[]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(tail in proptest::collection::vec(any::<u8>(), 0..200), cut in 0_usize..400) {
            let mut warc = response("Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n", &tail);
            warc.truncate(cut);
            let _ = pages("a".to_owned(), Box::new(io::Cursor::new(warc))).count();
        }
    }
}
