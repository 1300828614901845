//! What moved in threads, story by story.

use std::collections::HashMap;

use stemma_model::{
    DateRange, Movement, MovementKind, Passage, Relation, State, Story, StoryId, Thread, ThreadId,
};

use crate::edition::Edition;
use crate::view::figure::value_words;
use crate::view::wording;

/// How many movements of a sort and story a compact page sets out.
const COMPACT: usize = 12;
/// The same on the tersest page.
const BRIEF: usize = 4;

/// A thread in which something moved.
pub(crate) struct Moved<'r> {
    pub(crate) thread: &'r Thread,
    /// The later stories in which something moved, in the thread's order; never empty.
    pub(crate) stories: Vec<Later<'r>>,
}

/// What moved with one story.
pub(crate) struct Later<'r> {
    pub(crate) story: &'r Story,
    /// What an earlier story has otherwise, or already.
    pub(crate) changed: Vec<&'r Movement>,
    /// What came in with it.
    pub(crate) new: Vec<&'r Movement>,
    /// Who speaks for the first time.
    pub(crate) speakers: Vec<&'r Movement>,
    /// How many movements are left out.
    pub(crate) more: usize,
}

/// The threads in which something moved, in the record's order.
pub(crate) fn moved<'r>(edition: &Edition<'r>) -> Vec<Moved<'r>> {
    let record = edition.record;
    let stories: HashMap<StoryId, &Story> =
        record.stories.iter().map(|story| (story.id, story)).collect();
    let threads: HashMap<ThreadId, &Thread> =
        record.threads.iter().map(|thread| (thread.id, thread)).collect();
    let mut found: Vec<Moved<'r>> = Vec::new();
    for of_story in record.movements.chunk_by(same_story) {
        let first = &of_story[0];
        let known = threads.get(&first.thread).zip(stories.get(&first.later.story));
        let Some((&thread, &story)) = known else { continue };
        let later = later(edition, story, of_story);
        match found.last_mut().filter(|moved| moved.thread.id == thread.id) {
            Some(moved) => moved.stories.push(later),
            None => found.push(Moved { thread, stories: vec![later] }),
        }
    }
    found
}

/// Whether the dates of a thread's stories put any before another; where they do not, nothing can be
/// said to have moved.
pub(crate) fn is_ordered(edition: &Edition<'_>, thread: &Thread) -> bool {
    let stories = edition.record.stories.iter().filter(|story| thread.stories.contains(&story.id));
    let dates: Vec<DateRange> = stories.map(|story| story.date).collect();
    let first = dates.iter().filter_map(|date| date.to).min();
    let last = dates.iter().filter_map(|date| date.from).max();
    first.zip(last).is_some_and(|(first, last)| first < last)
}

/// What is said of a thread beside its title, where nothing is known to have moved in it.
pub(crate) const UNORDERED: &str = "what moved is not told: their dates put none before another";

fn same_story(a: &Movement, b: &Movement) -> bool {
    (a.thread, a.later.story) == (b.thread, b.later.story)
}

fn later<'r>(edition: &Edition<'_>, story: &'r Story, movements: &'r [Movement]) -> Later<'r> {
    let limit = edition.limit(COMPACT, BRIEF);
    let is_speaker = |movement: &&Movement| movement.kind == MovementKind::NewSpeaker;
    let (mut speakers, rest): (Vec<&Movement>, Vec<_>) = movements.iter().partition(is_speaker);
    let (mut changed, mut new): (Vec<&Movement>, Vec<_>) =
        rest.into_iter().partition(|movement| movement.earlier.is_some());
    let mut more = 0;
    for list in [&mut changed, &mut new, &mut speakers] {
        more += list.len().saturating_sub(limit);
        list.truncate(limit);
    }
    Later { story, changed, new, speakers, more }
}

/// What a state is in words, before its evidence: `promises`, `14`; nothing where the evidence says
/// it all.
pub(crate) fn state_words(edition: &Edition<'_>, movement: &Movement, state: &State) -> String {
    match (&state.value, state.positions.first()) {
        (Some(value), _) => figure_words(edition, movement, value),
        (None, Some(&position)) => edition
            .position(position)
            .map(|position| wording::stance(position.stance).to_owned())
            .unwrap_or_default(),
        (None, None) => String::new(),
    }
}

/// A value with the unit of its claim.
fn figure_words(edition: &Edition<'_>, movement: &Movement, value: &str) -> String {
    let claim = movement.claim.and_then(|id| edition.claim(id));
    let known = claim.and_then(|claim| claim.values.iter().find(|known| known.value == value));
    known.map_or_else(|| value.to_owned(), value_words)
}

/// What moved, in words.
pub(crate) fn heading(movement: &Movement) -> &'static str {
    match movement.utterance {
        Some(_) => wording::relation(Relation::Recurring),
        None => wording::movement(movement.kind),
    }
}

/// On what, where the words of the later state do not say it already.
pub(crate) fn about(movement: &Movement) -> Option<&str> {
    Some(movement.about.as_str()).filter(|about| !about.is_empty() && movement.utterance.is_none())
}

/// The words that a state is shown by: a figure's whole sentence, everything else as it is.
pub(crate) fn shown(edition: &Edition<'_>, state: &State, passage: Passage) -> Passage {
    if state.value.is_some() { edition.sentence(passage) } else { passage }
}
