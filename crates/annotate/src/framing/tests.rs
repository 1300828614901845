//! Competing terms in marked-up sentences: a tag names the concept, what stands in it is the term.

use crate::sample::{read, unmark};

/// The concepts that the sentences below use as tags.
const CONCEPTS: &[&str] =
    &["capital-of-ukraine", "armed-conflict", "rule-of-a-state", "armed-group", "distanced-term"];

/// Holds the terms found against the tags.
#[track_caller]
fn check(marked: &str) {
    let (text, mut expected) = unmark(marked, CONCEPTS);
    let Some((document, annotations)) = read(&text, false) else { return };
    let mut found: Vec<(String, String)> = annotations
        .framing
        .iter()
        .map(|cue| (cue.concept.clone(), document.slice(cue.span).to_owned()))
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "in {text:?}");
}

/// The forms that the terms of a sentence are counted under, in text order.
#[track_caller]
fn check_forms(text: &str, expected: &[&str]) {
    let Some((_, annotations)) = read(text, false) else { return };
    let forms: Vec<&str> = annotations.framing.iter().map(|cue| cue.form.as_str()).collect();
    assert_eq!(forms, expected, "in {text:?}");
}

#[test]
fn every_form_of_a_concept_is_marked_the_longest_first() {
    check("The train to <capital-of-ukraine>Kyiv</capital-of-ukraine> was late.");
    check("The <armed-conflict>full-scale invasion</armed-conflict> began in winter.");
    check("The <rule-of-a-state>regime</rule-of-a-state> fell.");
    check("The <armed-group>rebels</armed-group> left the town.");
}

#[test]
fn a_form_is_counted_as_the_lexicon_has_it() {
    check_forms("Militants met the militant.", &["militant", "militant"]);
    check_forms("KIEV is not kyiv.", &["kiev", "kyiv"]);
}

#[test]
fn beside_some_words_a_form_means_something_else() {
    check("The trade war hurt farmers.");
    check("A war chest was raised.");
    check("The conflict of interest was plain.");
}

#[test]
fn terms_at_arms_length_are_marked_too() {
    check("The so-called <distanced-term>reform</distanced-term> failed.");
    check(
        "It was part of what the ministry calls its “<distanced-term>vital step</distanced-term>.”",
    );
    check("It is what he calls home.");
}

#[test]
fn a_term_inside_quotation_marks_is_a_sources_word() {
    let text = "“The regime must go,” Anna Lee said. The government stayed.";
    let Some((_, annotations)) = read(text, false) else { return };
    let quoted: Vec<bool> = annotations.framing.iter().map(|cue| cue.quoted.is_some()).collect();
    assert_eq!(quoted, [true, false]);
}
