//! Entities of invented reports, each one line: `day: name (role); +body; @description`.

use stemma_model::{
    Annotations, Basis, Chain, DateRange, Dated, Document, Mention, MentionForm, MentionId,
    MentionKind, Named, Reason, Span,
};

use super::*;

fn resolved(
    documents: &[Document],
    annotations: &[Annotations],
    corrections: &[Correction],
) -> Vec<Entity> {
    let mut names = Names::default();
    documents.iter().zip(annotations).for_each(|(d, a)| names.add(DocumentNames::of(d, a)));
    resolve(&names, corrections)
}

/// A report of chains with one mention each: `+` marks an organisation, `@` a description.
fn report(line: &str) -> (Document, Annotations) {
    let (day, names) = line.split_once(": ").expect("a day and names");
    let id = DocumentId::of(&[line]);
    let (mut mentions, mut chains) = (Vec::new(), Vec::new());
    for (i, part) in names.split("; ").enumerate() {
        let (name, role) = part.split_once(" (").unwrap_or((part, ""));
        let bare = name.trim_start_matches(['+', '@']);
        let (kind, form) = match name.chars().next() {
            Some('+') => (MentionKind::Organisation, MentionForm::Name),
            Some('@') => (MentionKind::Person, MentionForm::Nominal),
            _ => (MentionKind::Person, MentionForm::Name),
        };
        let at = Span::of(line, bare).expect("the name is in the line");
        let number = i.to_string();
        let chain = ChainId::of(&[line, &number]);
        let mention = MentionId::of(&[line, &number]);
        mentions.push(Mention { id: mention, span: at, kind, form, chain: Some(chain) });
        let role = role.trim_end_matches(')');
        chains.push(Chain {
            id: chain,
            name: bare.to_owned(),
            roles: (!role.is_empty()).then(|| role.to_owned()).into_iter().collect(),
            kind,
            mentions: vec![mention],
            reason: Reason::new("test", ""),
        });
    }
    let range = DateRange::day(day.parse().expect("a day"));
    let published =
        Dated { range, basis: Basis::Metadata, evidence: Vec::new(), reason: Reason::new("t", "") };
    (Document::plain(id, line), annotations(id, published, mentions, chains))
}

fn annotations(
    document: DocumentId,
    published: Dated,
    mentions: Vec<Mention>,
    chains: Vec<Chain>,
) -> Annotations {
    Annotations { published, mentions, chains, ..Annotations::empty(document) }
}

fn entities(lines: &[&str], corrections: &[Correction]) -> Vec<Entity> {
    let (documents, annotations): (Vec<_>, Vec<_>) = lines.iter().map(|line| report(line)).unzip();
    let found = resolved(&documents, &annotations, corrections);
    let (mut back_documents, mut back) = (documents, annotations);
    back_documents.reverse();
    back.reverse();
    let again = resolved(&back_documents, &back, corrections);
    let groups = |entities: &[Entity]| {
        let mut all: Vec<String> = entities.iter().map(shown).collect();
        all.sort_unstable();
        all
    };
    assert_eq!(groups(&found), groups(&again), "the order of the reports changes nothing");
    found
}

/// The forms of an entity, each with its count where it is more than one.
fn shown(entity: &Entity) -> String {
    let mut forms: Vec<String> = entity
        .forms
        .iter()
        .map(|form| match form.count {
            1 => form.text.clone(),
            count => format!("{} ×{count}", form.text),
        })
        .collect();
    forms.sort_unstable();
    forms.join(" = ")
}

/// Checks which names are one, in any order.
#[track_caller]
fn check(lines: &[&str], expected: &[&str]) {
    check_corrected(lines, &[], expected);
}

#[track_caller]
fn check_corrected(lines: &[&str], corrections: &[Correction], expected: &[&str]) {
    let found = entities(lines, corrections);
    let mut forms: Vec<String> = found.iter().map(shown).collect();
    forms.sort_unstable();
    assert_eq!(forms, expected);
    for entity in &found {
        let merges = entity.reason.parts.iter().filter(|part| part.rule != "ambiguous").count();
        assert_eq!(entity.chains.len() > 1, merges > 0, "every merge has its reason: {entity:?}");
    }
}

