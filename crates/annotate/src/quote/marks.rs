//! Passages in quotation marks, by the marks alone.
//!
//! Straight, curly, low, angle, single and typewriter (``` `` ''``` ) marks; told from
//! apostrophes, elisions and inches by what stands beside them. Each block is read by itself, so a
//! bad mark costs at most its own paragraph; then passages that run on into the next paragraph are
//! joined, whether or not the marks are opened again there. One pass over the characters and one
//! over the marks: linear in the text.
//!
//! Conventions followed: Chicago Manual of Style 13.30 (re-opened marks at each paragraph of a
//! long quotation), 13.28 (quotations within quotations), New Hart's Rules 9 (British single
//! marks).

use stemma_model::Span;

/// A passage in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// With its marks.
    pub outer: Span,
    /// Without its marks.
    pub inner: Span,
    /// Single marks.
    pub single: bool,
    /// It stands inside another passage.
    pub nested: bool,
    /// No closing mark was found: it ends with its paragraph.
    pub unclosed: bool,
    /// It goes on from the passage before it, which its own paragraph's end cut.
    pub continues: bool,
}

/// The passages in quotation marks in `blocks` of `text`, in the order they open.
///
/// Blocks must lie on character boundaries, in order, apart. Linear.
#[must_use]
pub fn passages(text: &str, blocks: &[Span]) -> Vec<Passage> {
    let mut found: Vec<Passage> = Vec::new();
    for &block in blocks {
        let marks = marks(text, block);
        let open = found.last().copied().filter(|last| last.unclosed && !last.nested);
        let run_on = open.and_then(|open| run_on(text, block, &marks, open));
        let rest = run_on.map_or(0, |(_, rest)| rest);
        found.extend(run_on.map(|(passage, _)| passage));
        let mut here = pair(text, block, &marks[rest..]);
        if let (Some(open), None, Some(first)) = (open, run_on, here.first_mut()) {
            first.continues = first.outer.start == block.start && first.single == open.single;
        }
        found.extend(here);
    }
    found
}

/// The passages of `text` that nothing closes, neither in their own paragraph nor in the next, which
/// goes on from it: where their words end, the text does not show.
pub fn left_open<'p>(text: &str, passages: &'p [Passage]) -> impl Iterator<Item = &'p Passage> {
    let mut outer = passages.iter().filter(|passage| !passage.nested).peekable();
    std::iter::from_fn(move || {
        loop {
            let passage = outer.next()?;
            let adjoins = |next: &&Passage| {
                let between = text.get(passage.outer.end()..next.outer.start());
                between.is_some_and(|between| between.trim().is_empty())
            };
            let goes_on = outer.peek().is_some_and(|next| next.continues && adjoins(next));
            if passage.unclosed && !goes_on {
                return Some(passage);
            }
        }
    })
}

/// The end, in this block, of a passage that the block before left open without opening it again;
/// with the number of marks it uses up.
fn run_on(text: &str, block: Span, marks: &[Mark], open: Passage) -> Option<(Passage, usize)> {
    let single = |mark: &Mark| mark.family == Family::Single;
    let at = marks.iter().position(|mark| single(mark) == open.single)?;
    let mark = marks[at];
    let closing = mark.side == Side::Closes && !is_inches(text, mark, &marks[at + 1..]);
    let passage = Passage {
        outer: Span { start: block.start, end: mark.span.end },
        inner: Span { start: block.start, end: mark.span.start },
        single: open.single,
        nested: false,
        unclosed: false,
        continues: true,
    };
    (closing && !open.single && mark.span.start > block.start).then_some((passage, at + 1))
}

/// The mark characters of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// `"`, curly, typewriter.
    Double,
    /// `„ “`.
    Low,
    /// `« »`.
    Angle,
    /// `'` and curly, `‹ ›`.
    Single,
}

/// How a mark can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    span: Span,
    family: Family,
    side: Side,
}

/// Every mark of a block that is not an apostrophe or inches.
fn marks(text: &str, block: Span) -> Vec<Mark> {
    let inside = block.of_text(text);
    let mut marks = Vec::new();
    let mut before = None;
    let mut characters = inside.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let doubled = matches!(character, '\'' | '`')
            && characters.next_if(|&(_, next)| next == character).is_some();
        let after = characters.peek().map(|&(_, next)| next);
        let length = if doubled { 2 } else { character.len_utf8() };
        let start = block.start() + at;
        let context = Context { before, after, rest: &inside[at + length..] };
        if let Some((family, side)) = read(character, doubled, context) {
            marks.push(Mark { span: Span::new(start, start + length), family, side });
        }
        before = Some(character);
    }
    marks
}

