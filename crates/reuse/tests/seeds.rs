//! The five seed reports and what a careful reader found in them; skipped where they are absent.

use std::path::{Path, PathBuf};

use serde_json::Value;
use stemma_model::{DocumentId, QuoteKind, Relation, Span};
use stemma_reuse::variant::{QuotedText, Related, candidates, relate, relations};
use stemma_reuse::{Options, Witness, alignments};
use stemma_text::CodePoints;

fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if shared.join("gold/seeds/key.json").is_file() {
        return Some(shared);
    }
    eprintln!("SKIPPED: {} is absent", shared.display());
    None
}

struct Seeds {
    key: Value,
    texts: Vec<(String, String)>,
}

impl Seeds {
    fn read() -> Option<Self> {
        let shared = shared()?;
        let key = std::fs::read_to_string(shared.join("gold/seeds/key.json")).expect("readable");
        let key: Value = serde_json::from_str(&key).expect("JSON");
        let names = key["documents"].as_object().expect("documents").values();
        let texts = names
            .map(|name| name.as_str().expect("a name").to_owned())
            .map(|name| {
                let text = std::fs::read_to_string(shared.join("seeds").join(&name));
                (name, text.expect("readable"))
            })
            .collect();
        Some(Self { key, texts })
    }

    fn text(&self, name: &str) -> &str {
        &self.texts.iter().find(|(known, _)| known == name).expect("a seed").1
    }

    fn list(&self, field: &str) -> &[Value] {
        self.key[field].as_array().expect("a list")
    }
}

fn text_of(value: &Value) -> &str {
    value.as_str().expect("a string")
}

fn offset(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("an offset")).expect("small")
}

#[test]
fn all_six_passages_are_found_whole() {
    let Some(seeds) = Seeds::read() else { return };
    let witnesses: Vec<Witness<'_>> = seeds
        .texts
        .iter()
        .map(|(name, text)| Witness::new(DocumentId::of(&[name]), text))
        .collect();
    let found = alignments(&witnesses, &Options::default());
    for passage in seeds.list("reuse") {
        let span = |side: &str| {
            let text = seeds.text(text_of(&passage[side]));
            let points = CodePoints::of(text);
            let at = |end: &str| points.to_byte(offset(&passage[format!("{side}_{end}")]));
            (DocumentId::of(&[text_of(&passage[side])]), Span::new(at("start"), at("end")))
        };
        let (a, b) = (span("a"), span("b"));
        let covers = |one: (DocumentId, Span), found: stemma_model::Passage| {
            found.document == one.0 && found.span.overlap(one.1) * 10 >= one.1.len() * 7
        };
        assert!(
            found
                .iter()
                .any(|f| (covers(a, f.a) && covers(b, f.b)) || (covers(b, f.a) && covers(a, f.b))),
            "{}",
            passage["a_text"]
        );
    }
    assert!(found.len() <= 7, "six passages, and no flood: {}", found.len());
}

/// A quotation of the key, with its parts in marks told by the marks.
struct Quote {
    name: String,
    speaker: String,
    content: Vec<Span>,
    marked: Vec<Span>,
    kind: QuoteKind,
    start: usize,
}

fn quotes(seeds: &Seeds) -> Vec<Quote> {
    seeds
        .list("quotes")
        .iter()
        .map(|quote| {
            let text = seeds.text(text_of(&quote["document"]));
            let points = CodePoints::of(text);
            let content = Span::new(
                points.to_byte(offset(&quote["start"])),
                points.to_byte(offset(&quote["end"])),
            );
            let kind = match text_of(&quote["kind"]) {
                "direct" => QuoteKind::Direct,
                "mixed" => QuoteKind::Mixed,
                _ => QuoteKind::Indirect,
            };
            Quote {
                name: text_of(&quote["document"]).to_owned(),
                speaker: text_of(&quote["speaker"]).to_owned(),
                marked: marked(text, content),
                content: vec![content],
                kind,
                start: offset(&quote["start"]),
            }
        })
        .collect()
}

/// The parts between curly or straight double marks.
fn marked(text: &str, content: Span) -> Vec<Span> {
    let inside = content.of_text(text);
    let marks: Vec<usize> =
        inside.char_indices().filter(|(_, c)| "“”\"".contains(*c)).map(|(at, _)| at).collect();
    marks
        .chunks_exact(2)
        .map(|pair| {
            let open = inside[pair[0]..].chars().next().map_or(0, char::len_utf8);
            Span::new(content.start() + pair[0] + open, content.start() + pair[1])
        })
        .collect()
}

fn related(seeds: &Seeds, a: &Quote, b: &Quote) -> Option<Related> {
    let quoted = |quote| as_quoted(seeds, quote);
    relate(&quoted(a), &quoted(b), a.speaker == b.speaker)
}

fn as_quoted<'a>(seeds: &'a Seeds, quote: &'a Quote) -> QuotedText<'a> {
    let document = DocumentId::of(&[&quote.name]);
    QuotedText {
        marked: &quote.marked,
        kind: quote.kind,
        ..QuotedText::direct(document, seeds.text(&quote.name), &quote.content)
    }
}

/// The relations that a careful reader's words allow.
fn allowed(relation: &str) -> &'static [Relation] {
    match relation {
        "verbatim" => &[Relation::Verbatim],
        "verbatim but for case" => &[Relation::Typographic],
        relation if relation.contains("trimmed") => {
            &[Relation::Verbatim, Relation::Trimmed, Relation::Recurring]
        }
        _ => &[Relation::Recurring],
    }
}

#[test]
fn all_six_variant_groups_have_the_right_relations() {
    let Some(seeds) = Seeds::read() else { return };
    let quotes = quotes(&seeds);
    let at = |member: &Value| {
        let (name, start) = (text_of(&member["document"]), offset(&member["start"]));
        let near = quotes.iter().filter(|q| q.name == name && q.start <= start + 40);
        near.max_by_key(|quote| quote.start).expect("a quotation of the key")
    };
    for group in seeds.list("variants") {
        let members: Vec<&Quote> =
            group["members"].as_array().expect("members").iter().map(at).collect();
        let first = members[0];
        for other in &members[1..] {
            let found = related(&seeds, first, other);
            let relation = found.as_ref().map(|found| found.relation);
            let right = allowed(text_of(&group["relation"]));
            assert!(
                relation.is_some_and(|r| right.contains(&r)),
                "{}: {relation:?}",
                group["name"]
            );
        }
    }
}

#[test]
fn only_true_relatives_are_related() {
    let Some(seeds) = Seeds::read() else { return };
    let quotes = quotes(&seeds);
    let views: Vec<QuotedText<'_>> = quotes.iter().map(|quote| as_quoted(&seeds, quote)).collect();
    let same = |i: usize, j: usize| quotes[i].speaker == quotes[j].speaker;
    let candidates = candidates(views.len(), |at| views[at], same);
    let found = relations(&candidates.pairs, |at| views[at], same);
    // The pairs of the six groups, Peskov on the goal of the war (three), and nothing else.
    let close = |name: &str, start: usize| {
        quotes.iter().position(|q| q.name.starts_with(name) && q.start == start)
    };
    let related = |a: Option<usize>, b: Option<usize>| {
        found.iter().any(|(i, j, _)| Some(*i) == a && Some(*j) == b)
    };
    assert!(related(close("003", 1006), close("004", 1159)));
    assert!(
        !related(close("003", 1006), close("004", 1263)),
        "another sentence in the other report"
    );
    assert!(
        !related(close("003", 1119), close("004", 1159)),
        "another sentence in the other report"
    );
    assert!(found.len() <= 13, "{}", found.len());
}
