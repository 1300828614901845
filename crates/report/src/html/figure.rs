//! Tables of conditions, positions, figures compared, and headlines.

use maud::{Markup, html};
use stemma_model::{ClaimStatus, HeadlineVerdict, Passage, Polarity};

use crate::dates;
use crate::html::link;
use crate::html::page::Page;
use crate::view::condition::{Group, Row, conditions_of, groups, questions};
use crate::view::figure::{Claims, claims as claims_of, value_words};
use crate::view::wording;

/// How many characters of evidence stand in a table.
const EVIDENCE: usize = 240;

pub(super) fn conditions(page: &Page<'_>) -> (usize, Markup) {
    let groups = groups(page.edition);
    let total = groups.iter().map(|group| group.rows.len()).sum();
    let body = html! {
        p.lead { "What is said to depend on what, grouped by what depends, along time. "
            "Close wordings are set under each other, because they need not mean the same." }
        @for group in &groups { (condition_group(page, group)) }
    };
    (total, body)
}

fn condition_group(page: &Page<'_>, group: &Group<'_>) -> Markup {
    html! {
        h3 { (group.label.map_or_else(|| "Other conditions".to_owned(), wording::squeeze)) }
        div.sc tabindex="0" role="group" aria-label="Conditions" {
        table.cond {
            thead { tr { th scope="col" { "When" } th scope="col" { "Who states it" }
                th scope="col" { "What depends" } th scope="col" { "On what" }
                th scope="col" { "Report" } } }
            tbody { @for row in &group.rows { (condition(page, row)) } }
        } }
    }
}

fn condition(page: &Page<'_>, row: &Row<'_>) -> Markup {
    let condition = row.condition;
    let text = |span| page.edition.text(Passage::new(row.document, span));
    html! {
        tr.it id=(link::of(condition.id)) {
            td.when { (dates::words(row.date)) }
            td { @if row.quoted { (row.holder) } @else { i { (row.holder) } } }
            td { (link::words(text(condition.consequence)))
                @if condition.polarity == Polarity::Negative { " " span.re { "denied" } } }
            td { b.trig.w { (text(condition.trigger)) } " " (link::words(text(condition.condition)))
                @if let Some(force) = wording::force(condition.force) { " " span.re { (force) } } }
            td { (link::place(page, row.passage())) }
        }
    }
}

pub(super) fn positions(page: &Page<'_>) -> (usize, Markup) {
    let edition = page.edition;
    let body = html! {
        p.lead { "Who supports, opposes, promises, refuses, demands or threatens what, along time, "
            "as these reports tell it." }
        @for question in questions(edition) {
            h3 { (wording::squeeze(question.on)) }
            div.sc tabindex="0" role="group" aria-label="Positions" {
            table.pos {
                thead { tr { th scope="col" { "Since" } th scope="col" { "Who" }
                    th scope="col" { "Position" } th scope="col" { "Words" } } }
                tbody { @for position in question.positions {
                    tr.it id=(link::of(position.id)) {
                        td.when { (dates::words(position.date)) }
                        td { (position.entity.and_then(|id| edition.entity(id))
                            .map_or("the reports themselves", |entity| &entity.name)) }
                        td { (wording::stance(position.stance))
                            @for (home, condition) in conditions_of(edition, position) {
                                " " span.w { (edition.text(Passage::new(home, condition.trigger))) " "
                                    (edition.text(Passage::new(home, condition.condition))) } }
                            @if !position.reason.note.is_empty() { " " (link::why(&position.reason)) }
                        }
                        td { @for passage in edition.first_passages(&position.evidence).iter().take(3) {
                            p.ev { span.w { (wording::excerpt(edition.text(*passage), EVIDENCE)) } " "
                                (link::place(page, *passage)) } } }
                    }
                } }
            } }
        }
    };
    (edition.record.positions.len(), body)
}

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
    let body = html! {
        p.lead { (supported) " of " (headlines.len() - missing)
            " headlines are carried by sentences of their report. "
            @if missing > 0 { (wording::count(missing, "report")) " without a headline." } }
        @for verdict in telling {
            @if of(verdict).next().is_some() {
                h3 { (wording::headline(verdict)) " " span.n { (of(verdict).count()) } }
                @for headline in of(verdict) {
                    article.it {
                        p.when { (link::siglum(page, headline.document,
                            &link::document(headline.document))) }
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
