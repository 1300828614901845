//! Statements grouped by who made them, each with its critical apparatus.

use std::collections::{BTreeMap, HashMap, HashSet};

use stemma_model::{
    Change, ChangeOp, DateRange, DocumentId, Entity, Passage, Quote, QuoteId, QuoteKind, Reason,
    Relation, SourceStatus, Span, Utterance, Variant,
};

use crate::edition::Edition;
use crate::view::wording::squeeze;

/// Somebody with everything they are reported to have said, by time.
pub(crate) struct Speaker<'r> {
    pub(crate) voice: Voice<'r>,
    pub(crate) statements: Vec<Statement<'r>>,
}

/// Whose words a group of statements are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Voice<'r> {
    /// Somebody whom the record knows across documents.
    Entity(&'r Entity),
    /// Somebody whom one document names.
    Name(&'r str),
    /// Sources that are described and never named.
    Unnamed,
    /// Nobody was found, or several fit.
    Unattributed,
}

impl Voice<'_> {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Entity(entity) => &entity.name,
            Self::Name(name) => name,
            Self::Unnamed => "Sources described but not named",
            Self::Unattributed => "No speaker found",
        }
    }

    /// Named sources first, those nobody was found for last.
    fn rank(&self) -> (u8, &str) {
        match self {
            Self::Entity(entity) => (0, entity.name.as_str()),
            Self::Name(name) => (0, name),
            Self::Unnamed => (1, ""),
            Self::Unattributed => (2, ""),
        }
    }
}

/// One quotation of one document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Witness<'r> {
    pub(crate) document: DocumentId,
    pub(crate) quote: &'r Quote,
}

/// A saying: the fullest reading, and how the others depart from it.
pub(crate) struct Statement<'r> {
    /// The utterance, where one was reconstructed.
    pub(crate) utterance: Option<&'r Utterance>,
    pub(crate) said: DateRange,
    /// The fullest reading.
    pub(crate) base: Witness<'r>,
    /// Where others have other words, or fewer, in its own document, in order.
    pub(crate) varied: Vec<(Span, Varied)>,
    pub(crate) entries: Vec<Entry<'r>>,
}

/// How others depart from a place in the fullest reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Varied {
    /// Some have other words there.
    Otherwise,
    /// Some have nothing there.
    Omitted,
}

/// An entry of the apparatus: witnesses that depart in the same way.
pub(crate) struct Entry<'r> {
    /// `None` where the record does not say how they relate.
    pub(crate) relation: Option<Relation>,
    pub(crate) witnesses: Vec<Witness<'r>>,
    pub(crate) departures: Vec<Departure<'r>>,
    pub(crate) reason: Option<&'r Reason>,
}

/// One departure from the fullest reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Departure<'r> {
    pub(crate) op: ChangeOp,
    /// Where, in the fullest reading's document.
    pub(crate) at: Span,
    /// What the fullest reading has; for an insertion, the word before it.
    pub(crate) lemma: &'r str,
    /// What stands there instead.
    pub(crate) reading: &'r str,
}

impl<'r> Statement<'r> {
    /// Every quotation that reports it, the fullest first.
    pub(crate) fn witnesses(&self) -> impl Iterator<Item = Witness<'r>> {
        let others = self.entries.iter().flat_map(|entry| entry.witnesses.iter().copied());
        std::iter::once(self.base).chain(others)
    }

    /// How many documents carry it.
    pub(crate) fn carriers(&self) -> usize {
        self.witnesses().map(|witness| witness.document).collect::<HashSet<_>>().len()
    }

    /// Whether some witness differs in substance, rewords or splices.
    pub(crate) fn contested(&self) -> bool {
        let tell = [Relation::Altered, Relation::Spliced, Relation::Reworded];
        self.entries.iter().any(|entry| entry.relation.is_some_and(|found| tell.contains(&found)))
    }
}

/// Everybody who is reported to have said something: those named, by how many reports carry their
/// words; then sources without a name; then quotations without a findable source.
pub(crate) fn speakers<'r>(edition: &Edition<'r>) -> Vec<Speaker<'r>> {
    let mut groups: BTreeMap<String, Speaker<'r>> = BTreeMap::new();
    for statement in statements(edition) {
        let voice = voice(edition, &statement);
        let key = match voice {
            Voice::Entity(entity) => entity.id.to_string(),
            other => format!("{:?}", other.rank()),
        };
        let new = || Speaker { voice, statements: Vec::new() };
        groups.entry(key).or_insert_with(new).statements.push(statement);
    }
    let mut speakers: Vec<Speaker<'r>> = groups.into_values().collect();
    speakers.sort_by_cached_key(|speaker| {
        let (rank, name) = speaker.voice.rank();
        let carried: usize = speaker.statements.iter().map(Statement::carriers).sum();
        (rank, std::cmp::Reverse(carried), name.to_owned())
    });
    speakers
}

