//! Competing terms and reporting verbs by report.

use maud::{Markup, html};
use stemma_model::DocumentId;

use crate::html::link;
use crate::html::page::Page;
use crate::view::term::{Concept, Form, Verbs, columns, concepts, verbs};

/// How many speakers the table of verbs has.
const SPEAKERS: usize = 12;
/// How many concepts a compact page sets out.
const COMPACT: usize = 40;
/// The same on the tersest page.
const BRIEF: usize = 16;
/// How many names of one thing a compact page has.
const FORMS: usize = 8;
/// How many reports of one form are named where they have no columns.
const NAMED: usize = 12;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let concepts = concepts(page.edition);
    let verbs = verbs(page.edition);
    let uses = concepts.iter().flat_map(|c| &c.forms).chain(verbs.iter().flat_map(|v| &v.verbs));
    let documents: Vec<DocumentId> = uses.flat_map(|form| form.uses.iter().map(|u| u.0)).collect();
    let columns = columns(page.edition, documents.iter());
    let total = concepts.iter().map(|concept| concept.forms.len()).sum::<usize>();
    let (competing, single): (Vec<_>, Vec<_>) =
        concepts.iter().partition(|concept| concept.forms.len() > 1);
    let limit = page.edition.limit(COMPACT, BRIEF);
    let forms = |c: &Concept<'_>| c.forms.len().min(page.edition.limit(FORMS, FORMS));
    let rows = |concepts: &[&'_ Concept<'_>]| {
        let shown = || concepts.iter().take(limit);
        let groups: Vec<_> = shown().map(|&c| (c, &c.forms[..forms(c)])).collect();
        html! {
            (table(page, &groups, columns.as_deref()))
            (link::more(shown().map(|c| c.forms.len() - forms(c)).sum(), "name"))
            (link::more(concepts.len().saturating_sub(limit), "thing"))
        }
    };
    let body = html! {
        @if !concepts.is_empty() {
            p.lead { "How often each report uses each name for a thing that goes by several; "
                "names in quotation marks are the sources’, and those in shared text may be an agency’s. "
                "Spellings of one name are those that the reports themselves show." }
        }
        @if !competing.is_empty() { (rows(&competing)) }
        @if !single.is_empty() {
            details.fold { summary { "Called by one name only " span.n { (single.len()) } }
                (rows(&single)) }
        }
        @if !verbs.is_empty() {
            h3 { "Reporting verbs by speaker" }
            (verbs_table(page, &verbs, columns.as_deref()))
        }
    };
    (total + verbs.len(), body)
}

/// The verbs that introduce each speaker's words, a column for each report where there is room.
fn verbs_table(page: &Page<'_>, verbs: &[Verbs<'_>], columns: Option<&[DocumentId]>) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label="Reporting verbs" {
        table.terms.vb {
            thead { tr { th scope="col" { "Speaker" }
                @if let Some(columns) = columns {
                    @for &id in columns {
                        th scope="col" { (link::siglum(page, id, &link::document(id))) } }
                } @else { th scope="col" { "Verbs" } }
            } }
            tbody { @for speaker in verbs.iter().take(SPEAKERS) {
                tr.it {
                    th scope="row" { (speaker.speaker) }
                    @if let Some(columns) = columns {
                        @for &id in columns { td { (verbs_of(page, speaker, id)) } }
                    } @else {
                        td { @for (i, verb) in speaker.verbs.iter().enumerate() {
                            @if i > 0 { ", " } span.w { (verb.form) } " " span.n { (verb.count()) } } }
                    }
                }
            } }
        } }
        (link::more(verbs.len().saturating_sub(SPEAKERS), "speaker"))
    }
}

/// The verbs with which one report introduces one speaker.
fn verbs_of(page: &Page<'_>, speaker: &Verbs<'_>, id: DocumentId) -> Markup {
    let own = speaker.verbs.iter().filter_map(|verb| {
        let uses = verb.uses.iter().find(|(document, _)| *document == id)?;
        Some((verb.form, &uses.1))
    });
    html! {
        @for (i, (form, uses)) in own.enumerate() {
            @if i > 0 { br; }
            a.w href={ "#" (page.anchor(uses[0])) } { (form) }
            @if uses.len() > 1 { " " span.n { (uses.len()) } }
        }
    }
}

fn table(
    page: &Page<'_>,
    groups: &[(&Concept<'_>, &[Form<'_>])],
    columns: Option<&[DocumentId]>,
) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label="Names" {
        table.terms {
            thead { tr { th scope="col" { "Thing" } th scope="col" { "Name" }
                @if let Some(columns) = columns {
                    @for &id in columns {
                        th.n scope="col" { (link::siglum(page, id, &link::document(id))) } }
                } @else { th scope="col" { "Reports" } }
                th.n scope="col" { "All" }
                th scope="col" { "Of these" }
            } }
            @for (concept, forms) in groups {
                tbody.it {
                    @for (i, form) in forms.iter().enumerate() {
                        tr {
                            @if i == 0 { th scope="rowgroup" rowspan=(forms.len()) { (concept.name)
                                @if concept.spelled { br; span.n { "spellings of one name" } } } }
                            th scope="row" { span.w { (form.form) } }
                            (uses(page, form, columns))
                            td.n { (form.count()) }
                            td.re { (form.not_their_own()) }
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
            td { @for (i, (_, uses)) in form.uses.iter().take(NAMED).enumerate() {
                @if i > 0 { " " } (link::place(page, uses[0])) }
                @if form.uses.len() > NAMED { " and " (form.uses.len() - NAMED) " more" } }
        }
    }
}
