//! All witnesses of one text at once, word by word.

use std::collections::BTreeMap;
use std::ops::Range;

use stemma_model::{Collation, CollationPlace, Reading, Span};
use stemma_text::{fold, words};

use crate::diff::pairs;
use crate::stream::{fingerprint, is_long};

/// One witness made comparable.
struct Row<'t> {
    text: &'t str,
    words: Vec<Span>,
    prints: Vec<u32>,
}

impl<'t> Row<'t> {
    fn of(text: &'t str) -> Self {
        let words: Vec<Span> = words(text).collect();
        let prints = words.iter().map(|word| fingerprint(word.of_text(text))).collect();
        Self { text, words, prints }
    }
}

/// One place of the alignment: for each witness, its word there.
type Column = Vec<Option<usize>>;

/// Sets texts beside each other, word by word.
///
/// Words are compared folded (case, diacritics, typography), so that spelling in capitals or
/// another apostrophe is no departure; marks between words are not compared. Witnesses are taken
/// in, longest first, each aligned with what those before it agree on; the order in which they
/// are given only numbers them. Time O(witnesses × words²) at worst, near linear for witnesses
/// that mostly agree.
#[must_use]
pub fn collate(texts: &[&str]) -> Collation {
    let rows: Vec<Row<'_>> = texts.iter().map(|text| Row::of(text)).collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&row| (std::cmp::Reverse(rows[row].words.len()), fold(rows[row].text)));
    let mut columns: Vec<Column> = Vec::new();
    for row in order {
        columns = merged(columns, &rows, row);
    }
    let witnesses = u32::try_from(rows.len()).expect("fewer than 2^32 witnesses");
    Collation { witnesses, places: places(&columns, &rows) }
}

