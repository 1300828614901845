//! What goes in comes out, and every question is answered.

mod common;

use common::{entry, record};
use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::Config;
use stemma_model::{Annotations, MentionKind, Relation};
use stemma_store::{
    Entry, NearQuery, Page, PeopleQuery, QuoteQuery, SearchQuery, Store, StoryQuery, TimelineQuery,
    VariantQuery,
};

fn filled(n: u64) -> (Store, Vec<Entry>) {
    let mut store = Store::in_memory().unwrap();
    let entries: Vec<Entry> = (0..n).map(entry).collect();
    let mut batch = store.batch().unwrap();
    batch.put(entries.clone()).unwrap();
    batch.reconstruct(&record(&entries), "basis").unwrap();
    batch.commit().unwrap();
    (store, entries)
}

fn dump(store: &Store) -> String {
    let mut out = Vec::new();
    store.dump(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn documents_and_annotations_come_back_whole() {
    let (store, entries) = filled(12);
    for entry in &entries {
        let id = entry.document.id;
        assert_eq!(store.document(id).unwrap().as_ref(), Some(&entry.document));
        let mut annotations: Annotations = store.annotations(id).unwrap().unwrap();
        assert!(annotations.sentences.iter().all(|sentence| sentence.vector.is_empty()));
        store.vectors(id).unwrap().give_to(&mut annotations);
        assert_eq!(annotations, entry.annotations);
        assert_eq!(store.stage_of(id).unwrap().as_deref(), Some(common::STAGE));
    }
    assert_eq!(store.len().unwrap(), 12);
}

#[test]
fn quotations_are_found_by_speaker_words_and_time() {
    let (store, entries) = filled(60);
    let by = |name: &str| QuoteQuery { by: Some(name.into()), ..QuoteQuery::default() };
    let lind = entries.iter().filter(|it| it.annotations.chains[0].name == "Ada Lind").count();
    assert_eq!(store.quotes(&by("ada lind")).unwrap().total, lind as u64);
    // Without the diacritic, and one word of the name is enough.
    assert!(store.quotes(&by("olund")).unwrap().total > 0);
    assert_eq!(store.quotes(&by("nobody")).unwrap().total, 0);

    let about = QuoteQuery { about: Some("naive ferries".into()), ..by("Lind") };
    for row in store.quotes(&about).unwrap().rows {
        assert!(row.text.contains("ferry") && row.person.as_deref() == Some("Ada Lind"), "{row:?}");
    }
    let early = QuoteQuery { until: Some(date(2026, 5, 3)), ..QuoteQuery::default() };
    assert_eq!(store.quotes(&early).unwrap().total, 9);
    let outlet = QuoteQuery { outlet: Some("outlet 3".into()), ..early };
    assert!(
        store
            .quotes(&outlet)
            .unwrap()
            .rows
            .iter()
            .all(|row| row.outlet.as_deref() == Some("Outlet 3"))
    );
}

#[test]
fn rows_give_code_points_that_reproduce_the_words() {
    let (store, entries) = filled(20);
    for row in store.quotes(&QuoteQuery::default()).unwrap().rows {
        let text = &entries.iter().find(|it| it.document.id == row.document).unwrap().document.text;
        let cut: String =
            text.chars().skip(row.start as usize).take((row.end - row.start) as usize).collect();
        assert_eq!(cut, row.text);
    }
}

#[test]
fn the_view_of_quotations_lists_the_same_places() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("news.stemma");
    let mut store = Store::open(&path).unwrap();
    let mut batch = store.batch().unwrap();
    batch.put((0..20).map(entry).collect()).unwrap();
    batch.commit().unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    let mut view = connection.prepare("SELECT start, end FROM quotes WHERE id = ?1").unwrap();
    for row in store.quotes(&QuoteQuery::default()).unwrap().rows {
        let place: (u32, u32) = view
            .query_row([row.id.to_string()], |found| Ok((found.get(0)?, found.get(1)?)))
            .unwrap();
        assert_eq!((u64::from(place.0), u64::from(place.1)), (row.start, row.end));
    }
}

#[test]
fn pages_join_up_to_the_whole() {
    let (store, _) = filled(45);
    let page = |skip, take| {
        let query = QuoteQuery { page: Page { skip, take }, ..QuoteQuery::default() };
        store.quotes(&query).unwrap()
    };
    let whole = page(0, 1000);
    assert_eq!(whole.total, 45);
    let parts: Vec<_> = (0..45).step_by(7).flat_map(|skip| page(skip, 7).rows).collect();
    assert_eq!(parts, whole.rows);
}

#[test]
fn full_text_is_found_with_the_place_shown() {
    let (store, _) = filled(30);
    let query = |words: &str| SearchQuery { words: words.into(), ..SearchQuery::default() };
    let found = store.search(&query("\"number 17\"")).unwrap();
    assert_eq!(found.total, 1);
    assert!(found.rows[0].snippet.contains("[number 17]"), "{}", found.rows[0].snippet);
    assert_eq!(store.search(&query("talked council")).unwrap().total, 30, "inflected forms count");
    assert_eq!(store.search(&query("council -“number 17”")).unwrap().total, 29);
    assert_eq!(store.search(&query("?!")).unwrap().total, 0);
}

#[test]
fn the_sentence_itself_is_nearest() {
    let (store, entries) = filled(40);
    let near =
        |store: &Store, vector: &[i8]| store.near(vector, &NearQuery::default(), 3).unwrap().rows;
    for entry in &entries[..10] {
        let near = near(&store, &entry.annotations.sentences[1].vector);
        assert_eq!((near[0].document, near[0].sentence), (entry.document.id, 1));
        assert!(near[0].cosine > 0.999 && near.len() == 3);
    }
    assert!(near(&store, &[]).is_empty());
    assert!(near(&store, &[1; 7]).is_empty(), "vectors of another model have no distance");
}

#[test]
fn nearness_is_asked_within_days_and_outlets() {
    let (store, entries) = filled(40);
    let vector = &entries[0].annotations.sentences[1].vector;
    let query = NearQuery { outlet: Some("outlet 3".into()), ..NearQuery::default() };
    let found = store.near(vector, &query, 100).unwrap();
    let outlet =
        |near: &stemma_store::Near| store.listing_of(near.document).unwrap().unwrap().outlet;
    assert!(!found.rows.is_empty());
    assert!(found.rows.iter().all(|near| outlet(near).as_deref() == Some("Outlet 3")));
    let early = NearQuery { until: Some(date(1990, 1, 1)), ..NearQuery::default() };
    assert_eq!(store.near(vector, &early, 3).unwrap().total, 0);
}

#[test]
fn people_stories_events_and_variants_are_found() {
    let (store, _) = filled(60);
    let people = store
        .people(&PeopleQuery { kind: Some(MentionKind::Person), ..Default::default() })
        .unwrap();
    assert_eq!(people.total, 5);
    assert!(people.rows.is_sorted_by(|a, b| a.mentions >= b.mentions));
    assert_eq!(people.rows.iter().map(|row| row.quotes).sum::<u64>(), 60);
    let lind = PeopleQuery { name: Some("LIND".into()), ..Default::default() };
    assert_eq!(store.people(&lind).unwrap().rows[0].name, "Ada Lind");

    let about = |words: &str| Some(words.to_owned());
    let stories =
        store.stories(&StoryQuery { about: about("ferry"), ..Default::default() }).unwrap();
    assert!(stories.total > 0 && stories.rows.iter().all(|row| row.documents > 0));
    let story = store.story(stories.rows[0].id).unwrap().unwrap();
    assert_eq!(story.title, stories.rows[0].title);

    let events = TimelineQuery { about: about("Kaya"), ..Default::default() };
    let events = store.timeline(&events).unwrap();
    assert_eq!((events.total, events.rows[0].from.as_deref()), (1, Some("2026-05-03")));
    assert!(store.timeline_entry(events.rows[0].place).unwrap().unwrap().text.contains("Kaya"));

    let variants = |relation| VariantQuery { by: about("Wu"), relation, ..Default::default() };
    let found = store.variants(&variants(Some(Relation::Reworded))).unwrap();
    assert_eq!(found.total, 1);
    assert!(found.rows[0].quotes.iter().all(|quote| quote.person.as_deref() == Some("Chen Wu")));
    assert_eq!(store.variants(&variants(Some(Relation::Altered))).unwrap().total, 0);
}

#[test]
fn documents_go_by_any_of_their_names() {
    let (store, entries) = filled(8);
    let id = entries[5].document.id;
    let spelled = id.to_string();
    for name in ["given-5", spelled.as_str(), &spelled[..12]] {
        assert_eq!(store.find_document(name).unwrap(), [id], "{name}");
    }
    let mut both = vec![entries[4].document.id, id];
    both.sort();
    assert_eq!(store.find_document("https://news.example/2").unwrap(), both);
    assert!(store.find_document("d-*").unwrap().is_empty());
    assert_eq!(store.versions().unwrap().len(), 4, "two documents at each of four addresses");
}

#[test]
fn new_annotations_take_the_place_of_the_old() {
    let (mut store, entries) = filled(6);
    let mut changed = entry(3);
    changed.stage = "second".into();
    changed.annotations.quotes.clear();
    changed.annotations.sentences.clear();
    let mut batch = store.batch().unwrap();
    batch.put(vec![changed]).unwrap();
    batch.commit().unwrap();
    assert_eq!(store.annotated_by_others("first").unwrap(), [entries[3].document.id]);
    let words = QuoteQuery { about: Some("crowns".into()), ..QuoteQuery::default() };
    assert_eq!(store.quotes(&words).unwrap().total, 5);
    assert_eq!(store.vectors(entries[3].document.id).unwrap().dimensions, 0);
}

proptest! {
    #![proptest_config(Config { cases: 24, ..Config::default() })]
    #[test]
    fn order_and_batches_change_nothing(
        order in Just((0..14_u64).collect::<Vec<_>>()).prop_shuffle(),
        size in 1_usize..15,
        twice in proptest::collection::vec(0..14_u64, 0..4),
    ) {
        let (whole, entries) = filled(14);
        let mut store = Store::in_memory().unwrap();
        for chunk in order.chunks(size) {
            let mut batch = store.batch().unwrap();
            batch.put(chunk.iter().map(|&n| entry(n)).collect()).unwrap();
            batch.commit().unwrap();
        }
        let mut batch = store.batch().unwrap();
        batch.put(twice.iter().map(|&n| entry(n)).collect()).unwrap();
        // Reconstructed twice, the first time from a part.
        batch.reconstruct(&record(&entries[..5]), "part").unwrap();
        batch.reconstruct(&record(&entries), "basis").unwrap();
        batch.commit().unwrap();
        prop_assert!(dump(&whole) == dump(&store));
    }
}

#[test]
fn of_two_records_with_one_id_the_first_in_order_stays() {
    let again = |from: u64, then: u64| {
        let with_line = |line| {
            let mut entry = entry(1);
            entry.document.source = stemma_model::Source::Stdin(line);
            entry
        };
        let mut store = Store::in_memory().unwrap();
        let mut batch = store.batch().unwrap();
        batch.put(vec![with_line(from)]).unwrap();
        batch.again(&with_line(then).document).unwrap();
        batch.commit().unwrap();
        dump(&store)
    };
    assert_eq!(again(4, 9), again(9, 4));
}
