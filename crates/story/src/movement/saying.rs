//! Who speaks for the first time, and what is said again on another occasion.

use std::collections::{BTreeMap, HashMap};

use stemma_model::{
    DocumentId, EntityId, MovementKind, Passage, QuoteId, Reason, Relation, State, Utterance,
};

use super::facts::Said;
use super::{Index, Input, Moved, Place};

/// The sayings of a story, in the order of documents and texts.
type Sayings = BTreeMap<Place, Vec<Said>>;

/// Everybody whom a story quotes and no earlier story of its thread does.
pub(super) fn new_speakers(input: &Input<'_>, index: &Index<'_>) -> Vec<Moved> {
    let mut speakers: BTreeMap<(usize, EntityId), Sayings> = BTreeMap::new();
    for &(document, quote, entity) in input.speakers {
        let said = index.facts.sayings.get(&(document, quote)).filter(|said| said.is_saying);
        if let (Some(&said), Some(place)) = (said, index.places().document(document)) {
            let sayings = speakers.entry((place.thread, entity)).or_default();
            sayings.entry(place).or_default().push(said);
        }
    }
    let first = speakers.iter().filter_map(|(&(_, entity), sayings)| {
        let places: Vec<Place> = sayings.keys().copied().collect();
        let new = |&&place: &&Place| index.places().came_in(&places, place);
        let place = *places.iter().find(new)?;
        let state = state(index, place, &sayings[&place]);
        let reason = Reason::new("first-quoted", "no earlier story of the thread quotes them");
        let moved = Moved::new(place, MovementKind::NewSpeaker, "", state, reason);
        Some(Moved { entity: Some(entity), ..moved })
    });
    first.collect()
}

/// What recurs in a later story, but for what lies in `told`.
pub(super) fn repeated(input: &Input<'_>, index: &Index<'_>, told: &[Passage]) -> Vec<Moved> {
    let mut by_document: HashMap<DocumentId, Vec<Passage>> = HashMap::new();
    for &passage in told {
        by_document.entry(passage.document).or_default().push(passage);
    }
    let is_told = |said: &Said| {
        let places = by_document.get(&said.document).map_or(&[][..], Vec::as_slice);
        places.iter().any(|place| place.span.overlaps(said.hull))
    };
    input.utterances.iter().flat_map(|utterance| recurs(index, utterance, &is_told)).collect()
}

/// Quotations by document and place.
type Quotations = BTreeMap<(DocumentId, usize), Said>;

/// The quotations of one later story, and what they recur to, by earlier story.
#[derive(Default)]
struct Step {
    before: BTreeMap<Place, Quotations>,
    now: Quotations,
}

/// One movement for each later story in which an utterance recurs.
fn recurs(
    index: &Index<'_>,
    utterance: &Utterance,
    is_told: &impl Fn(&Said) -> bool,
) -> Vec<Moved> {
    let home: HashMap<QuoteId, DocumentId> =
        utterance.quotes.iter().map(|&(document, quote)| (quote, document)).collect();
    let said = |quote: QuoteId| {
        let document = *home.get(&quote)?;
        let place = index.places().document(document)?;
        Some((place, *index.facts.sayings.get(&(document, quote))?))
    };
    let mut steps: BTreeMap<Place, Step> = BTreeMap::new();
    let recurring = utterance.variants.iter().filter(|it| it.relation == Relation::Recurring);
    for variant in recurring {
        let Some(((a, of_a), (b, of_b))) = said(variant.a).zip(said(variant.b)) else { continue };
        let (from, earlier, to, later) =
            if index.places().before(a, b) { (a, of_a, b, of_b) } else { (b, of_b, a, of_a) };
        if index.places().before(from, to) && !is_told(&later) {
            let step = steps.entry(to).or_default();
            step.before.entry(from).or_default().insert(key(&earlier), earlier);
            step.now.insert(key(&later), later);
        }
    }
    let moved = steps.into_iter().filter_map(|(to, mut step)| {
        let (from, earlier) = step.before.pop_last()?;
        let earlier: Vec<Said> = earlier.into_values().collect();
        let later: Vec<Said> = step.now.into_values().collect();
        let about = index.words(later[0].document, later[0].first);
        let reason = Reason::new("recurs", "said again on another occasion");
        Some(Moved {
            entity: utterance.entity,
            earlier: Some(state(index, from, &earlier)),
            utterance: Some(utterance.id),
            ..Moved::new(to, MovementKind::Repeated, about, state(index, to, &later), reason)
        })
    });
    moved.collect()
}

fn key(said: &Said) -> (DocumentId, usize) {
    (said.document, said.hull.start())
}

fn state(index: &Index<'_>, place: Place, sayings: &[Said]) -> State {
    State {
        quotes: sayings.iter().map(|said| said.id).collect(),
        ..index.state(index.places().id(place), sayings.iter().map(|said| said.passage()).collect())
    }
}
