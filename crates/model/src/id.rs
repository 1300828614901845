//! Content-hash identifiers: the same input has the same id in every run, order and place.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

/// The first eight bytes of SHA-256 over `kind` and the length-prefixed `parts`.
///
/// The length prefix keeps `["ab", "c"]` and `["a", "bc"]` apart. Sixty-four bits leave a chance
/// of 3 in 10,000 that two of 10^8 documents collide; the store compares full digests.
fn digest(kind: &str, parts: &[&str]) -> u64 {
    let mut hasher = Sha256::new();
    for part in std::iter::once(&kind).chain(parts) {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let bytes = hasher.finalize();
    u64::from_be_bytes(bytes[..8].try_into().expect("SHA-256 has 32 bytes"))
}

/// A text that is not an id of the expected kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError(String);

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not an id: expected a prefix, a hyphen and 16 hexadecimal digits",
            self.0
        )
    }
}

impl std::error::Error for IdError {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u64);

        impl $name {
            /// The id of what `parts` describe, in order.
            #[must_use]
            pub fn of(parts: &[&str]) -> Self {
                Self(digest($prefix, parts))
            }

            /// The id as a number, for storage.
            #[must_use]
            pub fn number(self) -> u64 {
                self.0
            }

            /// The id that [`Self::number`] gave.
            #[must_use]
            pub fn from_number(number: u64) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "-{:016x}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                text.strip_prefix(concat!($prefix, "-"))
                    .filter(|digits| digits.len() == 16)
                    .and_then(|digits| u64::from_str_radix(digits, 16).ok())
                    .map(Self)
                    .ok_or_else(|| IdError(text.to_owned()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let pattern = concat!("^", $prefix, "-[0-9a-f]{16}$");
                schemars::json_schema!({ "type": "string", "pattern": pattern })
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }
    };
}

id!(
    /// A document.
    DocumentId, "d"
);
id!(
    /// A mention of somebody or something in one document.
    MentionId, "m"
);
id!(
    /// A coreference chain inside one document.
    ChainId, "c"
);
id!(
    /// A quotation.
    QuoteId, "q"
);
id!(
    /// A mention of an event.
    EventId, "v"
);
id!(
    /// A condition.
    ConditionId, "k"
);
id!(
    /// A person, organisation or place behind the names of many documents.
    EntityId, "e"
);
id!(
    /// The saying that several quotations report.
    UtteranceId, "u"
);
id!(
    /// A pair of aligned passages.
    AlignmentId, "r"
);
id!(
    /// A group of passages with one text.
    ClusterId, "g"
);
id!(
    /// One event told by several documents.
    StoryId, "s"
);
id!(
    /// Stories about one question over time.
    ThreadId, "t"
);
id!(
    /// Figures or dates about one thing.
    ClaimId, "f"
);
id!(
    /// What somebody wants on a question.
    PositionId, "p"
);
id!(
    /// What moved in a thread from one story to a later one.
    MovementId, "w"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip_and_keep_their_kind() {
        let id = QuoteId::of(&["x"]);
        assert_eq!(id.to_string().parse::<QuoteId>(), Ok(id));
        assert!(id.to_string().parse::<DocumentId>().is_err());
        assert!("q-12".parse::<QuoteId>().is_err());
    }

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(QuoteId::of(&["ab", "c"]), QuoteId::of(&["a", "bc"]));
        assert_ne!(QuoteId::of(&["a"]).number(), EventId::of(&["a"]).number());
    }
}
