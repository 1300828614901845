//! What one actor takes part in and says, day by day.
//!
//! Where [`timeline`](super::timeline) keeps what reports date, this keeps all that an actor does:
//! the happenings whose subject, object or companion it is, and its sayings. What a report does
//! not date itself belongs to the day the report is of: that of the first happening it dates
//! within the week before it was written, else the day of writing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use stemma_model::{
    Annotations, ChainId, DateRange, Document, DocumentId, Event, EventStatus, Mention, MentionId,
    Passage, Precision, Quote, Reason, Span, TimelineEntry,
};
use stemma_text::words;

use super::{order, telling};

/// Days before the writing within which a report's first dated happening is what it is of. News is
/// of the week: on the trial corpus of SemEval-2015 task 4, 3 and 7 days give the same timelines,
/// 2 days worse ones.
const NEWS: i64 = 7;

/// Something that an actor takes part in or says, as one document tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Where the word that carries it stands.
    pub word: Passage,
    /// Its dictionary form, with its particle: `show off`.
    pub lemma: String,
    /// The sentence that tells it.
    pub sentence: Span,
    /// When.
    pub date: DateRange,
    /// What the date rests on.
    pub dating: Dating,
    /// The actor says something, rather than takes part in what happens.
    pub saying: bool,
}

/// What the date of a deed rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dating {
    /// Its own clause, or the occasion of the saying.
    Told,
    /// The day that its report is of.
    Story,
    /// The day of writing.
    Written,
}

/// All that happened with `actor` or was said by it, by day, then document, then place.
///
/// Linear in the mentions of the documents, times the words of a name.
#[must_use]
pub fn deeds(actor: &str, documents: &[Document], annotations: &[Annotations]) -> Vec<Deed> {
    let name: Vec<String> = name_words(actor);
    let mut found: Vec<Deed> = documents
        .iter()
        .zip(annotations)
        .flat_map(|(document, annotations)| Page::of(&name, document, annotations).deeds())
        .collect();
    found.sort_by_key(|deed| (deed.date.from.is_none(), deed.date.from, deed.date.to, deed.word));
    found
}

/// The timeline of an actor: one entry a sentence and time.
#[must_use]
pub fn of_actor(
    actor: &str,
    documents: &[Document],
    annotations: &[Annotations],
) -> Vec<TimelineEntry> {
    let mut deeds = deeds(actor, documents, annotations);
    deeds.sort_by_key(|deed| (deed.word.document, deed.sentence, deed.date, deed.word.span));
    let by_id: BTreeMap<DocumentId, &Document> =
        documents.iter().map(|document| (document.id, document)).collect();
    let told_together = |a: &Deed, b: &Deed| {
        (a.word.document, a.sentence, a.date) == (b.word.document, b.sentence, b.date)
    };
    let mut entries: Vec<TimelineEntry> = deeds
        .chunk_by(told_together)
        .filter_map(|deeds| {
            let first = deeds.first()?;
            let document = *by_id.get(&first.word.document)?;
            Some(TimelineEntry {
                date: first.date,
                text: telling(document, first.sentence),
                status: EventStatus::Happened,
                participants: Vec::new(),
                evidence: vec![Passage::new(document.id, first.sentence)],
                documents: vec![document.id],
                reason: reason(actor, deeds),
            })
        })
        .collect();
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    entries
}

fn reason(actor: &str, deeds: &[Deed]) -> Reason {
    let lemmas = |saying: bool| {
        let of: BTreeSet<&str> = deeds
            .iter()
            .filter(|deed| deed.saying == saying)
            .map(|deed| deed.lemma.as_str())
            .collect();
        of.into_iter().collect::<Vec<_>>().join("`, `")
    };
    let (done, said) = (lemmas(false), lemmas(true));
    let part = |words: &str, verbs: &str| match verbs {
        "" => None,
        verbs => Some(format!("{words} `{verbs}`")),
    };
    let parts: Vec<String> =
        [part("takes part in", &done), part("speaks:", &said)].into_iter().flatten().collect();
    let when = match deeds.first().map(|deed| deed.dating) {
        Some(Dating::Story) => "on the day that the report is of",
        Some(Dating::Written) => "on the day of the report, which dates it no nearer",
        Some(Dating::Told) | None => "dated where it is told",
    };
    Reason::new("actor", format!("{actor} {}, {when}", parts.join(", ")))
}

