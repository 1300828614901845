//! Competing terms and reporting verbs by report.

use maud::{Markup, html};
use stemma_model::DocumentId;

use crate::html::link;
use crate::html::page::Page;
use crate::view::term::{Form, columns, concepts, verbs};

/// How many speakers the table of verbs has.
const SPEAKERS: usize = 12;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let concepts = concepts(page.edition);
    let verbs = verbs(page.edition);
    let uses = concepts.iter().flat_map(|c| &c.forms).chain(verbs.iter().flat_map(|v| &v.verbs));
    let documents: Vec<DocumentId> = uses.flat_map(|form| form.uses.iter().map(|u| u.0)).collect();
    let columns = columns(page.edition, documents.iter());
    let total = concepts.iter().map(|concept| concept.forms.len()).sum::<usize>();
    let body = html! {
        @if !concepts.is_empty() {
            p.lead { "How often each report uses each name for a thing that goes by several; "
                "names inside quotations are the sources’ own." }
            (table(page, "Names", "Thing", concepts.iter().map(|c| (c.name.as_str(), &c.forms[..])), columns.as_deref()))
        }
        @if !verbs.is_empty() {
            h3 { "Reporting verbs by speaker" }
            (table(page, "Verbs", "Speaker",
                verbs.iter().take(SPEAKERS).map(|v| (v.speaker, &v.verbs[..])), columns.as_deref()))
        }
    };
    (total + verbs.len(), body)
}

fn table<'v>(
    page: &Page<'_>,
    label: &str,
    of: &str,
    groups: impl Iterator<Item = (&'v str, &'v [Form<'v>])>,
    columns: Option<&[DocumentId]>,
) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label=(label) {
        table.terms {
            thead { tr { th scope="col" { (of) } th scope="col" { (label) }
                @if let Some(columns) = columns {
                    @for &id in columns {
                        th.n scope="col" { (link::siglum(page, id, &link::document(id))) } }
                } @else { th scope="col" { "Reports" } }
                th.n scope="col" { "All" }
            } }
            @for (name, forms) in groups {
                tbody.it {
                    @for (i, form) in forms.iter().enumerate() {
                        tr {
                            @if i == 0 { th scope="rowgroup" rowspan=(forms.len()) { (name) } }
                            th scope="row" { span.w { (form.form) } }
                            (uses(page, form, columns))
                            td.n { (form.count()) }
                        }
                    }
                }
            }
        } }
    }
}

fn uses(page: &Page<'_>, form: &Form<'_>, columns: Option<&[DocumentId]>) -> Markup {
    let first = |id: DocumentId| form.uses.iter().find(|(document, _)| *document == id);
    html! {
        @if let Some(columns) = columns {
            @for &id in columns {
                td.n { @if let Some((_, uses)) = first(id) {
                    a href={ "#" (page.anchor(uses[0])) } { (uses.len()) } } }
            }
        } @else {
            td { @for (i, (_, uses)) in form.uses.iter().take(16).enumerate() {
                @if i > 0 { " " } (link::place(page, uses[0])) }
                @if form.uses.len() > 16 { " and " (form.uses.len() - 16) " more" } }
        }
    }
}
