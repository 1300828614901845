//! Figures compared, and headlines against their reports.

use maud::{Markup, html};
use stemma_model::{ClaimStatus, HeadlineVerdict, Passage};

use crate::html::link;
use crate::html::page::Page;
use crate::view::figure::{Claims, claims as claims_of, value_words};
use crate::view::wording;

/// How many characters of evidence stand in a table.
const EVIDENCE: usize = 240;
/// How many headlines of a sort a compact page sets out.
const COMPACT_HEADLINES: usize = 40;
/// The same on the tersest page.
const BRIEF_HEADLINES: usize = 15;

pub(super) fn claims(page: &Page<'_>) -> (usize, Markup) {
    let groups = claims_of(page.edition);
    let total = groups.iter().map(|group| group.claims.len() + group.more).sum();
    let body = html! {
        p.lead { "Numbers and dates that reports give for one thing. Which is right is not told here." }
        @for group in &groups { (claim_group(page, group)) }
    };
    (total, body)
}

fn claim_group(page: &Page<'_>, group: &Claims<'_>) -> Markup {
    let heading = match group.status {
        ClaimStatus::Conflicts => "They differ",
        ClaimStatus::Updates => "A later value replaces an earlier one",
        ClaimStatus::Scope => "They differ, and count different things",
        ClaimStatus::Agrees => "They agree",
        ClaimStatus::Single => "Given once",
    };
    html! {
        h3 { (heading) " " span.n { (group.claims.len() + group.more) } }
        div.sc tabindex="0" role="group" aria-label=(heading) {
        table.claims {
            thead { tr { th scope="col" { "About" } th scope="col" { "Value" }
                th scope="col" { "As reported" } th scope="col" { "Reports" } } }
            @for claim in &group.claims {
                tbody.it id=(link::of(claim.id)) {
                    @for (i, value) in claim.values.iter().enumerate() {
                        tr {
                            @if i == 0 { th scope="rowgroup" rowspan=(claim.values.len()) {
                                (claim.about) " " (link::why(&claim.reason)) } }
                            td.n { b { (value_words(value)) } }
                            td { @if let Some(first) = value.evidence.first() {
                                @let sentence = page.edition.sentence(*first);
                                span.w { (wording::excerpt(page.edition.text(sentence), EVIDENCE)) } } }
                            td { (link::places(page, &value.evidence))
                                @if let Some(origins) = &value.origins {
                                    " " span.re { (wording::origins(origins)) } } }
                        }
                    }
                }
            }
        } }
        (link::more(group.more, "comparison"))
    }
}

pub(super) fn headlines(page: &Page<'_>) -> (usize, Markup) {
    let headlines = &page.edition.record.contrast.headlines;
    let of = |verdict| headlines.iter().filter(move |headline| headline.verdict == verdict);
    let telling = [HeadlineVerdict::NotFound, HeadlineVerdict::SupportedInPart];
    let supported = of(HeadlineVerdict::Supported).count();
    let missing = of(HeadlineVerdict::Missing).count();
    let limit = page.edition.limit(COMPACT_HEADLINES, BRIEF_HEADLINES);
    let body = html! {
        p.lead { (supported) " of " (headlines.len() - missing)
            " headlines are carried by sentences of their report. "
            @if missing > 0 { (wording::count(missing, "report")) " without a headline." } }
        @for verdict in telling {
            @if of(verdict).next().is_some() {
                h3 { (wording::headline(verdict)) " " span.n { (of(verdict).count()) } }
                @for headline in of(verdict).take(limit) {
                    article.it {
                        div.ma { p.sg { (link::siglum(page, headline.document,
                            &link::document(headline.document)))
                            @if let Some(document) = page.edition.document(headline.document) {
                                " " (page.edition.outlet(document)) } } }
                        div {
                            p.w.hd { (title(page, headline.document)) }
                            @for difference in &headline.differences { p.re { "The headline " (difference) } }
                            @for &span in headline.support.iter().take(3) {
                                @let passage = Passage::new(headline.document, span);
                                p.ev { span.w { (wording::excerpt(page.edition.text(passage), EVIDENCE)) }
                                    " " (link::place(page, passage)) }
                            }
                        }
                    }
                }
                (link::more(of(verdict).count().saturating_sub(limit), "headline"))
            }
        }
    };
    let shown = telling.map(|verdict| of(verdict).count()).iter().sum();
    (shown, body)
}

/// A document's headline.
pub(super) fn title(page: &Page<'_>, id: stemma_model::DocumentId) -> String {
    let title = page.edition.document(id).and_then(|document| document.title.as_ref());
    title.map_or_else(|| "no headline".to_owned(), |title| wording::squeeze(&title.text))
}
