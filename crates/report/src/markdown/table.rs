//! The sections of the Markdown that are tables.

use std::fmt::{self, Write};

use stemma_model::{Cell, Movement, Passage, Polarity, State};

use super::{headline, place, places, plain, rows, when};
use crate::dates;
use crate::edition::Edition;
use crate::view::condition::{groups, questions};
use crate::view::coverage::matrices;
use crate::view::figure::{claims as claims_of, value_words};
use crate::view::movement::{self as view, about, moved, shown, state_words};
use crate::view::overview::in_order;
use crate::view::term::{Form, concepts, verbs};
use crate::view::wording;

pub(super) fn witnesses(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let record = edition.record;
    if record.documents.is_empty() {
        return Ok(());
    }
    writeln!(out, "## The reports\n")?;
    let pairs = record.documents.iter().zip(&record.annotations);
    let all: Vec<Vec<String>> = pairs
        .map(|(document, own)| {
            vec![
                edition.siglum(document.id).to_owned(),
                plain(&edition.outlet(document)),
                headline(document),
                format!("{}, {}", when(own.published.range), dates::basis(&own.published)),
            ]
        })
        .collect();
    rows(out, &["Siglum", "Outlet", "Headline", "Date"], &all)
}

pub(super) fn names(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    if edition.record.entities.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Names\n")?;
    let row = |entity: &stemma_model::Entity| {
        let forms = entity.forms.iter().filter(|form| form.text != entity.name);
        let forms = forms.map(|form| format!("{} ({})", plain(&form.text), form.count));
        let documents = in_order(edition, &entity.documents);
        let sigla: Vec<&str> = documents.iter().map(|&id| edition.siglum(id)).collect();
        vec![
            plain(&entity.name),
            wording::mention(entity.kind).to_owned(),
            forms.collect::<Vec<_>>().join(", "),
            sigla.join(" "),
        ]
    };
    let all: Vec<_> = edition.record.entities.iter().map(row).collect();
    rows(out, &["Name", "Kind", "Also called", "Reports"], &all)
}

pub(super) fn positions(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let questions = questions(edition);
    if !questions.is_empty() {
        writeln!(out, "## Positions\n")?;
    }
    for question in &questions {
        writeln!(out, "### {}\n", plain(question.on))?;
        let row = |position: &&stemma_model::Position| {
            let holder = position.entity.and_then(|id| edition.entity(id));
            let towards = position.towards.map(|at| plain(edition.text(at)));
            let towards = towards.map(|words| format!(", put to {words}")).unwrap_or_default();
            let words = edition.first_passages(&position.evidence);
            let words = words
                .iter()
                .map(|&at| format!("{} {}", plain(edition.text(at)), place(edition, at)));
            vec![
                when(position.date),
                plain(holder.map_or("the reports themselves", |entity| &entity.name)),
                format!("{}{towards}", wording::stance(position.stance)),
                words.collect::<Vec<_>>().join(" · "),
            ]
        };
        let all: Vec<_> = question.positions.iter().map(row).collect();
        rows(out, &["Since", "Who", "Position", "Words"], &all)?;
    }
    Ok(())
}

pub(super) fn conditions(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let groups = groups(edition);
    if !groups.is_empty() {
        writeln!(out, "## Conditions\n")?;
    }
    for group in &groups {
        writeln!(out, "### {}\n", group.label.map_or("Other conditions".to_owned(), plain))?;
        let row = |row: &crate::view::condition::Row<'_>| {
            let text = |span| plain(edition.text(Passage::new(row.document, span)));
            let condition = row.condition;
            let negative = condition.polarity == Polarity::Negative;
            let fails = if negative { " (will not be)" } else { "" };
            vec![
                when(row.date),
                plain(&row.holder),
                format!("{}{fails}", text(condition.consequence)),
                format!("**{}** {}", text(condition.trigger), text(condition.condition)),
                wording::force(condition.force).unwrap_or_default().to_owned(),
                place(edition, row.passage()),
            ]
        };
        let all: Vec<_> = group.rows.iter().map(row).collect();
        rows(out, &["When", "Who states it", "What depends", "On what", "Kind", "Report"], &all)?;
    }
    Ok(())
}

pub(super) fn movements(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let threads = moved(edition);
    if !threads.is_empty() {
        writeln!(out, "## What moved\n")?;
    }
    for moved in &threads {
        writeln!(out, "### {}\n", plain(&moved.thread.title))?;
        for later in &moved.stories {
            let (date, title) = (when(later.story.date), plain(&later.story.title));
            writeln!(out, "{date}: {title}\n")?;
            let all = later.changed.iter().chain(&later.new).chain(&later.speakers);
            let all: Vec<_> = all.map(|movement| movement_row(edition, movement)).collect();
            rows(out, &["What moved", "Who", "On what", "Before", "In this story"], &all)?;
        }
    }
    Ok(())
}

