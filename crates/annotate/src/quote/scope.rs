//! Where a content ends and the next attribution begins.
//!
//! The tagger labels fragments; the parse knows clauses. Here a fragment that runs over the end of
//! its cue's clause is cut, what another verb reports is given to that verb, and a clause that
//! belongs to a reported one is added to it.

use std::ops::Range;

use stemma_english::{Doc, Token};

use super::columns::Columns;
use super::lexicon::{ASK, NOUN, SAY, VERB};
use super::link::{Attribution, Shared, claimed, head, noun_phrase, place};

/// Cuts a content fragment where another cue's clause begins: *seeking to support Kiev, |any talk
/// will be possible only later, he said*.
pub(super) fn split_at_cues(
    doc: &Doc,
    cues: &[Range<usize>],
    content: Range<usize>,
) -> Vec<Range<usize>> {
    let cue_of = |i: usize| {
        let above = doc.token(i).head().i();
        cues.iter().position(|cue| cue.contains(&above) && !content.contains(&above))
    };
    let mut starts: Vec<usize> = vec![content.start];
    let mut last: Option<(usize, usize)> = None;
    for i in content.clone() {
        let Some(cue) = cue_of(i).filter(|_| is_clause(doc.token(i))) else { continue };
        if let Some((before, at)) = last
            && before != cue
        {
            let end = doc.token(at).right_edge().i() + 1;
            let start = doc.token(i).left_edge().i().max(end).max(content.start);
            let mark = (start..=i).find(|&i| !doc.token(i).is_punct()).unwrap_or(start);
            let apart = mark > content.start && doc.token(mark - 1).is_punct();
            starts.extend((mark < i && apart).then_some(mark));
        }
        last = Some((cue, i));
    }
    if starts.len() == 1 {
        return vec![content];
    }
    let ends = starts.iter().skip(1).copied().chain([content.end]);
    let parts = starts.iter().copied().zip(ends.collect::<Vec<_>>());
    parts.map(|(start, end)| trimmed(doc, start..end)).filter(|part| !part.is_empty()).collect()
}

/// Whether a token heads what a verb reports.
fn is_clause(token: Token<'_>) -> bool {
    matches!(token.dep(), "ccomp" | "xcomp")
}

/// Without punctuation, white space and conjunctions at the edges.
fn trimmed(doc: &Doc, range: Range<usize>) -> Range<usize> {
    let edge = |i: &usize| {
        let token = doc.token(*i);
        token.is_punct() || token.is_space() || token.dep() == "cc"
    };
    let start = range.clone().find(|i| !edge(i)).unwrap_or(range.end);
    let end = range.clone().rev().find(|i| !edge(i)).map_or(start, |last| last + 1);
    start..end.max(start)
}

/// Cuts contents at a verb that goes on telling what the source did (*views it as a threat |and has
/// insisted that …*; *declared that it deserves to join |and pledged support*), and makes an
/// attribution of that verb where it attributes.
pub(super) fn cut_coordinated(doc: &Doc, columns: &Columns, found: &mut Vec<Attribution>) {
    let mut made = Vec::new();
    for attribution in found.iter_mut() {
        let Some(cue) = attribution.cue.clone() else { continue };
        let Some((part, verb)) =
            attribution.content.iter().enumerate().find_map(|(part, range)| {
                let verb = range.clone().find(|&i| goes_on(doc, columns, &cue, range, i))?;
                Some((part, verb))
            })
        else {
            continue;
        };
        let range = attribution.content[part].clone();
        let first = doc.token(verb).lefts().map(|child| child.left_edge().i()).min();
        let start = first.unwrap_or(verb).min(verb);
        let kept = trimmed(doc, range.start..start.max(range.start));
        if kept.is_empty() {
            continue;
        }
        let rest = trimmed(doc, verb + 1..range.end);
        attribution.content[part] = kept;
        if columns.class[verb] & VERB != 0 && !rest.is_empty() {
            made.push(Attribution {
                cue: Some(verb..verb + 1),
                source: attribution.source.clone(),
                content: vec![rest],
                shared: Some(Shared::Cue),
            });
        }
    }
    found.extend(made);
}

