//! What moved in threads is kept whole, listed by a view, and checked with the rest.

mod common;

use common::{entry, record};
use jiff::civil::date;
use stemma_model::{
    DateRange, Movement, MovementId, MovementKind, Passage, Reason, State, StoryId, Thread,
    ThreadId,
};
use stemma_store::{Derived, Entry, Store};
use tempfile::TempDir;

#[test]
fn movements_are_listed_with_their_stories_and_give_evidence() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("news.stemma");
    let entries: Vec<Entry> = (0..6).map(entry).collect();
    let mut record = record(&entries);
    let [first, second, ..] = &record.stories[..] else { panic!("two stories at least") };
    let state = |story: StoryId, at: &Entry| State {
        story,
        date: DateRange::day(date(2026, 5, 4)),
        value: None,
        positions: Vec::new(),
        conditions: Vec::new(),
        quotes: Vec::new(),
        evidence: vec![Passage::new(at.document.id, at.annotations.conditions[0].trigger)],
    };
    let (earlier, later) = (state(first.id, &entries[0]), state(second.id, &entries[1]));
    let thread = ThreadId::of(&["thread"]);
    record.threads = vec![Thread {
        id: thread,
        title: "the bridge".into(),
        stories: vec![first.id, second.id],
        reason: Reason::new("same-question", ""),
    }];
    record.movements = vec![Movement {
        id: MovementId::of(&["moved"]),
        thread,
        kind: MovementKind::Reversed,
        entity: None,
        about: "the repairs".into(),
        earlier: Some(earlier),
        later,
        claim: None,
        utterance: None,
        reason: Reason::new("later-position", ""),
    }];
    let mut store = Store::open(&path).unwrap();
    let mut batch = store.batch().unwrap();
    batch.put(entries.clone()).unwrap();
    batch.reconstruct(&record, "basis").unwrap();
    batch.commit().unwrap();

    let mut evidence = Vec::new();
    let mut collect = |derived: Derived| {
        if derived.name.starts_with("movement w-") {
            evidence.extend(derived.passages);
        }
    };
    store.each_derived(|derived| collect(derived.unwrap())).unwrap();
    assert_eq!(evidence.len(), 2, "both states are checked");
    drop(store);

    let connection = rusqlite::Connection::open(&path).unwrap();
    let told: (String, String, String, String) = connection
        .query_row("SELECT kind, about, earlier, later FROM movements", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap();
    let titles = [&record.stories[0].title, &record.stories[1].title];
    let expected = ["reversed", "the repairs", titles[0], titles[1]].map(str::to_owned);
    assert_eq!([told.0, told.1, told.2, told.3], expected);
}
