//! Each text with everything marked in place, and notes in its margin.

use maud::{Markup, PreEscaped, html};
use stemma_model::{Block, BlockKind, Condition, Document, DocumentId, Passage, Span};

use crate::dates;
use crate::edition::{Detail, SharedRun};
use crate::html::link;
use crate::html::mark::Writer;
use crate::html::page::Page;
use crate::html::statement::anchor;
use crate::view::attitude::verb;
use crate::view::mark::{About, Note, marks, others};
use crate::view::statement::Witness;
use crate::view::wording::count;

/// How many other reports a note names.
const OTHERS: usize = 6;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let documents = &page.edition.record.documents;
    let body = html! {
        @if page.edition.detail == Detail::Brief {
            p.lead { "So that this page stays small enough to open at once, only the paragraphs that the "
                "rest of it speaks of stand here. A dossier of fewer reports has their whole texts." }
        }
        (layers())
        @for (index, document) in documents.iter().enumerate() { (text(page, index, document)) }
    };
    (documents.len(), body)
}

/// Switches for the layers of marks; they work by style alone.
fn layers() -> Markup {
    let layers = [
        ("lq", "q", "quotations"),
        ("ls", "s", "sources"),
        ("lc", "c", "cues"),
        ("lr", "r", "shared passages"),
        ("lk", "k", "conditions"),
        ("ld", "d", "dates"),
        ("lf", "f", "figures"),
        ("lt", "t", "terms"),
        ("ln", "", "notes"),
    ];
    html! {
        fieldset.layers {
            legend { "Marked" }
            @for (id, class, name) in layers {
                label { input id=(id) type="checkbox" checked; " " span class=(class) { (name) } }
            }
        }
    }
}

fn text(page: &Page<'_>, index: usize, document: &Document) -> Markup {
    let marks = marks(page.edition, index);
    let wanted = page.wanted(index);
    let mut writer = Writer::new(page, document, &marks, &wanted, &page.notes[index]);
    let whole = [Block { span: Span::new(0, document.text.len()), kind: BlockKind::Paragraph }];
    let blocks: &[Block] = if document.blocks.is_empty() { &whole } else { &document.blocks };
    let mut left = 0;
    html! {
        article.doc id=(link::document(document.id)) {
            (heading(page, document))
            @for (i, block) in blocks.iter().enumerate() {
                // What lies between blocks belongs to the block before, so that no anchor is lost.
                @let end = blocks.get(i + 1).map_or(document.text.len(), |next| next.span.start());
                @let (marked, notes) = writer.block(block.span, end);
                @if kept(page, index, block, end) {
                    (cut(std::mem::take(&mut left)))
                    (paragraph(page, document, block, &marked, notes))
                } @else { ({ left += 1; "" }) }
            }
            (cut(left))
        }
    }
}

/// Whether a block stands on the page: on the tersest one only if the rest of it speaks of it.
fn kept(page: &Page<'_>, index: usize, block: &Block, end: usize) -> bool {
    let heading = matches!(block.kind, BlockKind::Title | BlockKind::Dek | BlockKind::Heading);
    page.edition.detail < Detail::Brief
        || heading
        || page.speaks_of(index, block.span.start()..end.max(block.span.end() + 1))
}

/// How many paragraphs are left out here.
fn cut(left: usize) -> Markup {
    html! { @if left > 0 { p.cut { "… " (count(left, "paragraph")) " left out" } } }
}

