//! A hand-made record of the reports in [`texts`], with every sort of thing a record can hold.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod texts;

use stemma_model::*;
use texts::{REPORTS, Report};

/// A record under construction.
pub struct Sample {
    pub record: Record,
}

fn why(rule: &'static str, note: &'static str) -> Reason {
    Reason::new(rule, note)
}

fn day(text: &str) -> DateRange {
    DateRange::day(text.parse().expect("a date"))
}

fn between(from: &str, to: &str) -> DateRange {
    let bound = |text: &str| (!text.is_empty()).then(|| text.parse().expect("a date"));
    DateRange { from: bound(from), to: bound(to), precision: Precision::Interval }
}

/// The document of a report, its title as first line.
pub fn document(report: &Report, index: usize) -> Document {
    let text = format!("{}\n{}", report.title, report.text);
    let blocks = stemma_text::lines(&text).enumerate().map(|(i, span)| Block {
        span,
        kind: match (i, span.of_text(&text).starts_with("READ MORE")) {
            (0, _) => BlockKind::Title,
            (_, true) => BlockKind::Boilerplate,
            _ => BlockKind::Paragraph,
        },
    });
    let blocks: Vec<Block> = blocks.collect();
    let boilerplate = blocks.iter().filter(|block| block.kind == BlockKind::Boilerplate);
    Document {
        id: DocumentId::of(&[&text, &index.to_string()]),
        given_id: report.given_id.map(str::to_owned),
        source: Source::Path { path: "strike.jsonl".to_owned(), line: Some(index as u64 + 1) },
        url: report.given_id.map(|id| format!("https://news.example/{id}")),
        outlet: report.outlet.map(str::to_owned),
        title: Some(Title { text: report.title.to_owned(), span: Span::of(&text, report.title) }),
        authors: Vec::new(),
        published: report.date.map(str::to_owned),
        published_from: report.date.map(|_| "field".to_owned()),
        language: Some("en".to_owned()),
        sha256: "0".repeat(64),
        boilerplate: boilerplate
            .map(|block| Boilerplate {
                span: block.span,
                kind: BoilerplateKind::Promo,
                reason: why("read-more", "a line that leads to another report"),
            })
            .collect(),
        blocks,
        text,
        extra: serde_json::Map::new(),
        problems: Vec::new(),
    }
}

fn annotations(document: &Document) -> Annotations {
    let published = match document.published.as_deref() {
        Some(date) => Dated {
            range: day(date),
            basis: Basis::Metadata,
            evidence: Vec::new(),
            reason: why("carrier", "the input's own field"),
        },
        None => Dated {
            range: between("2026-03-03", "2026-03-19"),
            basis: Basis::Text,
            evidence: Span::of(&document.text, "March 3").into_iter().collect(),
            reason: why("latest-past", "it tells March 3 as past and not the end of the strike"),
        },
    };
    let sentences = stemma_text::lines(&document.text);
    Annotations {
        published,
        sentences: sentences.map(|span| Sentence { span, vector: Vec::new() }).collect(),
        ..Annotations::empty(document.id)
    }
}

/// A quotation to add: its content parts, cue, source words and kind.
pub struct Said<'s> {
    pub content: &'s [&'s str],
    pub cue: &'s str,
    pub source: &'s str,
    pub kind: QuoteKind,
    pub entity: Option<EntityId>,
}

impl Sample {
    /// The documents without anything told of them.
    pub fn new(reports: &[Report]) -> Self {
        let documents: Vec<Document> =
            reports.iter().enumerate().map(|(i, report)| document(report, i)).collect();
        let annotations = documents.iter().map(annotations).collect();
        Self { record: Record { documents, annotations, ..Record::default() } }
    }

    /// Adds a document.
    pub fn add(&mut self, document: Document) {
        self.record.annotations.push(annotations(&document));
        self.record.documents.push(document);
    }

    /// Marks a span as one of eight layers.
    pub fn mark(&mut self, doc: usize, span: Span, layer: u8) {
        let text = self.record.documents[doc].text[span.range()].to_owned();
        match layer {
            0 | 1 => {
                let kind = if layer == 0 { QuoteKind::Direct } else { QuoteKind::Indirect };
                self.quote(
                    doc,
                    &Said { content: &[&text], cue: "", source: "", kind, entity: None },
                );
            }
            2 => {
                self.condition(doc, [&text, &text, &text], Holder::Outlet);
            }
            3 => self.record.annotations[doc].dates.push(Timex {
                span,
                kind: TimexType::Date,
                value: text,
                range: None,
                anchor: Anchor::Missing,
                reason: why("none", ""),
            }),
            4 => self.record.annotations[doc].figures.push(Figure {
                span,
                kind: FigureKind::Count,
                value: 1.0,
                upper: None,
                unit: None,
                approximate: false,
                hedge: None,
                what: None,
            }),
            5 => self.record.annotations[doc].framing.push(FramingCue {
                span,
                concept: "a".into(),
                form: "b".into(),
                quoted: None,
            }),
            6 => self
                .record
                .problems
                .push(Problem::new("x", "y").of(self.record.documents[doc].id).on(span)),
            _ => self.record.documents[doc].boilerplate.push(Boilerplate {
                span,
                kind: BoilerplateKind::Other,
                reason: why("none", ""),
            }),
        }
    }

