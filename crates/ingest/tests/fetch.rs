//! Fetching against servers of the test's own, on loopback.
#![cfg(feature = "fetch")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use stemma_ingest::fetch::{FetchOptions, Fetched, Fetcher, Found, Validators};
use stemma_ingest::{Options, Read};

/// A server that gives fixed answers by path and writes down what it was asked.
struct Server {
    address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

/// Serves each path with its whole answer; other paths are not found.
fn serve(answers: &[(&str, String)]) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let answers: BTreeMap<String, String> =
        answers.iter().map(|(path, answer)| ((*path).to_owned(), answer.clone())).collect();
    let log = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let head: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
            let path =
                head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
            log.lock().expect("the log").push(head.join("\n"));
            let missing = answer(404, "", "gone");
            let _ = stream.write_all(answers.get(&path).unwrap_or(&missing).as_bytes());
        }
    });
    Server { address, asked }
}

fn answer(status: u16, head: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nConnection: close\r\n{head}\r\n{body}",
        body.len()
    )
}

fn page() -> String {
    let story =
        "<p>The old chain bridge will be closed to lorries from Monday, the mayor said.</p>"
            .repeat(8);
    answer(
        200,
        "Content-Type: text/html; charset=utf-8\r\nETag: \"v1\"\r\n",
        &format!("<title>Bridge</title><article>{story}</article>"),
    )
}

fn fetcher() -> Fetcher {
    Fetcher::new(FetchOptions {
        pause: Duration::ZERO,
        allow_private: true,
        ..FetchOptions::default()
    })
}

/// The code of the problem that fetching `path` gives.
fn refused(fetcher: &Fetcher, server: &Server, path: &str) -> String {
    let problem = fetcher
        .fetch(&format!("{}{path}", server.address), &Validators::default())
        .expect_err(path)
        .problem;
    assert!(problem.place.is_some() && problem.hint.is_some(), "{problem:?}");
    problem.code.into_owned()
}

#[test]
fn a_page_is_fetched_named_and_read() {
    let server = serve(&[("/a", page()), ("/r", answer(302, "Location: /a\r\n", ""))]);
    let fetched =
        fetcher().fetch(&format!("{}/r", server.address), &Validators::default()).expect("a page");
    let Fetched::Changed(Found::Reports(piece), validators) = fetched else { panic!("a page") };
    assert_eq!(validators.etag.as_deref(), Some("\"v1\""));
    let read = piece.read(&Options::default());
    let [Read::Document(document)] = &read[..] else { panic!("{read:?}") };
    assert_eq!(document.url, Some(format!("{}/a", server.address)));
    let asked = server.asked.lock().expect("the log");
    assert!(asked[0].starts_with("GET /robots.txt"));
    assert!(asked.iter().all(|head| head.to_ascii_lowercase().contains("user-agent: stemma/")));
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    let server = serve(&[("/a", answer(304, "", ""))]);
    let known = Validators { etag: Some("\"v1\"".to_owned()), last_modified: None };
    let fetched = fetcher().fetch(&format!("{}/a", server.address), &known).expect("an answer");
    assert!(matches!(fetched, Fetched::Unchanged));
    let asked = server.asked.lock().expect("the log");
    assert!(asked[1].to_ascii_lowercase().contains("if-none-match: \"v1\""));
}

#[test]
fn sites_and_walls_are_respected() {
    let rules = answer(200, "Content-Type: text/plain\r\n", "User-agent: *\nDisallow: /closed\n");
    let server = serve(&[("/robots.txt", rules), ("/closed/a", page()), ("/a", page())]);
    assert_eq!(refused(&fetcher(), &server, "/closed/a"), "robots");
    assert_eq!(refused(&Fetcher::new(FetchOptions::default()), &server, "/a"), "private-address");
    let broken = serve(&[("/robots.txt", answer(503, "", "")), ("/a", page())]);
    assert_eq!(refused(&fetcher(), &broken, "/a"), "robots");
}

