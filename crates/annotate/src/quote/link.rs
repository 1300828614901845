//! Which cue, source and contents belong to one attribution.
//!
//! The tagger gives fragments; here each content and each source finds its cue by the parse first
//! (a complement, a subject), by nearness next. A cue in the same grammatical chain as another
//! shares its subject (*said …, adding that …*).

use std::ops::Range;

use stemma_english::{Doc, Token};

use super::bracket;
use super::columns::Columns;
use super::follow;
use super::label::{Role, fragments};
use super::lexicon::VERB;
use super::scope;

/// One attribution, as token ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// The cue.
    pub cue: Option<Range<usize>>,
    /// The source.
    pub source: Option<Range<usize>>,
    /// The contents, in order.
    pub content: Vec<Range<usize>>,
    /// How the source was found, where not beside the cue.
    pub shared: Option<Shared>,
}

/// How an attribution came by a source that another one names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Its cue hangs from the other's: *said …, adding …*.
    Cue,
    /// It follows the other without a cue of its own.
    FollowsOn,
}

/// A piece of one block, as the tagger labels it.
struct Piece {
    role: Role,
    tokens: Range<usize>,
}

/// The least score that ties a content to a cue; below it stands by itself.
const TIED: f32 = 0.5;

/// The attributions of one document, in text order.
#[must_use]
pub fn attributions(
    doc: &Doc,
    columns: &Columns,
    labels: &[u8],
    sequences: &[Range<usize>],
) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    for range in sequences {
        let pieces: Vec<Piece> = fragments(&labels[range.clone()])
            .into_iter()
            .map(|(role, start, end)| Piece {
                role,
                tokens: range.start + start..range.start + end,
            })
            .collect();
        let mut here = in_block(doc, columns, &pieces);
        scope::cut_coordinated(doc, columns, &mut here);
        here.sort_by_key(place);
        found.extend(here);
    }
    bracket::leave_brackets(doc, &mut found);
    share_subjects(doc, &mut found);
    scope::read_trailing(doc, columns, &mut found);
    scope::read_according(doc, &mut found);
    scope::free_relatives(doc, columns, &mut found);
    scope::add_subordinates(doc, &mut found);
    scope::drop_pointers(doc, columns, &mut found);
    found.sort_by_key(place);
    found.retain(|attribution| is_telling(doc, attribution));
    found
}

/// Whether an attribution tells something: not only *this* or *those remarks*, and not reported
/// words of nobody.
fn is_telling(doc: &Doc, attribution: &Attribution) -> bool {
    let bare = |range: &Range<usize>| {
        range.len() <= 2
            && doc.tokens_in(range.clone()).all(|token| {
                matches!(token.pos(), "DET" | "PRON")
                    || matches!(token.lemma(), "comment" | "remark" | "statement")
            })
    };
    let nobodys = attribution.cue.is_none() && attribution.source.is_none();
    let marked = |range: &Range<usize>| {
        let before = range.start.checked_sub(1).map(|i| doc.token(i).text());
        before.is_some_and(|mark| {
            matches!(mark, "\"" | "“" | "‘" | "'" | "«" | "„" | "``" | "''" | "”")
        })
    };
    !attribution.content.iter().all(bare) && (!nobodys || attribution.content.iter().any(marked))
}

/// Where an attribution stands in the order of the text.
pub(super) fn place(attribution: &Attribution) -> (usize, usize) {
    (first_token(attribution), attribution.cue.as_ref().map_or(0, |cue| cue.start))
}

/// For each token, whether it belongs to an attribution.
pub(super) fn claimed(doc: &Doc, found: &[Attribution]) -> Vec<bool> {
    let mut claimed = vec![false; doc.len()];
    for attribution in found {
        let parts = attribution.content.iter().chain(&attribution.cue).chain(&attribution.source);
        parts.for_each(|range| claimed[range.clone()].fill(true));
    }
    claimed
}

/// The first token of an attribution's content, else of its cue.
pub(super) fn first_token(attribution: &Attribution) -> usize {
    let content = attribution.content.first().map(|range| range.start);
    content.or(attribution.cue.as_ref().map(|cue| cue.start)).unwrap_or(0)
}

