//! The dossier in Markdown (CommonMark with tables): the same statements as the page, to be read
//! as plain text, mailed or versioned.

mod list;
mod table;

use std::fmt::{self, Write};

use stemma_model::{Document, Passage, Record};

use crate::dates;
use crate::edition::{Detail, Edition};
use crate::view::overview::{numbers, standfirst};
use crate::view::statement::{Speaker, speakers};
use crate::view::wording::squeeze;

/// The dossier of a record as Markdown, in time linear in the record.
///
/// It has the sections of [`html`](crate::html()) but for the texts themselves; a place is given
/// as siglum and first code point, `B 312`.
#[must_use]
pub fn markdown(record: &Record) -> String {
    let edition = Edition::new(record, Detail::Full);
    let speakers = speakers(&edition);
    let mut out = String::new();
    write(&mut out, &edition, &speakers).expect("writing to a string succeeds");
    out
}

fn write(out: &mut String, edition: &Edition<'_>, speakers: &[Speaker<'_>]) -> fmt::Result {
    writeln!(out, "# {}\n", plain(&edition.title()))?;
    writeln!(out, "{}\n", plain(&standfirst(edition, &numbers(edition, speakers))))?;
    writeln!(out, "A place is a siglum and the first code point: `B 312`.\n")?;
    list::overview(out, edition, speakers)?;
    table::witnesses(out, edition)?;
    list::stories(out, edition)?;
    list::statements(out, edition, speakers)?;
    list::attitudes(out, edition)?;
    table::names(out, edition)?;
    table::positions(out, edition)?;
    table::conditions(out, edition)?;
    table::movements(out, edition)?;
    list::timeline(out, edition)?;
    table::claims(out, edition)?;
    list::copied_passages(out, edition)?;
    table::coverage(out, edition)?;
    table::terms(out, edition)?;
    list::headlines(out, edition)?;
    list::uncertain(out, edition)?;
    writeln!(
        out,
        "---\nMade by Stemma {} from the reports listed above and nothing else. It says what they \
         report, not what is true.",
        env!("CARGO_PKG_VERSION")
    )
}

/// Text of a report on one line, with everything that Markdown or HTML would read escaped.
fn plain(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in squeeze(text).chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '@' => {
                escaped.extend(['\\', character]);
            }
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            character => escaped.push(character),
        }
    }
    // At the start of a line these would begin a list or a rule.
    match escaped.strip_prefix(['-', '+', '=']) {
        Some(_) => format!("\\{escaped}"),
        None => number_escaped(escaped),
    }
}

/// `1.` and `1)` at the start of a line would begin a list.
fn number_escaped(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &text[..digits], &text[digits..]),
        _ => text,
    }
}

/// `B 312`.
fn place(edition: &Edition<'_>, passage: Passage) -> String {
    format!("`{} {}`", edition.siglum(passage.document), edition.start(passage))
}

/// The first place in each document.
fn places(edition: &Edition<'_>, passages: &[Passage]) -> String {
    let first = edition.first_passages(passages);
    first.into_iter().map(|passage| place(edition, passage)).collect::<Vec<_>>().join(" ")
}

/// A document's headline, or what else names it.
fn headline(document: &Document) -> String {
    let title = document.title.as_ref().map(|title| plain(&title.text));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| plain(&document.source.to_string()))
}

/// The rows of a table under its head; nothing where there are none.
fn rows(out: &mut String, head: &[&str], rows: &[Vec<String>]) -> fmt::Result {
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "| {} |", head.join(" | "))?;
    writeln!(out, "|{}", " --- |".repeat(head.len()))?;
    for row in rows {
        writeln!(out, "| {} |", row.join(" | "))?;
    }
    writeln!(out)
}

/// When a range lies, in words.
fn when(range: stemma_model::DateRange) -> String {
    dates::words(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_reports_cannot_become_markup() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected);
        check("a*b_c [d](e) `f` <g> & h|i", "a\\*b\\_c \\[d\\](e) \\`f\\` &lt;g&gt; &amp; h\\|i");
        check("# no heading\n\n- no list", "\\# no heading - no list");
        check("- no list", "\\- no list");
        check("12. no list", "12\\. no list");
        check("1.5 m", "1\\.5 m");
        check("1987", "1987");
    }
}
