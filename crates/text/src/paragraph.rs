//! Lines and paragraphs.

use stemma_model::Span;

/// The lines of `text` that are not blank, without white space at their ends, in order.
pub fn lines(text: &str) -> impl Iterator<Item = Span> {
    let base = text.as_ptr() as usize;
    text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{c}', '\u{b}']).filter_map(
        move |line| {
            let start = line.as_ptr() as usize - base;
            let span = Span::new(start, start + line.len()).trimmed(text);
            (!span.is_empty()).then_some(span)
        },
    )
}

/// The paragraphs of `text`, in order.
///
/// News text comes either with a blank line between paragraphs and lines broken inside them, or
/// with one paragraph a line. Lines count as broken inside where blank lines stand between
/// paragraphs and the lines before a break are all of like, short length: the mark of text that
/// was wrapped to a width. Otherwise every line is a paragraph.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let lines: Vec<Span> = lines(text).collect();
    if !is_wrapped(text, &lines) {
        return lines;
    }
    let mut joined: Vec<Span> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if !has_blank_line(&text[last.end()..line.start()]) => {
                *last = last.hull(line)
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// Whether the text was wrapped to a width: at least six lines are followed directly by another,
/// and nine in ten of those are between 45 and 100 bytes long, the widths that mail, terminals
/// and type setters wrap to.
fn is_wrapped(text: &str, lines: &[Span]) -> bool {
    let followed: Vec<usize> = lines
        .windows(2)
        .filter(|pair| !has_blank_line(&text[pair[0].end()..pair[1].start()]))
        .map(|pair| pair[0].len())
        .collect();
    let fitting = followed.iter().filter(|&&length| (45..=100).contains(&length)).count();
    followed.len() >= 6 && fitting * 10 >= followed.len() * 9
}

/// Whether the white space between two lines holds an empty line.
fn has_blank_line(gap: &str) -> bool {
    gap.replace("\r\n", "\n").matches(['\n', '\r']).count() > 1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).iter().map(|span| span.of_text(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn one_paragraph_a_line() {
        check("Title\r\n\r\n First. \nSecond.\n", &["Title", "First.", "Second."]);
        check(" \n\n", &[]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let line = "The minister said on Tuesday that the bridge would be closed";
        let paragraph = [line; 4].join("\n");
        check(&format!("{paragraph}\n\n{paragraph}\n\n{paragraph}"), &[paragraph.as_str(); 3]);
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_lies_outside(text in "(?s)([a-z é\n\r\u{2028}]|.){0,120}") {
            let found = paragraphs(&text);
            let mut end = 0;
            for span in &found {
                prop_assert!(text[end..span.start()].trim().is_empty());
                prop_assert!(!span.is_empty() && span.trimmed(&text) == *span);
                end = span.end();
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