    fn span(&self, doc: usize, part: &str) -> Span {
        let text = &self.record.documents[doc].text;
        Span::of(text, part).unwrap_or_else(|| panic!("{part:?} is not in document {doc}"))
    }

    pub fn passage(&self, doc: usize, part: &str) -> Passage {
        Passage::new(self.record.documents[doc].id, self.span(doc, part))
    }

    pub fn entity(
        &mut self,
        name: &str,
        kind: MentionKind,
        forms: &[(&str, u32)],
        docs: &[usize],
    ) -> EntityId {
        let id = EntityId::of(&[name]);
        let form = |&(text, count): &(&str, u32)| Form { text: text.to_owned(), count };
        self.record.entities.push(Entity {
            id,
            name: name.to_owned(),
            kind,
            forms: forms.iter().map(form).collect(),
            documents: docs.iter().map(|&doc| self.record.documents[doc].id).collect(),
            chains: Vec::new(),
            reason: why("same-name", "one full name in every report"),
        });
        id
    }

    pub fn quote(&mut self, doc: usize, said: &Said<'_>) -> (DocumentId, QuoteId) {
        let content: Vec<Span> = said.content.iter().map(|part| self.span(doc, part)).collect();
        let document = self.record.documents[doc].id;
        let place = content[0].start.to_string();
        let id = QuoteId::of(&[&document.to_string(), &place]);
        let named = !said.source.is_empty();
        let source = named.then(|| self.span(doc, said.source));
        let status = match (named, said.entity) {
            (_, Some(_)) => SourceStatus::Named,
            (true, None) => SourceStatus::Unnamed,
            (false, None) => SourceStatus::Unattributed,
        };
        let cue = (!said.cue.is_empty())
            .then(|| Cue { span: self.span(doc, said.cue), lemma: "say".to_owned() });
        self.record.annotations[doc].quotes.push(Quote {
            id,
            kind: said.kind,
            marked: if said.kind == QuoteKind::Indirect { Vec::new() } else { content.clone() },
            content,
            cue,
            source: Attribution {
                status,
                span: source,
                chain: None,
                name: None,
                candidates: Vec::new(),
                why: if named {
                    "subject of the cue"
                } else {
                    "the cue is passive, without an agent"
                }
                .to_owned(),
            },
            occasion: Occasion::default(),
            negated: false,
            hypothetical: false,
            attitude: Attitude::Assertion,
            headline: false,
            inside: None,
            reason: why("marked", "a closed pair of quotation marks"),
        });
        if let Some(entity) = said.entity {
            self.record.speakers.push((document, id, entity));
        }
        (document, id)
    }

    pub fn direct(
        &mut self,
        doc: usize,
        content: &[&str],
        source: &str,
        entity: Option<EntityId>,
    ) -> (DocumentId, QuoteId) {
        self.quote(doc, &Said { content, cue: "said", source, kind: QuoteKind::Direct, entity })
    }

    /// The change from a part of one document to a part of another; an empty part stands at the
    /// end of the text.
    fn change(&self, op: ChangeOp, a: (usize, &str), b: (usize, &str)) -> Change {
        let span = |(doc, part): (usize, &str)| match part.strip_prefix("after ") {
            Some(before) => {
                let end = self.span(doc, before).end();
                Span::new(end, end)
            }
            None => self.span(doc, part),
        };
        Change { op, a: span(a), b: span(b) }
    }

    fn utterance(
        &mut self,
        entity: Option<EntityId>,
        said: DateRange,
        quotes: Vec<(DocumentId, QuoteId)>,
        variants: Vec<Variant>,
    ) {
        self.record.utterances.push(Utterance {
            id: UtteranceId::of(&[&format!("{quotes:?}")]),
            entity,
            said,
            quotes,
            variants,
            reason: why("one-saying", "one speaker, one occasion, close words")
                .because(why("close-words", "17 of 19 words").scored(0.89)),
        });
    }

    fn condition(
        &mut self,
        doc: usize,
        [trigger, condition, consequence]: [&str; 3],
        holder: Holder,
    ) -> (DocumentId, ConditionId) {
        let document = self.record.documents[doc].id;
        let spans = [trigger, condition, consequence].map(|part| self.span(doc, part));
        let id = ConditionId::of(&[&document.to_string(), &spans[0].start.to_string()]);
        self.record.annotations[doc].conditions.push(Condition {
            id,
            trigger: spans[0],
            condition: spans[1],
            consequence: spans[2],
            pattern: trigger.replace(' ', "-"),
            polarity: Polarity::Positive,
            modality: None,
            force: ConditionForce::Necessary,
            holder,
            reason: why("pattern", "a necessary condition by its words"),
        });
        (document, id)
    }

