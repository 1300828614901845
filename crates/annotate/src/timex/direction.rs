//! Whether the clause around an expression looks back or forward.
//!
//! The verb that governs the expression tells: its tense, its auxiliaries, and verbs above it that
//! point forward (`plans to`, `is scheduled for`). Where there is no parse, the words do.

use stemma_english::{Doc, Token};

use super::outlook::Outlook;

/// Where a clause looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Back.
    Past,
    /// Forward.
    Future,
    /// Forward from a past saying: `said it would`.
    Later,
    /// Told in the present.
    Present,
    /// It does not tell.
    Unknown,
}

impl Direction {
    /// Whether what is told lies ahead of the telling.
    pub fn is_ahead(self) -> bool {
        matches!(self, Self::Future | Self::Later)
    }
}

/// The longest way up the parse that is followed: clauses farther off say nothing.
const REACH: usize = 6;

/// The longest way up to a verb in the present that an expression dates: `they meet on Monday`.
const PRESENT_REACH: usize = 2;

/// Whether the expression at `start` hangs on a verb, with at most a preposition between: then the
/// verb's tense is the expression's, which it need not be inside a noun phrase (`was glad of an
/// invitation to a summit in July`).
pub(crate) fn is_direct(doc: &Doc, start: usize) -> bool {
    let Some(token) = doc.token_at(start) else { return false };
    let up = std::iter::once(token)
        .chain(token.ancestors())
        .skip_while(|up| is_within(*up))
        .find(|up| up.pos() != "ADP");
    up.is_some_and(|up| matches!(up.pos(), "VERB" | "AUX"))
}

/// Whether a token is part of a date: its month, day, weekday or the like.
fn is_within(token: Token<'_>) -> bool {
    matches!(token.ent_type(), "DATE" | "TIME") || token.pos() == "NUM"
}

/// Where the clause around the bytes from `start` looks.
pub(crate) fn direction(doc: &Doc, start: usize) -> Direction {
    let Some(token) = doc.token_at(start) else { return Direction::Unknown };
    if token.pos().is_empty() {
        return by_words(doc, token);
    }
    if let Some(direction) = by_preposition(token) {
        return direction;
    }
    let told = std::iter::once(token)
        .chain(token.ancestors())
        .take(REACH)
        .enumerate()
        .find_map(|(steps, up)| Some((steps, up, of_word(up)?)));
    told.map_or(Direction::Unknown, |(steps, verb, direction)| match direction {
        Direction::Present if steps > PRESENT_REACH || is_owner(token) => Direction::Unknown,
        Direction::Future | Direction::Later if is_owner(token) && is_subject(token, verb) => {
            Direction::Unknown
        }
        direction => direction,
    })
}

/// Whether a date owns what it dates, as in `Friday’s ruling`: what is known by its day has mostly
/// been, so that a verb in the present does not put it ahead.
fn is_owner(token: Token<'_>) -> bool {
    token.dep() == "poss" && token.children().any(|child| child.tag() == "POS")
}

/// Whether what a date owns is the subject of a verb: `Friday’s ruling will bind the port` tells
/// when it binds, not when the ruling was.
fn is_subject(owner: Token<'_>, verb: Token<'_>) -> bool {
    let owned = owner.head();
    matches!(owned.dep(), "nsubj" | "nsubjpass") && owned.head() == verb
}

/// `since` looks back; `by`, `until` and `as early as` look forward, unless what holds until then
/// is a past denial (`until Thursday they had not`) or came as early; the `by` of a doer (`helped
/// by Friday’s ruling`) says nothing.
fn by_preposition(token: Token<'_>) -> Option<Direction> {
    if let Some(adverb) = as_early_as(token) {
        return (!is_done(adverb.head())).then_some(Direction::Later);
    }
    let preposition = std::iter::once(token)
        .chain(token.ancestors())
        .take(4)
        .find(|up| matches!(up.lower(), "since" | "by" | "until" | "till") && up.tag() == "IN")
        .filter(|up| up.dep() != "agent")?;
    let inside = preposition.subtree().indices().contains(&token.i());
    let verb = preposition.head();
    match preposition.lower() {
        _ if !inside || verb == preposition => None,
        "since" => Some(Direction::Past),
        _ if is_past_denial(verb) => Some(Direction::Past),
        _ => Some(Direction::Later),
    }
}

