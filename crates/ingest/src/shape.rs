//! What each block of a text is: title, dek, heading, paragraph, or not the report's telling.

use stemma_model::{Block, BlockKind, Boilerplate, BoilerplateKind, Reason, Span, Title};
use stemma_text::{fold, paragraphs, words};

use crate::{boilerplate, dateline};

/// What the carrier says that bears on the shape of its text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Carrier<'a> {
    /// The title it gives apart from the text.
    pub(crate) title: Option<&'a str>,
    /// Its form has the title as the first line of the text.
    pub(crate) title_in_text: bool,
    /// Lines that are certainly headings, by their markup.
    pub(crate) headings: &'a [String],
    /// The authors it names.
    pub(crate) authors: &'a [String],
    /// The outlet it names.
    pub(crate) outlet: Option<&'a str>,
}

/// The shape of one text.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    pub(crate) title: Option<Title>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) boilerplate: Vec<Boilerplate>,
}

/// The longest first line that is a title, in bytes: the longest of 924 headlines in PolNeAR has
/// 150, and no lead paragraph of a wire report is shorter than its headline.
const LONGEST_TITLE: usize = 300;

/// The fewest words of a dek: shorter lines under a title are labels or names.
const DEK_WORDS: std::ops::RangeInclusive<usize> = 6..=60;

/// The most words of a section's label under a title.
const LABEL_WORDS: usize = 3;

/// The most words of a heading inside a report.
const HEADING_WORDS: usize = 12;

/// The shape of `text`, in linear time.
pub(crate) fn of(text: &str, carrier: Carrier<'_>) -> Shape {
    let spans = paragraphs(text);
    let title = title_block(text, &spans, carrier);
    let body = usize::from(title.is_some());
    let mut marks = whole_blocks(text, &spans, body, carrier);
    label_under_title(text, &spans[body..], &mut marks[body..]);
    let mut kinds = kinds(text, &spans, body, &marks, carrier);
    if title.is_some() {
        kinds[0] = BlockKind::Title;
    }
    let mut boilerplate: Vec<Boilerplate> = marks
        .into_iter()
        .zip(&spans)
        .filter_map(|(mark, &span)| mark.map(|(kind, reason)| Boilerplate { span, kind, reason }))
        .collect();
    boilerplate.extend(runs(text, &spans, &kinds));
    boilerplate.sort_by_key(|part| part.span);
    let blocks = spans.iter().zip(kinds).map(|(&span, kind)| Block { span, kind }).collect();
    let given = carrier.title.map(|title| Title { text: title.to_owned(), span: None });
    Shape { title: title.or(given), blocks, boilerplate }
}

/// The title, if it is the first block of the text.
fn title_block(text: &str, spans: &[Span], carrier: Carrier<'_>) -> Option<Title> {
    let (&first, rest) = spans.split_first()?;
    let line = first.of_text(text);
    let here = match carrier.title {
        Some(given) => line.len() <= 2 * given.len() + 16 && same_words(line, given),
        None if rest.is_empty() || line.len() > LONGEST_TITLE => false,
        None if carrier.title_in_text => true,
        None => is_headline(line) && !is_open(rest[0].of_text(text)),
    };
    here.then(|| Title { text: line.to_owned(), span: Some(first) })
}

/// Whether two lines have the same words, whatever their case and marks.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    words(&a).map(|span| span.of_text(&a)).eq(words(&b).map(|span| span.of_text(&b)))
}

/// Whether a first line looks like a headline: some words, and no end mark.
fn is_headline(line: &str) -> bool {
    is_open(line) && (3..=30).contains(&word_count(line)) && line.len() <= 200
}

/// Whether a block ends without a mark that ends a sentence.
fn is_open(block: &str) -> bool {
    !block.ends_with(['.', '!', '?', '…', ':', ';', ',', '"', '”', '\'', '’', '»', ')', ']', '—'])
}

fn word_count(block: &str) -> usize {
    block.split_whitespace().count()
}

type Mark = Option<(BoilerplateKind, Reason)>;

/// Which blocks from `body` on are boilerplate as a whole.
fn whole_blocks(text: &str, spans: &[Span], body: usize, carrier: Carrier<'_>) -> Vec<Mark> {
    let body_marks = (body..spans.len()).map(|index| {
        let block = spans[index].of_text(text);
        boilerplate::classify(block)
            .or_else(|| repeated(text, spans, index))
            .or_else(|| carrier_line(block, carrier))
    });
    std::iter::repeat_n(None, body).chain(body_marks).collect()
}

