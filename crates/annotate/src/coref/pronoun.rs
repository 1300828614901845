//! Pronouns by salience.

use stemma_model::{MentionForm, MentionKind};

use super::Work;
use crate::mention::Found;

/// How many sentences back an antecedent may stand.
const WINDOW: usize = 4;

/// How many where none nearer fits: a personal pronoun has somebody to stand for, if not close by.
const FAR: usize = 12;

/// How many mentions back are looked at, so that a list of names costs no more than prose.
const LOOK_BACK: usize = 80;

/// Two referents whose scores are nearer than this are both candidates. Chosen on the pronoun
/// sources of PolNeAR's train part.
const MARGIN: f32 = 0.4;

pub(super) fn join(work: &mut Work<'_>) {
    for mention in 0..work.mentions.len() {
        let found = &work.mentions[mention];
        if found.form != MentionForm::Pronoun || work.of[mention].is_some() {
            continue;
        }
        let lower = found.words[0].as_str();
        match lower {
            "i" | "me" | "my" | "mine" | "myself" => speaker(work, mention),
            "who" | "whom" | "whose" => relative(work, mention),
            word if is_collective(word) => collective(work, mention),
            "it" if is_empty(work, mention) => {}
            "it" | "its" | "itself" => _ = by_salience(work, mention, WINDOW),
            _ => _ = by_salience(work, mention, WINDOW) || by_salience(work, mention, FAR),
        }
    }
}

/// *I* inside somebody's words is who says them, where that is one person.
fn speaker(work: &mut Work<'_>, mention: usize) {
    let inside = work.hints.inside.get(mention).copied().flatten();
    let Some((Some(source), true)) = inside else { return };
    let Some(group) = work.of[source] else { return };
    let known = &work.groups[group];
    if known.kind == MentionKind::Person && !known.plural {
        work.add(group, mention, "speaker");
    }
}

fn is_collective(word: &str) -> bool {
    matches!(word, "we" | "us" | "our" | "ours" | "ourselves")
}

/// *we* inside somebody's words is the body that speaks, else whoever the same speaker meant by *we*
/// before.
fn collective(work: &mut Work<'_>, mention: usize) {
    let speaker = |work: &Work<'_>, mention: usize| {
        let (source, marked) = work.hints.inside.get(mention).copied().flatten()?;
        source.filter(|_| marked).and_then(|source| work.of[source])
    };
    let Some(group) = speaker(work, mention) else { return };
    let known = &work.groups[group];
    if known.plural || matches!(known.kind, MentionKind::Organisation | MentionKind::Group) {
        work.add(group, mention, "speaker");
        return;
    }
    let before = (0..mention).rev().take(LOOK_BACK).find(|&earlier| {
        let found = &work.mentions[earlier];
        found.form == MentionForm::Pronoun
            && is_collective(&found.words[0])
            && speaker(work, earlier) == Some(group)
    });
    if let Some(before) = before {
        let we = work.of[before].unwrap_or_else(|| work.open(before));
        work.add(we, mention, "same-speaker");
    }
}

/// *it* that stands for nothing: *it is clear that …*, *it took a day to …* (Lappin and Leass 1994,
/// 2.2: modal adjectives and cognitive verbs with a clause).
fn is_empty(work: &Work<'_>, mention: usize) -> bool {
    let token = work.doc.token(work.mentions[mention].head);
    let verb = token.head();
    let clause = verb.rights().any(|child| {
        matches!(child.dep(), "ccomp" | "xcomp" | "advcl" | "csubj")
            || matches!(child.dep(), "acomp" | "attr")
                && child.rights().any(|under| {
                    matches!(under.dep(), "ccomp" | "xcomp" | "advcl" | "acl" | "relcl")
                })
    });
    let empty =
        matches!(verb.lemma(), "be" | "seem" | "appear" | "take" | "mean" | "turn" | "happen");
    token.dep() == "expl" || empty && clause && token.dep() == "nsubj"
}

/// A relative pronoun is what its clause hangs from.
fn relative(work: &mut Work<'_>, mention: usize) {
    let token = work.doc.token(work.mentions[mention].head);
    let clause = token.ancestors().take(6).find(|above| above.dep() == "relcl");
    let Some(antecedent) = clause.map(|verb| verb.head().i()) else { return };
    let found = (0..mention)
        .rev()
        .take(12)
        .find(|&earlier| work.mentions[earlier].tokens.contains(&antecedent));
    if let Some(group) = found.and_then(|earlier| work.of[earlier]) {
        work.add(group, mention, "relative-clause");
    }
}