#[test]
fn spellings_and_transliterations_are_one() {
    check(
        &[
            "2023-01-02: Volodymyr Zelensky; Zelensky",
            "2023-01-03: Vladimir Zelenskyy",
            "2023-01-04: Volodymyr Zelenskiy",
        ],
        &["Vladimir Zelenskyy = Volodymyr Zelenskiy = Volodymyr Zelensky = Zelensky"],
    );
    check(
        &["2023-01-02: Boris Pistorious", "2023-01-03: Boris Pistorius; Pistorius"],
        &["Boris Pistorious = Boris Pistorius = Pistorius"],
    );
}

#[test]
fn misprints_titles_and_initials_are_one() {
    check(
        &["2023-01-02: Pavel Oreshko", "2023-01-03: Pavel Oresko", "2023-01-04: Mr Oreshko"],
        &["Mr Oreshko = Pavel Oreshko = Pavel Oresko"],
    );
    check(
        &["2023-01-02: Anna Kovac", "2023-01-03: A. Kovac", "2023-01-04: Minister Kovac"],
        &["A. Kovac = Anna Kovac = Minister Kovac"],
    );
    check(
        &["2023-01-02: Bob Menendez", "2023-01-03: Sen. Robert Menendez"],
        &["Bob Menendez = Sen. Robert Menendez"],
    );
}

#[test]
fn bearers_of_one_surname_stay_apart() {
    check(
        &["2023-01-02: Hal Brandt", "2023-01-03: Nadia Brandt", "2023-01-04: Brandt"],
        &["Brandt", "Hal Brandt", "Nadia Brandt"],
    );
    check(
        &[
            "2023-01-02: Hal Brandt (mayor of Bern)",
            "2023-01-03: Nadia Brandt",
            "2023-01-04: Brandt (mayor of Bern)",
        ],
        &["Brandt = Hal Brandt", "Nadia Brandt"],
    );
    check(&["2023-01-02: Ada Lee", "2023-01-03: Ada Lew"], &["Ada Lee", "Ada Lew"]);
}

#[test]
fn a_role_is_its_holders_of_the_time() {
    check(
        &[
            "2020-01-02: Ada Lee (mayor of Bern)",
            "2020-02-02: @the mayor of Bern",
            "2023-01-02: Bo Rivers (mayor of Bern)",
            "2023-02-02: @the mayor of Bern",
        ],
        &["Ada Lee = the mayor of Bern", "Bo Rivers = the mayor of Bern"],
    );
    check(
        &[
            "2020-01-02: Ada Lee (mayor of Bern)",
            "2020-01-05: Bo Rivers (mayor of Bern)",
            "2020-01-08: @the mayor of Bern",
        ],
        &["Ada Lee", "Bo Rivers"],
    );
}

#[test]
fn a_surname_taken_for_a_body_is_the_person() {
    check(
        &["2023-01-02: Ilse Hartmann", "2023-01-03: Ilse Hartmann", "2023-01-04: +Hartmann"],
        &["Hartmann = Ilse Hartmann ×2"],
    );
    check(
        &["2023-01-02: Harrison Ford", "2023-01-03: +Ford", "2023-01-04: +Ford"],
        &["Ford ×2", "Harrison Ford"],
    );
}

#[test]
fn bodies_are_one_under_their_names() {
    check(
        &["2023-01-02: +NATO", "2023-01-03: +North Atlantic Alliance", "2023-01-04: +the EU"],
        &["NATO = North Atlantic Alliance", "the EU"],
    );
}

#[test]
fn a_reader_can_forbid_and_order_a_merge() {
    let lines = ["2023-01-02: Anna Kovac", "2023-01-03: A. Kovac"];
    let named = |name: &str| Named { name: name.to_owned(), document: None };
    let apart = Correction::NotSamePerson { a: named("Anna Kovac"), b: named("A. Kovac") };
    check_corrected(&lines, &[apart], &["A. Kovac", "Anna Kovac"]);
    let lines = ["2023-01-02: Pope Francis", "2023-01-03: Jorge Bergoglio"];
    let same = Correction::SamePerson { a: named("Pope Francis"), b: named("Jorge Bergoglio") };
    check_corrected(&lines, &[same], &["Jorge Bergoglio = Pope Francis"]);
    let lines = ["2023-01-02: Pavel Oreshko", "2023-01-03: Pavel Oresko"];
    let apart = Correction::NotSamePerson { a: named("Pavel Oreshko"), b: named("Pavel Oresko") };
    check_corrected(&lines, &[apart], &["Pavel Oreshko", "Pavel Oresko"]);
}
