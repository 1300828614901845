//! Who said what, in marked-up sentences: `<src>`, `<cue>`, `<q>` stand around what is expected.
//!
//! Needs the English model; without it the tests say so and pass over.

mod common;

use std::collections::BTreeSet;

use common::annotator;
use stemma_annotate::annotate;
use stemma_model::{Attitude, Block, BlockKind, Document, DocumentId, Span};
use stemma_text::paragraphs;

/// A report of plain paragraphs, the first of them the title if `titled`.
fn report(text: &str, titled: bool) -> Document {
    let kind = |i: usize| if titled && i == 0 { BlockKind::Title } else { BlockKind::Paragraph };
    let spans = paragraphs(text).into_iter().enumerate();
    Document {
        blocks: spans.map(|(i, span)| Block { span, kind: kind(i) }).collect(),
        ..Document::plain(DocumentId::of(&[text]), text)
    }
}

/// The text without its tags, and the trimmed words in each.
fn read(marked: &str) -> (String, BTreeSet<(String, String)>) {
    let mut text = String::new();
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut expected = BTreeSet::new();
    for part in marked.split_inclusive(['<', '>']) {
        match part.strip_suffix('>') {
            Some(tag) if ["src", "cue", "q"].contains(&tag) => open.push((tag, text.len())),
            Some(tag) if tag.starts_with('/') => {
                let (tag, start) = open.pop().expect("an open tag");
                expected.insert((tag.to_owned(), trim(&text[start..])));
            }
            _ => text.push_str(part.trim_end_matches('<')),
        }
    }
    (text, expected)
}

