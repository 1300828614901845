//! The five seed reports against what a careful reader marked in them.
//!
//! Follows the scorer that lies beside the key: a marked quotation is found where the hull of one of
//! ours overlaps it by half (Jaccard); its speaker is right where the last word of the marked name
//! is among the words of ours; a quotation of ours that overlaps no marked one by a fifth is extra.
//! Only sayings count, as in the dossier. Shared passages, utterances, people and conditions as
//! that scorer has them.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use serde_json::Value;
use stemma_engine::{Engine, Input, reconstruct};
use stemma_model::{DocumentId, Passage, QuoteId, QuoteKind, Record, Source, Span};
use stemma_text::CodePoints;

use crate::corpus::{digest, read};
use crate::error::{Error, Kind};
use crate::score::{jaccard, overlap};
use crate::{Metric, Scores, percent};

/// How far two spans must overlap for a quotation to be found, to count as extra, and for the parts
/// of a condition.
const FOUND: f64 = 0.5;
const EXTRA: f64 = 0.2;
const PART: f64 = 0.3;

/// How much of a marked passage one of ours must cover, on both sides.
const COVERED: f64 = 0.7;

/// How many code points before a quotation its marked start may lie.
const BEFORE: usize = 40;

/// Scores the reports that lie in `dir`, or in `seeds` three folders above it where `dir` holds only
/// the key `key.json` (the layout of the shared material: `seeds/`, `gold/seeds/key.json`).
///
/// # Errors
/// When key or reports are not there, or the engine cannot be opened.
pub fn score(dir: &Path) -> Result<Scores, Error> {
    let key_path = dir.join("key.json");
    let key: Value = serde_json::from_str(&read(&key_path)?)
        .map_err(|cause| Kind::Shape { path: key_path, found: cause.to_string() })?;
    let texts = texts(dir)?;
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let engine = Engine::open(threads, |_| {})?;
    let record = reconstruct(engine.collect(&[Input::Path(texts)], || {}), &[]);
    let found = Found::new(&record);
    let mut metrics = quotes(&key, &found);
    metrics.extend(others(&key, &record, &found));
    Ok(Scores { suite: "seeds", corpus: digest(dir)?, documents: record.documents.len(), metrics })
}

fn texts(dir: &Path) -> Result<PathBuf, Error> {
    let beside = dir.join("../../seeds");
    let own = std::fs::read_dir(dir).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.path().extension().is_some_and(|end| end == "txt"))
    });
    match (own, beside.is_dir()) {
        (true, _) => Ok(dir.to_owned()),
        (false, true) => Ok(beside),
        (false, false) => {
            let found = "no report beside the key, nor in ../../seeds".to_owned();
            Err(Kind::Shape { path: dir.to_owned(), found }.into())
        }
    }
}

/// A stretch of code points, half-open.
type Stretch = (usize, usize);

/// A saying as the key sees it.
struct Saying {
    document: String,
    at: Stretch,
    who: String,
    kind: QuoteKind,
    key: (DocumentId, QuoteId),
}

/// Where things of the record stand, in code points.
struct Found<'r> {
    names: BTreeMap<DocumentId, String>,
    points: BTreeMap<DocumentId, CodePoints<'r>>,
    sayings: Vec<Saying>,
}

impl<'r> Found<'r> {
    fn new(record: &'r Record) -> Self {
        let documents = || record.documents.iter();
        let mut found = Self {
            names: documents().map(|document| (document.id, name(&document.source))).collect(),
            points: documents().map(|d| (d.id, CodePoints::of(&d.text))).collect(),
            sayings: Vec::new(),
        };
        let entities: BTreeMap<_, &str> =
            record.entities.iter().map(|entity| (entity.id, entity.name.as_str())).collect();
        let speakers: BTreeMap<_, _> =
            record.speakers.iter().map(|&(d, q, entity)| ((d, q), entity)).collect();
        for (document, quote) in record.quotes().filter(|(_, quote)| quote.is_saying()) {
            let Some(hull) = quote.hull() else { continue };
            let key = (document.id, quote.id);
            let entity = speakers.get(&key).and_then(|id| entities.get(id)).copied();
            let who = entity.or(quote.source.name.as_deref()).unwrap_or_default();
            found.sayings.push(Saying {
                document: found.names[&document.id].clone(),
                at: found.stretch(document.id, hull),
                who: fold(who),
                kind: quote.kind,
                key,
            });
        }
        found
    }

    fn stretch(&self, document: DocumentId, span: Span) -> Stretch {
        self.points
            .get(&document)
            .map_or((0, 0), |points| (points.of_byte(span.start()), points.of_byte(span.end())))
    }

    fn name(&self, document: DocumentId) -> &str {
        self.names.get(&document).map_or("", String::as_str)
    }
}

fn name(source: &Source) -> String {
    let Source::Path { path, .. } = source else { return String::new() };
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned()
}

/// Lower case, Latin letters and spaces alone, spellings of the seeds' names levelled.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase().replace('’', "");
    let level = lower.replace("zelenskyy", "zelensky").replace("pistorious", "pistorius");
    level.chars().filter(|c| c.is_ascii_lowercase() || *c == ' ').collect()
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn text<'v>(value: &'v Value, field: &str) -> &'v str {
    value[field].as_str().unwrap_or_default()
}

fn number(value: &Value, field: &str) -> usize {
    value[field].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
}

fn marked(value: &Value) -> Stretch {
    (number(value, "start"), number(value, "end"))
}