/// A document, read for one actor.
struct Page<'a> {
    document: &'a Document,
    annotations: &'a Annotations,
    /// The words of the actor's name, lower-cased.
    name: &'a [String],
    /// The chains that are called so.
    chains: BTreeSet<ChainId>,
    /// The mentions of the actor, but for those that name whose something is: `Lee’s health`.
    actor: BTreeSet<MentionId>,
    /// The day that what has no date of its own falls on.
    day: (DateRange, Dating),
}

impl<'a> Page<'a> {
    fn of(name: &'a [String], document: &'a Document, annotations: &'a Annotations) -> Self {
        let called = annotations.chains.iter().filter(|chain| is_called(name, &chain.name));
        let chains: BTreeSet<ChainId> = called.map(|chain| chain.id).collect();
        let is_actor = |mention: &&Mention| {
            mention.chain.is_some_and(|chain| chains.contains(&chain))
                || is_called(name, document.slice(mention.span))
        };
        let actor = annotations
            .mentions
            .iter()
            .filter(is_actor)
            .filter(|mention| !is_owner(document, mention))
            .map(|mention| mention.id)
            .collect();
        Self { document, annotations, name, chains, actor, day: day_of(annotations) }
    }

    fn deeds(&self) -> Vec<Deed> {
        let acts = self.annotations.events.iter().filter(|event| self.takes_part(event));
        let said = self.annotations.quotes.iter().filter(|quote| self.says(quote));
        let mut deeds: Vec<Deed> = acts.map(|event| self.act(event)).collect();
        deeds.extend(said.filter_map(|quote| self.saying(quote)));
        // A dated saying is told as a happening and as a quotation.
        deeds.sort_by_key(|deed| (deed.word, deed.dating, deed.saying));
        deeds.dedup_by(|other, kept| {
            let same = other.word == kept.word;
            kept.saying |= same && other.saying;
            same
        });
        deeds
    }

    fn takes_part(&self, event: &Event) -> bool {
        event.status == EventStatus::Happened
            && event.participants.iter().any(|id| self.actor.contains(id))
    }

    fn says(&self, quote: &Quote) -> bool {
        let source = &quote.source;
        let actor = source.chain.is_some_and(|chain| self.chains.contains(&chain))
            || source.name.as_deref().is_some_and(|name| is_called(self.name, name));
        actor && !quote.negated && !quote.hypothetical && !quote.headline
    }

    fn act(&self, event: &Event) -> Deed {
        let own = event.date.map(|(range, _)| range);
        self.deed(event.span, &event.lemma, event.sentence, own, false)
    }

    fn saying(&self, quote: &Quote) -> Option<Deed> {
        let cue = quote.cue.as_ref()?;
        let around = self.annotations.sentence_at(cue.span);
        let sentence = around.map_or(cue.span, |sentence| sentence.span);
        let own = quote.occasion.date.map(|(range, _)| range);
        Some(self.deed(cue.span, &cue.lemma, sentence, own, true))
    }

    fn deed(
        &self,
        clause: Span,
        lemma: &str,
        sentence: Span,
        own: Option<DateRange>,
        saying: bool,
    ) -> Deed {
        let own = own.filter(|range| range.from.is_some()).map(|range| (range, Dating::Told));
        let (date, dating) = own.unwrap_or(self.day);
        let word = carrier(self.document, clause, lemma);
        Deed {
            word: Passage::new(self.document.id, word),
            lemma: lemma.to_owned(),
            sentence,
            date,
            dating,
            saying,
        }
    }
}

/// Whether a mention only names whose something is.
fn is_owner(document: &Document, mention: &Mention) -> bool {
    let after = document.text[mention.span.end()..].trim_start_matches(' ');
    after.starts_with(['\'', '’'])
}

