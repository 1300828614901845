//! Fetching pages politely: named, slowly, by the site's rules, and never more than is asked for.
//!
//! [`Fetcher::fetch`] gives what stands at an address: a report to be read like any other
//! [`Piece`](crate::Piece), or a feed or sitemap with the addresses it announces. Before the
//! first request to a site its robots.txt (RFC 9309) is read; requests to one host keep a pause;
//! an address that was fetched before is asked for only if it has changed. Addresses of private
//! networks are refused, for the first request and for each redirection, unless allowed.

mod addresses;
mod found;
mod robots;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use stemma_model::Problem;
use ureq::Agent;
use ureq::http::Response;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

use crate::limits::MAX_PAGE;
use crate::problem;
use addresses::PublicOnly;
pub use found::{Entry, Found};
use robots::{MAX_ROBOTS, Robots};

/// How to fetch.
#[derive(Clone, Debug)]
pub struct FetchOptions {
    /// The product name, as robots.txt groups have it.
    pub product: String,
    /// The whole `User-Agent`: product, version and where its operator can be reached.
    pub user_agent: String,
    /// The least pause between two requests to one host; a site can ask for more.
    pub pause: Duration,
    /// The most time for one request, from name to last byte.
    pub timeout: Duration,
    /// The most bytes of one answer, unpacked; at most [`MAX_PAGE`].
    pub max_bytes: usize,
    /// The most redirections that are followed.
    pub max_redirects: usize,
    /// Whether addresses of private networks may be asked.
    pub allow_private: bool,
}

impl Default for FetchOptions {
    /// One request a second and host, half a minute, [`MAX_PAGE`], five redirections (what
    /// RFC 1945 suggested; no news page needs more), the public internet only.
    fn default() -> Self {
        Self {
            product: "stemma".to_owned(),
            user_agent: concat!("stemma/", env!("CARGO_PKG_VERSION"), " (news archive reader)")
                .to_owned(),
            pause: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            max_bytes: MAX_PAGE,
            max_redirects: 5,
            allow_private: false,
        }
    }
}

/// What an earlier answer said about its version: kept by the caller, given back the next time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag`.
    pub etag: Option<String>,
    /// The `Last-Modified` date.
    pub last_modified: Option<String>,
}

/// What came of a request.
#[derive(Clone, Debug)]
pub enum Fetched {
    /// What stands there, with its validators.
    Changed(Found, Validators),
    /// What the caller has is still right.
    Unchanged,
}

/// Why nothing came of a request.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What is wrong; it names the address.
    pub problem: Problem,
    /// The pause that the server asked for, where it gives one in seconds (`Retry-After`).
    pub retry_after: Option<Duration>,
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problem, retry_after: None }
    }
}

/// Fetches from the web; one serves a whole run, and any number of threads.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
    options: FetchOptions,
    robots: Mutex<BTreeMap<String, Robots>>,
    /// When the next request to a host may start.
    free: Mutex<BTreeMap<String, Instant>>,
}

