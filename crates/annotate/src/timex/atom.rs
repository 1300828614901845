//! The smallest pieces that time expressions and figures are made of.
//!
//! These are not the tokens of `english`: a grammar of dates wants `Oct2`, `9–11` and `1980s` in
//! their parts whatever a tokenizer makes of them. An [`Atom`] is a run of letters, a run of ASCII
//! digits, or one other character that is not white space.

use stemma_model::Span;

use super::lexicon::{Entry, Lexicon};

/// One piece of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// What the lexicon knows of it.
    pub entry: &'static Entry,
    /// Nothing stands between it and the atom before it.
    pub glued: bool,
    /// A line ends between the atom before it and this one.
    pub breaks: bool,
}

/// Sorts of atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of letters.
    Word,
    /// A run of digits: its value, capped, and how many digits.
    Number(u32, u8),
    /// Any other character.
    Mark(char),
}

/// A text in atoms.
#[derive(Debug)]
pub(crate) struct Page<'t> {
    pub text: &'t str,
    pub atoms: Vec<Atom>,
    /// Whether the text is a note rather than a report: then the shorthand of calendars is read
    /// as dates (`4/22`, `the 27`, `3h`), which in a report are scores, ranks and measures.
    pub note: bool,
}

/// The most atoms a note has: about two sentences. Chosen so that the shortest reports of TimeML
/// (48 atoms) lie above it and all but six of the 1,530 Recognizers-Text inputs below.
const NOTE_ATOMS: usize = 40;

impl<'t> Page<'t> {
    /// The atoms of `text`, in time linear in its length.
    pub fn of(text: &'t str) -> Self {
        let lexicon = Lexicon::get();
        let mut atoms = Vec::with_capacity(text.len() / 5);
        let mut end = 0;
        let mut characters = text.char_indices().peekable();
        while let Some((start, character)) = characters.next() {
            if character.is_whitespace() {
                continue;
            }
            let mut stop = start + character.len_utf8();
            let class = Class::of(character);
            while class != Class::Mark
                && let Some((at, next)) = characters.next_if(|&(_, c)| Class::of(c) == class)
            {
                stop = at + next.len_utf8();
            }
            let gap = &text[end..start];
            atoms.push(Atom {
                span: Span::new(start, stop),
                kind: class.kind(character, &text[start..stop]),
                entry: match class {
                    Class::Word => lexicon.entry(&text[start..stop]),
                    _ => Entry::none(),
                },
                glued: gap.is_empty() && start > 0,
                breaks: gap.contains('\n'),
            });
            end = stop;
        }
        Self { text, atoms, note: false }
    }

    /// The same page, read as a note if it is short enough to be one.
    pub fn or_note(self) -> Self {
        Self { note: self.atoms.len() <= NOTE_ATOMS, ..self }
    }

    /// A cursor at atom `at`.
    pub fn cursor(&self, at: usize) -> Cursor<'_> {
        Cursor { page: self, at }
    }

    /// The span from atom `from` up to but without atom `to`.
    pub fn span(&self, from: usize, to: usize) -> Span {
        self.atoms[from].span.hull(self.atoms[to - 1].span)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Word,
    Digits,
    Mark,
}

impl Class {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digits,
            _ if character.is_alphabetic() => Self::Word,
            _ => Self::Mark,
        }
    }

    fn kind(self, first: char, text: &str) -> Kind {
        match self {
            Self::Word => Kind::Word,
            Self::Digits => Kind::Number(
                text.parse().unwrap_or(u32::MAX),
                u8::try_from(text.len()).unwrap_or(u8::MAX),
            ),
            Self::Mark => Kind::Mark(first),
        }
    }
}

/// A place between atoms, from which grammar reads forward.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'p> {
    pub page: &'p Page<'p>,
    pub at: usize,
}

