//! What is known of an address that is asked again and again: when, with which answer, and when
//! to ask next.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use stemma_ingest::fetch::Validators;
use stemma_model::DocumentId;
use stemma_store::{Batch, Store};

use crate::error::Error;

/// The longest pause between two requests of an address that fails: a site that is down for a
/// week is still found again the day after.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(24);

/// How often a pause is doubled at most: 2^16 minutes are longer than any pause.
const MOST_DOUBLINGS: u32 = 16;

/// One address with what came of asking it.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    pub(super) address: String,
    pub(super) at: Timestamp,
    pub(super) state: State,
}

/// What is kept of an address, as JSON in the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct State {
    #[serde(skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
    /// Failures in a row.
    pub(super) failures: u32,
    /// Not to be asked before, unless somebody names it.
    #[serde(with = "time", skip_serializing_if = "Option::is_none")]
    next: Option<Timestamp>,
    /// What it gave when it was last whole.
    pub(super) documents: Vec<DocumentId>,
    /// Of a feed or sitemap: when it was last read whole.
    #[serde(with = "time", skip_serializing_if = "Option::is_none")]
    read: Option<Timestamp>,
}

/// Times as RFC 3339, like all others in a store.
mod time {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    pub(super) fn serialize<S: Serializer>(
        time: &Option<Timestamp>,
        sink: S,
    ) -> Result<S::Ok, S::Error> {
        time.map(|time| time.to_string()).serialize(sink)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        source: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        let text = Option::<String>::deserialize(source)?;
        text.map(|text| text.parse().map_err(de::Error::custom)).transpose()
    }
}

/// What the store knows of `address`, and when it was asked.
pub(super) fn known(store: &Store, address: &str) -> Result<Option<Visit>, Error> {
    let Some(found) = store.fetched(address)? else { return Ok(None) };
    // What an older or newer program wrote otherwise is as good as nothing.
    let at = found.checked.parse();
    let state = serde_json::from_str(&found.state);
    let visit = |at, state| Visit { address: address.to_owned(), at, state };
    Ok(at.ok().zip(state.ok()).map(|(at, state)| visit(at, state)))
}

impl Visit {
    /// Whether the address may be asked at `now`. If the clock has gone back behind the last
    /// time, nothing that was noted holds.
    pub(super) fn is_due(&self, now: Timestamp) -> bool {
        self.at > now || self.state.next.is_none_or(|next| next <= now)
    }

    /// When the address may be asked again; none where it always may.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.state.next
    }

    pub(super) fn keep(self, batch: &mut Batch<'_>) -> Result<(), Error> {
        let at = self.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let state = serde_json::to_string(&self.state).expect("states serialise");
        for &document in &self.state.documents {
            batch.seen(document, &at)?;
        }
        if self.state.failures == 0 {
            batch.forget_problems_at(&self.address)?;
        }
        Ok(batch.fetched(&self.address, &at, &state)?)
    }
}

impl State {
    /// What an earlier answer said about its version; nothing for a feed that was last read whole
    /// `again` ago, for its pages can change where it does not.
    pub(super) fn validators(&self, now: Timestamp, again: SignedDuration) -> Validators {
        if self.read.is_some_and(|read| now.duration_since(read) >= again) {
            return Validators::default();
        }
        Validators { etag: self.etag.clone(), last_modified: self.last_modified.clone() }
    }

    /// After an answer: `documents` came of it, and it need not be asked for `pause`.
    pub(super) fn answered(
        validators: Validators,
        documents: Vec<DocumentId>,
        at: Timestamp,
        pause: SignedDuration,
    ) -> Self {
        let Validators { etag, last_modified } = validators;
        let next = at.checked_add(pause).ok();
        Self { etag, last_modified, failures: 0, next, documents, read: None }
    }

    /// After a feed or sitemap was read whole.
    pub(super) fn read(validators: Validators, at: Timestamp, pause: SignedDuration) -> Self {
        Self { read: Some(at), ..Self::answered(validators, Vec::new(), at, pause) }
    }

    /// After the answer that nothing has changed.
    pub(super) fn unchanged(self, at: Timestamp, pause: SignedDuration) -> Self {
        Self { failures: 0, next: at.checked_add(pause).ok(), ..self }
    }

    /// After a failure: the pause doubles with each, up to a day, and is not shorter than what the
    /// server asks for.
    pub(super) fn failed(
        self,
        at: Timestamp,
        pause: SignedDuration,
        asked: Option<Duration>,
    ) -> Self {
        let failures = self.failures.saturating_add(1);
        let doubled = pause.saturating_mul(1 << failures.min(MOST_DOUBLINGS));
        let asked = asked.and_then(|asked| SignedDuration::try_from(asked).ok());
        let longest = LONGEST_PAUSE.max(pause);
        let pause = doubled.max(asked.unwrap_or_default()).min(longest);
        Self { failures, next: at.checked_add(pause).ok(), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: SignedDuration = SignedDuration::from_mins(1);

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn pauses_double_up_to_a_day() {
        let start = at("2026-05-04T10:00:00Z");
        let mut state = State::default();
        let mut pauses = Vec::new();
        for _ in 0..12 {
            state = state.failed(start, MINUTE, None);
            pauses.push(state.next.expect("a time").duration_since(start).as_mins());
        }
        assert_eq!(pauses[..4], [2, 4, 8, 16]);
        assert_eq!(pauses[11], 24 * 60);
        let again = state.clone().unchanged(start, MINUTE);
        assert_eq!((again.failures, again.next), (0, start.checked_add(MINUTE).ok()));
        let asked = State::default().failed(start, MINUTE, Some(Duration::from_secs(3600)));
        assert_eq!(asked.next, Some(at("2026-05-04T11:00:00Z")));
    }

    #[test]
    fn a_clock_that_went_back_stops_nothing() {
        let visit = |at: Timestamp| Visit {
            address: String::new(),
            at,
            state: State::default().unchanged(at, SignedDuration::from_hours(2)),
        };
        let asked = visit(at("2026-05-04T10:00:00Z"));
        assert!(!asked.is_due(at("2026-05-04T11:00:00Z")));
        assert!(asked.is_due(at("2026-05-04T12:00:00Z")));
        assert!(asked.is_due(at("2020-01-01T00:00:00Z")), "the clock stood wrong before");
    }
}
