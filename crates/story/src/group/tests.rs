//! Invented reports, and which of them tell one story.

use std::collections::BTreeSet;

use proptest::prelude::*;
use stemma_model::{
    AlignmentId, AlignmentKind, Earliest, Passage, Quote, QuoteId, QuoteKind, SourceStatus, Span,
};

use super::*;

/// A report of a case: `STORY DATE TEXT`, the date `-` where it is not known. Whatever stands in
/// `“…”` is a quotation of Oda Vane.
struct Report {
    story: String,
    document: Document,
    date: DateRange,
    quotes: Vec<Quote>,
}

fn reports(marked: &str) -> Vec<Report> {
    let lines = marked.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.enumerate().map(|(i, line)| report(&format!("r{i}"), line)).collect()
}

fn report(name: &str, line: &str) -> Report {
    let mut parts = line.splitn(3, ' ');
    let mut next = || parts.next().expect("STORY DATE TEXT");
    let (story, date, text) = (next().to_owned(), next(), next());
    let date = date.parse().map_or_else(|_| DateRange::unknown(), DateRange::day);
    let id = DocumentId::of(&[name]);
    let document = Document { given_id: Some(name.into()), ..Document::plain(id, text) };
    Report { story, quotes: quotes(text), document, date }
}

/// Whatever the text quotes.
fn quotes(text: &str) -> Vec<Quote> {
    text.match_indices('“').map(|(at, _)| quote(text, at)).collect()
}

/// The quotation of Oda Vane that opens at `at`.
fn quote(text: &str, at: usize) -> Quote {
    let end = text[at..].find('”').map_or(text.len(), |length| at + length);
    let inside = vec![Span::new(at + '“'.len_utf8(), end)];
    let mut quote =
        Quote::plain(QuoteId::of(&[text, &at.to_string()]), QuoteKind::Direct, inside.clone());
    quote.marked = inside;
    quote.source.status = SourceStatus::Named;
    quote.source.name = Some("Oda Vane".into());
    quote
}

fn grouped(
    reports: &[Report],
    quoted: bool,
    alignments: &[Alignment],
    corrections: &[Correction],
) -> Grouping {
    let reports: Vec<super::Report<'_>> = reports
        .iter()
        .map(|Report { document, date, quotes, .. }| super::Report {
            document,
            date: *date,
            stated: date.from.is_some(),
            quotes: if quoted { quotes } else { &[] },
        })
        .collect();
    group(Input { reports: &reports, alignments, corrections })
}

/// The stories as sets of documents.
fn partition(grouping: &Grouping) -> BTreeSet<Vec<DocumentId>> {
    grouping.stories.iter().map(|story| story.documents.clone()).collect()
}

fn expected(reports: &[Report]) -> BTreeSet<Vec<DocumentId>> {
    let names: BTreeSet<&str> = reports.iter().map(|r| r.story.as_str()).collect();
    let of = |name: &str| {
        let mut ids: Vec<DocumentId> =
            reports.iter().filter(|r| r.story == name).map(|r| r.document.id).collect();
        ids.sort_unstable();
        ids
    };
    names.into_iter().map(of).collect()
}

#[track_caller]
fn check(marked: &str) {
    check_corrected(marked, &[]);
}

/// `said`: `0=1` reports 0 and 1 are one story, `0!1` they are not.
#[track_caller]
fn check_corrected(marked: &str, said: &[&str]) {
    let reports = reports(marked);
    let grouping = grouped(&reports, true, &[], &corrections(said));
    let texts = |ids: &[DocumentId]| -> Vec<usize> {
        ids.iter().filter_map(|id| reports.iter().position(|r| r.document.id == *id)).collect()
    };
    let found: Vec<Vec<usize>> = grouping.stories.iter().map(|s| texts(&s.documents)).collect();
    assert_eq!(partition(&grouping), expected(&reports), "found {found:?}");
}

fn corrections(said: &[&str]) -> Vec<Correction> {
    let id = |number: &str| DocumentId::of(&[&format!("r{number}")]);
    let one = |said: &&str| match said.split_once('=') {
        Some((a, b)) => Correction::SameStory { a: id(a), b: id(b) },
        None => {
            let (a, b) = said.split_once('!').expect("`0=1` or `0!1`");
            Correction::NotSameStory { a: id(a), b: id(b) }
        }
    };
    said.iter().map(one).collect()
}

