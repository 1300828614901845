//! Whether the clause around an expression looks back or forward.
//!
//! The verb that governs the expression tells: its tense, its auxiliaries, and verbs above it that
//! point forward (`plans to`, `is scheduled for`). Where there is no parse, the words do.

use stemma_english::{Doc, Token};

/// Where a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Back.
    Past,
    /// Forward.
    Future,
    /// It does not tell.
    Unknown,
}

/// Words that say that what follows is to come.
const AHEAD: [&str; 26] = [
    "plan", "expect", "schedule", "intend", "due", "set", "slate", "hope", "prepare", "await",
    "upcoming", "effective", "payable", "until", "till", "deadline", "expire", "redeem", "mature",
    "promise", "aim", "pending", "forecast", "project", "propose", "anticipate",
];

/// The longest way up the parse that is followed: clauses farther off say nothing.
const REACH: usize = 6;

/// Where the clause around the bytes from `start` looks.
pub(crate) fn direction(doc: &Doc, start: usize) -> Direction {
    let Some(token) = doc.token_at(start) else { return Direction::Unknown };
    if token.pos().is_empty() {
        return by_words(doc, token);
    }
    std::iter::once(token)
        .chain(token.ancestors())
        .take(REACH)
        .find_map(of_word)
        .unwrap_or(Direction::Unknown)
}

/// Where a word makes its clause look; `None` when the clause goes on above it.
fn of_word(token: Token<'_>) -> Option<Direction> {
    let ahead = AHEAD.contains(&token.lemma());
    if !matches!(token.pos(), "VERB" | "AUX") {
        return ahead.then_some(Direction::Future);
    }
    if token.children().any(is_will) || ahead && token.tag() != "VBD" {
        return Some(Direction::Future);
    }
    match token.tag() {
        "VBD" if !ahead => Some(Direction::Past),
        "VBN" => Some(Direction::Past),
        "VBG" => None,
        "VB" if token.children().any(|child| child.dep() == "aux" && child.lower() == "to") => {
            Some(infinitive(token))
        }
        _ => Some(Direction::Unknown),
    }
}

/// `to join` under `expected` looks forward, under `managed` back.
fn infinitive(token: Token<'_>) -> Direction {
    match token.head().tag() {
        "VBD" if !AHEAD.contains(&token.head().lemma()) && token.dep() != "advcl" => Direction::Past,
        _ => Direction::Future,
    }
}

fn is_will(token: Token<'_>) -> bool {
    matches!(token.lower(), "will" | "'ll" | "’ll" | "shall" | "may" | "can" | "might" | "wo" | "must" | "should")
        && matches!(token.dep(), "aux" | "auxpass")
}

/// Without a parse: a word that points forward earlier in the same sentence.
fn by_words(doc: &Doc, token: Token<'_>) -> Direction {
    const WINDOW: usize = 12;
    let from = token.i().saturating_sub(WINDOW);
    let before = doc.tokens_in(from..token.i());
    let clause: Vec<Token<'_>> =
        before.rev().take_while(|word| !matches!(word.text(), "." | ";" | "!" | "?")).collect();
    let ahead = clause.iter().any(|word| {
        matches!(word.lower(), "will" | "'ll" | "’ll" | "expected" | "scheduled" | "due" | "until" | "upcoming" | "plans" | "planned")
    });
    if ahead { Direction::Future } else { Direction::Unknown }
}