/// The columns with one more witness.
fn merged(columns: Vec<Column>, rows: &[Row<'_>], row: usize) -> Vec<Column> {
    let agreed: Vec<u32> = columns.iter().map(|column| agreed(column, rows)).collect();
    let own = &rows[row].prints;
    let matched = pairs(&agreed, own, |print| if is_long(print) { 3 } else { 1 });
    let mut result = Vec::with_capacity(columns.len());
    let (mut done, mut word) = (0, 0);
    let mut columns = columns.into_iter();
    for (column, end) in matched.into_iter().chain([(agreed.len(), own.len())]) {
        let mut between: Vec<Column> = columns.by_ref().take(column - done).collect();
        fill(&mut between, row, word..end, rows.len());
        result.extend(between);
        if let Some(mut here) = columns.next() {
            here[row] = Some(end);
            result.push(here);
        }
        (done, word) = (column + 1, end + 1);
    }
    result
}

/// What most witnesses have in a column; of equally many, the smallest fingerprint.
fn agreed(column: &Column, rows: &[Row<'_>]) -> u32 {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for (row, word) in column.iter().enumerate() {
        if let Some(word) = word {
            *counts.entry(rows[row].prints[*word]).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .max_by_key(|&(print, count)| (count, std::cmp::Reverse(print)))
        .map_or(0, |(print, _)| print)
}

/// Puts a witness's words that match none into the columns between two matches, one each, and
/// into new columns after them.
fn fill(between: &mut Vec<Column>, row: usize, words: Range<usize>, rows: usize) {
    let mut words = words;
    for (column, word) in between.iter_mut().zip(words.by_ref()) {
        column[row] = Some(word);
    }
    between.extend(words.map(|word| {
        let mut column = vec![None; rows];
        column[row] = Some(word);
        column
    }));
}

/// Columns in which all agree become one place, and neighbouring others one.
fn places(columns: &[Column], rows: &[Row<'_>]) -> Vec<CollationPlace> {
    let agree = |column: &Column| {
        let mut prints = column.iter().zip(rows).map(|(word, row)| word.map(|w| row.prints[w]));
        let first = prints.next().flatten();
        first.is_some() && prints.all(|print| print == first)
    };
    let mut next = vec![0; rows.len()];
    columns
        .chunk_by(|one, other| agree(one) == agree(other))
        .map(|columns| place(columns, rows, &mut next))
        .collect()
}

/// One place; `next` is each witness's next word, and moves on.
fn place(columns: &[Column], rows: &[Row<'_>], next: &mut [usize]) -> CollationPlace {
    let mut readings: BTreeMap<String, Vec<(u32, Span)>> = BTreeMap::new();
    for (number, row) in rows.iter().enumerate() {
        let count = columns.iter().filter(|column| column[number].is_some()).count();
        let span = hull(row, next[number]..next[number] + count);
        next[number] += count;
        let words: Vec<String> = words(span.of_text(row.text))
            .map(|word| fold(word.of_text(span.of_text(row.text))))
            .collect();
        let witness = u32::try_from(number).expect("fewer than 2^32 witnesses");
        readings.entry(words.join(" ")).or_default().push((witness, span));
    }
    let mut readings: Vec<(String, Vec<(u32, Span)>)> = readings.into_iter().collect();
    readings.sort_by_key(|(words, witnesses)| {
        (std::cmp::Reverse(witnesses.len()), std::cmp::Reverse(words.len()), words.clone())
    });
    let text = |witnesses: &[(u32, Span)]| {
        let (number, span) = witnesses[0];
        span.of_text(rows[number as usize].text).to_owned()
    };
    CollationPlace {
        readings: readings
            .into_iter()
            .map(|(_, witnesses)| Reading { text: text(&witnesses), witnesses })
            .collect(),
    }
}

/// From the first to the last of some words; the place before the next where there are none.
fn hull(row: &Row<'_>, range: Range<usize>) -> Span {
    match row.words.get(range.clone()) {
        Some([first, .., last]) => first.hull(*last),
        Some([only]) => *only,
        _ => {
            let at = row.words.get(range.start).map_or(row.text.len(), |word| word.start());
            Span::new(at, at)
        }
    }
}

/// The collation as TEI P5: a `<p>` with an `<app>` for each place where the witnesses part, by
/// the method of parallel segmentation (TEI Guidelines, 13.2.3); `sigla` name the witnesses.
///
/// The reading of most is the `<lem>`; words stand as the first witness of a reading has them.
#[must_use]
pub fn tei(collation: &Collation, sigla: &[&str]) -> String {
    let places: Vec<String> =
        collation.places.iter().map(|place| place_tei(place, sigla)).collect();
    format!("<p>{}</p>", places.join(" "))
}

fn place_tei(place: &CollationPlace, sigla: &[&str]) -> String {
    if let [all] = place.readings.as_slice() {
        return xml_text(&all.text);
    }
    let readings = place.readings.iter().enumerate().map(|(i, reading)| {
        let wit: Vec<String> = reading
            .witnesses
            .iter()
            .map(|&(number, _)| match sigla.get(number as usize) {
                Some(siglum) => format!("#{}", xml_text(siglum)),
                None => format!("#W{number}"),
            })
            .collect();
        let element = if i == 0 { "lem" } else { "rdg" };
        format!("<{element} wit=\"{}\">{}</{element}>", wit.join(" "), xml_text(&reading.text))
    });
    format!("<app>{}</app>", readings.collect::<String>())
}

/// Text as it may stand in XML 1.0, in elements and in attributes: marks escaped, and characters
/// that XML does not allow, such as most control characters, left out.
#[must_use]
pub fn xml_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\u{0}'..='\u{8}'
            | '\u{B}'
            | '\u{C}'
            | '\u{E}'..='\u{1F}'
            | '\u{FFFE}'
            | '\u{FFFF}' => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Places joined by spaces, those with readings as `[majority|other]`.
    fn show(collation: &Collation) -> String {
        let places = collation.places.iter().map(|place| match place.readings.as_slice() {
            [all] => all.text.clone(),
            readings => {
                let texts: Vec<&str> = readings.iter().map(|r| r.text.as_str()).collect();
                format!("[{}]", texts.join("|"))
            }
        });
        places.collect::<Vec<_>>().join(" ")
    }

    fn check(texts: &[&str], expected: &str) {
        assert_eq!(show(&collate(texts)), expected);
    }

    #[test]
    fn majority_first_and_departures_after() {
        check(
            &[
                "We will open the tunnel only after every shaft has been inspected",
                "We will open the Tunnel only after every shaft has been inspected",
                "We may open the tunnel after every shaft was inspected",
            ],
            "We [will|may] open the tunnel [only|] after every shaft [has been|was] inspected",
        );
    }

    #[test]
    fn unlike_and_empty_texts() {
        check(&["one two", ""], "[one two|]");
        check(&[], "");
        check(&["", ""], "");
        check(&["same"], "same");
    }

    #[test]
    fn tei_has_lemma_and_readings() {
        let collation = collate(&["A & B", "A & C", "A and B"]);
        assert_eq!(
            tei(&collation, &["X", "Y", "Z"]),
            "<p>A <app><lem wit=\"#Z\">and B</lem><rdg wit=\"#X\">B</rdg><rdg wit=\"#Y\">C</rdg></app></p>",
        );
    }

    #[test]
    fn xml_holds_no_character_that_xml_forbids() {
        assert_eq!(
            xml_text("a\u{0}\u{b} <b>\u{1f}\tc\u{ffff} \"&\""),
            "a &lt;b&gt;\tc &quot;&amp;&quot;"
        );
    }

    proptest! {
        #[test]
        fn order_does_not_matter(texts in prop::collection::vec("([abc] ){0,9}", 1..6)) {
            let forward: Vec<&str> = texts.iter().map(String::as_str).collect();
            let backward: Vec<&str> = forward.iter().rev().copied().collect();
            let plain = |collation: Collation| -> Vec<Vec<(String, usize)>> {
                collation.places.iter().map(|place| {
                    place.readings.iter().map(|r| (r.text.trim().to_owned(), r.witnesses.len())).collect()
                }).collect()
            };
            prop_assert_eq!(plain(collate(&forward)), plain(collate(&backward)));
        }

        #[test]
        fn every_word_of_every_witness_is_placed(texts in prop::collection::vec("(?s).{0,40}", 1..5)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let collation = collate(&texts);
            for (number, text) in (0_u32..).zip(&texts) {
                let mut placed = Vec::new();
                for place in &collation.places {
                    let of_all: usize = place.readings.iter().map(|r| r.witnesses.len()).sum();
                    prop_assert_eq!(of_all, texts.len());
                    let spans = place.readings.iter().flat_map(|r| &r.witnesses);
                    let span = spans.filter(|(w, _)| *w == number).map(|(_, span)| *span).next();
                    let span = span.expect("every witness stands at every place");
                    placed.extend(words(span.of_text(text)).map(|w| w.of_text(span.of_text(text)).to_owned()));
                }
                let all: Vec<String> = words(text).map(|w| w.of_text(text).to_owned()).collect();
                prop_assert_eq!(placed, all);
            }
        }
    }
}
