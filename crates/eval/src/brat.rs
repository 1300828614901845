//! Attributions in brat's standoff format, as PolNeAR has them.
//!
//! `T` lines name text-bound annotations, discontinuous ones with `;` between their parts, in code
//! points; `E` lines tie them. Lines are split on `\n` only. See
//! <https://brat.nlplab.org/standoff.html>.

use std::collections::BTreeMap;

use stemma_model::Span;
use stemma_text::CodePoints;

/// The attributions of one file, as spans of the text it stands off from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// What is attributed.
    pub content: Vec<Span>,
    /// To whom.
    pub source: Vec<Span>,
    /// By which words.
    pub cue: Vec<Span>,
}

/// Reads the `E` lines of a brat file; annotations that are not well formed are left out.
#[must_use]
pub fn read(standoff: &str, text: &str) -> Vec<Attribution> {
    let points = CodePoints::of(text);
    let mut bound: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut events = Vec::new();
    for line in standoff.split('\n') {
        let mut fields = line.split('\t');
        let (Some(id), Some(value)) = (fields.next(), fields.next()) else { continue };
        match (id.chars().next(), value.split_once(' ')) {
            (Some('T'), Some((label, places))) if label != "Attribution" => {
                bound.insert(
                    id,
                    places.split(';').filter_map(|place| span(&points, place)).collect(),
                );
            }
            (Some('E'), _) => events.push(value),
            _ => {}
        }
    }
    events.iter().map(|event| attribution(event, &bound)).collect()
}

fn span(points: &CodePoints<'_>, place: &str) -> Option<Span> {
    let (start, end) = place.split_once(' ')?;
    let byte = |point: &str| Some(points.to_byte(point.parse().ok()?));
    let (start, end) = (byte(start)?, byte(end)?);
    (start <= end).then(|| Span::new(start, end))
}

fn attribution(event: &str, bound: &BTreeMap<&str, Vec<Span>>) -> Attribution {
    let mut found = Attribution::default();
    for (role, target) in event.split(' ').filter_map(|part| part.split_once(':')) {
        let spans = bound.get(target).into_iter().flatten().copied();
        match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "Content" => found.content.extend(spans),
            "Source" => found.source.extend(spans),
            "Cue" => found.cue.extend(spans),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn discontinuous_spans_and_code_points() {
        let text = "“Né,” she said, “ça va.”";
        let standoff = "T1\tContent 1 3;17 22\tNé ça va\nT2\tSource 6 9\tshe\nT3\tCue 10 14\tsaid\n\
                        T4\tAttribution 10 14\tsaid\nE1\tAttribution:T4 Content:T1 Source:T2 Cue:T3\nT9\tbroken";
        let [found] = read(standoff, text).try_into().unwrap();
        let words = |spans: &[Span]| spans.iter().map(|s| s.of_text(text)).collect::<Vec<_>>();
        assert_eq!(words(&found.content), ["Né", "ça va"]);
        assert_eq!((words(&found.source), words(&found.cue)), (vec!["she"], vec!["said"]));
    }
}
