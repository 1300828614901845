//! Finding lexicon entries among tokens.

use std::ops::Range;

use super::lexicon::{Class, Entry, LEXICON};
use super::scope::Scope;

/// The entries of `class` inside `sentence`, longest first at each place, not overlapping.
pub(super) fn matches<'a>(
    scope: Scope<'a>,
    sentence: Range<usize>,
    class: Class,
) -> Vec<(Range<usize>, &'static Entry)> {
    let mut found = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        let hit = LEXICON.entries(class).iter().find(|entry| {
            at + entry.words.len() <= sentence.end && scope.words_at(at, &entry.words)
        });
        at += match hit {
            Some(entry) => {
                found.push((at..at + entry.words.len(), entry));
                entry.words.len()
            }
            None => 1,
        };
    }
    found
}

/// Whether `trigger` is part of a set phrase that makes no condition.
pub(super) fn is_idiom(scope: Scope<'_>, trigger: &Range<usize>) -> bool {
    // "if not stopped", "if not committing": a verb makes it a clause.
    let verb = trigger.end + 1;
    let conceded = preceded_by(scope, trigger, &["even", "as"]);
    if !conceded
        && verb < scope.sheet.doc.len()
        && scope.token(trigger.end).lower() == "not"
        && matches!(scope.token(verb).tag(), "VBG" | "VBN")
    {
        return false;
    }
    LEXICON.entries(Class::Idiom).iter().any(|entry| {
        let length = entry.words.len();
        let from = (trigger.end).saturating_sub(length);
        (from..=trigger.start)
            .any(|start| start + length >= trigger.end && scope.words_at(start, &entry.words))
    })
}

/// Whether the word before `trigger` is `word`.
pub(super) fn preceded_by(scope: Scope<'_>, trigger: &Range<usize>, words: &[&str]) -> bool {
    trigger.start > scope.sentence(trigger.start).start
        && words.contains(&scope.token(trigger.start - 1).lower())
}
