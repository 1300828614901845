//! Invented documents with something of everything, made from a number.

#![allow(dead_code, reason = "each test file uses a part")]

use jiff::civil::date;
use stemma_model::*;
use stemma_store::Entry;

pub const STAGE: &str = "first";

const SPEAKERS: [&str; 5] = ["Ada Lind", "Bo Rivers", "Chen Wu", "Dana Ölund", "Emre Kaya"];
const VERBS: [&str; 4] = ["say", "warn", "deny", "add"];
const SUBJECTS: [&str; 6] = ["bridge", "harbour", "budget", "school", "hospital", "ferry"];

fn pick<T>(list: &[T], n: u64, salt: u64) -> &T {
    let mixed = (n ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    &list[(mixed >> 33) as usize % list.len()]
}

/// The `n`th document: about 300 characters with a quotation, a figure, a date, a condition.
pub fn entry(n: u64) -> Entry {
    let (speaker, subject) = (*pick(&SPEAKERS, n, 1), *pick(&SUBJECTS, n, 2));
    let text = format!(
        "The {subject} will close\n\nOn 3 May, after {n} days of talks, the council met. “The \
         {subject} will stay open only if the state pays {n} crowns — naïve or not,” {speaker} \
         said. Nobody expected number {n}."
    );
    let outlet = format!("Outlet {}", n % 7);
    let id = DocumentId::of(&[&text, &outlet]);
    let document = document(id, n, text, outlet);
    let annotations = annotations(&document, n, speaker);
    Entry {
        address: document.url.as_deref().map(|url| url.replace("?from=feed", "")),
        document,
        annotations,
        stage: STAGE.to_owned(),
    }
}

fn document(id: DocumentId, n: u64, text: String, outlet: String) -> Document {
    let title = text.lines().next().expect("a first line").to_owned();
    Document {
        id,
        given_id: Some(format!("given-{n}")),
        source: Source::Path { path: "reports.jsonl".into(), line: Some(n) },
        url: Some(format!("https://news.example/{}?from=feed", n / 2)),
        outlet: Some(outlet),
        title: Some(Title { span: Span::of(&text, &title), text: title }),
        authors: vec!["A. Writer".into()],
        published: Some("2026-05-04".into()),
        published_from: Some("field".into()),
        language: Some("en".into()),
        sha256: format!("{n:064x}"),
        blocks: vec![Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph }],
        boilerplate: Vec::new(),
        extra: serde_json::from_str(r#"{"topic": ["a", 1, null]}"#).expect("JSON"),
        problems: vec![Problem::new("test", format!("number {n}")).of(id)],
        text,
    }
}

fn annotations(document: &Document, n: u64, speaker: &str) -> Annotations {
    let text = document.text.as_str();
    let span = |part: &str| Span::of(text, part).unwrap_or_else(|| panic!("`{part}` in `{text}`"));
    let part = |of: &str| QuoteId::of(&[&document.id.to_string(), of]);
    let day = date(2026, 5, 1 + (n % 27) as i8);
    let chain = ChainId::of(&[&document.id.to_string(), speaker]);
    let mention = MentionId::of(&[&document.id.to_string(), speaker]);
    let (open, close) = (text.find('“').expect("opens"), text.find('”').expect("closes"));
    let figure = format!("{n} crowns");
    Annotations {
        document: document.id,
        published: Dated {
            range: DateRange::day(day),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            reason: Reason::new("metadata", "the carrier says so"),
        },
        sentences: sentences(text, n),
        mentions: vec![Mention {
            id: mention,
            span: span(speaker),
            kind: MentionKind::Person,
            form: MentionForm::Name,
            chain: Some(chain),
        }],
        chains: vec![Chain {
            id: chain,
            name: speaker.into(),
            roles: Vec::new(),
            kind: MentionKind::Person,
            mentions: vec![mention],
            reason: Reason::new("one-name", "").scored(1.0),
        }],
        quotes: vec![Quote {
            id: part("quote"),
            kind: QuoteKind::Direct,
            content: vec![Span::new(open, close + '”'.len_utf8())],
            marked: vec![Span::new(open + '“'.len_utf8(), close)],
            cue: Some(Cue { span: span("said"), lemma: (*pick(&VERBS, n, 3)).into() }),
            source: Attribution {
                status: SourceStatus::Named,
                span: Some(span(speaker)),
                chain: Some(chain),
                name: Some(speaker.into()),
                candidates: Vec::new(),
                why: "the subject of the cue".into(),
            },
            occasion: Occasion::default(),
            negated: false,
            hypothetical: false,
            attitude: Attitude::Assertion,
            headline: false,
            inside: None,
            reason: Reason::new("quote-comma-source-verb", "").because(Reason::new("marks", "")),
        }],
        dates: vec![Timex {
            span: span("3 May"),
            kind: TimexType::Date,
            value: "2026-05-03".into(),
            range: Some(DateRange::day(date(2026, 5, 3))),
            anchor: Anchor::Published,
            reason: Reason::new("day-month", ""),
        }],
        figures: vec![Figure {
            span: span(&figure),
            kind: FigureKind::Money,
            value: n as f64,
            upper: n.is_multiple_of(5).then_some(f64::INFINITY),
            unit: Some("SEK".into()),
            approximate: false,
            hedge: None,
            what: None,
        }],
        conditions: vec![Condition {
            id: ConditionId::of(&[&document.id.to_string()]),
            trigger: span("only if"),
            condition: span("the state pays"),
            consequence: span("will stay open"),
            pattern: "only-if".into(),
            polarity: Polarity::Positive,
            modality: Some("will".into()),
            force: ConditionForce::Necessary,
            holder: Holder::Quote(part("quote")),
            reason: Reason::new("only-if", ""),
        }],
        events: Vec::new(),
        framing: Vec::new(),
        problems: Vec::new(),
    }
}

fn sentences(text: &str, n: u64) -> Vec<Sentence> {
    let half = text.find('“').expect("opens");
    let vector = |salt: u64| {
        let mixed = |i: u64| (n * 100 + salt * 50 + i).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (0..24).map(|i| ((mixed(i) >> 40) as i8).max(-127)).collect()
    };
    vec![
        Sentence { span: Span::new(0, half), vector: vector(1) },
        Sentence { span: Span::new(half, text.len()), vector: vector(2) },
    ]
}

/// What could be reconstructed from `entries`: an entity a speaker, a story a subject, an
/// utterance a speaker, and an alignment.
pub fn record(entries: &[Entry]) -> Record {
    let mut record = Record::default();
    for name in SPEAKERS {
        let said: Vec<&Entry> =
            entries.iter().filter(|entry| entry.annotations.chains[0].name == name).collect();
        if said.is_empty() {
            continue;
        }
        let entity = EntityId::of(&[name]);
        let documents = sorted(&said);
        record.entities.push(Entity {
            id: entity,
            name: name.into(),
            kind: MentionKind::Person,
            forms: vec![Form { text: name.into(), count: said.len() as u32 }],
            documents: documents.clone(),
            chains: said.iter().map(|it| (it.document.id, it.annotations.chains[0].id)).collect(),
            reason: Reason::new("same-name", name),
        });
        let quotes: Vec<(DocumentId, QuoteId)> =
            said.iter().map(|it| (it.document.id, it.annotations.quotes[0].id)).collect();
        record.speakers.extend(quotes.iter().map(|&(document, quote)| (document, quote, entity)));
        record.utterances.push(Utterance {
            id: UtteranceId::of(&[name]),
            entity: Some(entity),
            said: DateRange::day(date(2026, 5, 4)),
            variants: quotes
                .windows(2)
                .map(|pair| Variant {
                    a: pair[0].1,
                    b: pair[1].1,
                    relation: Relation::Reworded,
                    changes: Vec::new(),
                    reason: Reason::new("close-words", "").scored(0.9),
                })
                .collect(),
            quotes,
            reason: Reason::new("same-speaker", ""),
        });
        record.stories.push(Story {
            id: StoryId::of(&[name]),
            title: format!("What {name} wants"),
            documents,
            date: DateRange::day(date(2026, 5, 4)),
            reason: Reason::new("same-event", ""),
        });
        record.timeline.push(TimelineEntry {
            date: DateRange::day(date(2026, 5, 3)),
            text: format!("The council met {name}."),
            status: EventStatus::Happened,
            participants: vec![entity],
            evidence: said
                .iter()
                .map(|it| Passage::new(it.document.id, it.annotations.dates[0].span))
                .collect(),
            documents: sorted(&said),
            reason: Reason::new("same-day", ""),
        });
    }
    if let [a, b, ..] = entries {
        record.alignments.push(alignment(a, b));
    }
    record.problems.push(Problem::new("nothing-to-compare", "across documents"));
    record
}

fn sorted(entries: &[&Entry]) -> Vec<DocumentId> {
    let mut ids: Vec<DocumentId> = entries.iter().map(|entry| entry.document.id).collect();
    ids.sort_unstable();
    ids
}

fn alignment(a: &Entry, b: &Entry) -> Alignment {
    let passage =
        |entry: &Entry| Passage::new(entry.document.id, entry.annotations.conditions[0].trigger);
    Alignment {
        id: AlignmentId::of(&[&a.document.id.to_string(), &b.document.id.to_string()]),
        a: passage(a),
        b: passage(b),
        words: 2,
        similarity: 1.0,
        kind: AlignmentKind::Verbatim,
        changes: Vec::new(),
        first: Earliest { candidates: sorted(&[a, b]), why: "neither date is earlier".into() },
    }
}