fn in_block(doc: &Doc, columns: &Columns, pieces: &[Piece]) -> Vec<Attribution> {
    let of = |role: Role| {
        pieces.iter().filter(move |piece| piece.role == role).map(|p| p.tokens.clone())
    };
    let cues: Vec<Range<usize>> = of(Role::Cue).collect();
    let mut found: Vec<Attribution> = cues
        .iter()
        .map(|cue| Attribution { cue: Some(cue.clone()), ..Attribution::default() })
        .collect();
    let mut lone = Vec::new();
    let contents = of(Role::Content).flat_map(|content| scope::split_at_cues(doc, &cues, content));
    for content in contents {
        match best(&cues, |cue| content_score(doc, cue, &content, &cues)) {
            Some(at) => found[at].content.push(content),
            None => lone.push(Attribution { content: vec![content], ..Attribution::default() }),
        }
    }
    let mut loose = Vec::new();
    let mut scored: Vec<(f32, usize, Range<usize>)> = Vec::new();
    for source in of(Role::Source) {
        match best(&cues, |cue| source_score(doc, cue, &source, &cues)) {
            Some(at) => scored.push((source_score(doc, &cues[at], &source, &cues), at, source)),
            None => loose.push(source),
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.2.start.cmp(&b.2.start)));
    for (_, at, source) in scored {
        match &found[at].source {
            None => found[at].source = Some(source),
            Some(_) => loose.push(source),
        }
    }
    found.extend(lone);
    place_loose(doc, &mut found, loose);
    for attribution in &mut found {
        find_cue(doc, columns, attribution, pieces);
        complete(doc, attribution, pieces);
    }
    follow::split_follow_ons(doc, found)
}

/// The index of the best-scoring cue, if it ties at all; of equals the first.
fn best(cues: &[Range<usize>], score: impl Fn(&Range<usize>) -> f32) -> Option<usize> {
    let mut top = None;
    for (at, cue) in cues.iter().enumerate() {
        let score = score(cue);
        if score >= TIED && top.is_none_or(|(best, _)| score > best) {
            top = Some((score, at));
        }
    }
    top.map(|(_, at)| at)
}

/// The token of a range whose head lies outside.
pub(crate) fn head(doc: &Doc, range: &Range<usize>) -> usize {
    crate::mention::head_of(doc, range.clone())
}

/// How many tokens lie between two ranges.
fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// How many cues stand between two ranges.
fn between(cues: &[Range<usize>], a: &Range<usize>, b: &Range<usize>) -> usize {
    let (from, to) = (a.end.min(b.end), a.start.max(b.start));
    cues.iter().filter(|cue| cue.start >= from && cue.end <= to).count()
}

pub(super) fn same_sentence(doc: &Doc, a: usize, b: usize) -> bool {
    let (from, to) = (a.min(b), a.max(b));
    !doc.tokens_in(from + 1..to + 1).any(|token| token.is_sent_start())
}

fn content_score(
    doc: &Doc,
    cue: &Range<usize>,
    content: &Range<usize>,
    cues: &[Range<usize>],
) -> f32 {
    let distance = gap(cue, content).min(30) as f32;
    let mut score = 2.0 - 0.12 * distance - 1.5 * between(cues, cue, content) as f32;
    let (last, first) = (content.end - 1, content.start);
    let near = if cue.start >= content.end { last } else { first };
    if same_sentence(doc, cue.start, near) {
        score += 1.0;
    } else if cue.start < content.start {
        // A cue reaches into the next sentence only as `He said: …` or `…,” he said. “…`.
        score -= 0.8;
    }
    score + tree_score(doc, cue, content)
}

fn tree_score(doc: &Doc, cue: &Range<usize>, content: &Range<usize>) -> f32 {
    let heads = content.clone().filter(|&i| !content.contains(&doc.token(i).head().i()));
    let mut score = 0.0_f32;
    for i in heads {
        let steps = doc.token(i).ancestors().take(3).position(|above| cue.contains(&above.i()));
        score = score.max(steps.map_or(0.0, |steps| 3.0 - steps as f32 * 0.8));
    }
    let up = doc.token(head(doc, cue)).ancestors().take(3);
    let above = up.map(|token| token.i()).position(|i| content.contains(&i));
    score.max(above.map_or(0.0, |steps| 2.0 - steps as f32 * 0.5))
}

fn source_score(
    doc: &Doc,
    cue: &Range<usize>,
    source: &Range<usize>,
    cues: &[Range<usize>],
) -> f32 {
    if !same_sentence(doc, cue.start, source.start) {
        return 0.0;
    }
    let token = doc.token(head(doc, source));
    let up = token.ancestors().take(3).position(|above| cue.contains(&above.i()));
    let relation = match (up, token.dep()) {
        (Some(0), "nsubj" | "nsubjpass" | "agent" | "poss") => 3.0,
        (Some(0 | 1), _) => 2.0,
        (Some(_), _) => 1.0,
        (None, _) => 0.0,
    };
    let distance = gap(cue, source).min(25) as f32;
    2.0 + relation - 0.12 * distance - 1.5 * between(cues, cue, source) as f32
}