impl<'p> Cursor<'p> {
    /// The atom here.
    pub fn atom(self) -> Option<&'p Atom> {
        self.page.atoms.get(self.at)
    }

    /// The place after the atom here.
    pub fn next(self) -> Self {
        Self { at: self.at + 1, ..self }
    }

    /// The place before the atom before, if there is one.
    pub fn back(self) -> Option<Self> {
        self.at.checked_sub(1).map(|at| Self { at, ..self })
    }

    /// What the lexicon knows of the word here.
    pub fn entry(self) -> &'static Entry {
        self.atom().map_or(Entry::none(), |atom| atom.entry)
    }

    /// The word here; empty for anything else.
    pub fn word(self) -> &'p str {
        match self.atom() {
            Some(Atom { kind: Kind::Word, span, .. }) => span.of_text(self.page.text),
            _ => "",
        }
    }

    /// Whether this word stands here, in any case.
    pub fn is(self, word: &str) -> bool {
        self.word().eq_ignore_ascii_case(word)
    }

    /// Whether one of these words stands here.
    pub fn any(self, words: &[&str]) -> bool {
        let here = self.word();
        !here.is_empty() && words.iter().any(|word| here.eq_ignore_ascii_case(word))
    }

    /// Past this word.
    pub fn eat(self, word: &str) -> Option<Self> {
        self.is(word).then(|| self.next())
    }

    /// Past one of these words.
    pub fn eat_any(self, words: &[&str]) -> Option<Self> {
        self.any(words).then(|| self.next())
    }

    /// Past these words in a row, given as one string.
    pub fn eat_all(self, words: &str) -> Option<Self> {
        words.split(' ').try_fold(self, |cursor, word| cursor.eat(word))
    }

    /// Past this word, if it is here.
    pub fn skip(self, word: &str) -> Self {
        self.eat(word).unwrap_or(self)
    }

    /// Past this mark.
    pub fn eat_mark(self, mark: char) -> Option<Self> {
        (self.mark() == Some(mark)).then(|| self.next())
    }

    /// Past this mark, if it is here.
    pub fn skip_mark(self, mark: char) -> Self {
        self.eat_mark(mark).unwrap_or(self)
    }

    /// The mark here.
    pub fn mark(self) -> Option<char> {
        match self.atom()?.kind {
            Kind::Mark(mark) => Some(mark),
            _ => None,
        }
    }

    /// Past a hyphen that touches both neighbours.
    pub fn eat_hyphen(self) -> Option<Self> {
        let hyphen = matches!(self.mark()?, '-' | '‐' | '‑') && self.glued();
        (hyphen && self.next().glued()).then(|| self.next())
    }

    /// Past such a hyphen, if it is here.
    pub fn skip_hyphen(self) -> Self {
        self.eat_hyphen().unwrap_or(self)
    }

    /// Past a hyphen or dash, spaced or not; two hyphens count as one dash.
    pub fn eat_dash(self) -> Option<Self> {
        let dash = matches!(self.mark()?, '-' | '‐' | '‑' | '–' | '—' | '−');
        dash.then(|| self.next().skip_mark('-'))
    }

    /// Past the digits here: their value and how many.
    pub fn eat_digits(self) -> Option<(u32, u8, Self)> {
        match self.atom()?.kind {
            Kind::Number(value, digits) => Some((value, digits, self.next())),
            _ => None,
        }
    }

    /// Past an apostrophe, straight or curly, with an `s`.
    pub fn eat_genitive(self) -> Option<Self> {
        let after = self.eat_apostrophe()?;
        match after.is("s") && after.glued() {
            true => Some(after.next()),
            false => None,
        }
    }

    /// Past an apostrophe, straight or curly.
    pub fn eat_apostrophe(self) -> Option<Self> {
        matches!(self.mark()?, '\'' | '’' | '‘').then(|| self.next())
    }

    /// Whether nothing stands between the atom here and the one before.
    pub fn glued(self) -> bool {
        self.atom().is_some_and(|atom| atom.glued)
    }

    /// Whether the word here starts with a capital.
    pub fn capital(self) -> bool {
        self.word().starts_with(|first: char| first.is_uppercase())
    }

    /// Whether a line or the text starts here.
    pub fn starts_line(self) -> bool {
        self.at == 0 || self.atom().is_none_or(|atom| atom.breaks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atoms_are_words_digits_and_marks() {
        let page = Page::of("Oct2 9–11, 1980s’ é");
        let parts: Vec<_> =
            page.atoms.iter().map(|atom| (atom.span.of_text(page.text), atom.glued)).collect();
        let expected = [
            ("Oct", false),
            ("2", true),
            ("9", false),
            ("–", true),
            ("11", true),
            (",", true),
            ("1980", false),
            ("s", true),
            ("’", true),
            ("é", false),
        ];
        assert_eq!(parts, expected);
    }
}
