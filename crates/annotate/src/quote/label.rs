//! The labels of the sequence model.
//!
//! Roles after PolNeAR: content, source, cue, each token at most one. `Begin`, `Inside`, `End`,
//! `Single` tell where in its fragment a token stands; contents that open with a quotation mark
//! have labels of their own, as they end by other signs.

/// How many labels there are.
pub const LABELS: usize = 16;

/// A role in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// What is attributed.
    Content,
    /// To whom.
    Source,
    /// By which word.
    Cue,
}

/// Outside.
pub const OUTSIDE: usize = 0;

/// The labels of a fragment of `role` with `length` tokens; `quoted` where a mark opens it.
pub fn labels_of(role: Role, quoted: bool, length: usize) -> impl Iterator<Item = usize> {
    let base = 1 + 4 * role as usize;
    let direct = quoted && role == Role::Content;
    (0..length).map(move |i| match (i == 0, i + 1 == length) {
        (true, true) => base + 3,
        (true, false) if direct => 13,
        (false, false) if direct => 14,
        (false, true) if direct => 15,
        (true, false) => base,
        (false, false) => base + 1,
        (false, true) => base + 2,
    })
}

/// The role of a label.
#[must_use]
pub fn role(label: usize) -> Option<Role> {
    match label {
        1..=4 | 13..=15 => Some(Role::Content),
        5..=8 => Some(Role::Source),
        9..=12 => Some(Role::Cue),
        _ => None,
    }
}

/// Whether a fragment starts at a token with this label.
#[must_use]
pub fn starts(label: usize) -> bool {
    matches!(label, 1 | 4 | 5 | 8 | 9 | 12 | 13)
}

/// Whether a fragment ends at a token with this label.
#[must_use]
pub fn ends(label: usize) -> bool {
    matches!(label, 3 | 4 | 7 | 8 | 11 | 12 | 15)
}

/// Whether `next` may follow `label`; outside stands before the first and after the last.
#[must_use]
pub fn may_follow(label: usize, next: usize) -> bool {
    let closed = label == OUTSIDE || ends(label);
    let opens = next == OUTSIDE || starts(next);
    if closed || opens { closed && opens } else { group(label) == group(next) }
}

/// The kind of fragment a label belongs to.
fn group(label: usize) -> usize {
    if label >= 13 { 4 } else { label.div_ceil(4) }
}

/// The fragments in a row of labels: role, first token, one past the last.
#[must_use]
pub fn fragments(labels: &[u8]) -> Vec<(Role, usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    for (i, &label) in labels.iter().enumerate() {
        let label = usize::from(label);
        if starts(label) {
            start = i;
        }
        if let (true, Some(role)) = (ends(label), role(label)) {
            found.push((role, start, i + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_come_back() {
        let mut labels = vec![0_u8];
        for (role, quoted, length) in
            [(Role::Content, true, 3), (Role::Source, false, 1), (Role::Cue, false, 2)]
        {
            labels.extend(labels_of(role, quoted, length).map(|label| label as u8));
        }
        assert!(labels.windows(2).all(|w| may_follow(w[0].into(), w[1].into())));
        assert_eq!(
            fragments(&labels),
            [(Role::Content, 1, 4), (Role::Source, 4, 5), (Role::Cue, 5, 7)]
        );
        assert!(!may_follow(1, 0) && !may_follow(13, 2) && !may_follow(0, 15) && may_follow(3, 9));
    }
}
