//! What people are only reported to believe, know or want.

use maud::{Markup, html};

use crate::html::link;
use crate::html::page::Page;
use crate::html::statement::plain;
use crate::view::attitude::{Holder, holders, verb};
use crate::view::wording::excerpt;

/// How many characters of a content are given.
const WORDS: usize = 220;
/// How many holders a compact page lists.
const COMPACT: usize = 60;
/// The same on the tersest page.
const BRIEF: usize = 12;
/// How many attitudes of one holder stand on a page.
const EACH: usize = 40;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let holders = holders(page.edition);
    let total = holders.iter().map(|holder| holder.attitudes.len()).sum();
    let limit = page.edition.limit(COMPACT, BRIEF);
    let each = page.edition.limit(EACH, BRIEF);
    let body = html! {
        p.lead { "What the reports say that somebody believes, knows, wants or intends, in none of "
            "their own words: the reports’ telling, not statements." }
        div.sc tabindex="0" role="group" aria-label="Held or wanted" {
        table.att {
            thead { tr { th scope="col" { "Who" } th scope="col" { "What the report ascribes" }
                th scope="col" { "In these words" } th scope="col" { "Report" } } }
            @for holder in holders.iter().take(limit) { (rows(page, holder, each)) }
        } }
        (link::more(holders.iter().take(limit).map(|h| h.attitudes.len().saturating_sub(each)).sum(),
            "attribution"))
        (link::more(holders.len().saturating_sub(limit), "holder"))
    };
    (total, body)
}

fn rows(page: &Page<'_>, holder: &Holder<'_>, each: usize) -> Markup {
    let shown = &holder.attitudes[..holder.attitudes.len().min(each)];
    html! {
        tbody.it { @for (i, &witness) in shown.iter().enumerate() {
            tr {
                @if i == 0 { th scope="rowgroup" rowspan=(shown.len()) { (holder.name) } }
                td { (verb(witness.quote.attitude)) }
                td { span.w.i { (excerpt(&plain(page, witness), WORDS)) } }
                td { (link::witness(page, witness)) }
            }
        } }
    }
}