const TWO_STORIES: &str = "
    f 2031-03-01 The ferry Aurora sank off Port Ellen on Sunday with 40 people aboard, the coastguard said.
    f 2031-03-02 Rescuers searched the sea off Port Ellen after the ferry Aurora sank with 40 people aboard.
    f 2031-03-02 Coastguard boats reached the Aurora too late: the ferry sank near Port Ellen on Sunday.
    b 2031-03-01 Minister Ines Calder put the budget before parliament in Tarn and raised the fuel duty.
    b 2031-03-02 Hauliers protest as the budget of Ines Calder raises fuel duty in Tarn.
";

#[test]
fn reports_of_one_event_are_one_story() {
    check(TWO_STORIES);
    check("");
    check("a - .");
    check("a 2031-03-01 The of and.\nb 2031-03-01 The of and.");
}

#[test]
fn the_same_words_long_after_are_another_event() {
    check(
        "a 2030-03-01 The ferry Aurora sank off Port Ellen with 40 people aboard.
         b 2031-03-01 The ferry Aurora sank off Port Ellen with 40 people aboard, again.",
    );
}

#[test]
fn undated_reports_do_not_join_years() {
    check(
        "a 2030-03-01 The ferry Aurora sank off Port Ellen with 40 people aboard.
         a - The ferry Aurora sank off Port Ellen with 40 people aboard, islanders say.
         b 2031-03-01 The ferry Aurora sank off Port Ellen, rescuers say.",
    );
}

#[test]
fn a_story_does_not_roll_on_for_weeks() {
    let days = ["01", "05", "09", "13", "17", "21"];
    let lines: Vec<String> = days
        .iter()
        .map(|day| format!("x 2031-03-{day} The ferry Aurora sank off Port Ellen with 40 aboard."))
        .collect();
    let reports = reports(&lines.join("\n"));
    let grouping = grouped(&reports, false, &[], &[]);
    for story in &grouping.stories {
        let (from, to) = (story.date.from.unwrap(), story.date.to.unwrap());
        assert!(i64::from((to - from).get_days()) <= window::STORY_DAYS, "{from} to {to}");
    }
    assert!(grouping.stories.len() < reports.len(), "neighbours in time are still joined");
}

#[test]
fn events_of_one_kind_are_told_apart_by_their_names() {
    check(
        "q - An earthquake of magnitude 5.6 shook Qeshan near Dargan; doctors in Dargan treated the wounded.
         q - Houses fell in Dargan on Qeshan when an earthquake shook the island, doctors said.
         q - The earthquake on Qeshan wounded people in Dargan and damaged houses.
         q - Dargan on Qeshan was shaken by an earthquake that damaged houses and wounded people.
         r - An earthquake of magnitude 6.3 shook Molveno and Trestina; doctors in Trestina treated the wounded.
         r - Houses fell in Trestina near Molveno when an earthquake shook the valley, doctors said.
         r - The earthquake at Molveno wounded people in Trestina and damaged houses.
         r - Trestina at Molveno was shaken by an earthquake that damaged houses and wounded people.",
    );
}

#[test]
fn undated_reports_that_quote_other_words_at_length_are_of_two_occasions() {
    let case = |first: &str, second: &str, other: (&str, &str)| {
        format!(
            "{first} - Oda Vane spoke of Tarn on a visit to its capital. “Tarn will one day join our \
             alliance of states.” “We have never stood closer to Tarn than today.”
             {second} - Asked about Tarn in Sund, Oda Vane named conditions. “{}” “{}”",
            other.0, other.1
        )
    };
    let other = (
        "Without victory there can be no talk of membership.",
        "Ministers will decide on the fund before the summer.",
    );
    check(&case("a", "b", other));
    let again = ("Tarn will one day join our alliance of states.", other.1);
    check(&case("a", "a", again));
}

#[test]
fn a_report_that_carries_another_tells_its_story() {
    let reports = reports(
        "a 2031-03-01 Coastguard boats came too late.
         a 2031-03-01 Islanders mourned quietly in Ellen.",
    );
    let alone = grouped(&reports, false, &[], &[]);
    assert_eq!(alone.stories.len(), 2);
    let carried = grouped(&reports, false, &[alignment(&reports, ["Coast", "Islanders"], 6)], &[]);
    assert_eq!(partition(&carried), expected(&reports));
}