/// The day that a report is of.
fn day_of(annotations: &Annotations) -> (DateRange, Dating) {
    let written = annotations.published.range;
    let day = written.from.filter(|_| written.from == written.to);
    let news = |written: Date| {
        let since = written.checked_sub(NEWS.days()).ok()?;
        let dates = annotations
            .events
            .iter()
            .filter(|event| event.status == EventStatus::Happened)
            .filter_map(|event| event.date);
        dates
            .map(|(range, _)| range)
            .filter(|range| range.precision == Precision::Day)
            .find(|range| range.from.is_some_and(|day| day >= since && day <= written))
    };
    day.and_then(news).map_or((written, Dating::Written), |range| (range, Dating::Story))
}

fn name_words(name: &str) -> Vec<String> {
    words(name).map(|span| span.of_text(name).to_lowercase()).collect()
}

/// Whether some words call by a name: they hold all of it, or are its end, as `Lee` is of `Ann
/// Lee`; its beginning alone could be another's (`Apple` of `Apple Corps`).
fn is_called(name: &[String], called: &str) -> bool {
    let words = name_words(called);
    let whole = words.windows(name.len().max(1)).any(|part| part == name);
    let capital = called.starts_with(char::is_uppercase);
    whole || capital && !words.is_empty() && name.ends_with(&words)
}

