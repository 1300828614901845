//! The dossier as one self-contained HTML page.
//!
//! The page makes no request and says everything without scripting; the script it carries adds
//! search, a filter by report, and keyboard moves. Text of the reports only ever passes through
//! `maud`, which escapes it, or through [`text`], which escapes it by the same function.

mod attitude;
mod condition;
mod copied;
mod figure;
mod link;
mod mark;
mod matrix;
mod movement;
mod overview;
mod page;
mod people;
mod statement;
mod stemma;
mod term;
mod text;
mod timeline;
mod uncertain;
mod witness;

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use stemma_model::Record;

use crate::edition::{Detail, Edition};
use page::Page;

const STYLE: &str = include_str!("../assets/dossier.css");
const SCRIPT: &str = include_str!("../assets/dossier.js");

/// How many bytes a page may have before less is set out.
///
/// Three hundred reports of the usual 6 kB have 1.8 MB of text; three megabytes is what a page of
/// them may weigh to open at once on a phone.
const MOST_BYTES: usize = 2_950_000;

/// The dossier of a record as one HTML page in UTF-8, of at most 3 MB where that can be.
///
/// Time is linear in the record and the page, at most four times over.
#[must_use]
pub fn html(record: &Record) -> String {
    html_within(record, MOST_BYTES)
}

/// The same with a size of the caller's choice.
///
/// A page that would be heavier than `bytes` is written with less set out: long lists are cut,
/// with a note of how much was left out, statements that one report alone carries become an index
/// to their places, and at last the texts are cut to the paragraphs that the page speaks of. The
/// tersest page is given even if it is heavier.
#[must_use]
pub fn html_within(record: &Record, bytes: usize) -> String {
    let text: usize = record.documents.iter().map(|document| document.text.len()).sum();
    // Where the texts alone fill the page, the fuller ways of writing it are not tried.
    let levels = [Detail::Full, Detail::Compact, Detail::Dense];
    let tried = levels.into_iter().filter(|_| text < bytes);
    let mut pages = tried.map(|detail| write(record, detail));
    let fitting = pages.find(|page| page.len() <= bytes);
    fitting.unwrap_or_else(|| write(record, Detail::Brief))
}

fn write(record: &Record, detail: Detail) -> String {
    let edition = Edition::new(record, detail);
    let page = Page::new(&edition);
    let title = edition.title();
    // The texts carry the anchors that everything else links to, so they are written last.
    let header = overview::header(&page, &title);
    let sections = sections(&page);
    let whole = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(concat!("Stemma ", env!("CARGO_PKG_VERSION")));
                title { (title) " — Stemma dossier" }
                style { (PreEscaped(STYLE)) }
            }
            body.big[page.edition.compact()] {
                a.skip href="#main" { "Skip to the dossier" }
                (navigation(&page, &sections))
                main id="main" {
                    (header)
                    @for section in &sections {
                        section id=(section.id) aria-labelledby={ (section.id) "-h" } {
                            h2 id={ (section.id) "-h" } { (section.title) }
                            (section.body)
                        }
                    }
                    footer { (colophon()) }
                }
                (keys())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    whole.into_string()
}

/// One section of the page; a section without data does not exist.
struct Section {
    id: &'static str,
    title: &'static str,
    /// How many items, for the navigation.
    count: usize,
    body: Markup,
}

/// All sections in reading order, the texts after all others.
fn sections(page: &Page<'_>) -> Vec<Section> {
    let section = |id, title, (count, body): (usize, Markup)| Section { id, title, count, body };
    let mut all = vec![
        section("statements", "Who said what", statement::section(page)),
        section("attitudes", "Held or wanted", attitude::section(page)),
        section("people", "Names", people::section(page)),
        section("conditions", "Conditions", condition::conditions(page)),
        section("positions", "Positions", condition::positions(page)),
        section("movements", "What moved", movement::section(page)),
        section("timeline", "Timeline", timeline::section(page)),
        section("figures", "Figures and dates compared", figure::claims(page)),
        section("copied", "Shared passages", copied::section(page)),
        section("coverage", "What each report carries", matrix::section(page)),
        section("terms", "What each report calls it", term::section(page)),
        section("headlines", "Headlines against their reports", figure::headlines(page)),
        section("uncertain", "Uncertain and missing", uncertain::section(page)),
        section("witnesses", "The reports", witness::section(page)),
    ];
    // The list of witnesses explains the sigla, so it opens the dossier.
    all.rotate_right(1);
    all.push(section("texts", "The texts", text::section(page)));
    all.retain(|section| section.count > 0);
    all
}

fn navigation(page: &Page<'_>, sections: &[Section]) -> Markup {
    markup! {
        nav aria-label="Sections" {
            details.toc open {
                summary { "Contents and search" }
                ol {
                    li { a href="#overview" { "Overview" } }
                    @for section in sections {
                        li { a href={ "#" (section.id) } { (section.title) }
                            span.n { (section.count) } }
                    }
                }
            }
            form.tools role="search" hidden {
                label for="search" { "Search " kbd { "/" } }
                input id="search" type="search" autocomplete="off" spellcheck="false";
                label for="witness" { "Only what this report carries" }
                select id="witness" {
                    option value="" { "Any report" }
                    @for document in &page.edition.record.documents {
                        @let siglum = page.edition.siglum(document.id);
                        option value=(siglum) { (siglum) " " (page.edition.outlet(document)) }
                    }
                }
                output for="search witness" aria-live="polite" {}
                p.hint { kbd { "?" } " shows the keys" }
            }
        }
    }
}

fn keys() -> Markup {
    markup! {
        dialog id="keys" aria-labelledby="keys-h" {
            h2 id="keys-h" { "Keys" }
            dl {
                dt { kbd { "/" } } dd { "search" }
                dt { kbd { "j" } " " kbd { "k" } } dd { "next and previous item" }
                dt { kbd { "Enter" } } dd { "to the item’s first place in a report" }
                dt { kbd { "c" } } dd { "copy the item, or the words you chose in a text, with its "
                    "source and offsets" }
                dt { kbd { "Esc" } } dd { "clear the search, close this" }
                dt { kbd { "?" } } dd { "this list" }
            }
            form method="dialog" { button { "Close" } }
        }
    }
}

fn colophon() -> Markup {
    markup! {
        p { "Made by Stemma " (env!("CARGO_PKG_VERSION")) " from the reports listed above and "
            "nothing else. It says what they report, not what is true. Words in "
            span.w { "this face" } " are the reports’ and their sources’; the rest is Stemma’s." }
    }
}
