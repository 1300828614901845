//! Token ranges of clauses, and how they become spans that a careful reader would mark.

use std::ops::Range;

use stemma_english::Token;
use stemma_model::Span;

use super::lexicon::{Class, LEXICON};
use crate::Sheet;
use crate::quote::place::ByPlace;

/// A sheet with its quotations: what every rule reads.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) sheet: Sheet<'a>,
    pub(super) quotes: &'a ByPlace<'a>,
    /// Where each sentence starts, in tokens.
    pub(super) sentences: &'a [usize],
}

/// A clause has at least this many tokens before an aside is taken off it: subject and verb.
const MIN_CLAUSE: usize = 2;

/// Most tokens a clause may climb through: keeps hostile parses linear.
const MAX_CLIMB: usize = 64;

impl<'a> Scope<'a> {
    /// The token at `i`.
    pub(super) fn token(self, i: usize) -> Token<'a> {
        self.sheet.doc.token(i)
    }

    /// The token range of the sentence of `i`.
    pub(super) fn sentence(self, i: usize) -> Range<usize> {
        let next = self.sentences.partition_point(|&start| start <= i);
        let start = next.checked_sub(1).map_or(0, |at| self.sentences[at]);
        start..self.sentences.get(next).copied().unwrap_or(self.sheet.doc.len())
    }

    /// The subtree of `token` as a range inside its sentence.
    pub(super) fn subtree(self, token: Token<'a>) -> Range<usize> {
        token.left_edge().i()..token.right_edge().i() + 1
    }

    /// The span of `range` without punctuation, brackets and marks that have no partner inside,
    /// and introductory words at its ends; `None` when nothing is left.
    pub(super) fn span(self, range: Range<usize>) -> Option<Span> {
        let range = self.without_speaker(self.without_introduction(range));
        let range = self.without_tail(self.without_aside(range));
        if range.is_empty() {
            return None;
        }
        let span = trim_marks(self.sheet.text(), self.sheet.span(range));
        (!span.is_empty()).then_some(span)
    }

    /// `range` without the conjunctions, conjuncts and commas that open it.
    pub(super) fn without_introduction(self, mut range: Range<usize>) -> Range<usize> {
        loop {
            while !range.is_empty() && self.is_loose(range.start) {
                range.start += 1;
            }
            let Some(length) = self.introduction(&range) else { return range };
            range.start += length;
        }
    }

    /// `range` without a speaker at its end whom the parse took for an apposition of the last noun:
    /// "join NATO, the secretary general, Ms. Lee," before a "said" that has no subject.
    fn without_speaker(self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            return range;
        }
        let sentence = self.sentence(range.start);
        let next = (range.end..sentence.end).map(|i| self.token(i)).find(|token| !is_mark(*token));
        let bare = next.is_some_and(|verb| {
            LEXICON.has(Class::Embedding, verb.lemma())
                && matches!(verb.tag(), "VBD" | "VBZ" | "VBP")
                && child(verb, &["nsubj", "nsubjpass"]).is_none()
        });
        let speaker = range.clone().find(|&i| {
            let after = i + 1;
            self.token(i).text() == ","
                && range.contains(&after)
                && range.clone().skip(after - range.start).any(|at| {
                    let token = self.token(at);
                    token.dep() == "appos" && token.left_edge().i() == after
                })
        });
        match speaker {
            Some(comma) if bare => range.start..comma,
            _ => range,
        }
    }

    /// `range` without an aside at its end that adds to the clause before: ", which worried them".
    fn without_aside(self, range: Range<usize>) -> Range<usize> {
        let aside = range.clone().skip(MIN_CLAUSE).find(|&i| {
            self.token(i).text() == ","
                && i + 1 < range.end
                && self.token(i + 1).lower() == "which"
                && self.token(i + 1).tag() == "WDT"
                && self.closes(i + 1, range.end)
        });
        range.start..aside.unwrap_or(range.end)
    }

    /// Whether the relative clause that opens at `i` runs to `end`: no comma closes it before a
    /// finite verb that goes on with the main clause.
    fn closes(self, i: usize, end: usize) -> bool {
        let finite = |at: usize| matches!(self.token(at).tag(), "VBZ" | "VBP" | "VBD" | "MD");
        let own = (i..end).find(|&at| finite(at)).unwrap_or(end);
        let comma = (own..end).find(|&at| self.token(at).text() == ",").unwrap_or(end);
        !(comma + 1 < end && (comma + 1..end.min(comma + 4)).any(finite))
    }

    /// `range` without a conjunction that only leads on to the next clause: "the talks fail – and".
    fn without_tail(self, mut range: Range<usize>) -> Range<usize> {
        let trailing = |i: usize| is_mark(self.token(i)) || self.token(i).dep() == "cc";
        let last = range.clone().rev().find(|&i| !is_mark(self.token(i)));
        if last.is_some_and(|i| self.token(i).dep() == "cc") {
            while !range.is_empty() && trailing(range.end - 1) {
                range.end -= 1;
            }
        }
        range
    }

    /// Whether the token at `i` is punctuation that opens nothing.
    fn is_loose(self, i: usize) -> bool {
        let token = self.token(i);
        is_mark(token) && !matches!(token.text(), "[" | "(" | "“" | "‘" | "\"")
    }

    /// How many tokens of an introductory phrase `range` opens with.
    fn introduction(self, range: &Range<usize>) -> Option<usize> {
        if range.is_empty() {
            return None;
        }
        let first = self.token(range.start);
        let entry = LEXICON.entries(Class::Discourse).iter().find(|entry| {
            entry.words.len() < range.len() && self.words_at(range.start, &entry.words)
        })?;
        // "that is why", "so many", "which passed": the word is part of the clause.
        let argument =
            matches!(first.dep(), "nsubj" | "nsubjpass" | "det" | "dobj" | "pobj" | "advmod")
                && matches!(
                    first.lower(),
                    "that" | "which" | "so" | "no" | "only" | "even" | "now"
                );
        (!argument).then_some(entry.words.len())
    }

    /// Whether the tokens from `i` read `words`, ignoring case.
    pub(super) fn words_at(self, i: usize, words: &[String]) -> bool {
        i + words.len() <= self.sheet.doc.len()
            && words.iter().enumerate().all(|(k, word)| reads(self.token(i + k).lower(), word))
    }

    /// Cuts `range` where a quotation that holds token `i` ends, so that no clause runs out of
    /// the words it is attributed in.
    pub(super) fn inside_quote(self, i: usize, range: Range<usize>) -> Range<usize> {
        let Some(inside) = self.quoted(i) else { return range };
        let cut = range.start.max(inside.start)..range.end.min(inside.end);
        if cut.is_empty() { range } else { cut }
    }

    /// The tokens of the smallest quotation around token `i`.
    pub(super) fn quoted(self, i: usize) -> Option<Range<usize>> {
        let at = self.token(i).start();
        self.quotes
            .touching(self.sheet.span(i..i + 1))
            .flat_map(|quote| &quote.content)
            .filter(|part| part.contains(at))
            .min_by_key(|part| part.len())
            .map(|part| self.sheet.tokens(*part))
    }

    /// The nearest clause head above `token`, itself included.
    pub(super) fn clause_of(self, token: Token<'a>) -> Token<'a> {
        std::iter::once(token)
            .chain(token.ancestors().take(MAX_CLIMB))
            .find(|&t| is_verbal(t))
            .unwrap_or(token)
    }
}

