//! Adding from the web, against a server of the test's own on loopback.
#![cfg(feature = "fetch")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use stemma_engine::archive::{
    Adding, FetchOptions, Fetcher, SearchQuery, Store, Visited, Visiting, edits, failures, fetch,
    next_visit,
};
use stemma_model::{Annotations, Basis, DateRange, Dated, Document, Reason};

/// Status, head and body of an answer.
type Page = (u16, String, String);

/// What stands at each path, and the requests so far.
#[derive(Clone, Default)]
struct Site {
    pages: Arc<Mutex<BTreeMap<String, Page>>>,
    asked: Arc<Mutex<Vec<String>>>,
    address: String,
}

impl Site {
    fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let site = Self { address, ..Self::default() };
        let served = site.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let head: Vec<String> =
                    lines.by_ref().take_while(|line| !line.is_empty()).collect();
                let answer = served.answer(&head);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        site
    }

    /// Pages have their body's length as their version.
    fn answer(&self, head: &[String]) -> String {
        let path = head[0].split(' ').nth(1).unwrap_or_default().to_owned();
        let page = self.pages.lock().unwrap().get(&path).cloned();
        let (status, fields, body) = page.unwrap_or((404, String::new(), String::new()));
        let etag = format!("\"{}\"", body.len());
        let known = head.iter().any(|line| {
            line.to_ascii_lowercase().starts_with("if-none-match:") && line.contains(&etag)
        });
        self.asked.lock().unwrap().push(path);
        let (status, body) = if known { (304, String::new()) } else { (status, body) };
        format!(
            "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nETag: {etag}\r\nConnection: close\r\n{fields}\r\n{body}",
            body.len()
        )
    }

    fn set(&self, path: &str, status: u16, head: &str, body: String) {
        self.pages.lock().unwrap().insert(path.into(), (status, head.into(), body));
    }

    fn page(&self, path: &str, said: &str) {
        let story = format!("<p>The chain bridge stays shut, and {said}, the council heard.</p>");
        let body = format!("<title>Bridge</title><article>{}</article>", story.repeat(8));
        self.set(path, 200, "Content-Type: text/html\r\n", body);
    }

    /// A feed of entries, each with a path and the text the feed gives of it.
    fn feed(&self, entries: &[(&str, &str)]) {
        let item = |(path, text): &(&str, &str)| {
            format!(
                "<item><title>Bridge</title><link>{path}</link><description>{text}</description>\
                 <source url='http://river.example/rss'>River Post</source></item>"
            )
        };
        let items: String = entries.iter().map(item).collect();
        let body = format!("<rss><channel><title>City</title>{items}</channel></rss>");
        self.set("/feed", 200, "Content-Type: application/rss+xml\r\n", body);
    }

    /// The paths that were asked since the last look, without robots.txt.
    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.retain(|path| path != "/robots.txt");
        asked.sort();
        asked
    }
}

fn annotate(document: &Document) -> Annotations {
    let published = Dated {
        range: DateRange::unknown(),
        basis: Basis::None,
        evidence: Vec::new(),
        reason: Reason::new("none", ""),
    };
    let empty = "{\"sentences\":[],\"mentions\":[],\"chains\":[],\"quotes\":[],\"dates\":[],\
                 \"figures\":[],\"conditions\":[],\"events\":[],\"framing\":[],\"problems\":[]}";
    let mut record: serde_json::Value = serde_json::from_str(empty).unwrap();
    record["document"] = serde_json::to_value(document.id).unwrap();
    record["published"] = serde_json::to_value(published).unwrap();
    serde_json::from_value(record).unwrap()
}

fn at(hour: i64) -> Timestamp {
    "2026-05-04T00:00:00Z".parse::<Timestamp>().unwrap() + SignedDuration::from_hours(hour)
}

/// Asks for `paths` at an hour; gives what came of it and the codes of problems.
fn visit(
    store: &mut Store,
    site: &Site,
    paths: &[&str],
    most: usize,
    hour: i64,
) -> (Visited, Vec<String>) {
    let options = FetchOptions { pause: Duration::ZERO, allow_private: true, ..Default::default() };
    let fetcher = Fetcher::new(options);
    let pause = SignedDuration::from_mins(15);
    let visiting = Visiting { fetcher: &fetcher, pause, most, now: at(hour) };
    let adding = Adding { annotate, stage: "test", threads: NonZeroUsize::MIN };
    let addresses: Vec<String> =
        paths.iter().map(|path| format!("{}{path}", site.address)).collect();
    let mut codes = Vec::new();
    let told = |problem: &stemma_model::Problem| codes.push(problem.code.to_string());
    let visited = fetch(store, &addresses, &visiting, &adding, |_| {}, told).unwrap();
    (visited, codes)
}

