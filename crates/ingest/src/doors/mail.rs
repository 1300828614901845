//! Mail: newsletters and alerts saved as `.eml`, and pages saved as MHTML.

use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};
use stemma_model::{Problem, Source};

use super::take_fragment;
use crate::draft::Draft;
use crate::html;
use crate::problem;

/// A mail: its subject is the title, its sender the outlet, its plain text the text; a mail with
/// HTML alone is cut into the blocks of that.
///
/// # Errors
/// If `bytes` are no mail (RFC 5322).
pub(crate) fn letter(bytes: &[u8], source: &Source) -> Result<Draft, Problem> {
    let message = parse(bytes, source)?;
    let mut draft = Draft::new(source.clone());
    draft.given_id = message.message_id().map(str::to_owned);
    draft.title = message.subject().map(|subject| subject.trim().to_owned());
    draft.published = message.date().map(|date| (date.to_rfc3339(), "mail".to_owned()));
    let sender = message.from().and_then(|from| from.first());
    draft.outlet = sender
        .and_then(|sender| sender.name().or_else(|| sender.address()))
        .map(|name| name.trim().to_owned());
    match message.text_bodies().find(|part| part.is_text() && !part.is_text_html()) {
        Some(_) => draft.text = message.body_text(0).unwrap_or_default().into_owned(),
        None => take_fragment(&mut draft, &message.body_html(0).unwrap_or_default()),
    }
    Ok(draft)
}

/// A page saved as MHTML (RFC 2557): the first HTML part is the page.
///
/// # Errors
/// If `bytes` are no MHTML, or no page is in it.
pub(crate) fn page(bytes: &[u8], source: &Source) -> Result<Draft, Problem> {
    let message = parse(bytes, source)?;
    let part = message.html_part(0).filter(|part| part.is_text_html());
    let markup = part.and_then(|part| part.text_contents()).unwrap_or_default();
    let extracted = html::extract(markup.as_bytes(), Some("utf-8"));
    if extracted.text.is_empty() {
        return Err(problem::no_article(source));
    }
    let mut draft = Draft::new(source.clone());
    draft.take_page(extracted);
    let saved_from = header(&message, "Snapshot-Content-Location")
        .or_else(|| part.and_then(|part| part.content_location().map(str::to_owned)));
    draft.url = draft.url.take().or(saved_from.filter(|url| url.starts_with("http")));
    Ok(draft)
}

fn parse<'b>(bytes: &'b [u8], source: &Source) -> Result<Message<'b>, Problem> {
    let message = MessageParser::default().parse(bytes);
    message.ok_or_else(|| problem::malformed(source, "mail", "there are no headers"))
}

fn header(message: &Message<'_>, name: &str) -> Option<String> {
    match message.header(name)? {
        HeaderValue::Text(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters() {
        let mail = "From: =?utf-8?q?City_W=C3=ADre?= <news@city.example>\r\nSubject: Bridge\r\n to close\r\n\
            Date: Fri, 31 May 2024 10:00:00 +0200\r\nMessage-ID: <1@city.example>\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=windows-1252\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nThe =93caf=E9=94 is open.\r\n--x\r\n\
            Content-Type: text/html\r\n\r\n<p>Other</p>\r\n--x--\r\n";
        let draft = letter(mail.as_bytes(), &Source::Stdin(1)).expect("a mail");
        assert_eq!(draft.text.trim(), "The “café” is open.");
        assert_eq!(draft.title.as_deref(), Some("Bridge to close"));
        assert_eq!(draft.outlet.as_deref(), Some("City Wíre"));
        assert_eq!(
            draft.published.map(|(date, _)| date).as_deref(),
            Some("2024-05-31T10:00:00+02:00")
        );
        assert_eq!(draft.given_id.as_deref(), Some("1@city.example"));
    }

    #[test]
    fn pages() {
        let story =
            "<p>The bridge over the river will be closed on Monday, the mayor said in town.</p>"
                .repeat(8);
        let page_of = format!(
            "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://city.example/1\r\nSubject: x\r\n\
             MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\n\
             Content-Type: text/html; charset=utf-8\r\nContent-Location: https://city.example/1\r\n\r\n\
             <html><head><title>Bridge</title></head><body><article>{story}</article></body></html>\r\n--b--\r\n"
        );
        let draft = page(page_of.as_bytes(), &Source::Stdin(1)).expect("a page");
        assert_eq!(draft.url.as_deref(), Some("https://city.example/1"));
        assert!(draft.text.starts_with("The bridge over the river"));
    }
}