/// Whether the verb at `i` inside a content is the source's next act rather than part of what it
/// says: a conjunct of the cue, or one in the past tense where the reported clause is not.
fn goes_on(
    doc: &Doc,
    columns: &Columns,
    cue: &Range<usize>,
    content: &Range<usize>,
    i: usize,
) -> bool {
    let token = doc.token(i);
    let subject = |child: Token<'_>| matches!(child.dep(), "nsubj" | "nsubjpass" | "expl");
    let has_subject = token.children().any(subject);
    if token.dep() != "conj" || token.pos() != "VERB" || has_subject || i == content.start {
        return false;
    }
    let above = token.head();
    let verb = doc.token(head(doc, cue));
    let of_cue = cue.contains(&above.i()) && tense(token).is_some() && tense(token) == tense(verb);
    let reported = content.contains(&above.i()) && cue.contains(&above.head().i());
    let shift = verb.tag() == "VBD"
        && token.tag() == "VBD"
        && is_present(above)
        && columns.class[i] & VERB != 0;
    of_cue || reported && shift
}

/// In the present tense, or with a modal.
fn is_present(verb: Token<'_>) -> bool {
    tense(verb).is_some_and(|tag| tag != "VBD")
}

/// Whether a verb has a tense, by itself or by an auxiliary.
pub(super) fn is_finite(verb: Token<'_>) -> bool {
    tense(verb).is_some()
}

/// The tag of the word that carries a verb's tense.
fn tense(verb: Token<'_>) -> Option<&str> {
    let tensed = |token: &Token<'_>| matches!(token.tag(), "VBD" | "VBZ" | "VBP" | "MD");
    let helper = |child: &Token<'_>| matches!(child.dep(), "aux" | "auxpass") && tensed(child);
    let found = Some(verb).filter(tensed).or_else(|| verb.children().find(helper));
    found.map(|token| token.tag())
}

/// Conjunctions whose clause, after a reported one, is reported too.
const REPORTED_WITH: [&str; 8] =
    ["although", "though", "because", "unless", "until", "if", "whereas", "while"];

/// Adds to a reported clause the clause that a conjunction ties to it: *stated that it is ready,
/// |although it is not yet a member*. Not one about the source itself (*though he gave no date*),
/// which is most often the reporter's.
pub(super) fn add_subordinates(doc: &Doc, found: &mut [Attribution]) {
    let taken = claimed(doc, found);
    for attribution in found.iter_mut() {
        let (Some(cue), [content]) = (&attribution.cue, attribution.content.as_mut_slice()) else {
            continue;
        };
        let main = doc.token(head(doc, content));
        let verb = doc.token(head(doc, cue));
        if cue.start > content.start || main.dep() != "ccomp" || main.head() != verb {
            continue;
        }
        let after = (content.end..doc.len()).find(|&i| !doc.token(i).is_punct());
        let clauses = main.children().chain(verb.children());
        let next = clauses.filter(|child| child.dep() == "advcl").find(|clause| {
            Some(clause.left_edge().i()) == after
                && REPORTED_WITH.contains(&clause.left_edge().lower())
                && clause.left_edge().i() <= content.end + 1
                && is_present(*clause)
                && !of_a_person(*clause)
        });
        let end = next.map(|clause| trimmed(doc, content.start..clause.right_edge().i() + 1).end);
        if let Some(end) = end.filter(|&end| !taken[content.end..end].contains(&true)) {
            content.end = end;
        }
    }
}

/// Whether a clause's subject is a pronoun for a person.
fn of_a_person(clause: Token<'_>) -> bool {
    let person = ["he", "she", "they", "i", "we"];
    let subject = clause.children().find(|child| matches!(child.dep(), "nsubj" | "nsubjpass"));
    subject.is_some_and(|subject| person.contains(&subject.lower()))
}