/// A block; without notes it is a paragraph and nothing else, since most are.
fn paragraph(
    page: &Page<'_>,
    document: &Document,
    block: &Block,
    marked: &str,
    notes: &[(usize, &Note<'_>)],
) -> Markup {
    let class = match block.kind {
        BlockKind::Title => Some("ti"),
        BlockKind::Dek => Some("dek"),
        BlockKind::Heading => Some("hg"),
        BlockKind::Boilerplate => Some("bp"),
        BlockKind::Paragraph => None,
    };
    let start = page.edition.start(Passage::new(document.id, block.span));
    let text = html! { p class=[class] data-s=(start) { (PreEscaped(marked)) } };
    html! {
        @if notes.is_empty() { (text) }
        @else { div.b { (text) (margin(page, document.id, notes)) } }
    }
}

fn heading(page: &Page<'_>, document: &Document) -> Markup {
    let outlet = page.edition.outlet(document);
    let dated = page.edition.record.annotations.get(page.edition.order(document.id));
    let title = document.title.as_ref().filter(|title| title.span.is_none());
    let url = document.url.as_deref().filter(|url| is_web(url));
    html! {
        h3 { span.g { (page.edition.siglum(document.id)) } " " span.on { (outlet) } }
        p.re {
            (page.edition.date_words(document.id))
            @if let Some(dated) = dated { ", " (dates::basis(&dated.published)) }
            @if !document.authors.is_empty() { " · " (document.authors.join(", ")) }
            @if document.outlet.is_some() { " · " (document.source) }
            @if let Some(url) = url { " · " a href=(url) rel="noreferrer" { "the report at its address" } }
        }
        @if let Some(title) = title { p.ti { (title.text) } }
    }
}

/// Only web addresses become links: a `javascript:` address comes out as nothing.
fn is_web(url: &str) -> bool {
    let scheme =
        |scheme: &str| url.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme));
    scheme("https://") || scheme("http://")
}

/// The notes of one block, numbered as in its text.
fn margin(page: &Page<'_>, document: DocumentId, notes: &[(usize, &Note<'_>)]) -> Markup {
    html! {
        div.m { @for (number, note) in notes {
            p { (numbered(page, *number, note)) " " (match &note.about {
                About::Quote(quote) => said(page, Witness { document, quote }),
                About::Run { run, words } => shared(page, run, *words),
                About::Condition(condition) => condition_of(page, document, condition),
            }) }
        } }
    }
}

/// The number of a note; that of a quotation links to it, so that the link can be copied.
fn numbered(page: &Page<'_>, number: usize, note: &Note<'_>) -> Markup {
    let to = match note.about {
        About::Quote(quote) if !page.edition.compact() => Some(link::of(quote.id)),
        About::Quote(_) | About::Run { .. } | About::Condition(_) => None,
    };
    html! {
        @if let Some(to) = to { a.nr href={ "#" (to) } { (number) } } @else { b { (number) } }
    }
}

fn said(page: &Page<'_>, witness: Witness<'_>) -> Markup {
    let Witness { document, quote } = witness;
    let found = page.statement((document, quote.id));
    let name = page.edition.source_name(document, quote).unwrap_or("no speaker found");
    let Some((speaker, statement)) = found else {
        return html! { (name) @if !quote.is_saying() { " " (verb(quote.attitude)) } };
    };
    let others = others(statement, (document, quote.id));
    // On a compact page a statement of one report is only indexed, under its speaker.
    let to = match page.edition.compact() && statement.entries.is_empty() {
        true => anchor(&speaker.voice).filter(|_| page.edition.detail < Detail::Dense),
        false => Some(link::statement(statement)),
    };
    html! {
        @if let Some(to) = to { a href={ "#" (to) } { (name) } } @else { (name) }
        @for (i, (document, quote, how)) in others.iter().take(OTHERS).enumerate() {
            @if i == 0 { ", also " } @else { ", " }
            (link::witness(page, Witness { document: *document, quote }))
            @if let Some(how) = how { " (" (how) ")" }
        }
        @if others.len() > OTHERS { " and " (others.len() - OTHERS) " more" }
    }
}

fn shared(page: &Page<'_>, run: &SharedRun, words: usize) -> Markup {
    html! {
        @if page.is_set_out(run.under) {
            a href={ "#" (link::under(run.under)) } { (count(words, "word")) " shared" }
        } @else { (count(words, "word")) " shared" }
        " with"
        @for &id in run.others.iter().take(OTHERS) { " " (link::siglum(page, id, &link::document(id))) }
        @if run.others.len() > OTHERS { " and " (run.others.len() - OTHERS) " more" }
    }
}

fn condition_of(page: &Page<'_>, document: DocumentId, condition: &Condition) -> Markup {
    let text = |span| page.edition.text(stemma_model::Passage::new(document, span));
    html! {
        @if page.is_stated(condition.id) { a href={ "#" (link::of(condition.id)) } { "condition" } }
        @else { "condition" }
        ": " span.w { (crate::view::wording::squeeze(text(condition.trigger))) }
    }
}