/// What stands around a mark.
#[derive(Clone, Copy)]
struct Context<'t> {
    before: Option<char>,
    after: Option<char>,
    rest: &'t str,
}

impl Context<'_> {
    /// A mark here can open: nothing, white space or an opening bracket or dash before it.
    fn can_open(self) -> bool {
        let free = |c: char| c.is_whitespace() || "([{—–-/‘“„«\"'…:;,".contains(c);
        self.before.is_none_or(free) && self.after.is_some_and(|c| !c.is_whitespace())
    }

    /// A mark here can close: something other than white space before it, no letter after it.
    fn can_close(self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
            && !self.after.is_some_and(char::is_alphanumeric)
    }

    fn glued(self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
            && self.after.is_some_and(char::is_alphanumeric)
    }

    fn sides(self) -> Side {
        match (self.can_open(), self.can_close()) {
            (true, false) => Side::Opens,
            (false, true) => Side::Closes,
            _ => Side::Either,
        }
    }
}

fn read(character: char, doubled: bool, context: Context<'_>) -> Option<(Family, Side)> {
    Some(match character {
        '`' if doubled => (Family::Double, Side::Opens),
        '\'' if doubled => (Family::Double, Side::Closes),
        '"' | '＂' => (Family::Double, context.sides()),
        '“' | '‟' if context.can_open() || !context.can_close() => {
            (Family::Double, Side::Opens)
        }
        '“' | '‟' => (Family::Double, Side::Closes),
        '”' if context.can_open() && !context.can_close() => (Family::Double, Side::Either),
        '”' => (Family::Double, Side::Closes),
        '„' => (Family::Low, Side::Opens),
        '«' | '»' => (Family::Angle, angle_side(character, context)),
        '‹' => (Family::Single, Side::Opens),
        '›' => (Family::Single, Side::Closes),
        '‘' | '‚' if context.can_open() && !is_elision(context.rest) => {
            (Family::Single, Side::Opens)
        }
        '\'' | '’' | '‘' => (Family::Single, single_side(character, context)?),
        _ => return None,
    })
}

/// French marks may stand off by a space: `« ainsi »`; German ones point inwards: `»so«`.
fn angle_side(character: char, context: Context<'_>) -> Side {
    let spaced = context.before.is_some_and(char::is_whitespace)
        && context.after.is_some_and(char::is_whitespace);
    match context.sides() {
        Side::Either if character == '«' => Side::Opens,
        Side::Either => Side::Closes,
        _ if spaced && character == '«' => Side::Opens,
        _ if spaced => Side::Closes,
        side => side,
    }
}

/// A single mark that is no apostrophe: only `'` opens by its place alone; `’` only closes.
fn single_side(character: char, context: Context<'_>) -> Option<Side> {
    if character == '\'' && context.can_open() && !context.can_close() {
        return (!is_elision(context.rest)).then_some(Side::Opens);
    }
    (context.can_close() && !context.glued()).then_some(Side::Closes)
}

/// Words that an apostrophe opens: `’tis`, `’em`, `’90s` (New Hart's Rules 4.3.2).
fn is_elision(rest: &str) -> bool {
    const ELISIONS: [&str; 14] = [
        "tis", "twas", "twere", "em", "n", "til", "till", "cause", "cos", "cuz", "bout", "round",
        "neath", "ere",
    ];
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    word.starts_with(|c: char| c.is_ascii_digit())
        || ELISIONS.iter().any(|elision| word.eq_ignore_ascii_case(elision))
}

