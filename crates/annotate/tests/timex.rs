//! Time expressions in marked-up text: `[words|value]` stands for each that is expected, with its
//! TIMEX3 value; nothing else may be found.
//!
//! Needs the English model; without it the tests say so and pass over.

mod common;

use common::annotator;
use stemma_annotate::annotate;
use stemma_model::{Annotations, Block, BlockKind, Document, DocumentId, Title};
use stemma_text::paragraphs;

/// A text written on a day; a report has a headline, a note has none.
fn document(text: &str, written: Option<&str>, headline: Option<&str>) -> Document {
    Document {
        title: headline.map(|text| Title { text: text.to_owned(), span: None }),
        published: written.map(str::to_owned),
        blocks: paragraphs(text)
            .into_iter()
            .map(|span| Block { span, kind: BlockKind::Paragraph })
            .collect(),
        ..Document::plain(DocumentId::of(&[text]), text)
    }
}

/// The text without its marks, and the words and value of each.
fn read(marked: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut expected) = (String::new(), Vec::new());
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, behind) = after.split_once(']').expect("a closing bracket");
        let (words, value) = inside.split_once('|').expect("words and value");
        text.push_str(before);
        text.push_str(words);
        expected.push((words.to_owned(), value.to_owned()));
        rest = behind;
    }
    (text + rest, expected)
}

fn found(document: &Document, annotations: &Annotations) -> Vec<(String, String)> {
    let words = |span| document.slice(span).to_owned();
    annotations.dates.iter().map(|timex| (words(timex.span), timex.value.clone())).collect()
}

fn check(written: Option<&str>, headline: Option<&str>, marked: &str) {
    let Some(annotator) = annotator() else { return };
    let (text, expected) = read(marked);
    let document = document(&text, written, headline);
    assert_eq!(found(&document, &annotate(&document, annotator)), expected, "{marked}");
}

/// In a report written on Wednesday, 19 June 2024.
fn report(marked: &str) {
    check(Some("2024-06-19"), Some("Ferries to run again"), marked);
}

/// In a note written on Monday, 7 November 2016.
fn note(marked: &str) {
    check(Some("2016-11-07"), None, marked);
}

#[test]
fn dates_are_reckoned_from_the_day_of_writing() {
    report("The ferry sank [last September|2023-09], the port said on [Tuesday|2024-06-18].");
    report("The leaders will meet in Calden on [July 9-11|2024-07-09/2024-07-11].");
    report("By [the year 2000|2000] it was full, as of [yesterday|2024-06-18] it is not.");
    report("In [the 1990 fiscal year|1990] it sank, in [the first two quarters of 1991|1991-H1].");
    report("It had done well [last year|2023], and badly [the year before|2022].");
    report(
        "By [midyear|2024] it will be back; it will sail at [noon EST Friday|2024-06-21T12:00].",
    );
    report("The port counted votes on [Super Tuesday|2024-03-05].");
    report("The board will report [next month|2024-07] and will close in [three weeks|2024-W28].");
    report("[Two years ago|2022] the tunnel opened; it closed [last week|2024-W24].");
    report("Work began in [the nineteen seventies|197] and ended in [May 2005|2005-05].");
}

/// Earnings: what a year earlier is a year before.
#[test]
fn a_year_earlier_is_reckoned_from_what_is_reported() {
    report(
        "Second-boat sales rose in [the first quarter|2024-Q1]; a [second-quarter|2024-Q2] charge \
         will follow. The yard had lost money [a year earlier|2023-Q1]. For [the nine months|P9M] \
         it earned $2 million, against $1 million [a year earlier|2023], and in [the 2023 period|2023].",
    );
    report(
        "In [the quarter|2024-Q1] ended [April 30|2024-04-30] tolls rose from [the quarter a year ago|2023-Q1].",
    );
    report(
        "Fares in [the week|2024-W23] ended [June 7|2024-06-07] fell from [a week earlier|2024-W22].",
    );
    report(
        "In [2021|2021] tolls fell 3%, from 5% [a year earlier|2020]. They rose [a year ago|2023].",
    );
    report(
        "Traffic fell in [the first quarter|2024-Q1]; it had risen in [the same quarter of \
        2021|2021-Q1].",
    );
    report("Fares rose in [May|2024-05], by 2% from 1% [a month earlier|2024-04].");
    report("The hull was sold [the week before last|2024-W23].");
    report("[The current quarter|2024-Q2] is weak; [the final quarter of 2023|2023-Q4] was not.");
    report(
        "Results for [the year-earlier six months|P6M] paid nine cents, and ten [a year before|2023].",
    );
}

