//! The reports of ECB+ and BASIL with the stories they tell.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::corpus::{files, read};
use crate::error::{Error, Kind};

/// The parts of ECB+: first and last topic.
const TOPICS: [(u32, u32); 3] = [(1, 20), (21, 35), (36, u32::MAX)];

/// Reports that are grouped and scored together.
pub(super) struct Part {
    /// What is scored: `topics 1 to 20`.
    pub(super) name: String,
    /// Its reports, by file name.
    pub(super) reports: Vec<Report>,
}

/// A report in our input format, and the story that it tells.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Report {
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) published: Option<String>,
    pub(super) text: String,
    #[serde(skip)]
    pub(super) story: String,
}

/// The parts of the corpus in `dir`, those without reports left out.
///
/// # Errors
/// When it is neither ECB+ nor BASIL, or cannot be read.
pub(super) fn parts(dir: &Path) -> Result<Vec<Part>, Error> {
    let parts = if dir.join("articles").is_dir() { basil(dir)? } else { ecb(dir)? };
    if parts.is_empty() {
        let found = "neither folders like `1ecb` nor a folder `articles`".to_owned();
        return Err(Kind::Shape { path: dir.to_owned(), found }.into());
    }
    Ok(parts)
}

fn ecb(dir: &Path) -> Result<Vec<Part>, Error> {
    #[derive(Deserialize)]
    struct Article {
        title: Option<String>,
        text: String,
    }
    let mut reports = Vec::new();
    for path in files(dir)? {
        let folder = path.parent().and_then(Path::file_name).and_then(|name| name.to_str());
        let Some((folder, topic)) = folder.and_then(|name| Some((name, topic(name)?))) else {
            continue;
        };
        let Article { title, text } = json(&path)?;
        let (id, story) = (stem(&path), folder.to_owned());
        reports.push((topic, Report { id, title, outlet: None, published: None, text, story }));
    }
    let part = |(from, to): (u32, u32)| Part {
        name: if to == u32::MAX {
            format!("topics from {from}")
        } else {
            format!("topics {from} to {to}")
        },
        reports: reports
            .iter()
            .filter(|(topic, _)| (from..=to).contains(topic))
            .map(|(_, report)| report.clone())
            .collect(),
    };
    Ok(TOPICS.into_iter().map(part).filter(|part| !part.reports.is_empty()).collect())
}

/// The topic of a folder `12ecb` or `12ecbplus`.
fn topic(folder: &str) -> Option<u32> {
    folder.strip_suffix("plus").unwrap_or(folder).strip_suffix("ecb")?.parse().ok()
}

fn basil(dir: &Path) -> Result<Vec<Part>, Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    struct Article {
        title: String,
        date: String,
        source: String,
        triplet_uuid: String,
        body_paragraphs: Vec<Vec<String>>,
    }
    let mut dated = Vec::new();
    for path in files(&dir.join("articles"))? {
        if path.extension().is_none_or(|end| end != "json") {
            continue;
        }
        let article: Article = json(&path)?;
        let paragraphs: Vec<String> =
            article.body_paragraphs.iter().map(|sentences| sentences.join(" ")).collect();
        dated.push(Report {
            id: stem(&path),
            title: Some(article.title),
            outlet: Some(article.source),
            published: Some(article.date),
            text: paragraphs.join("\n\n"),
            story: article.triplet_uuid,
        });
    }
    let mut undated = dated.clone();
    undated.iter_mut().for_each(|report| report.published = None);
    let part = |name: &str, reports: Vec<Report>| Part { name: name.to_owned(), reports };
    let parts = [part("triples with dates", dated), part("triples without dates", undated)];
    Ok(parts.into_iter().filter(|part| !part.reports.is_empty()).collect())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Error> {
    serde_json::from_str(&read(path)?)
        .map_err(|error| Kind::Shape { path: path.to_owned(), found: error.to_string() }.into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[track_caller]
    fn check(files: &[(&str, &str)], expected: &[(&str, &[(&str, &str)])]) {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let parts = parts(dir.path()).unwrap();
        let found: Vec<(&str, Vec<(&str, &str)>)> = parts
            .iter()
            .map(|part| {
                let reports = part.reports.iter().map(|r| (r.id.as_str(), r.story.as_str()));
                (part.name.as_str(), reports.collect())
            })
            .collect();
        let expected: Vec<_> = expected.iter().map(|(name, r)| (*name, r.to_vec())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn ecb_is_split_by_topic() {
        let article = r#"{"title": null, "text": "A ferry sank."}"#;
        check(
            &[("2ecb/2_1ecb.json", article), ("36ecbplus/36_1ecbplus.json", article), ("x.py", "")],
            &[
                ("topics 1 to 20", &[("2_1ecb", "2ecb")]),
                ("topics from 36", &[("36_1ecbplus", "36ecbplus")]),
            ],
        );
    }

    #[test]
    fn basil_is_read_with_dates_and_without() {
        let article = r#"{"title": "T", "date": "2012-01-02", "source": "nyt", "triplet-uuid": "t",
            "body-paragraphs": [["One.", "Two."], ["Three."]]}"#;
        check(
            &[("articles/2012/t_1.json", article), ("annotations/2012/t_1_ann.json", "{}")],
            &[("triples with dates", &[("t_1", "t")]), ("triples without dates", &[("t_1", "t")])],
        );
    }

    #[test]
    fn another_corpus_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.txt"), "x").unwrap();
        assert!(parts(dir.path()).err().is_some_and(|error| error.is_corpus()));
    }
}