/// Pairs the marks of one block: a stack, with at most one open passage of each family.
fn pair(text: &str, block: Span, marks: &[Mark]) -> Vec<Passage> {
    let mut done: Vec<Passage> = Vec::new();
    let mut stack: Vec<Mark> = Vec::new();
    for (i, &mark) in marks.iter().enumerate() {
        let open = stack.iter().rposition(|open| closes(*open, mark));
        match (mark.side, open) {
            (Side::Closes | Side::Either, Some(at)) if !is_inches(text, mark, &marks[i + 1..]) => {
                if mark.family == Family::Single && is_possessive(text, mark, &marks[i + 1..]) {
                    continue;
                }
                let opening = stack[at];
                stack.truncate(at);
                done.push(passage(opening, Some(mark), block, &stack));
            }
            (Side::Opens | Side::Either, None) if opens(text, mark) => stack.push(mark),
            // `“We go. “He said`: an opening mark inside an open passage of its family starts anew.
            (Side::Opens, Some(at)) if mark.family != Family::Single => {
                let opening = stack[at];
                let unfinished = passage(opening, None, before(block, mark), &stack[..at]);
                stack.truncate(at);
                stack.push(mark);
                done.push(unfinished);
            }
            _ => {}
        }
    }
    // A single mark that nothing closes was an apostrophe.
    stack.retain(|mark| mark.family != Family::Single);
    for at in (0..stack.len()).rev() {
        done.push(passage(stack[at], None, block, &stack[..at]));
    }
    done.retain(|passage| !passage.inner.trimmed(text).is_empty());
    done.sort_unstable_by_key(|passage| {
        (passage.outer.start, std::cmp::Reverse(passage.outer.end))
    });
    done
}

/// Whether `mark` can end what `open` opened: `„` is ended by any double mark.
fn closes(open: Mark, mark: Mark) -> bool {
    let family = match mark.family {
        Family::Double => matches!(open.family, Family::Double | Family::Low),
        family => family == open.family,
    };
    family && open.span != mark.span
}

/// Whether a mark that could open does: `12"` does not.
fn opens(text: &str, mark: Mark) -> bool {
    mark.side == Side::Opens || !text[..mark.span.start()].ends_with(|c: char| c.is_ascii_digit())
}

/// `5" pipe` inside a passage: digits before, a lower-case word after, and the next mark of the
/// family closes.
fn is_inches(text: &str, mark: Mark, later: &[Mark]) -> bool {
    let (before, after) = (&text[..mark.span.start()], &text[mark.span.end()..]);
    let digit = before.ends_with(|c: char| c.is_ascii_digit());
    let word =
        after.strip_prefix([' ', '-']).is_some_and(|rest| rest.starts_with(char::is_lowercase));
    let next = later.iter().find(|other| other.family == mark.family);
    mark.family == Family::Double
        && &text[mark.span.range()] == "\""
        && digit
        && word
        && next.is_some_and(|next| next.side == Side::Closes)
}

/// `the allies’ talks’`: a plural's apostrophe, when a later mark can close as well.
fn is_possessive(text: &str, mark: Mark, later: &[Mark]) -> bool {
    let plural = text[..mark.span.start()].ends_with('s');
    let word = text[mark.span.end()..].trim_start_matches(' ').starts_with(char::is_lowercase);
    let next = later.iter().find(|other| other.family == Family::Single);
    plural && word && next.is_some_and(|next| next.side == Side::Closes)
}

fn before(block: Span, mark: Mark) -> Span {
    Span { start: block.start, end: mark.span.start }
}