    fn alignment(
        &self,
        a: Passage,
        b: Passage,
        words: u32,
        changes: Vec<Change>,
        first: &[DocumentId],
    ) -> Alignment {
        Alignment {
            id: AlignmentId::of(&[&format!("{a:?}{b:?}")]),
            a,
            b,
            words,
            similarity: if changes.is_empty() { 1.0 } else { 0.93 },
            kind: if changes.is_empty() {
                AlignmentKind::Verbatim
            } else {
                AlignmentKind::NearVerbatim
            },
            changes,
            first: Earliest {
                candidates: first.to_vec(),
                why: "both are dated 1 March; one credits the agency".to_owned(),
            },
        }
    }
}

fn variant(
    a: (DocumentId, QuoteId),
    b: (DocumentId, QuoteId),
    relation: Relation,
    changes: Vec<Change>,
) -> Variant {
    Variant { a: a.1, b: b.1, relation, changes, reason: why("words", "compared word by word") }
}

/// The whole sample.
#[must_use]
pub fn sample() -> Record {
    let mut s = Sample::new(REPORTS);
    let lindqvist = s.entity(
        "Marta Lindqvist",
        MentionKind::Person,
        &[("Marta Lindqvist", 5), ("Ms Lindqvist", 3), ("the union’s leader", 1)],
        &[0, 1, 2, 3, 4, 8],
    );
    let prasad = s.entity(
        "Owen Prasad",
        MentionKind::Person,
        &[("Owen Prasad", 5), ("Mr Prasad", 1)],
        &[0, 1, 2, 4, 5, 8],
    );
    let achebe = s.entity(
        "Helen Achebe",
        MentionKind::Person,
        &[("Helen Achebe", 4), ("the transport secretary", 1), ("the transport minister", 2)],
        &[2, 4, 5, 7],
    );
    let moren = s.entity("Ása Morén", MentionKind::Person, &[("Ása Morén", 1)], &[7]);
    s.entity(
        "Northline Ferries",
        MentionKind::Organisation,
        &[("Northline Ferries", 5), ("Northline", 4)],
        &[0, 1, 2, 4, 5, 6, 8],
    );
    s.entity("Skerry", MentionKind::Place, &[("Skerry", 2)], &[3, 7]);

    let (no_return, open_door) =
        (lindqvist_quotes(&mut s, lindqvist), prasad_quotes(&mut s, prasad));
    let navy = achebe_quotes(&mut s, achebe);
    others(&mut s, moren);
    conditions(&mut s, no_return, navy, achebe, lindqvist);
    copied(&mut s);
    figures(&mut s, open_door, prasad);
    timeline(&mut s, [lindqvist, prasad]);
    contrast(&mut s, lindqvist);
    stories(&mut s);
    s.record.problems.push(
        Problem::new("not-json", "line 10 of strike.jsonl is not JSON: expected `,` at column 42")
            .at("strike.jsonl:10")
            .hint("write one JSON object a line")
            .skipping(),
    );
    s.record
}

fn lindqvist_quotes(s: &mut Sample, who: EntityId) -> (DocumentId, QuoteId) {
    const WHOLE: &str =
        "“We will not return to the table until the two dismissed deckhands are reinstated,”";
    let who = Some(who);
    let a = s.direct(
        0,
        &[WHOLE, "“Northline walked away from an agreement it had already signed.”"],
        "Marta Lindqvist",
        who,
    );
    let b = s.direct(1, &[WHOLE], "Marta Lindqvist", who);
    let c = s.quote(
        2,
        &Said {
            content: &["her members would not return to the table"],
            cue: "said",
            source: "Marta Lindqvist, the union’s leader",
            kind: QuoteKind::Indirect,
            entity: who,
        },
    );
    let d = s.quote(
        3,
        &Said {
            content: &[
                "“We won’t return to the table until the two sacked deckhands are back at work,”",
            ],
            cue: "told",
            source: "Ms Lindqvist",
            kind: QuoteKind::Direct,
            entity: who,
        },
    );
    let h = s.direct(
        8,
        &["“We said we would come back when our two were back, and we have,”"],
        "Marta Lindqvist",
        who,
    );
    let trimmed = s.change(
        ChangeOp::Delete,
        (0, "“Northline walked away from an agreement it had already signed.”"),
        (1, "after reinstated,”"),
    );
    let won_t = s.change(ChangeOp::Replace, (0, "will not return"), (3, "won’t return"));
    let sacked = s.change(ChangeOp::Replace, (0, "dismissed"), (3, "sacked"));
    let back = s.change(ChangeOp::Replace, (0, "reinstated,”"), (3, "back at work,”"));
    s.utterance(
        who,
        day("2026-03-01"),
        vec![a, b, c, d],
        vec![
            variant(a, b, Relation::Trimmed, vec![trimmed]),
            variant(a, c, Relation::Paraphrase, Vec::new()),
            variant(a, d, Relation::Reworded, vec![won_t, sacked, back]),
        ],
    );
    s.utterance(who, between("", "2026-03-19"), vec![h], Vec::new());
    let e = s.direct(
        4,
        &["“Nobody has seen this offer,”", "“You cannot eat a press release.”"],
        "Ms Lindqvist",
        who,
    );
    s.utterance(who, between("2026-03-03", "2026-03-10"), vec![e], Vec::new());
    a
}