/// A passage of so many words, from these words on to the end, that the first two reports share.
fn alignment(reports: &[Report], from: [&str; 2], words: u32) -> Alignment {
    let passage = |at: usize| {
        let Document { id, text, .. } = &reports[at].document;
        Passage::new(*id, Span::new(text.find(from[at]).unwrap(), text.len()))
    };
    Alignment {
        id: AlignmentId::of(&["x"]),
        a: passage(0),
        b: passage(1),
        words,
        similarity: 1.0,
        kind: AlignmentKind::Verbatim,
        changes: Vec::new(),
        first: Earliest { candidates: Vec::new(), why: String::new() },
    }
}

#[test]
fn what_recurs_in_undated_reports_of_one_outlet_joins_nothing() {
    let recurring =
        "Elsewhere hauliers blockade Sund harbour over fuel duties raised by Ines Calder.";
    let news = [
        "Rescuers searched rough waters after the ferry Aurora sank near Port Ellen with islanders.",
        "Doctors treated wounded villagers when an earthquake damaged Molveno churches, schools, bridges and two hospitals.",
        "Judges freed a banker whom prosecutors had accused of forging wills and land registers.",
        "Beekeepers count heavy losses following a frosty spring across northern orchards, officials warn.",
        "Astronomers photographed a comet whose tail split twice while it was passing far behind Jupiter and Saturn.",
    ];
    let check = |outlets: [&str; 5], stories: usize| {
        let lines: Vec<String> = news
            .iter()
            .enumerate()
            .map(|(at, news)| format!("s{at} - {news} {recurring}"))
            .collect();
        let mut reports = reports(&lines.join("\n"));
        for (report, outlet) in reports.iter_mut().zip(outlets) {
            report.document.outlet = Some(outlet.into());
        }
        assert_eq!(grouped(&reports, false, &[], &[]).stories.len(), stories);
    };
    check(["Tarn Gazette"; 5], 5);
    check(["Tarn Gazette", "Sund Mail", "Ellen Post", "Molveno Echo", "Island Times"], 1);
}

#[test]
fn a_reader_is_obeyed() {
    let apart = TWO_STORIES.replacen("f 2031-03-01", "g 2031-03-01", 1);
    check_corrected(&apart, &["0!1", "0!2"]);
    let joined = TWO_STORIES.replace("b 2031", "f 2031");
    check_corrected(&joined, &["0=3"]);
}

#[test]
fn same_is_transitive_and_not_the_same_holds_against_it() {
    let five = "
        x 2030-01-01 The ferry Aurora sank off Port Ellen.
        x 2031-03-01 Ines Calder put the budget before parliament in Tarn.
        x 2032-05-01 An earthquake shook Molveno.
        y 2033-07-01 Hauliers blocked the harbour of Sund.
    ";
    check_corrected(five, &["0=1", "1=2"]);
    check_corrected(five, &["1=2", "0=1", "2!3"]);
    // A chain that would join 0 and 2 against a reader's word: one link gives way, and it is the same
    // in whichever order they were said.
    let broken = five.replacen("x 2030", "z 2030", 1);
    check_corrected(&broken, &["0=1", "1=2", "0!2"]);
    check_corrected(&broken, &["0!2", "1=2", "0=1"]);
}

#[test]
fn a_thread_holds_the_stories_of_one_question_and_says_what_came_in() {
    let reports = reports(
        "a 2031-01-10 Oda Vane of the Alliance spoke in Tarn of membership for Tarn in the Alliance.
         b 2031-06-10 Oda Vane of the Alliance spoke of membership for Tarn in the Alliance with Ines Calder.
         c 2031-06-10 An earthquake shook Molveno.",
    );
    let grouping = grouped(&reports, false, &[], &[]);
    let [thread] = grouping.threads.as_slice() else { panic!("{:?}", grouping.threads) };
    let story = |at: usize| {
        let has = |s: &&Story| s.documents == [reports[at].document.id];
        grouping.stories.iter().find(has).map(|s| s.id).unwrap()
    };
    assert_eq!(thread.stories, [story(0), story(1)]);
    let moved = thread.reason.parts.iter().find(|part| part.rule == "first-met").unwrap();
    assert!(moved.note.ends_with("`: Calder, Ines"), "{}", moved.note);
}

