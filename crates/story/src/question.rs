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