/// Leaves out what is nobody's words: the person spoken to (*urged |Stoltenberg| …, to push*), what
/// somebody else had asked about (*asked |about the bridge|, he said …*) and mere pointers back
/// (*repeated that promise*). An attribution left without content goes.
pub(super) fn drop_pointers(doc: &Doc, columns: &Columns, found: &mut Vec<Attribution>) {
    for attribution in found.iter_mut() {
        let several = attribution.content.len() > 1;
        let verb = attribution.cue.as_ref().map(|cue| head(doc, cue));
        let says = verb.is_some_and(|verb| columns.class[verb] & SAY != 0);
        attribution.content.retain(|range| {
            let pointer = says && points_back(doc, columns, range);
            let aside = is_addressee(doc, range, verb) || is_question(doc, columns, range, verb);
            !(pointer || several && aside)
        });
    }
    found.retain(|attribution| !attribution.content.is_empty());
}

/// A bare name or pronoun that is the object of the cue.
fn is_addressee(doc: &Doc, range: &Range<usize>, verb: Option<usize>) -> bool {
    let main = doc.token(head(doc, range));
    let object = matches!(main.dep(), "dobj" | "dative" | "nsubj") && verb == Some(main.head().i());
    let bare = doc.tokens_in(range.clone()).all(|token| matches!(token.pos(), "PROPN" | "PRON"));
    object && bare
}

/// What somebody was asked, under a passive verb of asking that is not the cue.
fn is_question(doc: &Doc, columns: &Columns, range: &Range<usize>, verb: Option<usize>) -> bool {
    let main = doc.token(head(doc, range));
    let mut above = main.ancestors().take_while(|token| Some(token.i()) != verb);
    above.any(|token| token.tag() == "VBN" && columns.class[token.i()] & ASK != 0)
}

/// *that promise*, *those remarks*: a noun of saying that a demonstrative ties to what was said
/// before, whatever hangs from it.
fn points_back(doc: &Doc, columns: &Columns, range: &Range<usize>) -> bool {
    let main = doc.token(head(doc, range));
    let tied = main.children().any(|child| {
        child.dep() == "det"
            && range.start == child.i()
            && matches!(child.lower(), "this" | "that" | "these" | "those")
    });
    tied && main.pos() == "NOUN" && columns.class[main.i()] & NOUN != 0
}

/// Gives a fragment that stands under a verb inside the source's own relative clause to that verb:
/// *Lee, who has appealed |for aid|, said …*.
pub(super) fn free_relatives(doc: &Doc, columns: &Columns, found: &mut Vec<Attribution>) {
    let mut made = Vec::new();
    for attribution in found.iter_mut() {
        let (Some(source), true) = (attribution.source.clone(), attribution.content.len() > 1)
        else {
            continue;
        };
        let verb_of = |range: &Range<usize>| {
            let verb = doc.token(head(doc, range)).head();
            (source.contains(&verb.i()) && verb.dep() == "relcl").then_some(verb)
        };
        let (theirs, own): (Vec<_>, Vec<_>) =
            attribution.content.drain(..).partition(|range| verb_of(range).is_some());
        attribution.content = own;
        for range in theirs {
            let Some(verb) = verb_of(&range) else { continue };
            if columns.class[verb.i()] & VERB != 0 {
                made.push(Attribution {
                    cue: Some(verb.i()..verb.i() + 1),
                    source: Some(noun_phrase(verb.head())),
                    content: vec![range],
                    shared: None,
                });
            }
        }
    }
    found.retain(|attribution| !attribution.content.is_empty());
    found.extend(made);
}

/// Finds `Clause, role, Name, said` where the parse tied the name to the clause's last noun, so that
/// *said* has neither subject nor complement: the words before the name's phrase are the content,
/// also where the tagger marked a part of them.
pub(super) fn read_trailing(doc: &Doc, columns: &Columns, found: &mut Vec<Attribution>) {
    let of = |attribution: &Attribution, verb: usize| {
        attribution.cue.as_ref().is_some_and(|cue| head(doc, cue) == verb)
    };
    let within = |attribution: &Attribution, whole: &Range<usize>| {
        attribution.content.iter().all(|part| whole.start <= part.start && part.end <= whole.end)
    };
    let mut made = Vec::new();
    for verb in doc.tokens().filter(|verb| columns.class[verb.i()] & SAY != 0) {
        let orphan = matches!(verb.tag(), "VBD" | "VBZ")
            && !verb.children().any(|child| matches!(child.dep(), "nsubj" | "ccomp" | "dobj"));
        let Some(told) = orphan.then(|| trailing(doc, verb)).flatten() else { continue };
        if found.iter().all(|other| !of(other, verb.i()) || within(other, &told.content[0])) {
            found.retain(|other| !of(other, verb.i()));
            made.push(told);
        }
    }
    for attribution in &made {
        let Some(source) = &attribution.source else { continue };
        for range in found.iter_mut().flat_map(|other| &mut other.content) {
            if range.start < source.start && range.end > source.start {
                *range = trimmed(doc, range.start..source.start);
            }
        }
    }
    found.extend(made);
    found.sort_by_key(place);
}

