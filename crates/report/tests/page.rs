//! The page: well formed, self-contained, every link leads somewhere, no text breaks out of its
//! place, and three hundred reports stay under three megabytes.

mod check;
mod sample;

use check::{hostile, ids, links, tags, visible_text};
use proptest::prelude::*;
use sample::texts::REPORTS;
use sample::{Sample, document};
use stemma_model::*;
use stemma_report::{html, html_within, markdown};

#[test]
fn the_page_is_well_formed_and_every_link_leads_somewhere() {
    let page = html(&sample::sample());
    tags(&page).expect("tags nest");
    let ids = ids(&page);
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "every anchor stands once");
    let (inside, outside): (Vec<_>, Vec<_>) =
        links(&page).into_iter().partition(|link| link.starts_with('#'));
    assert!(inside.len() > 150);
    for link in inside {
        assert!(distinct.contains(&link[1..].to_owned()), "{link} leads nowhere");
    }
    assert!(outside.iter().all(|link| link.starts_with("https://news.example/")), "{outside:?}");
}

#[test]
fn every_link_leads_somewhere_however_much_is_cut() {
    let record = sample::sample();
    let mut page = html(&record);
    let mut sizes = Vec::new();
    for _ in 0..3 {
        page = html_within(&record, page.len() - 1);
        tags(&page).expect("tags nest");
        let ids: std::collections::BTreeSet<String> = ids(&page).into_iter().collect();
        for link in links(&page).iter().filter_map(|link| link.strip_prefix('#')) {
            assert!(ids.contains(link), "#{link} leads nowhere on a page of {} bytes", page.len());
        }
        sizes.push(page.len());
    }
    let brief = html_within(&record, 0);
    assert!(sizes.iter().all(|&size| size >= brief.len()), "{sizes:?} {}", brief.len());
    let text = visible_text(&brief);
    assert!(text.contains("paragraphs") && text.contains("more in the JSON and Markdown"));
}

