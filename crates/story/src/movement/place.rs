//! Which story of which thread a document belongs to, and which stories are earlier.

use std::collections::HashMap;

use stemma_model::{DateRange, DocumentId, Story, StoryId, Thread};

/// A story of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    /// The thread's place in the record.
    pub(super) thread: usize,
    /// The story's place in the thread.
    pub(super) rank: usize,
}

/// The stories of all threads.
pub(super) struct Places {
    /// By thread and rank.
    stories: Vec<Vec<(StoryId, DateRange)>>,
    of_document: HashMap<DocumentId, Place>,
    of_story: HashMap<StoryId, Place>,
}

impl Places {
    pub(super) fn of(threads: &[Thread], stories: &[Story]) -> Self {
        let by_id: HashMap<StoryId, &Story> =
            stories.iter().map(|story| (story.id, story)).collect();
        let mut places =
            Self { stories: Vec::new(), of_document: HashMap::new(), of_story: HashMap::new() };
        for (at, thread) in threads.iter().enumerate() {
            let members: Vec<&Story> =
                thread.stories.iter().filter_map(|id| by_id.get(id).copied()).collect();
            for (rank, story) in members.iter().enumerate() {
                let place = Place { thread: at, rank };
                places.of_story.entry(story.id).or_insert(place);
                for &document in &story.documents {
                    places.of_document.entry(document).or_insert(place);
                }
            }
            places.stories.push(members.iter().map(|story| (story.id, story.date)).collect());
        }
        places
    }

    pub(super) fn document(&self, id: DocumentId) -> Option<Place> {
        self.of_document.get(&id).copied()
    }

    /// Whether the thread of a document has a story that something may have moved from or to.
    pub(super) fn can_move(&self, id: DocumentId) -> bool {
        self.document(id).is_some_and(|place| self.stories[place.thread].len() > 1)
    }

    pub(super) fn story(&self, id: StoryId) -> Option<Place> {
        self.of_story.get(&id).copied()
    }

    pub(super) fn id(&self, place: Place) -> StoryId {
        self.stories[place.thread][place.rank].0
    }

    /// Whether `a` is of the same thread as `b` and ends before it begins.
    pub(super) fn before(&self, a: Place, b: Place) -> bool {
        let date = |place: Place| self.stories[place.thread][place.rank].1;
        let ends = date(a).to.zip(date(b).from);
        a.thread == b.thread && ends.is_some_and(|(to, from)| to < from)
    }

    /// Whether what stands in `all` came in with `place`: the thread has an earlier story, and no
    /// other of `all` begins before it or on an unknown day; of several that begin on one day, the
    /// first in the thread's order.
    pub(super) fn came_in(&self, all: &[Place], place: Place) -> bool {
        let ranks = 0..self.stories[place.thread].len();
        let mut stories = ranks.map(|rank| Place { rank, ..place });
        let begins = |place: Place| self.stories[place.thread][place.rank].1.from;
        let later = |other: Place| {
            let days = begins(place).zip(begins(other));
            days.is_some_and(|(own, others)| (own, place.rank) <= (others, other.rank))
        };
        stories.any(|story| self.before(story, place)) && all.iter().all(|&other| later(other))
    }
}