/// Every saying by time: utterances, and sayings that belong to none. What somebody is only said
/// to believe or want is left to the layer over the texts.
fn statements<'r>(edition: &Edition<'r>) -> Vec<Statement<'r>> {
    let told = edition.record.utterances.iter().filter_map(|said| of_utterance(edition, said));
    let lone = edition
        .record
        .quotes()
        .filter(|(document, quote)| {
            quote.is_saying() && edition.utterance((document.id, quote.id)).is_none()
        })
        .map(|(document, quote)| alone(edition, Witness { document: document.id, quote }));
    let mut all: Vec<Statement<'r>> = told.chain(lone).collect();
    all.sort_by_cached_key(|statement| {
        let Witness { document, quote } = statement.base;
        let early = statement.said.from.or(statement.said.to);
        (early.is_none(), early, edition.order(document), quote.hull())
    });
    all
}

fn voice<'r>(edition: &Edition<'r>, statement: &Statement<'r>) -> Voice<'r> {
    let Witness { document, quote } = statement.base;
    let of_utterance = statement.utterance.and_then(|said| said.entity);
    let entity = of_utterance.and_then(|id| edition.entity(id));
    if let Some(entity) = entity.or_else(|| edition.speaker((document, quote.id))) {
        return Voice::Entity(entity);
    }
    match quote.source.status {
        SourceStatus::Named => quote.source.name.as_deref().map_or(Voice::Unnamed, Voice::Name),
        SourceStatus::Unnamed => Voice::Unnamed,
        SourceStatus::Ambiguous | SourceStatus::Unattributed => Voice::Unattributed,
    }
}

fn alone<'r>(edition: &Edition<'r>, base: Witness<'r>) -> Statement<'r> {
    let said = base.quote.occasion.date.map(|(range, _)| range);
    let said = said.unwrap_or_else(|| by(edition.published(base.document)));
    Statement { utterance: None, said, base, varied: Vec::new(), entries: Vec::new() }
}

/// Said by the time it was published.
fn by(published: DateRange) -> DateRange {
    DateRange { from: None, ..published }
}

fn witnesses<'r>(edition: &Edition<'r>, said: &Utterance) -> Vec<Witness<'r>> {
    let of = |&(document, quote): &(DocumentId, QuoteId)| {
        Some(Witness { document, quote: edition.quote((document, quote))? })
    };
    said.quotes.iter().filter_map(of).collect()
}

/// The fullest reading of an utterance.
pub(crate) fn fullest_of<'r>(edition: &Edition<'r>, said: &Utterance) -> Option<Witness<'r>> {
    fullest(edition, &witnesses(edition, said), &said.variants)
}

fn of_utterance<'r>(edition: &Edition<'r>, said: &'r Utterance) -> Option<Statement<'r>> {
    let witnesses = witnesses(edition, said);
    let base = fullest(edition, &witnesses, &said.variants)?;
    let others = witnesses.iter().filter(|other| other.quote.id != base.quote.id);
    let mut order: Vec<Witness<'r>> = others.copied().collect();
    order.sort_by_key(|other| edition.order(other.document));
    let (entries, varied) = apparatus(edition, base, &order, &said.variants);
    Some(Statement { utterance: Some(said), said: said.said, base, varied, entries })
}

/// The fullest reading: one that no other is fuller than; of several, one in quotation marks, the
/// body before a headline, the longest, the earliest.
///
/// A quotation that runs two sayings together would stand for both, so it is passed over where
/// another in marks reports this one alone.
fn fullest<'r>(
    edition: &Edition<'r>,
    witnesses: &[Witness<'r>],
    variants: &[Variant],
) -> Option<Witness<'r>> {
    let marked = |quote: &Quote| quote.kind != QuoteKind::Indirect;
    let spliced = |witness: &Witness<'_>| edition.spliced((witness.document, witness.quote.id));
    let own = witnesses.iter().any(|witness| marked(witness.quote) && !spliced(witness));
    let lesser: HashSet<_> = variants.iter().map(|variant| variant.b).collect();
    let among = witnesses.iter().filter(|witness| !own || !spliced(witness));
    among.copied().max_by_key(|Witness { document, quote }| {
        let length: usize = quote.content.iter().map(|span| span.len()).sum();
        let early = std::cmp::Reverse(edition.order(*document));
        (!lesser.contains(&quote.id), marked(quote), !quote.headline, length, early)
    })
}

