//! The words that a dossier uses: it "reports", "carries", "omits", "differs in"; it never judges.

use stemma_model::{
    ClaimStatus, ClusterKind, ConditionForce, EventStatus, HeadlineVerdict, MentionKind,
    MovementKind, Origins, PointKind, Relation, Stance,
};

/// `1 report`, `5 reports`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{} {plural}", grouped(number)),
    }
}

/// `12,345`.
pub(crate) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let group = |(i, digit): (usize, char)| {
        let comma = i > 0 && (digits.len() - i).is_multiple_of(3);
        comma.then_some(',').into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(group).collect()
}

/// How a witness departs from the fullest reading.
pub(crate) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Verbatim => "the same words",
        Relation::Typographic => "the same words, set otherwise",
        Relation::Trimmed => "trimmed",
        Relation::Spliced => "two sayings given as one",
        Relation::Reworded => "reworded",
        Relation::Paraphrase => "paraphrased",
        Relation::Altered => "differs in substance",
        Relation::Recurring => "said on another occasion",
    }
}

/// What a cluster of passages is.
pub(crate) fn cluster(kind: ClusterKind) -> &'static str {
    match kind {
        ClusterKind::NearDuplicate => "A whole report carried again",
        ClusterKind::Wire => "Agency copy, credited",
        ClusterKind::WireInferred => "Agency copy, inferred",
        ClusterKind::Boilerplate => "Text that recurs within one outlet",
        ClusterKind::SharedQuotation => "The same words quoted by each",
        ClusterKind::CommonSource => "A common source outside these reports",
        ClusterKind::Passage => "A passage carried over",
    }
}

/// How the values of a claim stand to each other.
pub(crate) fn claim(status: ClaimStatus) -> &'static str {
    match status {
        ClaimStatus::Agrees => "agree",
        ClaimStatus::Conflicts => "differ",
        ClaimStatus::Updates => "a later one replaces an earlier one",
        ClaimStatus::Scope => "differ, and count different things",
        ClaimStatus::Single => "given once",
    }
}

/// Whether an event happened, as told.
pub(crate) fn event(status: EventStatus) -> &'static str {
    match status {
        EventStatus::Happened => "told as fact",
        EventStatus::Planned => "told as planned",
        EventStatus::Denied => "told as not having happened",
        EventStatus::Conditional => "told as depending on something",
    }
}

/// Which way a position goes.
pub(crate) fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supports",
        Stance::Opposes => "opposes",
        Stance::Conditional => "supports, on a condition",
        Stance::Promises => "promises",
        Stance::Refuses => "refuses",
        Stance::Demands => "demands",
        Stance::Threatens => "threatens",
    }
}

/// What moved.
pub(crate) fn movement(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Reversed => "reversed",
        MovementKind::Weakened => "weakened",
        MovementKind::Strengthened => "strengthened",
        MovementKind::UpdatedFigure => "later figure",
        MovementKind::Repeated => "repeated",
        MovementKind::NewCondition => "another condition",
        MovementKind::NewPosition => "new position",
        MovementKind::NewSpeaker => "first quoted",
    }
}

/// What a condition does for its consequence.
pub(crate) fn force(force: ConditionForce) -> Option<&'static str> {
    match force {
        ConditionForce::Necessary => Some("necessary"),
        ConditionForce::Sufficient => Some("sufficient"),
        ConditionForce::Unspecified => None,
    }
}

/// How a headline stands to its body.
pub(crate) fn headline(verdict: HeadlineVerdict) -> &'static str {
    match verdict {
        HeadlineVerdict::Supported => "The body reports it",
        HeadlineVerdict::SupportedInPart => {
            "The body reports a part of it, or reports it otherwise"
        }
        HeadlineVerdict::NotFound => "No sentence found that reports it",
        HeadlineVerdict::Missing => "No headline",
    }
}

/// What sort of thing a point is.
pub(crate) fn point(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Quotation => "quotation",
        PointKind::Event => "event",
        PointKind::Figure => "figure",
        PointKind::Condition => "condition",
        PointKind::Background => "background",
    }
}

/// What something mentioned is.
pub(crate) fn mention(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Person => "person",
        MentionKind::Organisation => "organisation",
        MentionKind::Place => "place",
        MentionKind::Group => "group",
        MentionKind::Other => "other",
    }
}

/// `1 origin`, `1 to 3 origins`: how many independent origins.
pub(crate) fn origins(origins: &Origins) -> String {
    match (origins.at_least, origins.at_most) {
        (1, 1) => "1 origin".to_owned(),
        _ => format!("{} origins", range(origins)),
    }
}

/// `1`, `1 to 3`: the fewest and the most independent origins.
pub(crate) fn range(Origins { at_least, at_most, .. }: &Origins) -> String {
    match at_least == at_most {
        true => at_least.to_string(),
        false => format!("{at_least} to {at_most}"),
    }
}

/// The first `limit` characters of a text, cut at a word, with an ellipsis where it was cut.
pub(crate) fn excerpt(text: &str, limit: usize) -> String {
    let text = text.trim();
    let Some((cut, _)) = text.char_indices().nth(limit) else {
        return squeeze(text);
    };
    let head = &text[..cut];
    let head = head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]);
    format!("{} …", squeeze(head.trim_end_matches([',', ';', ':', ' '])))
}

/// The text with every run of white space as one space.
pub(crate) fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_read_well() {
        assert_eq!(count(1, "story"), "1 story");
        assert_eq!(count(12345, "story"), "12,345 stories");
        assert_eq!(count(0, "day"), "0 days");
        assert_eq!(grouped(100), "100");
    }

    #[test]
    fn excerpts_end_at_a_word() {
        assert_eq!(excerpt("one  two\nthree", 40), "one two three");
        assert_eq!(excerpt("one, two three", 7), "one …");
        assert_eq!(excerpt("“éééééééé”", 4), "“ééé …");
    }
}