/// Quotations found, with their speakers and kinds; extra and false ones.
fn quotes(key: &Value, found: &Found<'_>) -> Vec<Metric> {
    let gold = list(key, "quotes");
    let mut used = BTreeSet::new();
    let (mut hits, mut speakers, mut kinds) = (0, 0, 0);
    for quote in gold {
        let candidates = found.sayings.iter().enumerate();
        let best = candidates
            .filter(|(_, saying)| saying.document == text(quote, "document"))
            .map(|(at, saying)| (jaccard(marked(quote), saying.at), at))
            .max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let Some((_, at)) = best.filter(|(overlap, _)| *overlap >= FOUND) else { continue };
        let saying = &found.sayings[at];
        used.insert(at);
        hits += 1;
        let last = fold(text(quote, "speaker"));
        let last = last.split(' ').next_back().unwrap_or_default();
        speakers += usize::from(saying.who.split(' ').any(|word| word == last));
        kinds += usize::from(kind(saying.kind) == text(quote, "kind"));
    }
    let extra = |(at, saying): &(usize, &Saying)| {
        let near = |quote: &Value| {
            text(quote, "document") == saying.document && jaccard(marked(quote), saying.at) > EXTRA
        };
        !used.contains(at) && !gold.iter().any(near)
    };
    let extras = found.sayings.iter().enumerate().filter(extra).count();
    let wrong = |not: &&Value| {
        let start = number(not, "start") + 1;
        let holds = |saying: &Saying| {
            saying.document == text(not, "document") && (saying.at.0..saying.at.1).contains(&start)
        };
        found.sayings.iter().any(holds)
    };
    let wrong = list(key, "not_quotes").iter().filter(wrong).count();
    vec![
        Metric::new("quotations found", percent(hits, gold.len())),
        Metric::new("speakers right", percent(speakers, gold.len())),
        Metric::new("kinds right", percent(kinds, gold.len())),
        count("quotations extra (count)", extras),
        count("quotations false (count)", wrong),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn count(name: &str, number: usize) -> Metric {
    Metric::new(name, number as f64)
}

fn kind(kind: QuoteKind) -> &'static str {
    match kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Indirect => "indirect",
        QuoteKind::Mixed => "mixed",
    }
}

/// Shared passages, utterances, people, conditions.
fn others(key: &Value, record: &Record, found: &Found<'_>) -> Vec<Metric> {
    let share = |name: &str, field: &str, right: &dyn Fn(&Value) -> bool| {
        let gold = list(key, field);
        Metric::new(name, percent(gold.iter().filter(|part| right(part)).count(), gold.len()))
    };
    vec![
        share("shared passages", "reuse", &|gold| is_covered(gold, record, found)),
        share("utterances", "variants", &|gold| is_one_utterance(gold, record, found)),
        share("people", "people", &|gold| is_one_person(gold, record)),
        share("conditions", "conditions", &|gold| has_condition(gold, record, found)),
    ]
}

fn is_covered(gold: &Value, record: &Record, found: &Found<'_>) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52")]
    let covers = |passage: Passage, side: &str| {
        let wanted = (number(gold, &format!("{side}_start")), number(gold, &format!("{side}_end")));
        found.name(passage.document) == text(gold, side)
            && overlap(found.stretch(passage.document, passage.span), wanted) as f64
                >= COVERED * (wanted.1 - wanted.0) as f64
    };
    record.alignments.iter().any(|pair| {
        covers(pair.a, "a") && covers(pair.b, "b") || covers(pair.b, "a") && covers(pair.a, "b")
    })
}

fn is_one_utterance(gold: &Value, record: &Record, found: &Found<'_>) -> bool {
    let at = |member: &Value| -> BTreeSet<(DocumentId, QuoteId)> {
        let start = number(member, "start");
        let near = found.sayings.iter().filter(|saying| {
            saying.document == text(member, "document")
                && saying.at.0 <= start + BEFORE
                && start <= saying.at.1
        });
        near.map(|saying| saying.key).collect()
    };
    let members: Vec<_> = list(gold, "members").iter().map(at).collect();
    members.iter().all(|member| !member.is_empty())
        && record.utterances.iter().any(|said| {
            members.iter().all(|member| said.quotes.iter().any(|quote| member.contains(quote)))
        })
}

fn is_one_person(gold: &Value, record: &Record) -> bool {
    let forms: Vec<String> =
        list(gold, "forms").iter().filter_map(Value::as_str).map(fold).collect();
    let name = fold(text(gold, "name"));
    let last = name.split(' ').next_back().unwrap_or_default();
    let is = |entity: &&stemma_model::Entity| {
        entity.forms.iter().any(|form| forms.contains(&fold(&form.text)))
            && fold(&entity.name).split(' ').any(|word| word == last)
    };
    record.entities.iter().filter(is).count() == 1
}

fn has_condition(gold: &Value, record: &Record, found: &Found<'_>) -> bool {
    record.conditions().any(|(document, condition)| {
        let near = |span: Span, part: &str| {
            jaccard(found.stretch(document.id, span), marked(&gold[part])) >= PART
        };
        found.name(document.id) == text(gold, "document")
            && near(condition.condition, "condition")
            && near(condition.consequence, "consequence")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_folded_as_the_outside_scorer_has_them() {
        assert_eq!(fold("James O’Brien"), "james obrien");
        assert_eq!(fold("Volodymyr Zelenskyy"), "volodymyr zelensky");
    }
}
