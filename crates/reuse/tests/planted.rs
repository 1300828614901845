//! The sample corpus: every planted change of a quotation is found and rightly typed.

use std::path::{Path, PathBuf};

use serde_json::Value;
use stemma_model::{DateRange, DocumentId, QuoteKind, Span};
use stemma_reuse::variant::{QuotedText, relate};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples")
}

/// A report of the sample with the day it came out.
struct Report {
    text: String,
    day: Option<DateRange>,
}

/// The report that `name` names: a line of `reports.jsonl`, or a page as it is, tags and all.
fn report(name: &str) -> Report {
    let folder = sample().join("tunnel");
    if name.ends_with(".html") {
        let text = std::fs::read_to_string(folder.join(name)).expect("a page");
        let digits = name.trim_end_matches(".html").rsplit('-').next().expect("a day");
        let day = format!("2025-{}-{}", &digits[..2], &digits[2..]);
        return Report { text, day: day.parse().ok().map(DateRange::day) };
    }
    let lines = std::fs::read_to_string(folder.join("reports.jsonl")).expect("the reports");
    let found = lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
        .find(|line| line["id"] == name)
        .expect("a planted report");
    let published = found["published"].as_str().and_then(|day| day.get(..10)?.parse().ok());
    Report {
        text: found["text"].as_str().expect("a text").to_owned(),
        day: published.map(DateRange::day),
    }
}

#[test]
fn every_planted_variant_has_its_relation() {
    let planted = std::fs::read_to_string(sample().join("planted.toml")).expect("what was planted");
    let planted: toml::Table = planted.parse().expect("TOML");
    let variants = planted["variant"].as_array().expect("variants");
    assert!(variants.len() >= 6);
    for variant in variants {
        let side =
            |side: &str, field: &str| variant[side][field].as_str().expect("a string").to_owned();
        let relation = variant["relation"].as_str().expect("a relation");
        let (a, b) = (report(&side("a", "in")), report(&side("b", "in")));
        let (text_a, text_b) = (side("a", "text"), side("b", "text"));
        let span_a = [Span::of(&a.text, &text_a).expect("stands in its report")];
        let span_b = [Span::of(&b.text, &text_b).expect("stands in its report")];
        let indirect = relation == "paraphrase";
        let quoted = |name: &str, report: &'_ Report| (DocumentId::of(&[name]), report.day);
        let ((id_a, day_a), (id_b, day_b)) =
            (quoted(&side("a", "in"), &a), quoted(&side("b", "in"), &b));
        let first = QuotedText { published: day_a, ..QuotedText::direct(id_a, &a.text, &span_a) };
        let second = QuotedText {
            marked: if indirect { &[] } else { &span_b },
            kind: if indirect { QuoteKind::Indirect } else { QuoteKind::Direct },
            published: day_b,
            ..QuotedText::direct(id_b, &b.text, &span_b)
        };
        let found = relate(&first, &second, true);
        let named = found.as_ref().map(|found| format!("{:?}", found.relation).to_lowercase());
        assert_eq!(named.as_deref(), Some(relation), "{text_a}\n{text_b}\n{found:?}");
        let back = relate(&second, &first, true).map(|found| found.relation);
        assert_eq!(back, found.map(|found| found.relation), "symmetric");
    }
}