fn trim(words: &str) -> String {
    words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Checks cue, source and content of every quotation in `marked`.
fn check(marked: &str) {
    let Some(annotator) = annotator() else { return };
    let (text, expected) = read(marked);
    let document = report(&text, false);
    let mut found = BTreeSet::new();
    for quote in annotate(&document, annotator).quotes {
        let mut add =
            |role: &str, span: Span| found.insert((role.to_owned(), trim(document.slice(span))));
        quote.content.iter().for_each(|&span| _ = add("q", span));
        quote.cue.iter().for_each(|cue| _ = add("cue", cue.span));
        quote.source.span.iter().for_each(|&span| _ = add("src", span));
    }
    assert_eq!(found, expected, "in {text}");
}

/// Checks the names of the speakers of a report, in order.
fn check_speakers(text: &str, expected: &[&str]) {
    let Some(annotator) = annotator() else { return };
    let quotes = annotate(&report(text, true), annotator).quotes;
    let names: Vec<String> =
        quotes.into_iter().map(|quote| quote.source.name.unwrap_or_default()).collect();
    assert_eq!(names, expected, "in {text}");
}

#[test]
fn direct_speech_before_and_after_its_cue() {
    check("<q>“We will appeal the ruling,”</q> <src>Ms. Lee</src> <cue>said</cue>.");
    check("<src>Ms. Lee</src> <cue>said</cue>: <q>“We will appeal the ruling.”</q>");
}

#[test]
fn indirect_speech() {
    check("<src>The minister</src> <cue>said</cue> <q>that the bridge would be closed</q>.");
}

#[test]
fn names_and_scare_quotes_are_not_quotations() {
    check("The exercise “Griffin Storm” took place near the coast.");
    check("The film “A Long Way Home” opened on Friday.");
}

#[test]
fn a_pronoun_and_a_role_stand_for_the_last_who_fits() {
    check_speakers(
        "Bridge to close\n\nMinister Anna Kovac said the bridge would close. \
         “It is not safe,” she said.\n\n“We have no choice,” the minister added.",
        &["Anna Kovac", "Anna Kovac", "Anna Kovac"],
    );
}

#[test]
fn what_follows_on_keeps_its_speaker() {
    check_speakers(
        "Bridge to close\n\n“The bridge is not safe,” Anna Kovac said on Monday. “It will close.”",
        &["Anna Kovac", "Anna Kovac"],
    );
}

#[test]
fn any_text_has_a_result() {
    let Some(annotator) = annotator() else { return };
    for text in [
        "",
        "“",
        "\"\"\"\"",
        "he said",
        "“‘“‘“",
        "said said said",
        "\u{202e}“שלום” אמר",
        "🙂 “🙂” 🙂",
    ] {
        let document = report(text, false);
        for quote in annotate(&document, annotator).quotes {
            assert!(quote.content.iter().all(|span| text.get(span.range()).is_some()));
        }
    }
}

#[test]

fn according_to() {
    check(
        "<q>The bridge will be closed for a month</q>, <cue>according to</cue> <src>officials</src>.",
    );
}

/// Checks setting, place and audience of the one quotation of a report.
fn check_occasion(text: &str, expected: [&str; 3]) {
    let Some(annotator) = annotator() else { return };
    let document = report(text, false);
    let quotes = annotate(&document, annotator).quotes;
    let [quote] = quotes.as_slice() else { panic!("one quotation in {text}: {quotes:?}") };
    let occasion = &quote.occasion;
    let found = [occasion.setting, occasion.place, occasion.audience]
        .map(|span| span.map_or("", |span| document.slice(span)));
    assert_eq!(found, expected, "in {text}");
}

#[test]
fn an_occasion_has_its_parts() {
    check_occasion(
        "“We will not go,” Ms. Lee told reporters at a briefing in Vienna.",
        ["at a briefing in Vienna", "in Vienna", "reporters"],
    );
    check_occasion(
        "Speaking in a conference call with reporters, Ms. Lee said that the bridge would close.",
        ["in a conference call with reporters", "", "reporters"],
    );
}

/// Checks the attitude of the quotation whose content holds `words`.
fn check_attitude(text: &str, words: &str, attitude: Attitude) {
    let Some(annotator) = annotator() else { return };
    let document = report(text, false);
    let quotes = annotate(&document, annotator).quotes;
    let found = quotes
        .iter()
        .find(|quote| quote.content.iter().any(|&span| document.slice(span).contains(words)));
    assert_eq!(found.map(|quote| quote.attitude), Some(attitude), "in {text}");
}

#[test]
fn what_is_said_thought_and_wanted_is_told_apart() {
    let said = "The minister said that the bridge would close.";
    check_attitude(said, "would close", Attitude::Assertion);
    check_attitude("Ms. Lee believes that the bridge is safe.", "is safe", Attitude::Belief);
    check_attitude("Ms. Lee wants to close the bridge.", "close", Attitude::Eventuality);
    check_attitude("The minister refused to close the bridge.", "close", Attitude::Eventuality);
}

#[test]
fn a_content_ends_with_its_clause() {
    check(
        "<src>The minister</src> <cue>declared</cue> <q>that the town deserves to keep the bridge</q> \
         and <cue>pledged</cue> <q>continuing support for it</q>.",
    );
    check_speakers(
        "Bridge to close\n\n“We will go,” Anna Kovac told a meeting. “It is late.” She said she \
         would write to the council.",
        &["Anna Kovac", "Anna Kovac", "Anna Kovac"],
    );
}

#[test]
fn what_stands_aside_is_not_taken_in() {
    check(
        "Asked at a hearing for her view of the tolls, <src>Adele Marsh</src> <cue>repeated</cue> \
         <q>that they would fall next spring</q>.",
    );
}

#[test]
fn a_line_names_its_source() {
    check_speakers(
        "Letters\n\n“The bridge must stay open for the people of the town.” ― Anna Kovac",
        &["Anna Kovac"],
    );
    check_speakers(
        "Letters\n\n“I want to know who chose the date.”\u{a0}― Piet Olsen\u{a0}\n\n\
         “Nobody asked the ferrymen.” ―\u{a0}Rosa Lind\n\n\
         “We were told in a letter, and too late.”― Tom Ashby",
        &["Piet Olsen", "Rosa Lind", "Tom Ashby"],
    );
}

#[test]
fn the_person_speaks_not_the_body_in_the_title() {
    check_speakers(
        "Bridge\n\n“We do not expect a visit,” US Assistant Secretary for European Affairs James \
         O’Brien said in May.",
        &["James O’Brien"],
    );
}

#[test]
fn denied_and_supposed_sayings_are_marked() {
    let Some(annotator) = annotator() else { return };
    for (text, negated, hypothetical) in [
        ("The minister said that the bridge would close.", false, false),
        ("The minister did not say that the bridge would close.", true, false),
        ("The minister declined to say that the bridge would close.", true, false),
        ("The minister may say that the bridge would close.", false, true),
    ] {
        let quotes = annotate(&report(text, false), annotator).quotes;
        let marks = quotes
            .iter()
            .find(|quote| quote.content.iter().any(|span| span.of_text(text).contains("close")));
        let marks = marks.map(|quote| (quote.negated, quote.hypothetical));
        assert_eq!(marks, Some((negated, hypothetical)), "in {text}");
    }
}