/// A line set twice in a row: captions are, for the picture and for its text.
fn repeated(text: &str, spans: &[Span], index: usize) -> Mark {
    let block = spans[index].of_text(text);
    let is_same = |other: Option<usize>| {
        other.and_then(|at| spans.get(at)).is_some_and(|span| span.of_text(text) == block)
    };
    let twice = is_same(index.checked_sub(1)) || is_same(Some(index + 1));
    (twice && is_open(block) && word_count(block) >= 4)
        .then(|| (BoilerplateKind::Caption, Reason::new("repeated-line", "stands twice in a row")))
}

/// A line that is the outlet's or an author's name and nothing else.
fn carrier_line(block: &str, carrier: Carrier<'_>) -> Mark {
    if word_count(block) > 8 || !is_open(block) {
        return None;
    }
    let named = carrier.authors.iter().map(String::as_str).chain(carrier.outlet);
    named.into_iter().any(|name| same_words(block, name)).then(|| {
        (BoilerplateKind::Credit, Reason::new("carrier-line", "names the author or outlet"))
    })
}

/// A label right under the title: one to three words without an end mark, before running text.
fn label_under_title(text: &str, spans: &[Span], marks: &mut [Mark]) {
    let Some(at) = marks.iter().position(Option::is_none) else { return };
    let block = spans[at].of_text(text);
    let next = spans.get(at + 1).map(|span| span.of_text(text));
    if word_count(block) <= LABEL_WORDS
        && is_open(block)
        && !block.starts_with(['“', '"', '‘', '\'', '«', '„'])
        && next.is_some_and(|next| word_count(next) > HEADING_WORDS)
    {
        let reason = Reason::new("section-label", "a short label between title and text");
        marks[at] = Some((BoilerplateKind::Other, reason));
    }
}

/// What each block is; block 0 is left as if it were text.
fn kinds(
    text: &str,
    spans: &[Span],
    body: usize,
    marks: &[Mark],
    carrier: Carrier<'_>,
) -> Vec<BlockKind> {
    let dek = dek(text, spans, body, marks);
    (0..spans.len())
        .map(|index| match &marks[index] {
            Some(_) => BlockKind::Boilerplate,
            None if Some(index) == dek => BlockKind::Dek,
            None if is_heading(text, spans, marks, index, carrier) => BlockKind::Heading,
            None => BlockKind::Paragraph,
        })
        .collect()
}

/// The line under a title in the text that sums the report up: it has no end mark, as paragraphs
/// have, and more words than a label.
fn dek(text: &str, spans: &[Span], body: usize, marks: &[Mark]) -> Option<usize> {
    let at = (body..spans.len()).find(|&index| marks[index].is_none())?;
    let block = spans[at].of_text(text);
    let fits = body == 1
        && at + 1 < spans.len()
        && is_open(block)
        && DEK_WORDS.contains(&word_count(block));
    fits.then_some(at)
}

/// Whether the block is a heading: markup says so, or it is a short line without an end mark
/// between two blocks of running text.
fn is_heading(
    text: &str,
    spans: &[Span],
    marks: &[Mark],
    index: usize,
    carrier: Carrier<'_>,
) -> bool {
    let block = spans[index].of_text(text);
    if carrier.headings.iter().any(|heading| heading == block) {
        return true;
    }
    let is_telling = |at: Option<usize>| {
        at.filter(|&at| at < spans.len() && marks[at].is_none()).is_some_and(|at| {
            let other = spans[at].of_text(text);
            !is_open(other) || word_count(other) > HEADING_WORDS
        })
    };
    is_open(block)
        && word_count(block) <= HEADING_WORDS
        && block.starts_with(|first: char| first.is_uppercase() || first.is_numeric())
        && is_telling(index.checked_sub(1))
        && is_telling(Some(index + 1))
}

/// Runs inside paragraphs: datelines, and an agency's credit behind the last sentence.
fn runs(text: &str, spans: &[Span], kinds: &[BlockKind]) -> Vec<Boilerplate> {
    let mut first = true;
    let mut found = Vec::new();
    for (&span, _) in spans.iter().zip(kinds).filter(|(_, kind)| **kind == BlockKind::Paragraph) {
        let paragraph = span.of_text(text);
        if let Some((length, reason)) = dateline::find(paragraph, first) {
            let span = Span::new(span.start(), span.start() + length);
            found.push(Boilerplate { span, kind: BoilerplateKind::Dateline, reason });
        }
        if let Some(start) = credit_at_end(paragraph) {
            let span = Span::new(span.start() + start, span.end());
            let reason = Reason::new("credit-at-end", "an agency or editor in brackets at the end");
            found.push(Boilerplate { span, kind: BoilerplateKind::Credit, reason });
        }
        first = false;
    }
    found
}