#[test]
fn a_paragraph_says_where_it_starts_in_code_points() {
    let record = sample::sample();
    let page = html(&record);
    let mut seen = 0;
    for document in &record.documents {
        let anchor = format!("id=\"{}", &document.id.to_string()[..10]);
        let own = page.split("<article class=\"doc\" ").find(|part| part.starts_with(&anchor));
        let points: Vec<char> = document.text.chars().collect();
        for (start, shown) in paragraphs(own.expect("every text stands on the page")) {
            let end = start + shown.chars().count();
            assert_eq!(points[start..end].iter().collect::<String>(), shown);
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// The paragraphs of a text with where each starts.
fn paragraphs(html: &str) -> Vec<(usize, String)> {
    let parts = html.split("<p ").filter_map(|part| part.split_once('>'));
    let texts = parts.filter_map(|(attributes, rest)| {
        let start = attributes.split("data-s=\"").nth(1)?.split('"').next()?.parse().ok()?;
        Some((start, visible_text(&without_notes(rest.split("</p>").next()?))))
    });
    texts.collect()
}

#[test]
fn what_is_only_believed_or_wanted_is_no_statement() {
    let mut record = sample::sample();
    let mut held = Vec::new();
    for (document, own) in record.documents.iter().zip(&mut record.annotations) {
        let told = own.quotes.iter_mut().filter(|q| q.kind == QuoteKind::Indirect);
        for (quote, attitude) in told.zip([Attitude::Belief, Attitude::Eventuality]) {
            quote.attitude = attitude;
            quote.marked.clear();
            let words = quote.content.iter().map(|span| &document.text[span.range()]);
            held.push((quote.id, words.collect::<Vec<_>>().join(" ")));
        }
    }
    assert!(!held.is_empty());
    let page = html(&record);
    tags(&page).expect("tags nest");
    let section = page.split("<section id=\"attitudes\"").nth(1).expect("it has its section");
    let section = visible_text(section.split("</section>").next().unwrap_or_default());
    let text = markdown(&record);
    assert!(section.contains("believes") && text.contains("## Held or wanted"));
    for (id, words) in held {
        assert!(section.contains(&words), "{words} is not in: {section}");
        let anchor = format!("id=\"{}s\"", &id.to_string()[..12]);
        assert!(!page.contains(&anchor), "{words} stands among the statements");
    }
}

#[test]
fn the_head_says_who_speaks_and_who_carries_whose_text() {
    let page = html(&sample::sample());
    let head = page.split("<section").next().map(visible_text).unwrap_or_default();
    for said in ["Who speaks", "Where they differ", "Who carries whose text", "share"] {
        assert!(head.contains(said), "the head lacks {said}: {head}");
    }
}

#[test]
fn the_page_requests_nothing() {
    let page = html(&sample::sample());
    for request in ["src=", "@import", "url(", "<link", "<iframe", "fetch(", "XMLHttp"] {
        assert!(!page.contains(request), "{request}");
    }
}

#[test]
fn sections_without_data_are_left_out() {
    let record = Sample::new(&REPORTS[..2]).record;
    let page = html(&record);
    tags(&page).expect("tags nest");
    assert!(page.contains("id=\"witnesses\"") && page.contains("id=\"texts\""));
    for section in ["statements", "conditions", "copied", "coverage", "terms", "figures"] {
        assert!(!page.contains(&format!("id=\"{section}\"")), "{section}");
    }
    tags(&html(&Record::default())).expect("a page without reports is a page");
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let record = sample::sample();
    assert_eq!(html(&record), html(&record.clone()));
    assert_eq!(markdown(&record), markdown(&record.clone()));
}

#[test]
fn page_and_markdown_say_the_same() {
    let record = sample::sample();
    let (page, text) = (visible_text(&html(&record)), markdown(&record));
    for said in [
        "The Calder Sound ferry strike",
        "differs in substance",
        "fourteen",
        "SPA wire",
        "40,000",
        "No speaker found",
        "provided that",
        "industrial action",
        "expected `,` at column 42",
        "1 origin",
        "weakened",
        "later figure",
        "another condition",
    ] {
        assert!(page.contains(said), "the page lacks {said}");
        let escaped = said.replace('`', "\\`");
        assert!(text.contains(said) || text.contains(&escaped), "the Markdown lacks {said}");
    }
}

#[test]
fn words_of_judgement_are_not_used() {
    let texts: String = REPORTS.iter().map(|report| report.text).collect();
    let page = visible_text(&html(&sample::sample())).to_lowercase();
    for word in ["biased", "liar", " lies ", "falsely", "first to report"] {
        assert!(!texts.contains(word) && !page.contains(word), "{word}");
    }
}

/// A record of three hundred reports of the usual length, with as many attributions as news has.
fn three_hundred() -> Record {
    let mut sample = Sample::new(&[]);
    for index in 0..300_usize {
        let report = &REPORTS[index % REPORTS.len()];
        let mut made = document(report, index);
        let paragraph = |i: usize| {
            format!(
                "“Boat {i} of {index} will not sail this week,” the harbour master of pier {i} said \
                 on Monday, while {} of its crew waited for news of the talks in Ellery.",
                i * 7 + index
            )
        };
        let paragraphs: Vec<String> = (0..36).map(paragraph).collect();
        made.text = format!("{}\n{}", report.title, paragraphs.join("\n"));
        made.outlet = Some(format!("Outlet {}", index % 70));
        made.blocks = stemma_text::lines(&made.text)
            .map(|span| Block { span, kind: BlockKind::Paragraph })
            .collect();
        made.boilerplate.clear();
        sample.add(made);
        let speaker = EntityId::of(&[&(index % 150).to_string()]);
        for i in 0..24 {
            let content = format!("“Boat {i} of {index} will not sail this week,”");
            sample.direct(index, &[&content], "the harbour master", Some(speaker));
        }
        if index < 150 {
            let name = format!("Harbour master {index}");
            sample.record.entities.push(Entity {
                id: speaker,
                name,
                kind: MentionKind::Person,
                forms: Vec::new(),
                documents: vec![sample.record.documents[index].id],
                chains: Vec::new(),
                reason: Reason::new("same-name", ""),
            });
        }
    }
    sample.record
}

#[test]
fn three_hundred_reports_stay_under_three_megabytes() {
    let record = three_hundred();
    let text: usize = record.documents.iter().map(|document| document.text.len()).sum();
    assert!(text > 1_500_000, "the reports are of the usual length: {text}");
    let start = std::time::Instant::now();
    let page = html(&record);
    eprintln!("{} bytes from {text} bytes of text in {:?}", page.len(), start.elapsed());
    tags(&page).expect("tags nest");
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_breaks_out_of_its_place(token in "[<>\"'&=/a-z`\\-! {}$\\]\\[]{1,24}", tag in hostile()) {
        let token = format!("{token}{tag}");
        let plain: String =
            token.chars().map(|c| if c.is_whitespace() { c } else { 'x' }).collect();
        let (attacked, calm) = (html(&infested(&token)), html(&infested(&plain)));
        tags(&attacked).map_err(TestCaseError::fail)?;
        for mark in ['<', '>', '"'] {
            prop_assert_eq!(attacked.matches(mark).count(), calm.matches(mark).count(), "{}", mark);
        }
        let md = markdown(&infested(&token));
        prop_assert!(!md.contains("<script"));
    }

    #[test]
    fn marks_nest_and_no_character_of_a_text_is_lost(
        text in "[a-zé“”<&\n .]{1,160}",
        spans in prop::collection::vec((0_usize..160, 0_usize..60, 0_u8..8), 0..14),
    ) {
        let record = marked(&text, &spans);
        let page = html(&record);
        tags(&page).map_err(TestCaseError::fail)?;
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        // Note numbers stand in the text, so it is read without them.
        let body = page.split("class=\"doc\"").nth(1).unwrap_or_default();
        let shown: Vec<String> = body
            .split("<p ")
            .filter_map(|part| part.split_once('>'))
            .filter(|(attributes, _)| attributes.contains("data-s="))
            .filter_map(|(_, part)| Some(part.split("</p>").next()?.to_owned()))
            .map(|block| squeezed(&visible_text(&without_notes(&block))))
            .collect();
        prop_assert_eq!(shown.concat(), squeezed(&record.documents[0].text));
    }
}

/// A block's HTML without its note numbers.
fn without_notes(block: &str) -> String {
    let mut parts = block.split("<sup>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("</sup>").map_or("", |(_, rest)| rest))
}

/// A record in which every free text is `token`.
fn infested(token: &str) -> Record {
    let mut record = sample::sample();
    for document in &mut record.documents {
        document.outlet = Some(token.to_owned());
        document.url = Some(token.to_owned());
        document.authors = vec![token.to_owned()];
        document.given_id = Some(token.to_owned());
        document.source = Source::Path { path: token.to_owned(), line: None };
        document.title = Some(Title { text: token.to_owned(), span: None });
        document.text.push_str(token);
        let end = document.text.len();
        document
            .blocks
            .push(Block { span: Span::new(end - token.len(), end), kind: BlockKind::Paragraph });
    }
    for annotations in &mut record.annotations {
        annotations.dates.iter_mut().for_each(|date| date.value = token.to_owned());
        annotations.quotes.iter_mut().for_each(|quote| quote.source.why = token.to_owned());
        annotations.published.reason = Reason::new(token.to_owned(), token.to_owned());
    }
    for entity in &mut record.entities {
        entity.name = token.to_owned();
        entity.forms = vec![Form { text: format!("{token}{token}"), count: 1 }];
    }
    for story in &mut record.stories {
        story.title = token.to_owned();
        story.reason = Reason::new(token.to_owned(), token.to_owned());
    }
    record.threads.iter_mut().for_each(|thread| thread.title = token.to_owned());
    record.timeline.iter_mut().for_each(|entry| entry.text = token.to_owned());
    for claim in &mut record.claims {
        claim.about = token.to_owned();
        claim.values.iter_mut().for_each(|value| value.unit = Some(token.to_owned()));
    }
    record.positions.iter_mut().for_each(|position| position.on = token.to_owned());
    record.condition_groups.iter_mut().for_each(|(label, _)| *label = token.to_owned());
    for cluster in &mut record.clusters {
        cluster.stemma.iter_mut().for_each(|descent| descent.from_name = Some(token.to_owned()));
    }
    record.alignments.iter_mut().for_each(|pair| pair.first.why = token.to_owned());
    for coverage in &mut record.contrast.coverage {
        coverage.points.iter_mut().for_each(|point| point.text = token.to_owned());
    }
    for term in &mut record.contrast.terms {
        term.concept = token.to_owned();
        term.form = token.to_owned();
    }
    for headline in &mut record.contrast.headlines {
        headline.differences = vec![token.to_owned()];
    }
    for problem in &mut record.problems {
        problem.message = token.to_owned();
        problem.place = Some(token.to_owned());
        problem.hint = Some(token.to_owned());
    }
    record
}

/// A record of one report with marks of every layer at the spans given.
fn marked(text: &str, spans: &[(usize, usize, u8)]) -> Record {
    let report = sample::texts::Report {
        outlet: None,
        title: "Title",
        date: None,
        given_id: None,
        text: "March 3",
    };
    let mut made = document(&report, 0);
    made.text = format!("Title\n{text}");
    made.blocks = stemma_text::lines(&made.text)
        .map(|span| Block { span, kind: BlockKind::Paragraph })
        .collect();
    let text = made.text.clone();
    let boundary = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let mut sample = Sample::new(&[]);
    sample.add(made);
    for &(start, length, layer) in spans {
        let span = Span::new(boundary(start), boundary(start + length));
        if !span.is_empty() {
            sample.mark(0, span, layer);
        }
    }
    sample.record
}