/// Sources without a cue go to the nearest attribution of their sentence that has none.
fn place_loose(doc: &Doc, found: &mut [Attribution], loose: Vec<Range<usize>>) {
    for source in loose {
        let anchors = found.iter().enumerate().filter(|(_, a)| a.source.is_none());
        let near = anchors
            .filter_map(|(at, attribution)| {
                let ranges = attribution.cue.iter().chain(&attribution.content);
                let close = ranges.filter(|range| {
                    let near = if range.end <= source.start { range.end - 1 } else { range.start };
                    same_sentence(doc, near, source.start)
                });
                close.map(|range| gap(range, &source)).min().map(|gap| (gap, at))
            })
            .min();
        if let Some((_, at)) = near {
            found[at].source = Some(source);
        }
    }
}

/// Relations that are what a cue reports, best first. Objects and phrases are not among them: what
/// the tagger did not take for content is more often an aside (*told reporters on Monday*).
const COMPLEMENTS: [&str; 2] = ["ccomp", "xcomp"];

/// Gives a cue without content its complement, and one without source its subject, where the
/// tagger left them open and nothing else claims the tokens.
fn complete(doc: &Doc, attribution: &mut Attribution, pieces: &[Piece]) {
    let Some(cue) = attribution.cue.clone() else { return };
    let verb = doc.token(head(doc, &cue));
    let free =
        |range: &Range<usize>| pieces.iter().all(|piece| gap_or_overlap(&piece.tokens, range));
    if attribution.content.is_empty() {
        let complement = COMPLEMENTS.iter().find_map(|relation| {
            verb.rights().find(|child| child.dep() == *relation && child.i() >= cue.end)
        });
        let range =
            complement.map(|child| child.left_edge().i().max(cue.end)..last_word(child) + 1);
        attribution.content.extend(range.filter(|range| !range.is_empty() && free(range)));
    }
    if attribution.source.is_none() {
        name_after(doc, &cue, attribution, pieces);
    }
    if attribution.source.is_none() {
        claim_subject(doc, verb, attribution);
    }
    if attribution.source.is_none() {
        share_or_claim(verb, attribution, pieces);
    }
}

/// The subject of a cue's verb, where it is nobody's content or cue; one that is the source of
/// another cue is shared with it.
fn share_or_claim(verb: Token<'_>, attribution: &mut Attribution, pieces: &[Piece]) {
    let Some(range) = subject_of(verb).map(noun_phrase).filter(|range| !range.is_empty()) else {
        return;
    };
    let mut over = pieces.iter().filter(|piece| !gap_or_overlap(&piece.tokens, &range));
    match (over.next(), over.next()) {
        (None, _) => attribution.source = Some(range),
        (Some(piece), None) if piece.role == Role::Source => {
            attribution.source = Some(piece.tokens.clone());
            attribution.shared = Some(Shared::Cue);
        }
        _ => {}
    }
}

/// Whom `according to` names, also where the tagger took it for the start of the content.
fn name_after(doc: &Doc, cue: &Range<usize>, attribution: &mut Attribution, pieces: &[Piece]) {
    if !matches!(cue_words(doc, cue).as_str(), "according to" | "per" | "as per") {
        return;
    }
    let object = doc.token(cue.end - 1).rights().find(|child| child.dep() == "pobj");
    let Some(name) = object.map(noun_phrase).filter(|name| !name.is_empty()) else { return };
    let swallowed = attribution.content.iter_mut().find(|content| content.contains(&name.start));
    let word = |&i: &usize| !doc.token(i).is_punct();
    match swallowed {
        Some(content) if content.start == name.start => {
            let Some(rest) = (name.end..content.end).find(word) else { return };
            content.start = rest;
            attribution.source = Some(name);
        }
        Some(_) => {}
        None => {
            let free = pieces.iter().all(|piece| gap_or_overlap(&piece.tokens, &name));
            attribution.source = Some(name).filter(|_| free);
        }
    }
}

fn cue_words(doc: &Doc, cue: &Range<usize>) -> String {
    doc.tokens_in(cue.clone()).map(|token| token.lower()).collect::<Vec<_>>().join(" ")
}