#[track_caller]
fn check_why(marked: &str, said: &[&str], expected: &[&str]) {
    let reports = reports(marked);
    let grouping = grouped(&reports, false, &[], &corrections(said));
    let reason = grouping.why(reports[0].document.id, reports[1].document.id).unwrap();
    let told: Vec<String> = std::iter::once(&reason)
        .chain(&reason.parts)
        .map(|part| format!("{}: {}", part.rule, part.note))
        .collect();
    for words in expected {
        assert!(told.iter().any(|line| line.contains(words)), "no `{words}` in {told:#?}");
    }
}

#[test]
fn why_says_what_two_reports_share_and_what_parts_them() {
    check_why(
        TWO_STORIES,
        &[],
        &["same-story", "published a day apart, near enough for one story", "Aurora"],
    );
    check_why(
        "a 2031-03-01 The ferry Aurora sank off Port Ellen.\nb 2031-06-01 The ferry Hesper sank off Port Ellen.",
        &[],
        &[
            "different-stories",
            "92 days apart, too far",
            "only the first has Aurora; only the second has Hesper",
            "as alike as reports of one story",
        ],
    );
    check_why(TWO_STORIES, &["0!1"], &["a reader said that they tell two stories"]);
    check_why("a - Ferry sank.\nb - Budget rose.", &[], &["is not known", "no telling word"]);
}

/// Lines from a small vocabulary, so that reports meet, with days of one month or none.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let words = ["Aurora", "ferry", "sank", "Ellen", "budget", "Calder", "Tarn", "duty", "Molveno"];
    let text = prop::collection::vec(prop::sample::select(words.to_vec()), 3..9);
    let date = prop::option::of(1..28_u8);
    let line = (date, text).prop_map(|(date, text)| {
        let date = date.map_or("-".to_owned(), |day| format!("2031-03-{day:02}"));
        format!("x {date} {}", text.join(" "))
    });
    prop::collection::vec(line, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_report_is_in_one_story_and_the_order_does_not_matter(lines in lines(), turn in 0..13_usize) {
        let mut reports: Vec<Report> =
            lines.iter().enumerate().map(|(i, line)| report(&format!("r{i}"), line)).collect();
        let first = grouped(&reports, false, &[], &[]);
        let mut placed: Vec<DocumentId> = first.stories.iter().flat_map(|s| s.documents.clone()).collect();
        placed.sort_unstable();
        let mut all: Vec<DocumentId> = reports.iter().map(|r| r.document.id).collect();
        all.sort_unstable();
        prop_assert_eq!(placed, all);
        let turn = turn % reports.len();
        reports.rotate_left(turn);
        prop_assert_eq!(&grouped(&reports, false, &[], &[]).stories, &first.stories);
        reports.reverse();
        prop_assert_eq!(&grouped(&reports, false, &[], &[]).stories, &first.stories);
    }

    #[test]
    fn corrections_hold_whatever_is_said(lines in lines(), said in prop::collection::vec((0..13_usize, 0..13_usize, any::<bool>()), 0..8)) {
        let reports: Vec<Report> =
            lines.iter().enumerate().map(|(i, line)| report(&format!("r{i}"), line)).collect();
        let said: Vec<(usize, usize, bool)> = said
            .into_iter()
            .map(|(a, b, same)| (a % reports.len(), b % reports.len(), same))
            .filter(|(a, b, _)| a != b)
            .collect();
        let texts: Vec<String> =
            said.iter().map(|(a, b, same)| format!("{a}{}{b}", if *same { '=' } else { '!' })).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let grouping = grouped(&reports, false, &[], &corrections(&texts));
        let home = |i: usize| {
            grouping.stories.iter().position(|s| s.documents.contains(&reports[i].document.id)).unwrap()
        };
        for &(a, b, same) in &said {
            if !same {
                prop_assert_ne!(home(a), home(b), "{} and {} were put apart", a, b);
            }
        }
        // Where nothing was put apart, every "same" holds.
        if said.iter().all(|(_, _, same)| *same) {
            for &(a, b, _) in &said {
                prop_assert_eq!(home(a), home(b), "{} and {} were put together", a, b);
            }
        }
    }
}
