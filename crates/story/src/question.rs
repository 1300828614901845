//! Which documents are of one question: what is compared across reports is compared within it.

use std::collections::BTreeMap;

use stemma_model::{Annotations, Document, DocumentId, Story, StoryId, Thread};

/// A document with what it attests.
pub type Attesting<'a> = (&'a Document, &'a Annotations);

/// The documents of each thread, then of each story outside threads, then each that is in no
/// story, as places among `documents`, ascending; every document once. Near linear.
#[must_use]
pub fn questions(documents: &[Document], stories: &[Story], threads: &[Thread]) -> Vec<Vec<usize>> {
    let mut in_thread: BTreeMap<StoryId, usize> = BTreeMap::new();
    for (at, thread) in threads.iter().enumerate() {
        thread.stories.iter().for_each(|&story| {
            in_thread.entry(story).or_insert(at);
        });
    }
    let mut of_document: BTreeMap<DocumentId, usize> = BTreeMap::new();
    for (at, story) in stories.iter().enumerate() {
        let question = in_thread.get(&story.id).copied().unwrap_or(threads.len() + at);
        story.documents.iter().for_each(|&document| {
            of_document.entry(document).or_insert(question);
        });
    }
    let mut questions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, document) in documents.iter().enumerate() {
        let alone = threads.len() + stories.len() + at;
        let question = of_document.get(&document.id).copied().unwrap_or(alone);
        questions.entry(question).or_default().push(at);
    }
    questions.into_values().collect()
}

#[cfg(test)]
mod tests {
    use stemma_model::{DateRange, Reason, ThreadId};

    use super::*;

    #[test]
    fn threads_come_first_then_stories_then_who_is_alone() {
        let documents =
            ["a", "b", "c", "d"].map(|name| Document::plain(DocumentId::of(&[name]), name));
        let story = |name: &str, places: &[usize]| Story {
            id: StoryId::of(&[name]),
            title: String::new(),
            documents: places.iter().map(|&at| documents[at].id).collect(),
            date: DateRange::unknown(),
            reason: Reason::new("test", ""),
        };
        let stories = [story("x", &[1]), story("y", &[0]), story("z", &[3])];
        let thread = Thread {
            id: ThreadId::of(&["t"]),
            title: String::new(),
            stories: vec![stories[0].id, stories[2].id],
            reason: Reason::new("test", ""),
        };
        let found = questions(&documents, &stories, &[thread]);
        assert_eq!(found, [vec![1, 3], vec![0], vec![2]]);
    }
}