/// The attribution of an orphaned verb of saying: source and content by the commas before it.
fn trailing(doc: &Doc, verb: Token<'_>) -> Option<Attribution> {
    let sentence = doc.sentence_of(verb.i()).tokens().indices();
    let before = |i: usize| i.checked_sub(1).filter(|at| *at >= sentence.start);
    let comma = |i: usize| doc.token(i).text() == ",";
    let mut end = verb.i();
    if before(end).is_some_and(comma) {
        end -= 1;
    }
    let person = |i: usize| doc.token(i).ent_type() == "PERSON";
    before(end).filter(|&last| person(last))?;
    let part = |end: usize| (sentence.start..end).rev().find(|&i| comma(i)).map(|i| i + 1);
    let mut start = part(end)?;
    // `, the alliance's secretary general, Jens Stoltenberg,`: the role is a part of its own.
    if (start..end).all(person)
        && let Some(role) = part(start - 1)
        && is_description(doc, role..start - 1)
    {
        start = role;
    }
    let content = trimmed(doc, sentence.start..start);
    let told = doc.tokens_in(content.clone()).any(is_finite_verb);
    told.then(|| Attribution {
        cue: Some(verb.i()..verb.i() + 1),
        source: Some(start..end),
        content: vec![content],
        shared: None,
    })
}

fn is_finite_verb(token: Token<'_>) -> bool {
    matches!(token.pos(), "VERB" | "AUX") && is_finite(token)
}

/// A noun phrase without a verb.
fn is_description(doc: &Doc, range: Range<usize>) -> bool {
    let mut tokens = doc.tokens_in(range.clone());
    !range.is_empty() && tokens.all(|token| !matches!(token.pos(), "VERB" | "AUX"))
}

/// Finds `Clause, according to X.` and `According to X, clause.` where the tagger marked no content.
pub(super) fn read_according(doc: &Doc, found: &mut Vec<Attribution>) {
    found.retain(|attribution| !attribution.content.is_empty());
    let mut taken = claimed(doc, found);
    for token in doc.tokens().filter(|token| token.lower() == "according") {
        let Some(attribution) = according(doc, token) else { continue };
        let parts = attribution.content.iter().chain(&attribution.cue).chain(&attribution.source);
        if parts.clone().all(|range| !taken[range.clone()].contains(&true)) {
            parts.for_each(|range| taken[range.clone()].fill(true));
            found.push(attribution);
        }
    }
    found.sort_by_key(place);
}

fn according(doc: &Doc, token: Token<'_>) -> Option<Attribution> {
    let to = token.rights().find(|child| child.lower() == "to" && child.i() == token.i() + 1)?;
    let source = noun_phrase(to.rights().find(|child| child.dep() == "pobj")?);
    let cue = token.i()..to.i() + 1;
    let sentence = doc.sentence_of(token.i()).tokens().indices();
    let last = (source.end..sentence.end).all(|i| doc.token(i).is_punct());
    let first = (sentence.start..cue.start).all(|i| doc.token(i).is_punct());
    let content = match (first, last) {
        (true, false) => trimmed(doc, source.end..sentence.end),
        (false, true) => trimmed(doc, sentence.start..cue.start),
        _ => return None,
    };
    let told = !source.is_empty() && doc.tokens_in(content.clone()).any(is_finite_verb);
    told.then(|| Attribution {
        cue: Some(cue),
        source: Some(source),
        content: vec![content],
        shared: None,
    })
}