#[test]
fn bad_answers_are_refused() {
    let lie = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nshort".to_owned();
    let server = serve(&[
        ("/loop", answer(301, "Location: /loop\r\n", "")),
        ("/away", answer(301, "Location: file:///etc/hostname\r\n", "")),
        ("/picture", answer(200, "Content-Type: image/png\r\n", "x")),
        ("/long", answer(200, "Content-Type: text/html\r\n", &"x".repeat(5000))),
        ("/lie", lie),
    ]);
    let fetcher = Fetcher::new(FetchOptions {
        pause: Duration::ZERO,
        allow_private: true,
        max_bytes: 4000,
        ..FetchOptions::default()
    });
    for (path, code) in [
        ("/loop", "unreachable"),
        ("/away", "unreachable"),
        ("/picture", "not-text"),
        ("/long", "too-long"),
        ("/lie", "unreachable"),
        ("/none", "http-status"),
    ] {
        assert_eq!(refused(&fetcher, &server, path), code, "{path}");
    }
    let refusal =
        fetcher.fetch("file:///etc/hostname", &Validators::default()).expect_err("no web address");
    assert_eq!(refusal.problem.code, "bad-address");
}

#[test]
fn one_host_is_asked_slowly() {
    let server = serve(&[("/a", page())]);
    let pause = Duration::from_millis(120);
    let fetcher =
        Fetcher::new(FetchOptions { pause, allow_private: true, ..FetchOptions::default() });
    let start = Instant::now();
    for _ in 0..2 {
        fetcher.fetch(&format!("{}/a", server.address), &Validators::default()).expect("a page");
    }
    assert!(start.elapsed() >= 2 * pause, "three requests keep two pauses");
}

#[test]
fn feeds_and_sitemaps_are_told_by_their_beginning() {
    let rss = "<rss><channel><title>City Feed</title><item><title>Bridge</title><link>/a</link>\
               <source url='http://river.example/rss'>River Post</source></item></channel></rss>";
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"City","items":[{"id":"1","url":"http://city.example/1","content_text":"The bridge is open."}]}"#;
    let map = "<urlset><url><loc>http://city.example/1</loc></url></urlset>";
    let as_page = "Content-Type: text/html\r\n";
    let server = serve(&[
        ("/rss", answer(200, as_page, rss)),
        ("/json", answer(200, "Content-Type: application/feed+json\r\n", json)),
        ("/map", answer(200, "Content-Type: text/plain\r\n", map)),
    ]);
    let found = |path: &str| {
        let address = format!("{}{path}", server.address);
        match fetcher().fetch(&address, &Validators::default()).expect(path) {
            Fetched::Changed(found, _) => found,
            Fetched::Unchanged => panic!("{path} is new"),
        }
    };
    let Found::Feed(entries) = found("/rss") else { panic!("a feed") };
    let announced = entries[0].announced.as_ref().expect("an address");
    assert_eq!(announced.url, format!("{}/a", server.address), "relative to the feed");
    assert_eq!(announced.outlet.as_deref(), Some("River Post"));
    let Found::Feed(entries) = found("/json") else { panic!("a feed") };
    assert_eq!(entries[0].report.as_ref().expect("a text").text, "The bridge is open.");
    let Found::Sitemap(listed) = found("/map") else { panic!("a sitemap") };
    assert_eq!(listed[0].url, "http://city.example/1");
}

#[test]
fn a_server_that_drips_is_left() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}/robots.txt", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            thread::spawn(move || {
                let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n";
                let mut alive = stream.write_all(head.as_bytes()).is_ok();
                while alive {
                    thread::sleep(Duration::from_millis(20));
                    alive = stream.write_all(b"x").is_ok();
                }
            });
        }
    });
    let options = FetchOptions {
        timeout: Duration::from_millis(300),
        allow_private: true,
        ..FetchOptions::default()
    };
    let start = Instant::now();
    let refusal =
        Fetcher::new(options).fetch(&address, &Validators::default()).expect_err("too slow");
    assert_eq!(refusal.problem.code, "unreachable");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn the_pause_that_a_server_asks_for_is_handed_on() {
    let server = serve(&[("/a", answer(503, "Retry-After: 120\r\n", ""))]);
    let refusal = fetcher()
        .fetch(&format!("{}/a", server.address), &Validators::default())
        .expect_err("unavailable");
    assert_eq!(refusal.retry_after, Some(Duration::from_secs(120)));
}