/// The word of a clause that carries what its lemma says: the one that is most alike, else the
/// first that is no auxiliary.
fn carrier(document: &Document, clause: Span, lemma: &str) -> Span {
    /// Letters that a form shares with its dictionary form at least: `chosen` and `choose`.
    const SHARED: usize = 2;
    let text = document.slice(clause);
    let stem = lemma.split(' ').next().unwrap_or(lemma);
    let shared = |word: &str| {
        word.chars().zip(stem.chars()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    let at = |span: Span| Span::new(clause.start() + span.start(), clause.start() + span.end());
    let alike = words(text)
        .map(|span| (shared(span.of_text(text)), span))
        .filter(|(shared, _)| *shared >= SHARED.min(stem.chars().count()))
        .fold(None, |best: Option<(usize, Span)>, one| match best {
            Some(best) if best.0 >= one.0 => Some(best),
            _ => Some(one),
        });
    let first = || words(text).find(|span| !is_auxiliary(span.of_text(text)));
    alike.map(|(_, span)| span).or_else(first).map_or(clause, at)
}

fn is_auxiliary(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "be" | "is" | "are" | "was" | "were" | "been" | "being" | "has" | "have" | "had" | "not"
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use stemma_model::{
        Attribution, Basis, Chain, Cue, Dated, DocumentId, EventId, MentionForm, MentionId,
        MentionKind, QuoteId, QuoteKind, Sentence, SourceStatus,
    };

    use super::*;

    const TEXT: &str = "Ann Lee opened the ferry yesterday. Lee said it was safe. \
        Lee’s health is good. Sound Corps sued Lee in 2019.";

    /// A report of 4 March 2031 in which the ferry was opened on the 3rd.
    fn report() -> (Document, Annotations) {
        let document = Document::plain(DocumentId::of(&["a"]), TEXT);
        let span = |words: &str| Span::of(TEXT, words).expect(words);
        let chain = ChainId::of(&["lee"]);
        let lee = |sentence: &str| {
            let at = span(sentence).start();
            Mention {
                id: MentionId::of(&[sentence]),
                span: Span::new(at, at + 3),
                kind: MentionKind::Person,
                form: MentionForm::Name,
                chain: Some(chain),
            }
        };
        let sentences = ["Ann Lee opened", "Lee said", "Lee’s health", "Sound Corps sued"];
        let ends = ["yesterday.", "safe.", "good.", "2019."];
        let sentences: Vec<Sentence> = sentences
            .iter()
            .zip(ends)
            .map(|(from, to)| Sentence { span: span(from).hull(span(to)), vector: Vec::new() })
            .collect();
        let event =
            |words: &str, lemma: &str, at: usize, day: Option<DateRange>, who: &str| Event {
                id: EventId::of(&[words]),
                span: span(words),
                lemma: lemma.into(),
                status: EventStatus::Happened,
                date: day.map(|day| (day, 0)),
                participants: vec![MentionId::of(&[who])],
                sentence: sentences[at].span,
            };
        let year = DateRange {
            from: Some(date(2019, 1, 1)),
            to: Some(date(2019, 12, 31)),
            precision: Precision::Year,
        };
        let opened = Some(DateRange::day(date(2031, 3, 3)));
        let quote = Quote {
            cue: Some(Cue { span: span("said"), lemma: "say".into() }),
            source: Attribution {
                status: SourceStatus::Named,
                chain: Some(chain),
                ..Quote::plain(QuoteId::of(&["q"]), QuoteKind::Indirect, Vec::new()).source
            },
            ..Quote::plain(QuoteId::of(&["q"]), QuoteKind::Indirect, vec![span("it was safe")])
        };
        let annotations = Annotations {
            published: Dated {
                range: DateRange::day(date(2031, 3, 4)),
                basis: Basis::Metadata,
                evidence: Vec::new(),
                reason: Reason::new("test", ""),
            },
            events: vec![
                event("opened the ferry yesterday", "open", 0, opened, "Ann Lee opened"),
                event("is good", "be", 2, None, "Lee’s health"),
                event("sued Lee in 2019", "sue", 3, Some(year), "Lee in"),
            ],
            mentions: vec![lee("Ann Lee opened"), lee("Lee’s health"), lee("Lee in")],
            chains: vec![Chain {
                id: chain,
                name: "Ann Lee".into(),
                roles: Vec::new(),
                kind: MentionKind::Person,
                mentions: Vec::new(),
                reason: Reason::new("test", ""),
            }],
            quotes: vec![quote],
            sentences: sentences.clone(),
            ..Annotations::empty(document.id)
        };
        (document, annotations)
    }

    #[test]
    fn an_actor_does_and_says_on_the_day_of_the_story() {
        let (document, annotations) = report();
        let deeds = deeds("Ann Lee", std::slice::from_ref(&document), &[annotations]);
        let found: Vec<_> = deeds
            .iter()
            .map(|deed| (document.slice(deed.word.span), deed.date.from, deed.dating))
            .collect();
        let (then, now) = (Some(date(2019, 1, 1)), Some(date(2031, 3, 3)));
        let expected = [
            ("sued", then, Dating::Told),
            ("opened", now, Dating::Told),
            ("said", now, Dating::Story),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn an_entry_says_whose_deed_it_is_and_on_what_its_date_rests() {
        let (document, annotations) = report();
        let entries = of_actor("Lee", &[document], &[annotations]);
        let notes: Vec<&str> = entries.iter().map(|entry| &*entry.reason.note).collect();
        assert_eq!(
            notes,
            [
                "Lee takes part in `sue`, dated where it is told",
                "Lee takes part in `open`, dated where it is told",
                "Lee speaks: `say`, on the day that the report is of",
            ]
        );
        assert_eq!(entries[2].text, "Lee said it was safe.");
    }

    #[test]
    fn a_name_is_called_by_its_end() {
        let name = name_words("Sound Ferry Corps");
        for called in ["Sound Ferry Corps", "the Sound Ferry Corps", "Ferry Corps", "Corps"] {
            assert!(is_called(&name, called), "{called}");
        }
        for other in ["Sound", "Sound Ferry", "corps", "", "Ferry Corpse"] {
            assert!(!is_called(&name, other), "{other}");
        }
    }

    #[test]
    fn the_carrier_is_the_likest_word() {
        let document = Document::plain(DocumentId::of(&["a"]), "has chosen to step down");
        let clause = Span::new(0, document.text.len());
        let carried = |lemma| document.slice(carrier(&document, clause, lemma)).to_owned();
        assert_eq!((carried("choose"), carried("step down")), ("chosen".into(), "step".into()));
        assert_eq!(carried("elect"), "chosen");
    }
}
