//! What the examples ask a store, and how long it takes: also for `measure_store` of the engine.

use std::error::Error;
use std::time::Instant;

use jiff::civil::Date;
use stemma_store::{
    Page, PeopleQuery, QuoteQuery, SearchQuery, Store, StoryQuery, TimelineQuery, VariantQuery,
};

/// Enough for a 99th percentile: with twelve words, 240 times a question.
const ROUNDS: usize = 20;

/// What people look for in American news of 2012 to 2020: frequent and rare words, phrases,
/// beginnings, exclusions.
pub const WORDS: [&str; 12] = [
    "president",
    "immigration reform",
    "\"health care\"",
    "hurricane",
    "supreme court nominee",
    "tax cuts",
    "Syria chemical",
    "Obama OR Trump",
    "climat*",
    "gun control -mental",
    "shutdown",
    "\"red line\"",
];

/// People, by parts of their names.
pub const NAMES: [&str; 8] =
    ["Obama", "Donald Trump", "Clinton", "McConnell", "Nancy Pelosi", "Smith", "Sanders", "John"];

/// Asks each question with every word and name.
pub fn ask(store: &Store) -> Result<(), Box<dyn Error>> {
    let about = |words: &str| Some(words.to_owned());
    let since: Date = "2016-01-01".parse()?;
    let until: Date = "2016-12-31".parse()?;
    let quotes =
        |query: &QuoteQuery| -> Result<u64, Box<dyn Error>> { Ok(store.quotes(query)?.total) };
    time("search", &WORDS, |words| {
        let query = SearchQuery { words: words.into(), ..Default::default() };
        Ok(store.search(&query)?.total)
    })?;
    time("search --since --until", &WORDS, |words| {
        let (since, until) = (Some(since), Some(until));
        let query = SearchQuery { words: words.into(), since, until, ..Default::default() };
        Ok(store.search(&query)?.total)
    })?;
    time("quotes --about", &WORDS, |words| {
        quotes(&QuoteQuery { about: about(words), ..Default::default() })
    })?;
    time("quotes --by", &NAMES, |name| {
        quotes(&QuoteQuery { by: about(name), ..Default::default() })
    })?;
    time("quotes --by --about --since", &NAMES, |name| {
        let (by, about) = (about(name), about("people"));
        quotes(&QuoteQuery { by, about, since: Some(since), ..Default::default() })
    })?;
    time("quotes, the 100th page", &[""], |_| {
        quotes(&QuoteQuery { page: Page { skip: 1980, take: 20 }, ..Default::default() })
    })?;
    time("people", &[""], |_| Ok(store.people(&PeopleQuery::default())?.total))?;
    time("people NAME", &NAMES, |name| {
        Ok(store.people(&PeopleQuery { name: about(name), ..Default::default() })?.total)
    })?;
    time("stories", &[""], |_| Ok(store.stories(&StoryQuery::default())?.total))?;
    time("stories --about", &WORDS, |words| {
        Ok(store.stories(&StoryQuery { about: about(words), ..Default::default() })?.total)
    })?;
    time("timeline", &[""], |_| Ok(store.timeline(&TimelineQuery::default())?.total))?;
    time("timeline --about", &WORDS, |words| {
        Ok(store.timeline(&TimelineQuery { about: about(words), ..Default::default() })?.total)
    })?;
    time("variants", &[""], |_| Ok(store.variants(&VariantQuery::default())?.total))?;
    time("variants --about", &WORDS, |words| {
        Ok(store.variants(&VariantQuery { about: about(words), ..Default::default() })?.total)
    })?;
    time("variants --by", &NAMES, |name| {
        Ok(store.variants(&VariantQuery { by: about(name), ..Default::default() })?.total)
    })
}

/// Asks with each of `of`, once to warm the cache and [`ROUNDS`] times to be timed, and prints the
/// median and the 99th percentile.
pub fn time(
    what: &str,
    of: &[&str],
    ask: impl Fn(&str) -> Result<u64, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let (mut times, mut most) = (Vec::new(), 0);
    for round in 0..=ROUNDS {
        for words in of {
            let start = Instant::now();
            most = most.max(ask(words)?);
            if round > 0 {
                times.push(start.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    times.sort_by(f64::total_cmp);
    let (median, late) = (times[times.len() / 2], times[(times.len() - 1) * 99 / 100]);
    println!("{what:32} median {median:7.1} ms, 99th {late:7.1} ms, up to {most} found");
    Ok(())
}