/// The entries for `others`, and where they depart from `base`.
fn apparatus<'r>(
    edition: &Edition<'r>,
    base: Witness<'r>,
    others: &[Witness<'r>],
    variants: &'r [Variant],
) -> (Vec<Entry<'r>>, Vec<(Span, Varied)>) {
    let pairs: HashMap<_, _> = variants.iter().map(|v| ((v.a, v.b), v)).collect();
    let (mut entries, mut varied) = (Vec::new(), Vec::new());
    for &other in others {
        let forth = pairs.get(&(base.quote.id, other.quote.id));
        let back = pairs.get(&(other.quote.id, base.quote.id));
        let variant = forth.or(back).copied();
        let changes = variant.map_or_else(Vec::new, |variant| match forth {
            Some(_) => variant.changes.clone(),
            None => variant.changes.iter().map(turned).collect(),
        });
        let relation = variant.map(|variant| variant.relation);
        if tells_words(relation) {
            varied.extend(changes.iter().filter_map(place_varied));
        }
        let departures =
            changes.iter().map(|change| departure(edition, base, other, change)).collect();
        let reason = variant.map(|variant| &variant.reason);
        add(edition, &mut entries, Entry { relation, witnesses: vec![other], departures, reason });
    }
    varied.sort_unstable();
    varied.dedup();
    entries.sort_by_key(|entry| entry.relation);
    (entries, varied)
}

/// Where a change touches the fullest reading; an insertion stands between its words.
fn place_varied(change: &Change) -> Option<(Span, Varied)> {
    match change.op {
        ChangeOp::Replace => Some((change.a, Varied::Otherwise)),
        ChangeOp::Delete => Some((change.a, Varied::Omitted)),
        ChangeOp::Insert | ChangeOp::Respell => None,
    }
}

/// Whether word by word is how a relation is best told.
pub(crate) fn tells_words(relation: Option<Relation>) -> bool {
    match relation {
        Some(Relation::Trimmed | Relation::Spliced | Relation::Reworded | Relation::Altered) => {
            true
        }
        Some(
            Relation::Verbatim | Relation::Typographic | Relation::Paraphrase | Relation::Recurring,
        )
        | None => false,
    }
}

/// Adds an entry, or its witness to the entry that departs in the same way.
fn add<'r>(edition: &Edition<'r>, entries: &mut Vec<Entry<'r>>, entry: Entry<'r>) {
    let words = |entry: &Entry<'r>| entry.witnesses.first().map(|w| words_of(edition, *w));
    let readings = |entry: &Entry<'r>| -> Vec<_> {
        entry.departures.iter().map(|d| (d.op, d.lemma, d.reading)).collect()
    };
    let same = |known: &&mut Entry<'r>| {
        known.relation == entry.relation
            && match entry.relation {
                Some(Relation::Verbatim | Relation::Typographic) => true,
                relation if tells_words(relation) => readings(known) == readings(&entry),
                _ => words(known) == words(&entry),
            }
    };
    match entries.iter_mut().find(same) {
        Some(known) => known.witnesses.extend(entry.witnesses),
        None => entries.push(entry),
    }
}

/// The words of a quotation on one line.
pub(crate) fn words_of(edition: &Edition<'_>, Witness { document, quote }: Witness<'_>) -> String {
    let text = |&span| edition.text(Passage::new(document, span));
    squeeze(&quote.content.iter().map(text).collect::<Vec<_>>().join(" "))
}

/// The same change told from the other side.
pub(crate) fn turned(change: &Change) -> Change {
    let op = match change.op {
        ChangeOp::Insert => ChangeOp::Delete,
        ChangeOp::Delete => ChangeOp::Insert,
        same @ (ChangeOp::Replace | ChangeOp::Respell) => same,
    };
    Change { op, a: change.b, b: change.a }
}

fn departure<'r>(
    edition: &Edition<'r>,
    base: Witness<'r>,
    other: Witness<'r>,
    change: &Change,
) -> Departure<'r> {
    let own = edition.text(Passage::new(base.document, change.a));
    let lemma = match change.op {
        ChangeOp::Insert => word_before(edition, base, change.a.start()),
        ChangeOp::Replace | ChangeOp::Delete | ChangeOp::Respell => own,
    };
    let reading = edition.text(Passage::new(other.document, change.b));
    Departure { op: change.op, at: change.a, lemma, reading }
}

/// The last word of the reading before a place in it.
fn word_before<'r>(edition: &Edition<'r>, base: Witness<'r>, at: usize) -> &'r str {
    let Some(hull) = base.quote.hull().filter(|hull| hull.start() < at) else {
        return "";
    };
    let before = edition.text(Passage::new(base.document, Span::new(hull.start(), at)));
    let last = before.split_whitespace().next_back().unwrap_or_default();
    // An opening mark alone is no word to stand after.
    if last.contains(char::is_alphanumeric) { last } else { "" }
}