fn passage(open: Mark, close: Option<Mark>, block: Span, around: &[Mark]) -> Passage {
    let end = close.map_or(block.end, |mark| mark.span.start);
    Passage {
        outer: Span { start: open.span.start, end: close.map_or(block.end, |mark| mark.span.end) },
        inner: Span { start: open.span.end, end: end.max(open.span.end) },
        single: open.family == Family::Single,
        nested: !around.is_empty(),
        unclosed: close.is_none(),
        continues: false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use stemma_text::paragraphs;

    use super::*;

    /// Checks the passages of `marked`, in which `⟦` and `⟧` stand around each.
    fn check(marked: &str) {
        let text: String = marked.chars().filter(|c| !"⟦⟧".contains(*c)).collect();
        let mut found = text.clone();
        let mut edges: Vec<(usize, char)> = passages(&text, &paragraphs(&text))
            .iter()
            .flat_map(|passage| [(passage.outer.start(), '⟦'), (passage.outer.end(), '⟧')])
            .collect();
        edges.sort_by_key(|&(at, edge)| (at, edge == '⟦'));
        edges.iter().rev().for_each(|&(at, edge)| found.insert(at, edge));
        assert_eq!(found, marked);
    }

    #[test]
    fn families_of_marks() {
        check(
            "⟦“We will appeal,”⟧ Ms. Lee said. ⟦\"Soon.\"⟧ ⟦«Oui»⟧ ⟦« non »⟧ ⟦„Ja“⟧ ⟦„Nu”⟧ ⟦``Yes''⟧",
        );
        check("He said: ⟦‘We can’t go.’⟧ She said ⟦'it isn't so'⟧.");
    }

    #[test]
    fn apostrophes_elisions_and_inches() {
        check("The allies’ plan didn’t win in the ’90s, ’tis said, nor the boys' plan.");
        check("A 12\" pipe and a 6'2\" man. ⟦“A 5\" pipe,”⟧ he said.");
        check("⟦\"We use a 5\" pipe here,\"⟧ he said. ⟦\"We won in 2012\"⟧ he added.");
        check("⟦‘The unions’ demands are met,’⟧ he said.");
    }

    #[test]
    fn nesting() {
        check("⟦“He told me ⟦‘go home’⟧ twice,”⟧ she said.");
        check("⟦‘He told me ⟦“go home”⟧ twice,’⟧ she said.");
        check("⟦“A first ⟧⟦“second”⟧ one");
    }

    #[test]
    fn paragraphs_of_one_speech() {
        check("⟦“First.⟧\n⟦“Second.⟧\n⟦“Third,”⟧ he said.");
        check("⟦\"First.⟧\n⟦Second,\"⟧ he said. ⟦\"Third.\"⟧");
        let found = passages("“A b.\n“C d,” x.", &[Span::new(0, 7), Span::new(8, 21)]);
        assert!(found[0].unclosed && !found[0].continues);
        assert!(found[1].continues && !found[1].unclosed);
    }

    #[test]
    fn what_nothing_closes_is_left_open() {
        let open = |text: &str| -> Vec<String> {
            let passages = passages(text, &paragraphs(text));
            left_open(text, &passages)
                .map(|passage| passage.outer.of_text(text).to_owned())
                .collect()
        };
        assert_eq!(open("“First.\n“Second.\n“Third,” he said."), [""; 0]);
        assert_eq!(open("\"First.\nSecond,\" he said."), [""; 0]);
        assert_eq!(open("“Never closed.\nHe left.\n“Closed,” she said."), ["“Never closed."]);
        assert_eq!(open("“One.\n“Two.\nHe left."), ["“Two."]);
    }

    #[test]
    fn a_bad_mark_costs_its_own_paragraph() {
        check("⟦“Never closed.⟧\nHe left.\n⟦“Closed,”⟧ she said.");
        check("Closed only.” He left.\n⟦“Closed,”⟧ she said.");
        check("⟦“Security.”⟧Finland joined. ⟦\"Security.\"⟧Finland joined.");
    }

    proptest! {
        #[test]
        fn passages_are_well_formed(text in "(?s)([a-z“”\"'‘’„«» .,\n]|.){0,120}") {
            let blocks = paragraphs(&text);
            let found = passages(&text, &blocks);
            for passage in &found {
                prop_assert!(text.get(passage.outer.range()).is_some());
                prop_assert!(text.get(passage.inner.range()).is_some());
                prop_assert!(passage.outer.covers(passage.inner));
                prop_assert!(blocks.iter().any(|block| block.covers(passage.outer)));
            }
            for (a, b) in found.iter().zip(found.iter().skip(1)) {
                prop_assert!(a.outer.start <= b.outer.start);
            }
        }

        #[test]
        fn a_quotation_in_plain_words_is_found(inside in "[A-Z][a-z]{1,8}( [a-z]{1,8}){0,12}[.,?!]") {
            for (open, close) in [("“", "”"), ("\"", "\""), ("«", "»"), ("„", "“"), ("‘", "’"), ("'", "'")] {
                // Before `Till` or `Em` a single mark is an apostrophe.
                if matches!(open, "'" | "‘") && is_elision(&inside) {
                    continue;
                }
                let text = format!("She said: {open}{inside}{close} Then she left.");
                let found = passages(&text, &paragraphs(&text));
                prop_assert_eq!(found.len(), 1);
                prop_assert_eq!(found[0].inner.of_text(&text), inside.as_str());
            }
        }
    }
}
