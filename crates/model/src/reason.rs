//! Why the program says what it says.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A rule that applied, with its score and the reasons it rests on, as a tree.
///
/// ```
/// # use stemma_model::Reason;
/// let reason = Reason::new("same-speaker", "both name Ms. Lee")
///     .because(Reason::new("close-words", "14 of 15 words").scored(0.93));
/// assert_eq!(reason.to_string(), "same-speaker: both name Ms. Lee (close-words: 14 of 15 words [0.93])");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reason {
    /// The rule's name: stable, lower case, hyphenated.
    pub rule: Cow<'static, str>,
    /// What it saw, for a reader.
    pub note: Cow<'static, str>,
    /// How strongly it holds, in the rule's own unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f32>,
    /// What it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Reason>,
}

impl Reason {
    /// A reason without score or parts.
    #[must_use]
    pub fn new(rule: impl Into<Cow<'static, str>>, note: impl Into<Cow<'static, str>>) -> Self {
        Self { rule: rule.into(), note: note.into(), score: None, parts: Vec::new() }
    }

    /// The same with a score.
    #[must_use]
    pub fn scored(mut self, score: f32) -> Self {
        self.score = Some(score);
        self
    }

    /// The same resting on one more reason.
    #[must_use]
    pub fn because(mut self, part: Reason) -> Self {
        self.parts.push(part);
        self
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.rule)?;
        if !self.note.is_empty() {
            write!(f, ": {}", self.note)?;
        }
        if let Some(score) = self.score {
            write!(f, " [{score:.2}]")?;
        }
        for (i, part) in self.parts.iter().enumerate() {
            write!(f, "{}{part}", if i == 0 { " (" } else { "; " })?;
        }
        if self.parts.is_empty() { Ok(()) } else { write!(f, ")") }
    }
}