fn movement_row(edition: &Edition<'_>, movement: &Movement) -> Vec<String> {
    let holder = movement.entity.and_then(|id| edition.entity(id));
    let state = |state: &State| {
        let words = plain(&state_words(edition, movement, state));
        let first = edition.first_passages(&state.evidence).first().copied();
        let told = first.map(|at| plain(edition.text(shown(edition, state, at))));
        let places = places(edition, &state.evidence);
        let parts = [when(state.date), words, told.unwrap_or_default(), places];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    vec![
        view::heading(movement).to_owned(),
        holder.map(|holder| plain(&holder.name)).unwrap_or_default(),
        about(movement).map(plain).unwrap_or_default(),
        movement.earlier.as_ref().map(state).unwrap_or_default(),
        state(&movement.later),
    ]
}

pub(super) fn claims(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let groups = claims_of(edition);
    if groups.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Figures and dates compared\n")?;
    let mut all = Vec::new();
    for (status, claim) in groups.iter().flat_map(|g| g.claims.iter().map(|c| (g.status, c))) {
        for value in &claim.values {
            all.push(vec![
                plain(&claim.about),
                wording::claim(status).to_owned(),
                plain(&value_words(value)),
                places(edition, &value.evidence),
                value.origins.as_ref().map(wording::origins).unwrap_or_default(),
            ]);
        }
    }
    rows(out, &["About", "Values", "Value", "Reports", "Origins"], &all)
}

pub(super) fn coverage(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let (matrices, _) = matrices(edition);
    if !matrices.is_empty() {
        writeln!(out, "## What each report carries\n\n● carries it, ◐ in part, ○ omits it\n")?;
    }
    for matrix in &matrices {
        let title = matrix.story.map_or("All reports", |story| story.title.as_str());
        writeln!(out, "### {}\n", plain(title))?;
        let sigla = matrix.documents.iter().map(|&id| edition.siglum(id));
        let head: Vec<&str> = ["Point"].into_iter().chain(sigla).chain(["Origins"]).collect();
        let cell = |cell: &Option<&stemma_model::CoverageCell>| match cell.map(|cell| cell.state) {
            Some(Cell::Told) => "●".to_owned(),
            Some(Cell::Part) => "◐".to_owned(),
            Some(Cell::Absent) => "○".to_owned(),
            None => String::new(),
        };
        let row = |row: &crate::view::coverage::Row<'_>| {
            let point = format!("{} ({})", plain(&row.words), wording::point(row.point.kind));
            let cells = row.cells.iter().map(cell);
            let origins = wording::origins(&row.point.origins);
            [point].into_iter().chain(cells).chain([origins]).collect()
        };
        let alone = matrix.alone.iter().flat_map(|(_, rows)| rows);
        let all: Vec<Vec<String>> = matrix.rows.iter().chain(alone).map(row).collect();
        rows(out, &head, &all)?;
    }
    Ok(())
}

pub(super) fn terms(out: &mut String, edition: &Edition<'_>) -> fmt::Result {
    let (concepts, verbs) = (concepts(edition), verbs(edition));
    if concepts.is_empty() && verbs.is_empty() {
        return Ok(());
    }
    writeln!(out, "## What each report calls it\n")?;
    let row = |name: &str, form: &Form<'_>| {
        let uses = form.uses.iter();
        let uses = uses.map(|(id, uses)| format!("{} {}", edition.siglum(*id), uses.len()));
        vec![
            plain(name),
            plain(form.form),
            uses.collect::<Vec<_>>().join(", "),
            form.count().to_string(),
            form.not_their_own(),
        ]
    };
    let names = concepts.iter().flat_map(|concept| {
        let basis = if concept.spelled { " (spellings of one name)" } else { "" };
        let name = format!("{}{basis}", concept.name);
        concept.forms.iter().map(move |form| row(&name, form))
    });
    rows(out, &["Thing", "Name", "Uses by report", "All", "Of these"], &names.collect::<Vec<_>>())?;
    let verbs = verbs.iter().flat_map(|v| v.verbs.iter().map(|form| row(v.speaker, form)));
    rows(out, &["Speaker", "Verb", "Uses by report", "All", "Of these"], &verbs.collect::<Vec<_>>())
}
