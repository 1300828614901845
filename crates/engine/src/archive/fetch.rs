//! Adding from the web: pages, and what feeds and sitemaps announce.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::num::NonZeroUsize;

use jiff::{SignedDuration, Timestamp};
use stemma_ingest::fetch::{Fetched, Fetcher, Found, Refusal, Validators};
use stemma_ingest::{Announced, Hints, Piece, canonical_address};
use stemma_model::{Annotations, Document, DocumentId, Problem};
use stemma_store::Store;

use super::add::{Added, Adding, Known, Writer};
use super::visit::{self, State, Visit};
use crate::error::Error;
use crate::parallel::for_each_in_order;
use crate::read::{Item, understand};

/// How many addresses are asked at once: most of the time goes into waiting, and each host is
/// asked by one at a time.
const ASKING: NonZeroUsize = NonZeroUsize::new(8).unwrap();

/// How deep sitemaps are followed from map to map; the standard allows one level.
const MAPS_DEEP: usize = 3;

/// An announced page is asked again after so long, as long as it is announced, so that what is
/// changed after publication is seen: most corrections come within a day, and one conditional
/// request in six hours burdens nobody.
const AGAIN: SignedDuration = SignedDuration::from_hours(6);

/// How addresses are asked.
#[derive(Debug)]
pub struct Visiting<'a> {
    /// What asks.
    pub fetcher: &'a Fetcher,
    /// Not to ask again, other than by name, for so long.
    pub pause: SignedDuration,
    /// How many announced pages to fetch at most.
    pub most: usize,
    /// The time it is.
    pub now: Timestamp,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visited {
    /// Documents.
    pub added: Added,
    /// Addresses that were asked and answered.
    pub answered: u64,
    /// Of these, those that have not changed.
    pub unchanged: u64,
    /// Addresses that gave no answer.
    pub failed: u64,
    /// Announced pages left for another run.
    pub left: u64,
}

/// Fetches `addresses` into `store`, with the pages that feeds and sitemaps among them announce.
///
/// What an address gave is committed with the note that it was asked, so that a run which is
/// stopped goes on where it was: pages that were fetched are not fetched again, and a feed counts
/// as read only when all it announces was dealt with. A page that cannot be had is replaced by
/// what its feed gives of it.
///
/// # Errors
/// If the store cannot be read or written.
pub fn fetch<A: Fn(&Document) -> Annotations + Sync>(
    store: &mut Store,
    addresses: &[String],
    visiting: &Visiting<'_>,
    adding: &Adding<'_, A>,
    progress: impl FnMut(Visited),
    problem: impl FnMut(&Problem),
) -> Result<Visited, Error> {
    let known = Known::of(store)?;
    let mut run =
        Run { visiting, adding, known: &known, progress, problem, told: Visited::default() };
    let mut gathered = Gathered::default();
    let mut asked: Vec<Page> = Vec::new();
    for address in addresses {
        let state = visit::known(store, address)?.map(|visit| visit.state).unwrap_or_default();
        asked.push(Page { announced: Announced::at(address), report: None, state });
    }
    for _ in 0..=MAPS_DEEP {
        run.ask(store, asked, visiting.pause, Some(&mut gathered))?;
        asked = gathered.further_maps(store)?;
        if asked.is_empty() {
            break;
        }
    }
    let due = gathered.due(store, visiting, &mut run.told)?;
    run.ask(store, due, AGAIN, None)?;
    run.close(store, gathered)?;
    Ok(run.told)
}

/// When `address` may be asked again; none if it may be asked at once.
///
/// # Errors
/// If the store cannot be read.
pub fn next_visit(
    store: &Store,
    address: &str,
    now: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let known = visit::known(store, address)?.filter(|visit| !visit.is_due(now));
    Ok(known.and_then(|visit| visit.next()))
}

/// How often in a row `address` has failed.
///
/// # Errors
/// If the store cannot be read.
pub fn failures(store: &Store, address: &str) -> Result<u32, Error> {
    Ok(visit::known(store, address)?.map_or(0, |visit| visit.state.failures))
}

/// An address to ask.
struct Page {
    announced: Announced,
    /// What the feed gives of it.
    report: Option<Box<Document>>,
    state: State,
}

/// What one address gave.
enum Answer {
    Unchanged,
    Reports(Vec<Item<Option<Annotations>>>, Validators),
    Feed(Vec<stemma_ingest::fetch::Entry>, Validators),
    Map(Vec<Announced>, Validators),
    /// Nothing, and what the feed gives instead.
    Failed(Refusal, Vec<Item<Option<Annotations>>>),
}