/// A company's own quarters keep their number, and the days they end with.
#[test]
fn fiscal_quarters_end_when_their_report_says() {
    let text = "The yard's fiscal first quarter was good. Tolls in the quarter ended April 30 rose \
        from a year earlier.";
    let Some(annotator) = annotator() else { return };
    let document = document(text, Some("2024-06-19"), Some("Ferries to run again"));
    let annotations = annotate(&document, annotator);
    let range = |words: &str| {
        let found = annotations.dates.iter().find(|timex| document.slice(timex.span) == words);
        let timex = found.unwrap_or_else(|| panic!("{words} is found"));
        let days = timex.range.and_then(|range| Some((range.from?, range.to?)));
        (timex.value.clone(), days.map(|(from, to)| format!("{from}/{to}")))
    };
    let check = |words, value: &str, days: Option<&str>| {
        assert_eq!(range(words), (value.to_owned(), days.map(str::to_owned)), "{words}");
    };
    check("the quarter", "2024-Q1", Some("2024-01-31/2024-04-30"));
    check("a year earlier", "2023-Q1", Some("2023-01-31/2023-04-30"));
}

/// What a past verb dates lies behind it, and what had been due does not tell.
#[test]
fn the_verb_that_a_date_hangs_on_tells_its_side() {
    report("The port brought in a new pilot in [August|2023-08].");
    report("The sale was extended to [August 20|2024-08-20].");
    report("The permit had been due to expire on [Friday|2024-06-14].");
    report("The permit was due in [August|2024-08].");
    report("Crews planned a march on [Saturday|2024-06-22].");
    report("The wreck may be raised as early as [Monday|2024-06-24].");
    report("The yard is continuing to try to sell the hull under a [January|2024-01] agreement.");
    report("[Friday|2024-06-14]'s ruling will bind the port.");
    report("Pilots see [Friday|2024-06-14]'s ruling as a blow.");
    report("Helped by [Friday|2024-06-14]'s ruling, the port will appeal.");
    report("The captain was forced to resign on [Friday|2024-06-14].");
    report("The pump may have failed on [Friday|2024-06-14].");
    report("The bridge will not open until [Friday|2024-06-21].");
    report("The port did not say so until [Friday|2024-06-14].");
    report("The port will have cleared the wreck on [Friday|2024-06-21].");
}

#[test]
fn rates_and_figures_of_speech_are_no_times() {
    report(
        "Tolls rise 4% annually, average daily traffic is low, and delay is an everyday matter.",
    );
    report("They are the pilots of tomorrow; the pilots meet [daily|P1D].");
    report("In today's world a late-night ferry is a luxury, she told “This Week” and wept.");
    report("He had the news [the other day|PAST_REF] from his 18-month-old son.");
}

#[test]
fn lengths_are_read_in_all_their_forms() {
    report("It took [two-and-a-half years|P2Y6M] and a [yearlong|P1Y] inquiry.");
    report("After [several quarters|PXQ] of losses, [the weeks ahead|PXW] look calm.");
    report("In the [1984-85|1984/1985] season it closed for [half a year|P6M].");
    report("Fares rose in [20-plus years|P20Y], most of all over [the past year|P1Y].");
    report(
        "In [the first three quarters|P3Q] of [this year|2024] a [half-hour|PT30M] wait was usual.",
    );
    report("In [the next year or two|PXY] it will end.");
    report("They will fall over [the next decade|P10Y], as in [the last half of the 1980s|198].");
    report("The hearing is put off to [a later date|FUTURE_REF].");
}

