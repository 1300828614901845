//! Shared passages side by side, their differences marked, and who may have them from whom.

use maud::{Markup, html};
use stemma_model::{ClusterKind, Passage};

use crate::html::link;
use crate::html::page::Page;
use crate::html::stemma;
use crate::view::copied::{Pair, Piece, Shared, closeness};
use crate::view::wording::{self, count, origins};

pub(super) fn section(page: &Page<'_>) -> (usize, Markup) {
    let copied = &page.copied;
    let total = copied.shared.len() + copied.more;
    let body = html! {
        p.lead { "Runs of words that several reports share. "
            u.v { "Other words" } ", " u.o { "words only here" } " and " u.y { "other spelling" }
            " are underlined, each in its way; " b.l { "‸" } " marks where the other has more." }
        @for shared in &copied.shared { (group(page, shared)) }
        (link::more(copied.more, "group"))
    };
    (total, body)
}

fn group(page: &Page<'_>, shared: &Shared<'_>) -> Markup {
    let kind = shared.cluster.map_or(ClusterKind::Passage, |cluster| cluster.kind);
    html! {
        article.it.sh id=[shared.under().map(link::under)] {
            h3 { (wording::cluster(kind)) " " (link::places(page, &shared.passages))
                span.n { (count(shared.words as usize, "word"))
                    @if let Some(cluster) = shared.cluster { ", " (origins(&cluster.origins)) } } }
            @if let Some(drawing) = &shared.drawing { (stemma::figure(page, drawing)) }
            @for pair in &shared.pairs { (side_by_side(page, pair)) }
            @if shared.more > 0 { p.more { (count(shared.more, "more pair"))
                " of the same passage in the JSON of this dossier." } }
            @if let Some(cluster) = shared.cluster {
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