/// Whether `text` reads `word`, which has a straight apostrophe if any.
fn reads(text: &str, word: &str) -> bool {
    text == word || text.contains('’') && text.replace('’', "'") == word
}

/// Whether a token heads a clause: a verb or auxiliary that is not an auxiliary of another.
pub(super) fn is_verbal(token: Token<'_>) -> bool {
    matches!(token.pos(), "VERB" | "AUX") && !matches!(token.dep(), "aux" | "auxpass" | "amod")
}

/// Whether a token carries a tense or a modal by itself: "goes", "will".
pub(super) fn is_tensed(token: Token<'_>) -> bool {
    matches!(token.tag(), "VBZ" | "VBP" | "VBD" | "MD")
}

/// Whether a token is punctuation or white space.
pub(super) fn is_mark(token: Token<'_>) -> bool {
    token.is_punct() || token.is_space() || token.pos() == "PUNCT"
}

/// The direct child of `token` with one of `deps`.
pub(super) fn child<'a>(token: Token<'a>, deps: &[&str]) -> Option<Token<'a>> {
    token.children().find(|child| deps.contains(&child.dep()))
}

/// Whether the clause of `head` is denied.
pub(super) fn is_negated(head: Token<'_>) -> bool {
    let no = |token: Token<'_>| {
        matches!(
            token.lower(),
            "no" | "neither" | "nobody" | "none" | "nothing" | "never" | "hardly"
        )
    };
    head.children().any(|child| {
        child.dep() == "neg"
            || no(child)
            || matches!(child.dep(), "nsubj" | "nsubjpass" | "attr" | "dobj")
                && child.children().any(|inner| inner.dep() == "det" && no(inner))
    })
}