fn prasad_quotes(s: &mut Sample, who: EntityId) -> (DocumentId, QuoteId) {
    let who = Some(who);
    let mixed = |content, source| Said {
        content,
        cue: "called",
        source,
        kind: QuoteKind::Mixed,
        entity: who,
    };
    let a = s.quote(
        0,
        &mixed(
            &["“a reckless step that will leave fourteen island communities without supplies.”"],
            "Owen Prasad",
        ),
    );
    let b = s.quote(
        1,
        &mixed(
            &["“a reckless step that will leave four island communities without supplies.”"],
            "Owen Prasad",
        ),
    );
    let c = s.direct(2, &["“A reckless step,”"], "Mr Prasad", who);
    let fewer = s.change(ChangeOp::Replace, (0, "fourteen"), (1, "four island"));
    let fewer = Change { b: Span::new(fewer.b.start(), fewer.b.start() + 4), ..fewer };
    let cut = s.change(
        ChangeOp::Delete,
        (0, "that will leave fourteen island communities without supplies.”"),
        (2, "after A reckless step"),
    );
    s.utterance(
        who,
        between("2026-02-27", "2026-03-01"),
        vec![a, b, c],
        vec![
            variant(a, b, Relation::Altered, vec![fewer]),
            variant(a, c, Relation::Trimmed, vec![cut]),
        ],
    );
    let d = s.quote(
        4,
        &Said {
            content: &["the company was ready to meet the union without conditions"],
            cue: "said the",
            source: "Owen Prasad",
            kind: QuoteKind::Indirect,
            entity: who,
        },
    );
    let e = s.direct(
        5,
        &["“Our door is open, and there are no conditions on our side,”"],
        "Owen Prasad",
        who,
    );
    s.utterance(
        who,
        between("2026-03-10", "2026-03-11"),
        vec![d, e],
        vec![variant(e, d, Relation::Paraphrase, Vec::new())],
    );
    e
}

fn achebe_quotes(s: &mut Sample, who: EntityId) -> [(DocumentId, QuoteId); 2] {
    let indirect = |content, source| Said {
        content,
        cue: "said",
        source,
        kind: QuoteKind::Indirect,
        entity: Some(who),
    };
    let a = s.quote(2, &indirect(
        &["the government could send naval vessels only after a request from the island councils"],
        "The transport minister, Helen Achebe",
    ));
    let b = s.quote(4, &Said {
        content: &["she would send naval vessels “only after a request from the island councils, and not a day before.”"],
        cue: "told reporters",
        source: "Helen Achebe, the transport secretary",
        kind: QuoteKind::Mixed,
        entity: Some(who),
    });
    s.utterance(
        Some(who),
        between("2026-03-01", "2026-03-10"),
        vec![a, b],
        vec![variant(b, a, Relation::Recurring, Vec::new())],
    );
    let c =
        s.quote(7, &indirect(&["she would not intervene"], "Helen Achebe, the transport minister"));
    s.utterance(Some(who), day("2026-03-14"), vec![c], Vec::new());
    [a, b]
}

fn others(s: &mut Sample, moren: EntityId) {
    s.direct(
        7,
        &[
            "“They talk about us as if we were freight,”",
            "“We are running out of patience — and flour.”",
        ],
        "Ása Morén",
        Some(moren),
    );
    s.quote(
        3,
        &Said {
            content: &["flour and diesel would run out by Friday"],
            cue: "said that",
            source: "An official at the council",
            kind: QuoteKind::Indirect,
            entity: None,
        },
    );
    s.quote(
        6,
        &Said {
            content: &["“It cannot go on like this,”"],
            cue: "",
            source: "",
            kind: QuoteKind::Direct,
            entity: None,
        },
    );
}