/// What feeds and sitemaps announce, each page once.
#[derive(Default)]
struct Gathered {
    pages: Vec<(Announced, Option<Box<Document>>)>,
    seen: BTreeSet<String>,
    maps: Vec<Announced>,
    /// Feeds and maps that were read, to be noted when their pages are dealt with.
    read: Vec<(String, Validators)>,
    /// Whether pages were left for another run.
    cut: bool,
}

impl Gathered {
    fn take(&mut self, page: Announced, report: Option<Box<Document>>) {
        let address = canonical_address(&page.url).unwrap_or_else(|| page.url.clone());
        if self.seen.insert(address) {
            if page.is_sitemap { self.maps.push(page) } else { self.pages.push((page, report)) }
        }
    }

    fn further_maps(&mut self, store: &Store) -> Result<Vec<Page>, Error> {
        let maps = std::mem::take(&mut self.maps);
        maps.into_iter().map(|map| page(store, map, None)).collect()
    }

    /// The pages that may be asked now, at most as many as wanted, host by turns.
    fn due(
        &mut self,
        store: &Store,
        visiting: &Visiting<'_>,
        told: &mut Visited,
    ) -> Result<Vec<Page>, Error> {
        let mut due = Vec::new();
        for (announced, report) in std::mem::take(&mut self.pages) {
            let known = visit::known(store, &announced.url)?;
            if known.as_ref().is_some_and(|visit| !visit.is_due(visiting.now)) {
                continue;
            }
            if due.len() == visiting.most {
                told.left += 1;
                self.cut = true;
                continue;
            }
            due.push(page(store, announced, report)?);
        }
        Ok(by_turns(due))
    }
}

fn page(store: &Store, announced: Announced, report: Option<Box<Document>>) -> Result<Page, Error> {
    let known = visit::known(store, &announced.url)?;
    Ok(Page { announced, report, state: known.map(|visit| visit.state).unwrap_or_default() })
}

/// The pages with their hosts by turns: while one host has its pause, others are asked.
fn by_turns(pages: Vec<Page>) -> Vec<Page> {
    let host = |page: &Page| page.announced.url.split('/').nth(2).unwrap_or_default().to_owned();
    let mut hosts: BTreeMap<String, VecDeque<Page>> = BTreeMap::new();
    for page in pages {
        hosts.entry(host(&page)).or_default().push_back(page);
    }
    let mut turns = Vec::new();
    while !hosts.is_empty() {
        hosts.retain(|_, pages| {
            turns.extend(pages.pop_front());
            !pages.is_empty()
        });
    }
    turns
}

/// One run over addresses.
struct Run<'a, A, P, F> {
    visiting: &'a Visiting<'a>,
    adding: &'a Adding<'a, A>,
    known: &'a Known,
    progress: P,
    problem: F,
    told: Visited,
}