/// A date, a number or a length of time.
pub(super) fn is_time(token: Token<'_>) -> bool {
    matches!(token.ent_type(), "DATE" | "TIME" | "CARDINAL" | "ORDINAL")
        || token.like_num()
        || token.pos() == "NUM"
        || matches!(
            token.lemma(),
            "year" | "month" | "week" | "day" | "hour" | "minute" | "decade" | "time" | "while"
        )
}

/// The modal or future auxiliary of the clause of `head`, in its full form.
pub(super) fn modal(head: Token<'_>) -> Option<&'static str> {
    let of = |token: Token<'_>| {
        Some(match token.lower() {
            "will" | "'ll" | "’ll" | "wo" => "will",
            "would" | "'d" | "’d" if token.tag() == "MD" => "would",
            "can" | "ca" => "can",
            "could" => "could",
            "should" => "should",
            "must" => "must",
            "may" => "may",
            "might" => "might",
            "shall" => "shall",
            _ => return None,
        })
    };
    head.children()
        .filter(|child| matches!(child.dep(), "aux" | "auxpass"))
        .find_map(of)
        .or_else(|| (head.tag() == "MD").then(|| of(head)).flatten())
        .or_else(|| semi_modal(head))
}

/// "need to", "have to", "is going to", on the clause of `head` or the verb above it.
fn semi_modal(head: Token<'_>) -> Option<&'static str> {
    let of = |verb: Token<'_>| match verb.lemma() {
        "need" => Some("need"),
        "have" => Some("have to"),
        "go" if verb.tag() == "VBG" => Some("be going to"),
        _ => None,
    };
    let above = || (head.dep() == "xcomp").then(|| of(head.head())).flatten();
    let below = || child(head, &["xcomp"]).and_then(|_| of(head));
    above().or_else(below)
}

/// Whether the finite verb of the clause of `head` is in the simple past without a modal.
pub(super) fn is_past(head: Token<'_>) -> bool {
    let finite =
        head.children().find(|child| matches!(child.dep(), "aux" | "auxpass")).unwrap_or(head);
    finite.tag() == "VBD" && modal(head).is_none()
}

/// The first finite-looking tag of the clause: whether it is present tense.
pub(super) fn is_present(head: Token<'_>) -> bool {
    let mut verbs = head
        .children()
        .filter(|child| matches!(child.dep(), "aux" | "auxpass"))
        .chain(std::iter::once(head));
    verbs.any(|verb| matches!(verb.tag(), "VBZ" | "VBP"))
}

/// `span` without white space, separators and unpaired brackets or quotation marks at its ends.
pub(super) fn trim_marks(text: &str, span: Span) -> Span {
    let mut span = span.trimmed(text);
    loop {
        let inside = span.of_text(text);
        let first = inside.chars().next().filter(|&c| loose_at_start(inside, c));
        let last = inside.chars().next_back().filter(|&c| loose_at_end(inside, c));
        let (from, to) = (first.map_or(0, char::len_utf8), last.map_or(0, char::len_utf8));
        if from + to == 0 || inside.len() < from + to {
            return span;
        }
        span = Span::new(span.start() + from, span.end() - to).trimmed(text);
    }
}

fn loose_at_start(inside: &str, c: char) -> bool {
    match c {
        '“' => !inside.contains('”'),
        '‘' => !inside.contains('’'),
        '(' => !inside.contains(')'),
        '[' => !inside.contains(']'),
        '"' => inside.matches('"').count() % 2 == 1,
        '$' | '#' | '@' | '£' | '€' | '&' | '+' => false,
        _ => !c.is_alphanumeric(),
    }
}

fn loose_at_end(inside: &str, c: char) -> bool {
    match c {
        '”' => !inside.contains('“'),
        ')' => !inside.contains('('),
        ']' => !inside.contains('['),
        '"' => inside.matches('"').count() % 2 == 1,
        '%' => false,
        // "the U.S." keeps its stop; "S.–" does not.
        '.' => !ends_in_abbreviation(inside),
        '’' => !inside.contains('‘') && !inside.ends_with("s’"),
        _ => !c.is_alphanumeric(),
    }
}

/// Whether the text ends in a dotted abbreviation such as `U.S.`.
fn ends_in_abbreviation(inside: &str) -> bool {
    let word = inside.rsplit(char::is_whitespace).next().unwrap_or_default();
    word.chars().filter(|&c| c == '.').count() > 1 && word.chars().any(char::is_uppercase)
}