impl Fetcher {
    /// A fetcher that has not asked anything yet.
    #[must_use]
    pub fn new(options: FetchOptions) -> Self {
        let config = Agent::config_builder()
            .user_agent(options.user_agent.as_str())
            .timeout_global(Some(options.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        let resolver = PublicOnly { allow_private: options.allow_private };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Self { agent, options, robots: Mutex::default(), free: Mutex::default() }
    }

    /// What stands at `address`, unless it is still as `known` says.
    ///
    /// # Errors
    /// `bad-address`, `robots`, `private-address`, `unreachable`, `http-status`, `too-long`,
    /// `not-text`, `malformed`: each a problem that names the address.
    pub fn fetch(&self, address: &str, known: &Validators) -> Result<Fetched, Refusal> {
        let mut url =
            Url::parse(address).ok().filter(is_web).ok_or_else(|| problem::bad_address(address))?;
        for _ in 0..=self.options.max_redirects {
            let origin = url.origin().ascii_serialization();
            let robots = self.robots_of(&origin).map_err(|problem| problem.at(address))?;
            let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
            if !robots.allows(path) {
                return Err(problem::robots(&url).into());
            }
            self.wait(&origin, robots.delay);
            let answer = self.ask(&url, known)?;
            match answer.status().as_u16() {
                304 => return Ok(Fetched::Unchanged),
                200..=299 => return Ok(self.take(&url, answer)?),
                301 | 302 | 303 | 307 | 308 => url = redirected(&url, &answer)?,
                status => {
                    let retry_after = header(&answer, "retry-after")
                        .and_then(|seconds| seconds.trim().parse().ok())
                        .map(Duration::from_secs);
                    return Err(Refusal {
                        problem: problem::http_status(&url, status),
                        retry_after,
                    });
                }
            }
        }
        Err(problem::unreachable(address, "it redirects too often").into())
    }

    fn ask(&self, url: &Url, known: &Validators) -> Result<Response<ureq::Body>, Problem> {
        let mut request = self.agent.get(url.as_str());
        if let Some(etag) = &known.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(date) = &known.last_modified {
            request = request.header("If-Modified-Since", date);
        }
        request.call().map_err(|error| failure(url, &error))
    }

    /// The rules of a site, read once. A site without rules allows all; one that fails to give
    /// them allows nothing (RFC 9309, 2.3.1).
    fn robots_of(&self, origin: &str) -> Result<Robots, Problem> {
        if let Some(known) = self.robots.lock().unwrap_or_else(PoisonError::into_inner).get(origin)
        {
            return Ok(known.clone());
        }
        let mut url = Url::parse(&format!("{origin}/robots.txt"))
            .map_err(|_| problem::bad_address(origin))?;
        let mut found = Robots::default();
        for _ in 0..=self.options.max_redirects {
            self.wait(origin, None);
            let answer = self.ask(&url, &Validators::default())?;
            match answer.status().as_u16() {
                200..=299 => {
                    let text = body(answer, MAX_ROBOTS).map_err(|error| failure(&url, &error))?;
                    found = Robots::parse(&String::from_utf8_lossy(&text), &self.options.product);
                    break;
                }
                301 | 302 | 303 | 307 | 308 => url = redirected(&url, &answer)?,
                500..=599 => {
                    found = Robots::closed();
                    break;
                }
                _ => break,
            }
        }
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(robots.entry(origin.to_owned()).or_insert(found).clone())
    }

    /// Waits until the host may be asked again, and books the next turn.
    fn wait(&self, origin: &str, asked: Option<Duration>) {
        let pause = self.options.pause.max(asked.unwrap_or_default());
        let now = Instant::now();
        let turn = {
            let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
            let next = free.entry(origin.to_owned()).or_insert(now);
            let turn = (*next).max(now);
            *next = turn + pause;
            turn
        };
        thread::sleep(turn.saturating_duration_since(now));
    }

    fn take(&self, url: &Url, answer: Response<ureq::Body>) -> Result<Fetched, Problem> {
        let kind = header(&answer, "content-type").unwrap_or_default();
        if !found::may_be_text(&kind) {
            return Err(problem::not_text(url, "another media type"));
        }
        let validators = Validators {
            etag: header(&answer, "etag"),
            last_modified: header(&answer, "last-modified"),
        };
        let fetched = header(&answer, "date");
        let limit = self.options.max_bytes.min(MAX_PAGE);
        let bytes = body(answer, limit + 1).map_err(|error| failure(url, &error))?;
        if bytes.len() > limit {
            return Err(problem::too_long(url, "the answer", limit));
        }
        Ok(Fetched::Changed(Found::of(url, &kind, fetched, bytes, limit)?, validators))
    }
}

fn header(answer: &Response<ureq::Body>, name: &str) -> Option<String> {
    answer.headers().get(name)?.to_str().ok().map(str::to_owned)
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str().is_some()
}

/// At most `limit` bytes of an answer. The length that its head states is not believed.
fn body(answer: Response<ureq::Body>, limit: usize) -> Result<Vec<u8>, ureq::Error> {
    let mut bytes = Vec::new();
    answer.into_body().into_reader().take(limit as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn redirected(url: &Url, answer: &Response<ureq::Body>) -> Result<Url, Problem> {
    let target = answer.headers().get("location").and_then(|value| value.to_str().ok());
    let joined = target.and_then(|target| url.join(target).ok()).filter(is_web);
    joined.ok_or_else(|| problem::unreachable(url, "it redirects to no web address"))
}

fn failure(url: &Url, error: &ureq::Error) -> Problem {
    match error {
        ureq::Error::Io(inner) if inner.to_string() == addresses::REFUSED => {
            problem::private_address(url)
        }
        other => problem::unreachable(url, &other.to_string()),
    }
}