#[test]
fn figures_of_a_report_are_no_dates() {
    report("The motion passed 4-22, with 3/5 of members for the second reading.");
    report("He scored 21, and the 27 others got 6-8 each.");
    report("The fee is $1.76 a year, he told 60 Minutes.");
}

#[test]
fn notes_have_the_shorthand_of_calendars() {
    note("Back on [4/22|2017-04-22].");
    note("I'll be out [from 4 to 22 this month|2016-11-04/2016-11-22].");
    note("Let us meet [Tue 2-3:30pm|2016-11-08T14:00/2016-11-08T15:30].");
    note("Leave for [3h|PT3H] in [week 10|2016-W10].");
    note("It will happen [2 weeks before May 13|2017-04-29].");
    note("Out for [the rest of the week|2016-11-07/2016-11-13].");
    note("See you [the third week of November|2016-W46].");
    note("Dinner [every monday at 6pm|XXXX-WXX-1T18:00].");
    note("Due [2016 - 12|2016-12] or [the week after next|2016-W47].");
    note("Call [five-thirty tomorrow evening|2016-11-08T17:30].");
}

#[test]
fn days_that_no_calendar_has_stay_open() {
    note("Due on [2/30/2017|2017-02-30].");
}

#[test]
fn without_a_day_of_writing_a_date_says_what_it_knows() {
    check(
        None,
        Some("Alliance to meet"),
        "The summit opens on [November 30|XXXX-11-30]; the pact is of [2008|2008].",
    );
}

/// The five seed reports carry no date; each report's interval must hold its true day.
#[test]
fn seed_reports_are_dated_by_intervals_that_hold_the_true_day() {
    let Some(annotator) = annotator() else { return };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    // The days as the reports' publishers have them, to the month where no day is known.
    let days = [
        ("000", "2023-06", "2023-07"),
        ("001", "2024-06", "2024-07"),
        ("002", "2022-11-30", "2022-12"),
        ("003", "2023-04", "2023-05"),
        ("004", "2023-04", "2023-05"),
    ];
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut checked = 0;
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        let Some((_, from, to)) = days.iter().find(|(prefix, ..)| name.starts_with(prefix)) else {
            continue;
        };
        let text = std::fs::read_to_string(&path).expect("a seed report");
        let document = document(&text, None, Some("seed"));
        let range = annotate(&document, annotator).published.range;
        let begins = range.from.is_none_or(|day| day.to_string().as_str() <= *to);
        let ends = range.to.is_none_or(|day| day.to_string().as_str() >= *from);
        assert!(begins && ends, "{name}: {range:?}");
        checked += 1;
    }
    assert_eq!(checked, days.len());
}

/// The key's dates are found in the seed reports with their month and day.
#[test]
fn seed_dates_are_read() {
    let Some(annotator) = annotator() else { return };
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let Ok(key) = std::fs::read_to_string(shared.join("gold/seeds/key.json")) else {
        eprintln!("skipped: the key of the seeds is not there");
        return;
    };
    let key: serde_json::Value = serde_json::from_str(&key).expect("the key is JSON");
    for date in key["dates"].as_array().expect("a list of dates") {
        let field = |name: &str| date[name].as_str().expect("a string");
        let text = std::fs::read_to_string(shared.join("seeds").join(field("document"))).unwrap();
        let document = document(&text, None, Some("seed"));
        let annotations = annotate(&document, annotator);
        let values: Vec<&str> = annotations
            .dates
            .iter()
            .filter(|timex| document.slice(timex.span) == field("text"))
            .map(|timex| timex.value.as_str())
            .collect();
        // The year may be open: its months and days may not.
        let open = |value: &str| value.replace("2024-07", "XXXX-07");
        let right = values.iter().any(|value| {
            *value == field("value")
                || *value == open(field("value"))
                || value.ends_with(field("value"))
        });
        assert!(right, "{}: {values:?}", field("text"));
    }
}