/// `had not paid`, `did not pay`, against `will not pay`, `was not due`.
fn is_past_denial(verb: Token<'_>) -> bool {
    let child = |forms: &[&str]| verb.children().any(|child| forms.contains(&child.lower()));
    let past = verb.tag() == "VBD" || child(&["did", "was", "were", "has", "have", "'ve", "’ve"]);
    let denied = verb.children().any(|child| child.dep() == "neg");
    child(&["had"]) || denied && past && !Outlook::get().ahead.has(verb.lemma())
}

/// The adverb of `as early as` or `as soon as` before a date.
fn as_early_as(token: Token<'_>) -> Option<Token<'_>> {
    let up = std::iter::once(token).chain(token.ancestors()).take(3);
    let preposition = up.into_iter().find(|up| up.lower() == "as" && up.dep() == "prep")?;
    Some(preposition.head()).filter(|adverb| matches!(adverb.lower(), "early" | "soon"))
}

/// Where a word makes its clause look; `None` when the clause goes on above it.
fn of_word(token: Token<'_>) -> Option<Direction> {
    let ahead = Outlook::get().ahead.has(token.lemma()) && is_ahead(token);
    if !matches!(token.pos(), "VERB" | "AUX") {
        return ahead.then_some(Direction::Future);
    }
    let will = token.children().any(is_will) && !is_perfect(token);
    if will || ahead && token.tag() != "VBD" && !was_planned(token) {
        return Some(Direction::Future);
    }
    if token.children().any(is_would) {
        return Some(Direction::Later);
    }
    let to = token.children().any(|child| child.dep() == "aux" && child.lower() == "to");
    match token.tag() {
        "VBD" if !ahead => Some(Direction::Past),
        "VBD" if has_planned(token) => Some(Direction::Later),
        "VBN" if to => Some(infinitive(token)),
        "VBN" => Some(Direction::Past),
        "VBG" => progressive(token),
        "VBP" if Outlook::get().invariant.has(token.lemma()) => Some(Direction::Unknown),
        "VBZ" | "VBP" => Some(Direction::Present),
        "VB" if to => Some(infinitive(token)),
        _ => Some(Direction::Unknown),
    }
}

/// `set to open` looks forward, `a record set in May` does not.
fn is_ahead(token: Token<'_>) -> bool {
    token.lemma() != "set" || token.children().any(|child| child.dep() == "xcomp")
}

/// `to join` under `expected` looks forward, under `managed` back; as a purpose it does not tell,
/// nor under what had been expected, which may have come or not.
fn infinitive(token: Token<'_>) -> Direction {
    let head = token.head();
    if Outlook::get().aspect.has(head.lemma()) && head != token {
        return of_word(head).unwrap_or(Direction::Unknown);
    }
    if was_planned(token) {
        return Direction::Unknown;
    }
    match head.tag() {
        "VBD" if token.dep() == "advcl" => Direction::Unknown,
        "VBD" if !Outlook::get().ahead.has(token.head().lemma()) => Direction::Past,
        "VBN" if Outlook::get().brought_about.has(head.lemma()) && is_done(head) => Direction::Past,
        _ => Direction::Future,
    }
}

/// Whether an event is what was planned: `planned a rally on Saturday`, where `on Friday they
/// planned to pay` does not tell.
fn has_planned(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "plan" | "schedule")
        && verb.children().any(|child| child.dep() == "dobj")
}

/// `to expire` under `had been due` or `had been scheduled`.
fn was_planned(token: Token<'_>) -> bool {
    let had = |up: Token<'_>| up.children().any(|child| child.lower() == "had");
    let head = token.head();
    token.dep() == "xcomp" && (had(head) || head.dep() == "acomp" && had(head.head()))
}

