//! What is uncertain or missing, in a place of its own, each with why.

use maud::{Markup, html};
use stemma_model::{DocumentId, Passage, Problem, Quote};

use crate::html::figure::title;
use crate::html::link;
use crate::html::page::Page;
use crate::html::statement::plain;
use crate::view::statement::Witness;
use crate::view::uncertain::{Uncertain, uncertain};
use crate::view::wording::{count, excerpt};

/// How many items of a sort a page lists.
const ITEMS: usize = 60;
/// The same on a compact page.
const COMPACT_ITEMS: usize = 20;
/// How many characters of a quotation are given.
const QUOTE: usize = 160;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let found = uncertain(page.edition);
    if found.is_empty() {
        return (0, html! {});
    }
    let total = found.unattributed.len()
        + found.ambiguous.len()
        + found.undated.len()
        + found.argued.len()
        + found.undated_sayings.len()
        + found.unanchored.len()
        + found.problems.len();
    let body = html! {
        (inputs(page, &found))
        (quotes(page, "Quotations without a findable speaker", &found.unattributed))
        (quotes(page, "Quotations that several people fit", &found.ambiguous))
        (documents(page, "Reports without a date", &found.undated))
        (documents(page, "Reports whose date is argued from their text", &found.argued))
        (sayings(page, &found))
        (times(page, &found.unanchored))
    };
    (total, body)
}

fn limit(page: &Page<'_>) -> usize {
    if page.edition.compact() { COMPACT_ITEMS } else { ITEMS }
}

fn inputs(page: &Page<'_>, found: &Uncertain<'_>) -> Markup {
    let problems = &found.problems;
    let skipped = problems.iter().filter(|(_, problem)| problem.skipped).count();
    html! {
        @if !problems.is_empty() {
            h3 { "Not read, or read with a problem " span.n { (problems.len())
                @if skipped > 0 { ", " (count(skipped, "input")) " skipped" } } }
            ul.un { @for (id, problem) in problems.iter().take(limit(page)) {
                li.it { (problem_of(page, *id, problem)) } } }
            (link::more(problems.len().saturating_sub(limit(page)), "problem"))
        }
    }
}

fn problem_of(page: &Page<'_>, id: Option<DocumentId>, problem: &Problem) -> Markup {
    let passage = id.zip(problem.span).map(|(id, span)| Passage::new(id, span));
    html! {
        @if let Some(passage) = passage { (link::place(page, passage)) " " }
        @else if let Some(id) = id { (link::siglum(page, id, &link::document(id))) " " }
        @if let Some(place) = &problem.place { b { (place) } ": " }
        (problem.message)
        @if let Some(hint) = &problem.hint { " " span.re { (hint) } }
        " " code { (problem.code) }
    }
}

fn quotes(page: &Page<'_>, heading: &str, quotes: &[(DocumentId, &Quote)]) -> Markup {
    html! {
        @if !quotes.is_empty() {
            h3 { (heading) " " span.n { (quotes.len()) } }
            ul.un { @for &(document, quote) in quotes.iter().take(limit(page)) {
                @let witness = Witness { document, quote };
                li.it {
                    (link::witness(page, witness)) " "
                    span.w { (excerpt(&plain(page, witness), QUOTE)) } " "
                    span.re { (quote.source.why)
                        @for (i, candidate) in quote.source.candidates.iter().enumerate() {
                            @if i == 0 { "; could be " } @else { " or " } (candidate.name) } }
                }
            } }
            (link::more(quotes.len().saturating_sub(limit(page)), "quotation"))
        }
    }
}

fn documents(page: &Page<'_>, heading: &str, documents: &[DocumentId]) -> Markup {
    html! {
        @if !documents.is_empty() {
            h3 { (heading) " " span.n { (documents.len()) } }
            ul.un { @for &id in documents.iter().take(limit(page)) {
                li.it {
                    (link::siglum(page, id, &link::document(id))) " " (title(page, id)) " "
                    span.re { (page.edition.date_words(id))
                        @let at = page.edition.order(id);
                        @if let Some(own) = page.edition.record.annotations.get(at) {
                            @if !own.published.reason.note.is_empty() { ": " (own.published.reason.note) } } }
                    @if let Some(own) = page.edition.record.annotations.get(page.edition.order(id)) {
                        @for &span in &own.published.evidence {
                            " " (link::words(page.edition.text(Passage::new(id, span)))) } }
                }
            } }
            (link::more(documents.len().saturating_sub(limit(page)), "report"))
        }
    }
}

fn sayings(page: &Page<'_>, found: &Uncertain<'_>) -> Markup {
    let sayings = &found.undated_sayings;
    html! {
        @if !sayings.is_empty() {
            h3 { "Statements of several reports that nothing dates " span.n { (sayings.len()) } }
            ul.un { @for said in sayings.iter().take(limit(page)) {
                @if let Some((_, statement)) = said.quotes.first().and_then(|q| page.statement(*q)) {
                    li.it { a.w href={ "#" (link::statement(statement)) } {
                        (excerpt(&plain(page, statement.base), QUOTE)) } } }
            } }
        }
    }
}

fn times(page: &Page<'_>, times: &[Passage]) -> Markup {
    html! {
        @if !times.is_empty() {
            h3 { "Times that cannot be placed " span.n { (times.len()) } }
            p { @for (i, &passage) in times.iter().take(limit(page)).enumerate() {
                @if i > 0 { " · " }
                (link::words(page.edition.text(passage))) " " (link::place(page, passage)) } }
            (link::more(times.len().saturating_sub(limit(page)), "expression"))
        }
    }
}
