//! Conditions in marked-up sentences: `<t>` stands around the trigger, `<c>` around the condition,
//! `<q>` around the consequence. A sentence without tags has none.

use stemma_model::{Annotations, ConditionForce, Holder, Polarity};

use crate::sample::{read, unmark};

/// Holds what is found in the sentence against its tags.
#[track_caller]
fn check(marked: &str) {
    check_told(marked, false, "");
}

/// The same, and how it is told: force, polarity, modality and holder.
#[track_caller]
fn check_told(marked: &str, titled: bool, told: &str) {
    let (text, mut expected) = unmark(marked, &["t", "c", "q"]);
    expected.sort();
    let Some((document, annotations)) = read(&text, titled) else { return };
    let mut found: Vec<(String, String)> = annotations
        .conditions
        .iter()
        .flat_map(|c| [("t", c.trigger), ("c", c.condition), ("q", c.consequence)])
        .map(|(tag, span)| (tag.to_owned(), document.slice(span).to_owned()))
        .collect();
    found.sort();
    assert_eq!(found, expected, "in {text:?}");
    if !told.is_empty() {
        assert_eq!(telling(&annotations), told, "in {text:?}");
    }
}

fn telling(annotations: &Annotations) -> String {
    let one = |condition: &stemma_model::Condition| {
        let force = match condition.force {
            ConditionForce::Necessary => "necessary",
            ConditionForce::Sufficient => "sufficient",
            ConditionForce::Unspecified => "unspecified",
        };
        let polarity = match condition.polarity {
            Polarity::Positive => "affirmed",
            Polarity::Negative => "denied",
        };
        let modality = condition.modality.as_deref().unwrap_or("-");
        let holder = match condition.holder {
            Holder::Quote(id) => {
                let quote = annotations.quotes.iter().find(|quote| quote.id == id);
                quote.and_then(|quote| quote.source.name.clone()).unwrap_or_default()
            }
            Holder::Outlet => "outlet".to_owned(),
            Holder::Headline => "headline".to_owned(),
        };
        format!("{force} {polarity} {modality} {holder}")
    };
    annotations.conditions.iter().map(one).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_fronted_clause_ends_at_its_comma() {
    check("<t>If</t> <c>the vote fails</c>, <q>the party will split</q>.");
    check("<t>If</t> <c>the talks fail and the truce ends</c>, then <q>the army will move</q>.");
    check("But <t>if</t> <c>the union wins the vote in May</c>, <q>the plant could close</q>.");
    check("<t>Unless</t> <c>the council agrees</c>, <q>the bridge will stay shut</q>.");
    check("<t>If</t> <c>the dam breaks</c>, she said, <q>the town will drown</q>.");
}

#[test]
fn a_trailing_clause_belongs_to_what_stands_before_it() {
    check("<q>The bill will not pass</q> <t>unless</t> <c>the Senate agrees</c>.");
    check("<q>The mayor will resign</q> <t>if</t> <c>the court rules against her</c>.");
    check("<q>We will keep the road open</q> <t>as long as</t> <c>the weather allows it</c>.");
    check("<q>The firm will pay</q>, <t>provided that</t> <c>the repairs are made</c>.");
}

#[test]
fn what_has_not_happened_yet_is_waited_for() {
    check("<q>Talks</q> can begin <t>only after</t> <c>the troops leave the city</c>.");
    check("<q>The school will not open</q> <t>until</t> <c>the roof is repaired</c>.");
    check("<t>Once</t> <c>the strike ends</c>, <q>the trains will run again</q>.");
    check("They <t>must first</t> <c>disarm</c> before <q>they can join the talks</q>.");
}

#[test]
fn dependence_may_be_named() {
    check("<q>The deal</q> <t>hinges on</t> <c>a vote in the Senate</c>.");
    check("<c>A ceasefire</c> is <t>a precondition for</t> <q>talks</q>.");
    check("<q>There will be no deal</q> <t>without</t> <c>a vote</c>.");
    check("<q>A deal</q> <t>requires</t> <c>the consent of both houses</c>.");
    check("It would <t>take</t> <c>a miracle</c> to <q>save the mill</q>.");
    check("<t>Only</t> <c>a court</c> can <q>stop the sale</q>.");
    check("<t>Only</t> <c>the Ninth Circuit</c> can <q>stop the sale</q>.");
    check("<t>For</t> <q>the truce to hold</q>, <c>both sides must pull back</c>.");
}

#[test]
fn an_auxiliary_before_its_subject_supposes() {
    check("<t>Should</t> <c>the talks fail</c>, <q>the army will move</q>.");
    check("<t>Had</t> <c>the guard known</c>, <q>he would have left</q>.");
    check("<q>The mayor would step in</q> <t>should</t> <c>the council fail</c>.");
}

#[test]
fn how_it_is_told_is_kept() {
    let necessary = "<q>The bill will not pass</q> <t>unless</t> <c>the Senate agrees</c>.";
    check_told(necessary, false, "necessary denied will outlet");
    let said = "“<t>If</t> <c>the vote fails</c>, <q>the party will split</q>,” Anna Lee said.";
    check_told(said, false, "sufficient affirmed will Anna Lee");
    let headline = "<q>Bridge Deal</q> <t>Hinges on</t> <c>Council Vote</c>\n\nThe town waits.";
    check_told(headline, true, "necessary affirmed - headline");
}

#[test]
fn sequence_and_dates_are_no_conditions() {
    check("The guests left after the meeting.");
    check("The minister resigned after the vote was counted.");
    check("The exhibition stays open until Friday.");
    check("He lived in the village until he died.");
    check("She was once the mayor of the town.");
    check("They ate before they left.");
}

#[test]
fn whether_and_set_phrases_are_no_conditions() {
    check("She asked if the train had left.");
    check("Reporters asked by the door if the minister would resign.");
    check("It is not clear if the bridge will open.");
    check("The road will be closed even if it rains.");
    check("He spoke on condition of anonymity.");
    check("There is a big “if” in the plan.");
    check("If you want an example, consider the bridge.");
    check("She left without a word.");
}

#[test]
fn what_comes_if_it_is_not_done_depends_on_it() {
    check("<c>Farmers must cut their use of water</c>, <t>or</t> <q>the river could run dry</q>.");
    check("<c>Pay up</c>, <t>or else</t> <q>they will keep polluting the river</q>.");
    check("You need a license.");
    check("You <t>need</t> <c>a license</c> to <q>drive a truck</q>.");
}

#[test]
fn shortened_clauses_are_clauses() {
    check("The letters, <t>once</t> <c>made public</c>, <q>could bring trouble</q>.");
    check("<q>He could face jail</q> <t>if</t> <c>forced to return to his country</c>.");
    check("She could be without power for days.");
}

#[test]
fn what_has_its_day_or_is_measured_is_no_condition() {
    check("He will stay until the end of the year.");
    check("They plan to wait until after the election in November.");
    check("They have less than a month to go until the vote.");
    check("It can be seen six weeks after the operation.");
    check("Once the darling of the party, the mayor has seen her numbers fall.");
    check("The mayor, readers may recall, once lied to the council.");
    check("Lawyers have petitions pending in two courts.");
}

#[test]
fn the_main_clause_may_stand_behind_an_aside() {
    check(
        "<t>If</t> <c>the firm pays for the repairs</c> — and it has said so twice — <q>the bridge \
         will open in May</q>.",
    );
    check(
        "<t>If</t> <c>the fees were set by the council</c>, said Ann Hill, an expert in law at the \
         university, <q>the suit would fail</q>.",
    );
    check("<t>If</t> <c>used for limited, specific needs</c>, <q>the tool could be useful</q>.");
    check("The council, <t>if</t> <c>the plan fails</c>, <q>will resign</q>.");
    // The parser takes the city for who was warned, and the "n’t" for a noun.
    check("It warned the city <q>faces risks</q> <t>if</t> <c>policy makers don’t act</c>.");
}

#[test]
fn a_condition_is_not_cut_at_a_row_or_an_aside() {
    check(
        "<t>If</t> <c>you need to show a card to board a plane, rent a car, or see a doctor</c>, \
         <q>it makes sense to have one</q>.",
    );
    check("It is a lesson: <t>if</t> <c>the dam breaks</c>, <q>the town will drown</q>.");
    check("Should the statues — of generals, for example — come down?");
    check("She should not go.");
    check("If only the council could keep quiet.");
}

#[test]
fn what_depends_is_what_stands_nearest() {
    check(
        "There is no way around it: <q>the mill will close</q> <t>if</t> <c>the bank says no</c>.",
    );
    check(
        "She promised <q>to resign</q> <t>if</t> <c>the plan fails</c>, but nobody believes her.",
    );
    check("Either <c>the council agrees</c>, <t>or</t> <q>the state will step in</q>.");
}

#[test]
fn what_kind_of_thing_it_is_does_not_depend() {
    check("A boy without a brother will be lonely.");
    check("Even without the mayor, the party would win.");
    check("It was a sincere, if limited, attempt.");
    check("Regardless if the story was true or not, the point is moot.");
    check("If you look at the numbers, the town is growing.");
    check("Workers depend on the river.");
    check("Only 400 members will vote.");
    check("Of the workers, only 400 will move.");
    check("To paraphrase the mayor, we need to go home.");
}

#[test]
fn what_was_given_for_something_is_told() {
    check("He paid the mayor in exchange for a license.");
    check("<q>The aid</q> is <t>contingent on</t> <c>a new law</c>.");
}

#[test]
fn duties_and_purposes_are_no_conditions() {
    check("The plan will require employees to work on Sundays.");
    check("The town needs a way to pay for the school.");
    check("The law requires drivers to stop.");
    check("It took years to build the bridge.");
    check("He went out to buy bread.");
    check("Should we go?");
}
