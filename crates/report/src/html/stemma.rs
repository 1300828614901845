//! The stemma as a drawing: witnesses by time downwards, solid where the text shows descent,
//! dashed where it is only likely, a hollow node for a lost source.

use maud::{Markup, html};

use crate::html::link;
use crate::html::page::Page;
use crate::view::stemma::{Drawing, Line, Node};

/// The distance between columns, in pixels.
const COLUMN: f32 = 60.0;
/// The distance between rows.
const ROW: f32 = 48.0;
/// The radius of a node.
const RADIUS: f32 = 14.0;
/// Room for one letter of the name of a lost source.
const LETTER: f32 = 7.0;
/// Room left of the drawing for the dates of its rows.
const DATES: f32 = 118.0;

pub(super) fn figure(page: &Page<'_>, drawing: &Drawing) -> Markup {
    // Two witnesses and nothing to join them are no stemma.
    if drawing.lines.is_empty() {
        return html! {};
    }
    let lost = drawing.nodes.iter().filter(|node| node.document.is_none());
    let labels = lost.map(|node| at(node).0 + RADIUS + LETTER * node.label.chars().count() as f32);
    let width = labels.fold(DATES + (drawing.width + 0.6) * COLUMN, f32::max);
    let height = drawing.height as f32 * ROW;
    html! {
        figure.stem {
            svg viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) role="group"
                aria-label=(described(drawing)) {
                @for (y, date) in drawing.rows.iter().enumerate() {
                    @if !date.is_empty() {
                        text.dt x="0" y=(y as f32 * ROW + ROW / 2.0 + 4.0) { (date) } }
                }
                @for line in &drawing.lines { (line_of(drawing, line)) }
                @for node in &drawing.nodes { (node_of(page, node)) }
            }
            figcaption {
                @let likely = drawing.lines.iter().filter(|line| !line.solid).count();
                @if likely < drawing.lines.len() { "Solid: the text shows it. " }
                @if likely > 0 { "Dashed: only likely. " }
                @if drawing.nodes.iter().any(|node| node.document.is_none()) {
                    "Hollow: a source that is not among these reports." }
            }
        }
    }
}

fn at(node: &Node) -> (f32, f32) {
    (DATES + (node.x + 0.5) * COLUMN, node.y as f32 * ROW + ROW / 2.0)
}

fn line_of(drawing: &Drawing, line: &Line) -> Markup {
    let (x1, y1) = at(&drawing.nodes[line.from]);
    let (x2, y2) = at(&drawing.nodes[line.to]);
    let length = (x2 - x1).hypot(y2 - y1).max(1.0);
    let (dx, dy) = ((x2 - x1) / length * RADIUS, (y2 - y1) / length * RADIUS);
    html! {
        line.likely[!line.solid] x1=(x1 + dx) y1=(y1 + dy) x2=(x2 - dx) y2=(y2 - dy) {}
    }
}

fn node_of(page: &Page<'_>, node: &Node) -> Markup {
    let (x, y) = at(node);
    html! {
        @match node.document {
            Some(id) => a href={ "#" (link::document(id)) } {
                circle cx=(x) cy=(y) r=(RADIUS) {}
                text x=(x) y=(y + 4.5) { (page.edition.siglum(id)) }
            },
            None => {
                circle.lost cx=(x) cy=(y) r=(RADIUS * 0.6) {}
                text.dt x=(x + RADIUS) y=(y + 4.0) { (node.label) }
            }
        }
    }
}

/// The drawing in words.
pub(super) fn described(drawing: &Drawing) -> String {
    let name = |i: usize| drawing.nodes[i].label.as_str();
    let line = |line: &Line| {
        let how = if line.solid { "from" } else { "likely from" };
        format!("{} {how} {}", name(line.to), name(line.from))
    };
    drawing.lines.iter().map(line).collect::<Vec<_>>().join("; ")
}
