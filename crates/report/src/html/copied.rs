//! Shared passages side by side, their differences marked, and who may have them from whom.

use std::collections::HashMap;

use maud::{Markup, html};
use stemma_model::{ClusterKind, DocumentId, Passage};

use crate::edition::Detail;
use crate::html::link;
use crate::html::page::Page;
use crate::html::stemma;
use crate::view::carried::{Carried, carried};
use crate::view::copied::{Pair, Piece, Shared, closeness};
use crate::view::wording::{self, count, origins};

/// How many pairs of reports the table names.
const PAIRS: usize = 16;
/// From how many pairs on the table tells more than the passages themselves.
const TABLED: usize = 2;

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let copied = &page.copied;
    let total = copied.shared.len() + copied.more;
    let carried = carried(page.edition);
    let body = html! {
        p.lead { "Runs of words that several reports share. "
            u.v { "Other words" } ", " u.o { "words only here" } " and " u.y { "other spelling" }
            " are underlined, each in its way; " b.l { "‸" } " marks where the other has more." }
        @if carried.len() >= TABLED { (pairs(page, &carried)) }
        @for group in by_witnesses(page) {
            @if group.len() == 1 { (passage(page, group[0], true, true)) }
            @else { (together(page, &group)) }
        }
        (link::more(copied.more, "group"))
    };
    (total, body)
}

/// Who shares how much with whom.
fn pairs(page: &Page<'_>, carried: &[Carried]) -> Markup {
    html! {
        div.sc tabindex="0" role="group" aria-label="Who shares text with whom" {
        table.pairs {
            thead { tr { th scope="col" { "Reports" } th.n scope="col" { "Words" }
                th.n scope="col" { "Passages" } th scope="col" { "Which from which" } } }
            tbody { @for pair in carried.iter().take(PAIRS) {
                tr {
                    td { (link::siglum(page, pair.a, &link::document(pair.a))) " "
                        (link::siglum(page, pair.b, &link::document(pair.b))) }
                    td.n { (wording::grouped(pair.words)) }
                    td.n { (pair.passages) }
                    td { (pair.told(|id| page.edition.siglum(id))) }
                }
            } }
        } }
        (link::more(carried.len().saturating_sub(PAIRS), "pair"))
    }
}

/// The passages by who shares them, in the order of each first.
fn by_witnesses<'p>(page: &'p Page<'_>) -> Vec<Vec<&'p Shared<'p>>> {
    let mut place: HashMap<Vec<DocumentId>, usize> = HashMap::new();
    let mut groups: Vec<Vec<&Shared<'_>>> = Vec::new();
    for shared in &page.copied.shared {
        let witnesses = page.edition.witnesses(&shared.passages);
        let at = *place.entry(witnesses).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(shared),
            None => groups.push(vec![shared]),
        }
    }
    groups
}

/// Several passages that the same reports share, under one heading; one drawing where theirs
/// are the same.
fn together(page: &Page<'_>, group: &[&Shared<'_>]) -> Markup {
    let words: usize = group.iter().map(|shared| shared.words as usize).sum();
    let drawings: Vec<String> =
        group.iter().filter_map(|shared| shared.drawing.as_ref()).map(stemma::described).collect();
    let alike = drawings.len() == group.len() && drawings.windows(2).all(|two| two[0] == two[1]);
    let common = group[0].drawing.as_ref().filter(|_| alike);
    html! {
        h3.ru { span.gs { @for (i, id) in page.edition.witnesses(&group[0].passages).into_iter().enumerate() {
                @if i > 0 { " " } (link::siglum(page, id, &link::document(id))) } }
            " share " (count(group.len(), "passage")) span.n { (count(words, "word")) } }
        @if let Some(drawing) = common { (stemma::figure(page, drawing)) }
        @for shared in group { (passage(page, shared, !alike, false)) }
    }
}

/// A shared passage, with a drawing of its own where it is `drawn`; `alone` where no heading of
/// several stands above it.
fn passage(page: &Page<'_>, shared: &Shared<'_>, drawn: bool, alone: bool) -> Markup {
    let kind = shared.cluster.map_or(ClusterKind::Passage, |cluster| cluster.kind);
    let heading = html! { (wording::cluster(kind)) " " (link::places(page, &shared.passages))
    span.n { (count(shared.words as usize, "word"))
        @if let Some(cluster) = shared.cluster { ", " (origins(&cluster.origins)) } } };
    html! {
        article.it.sh id=[shared.under().map(link::under)] {
            @if alone { h3 { (heading) } } @else { h4 { (heading) } }
            @if let Some(drawing) = shared.drawing.as_ref().filter(|_| drawn) {
                (stemma::figure(page, drawing)) }
            @for pair in &shared.pairs { (side_by_side(page, pair)) }
            @if shared.more > 0 { p.more { (count(shared.more, "more pair"))
                " of the same passage in the JSON of this dossier." } }
            @if let Some(cluster) = shared.cluster.filter(|_| page.edition.detail < Detail::Brief) {
                (link::why(&cluster.origins.reason))
            }
        }
    }
}

fn side_by_side(page: &Page<'_>, pair: &Pair<'_>) -> Markup {
    let first = &pair.alignment.first;
    let candidates: Vec<Passage> = [pair.left, pair.right]
        .into_iter()
        .filter(|passage| first.candidates.contains(&passage.document))
        .collect();
    html! {
        div.pair {
            div { p.sg { (link::place(page, pair.left)) } p.w { (pieces(&pair.left_pieces)) } }
            div { p.sg { (link::place(page, pair.right)) } p.w { (pieces(&pair.right_pieces)) } }
            p.re { (closeness(pair.alignment)) ". "
                @if !candidates.is_empty() {
                    "Earliest seen here: "
                    @for (i, passage) in candidates.iter().enumerate() {
                        @if i > 0 { " or " } (link::place(page, *passage)) }
                    @if !first.why.is_empty() { ", " (first.why) } "." }
            }
        }
    }
}

fn pieces(pieces: &[Piece<'_>]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece {
                Piece::Same(text) => (text),
                Piece::Changed(text) => u.v { (text) },
                Piece::Only(text) => u.o { (text) },
                Piece::Respelt(text) => u.y { (text) },
                Piece::Lacks => b.l { "‸" },
                Piece::Elided => span.el { " […] " },
            }
        }
    }
}