fn conditions(
    s: &mut Sample,
    no_return: (DocumentId, QuoteId),
    navy: [(DocumentId, QuoteId); 2],
    achebe: EntityId,
    lindqvist: EntityId,
) {
    let a = s.condition(
        0,
        ["until", "the two dismissed deckhands are reinstated", "We will not return to the table"],
        Holder::Quote(no_return.1),
    );
    let d = s.condition(
        3,
        ["If", "the company reinstates the two men", "talks could resume within a day"],
        Holder::Outlet,
    );
    let h = s.condition(
        7,
        ["provided that", "the blockade is lifted", "Talks will resume on March 18"],
        Holder::Outlet,
    );
    let n = s.condition(
        2,
        [
            "only after",
            "a request from the island councils",
            "the government could send naval vessels",
        ],
        Holder::Quote(navy[0].1),
    );
    let m = s.condition(
        4,
        ["only after", "a request from the island councils", "she would send naval vessels"],
        Holder::Quote(navy[1].1),
    );
    s.record.condition_groups = vec![
        ("the talks resume".to_owned(), vec![a, d, h]),
        ("the navy is sent".to_owned(), vec![n, m]),
    ];
    let position =
        |s: &Sample, entity, on: &str, stance, conditions, date, doc, part: &str| Position {
            id: PositionId::of(&[on, part]),
            entity: Some(entity),
            towards: None,
            on: on.to_owned(),
            stance,
            conditions,
            date,
            story: None,
            evidence: vec![s.passage(doc, part)],
            earlier: None,
            reason: why("stance", "a refusal by its modal and negation"),
        };
    let refuses = position(
        s,
        lindqvist,
        "a return to the talks",
        Stance::Refuses,
        vec![a.1],
        day("2026-03-01"),
        0,
        "We will not return to the table until the two dismissed deckhands are reinstated",
    );
    let navy = position(
        s,
        achebe,
        "sending the navy",
        Stance::Conditional,
        vec![m.1],
        day("2026-03-10"),
        4,
        "she would send naval vessels “only after a request from the island councils, and not a day before.”",
    );
    let not = position(
        s,
        achebe,
        "sending the navy",
        Stance::Refuses,
        Vec::new(),
        day("2026-03-14"),
        7,
        "she would not intervene",
    );
    let weakens = Earlier { position: navy.id, relation: EarlierRelation::Weakens };
    let not = Position { earlier: Some(weakens), ..not };
    s.record.positions = vec![refuses, navy, not];
}

fn copied(s: &mut Sample) {
    const OPENING: &str = "Ferry crews on the Calder Sound will stop work from Tuesday after talks over pay broke down, their union said on Sunday.";
    let opening = [s.passage(0, OPENING), s.passage(1, OPENING)];
    let a = s.passage(0, "called the strike “a reckless step that will leave fourteen island communities without supplies.”");
    let b = s.passage(1, "called the strike “a reckless step that will leave four island communities without supplies.”");
    let swapped = Change {
        b: Span::new(s.span(1, "four island").start(), s.span(1, "four island").start() + 4),
        ..s.change(ChangeOp::Replace, (0, "fourteen"), (1, "four island"))
    };
    let dropped = s.change(
        ChangeOp::Delete,
        (0, ", which runs the only year-round service to the outer islands,"),
        (1, "after Northline Ferries"),
    );
    let that = s.change(ChangeOp::Delete, (0, " that it had"), (1, "after Northline Ferries said"));
    let about = s.change(ChangeOp::Replace, (0, "About"), (1, "Some"));
    let offer = [
        s.passage(0, "Northline Ferries, which runs the only year-round service to the outer islands, said that it had offered a rise of 4.5 percent. About 14,000 passengers use the crossings each week."),
        s.passage(1, "Northline Ferries said it had offered a rise of 4.5 percent. Some 14,000 passengers use the crossings each week."),
    ];
    let third = s.passage(
        6,
        "Ferry crews on the Calder Sound stopped work on March 3 after talks over pay broke down.",
    );
    let tense = s.change(
        ChangeOp::Replace,
        (0, "will stop work from Tuesday"),
        (6, "stopped work on March 3"),
    );
    let tail =
        s.change(ChangeOp::Delete, (0, ", their union said on Sunday"), (6, "after broke down"));
    let [spa, post, wire] = [0, 1, 6].map(|i: usize| s.record.documents[i].id);
    let pairs = vec![
        s.alignment(opening[0], opening[1], 22, Vec::new(), &[spa, post]),
        s.alignment(opening[0], third, 12, vec![tense, tail], &[spa]),
        s.alignment(a, b, 14, vec![swapped], &[spa]),
        s.alignment(offer[0], offer[1], 19, vec![dropped, that, about], &[spa, post]),
    ];
    let origins = |least, most| Origins {
        at_least: least,
        at_most: most,
        reason: why("one-wire", "an agency’s dateline opens one of them"),
    };
    let descent = |from: Option<DocumentId>, name: Option<&str>, to, support| Descent {
        from,
        from_name: name.map(str::to_owned),
        to,
        support,
        interval: (support, support),
        reason: why("shared-change", "the later has every word of the earlier"),
    };
    s.record.clusters = vec![
        Cluster {
            id: ClusterId::of(&["opening"]),
            kind: ClusterKind::Wire,
            passages: vec![opening[0], opening[1], third],
            alignments: vec![pairs[0].id, pairs[1].id],
            origins: origins(1, 1),
            stemma: vec![
                descent(None, Some("SPA wire"), spa, 0.95),
                descent(None, Some("SPA wire"), post, 0.9),
                descent(Some(spa), None, wire, 0.5),
            ],
            reason: why("dateline", "“(SPA)” stands in the dateline"),
        },
        Cluster {
            id: ClusterId::of(&["offer"]),
            kind: ClusterKind::Passage,
            passages: offer.to_vec(),
            alignments: vec![pairs[3].id],
            origins: origins(1, 2),
            stemma: vec![descent(Some(spa), None, post, 0.8)],
            reason: why("passage", "copied in part"),
        },
    ];
    s.record.alignments = pairs;
}