impl<A, P, F> Run<'_, A, P, F>
where
    A: Fn(&Document) -> Annotations + Sync,
    P: FnMut(Visited),
    F: FnMut(&Problem),
{
    /// Asks each of `pages` and stores what it gives, what it announces goes into `gathered`.
    fn ask(
        &mut self,
        store: &mut Store,
        pages: Vec<Page>,
        pause: SignedDuration,
        mut gathered: Option<&mut Gathered>,
    ) -> Result<(), Error> {
        let before = self.told.added;
        let (adding, known, now) = (self.adding, self.known, self.visiting.now);
        let fetcher = self.visiting.fetcher;
        let work = |page: Page| {
            let annotate = |document: &Document| known.annotate_if_new(document, adding);
            let answer = ask(fetcher, &page, now, &annotate);
            (page, answer)
        };
        let mut writer = Writer::at(store, adding.stage, self.visiting.now);
        for_each_in_order(ASKING, pages.into_iter(), work, |(page, answer)| {
            self.take(&mut writer, page, answer, pause, gathered.as_deref_mut())?;
            self.told.added = before;
            self.told.added += writer.added;
            (self.progress)(self.told);
            Ok::<(), Error>(())
        })?;
        writer.flush()
    }

    fn take(
        &mut self,
        writer: &mut Writer<'_>,
        page: Page,
        answer: Answer,
        pause: SignedDuration,
        gathered: Option<&mut Gathered>,
    ) -> Result<(), Error> {
        let (address, now) = (page.announced.url, self.visiting.now);
        let visit = |state| Visit { address: address.clone(), at: now, state };
        let failed = matches!(answer, Answer::Failed(..));
        *(if failed { &mut self.told.failed } else { &mut self.told.answered }) += 1;
        match (answer, gathered) {
            (Answer::Unchanged, _) => {
                self.told.unchanged += 1;
                writer.visited(visit(page.state.unchanged(now, pause)))
            }
            (Answer::Reports(items, validators), _) => {
                let documents = self.put(writer, items)?;
                writer.visited(visit(State::answered(validators, documents, now, pause)))
            }
            (Answer::Feed(entries, validators), Some(gathered)) => {
                gathered.read.push((address, validators));
                for entry in entries {
                    match (entry.announced, entry.report) {
                        (Some(announced), report) => gathered.take(announced, report),
                        (None, Some(report)) => {
                            let made = self.known.annotate_if_new(&report, self.adding);
                            writer.take(Item::Document(report, made), self.known)?;
                        }
                        (None, None) => {}
                    }
                }
                Ok(())
            }
            (Answer::Map(listed, validators), Some(gathered)) => {
                gathered.read.push((address, validators));
                listed.into_iter().for_each(|page| gathered.take(page, None));
                Ok(())
            }
            // A page that turns out to be a feed announces nothing: feeds of feeds have no end.
            (Answer::Feed(..) | Answer::Map(..), None) => {
                writer.visited(visit(State::default().unchanged(now, pause)))
            }
            (Answer::Failed(refusal, instead), _) => {
                let kept = !instead.is_empty();
                self.put(writer, instead)?;
                let problem = Problem { skipped: !kept, ..refusal.problem };
                (self.problem)(&problem);
                writer.take(Item::Problem(problem), self.known)?;
                writer.visited(visit(page.state.failed(now, pause, refusal.retry_after)))
            }
        }
    }

    /// Stores what an address gave; gives the documents.
    fn put(
        &mut self,
        writer: &mut Writer<'_>,
        items: Vec<Item<Option<Annotations>>>,
    ) -> Result<Vec<DocumentId>, Error> {
        let mut documents = Vec::new();
        for item in items {
            match &item {
                Item::Document(document, _) => documents.push(document.id),
                Item::Problem(problem) => (self.problem)(problem),
            }
            writer.take(item, self.known)?;
        }
        Ok(documents)
    }

    /// Notes that feeds and maps were read. Only what was dealt with wholly keeps its validators:
    /// the rest is asked for in full the next time.
    fn close(&mut self, store: &mut Store, gathered: Gathered) -> Result<(), Error> {
        let whole = self.told.failed == 0 && !gathered.cut;
        let mut writer = Writer::at(store, self.adding.stage, self.visiting.now);
        for (address, validators) in gathered.read {
            let validators = if whole { validators } else { Validators::default() };
            let (now, pause) = (self.visiting.now, self.visiting.pause);
            let state = State::read(validators, now, pause);
            writer.visited(Visit { address, at: now, state })?;
        }
        writer.flush()
    }
}

fn ask(
    fetcher: &Fetcher,
    page: &Page,
    now: Timestamp,
    annotate: &(impl Fn(&Document) -> Option<Annotations> + Sync),
) -> Answer {
    let refusal = match fetcher.fetch(&page.announced.url, &page.state.validators(now, AGAIN)) {
        Ok(Fetched::Unchanged) => return Answer::Unchanged,
        Ok(Fetched::Changed(Found::Feed(entries), validators)) => {
            return Answer::Feed(entries, validators);
        }
        Ok(Fetched::Changed(Found::Sitemap(listed), validators)) => {
            return Answer::Map(listed, validators);
        }
        Ok(Fetched::Changed(Found::Reports(piece), validators)) => {
            let hints = Hints { announced: Some(page.announced.clone()), ..piece.hints.clone() };
            let items = understand(Ok(Piece { hints, ..*piece }), &Default::default(), annotate);
            match <[_; 1]>::try_from(items) {
                Ok([Item::Problem(problem)]) => problem.into(),
                Ok(items) => return Answer::Reports(items.into(), validators),
                Err(items) => return Answer::Reports(items, validators),
            }
        }
        Err(refusal) => refusal,
    };
    let instead = page.report.clone().map(|report| {
        let made = annotate(&report);
        Item::Document(report, made)
    });
    Answer::Failed(refusal, instead.into_iter().collect())
}
