//! The real binary against a site of the test's own on loopback.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::thread;

use assert_cmd::Command;

const FEED: &str = "<rss><channel><title>City News</title><item><title>Bridge to close</title>\
    <link>/bridge</link></item></channel></rss>";

/// Serves a feed and the page it announces; gives the site's address.
fn site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let story = "<p>“We will close the old chain bridge on Monday,” Mayor Ana Brok said on Sunday. \
                 Residents of the harbour were not surprised by the plan.</p>";
    let page = format!("<title>Bridge to close</title><article>{}</article>", story.repeat(4));
    thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
            let head: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
            let (status, body) = match head[0].split(' ').nth(1) {
                Some("/feed") => (200, FEED),
                Some("/bridge") => (200, page.as_str()),
                _ => (404, ""),
            };
            let _ = write!(
                stream,
                "HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{body}",
                body.len()
            );
        }
    });
    address
}

/// Runs `stemma ARGUMENTS`; checks the exit code and what is said; gives standard output.
#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, says: &[&str]) -> String {
    let mut command = Command::cargo_bin("stemma").expect("the binary was built");
    command.current_dir(folder).env("STEMMA_STORE", "news.stemma").args(arguments);
    let output = command.output().expect("the binary runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
    for part in says {
        assert!(errors.contains(part), "no {part:?} in: {errors}");
    }
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

#[test]
fn a_feed_is_added_and_asked_by_meaning() {
    let (folder, site) = (tempfile::tempdir().expect("a folder"), site());
    let feed = format!("{site}/feed");
    check(folder.path(), &["add", &feed], 1, &["private-address", "--allow-private"]);
    let add = ["add", &feed, "--allow-private", "--pause", "0"];
    check(folder.path(), &add, 0, &["1 new"]);
    check(folder.path(), &add, 0, &["0 new"]);
    let search = ["search", "--like", "The crossing will be shut to traffic", "--json"];
    let near = check(folder.path(), &search, 0, &[]);
    assert!(near.lines().next().is_some_and(|line| line.contains("chain bridge")), "{near}");
    let quotes = ["quotes", "--like", "The crossing will be shut", "--csv"];
    assert!(check(folder.path(), &quotes, 0, &[]).contains("Ana Brok"));
    check(folder.path(), &["verify"], 0, &["all as they were stored"]);
}

#[test]
fn a_list_is_watched() {
    let (folder, site) = (tempfile::tempdir().expect("a folder"), site());
    let list = folder.path().join("feeds.toml");
    std::fs::write(&list, format!("[[feed]]\nurl = \"{site}/feed\"\n")).expect("a file");
    let watch = ["watch", "feeds.toml", "--once", "--allow-private", "--pause", "0"];
    check(folder.path(), &watch, 0, &["1 feed asked: 1 new"]);
    let out = check(folder.path(), &watch, 0, &[]);
    assert_eq!(out, "", "it is not due for a quarter of an hour");
    std::fs::write(&list, "[[feed]]\nurl = \"feed.xml\"\n").expect("a file");
    check(folder.path(), &watch, 2, &["`feed.xml` is no web address"]);
}