fn figures(s: &mut Sample, _door: (DocumentId, QuoteId), _prasad: EntityId) {
    let mark = [
        (0, "4.5 percent", FigureKind::Share, 4.5, Some("%")),
        (0, "About 14,000", FigureKind::Count, 14_000.0, None),
        (2, "40,000", FigureKind::Count, 40_000.0, None),
        (4, "5.4 percent", FigureKind::Share, 5.4, Some("%")),
        (6, "5.4 percent", FigureKind::Share, 5.4, Some("%")),
        (3, "about 300", FigureKind::Count, 300.0, None),
    ];
    for (doc, part, kind, value, unit) in mark {
        let span = s.span(doc, part);
        s.record.annotations[doc].figures.push(Figure {
            span,
            kind,
            value,
            upper: None,
            unit: unit.map(str::to_owned),
            approximate: part.to_lowercase().starts_with("about"),
            hedge: None,
            what: None,
        });
    }
    let value = |value: &str, unit: Option<&str>, evidence| ClaimValue {
        value: value.to_owned(),
        unit: unit.map(str::to_owned),
        evidence,
        origins: Some(Origins { at_least: 1, at_most: 2, reason: why("wire", "one shared text") }),
    };
    let claim = |about: &str, values, status| Claim {
        id: ClaimId::of(&[about]),
        about: about.to_owned(),
        values,
        status,
        reason: why("same-thing", "the same noun and the same week"),
    };
    let passengers = vec![
        value(
            "14000",
            None,
            vec![
                s.passage(0, "About 14,000"),
                s.passage(1, "Some 14,000"),
                s.passage(6, "Between 14,000 and 15,000"),
            ],
        ),
        value("40000", None, vec![s.passage(2, "40,000")]),
    ];
    let offer = vec![
        value("4.5", Some("%"), vec![s.passage(0, "4.5 percent"), s.passage(1, "4.5 percent")]),
        value(
            "5.4",
            Some("%"),
            vec![
                s.passage(4, "5.4 percent"),
                s.passage(6, "5.4 percent"),
                s.passage(8, "5.4 percent"),
            ],
        ),
    ];
    let deckhands = vec![value(
        "2",
        None,
        vec![
            s.passage(0, "two dismissed"),
            s.passage(3, "two sacked"),
            s.passage(8, "two deckhands"),
        ],
    )];
    s.record.claims = vec![
        claim("passengers a week", passengers, ClaimStatus::Conflicts),
        claim("the rise offered", offer, ClaimStatus::Updates),
        claim("deckhands dismissed", deckhands, ClaimStatus::Agrees),
    ];
}

fn timeline(s: &mut Sample, participants: [EntityId; 2]) {
    let dates = [
        (0, "Tuesday", "2026-03-03"),
        (0, "Sunday", "2026-03-01"),
        (6, "March 3", "2026-03-03"),
        (7, "March 18", "2026-03-18"),
        (8, "March 20", "2026-03-20"),
        (3, "1987", "1987"),
        (3, "Friday", "2026-03-06"),
    ];
    for (doc, part, value) in dates {
        let span = s.span(doc, part);
        s.record.annotations[doc].dates.push(Timex {
            span,
            kind: TimexType::Date,
            value: value.to_owned(),
            range: value.parse().ok().map(DateRange::day),
            anchor: Anchor::Published,
            reason: why("weekday", "the next one after publication"),
        });
    }
    let entry = |s: &Sample, date, doc: usize, text: &str, status, more: &[(usize, &str)]| {
        let mut evidence = vec![s.passage(doc, text)];
        evidence.extend(more.iter().map(|&(doc, part)| s.passage(doc, part)));
        TimelineEntry {
            date,
            text: text.to_owned(),
            status,
            participants: participants.to_vec(),
            documents: evidence.iter().map(|passage| passage.document).collect(),
            evidence,
            reason: why("same-day", "the same verb on the same day"),
        }
    };
    s.record.timeline = vec![
        entry(
            s,
            between("1987-01-01", "1987-12-31"),
            3,
            "silent for the first time since 1987",
            EventStatus::Happened,
            &[],
        ),
        entry(
            s,
            between("2026-02-20", "2026-03-01"),
            0,
            "talks over pay broke down",
            EventStatus::Happened,
            &[(1, "talks over pay broke down"), (6, "talks over pay broke down")],
        ),
        entry(
            s,
            day("2026-03-03"),
            3,
            "Crews walked off the boats at dawn on Tuesday",
            EventStatus::Happened,
            &[
                (6, "Ferry crews on the Calder Sound stopped work on March 3"),
                (0, "Ferry crews on the Calder Sound will stop work from Tuesday"),
            ],
        ),
        entry(
            s,
            day("2026-03-14"),
            7,
            "Some 60 islanders blocked the pier at Skerry on Saturday",
            EventStatus::Happened,
            &[],
        ),
        entry(
            s,
            day("2026-03-18"),
            7,
            "Talks will resume on March 18 provided that the blockade is lifted",
            EventStatus::Conditional,
            &[],
        ),
        entry(
            s,
            day("2026-03-18"),
            8,
            "Northline reinstated the two deckhands on Wednesday",
            EventStatus::Happened,
            &[],
        ),
        entry(
            s,
            day("2026-03-20"),
            8,
            "The first boat is due to leave Ellery at 06:15 on March 20",
            EventStatus::Planned,
            &[],
        ),
    ];
}