/// `was meeting`, `has been meeting` look back, `is meeting` does not tell; without auxiliary, the
/// clause goes on above.
fn progressive(token: Token<'_>) -> Option<Direction> {
    let auxiliary = |forms: &[&str]| {
        token.children().any(|child| child.dep() == "aux" && forms.contains(&child.lower()))
    };
    match () {
        () if auxiliary(&["was", "were", "been", "has", "have", "had", "'ve", "’ve"]) => {
            Some(Direction::Past)
        }
        () if auxiliary(&["is", "are", "am", "'s", "’s", "'re", "’re"]) => {
            Some(Direction::Present)
        }
        () => None,
    }
}

fn is_would(token: Token<'_>) -> bool {
    matches!(token.lower(), "would" | "'d" | "’d") && token.dep() == "aux" && token.tag() == "MD"
}

fn is_will(token: Token<'_>) -> bool {
    matches!(
        token.lower(),
        "will" | "'ll" | "’ll" | "shall" | "may" | "can" | "might" | "wo" | "must" | "should"
    ) && matches!(token.dep(), "aux" | "auxpass")
}

/// Whether a verb told as past is dated by the expression at `start` itself, so that what it dates
/// is over: `brought in a new chief in January`, not `was extended to January`, `set January 9`.
pub(crate) fn is_over(doc: &Doc, start: usize) -> bool {
    let Some(token) = doc.token_at(start) else { return false };
    let mut up = std::iter::once(token).chain(token.ancestors());
    let Some(top) = up.find(|up| !is_within(up.head()) || up.head() == *up) else { return false };
    let before = doc.tokens_in(token.i().saturating_sub(1)..token.i()).next();
    match before.map(|word| word.lower()) {
        Some("ended") => return true,
        Some(word) if Outlook::get().ends.has(word) => return false,
        _ => (),
    }
    let verb = match top.dep() {
        "pobj" if matches!(top.head().lower(), "in" | "on" | "during") => top.head().head(),
        "npadvmod" => top.head(),
        _ => return false,
    };
    is_done(verb)
}

/// Whether a verb tells what is over: `sank`, `had sunk`, `was sunk`, `the ship sunk`; not what was
/// planned.
fn is_done(verb: Token<'_>) -> bool {
    let aux = |forms: &[&str]| verb.children().any(|child| forms.contains(&child.lower()));
    let told = match verb.tag() {
        "VBD" => true,
        "VBN" => aux(&["was", "were", "had"]) || verb.dep() == "acl" && !aux(&["to"]),
        _ => false,
    };
    let planned = |word: Token<'_>| Outlook::get().ahead.has(word.lemma());
    let due = verb.children().any(|child| child.dep() == "acomp" && planned(child));
    told && !planned(verb) && !due && of_word(verb) == Some(Direction::Past)
}

/// Whether a verb is supposed of the past: `may have sunk`, not `will have sunk`.
fn is_perfect(verb: Token<'_>) -> bool {
    let aux = |forms: &[&str]| verb.children().any(|child| forms.contains(&child.lower()));
    verb.tag() == "VBN" && aux(&["have"]) && !aux(&["will", "'ll", "’ll", "shall", "wo"])
}

/// Without a parse: a word that points forward earlier in the same sentence.
fn by_words(doc: &Doc, token: Token<'_>) -> Direction {
    const WINDOW: usize = 12;
    let from = token.i().saturating_sub(WINDOW);
    let before = doc.tokens_in(from..token.i());
    let clause: Vec<Token<'_>> =
        before.rev().take_while(|word| !matches!(word.text(), "." | ";" | "!" | "?")).collect();
    let ahead = clause.iter().any(|word| {
        matches!(
            word.lower(),
            "will"
                | "'ll"
                | "’ll"
                | "expected"
                | "scheduled"
                | "due"
                | "until"
                | "upcoming"
                | "plans"
                | "planned"
        )
    });
    if ahead { Direction::Future } else { Direction::Unknown }
}
