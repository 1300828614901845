//! The sections of the Markdown that are lists.

use std::fmt::{self, Write};

use stemma_model::{
    ChangeOp, ClusterKind, DocumentId, HeadlineVerdict, Passage, Quote, QuoteKind, Relation,
};

use super::{headline, place, places, plain, when};
use crate::dates;
use crate::edition::Edition;
use crate::view::attitude::{holders, verb};
use crate::view::carried::carried;
use crate::view::copied::{Pair, Piece, closeness, copied};
use crate::view::movement::{UNORDERED, is_ordered};
use crate::view::overview::most_told;
use crate::view::statement::{
    Departure, Entry, Speaker, Statement, Voice, Witness, tells_words, words_of,
};
use crate::view::stemma::shown;
use crate::view::timeline::timeline as timeline_of;
use crate::view::uncertain::uncertain as uncertain_of;
use crate::view::wording::{self, count};

/// How many speakers the overview names.
const SPEAKERS: usize = 6;

pub(super) fn overview(
    out: &mut String,
    edition: &Edition<'_>,
    speakers: &[Speaker<'_>],
) -> fmt::Result {
    let told = most_told(edition);
    if !told.is_empty() {
        writeln!(out, "**Most told**\n")?;
    }
    for told in &told {
        let (kind, text) = (wording::point(told.kind), plain(&told.text));
        let carried = format!("{} of {}", told.places.len(), count(told.of, "report"));
        let origins = wording::origins(told.origins);
        let places = places(edition, &told.places);
        writeln!(out, "- {text} ({kind}, {carried}, {origins}) {places}")?;
    }
    let named = speakers.iter().filter(|s| matches!(s.voice, Voice::Entity(_) | Voice::Name(_)));
    let named: Vec<String> = named
        .take(SPEAKERS)
        .map(|s| format!("{} ({})", plain(s.voice.name()), count(s.statements.len(), "statement")))
        .collect();
    if !named.is_empty() {
        writeln!(out, "\n**Who speaks**: {}", named.join(", "))?;
    }
    let contested = crate::view::overview::contested(speakers);
    if !contested.is_empty() {
        writeln!(out, "\n**Worded differently**: {}", count(contested.len(), "statement"))?;
    }
    writeln!(out)
}

pub(super) fn stories(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let record = edition.record;
    if record.stories.len() < 2 {
        return Ok(());
    }
    writeln!(out, "## Stories\n")?;
    for thread in record.threads.iter().filter(|thread| thread.stories.len() > 1) {
        let stories = count(thread.stories.len(), "story");
        let unordered = format!(" ({UNORDERED})");
        let note = if is_ordered(edition, thread) { "" } else { &unordered };
        writeln!(out, "{stories} on one question: {}{note}\n", plain(&thread.title))?;
    }
    for story in &record.stories {
        let mut documents = story.documents.clone();
        documents.sort_by_key(|&id| edition.order(id));
        let sigla: Vec<&str> = documents.iter().map(|&id| edition.siglum(id)).collect();
        let (date, title) = (when(story.date), plain(&story.title));
        writeln!(out, "- {date}: {title} ({})", sigla.join(" "))?;
    }
    writeln!(out)
}

pub(super) fn statements(
    out: &mut String,
    edition: &Edition<'_>,
    speakers: &[Speaker<'_>],
) -> fmt::Result {
    if !speakers.is_empty() {
        writeln!(out, "## Who said what\n")?;
    }
    for speaker in speakers {
        writeln!(out, "### {}\n", plain(speaker.voice.name()))?;
        for statement in &speaker.statements {
            item(out, edition, speaker, statement)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn item(
    out: &mut String,
    edition: &Edition<'_>,
    speaker: &Speaker<'_>,
    statement: &Statement<'_>,
) -> fmt::Result {
    let base = statement.base;
    let own = matches!(speaker.voice, Voice::Unnamed | Voice::Unattributed);
    let named = own.then(|| edition.source_name(base.document, base.quote)).flatten();
    let said_by = named.map(|name| format!(", {}", plain(name))).unwrap_or_default();
    let (date, words) = (when(statement.said), said(edition, base));
    writeln!(out, "- {date}{said_by}: {words} {}", at(edition, base))?;
    for entry in &statement.entries {
        writeln!(out, "  - {}", apparatus(edition, entry))?;
    }
    Ok(())
}

/// The words of a quotation, in italics where they are the report's and not the speaker's.
fn said(edition: &Edition<'_>, Witness { document, quote }: Witness<'_>) -> String {
    let text = |&span| edition.text(Passage::new(document, span));
    let words = plain(&quote.content.iter().map(text).collect::<Vec<_>>().join(" "));
    if quote.kind == QuoteKind::Indirect { format!("*{words}*") } else { words }
}

fn at(edition: &Edition<'_>, Witness { document, quote }: Witness<'_>) -> String {
    quote.hull().map(|hull| place(edition, Passage::new(document, hull))).unwrap_or_default()
}

fn apparatus(edition: &Edition<'_>, entry: &Entry<'_>) -> String {
    let relation = entry.relation.map_or("also reports it", wording::relation);
    let same = matches!(entry.relation, Some(Relation::Verbatim | Relation::Typographic));
    let telling: Vec<String> =
        entry.departures.iter().filter(|d| d.op != ChangeOp::Respell).map(departed).collect();
    let sigla = || entry.witnesses.iter().map(|&w| at(edition, w)).collect::<Vec<_>>().join(" ");
    if same {
        format!("{relation}: {}", sigla())
    } else if tells_words(entry.relation) && !telling.is_empty() {
        format!("{relation}: {} {}", telling.join(" · "), sigla())
    } else {
        let words = entry.witnesses.first().map(|&first| said(edition, first));
        format!("{relation}: {} {}", words.unwrap_or_default(), sigla())
    }
}

fn departed(departure: &Departure<'_>) -> String {
    let (lemma, reading) = (plain(departure.lemma), plain(departure.reading));
    match departure.op {
        ChangeOp::Replace | ChangeOp::Respell => format!("{lemma} \\] {reading}"),
        ChangeOp::Delete => format!("omits “{lemma}”"),
        ChangeOp::Insert if lemma.is_empty() => format!("before it adds “{reading}”"),
        ChangeOp::Insert => format!("after “{lemma}” adds “{reading}”"),
    }
}

pub(super) fn timeline(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let Some(timeline) = timeline_of(edition).filter(|t| !t.entries.is_empty()) else {
        return Ok(());
    };
    writeln!(out, "## Timeline\n")?;
    for entry in &timeline.entries {
        let (date, text) = (when(entry.date), plain(&entry.text));
        let status = wording::event(entry.status);
        writeln!(out, "- {date}: {text} ({status}) {}", places(edition, &entry.evidence))?;
    }
    writeln!(out)
}

fn copied_heading(kind: Option<ClusterKind>) -> &'static str {
    kind.map_or_else(|| wording::cluster(ClusterKind::Passage), wording::cluster)
}

/// What people are only reported to believe, know or want.
pub(super) fn attitudes(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let holders = holders(edition);
    if holders.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Held or wanted\n")?;
    for holder in &holders {
        writeln!(out, "### {}\n", plain(holder.name))?;
        for &witness in &holder.attitudes {
            let first =
                witness.quote.content.first().map(|&span| Passage::new(witness.document, span));
            let at = first.map(|passage| place(edition, passage)).unwrap_or_default();
            let words = plain(&words_of(edition, witness));
            writeln!(out, "- {}: *{words}* {at}", verb(witness.quote.attitude))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

pub(super) fn copied_passages(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let copied = copied(edition);
    if !copied.shared.is_empty() {
        writeln!(out, "## Shared passages\n")?;
        writeln!(
            out,
            "What differs stands in ⟨angle brackets⟩; ‸ marks where the other has more.\n"
        )?;
    }
    let carried = carried(edition);
    for pair in &carried {
        let (a, b) = (edition.siglum(pair.a), edition.siglum(pair.b));
        let (words, passages) = (count(pair.words, "word"), count(pair.passages, "passage"));
        let told = pair.told(|id| edition.siglum(id));
        writeln!(out, "- {a} and {b} share {words} in {passages}: {told}")?;
    }
    if !carried.is_empty() {
        writeln!(out)?;
    }
    for shared in &copied.shared {
        let heading = copied_heading(shared.cluster.map(|cluster| cluster.kind));
        let words = count(shared.words as usize, "word");
        let origins = shared.cluster.map(|cluster| wording::origins(&cluster.origins));
        let origins = origins.map(|origins| format!(", {origins}")).unwrap_or_default();
        let places = places(edition, &shared.passages);
        writeln!(out, "### {heading}: {words}{origins} {places}\n")?;
        for pair in &shared.pairs {
            side_by_side(out, edition, pair)?;
        }
        for descent in shared.cluster.iter().flat_map(|cluster| &cluster.stemma) {
            let from = descent.from.map(|id| edition.siglum(id));
            let from = from.or(descent.from_name.as_deref()).unwrap_or("a lost source");
            let how = if shown(descent) { "the text shows it" } else { "only likely" };
            let to = edition.siglum(descent.to);
            writeln!(out, "- {to} from {}: {how}, {}", plain(from), plain(&descent.reason.note))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn side_by_side(out: &mut String, edition: &Edition<'_>, pair: &Pair<'_>) -> fmt::Result {
    let (left, right) = (place(edition, pair.left), place(edition, pair.right));
    writeln!(
        out,
        "> {left} {}\n>\n> {right} {}\n",
        marked(&pair.left_pieces),
        marked(&pair.right_pieces)
    )?;
    let first = &pair.alignment.first;
    let sigla: Vec<&str> = first.candidates.iter().map(|&id| edition.siglum(id)).collect();
    let why = plain(&first.why);
    let closeness = closeness(pair.alignment);
    writeln!(out, "{closeness}. Earliest seen here: {}, {why}.\n", sigla.join(" or "))
}

fn marked(pieces: &[Piece<'_>]) -> String {
    let piece = |piece: &Piece<'_>| match piece {
        Piece::Same(text) => plain(text),
        Piece::Changed(text) | Piece::Only(text) | Piece::Respelt(text) => {
            format!("⟨{}⟩", plain(text))
        }
        Piece::Lacks => "‸".to_owned(),
        Piece::Elided => "\\[…\\]".to_owned(),
    };
    pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
}

pub(super) fn headlines(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let headlines = &edition.record.contrast.headlines;
    let telling = [HeadlineVerdict::NotFound, HeadlineVerdict::SupportedInPart];
    let shown: Vec<_> = headlines.iter().filter(|h| telling.contains(&h.verdict)).collect();
    if !shown.is_empty() {
        writeln!(out, "## Headlines against their reports\n")?;
    }
    for headline in &shown {
        let Some(document) = edition.document(headline.document) else { continue };
        let (siglum, title) = (edition.siglum(headline.document), self::headline(document));
        writeln!(out, "- `{siglum}` {title}: {}", wording::headline(headline.verdict))?;
        for difference in &headline.differences {
            writeln!(out, "  - The headline {}", plain(difference))?;
        }
        for &span in &headline.support {
            let passage = Passage::new(headline.document, span);
            writeln!(out, "  - {} {}", plain(edition.text(passage)), place(edition, passage))?;
        }
    }
    if shown.is_empty() { Ok(()) } else { writeln!(out) }
}

pub(super) fn uncertain(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let found = uncertain_of(edition);
    if found.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Uncertain and missing\n")?;
    for (id, problem) in &found.problems {
        let siglum = id.map(|id| format!("`{}` ", edition.siglum(id))).unwrap_or_default();
        let at = problem.place.as_ref().map(|at| format!("{}: ", plain(at))).unwrap_or_default();
        let hint = problem.hint.as_ref().map(|hint| format!(" ({})", plain(hint)));
        let (message, hint) = (plain(&problem.message), hint.unwrap_or_default());
        writeln!(out, "- {siglum}{at}{message}{hint} `{}`", problem.code)?;
    }
    quotes(out, edition, "no speaker found", &found.unattributed)?;
    quotes(out, edition, "several people fit", &found.ambiguous)?;
    for &id in found.undated.iter().chain(&found.argued) {
        let Some(document) = edition.document(id) else { continue };
        let order = edition.order(id);
        let dated = edition.record.annotations.get(order).map(|own| &own.published);
        let basis = dated.map_or("", dates::basis);
        let (siglum, date) = (edition.siglum(id), edition.date_words(id));
        writeln!(out, "- `{siglum}` {}: {date}, {basis}", headline(document))?;
    }
    for &passage in &found.unanchored {
        let text = plain(edition.text(passage));
        writeln!(out, "- {} a time that cannot be placed: {text}", place(edition, passage))?;
    }
    writeln!(out)
}

fn quotes(
    out: &mut String,
    edition: &Edition<'_>,
    what: &str,
    quotes: &[(DocumentId, &Quote)],
) -> fmt::Result {
    for &(document, quote) in quotes {
        let witness = Witness { document, quote };
        let (words, why) = (said(edition, witness), plain(&quote.source.why));
        writeln!(out, "- {} {what}: {words} ({why})", at(edition, witness))?;
    }
    Ok(())
}