fn contrast(s: &mut Sample, lindqvist: EntityId) {
    let term = |concept: &str, form: &str, uses| Term {
        concept: concept.to_owned(),
        form: form.to_owned(),
        entity: None,
        uses,
        copied: Vec::new(),
        quoted: Vec::new(),
    };
    let cue = |s: &mut Sample, doc: usize, part: &str| {
        let span = s.span(doc, part);
        let cue = FramingCue { span, concept: "stoppage".into(), form: part.into(), quoted: None };
        s.record.annotations[doc].framing.push(cue);
        s.passage(doc, part)
    };
    let strike: Vec<Passage> = [0, 1, 4, 8].map(|doc| cue(s, doc, "strike")).into();
    let action = vec![cue(s, 2, "industrial action")];
    let walkout = vec![cue(s, 2, "walkout")];
    let dismissed = vec![s.passage(0, "dismissed"), s.passage(1, "dismissed")];
    let sacked = vec![s.passage(3, "sacked")];
    s.record.contrast.terms = vec![
        term("stoppage", "strike", strike),
        term("stoppage", "industrial action", action),
        term("stoppage", "walkout", walkout),
        term("dismissal", "dismissed", dismissed),
        term("dismissal", "sacked", sacked),
    ];
    s.record.contrast.verbs = vec![
        Verb {
            lemma: "say".into(),
            entity: Some(lindqvist),
            uses: [0, 1, 2].map(|doc| s.passage(doc, "said")).into(),
        },
        Verb { lemma: "tell".into(), entity: Some(lindqvist), uses: vec![s.passage(3, "told")] },
    ];
    s.record.contrast.coverage = vec![coverage(s)];
    s.record.contrast.headlines = headlines(s);
}

/// A point with the documents that tell it: number, how, words.
type TestPoint<'p> = (PointKind, &'p str, &'p [(usize, Cell, &'p str)]);

fn coverage(s: &Sample) -> Coverage {
    let points: &[TestPoint<'_>] = &[
        (
            PointKind::Quotation,
            "“We will not return to the table until the two dismissed deckhands are reinstated,”",
            &[
                (0, Cell::Told, "We will not return"),
                (1, Cell::Told, "We will not return"),
                (2, Cell::Part, "would not return to the table"),
                (3, Cell::Told, "We won’t return"),
            ],
        ),
        (
            PointKind::Condition,
            "The two deckhands are reinstated before talks resume",
            &[
                (0, Cell::Told, "until the two"),
                (1, Cell::Told, "until the two"),
                (3, Cell::Told, "until the two"),
            ],
        ),
        (
            PointKind::Figure,
            "A rise of 4.5 percent was offered",
            &[(0, Cell::Told, "4.5 percent"), (1, Cell::Told, "4.5 percent")],
        ),
        (
            PointKind::Event,
            "Crews stop work on Tuesday 3 March",
            &[
                (0, Cell::Told, "will stop work"),
                (1, Cell::Told, "will stop work"),
                (2, Cell::Part, "industrial action"),
                (3, Cell::Told, "Crews walked off"),
            ],
        ),
        (
            PointKind::Background,
            "Northline runs the only year-round service to the outer islands",
            &[(0, Cell::Told, "which runs the only")],
        ),
    ];
    let mut cells = Vec::new();
    let columns: Vec<DocumentId> = (0..4).map(|doc| s.record.documents[doc].id).collect();
    for (i, (_, _, told)) in (0..).zip(points) {
        for (doc, &document) in columns.iter().enumerate() {
            let found = told.iter().find(|(at, ..)| *at == doc);
            cells.push(CoverageCell {
                point: i,
                document,
                state: found.map_or(Cell::Absent, |(_, state, _)| *state),
                evidence: found.map(|(doc, _, part)| s.span(*doc, part)).into_iter().collect(),
            });
        }
    }
    let point = |&(kind, text, told): &TestPoint<'_>| Point {
        kind,
        text: text.to_owned(),
        outlets: told.len() as u32,
        origins: Origins {
            at_least: 1,
            at_most: told.len() as u32,
            reason: why("wire", "two share one text"),
        },
    };
    Coverage {
        story: Some(StoryId::of(&["start"])),
        documents: columns,
        points: points.iter().map(point).collect(),
        cells,
    }
}

