//! Which parts of a text stand in quotation marks, by the marks alone.

use stemma_model::Span;
use stemma_text::paragraphs;

/// The parts of `text` in double or angled quotation marks, marks included, in order.
///
/// One paragraph at a time, so that a mark that is never closed costs at most the rest of its
/// paragraph: which then counts as quoted, as long quotations re-open their marks with every
/// paragraph and close them with the last only. Single marks are left out: too many of them are
/// apostrophes.
pub(crate) fn quoted(text: &str) -> Vec<Span> {
    paragraphs(text).into_iter().flat_map(|paragraph| in_paragraph(text, paragraph)).collect()
}

fn in_paragraph(text: &str, paragraph: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open = None;
    let inside = paragraph.of_text(text);
    for (at, mark) in inside.char_indices().filter(|(_, c)| "\"“”„«»".contains(*c)) {
        let here = paragraph.start() + at;
        let inches =
            mark == '"' && open.is_none() && inside[..at].ends_with(|c: char| c.is_ascii_digit());
        match open {
            None if mark != '”' && mark != '»' && !inches => open = Some(here),
            Some(start) if "\"”»“".contains(mark) => {
                found.push(Span::new(start, here + mark.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| Span::new(start, paragraph.end())));
    found
}

/// The share of `span` that stands in the quoted parts, by bytes, from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "passages are far shorter than 2^24 bytes")]
pub(crate) fn share(quoted: &[Span], span: Span) -> f32 {
    let first = quoted.partition_point(|part| part.end <= span.start);
    let inside: usize = quoted[first..]
        .iter()
        .take_while(|part| part.start < span.end)
        .map(|part| part.overlap(span))
        .sum();
    inside as f32 / span.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = quoted(text).iter().map(|span| span.of_text(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn marks_pair_up_inside_a_paragraph() {
        check("“We will,” she said. \"And soon.\"", &["“We will,”", "\"And soon.\""]);
        check("„Ja“, sagte er. «Oui»", &["„Ja“", "«Oui»"]);
        check("“Not closed\nNext “one” here", &["“Not closed", "“one”"]);
        check("A 12\" record and no more", &[]);
    }

    #[test]
    fn shares_are_of_the_span() {
        let text = "“abcd” said";
        let parts = quoted(text);
        assert!((share(&parts, Span::new(0, 10)) - 1.0).abs() < 1e-6);
        assert!(share(&parts, Span::of(text, "said").expect("it is there")) < 1e-6);
    }
}
