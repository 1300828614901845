//! Stories read on their own are those of the whole record.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use stemma_engine::{Engine, Error, Input, read_stories, reconstruct};
use stemma_model::{Story, Thread};

const THREADS: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

/// Invented reports, one a line: those of the port are dated; the others are not, and one says itself
/// that it is of 2031 or later.
const REPORTS: &str = r#"
{"id":"a","published":"2031-03-01","title":"Port Ilver closes","text":"The port of Ilver closed on Saturday after a crane fell on Ellen Quay. Mayor Pell Marsh said it would stay closed for a month."}
{"id":"b","published":"2031-03-02","title":"Ilver port closed after crane falls","text":"A crane that fell on Ellen Quay closed the port of Ilver. It would stay closed for a month, Mayor Pell Marsh said."}
{"id":"c","title":"Vane speaks of Tarn on a visit","text":"Oda Vane spoke of Tarn on a visit to its capital. “Tarn will one day join our alliance of states,” Oda Vane said. “We have never stood closer to Tarn than today,” Oda Vane added."}
{"id":"d","title":"Vane names conditions for Tarn","text":"Asked about Tarn in Sund, Oda Vane named conditions. “Without victory there can be no talk of membership in the alliance,” Oda Vane said. “Ministers will decide on the fund for Tarn before the summer,” Oda Vane said."}
{"id":"e","title":"Vane speaks of Tarn again","text":"Oda Vane spoke of Tarn and the alliance on a visit. “Tarn will one day join our alliance of states,” Oda Vane said. The alliance was founded on March 4, 2031. “We have never stood closer to Tarn than today,” Oda Vane added."}
"#;

fn engine() -> Result<Engine, Error> {
    Engine::open(THREADS, |_| {})
}

fn whole(input: &Input) -> (Vec<Story>, Vec<Thread>) {
    let engine = engine().expect("the model is installed");
    let record = reconstruct(engine.collect(std::slice::from_ref(input), || ()), &[]);
    (record.stories, record.threads)
}

fn alone(input: &Input) -> (Vec<Story>, Vec<Thread>) {
    let read = read_stories(std::slice::from_ref(input), &[], THREADS, engine, || ());
    let grouping = read.expect("the model is installed").grouping;
    (grouping.stories, grouping.threads)
}

fn written(dir: &Path, lines: &str) -> Input {
    let path = dir.join("reports.jsonl");
    fs::write(&path, lines.trim_start()).expect("a file is written");
    Input::Path(path)
}

#[test]
fn stories_alone_are_those_of_the_record() {
    let dir = tempfile::tempdir().unwrap();
    let input = written(dir.path(), REPORTS);
    let (stories, threads) = alone(&input);
    assert_eq!((stories.clone(), threads), whole(&input));
    assert!(stories.len() > 1, "{stories:?}");
    // The date that a text argues dates its story.
    let days: Vec<_> = stories.iter().filter_map(|story| story.date.from).collect();
    assert!(days.contains(&jiff::civil::date(2031, 3, 4)), "{days:?}");
}

#[test]
fn dated_reports_need_no_model() {
    let dir = tempfile::tempdir().unwrap();
    let dated: Vec<&str> = REPORTS.lines().filter(|line| line.contains("published")).collect();
    let input = written(dir.path(), &dated.join("\n"));
    let opened = AtomicUsize::new(0);
    let open = || {
        opened.fetch_add(1, Ordering::Relaxed);
        engine()
    };
    let read = read_stories(std::slice::from_ref(&input), &[], THREADS, open, || ());
    assert_eq!(read.expect("nothing is opened").grouping.stories.len(), 1);
    assert_eq!(opened.into_inner(), 0);
}

/// Bucharest, November 2022; Kyiv and Ramstein, April 2023; the press conference with Kallas, 2023;
/// Brussels, June 2024. Passed over where the reports are not beside the repository.
#[test]
fn the_seeds_are_four_events_in_one_thread() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seeds");
    if !seeds.is_dir() {
        eprintln!("SKIPPED: no reports at {}", seeds.display());
        return;
    }
    let input = Input::Path(seeds);
    let (stories, threads) = alone(&input);
    assert_eq!((stories.len(), threads.len()), (4, 1));
    assert_eq!((stories, threads), whole(&input));
}