/// Where the credit in brackets starts that a paragraph ends with: `(AP)`, `(Reporting by …)`.
fn credit_at_end(paragraph: &str) -> Option<usize> {
    let inside = paragraph.strip_suffix(')')?;
    let open = inside.rfind('(')?;
    let credit = &inside[open + 1..];
    let agency = ["AP", "AFP", "Reuters", "REUTERS", "UPI", "PTI", "ANI", "IANS", "dpa", "TASS"];
    let editors = ["Reporting by ", "Editing by ", "Additional reporting by ", "Writing by "];
    let before = inside[..open].trim_end();
    let behind_sentence = before.ends_with(['.', '!', '?', '”', '"', '’', '\'']);
    (behind_sentence
        && (agency.contains(&credit) || editors.iter().any(|lead| credit.starts_with(lead))))
    .then_some(open)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TELLING: &str =
        "The minister said on Tuesday that the bridge over the river would be closed.";

    /// Each line is a block behind its expected kind: `t` title, `d` dek, `h` heading,
    /// `p` paragraph, `b` boilerplate.
    fn check(marked: &str, carrier: Carrier<'_>) {
        let lines: Vec<(&str, String)> = marked
            .lines()
            .map(|line| line.split_once(' ').expect("a kind and a block"))
            .map(|(kind, block)| (kind, block.replace("TELLING", TELLING)))
            .collect();
        let text = lines.iter().map(|(_, block)| block.as_str()).collect::<Vec<_>>().join("\n\n");
        let shape = of(&text, carrier);
        let found: Vec<&str> = shape.blocks.iter().map(|block| letter(block.kind)).collect();
        let expected: Vec<&str> = lines.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(found, expected, "{text}");
    }

    fn letter(kind: BlockKind) -> &'static str {
        match kind {
            BlockKind::Title => "t",
            BlockKind::Dek => "d",
            BlockKind::Heading => "h",
            BlockKind::Paragraph => "p",
            BlockKind::Boilerplate => "b",
        }
    }

    fn plain() -> Carrier<'static> {
        Carrier { title_in_text: true, ..Carrier::default() }
    }

    #[test]
    fn title_dek_label_heading() {
        check(
            "t Bridge to close\nd It will stay shut until the spring at the least\np TELLING",
            plain(),
        );
        check("t Bridge to close\nb City Desk\np TELLING\nh What happens next\np TELLING", plain());
        check("t Bridge to close\np TELLING\nb Reference\np TELLING", plain());
        check("t Bridge to close\nb By JO LI\nb Reuters\np TELLING", plain());
        check("p One line alone is no title", plain());
    }

    #[test]
    fn captions_set_twice() {
        check("t Bridge\nb The mayor on the bridge\nb The mayor on the bridge\np TELLING", plain());
    }

    #[test]
    fn a_title_given_apart_is_found_in_the_text() {
        let given = Carrier { title: Some("Bridge “to close”"), ..Carrier::default() };
        check("t BRIDGE \"TO CLOSE\"\np TELLING", given);
        check("p TELLING\np TELLING", given);
        let shape = of(TELLING, given);
        assert_eq!(shape.title, Some(Title { text: "Bridge “to close”".to_owned(), span: None }));
    }

    #[test]
    fn authors_and_outlets_are_credits() {
        let authors = ["Jo Li".to_owned()];
        let carrier = Carrier {
            authors: &authors,
            outlet: Some("City Wire"),
            title: Some("x"),
            ..Carrier::default()
        };
        check("b Jo Li\nb City Wire\np TELLING", carrier);
    }

    #[test]
    fn runs_stand_inside_paragraphs() {
        let text = format!("Bridge to close\n\nKYIV (AP) — {TELLING}\n\n{TELLING} (Reuters)");
        let shape = of(&text, plain());
        let found: Vec<&str> =
            shape.boilerplate.iter().map(|part| part.span.of_text(&text)).collect();
        assert_eq!(found, ["KYIV (AP) —", "(Reuters)"]);
        assert!(shape.blocks.iter().all(|block| block.kind != BlockKind::Boilerplate));
    }

    proptest! {
        #[test]
        fn any_text_has_a_shape(text in "(?s)([A-Za-z“”().:—\n ]|.){0,300}") {
            let shape = of(&text, plain());
            let mut end = 0;
            for block in &shape.blocks {
                prop_assert!(block.span.start() >= end);
                end = block.span.end();
                prop_assert_eq!(block.span.trimmed(&text), block.span);
            }
            for part in &shape.boilerplate {
                prop_assert!(shape.blocks.iter().any(|block| block.span.covers(part.span)));
                prop_assert!(text.get(part.span.range()).is_some());
            }
        }
    }
}
