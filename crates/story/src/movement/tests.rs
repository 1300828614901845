//! Movements between invented stories of one thread, a report each.

use jiff::civil::date;
use stemma_model::{
    Annotations, Basis, ClaimStatus, ClaimValue, Condition, ConditionForce, Dated, Earlier,
    EarlierRelation, Holder, Polarity, PositionId, Quote, QuoteKind, Relation, Stance, Story,
    ThreadId, Variant,
};

use super::*;

/// A report: its first and last day in March 2031, and its text.
type Report = ((i8, i8), &'static str);

/// What a test puts into the record, by report.
#[derive(Default)]
struct World {
    documents: Vec<Document>,
    annotations: Vec<Annotations>,
    stories: Vec<Story>,
    threads: Vec<Thread>,
    speakers: Vec<(DocumentId, QuoteId, EntityId)>,
    utterances: Vec<Utterance>,
    claims: Vec<Claim>,
    condition_groups: Vec<(String, Vec<(DocumentId, ConditionId)>)>,
    positions: Vec<Position>,
}

fn days((from, to): (i8, i8)) -> DateRange {
    let day = |day: i8| (day > 0).then(|| date(2031, 3, day));
    DateRange { from: day(from), to: day(to), precision: stemma_model::Precision::Interval }
}

fn why() -> Reason {
    Reason::new("test", "")
}

fn minister() -> EntityId {
    EntityId::of(&["minister"])
}

impl World {
    fn of(reports: &[Report]) -> Self {
        let mut world = Self::default();
        for &(when, text) in reports {
            let id = DocumentId::of(&[text]);
            world.documents.push(Document::plain(id, text));
            let published = Dated {
                range: days(when),
                basis: Basis::None,
                evidence: Vec::new(),
                reason: why(),
            };
            world.annotations.push(Annotations { published, ..Annotations::empty(id) });
            world.stories.push(Story {
                id: StoryId::of(&[text]),
                title: text.to_owned(),
                documents: vec![id],
                date: days(when),
                reason: why(),
            });
        }
        world.threads.push(Thread {
            id: ThreadId::of(&["thread"]),
            title: String::new(),
            stories: world.stories.iter().map(|story| story.id).collect(),
            reason: why(),
        });
        world
    }

    fn span(&self, report: usize, words: &str) -> Span {
        Span::of(&self.documents[report].text, words).expect(words)
    }

    fn place(&self, report: usize, words: &str) -> Passage {
        Passage::new(self.documents[report].id, self.span(report, words))
    }

    fn position(&mut self, report: usize, stance: Stance, words: &str, earlier: Option<Earlier>) {
        self.positions.push(Position {
            id: PositionId::of(&[&report.to_string(), words]),
            entity: Some(minister()),
            towards: None,
            on: words.to_owned(),
            stance,
            conditions: Vec::new(),
            date: self.stories[report].date,
            story: Some(self.stories[report].id),
            evidence: vec![self.place(report, words)],
            earlier,
            reason: why(),
        });
    }

    fn condition(&mut self, report: usize, words: &str) {
        let (document, span) = (self.documents[report].id, self.span(report, words));
        let id = ConditionId::of(&[&report.to_string(), words]);
        self.annotations[report].conditions.push(Condition {
            id,
            trigger: span,
            condition: span,
            consequence: span,
            pattern: String::new(),
            polarity: Polarity::Positive,
            modality: None,
            force: ConditionForce::Unspecified,
            holder: Holder::Outlet,
            reason: why(),
        });
        match self.condition_groups.first_mut() {
            Some((_, members)) => members.push((document, id)),
            None => self.condition_groups.push(("the opening".to_owned(), vec![(document, id)])),
        }
    }

    fn quote(&mut self, report: usize, words: &str) -> QuoteId {
        let (document, span) = (self.documents[report].id, self.span(report, words));
        let id = QuoteId::of(&[&report.to_string(), words]);
        let quote = Quote { marked: vec![span], ..Quote::plain(id, QuoteKind::Direct, vec![span]) };
        self.annotations[report].quotes.push(quote);
        self.speakers.push((document, id, minister()));
        id
    }

    /// Holds the movements, as kind, earlier words and later words, against what is expected.
    #[track_caller]
    fn check(&self, expected: &[&str]) {
        let mut facts = Facts::of(&self.threads, &self.stories);
        let pairs = self.documents.iter().zip(&self.annotations);
        pairs.for_each(|(document, own)| facts.add(DocumentFacts::of(document, own)));
        let input = Input {
            documents: &self.documents,
            facts: &facts,
            threads: &self.threads,
            speakers: &self.speakers,
            utterances: &self.utterances,
            claims: &self.claims,
            condition_groups: &self.condition_groups,
            positions: &self.positions,
        };
        let words = |state: &State| {
            let text = |at: &Passage| {
                let document = self.documents.iter().find(|it| it.id == at.document);
                document.expect("a report").slice(at.span).to_owned()
            };
            state.evidence.iter().map(text).collect::<Vec<_>>().join(" + ")
        };
        let told = |movement: &Movement| {
            let earlier = movement.earlier.as_ref().map(words).unwrap_or_default();
            format!("{:?}: {earlier} > {}", movement.kind, words(&movement.later))
        };
        let found: Vec<String> = movements(&input).iter().map(told).collect();
        assert_eq!(found, expected);
    }
}

const FIRST: Report = ((1, 2), "The tunnel opens in May; 14 hurt; “We are ready.”");
const SECOND: Report = ((8, 8), "The tunnel will not open; 16 hurt; “We were ready.”");

#[test]
fn a_position_held_against_one_of_an_earlier_story_moved() {
    let mut world = World::of(&[FIRST, SECOND]);
    world.position(0, Stance::Promises, "The tunnel opens", None);
    let reverses = Earlier { position: world.positions[0].id, relation: EarlierRelation::Reverses };
    world.position(1, Stance::Refuses, "The tunnel will not open", Some(reverses));
    world.check(&["Reversed: The tunnel opens > The tunnel will not open"]);
}

#[test]
fn what_moved_inside_one_story_did_not_move_between_two() {
    let mut world = World::of(&[FIRST, SECOND]);
    world.position(0, Stance::Promises, "The tunnel opens", None);
    let repeats = Earlier { position: world.positions[0].id, relation: EarlierRelation::Repeats };
    world.position(0, Stance::Promises, "opens in May", Some(repeats));
    world.check(&[]);
}

#[test]
fn a_first_position_came_in_where_an_earlier_story_has_none() {
    let mut world = World::of(&[FIRST, SECOND]);
    world.position(1, Stance::Refuses, "The tunnel will not open", None);
    world.check(&["NewPosition:  > The tunnel will not open"]);
    world.position(0, Stance::Promises, "The tunnel opens", None);
    world.check(&[]);
}

#[test]
fn nothing_comes_in_where_no_date_puts_a_story_first() {
    let mut world = World::of(&[((0, 0), FIRST.1), SECOND]);
    world.position(1, Stance::Refuses, "The tunnel will not open", None);
    world.quote(1, "“We were ready.”");
    world.check(&[]);
}

#[test]
fn conditions_of_one_group_are_repeated_or_other() {
    let again = "It opens if the shafts are inspected.";
    let other = "It opens if Norrvik agrees.";
    let mut world = World::of(&[
        ((1, 2), "The tunnel opens if the shafts are inspected."),
        ((8, 8), again),
        ((9, 9), other),
    ]);
    world.condition(0, "the shafts are inspected");
    world.condition(1, "the shafts are inspected");
    world.condition(2, "Norrvik agrees");
    world.check(&[
        "Repeated: the shafts are inspected > the shafts are inspected",
        "NewCondition: the shafts are inspected > Norrvik agrees",
    ]);
}

#[test]
fn a_later_storys_figure_replaces_an_earlier_ones() {
    let mut world = World::of(&[FIRST, SECOND]);
    let value = |value: &str, evidence| ClaimValue {
        value: value.to_owned(),
        unit: None,
        evidence: vec![evidence],
        origins: None,
    };
    let (old, new) = (world.place(0, "14"), world.place(1, "16"));
    world.claims.push(Claim {
        id: ClaimId::of(&["hurt"]),
        about: "hurt".to_owned(),
        values: vec![value("14", old), value("16", new)],
        status: ClaimStatus::Updates,
        reason: why(),
    });
    world.check(&["UpdatedFigure: 14 > 16"]);
    world.claims[0].status = ClaimStatus::Scope;
    world.check(&[]);
}

#[test]
fn a_speaker_is_new_once_and_a_saying_may_recur() {
    let mut world = World::of(&[((1, 1), "It burns."), FIRST, SECOND]);
    let (a, b) = (world.quote(1, "“We are ready.”"), world.quote(2, "“We were ready.”"));
    let new = "NewSpeaker:  > “We are ready.”";
    // So that the first story ends before it begins.
    world.stories[1].date = days((2, 2));
    world.check(&[new]);
    world.utterances.push(Utterance {
        id: UtteranceId::of(&["ready"]),
        entity: Some(minister()),
        said: DateRange::unknown(),
        quotes: vec![(world.documents[1].id, a), (world.documents[2].id, b)],
        variants: vec![Variant {
            a: b,
            b: a,
            relation: Relation::Recurring,
            changes: Vec::new(),
            reason: why(),
        }],
        reason: why(),
    });
    world.check(&[new, "Repeated: “We are ready.” > “We were ready.”"]);
}