/// A fragment that the tagger took for content but that is the subject of the cue is the source.
fn claim_subject(doc: &Doc, verb: Token<'_>, attribution: &mut Attribution) {
    let Some(subject) = verb.children().find(|child| child.dep() == "nsubj") else { return };
    let is_subject = |range: &Range<usize>| head(doc, range) == subject.i();
    let at = attribution.content.iter().position(is_subject);
    if let Some(at) = at.filter(|_| attribution.content.len() > 1) {
        attribution.content.remove(at);
        attribution.source = Some(noun_phrase(subject));
    }
}

/// Relations over which a verb shares the subject of the one above it.
const SHARING: [&str; 5] = ["conj", "xcomp", "advcl", "pcomp", "prep"];

/// Who does what a verb says: its own subject or agent, the possessor of a noun, or the subject of
/// the verb that it shares one with. A verb in the past tense that the parse hung from a noun as
/// its participle (*the president, Ada Lee, called on …*) is that noun's.
fn subject_of<'d>(verb: Token<'d>) -> Option<Token<'d>> {
    let mut at = verb;
    for _ in 0..4 {
        let own = at.children().find(|child| matches!(child.dep(), "nsubj" | "agent" | "poss"));
        if own.is_some() {
            return own;
        }
        if at.dep() == "acl" && at.tag() == "VBD" {
            let noun = at.head();
            let name = noun.rights().find(|child| {
                child.dep() == "appos" && child.ent_type() == "PERSON" && child.i() < at.i()
            });
            return Some(name.unwrap_or(noun));
        }
        if !SHARING.contains(&at.dep()) {
            return None;
        }
        at = at.head();
    }
    None
}

/// Gives a content that no cue claims the verb it is the clause of, if that is a verb of saying or
/// thinking with a subject, and nothing tagged.
fn find_cue(doc: &Doc, columns: &Columns, attribution: &mut Attribution, pieces: &[Piece]) {
    let (None, Some(content)) = (&attribution.cue, attribution.content.first()) else { return };
    let token = doc.token(head(doc, content));
    let verb = token.head();
    let free =
        |range: &Range<usize>| pieces.iter().all(|piece| gap_or_overlap(&piece.tokens, range));
    let cue = verb.i()..verb.i() + 1;
    let clause = matches!(token.dep(), "ccomp" | "xcomp") && verb != token;
    if !clause || columns.class[verb.i()] & VERB == 0 || !free(&cue) {
        return;
    }
    attribution.cue = Some(cue);
}

fn gap_or_overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.end <= b.start || b.end <= a.start
}

/// A subject without the clauses and asides after it; of `by …` what follows the preposition.
pub(super) fn noun_phrase(token: Token<'_>) -> Range<usize> {
    if token.dep() == "agent" {
        return token.rights().next().map_or(0..0, |object| noun_phrase(object));
    }
    let doc = token.doc();
    let last = token.right_edge().i();
    let stop =
        |token: &Token<'_>| token.is_punct() && token.text() != "-" || token.dep() == "relcl";
    let end = doc.tokens_in(token.i() + 1..last + 1).find(stop).map_or(last + 1, |token| token.i());
    let start = token.left_edge().i();
    let start = doc
        .tokens_in(start..token.i())
        .filter(|t| t.is_punct() && t.text() != "-")
        .map(|t| t.i() + 1)
        .max();
    start.unwrap_or(token.left_edge().i())..end
}

/// The last token of a subtree that is not punctuation.
fn last_word(token: Token<'_>) -> usize {
    token.subtree().rev().find(|token| !token.is_punct()).map_or(token.i(), |token| token.i())
}

/// A cue without a source whose verb hangs from another cue's verb has the other's source.
fn share_subjects(doc: &Doc, found: &mut [Attribution]) {
    for at in 0..found.len() {
        let (None, Some(cue)) = (&found[at].source, found[at].cue.clone()) else { continue };
        let verb = doc.token(head(doc, &cue));
        let chain: Vec<usize> = verb.ancestors().take(4).map(|above| above.i()).collect();
        let nearby = at.saturating_sub(6)..(at + 7).min(found.len());
        let above = nearby.filter(|&other| other != at).find(|&other| {
            let attribution = &found[other];
            let theirs = attribution.cue.as_ref().map(|cue| head(doc, cue));
            attribution.source.is_some() && theirs.is_some_and(|theirs| chain.contains(&theirs))
        });
        if let Some(other) = above {
            found[at].source = found[other].source.clone();
            found[at].shared = Some(Shared::Cue);
        }
    }
}
