//! The suites that there are.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::{
    Error, Scores, article_extraction, basil, citron, conditions, coref, datetime, paraphrase,
    polnear, reuse, seeds, stories, timeline, timeml,
};

/// What can be scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// The body of HTML pages.
    ArticleExtraction,
    /// Quotations.
    Polnear,
    /// Quotations, of any corpus in Citron's format.
    Citron,
    /// Coreference.
    Coref,
    /// Speakers of quotations.
    Basil,
    /// The five seed reports.
    Seeds,
    /// Time expressions.
    Timeml,
    /// Dates and ranges as people write them.
    Datetime,
    /// Timelines.
    Timeline,
    /// Stories.
    Stories,
    /// Conditions.
    Conditions,
    /// Passages that documents share.
    Reuse,
    /// Wordings of one statement.
    Paraphrase,
}

impl Suite {
    /// Every suite, in the order that the help lists them.
    pub const ALL: &[Self] = &[
        Self::ArticleExtraction,
        Self::Polnear,
        Self::Citron,
        Self::Coref,
        Self::Basil,
        Self::Seeds,
        Self::Timeml,
        Self::Datetime,
        Self::Timeline,
        Self::Stories,
        Self::Conditions,
        Self::Reuse,
        Self::Paraphrase,
    ];

    /// All names, for a message.
    fn names() -> String {
        Self::ALL.iter().map(|suite| suite.name()).collect::<Vec<_>>().join(", ")
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ArticleExtraction => "article-extraction",
            Self::Polnear => "polnear",
            Self::Citron => "citron",
            Self::Coref => "coref",
            Self::Basil => "basil",
            Self::Seeds => "seeds",
            Self::Timeml => "timeml",
            Self::Datetime => "datetime",
            Self::Timeline => "timeline",
            Self::Stories => "stories",
            Self::Conditions => "conditions",
            Self::Reuse => "reuse",
            Self::Paraphrase => "paraphrase",
        }
    }

    /// What it scores, and on what.
    #[must_use]
    pub fn about(self) -> &'static str {
        match self {
            Self::ArticleExtraction => "HTML bodies, on the article extraction benchmark",
            Self::Polnear => "quotations with cue, content and source, on PolNeAR",
            Self::Citron => "quotations, on any corpus in the JSON of the BBC's Citron",
            Self::Coref => "who is the same as whom, on GUM's news documents",
            Self::Basil => "speakers of quotations, on BASIL",
            Self::Seeds => "the whole dossier, on the five seed reports and their key",
            Self::Timeml => "time expressions, as TempEval-3 scores them, on TimeML corpora",
            Self::Datetime => "dates, ranges, durations and sets, on the Recognizers-Text cases",
            Self::Timeline => "timelines of entities, on SemEval-2015 task 4",
            Self::Stories => "reports of one event, on ECB+ or BASIL, beside plain TF-IDF",
            Self::Conditions => "conditions, on files of marks such as testdata/conditions",
            Self::Reuse => "recall of shared passages against an exact method, on a JSONL corpus",
            Self::Paraphrase => "wordings of one statement, on the validation pairs of MSRP",
        }
    }

    /// Runs it on the corpus in `dir`; that of [`Suite::Reuse`] is one file.
    ///
    /// # Errors
    /// When the corpus is not there or not of the shape the suite expects, or the engine cannot
    /// be opened.
    pub fn score(self, dir: &Path) -> Result<Scores, Error> {
        match self {
            Self::ArticleExtraction => article_extraction::score(dir),
            Self::Polnear => polnear::score(dir),
            Self::Citron => citron::score(dir),
            Self::Coref => coref::score(dir),
            Self::Basil => basil::score(dir),
            Self::Seeds => seeds::score(dir),
            Self::Timeml => timeml::score(dir),
            Self::Datetime => datetime::score(dir),
            Self::Timeline => timeline::score(dir),
            Self::Stories => stories::score(dir),
            Self::Conditions => conditions::score(dir),
            Self::Reuse => reuse::score(dir),
            Self::Paraphrase => paraphrase::score(dir),
        }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that no suite has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no suite `{name}`; there are: {}", Suite::names())]
pub struct UnknownSuite {
    name: String,
}

impl FromStr for Suite {
    type Err = UnknownSuite;

    fn from_str(name: &str) -> Result<Self, UnknownSuite> {
        let found = Self::ALL.iter().find(|suite| suite.name() == name);
        found.copied().ok_or_else(|| UnknownSuite { name: name.to_owned() })
    }
}