#[test]
fn a_feeds_pages_are_fetched_once_and_what_is_lost_is_taken_from_the_feed() {
    let site = Site::open();
    site.page("/a", "nobody was surprised");
    site.feed(&[("/a", "Short."), ("/gone", "The ferry sails again, says the harbour master.")]);
    let mut store = Store::in_memory().unwrap();
    let (visited, codes) = visit(&mut store, &site, &["/feed"], 10, 0);
    assert_eq!((visited.added.new, visited.failed), (2, 1));
    assert_eq!(codes, ["http-status"]);
    assert_eq!(site.asked(), ["/a", "/feed", "/gone"]);
    let outlets: Vec<_> = store.listing().unwrap().into_iter().map(|row| row.outlet).collect();
    assert_eq!(outlets, [Some("River Post".to_owned()), Some("River Post".to_owned())]);
    let ferry = SearchQuery { words: "ferry".into(), ..Default::default() };
    assert_eq!(store.search(&ferry).unwrap().total, 1);

    // The page is known; what failed is not due yet.
    let (visited, _) = visit(&mut store, &site, &["/feed"], 10, 0);
    assert_eq!((visited.added.new, site.asked()), (0, vec!["/feed".to_owned()]));
}

#[test]
fn what_has_not_changed_is_seen_again_and_not_sent() {
    let site = Site::open();
    site.page("/a", "nobody was surprised");
    let mut store = Store::in_memory().unwrap();
    visit(&mut store, &site, &["/a"], 10, 0);
    let (visited, _) = visit(&mut store, &site, &["/a"], 10, 7);
    assert_eq!((visited.answered, visited.unchanged, visited.added.new), (1, 1, 0));
    let id = store.document_ids().unwrap()[0];
    let arrival = store.arrival(id).unwrap().unwrap();
    assert_eq!((&*arrival.first, &*arrival.last), ("2026-05-04T00:00:00Z", "2026-05-04T07:00:00Z"));
}

#[test]
fn a_run_that_is_cut_short_goes_on_where_it_was() {
    let site = Site::open();
    let paths = ["/a", "/b", "/c"];
    for path in paths {
        site.page(path, &format!("report {path} followed"));
    }
    let locations: String =
        paths.iter().map(|path| format!("<url><loc>{}{path}</loc></url>", site.address)).collect();
    site.set("/map", 200, "Content-Type: text/xml\r\n", format!("<urlset>{locations}</urlset>"));
    let index =
        format!("<sitemapindex><sitemap><loc>{}/map</loc></sitemap></sitemapindex>", site.address);
    site.set("/index", 200, "Content-Type: text/xml\r\n", index);
    let mut store = Store::in_memory().unwrap();
    let (visited, _) = visit(&mut store, &site, &["/index"], 2, 0);
    assert_eq!((visited.added.new, visited.left), (2, 1));
    site.asked();
    let (visited, _) = visit(&mut store, &site, &["/index"], 2, 1);
    assert_eq!((visited.added.new, visited.left), (1, 0));
    assert_eq!(site.asked(), ["/c", "/index", "/map"], "a and b were there");
}

#[test]
fn an_edit_is_told_between_the_times_it_was_seen() {
    let site = Site::open();
    site.page("/a", "nobody was surprised");
    site.feed(&[("/a", "")]);
    let mut store = Store::in_memory().unwrap();
    visit(&mut store, &site, &["/feed"], 10, 0);
    visit(&mut store, &site, &["/feed"], 10, 7);
    site.page("/a", "everybody was surprised");
    site.feed(&[("/a", "Changed.")]);
    let (visited, _) = visit(&mut store, &site, &["/feed"], 10, 14);
    assert_eq!(visited.added.new, 1);
    let edits = edits(&store).unwrap();
    assert_eq!(edits.len(), 1);
    assert!(edits[0].ordered);
    assert_eq!(edits[0].before.as_deref(), Some("2026-05-04T14:00:00Z"));
    assert_eq!(edits[0].after.as_deref(), Some("2026-05-04T07:00:00Z"));
}

#[test]
fn a_feed_that_fails_is_left_alone_longer_each_time() {
    let site = Site::open();
    site.set("/feed", 503, "", String::new());
    let mut store = Store::in_memory().unwrap();
    let feed = format!("{}/feed", site.address);
    let mut pauses = Vec::new();
    for _ in 0..3 {
        let (visited, codes) = visit(&mut store, &site, &["/feed"], 10, 0);
        assert_eq!((visited.failed, &*codes), (1, &["http-status".to_owned()][..]));
        let next = next_visit(&store, &feed, at(0)).unwrap().unwrap();
        pauses.push(next.duration_since(at(0)).as_mins());
    }
    assert_eq!((pauses, failures(&store, &feed).unwrap()), (vec![30, 60, 120], 3));
    site.feed(&[]);
    visit(&mut store, &site, &["/feed"], 10, 9);
    assert_eq!(failures(&store, &feed).unwrap(), 0);
}