/// Joins a pronoun to the most salient referent of the last `window` sentences, if any fits.
fn by_salience(work: &mut Work<'_>, mention: usize, window: usize) -> bool {
    let mut scores: Vec<(f32, usize)> = Vec::new();
    for earlier in (0..mention).rev().take(LOOK_BACK) {
        if work.sentence(mention) - work.sentence(earlier) > window {
            break;
        }
        let Some(group) = work.of[earlier] else { continue };
        let Some(score) = salience(work, earlier, group, mention) else { continue };
        match scores.iter_mut().find(|(_, known)| *known == group) {
            Some(known) => known.0 = known.0.max(score) + 0.15,
            None => scores.push((score, group)),
        }
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let Some(&(best, group)) = scores.first() else { return false };
    let rivals: Vec<usize> =
        scores.iter().filter(|(score, _)| best - score < MARGIN).map(|(_, group)| *group).collect();
    if rivals.len() > 1 {
        work.ambiguous.insert(mention, rivals);
    }
    work.add(group, mention, "pronoun");
    true
}

/// How well an earlier mention fits a pronoun; nothing where grammar forbids it.
fn salience(work: &Work<'_>, earlier: usize, group: usize, mention: usize) -> Option<f32> {
    let (pronoun, found) = (&work.mentions[mention], &work.mentions[earlier]);
    if !agrees(work, group, pronoun, found) || bound(work, pronoun, found) {
        return None;
    }
    let distance = work.sentence(mention) - work.sentence(earlier);
    let mut score = -1.2 * distance as f32;
    let relation = |found: &Found| work.doc.token(found.head).dep();
    let subject = |found: &Found| matches!(relation(found), "nsubj" | "nsubjpass");
    score += if subject(found) { 1.5 } else { 0.0 };
    score += if subject(found) && subject(pronoun) { 0.8 } else { 0.0 };
    score += if found.form == MentionForm::Name { 0.4 } else { 0.0 };
    score += if work.hints.source.get(earlier) == Some(&true) { 1.0 } else { 0.0 };
    score += if relation(found) == "poss" { -0.5 } else { 0.0 };
    score +=
        if work.groups[group].gender.is_none() && pronoun.gender.is_some() { -0.8 } else { 0.0 };
    score += voices(work, earlier, group, mention)?;
    Some(score)
}

/// What quotations say of it: nobody speaks of themselves as *he* inside marks; in reported speech
/// the pronoun is most often the source.
fn voices(work: &Work<'_>, earlier: usize, group: usize, mention: usize) -> Option<f32> {
    let inside = |mention: usize| work.hints.inside.get(mention).copied().flatten();
    let source_group = |source: Option<usize>| source.and_then(|source| work.of[source]);
    match (inside(mention), inside(earlier)) {
        // `“If Putin wins …,” he noted`: the source is seldom among those it speaks of.
        (_, Some((Some(source), marked))) if source == mention => {
            Some(if marked { -4.0 } else { -1.5 })
        }
        (Some((source, true)), _) if source_group(source) == Some(group) => None,
        (Some((source, false)), _) if source_group(source) == Some(group) => Some(1.5),
        (None, Some((_, true))) => Some(-1.5),
        (None, Some((_, false))) => Some(-0.7),
        _ => Some(0.0),
    }
}

/// Kind, number and gender.
fn agrees(work: &Work<'_>, group: usize, pronoun: &Found, found: &Found) -> bool {
    let known = &work.groups[group];
    match pronoun.words[0].as_str() {
        "it" | "its" | "itself" => {
            matches!(
                known.kind,
                MentionKind::Organisation | MentionKind::Place | MentionKind::Other
            ) && !known.plural
        }
        "they" | "them" | "their" | "theirs" | "themselves" => {
            known.plural
                || known.kind == MentionKind::Group
                || known.kind == MentionKind::Organisation
        }
        _ => {
            known.kind == MentionKind::Person
                && !found.plural
                && (known.gender.is_none() || known.gender == pronoun.gender)
        }
    }
}

/// Whether both are arguments of one verb, so that only a reflexive could mean the same.
fn bound(work: &Work<'_>, pronoun: &Found, found: &Found) -> bool {
    let (a, b) = (work.doc.token(pronoun.head), work.doc.token(found.head));
    let reflexive = pronoun.words[0].ends_with("self") || pronoun.words[0].ends_with("selves");
    a.dep() != "poss" && !reflexive && a.head() == b.head() && a.head() != a && b.dep() != "poss"
}