fn headlines(s: &Sample) -> Vec<Headline> {
    let headline = |doc: usize, verdict, support: &[&str], differences: &[&str]| Headline {
        document: s.record.documents[doc].id,
        support: support.iter().map(|part| s.span(doc, part)).collect(),
        verdict,
        differences: differences.iter().map(|&text| text.to_owned()).collect(),
        reason: why("support", "words shared with the sentence"),
    };
    vec![
        headline(
            0,
            HeadlineVerdict::Supported,
            &["Ferry crews on the Calder Sound will stop work"],
            &[],
        ),
        headline(
            2,
            HeadlineVerdict::SupportedInPart,
            &[
                "Marta Lindqvist, the union’s leader, said her members would not return to the table.",
            ],
            &["drops the condition: until the two dismissed deckhands are reinstated"],
        ),
        headline(
            5,
            HeadlineVerdict::Supported,
            &["ready to meet the union without conditions"],
            &[],
        ),
        headline(
            7,
            HeadlineVerdict::NotFound,
            &[],
            &["gives 60, which no sentence that bears on it has"],
        ),
    ]
}

fn stories(s: &mut Sample) {
    let ids =
        |docs: &[usize]| docs.iter().map(|&doc| s.record.documents[doc].id).collect::<Vec<_>>();
    let story = |key: &str, title: &str, docs: &[usize], date| Story {
        id: StoryId::of(&[key]),
        title: title.to_owned(),
        documents: ids(docs),
        date,
        reason: why("same-event", "the same people and the same days").scored(0.81),
    };
    let stories = vec![
        story(
            "start",
            "Calder ferries to stop from Tuesday after talks collapse",
            &[0, 1, 2, 3],
            between("2026-03-01", "2026-03-03"),
        ),
        story(
            "second",
            "Ferry dispute enters second week as minister weighs navy",
            &[4, 5, 6],
            between("2026-03-10", "2026-03-11"),
        ),
        story("block", "Islanders blockade the pier", &[7], day("2026-03-14")),
        story("end", "Strike suspended, deckhands reinstated", &[8], day("2026-03-19")),
    ];
    s.record.threads = vec![Thread {
        id: ThreadId::of(&["strike"]),
        title: "The Calder Sound ferry strike".to_owned(),
        stories: stories.iter().map(|story| story.id).collect(),
        reason: why("same-question", "the same people over three weeks"),
    }];
    s.record.stories = stories;
    movements(s);
}

/// What moved between the stories: a position, a figure, a condition, a speaker.
fn movements(s: &mut Sample) {
    let state = |story: usize, date: &str, evidence: Passage| State {
        story: s.record.stories[story].id,
        date: day(date),
        value: None,
        positions: Vec::new(),
        conditions: Vec::new(),
        quotes: Vec::new(),
        evidence: vec![evidence],
    };
    let movement = |kind, about: &str, earlier, later: State| Movement {
        id: MovementId::of(&[about, &format!("{kind:?}")]),
        thread: s.record.threads[0].id,
        kind,
        entity: None,
        about: about.to_owned(),
        earlier,
        later,
        claim: None,
        utterance: None,
        reason: why("later", "of a later story"),
    };
    let claim = &s.record.claims[1];
    let rise = |value: &str, state: State| State { value: Some(value.to_owned()), ..state };
    let updated = Movement {
        claim: Some(claim.id),
        ..movement(
            MovementKind::UpdatedFigure,
            &claim.about,
            Some(rise("4.5", state(0, "2026-03-01", s.passage(0, "4.5 percent")))),
            rise("5.4", state(1, "2026-03-10", s.passage(4, "5.4 percent"))),
        )
    };
    let [_, navy, not] = &s.record.positions[..] else { unreachable!("three positions") };
    let held = |position: &Position, state: State| State {
        positions: vec![position.id],
        conditions: position.conditions.clone(),
        ..state
    };
    let weakened = Movement {
        entity: not.entity,
        ..movement(
            MovementKind::Weakened,
            &not.on,
            Some(held(navy, state(1, "2026-03-10", navy.evidence[0]))),
            held(not, state(2, "2026-03-14", not.evidence[0])),
        )
    };
    let lifted = s.passage(7, "provided that the blockade is lifted");
    let condition = s.record.annotations[7].conditions[0].id;
    let other = State { conditions: vec![condition], ..state(2, "2026-03-14", lifted) };
    let other = movement(MovementKind::NewCondition, "the talks resume", None, other);
    let moren = s.record.entities.iter().find(|entity| entity.name == "Ása Morén");
    let (_, quote) =
        s.record.quotes().find(|(document, _)| document.id == lifted.document).unwrap();
    let words = Passage::new(lifted.document, quote.hull().unwrap());
    let speaks = State { quotes: vec![quote.id], ..state(2, "2026-03-14", words) };
    let speaks = Movement {
        entity: moren.map(|entity| entity.id),
        ..movement(MovementKind::NewSpeaker, "", None, speaks)
    };
    s.record.movements = vec![updated, weakened, other, speaks];
}
