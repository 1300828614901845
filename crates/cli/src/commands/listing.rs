//! Rows for people, spreadsheets and programs: the same answer as a table, CSV or JSON lines.

use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use comfy_table::{ColumnConstraint, ContentArrangement, Table, presets::UTF8_HORIZONTAL_ONLY};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use stemma_engine::archive::{Found, Page, Store};

use crate::Outcome;
use crate::args::Output;
use crate::commands::{Session, json_line};
use crate::output::Sink;

/// How wide a table is where nobody says how wide the terminal is.
const WIDTH: u16 = 120;

/// How many characters a column of words keeps at least for others to be kept whole.
const LEAST: usize = 6;

/// Which store is asked.
#[derive(Debug, Args)]
pub struct StoreFile {
    /// The store
    #[arg(long, env = "STEMMA_STORE", value_name = "FILE")]
    pub store: PathBuf,
}

impl StoreFile {
    /// The store, which must exist, for reading.
    pub fn read(&self) -> Result<Store> {
        Ok(Store::open_read_only(&self.store)?)
    }

    /// The store, made if it is not there.
    pub fn write(&self) -> Result<Store> {
        Ok(Store::open(&self.store)?)
    }
}

/// How an answer is printed.
#[derive(Debug, Args)]
pub struct Form {
    /// Print JSON, one record a line
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print comma-separated values with a header
    #[arg(long)]
    pub csv: bool,
    /// How many rows to print at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u64,
    /// How many rows to pass over first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub skip: u64,
    #[command(flatten)]
    pub output: Output,
}

impl Form {
    /// The part of the answer that is wanted.
    pub fn page(&self) -> Page {
        Page { skip: self.skip, take: self.limit }
    }
}

/// Bounds in time.
#[derive(Debug, Args)]
pub struct Between {
    /// On this day or later: 2026-05-04, or a month or year
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// On this day or earlier: 2026-05-04, or a month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
}

/// A row of an answer.
pub trait Row: Serialize {
    /// The columns of a table, narrow enough for a terminal.
    const SHOWN: &'static [&'static str];
    /// The fields of the record in the order of CSV columns.
    const FIELDS: &'static [&'static str];
    /// The cells under [`Self::SHOWN`].
    fn cells(&self) -> Vec<String>;
}

/// Prints a page of an answer and says on standard error what part of it that was.
pub fn print<T: Row>(found: &Found<T>, form: &Form, session: &Session<'_>) -> Result<Outcome> {
    let mut sink = Sink::open(form.output.output.as_deref())?;
    if form.json {
        found.rows.iter().try_for_each(|row| json_line(&mut sink, row))?;
    } else if form.csv {
        write_csv(&mut sink, &found.rows).context("could not write the rows")?;
    } else if !found.rows.is_empty() {
        writeln!(sink, "{}", table(&found.rows)).context("could not write the table")?;
    }
    sink.finish()?;
    session.console.note(&told(found.rows.len() as u64, found.total, form.skip));
    Ok(Outcome::Done)
}

/// `3 of 120; --skip 3 for more`.
fn told(shown: u64, total: u64, skipped: u64) -> String {
    let next = skipped + shown;
    match (shown, total) {
        (_, 0) => "nothing found".into(),
        (0, _) => format!("nothing left of {total}"),
        _ if next < total => format!("{}–{next} of {total}; `--skip {next}` for more", skipped + 1),
        _ => format!("{shown} of {total}"),
    }
}

fn table<T: Row>(rows: &[T]) -> Table {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width())
        .set_header(T::SHOWN);
    let cells: Vec<Vec<String>> = rows.iter().map(Row::cells).collect();
    for index in unbroken(&cells, usize::from(width())) {
        let column = table.column_mut(index).expect("the header has as many");
        column.set_constraint(ColumnConstraint::ContentWidth);
    }
    table.add_rows(cells);
    table
}

/// The columns of ids and dates, which are copied into the next question and must not be broken
/// over lines: the longest first, as far as the others keep [`LEAST`] characters each.
fn unbroken(rows: &[Vec<String>], width: usize) -> Vec<usize> {
    let columns = rows.first().map_or(0, Vec::len);
    let lengths = (0..columns).filter_map(|index| {
        let cells = rows.iter().map(|row| row[index].as_str()).filter(|cell| !cell.is_empty());
        let lengths = cells.map(|cell| is_code(cell).then_some(cell.len()));
        lengths.collect::<Option<Vec<_>>>()?.into_iter().max().map(|length| (length, index))
    });
    let mut lengths: Vec<(usize, usize)> = lengths.collect();
    lengths.sort_by_key(|&(length, index)| (std::cmp::Reverse(length), index));
    // Each column has a blank on either side, and one between it and the next.
    let (mut room, mut others) = (width.saturating_sub(3 * columns), columns);
    lengths.retain(|&(length, _)| {
        let is_kept = room >= length + LEAST * (others - 1);
        if is_kept {
            (room, others) = (room - length, others - 1);
        }
        is_kept
    });
    lengths.into_iter().map(|(_, index)| index).collect()
}

/// Whether a cell is an id or a date: short, of letters, digits and hyphens.
fn is_code(cell: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    cell.len() <= 20 && cell.contains('-') && cell.bytes().all(fits)
}

fn width() -> u16 {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let found = || terminal_size::terminal_size().filter(|_| stdout().is_terminal());
    told.or_else(|| found().map(|(width, _)| width.0)).unwrap_or(WIDTH).max(40)
}

/// RFC 4180, with lines that end as the platform's do not matter to any reader.
fn write_csv<T: Row>(sink: &mut Sink, rows: &[T]) -> Result<()> {
    writeln!(sink, "{}", T::FIELDS.join(","))?;
    for row in rows {
        let record = serde_json::to_value(row)?;
        let fields: Vec<String> =
            T::FIELDS.iter().map(|field| csv_field(&record[*field])).collect();
        writeln!(sink, "{}", fields.join(","))?;
    }
    Ok(())
}

fn csv_field(value: &Value) -> String {
    let text = plain(value);
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// A value as one text; lists are joined with semicolons.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join("; "),
        // A quotation inside a row.
        Value::Object(fields) if fields.contains_key("text") => {
            format!("{}: {}", plain(&fields["outlet"]), plain(&fields["text"]))
        }
        other => other.to_string(),
    }
}

/// What is there, or nothing.
pub fn or_empty(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

/// A text on one line, cut after about `most` characters.
pub fn short(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn first_day(text: &str) -> Result<Date, String> {
    day(text, |month| month.first_of_month(), |year| year.first_of_year())
}

fn last_day(text: &str) -> Result<Date, String> {
    day(text, |month| month.last_of_month(), |year| year.last_of_year())
}

fn day(text: &str, of_month: fn(Date) -> Date, of_year: fn(Date) -> Date) -> Result<Date, String> {
    let parsed = |text: String| text.parse::<Date>().map_err(|error| error.to_string());
    match text.len() {
        4 => parsed(format!("{text}-01-01")).map(of_year),
        7 => parsed(format!("{text}-01")).map(of_month),
        _ if text == "today" => Ok(jiff::Zoned::now().date()),
        _ if text == "yesterday" => Ok(jiff::Zoned::now().date() - 1.day()),
        _ => parsed(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_years_are_taken_whole() {
        let days =
            |text| (first_day(text).unwrap().to_string(), last_day(text).unwrap().to_string());
        assert_eq!(days("2024"), ("2024-01-01".into(), "2024-12-31".into()));
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("2024-02-03"), ("2024-02-03".into(), "2024-02-03".into()));
        assert!(first_day("soon").is_err() && first_day("2024-13").is_err());
    }

    #[test]
    fn ids_and_dates_stay_whole_where_there_is_room() {
        let row = ["2025-03-27", "Ilse Hartmann", "", "d-4914937ed4aa4380", "7"].map(String::from);
        let columns = |width| unbroken(std::slice::from_ref(&row.to_vec()), width);
        assert_eq!(columns(80), [3, 0]);
        assert_eq!(columns(60), [3]);
        assert_eq!(columns(40), [0_usize; 0]);
        assert_eq!(unbroken(&[], 80), [0_usize; 0]);
    }

    #[test]
    fn csv_fields_are_quoted_where_they_must_be() {
        assert_eq!(csv_field(&Value::from("a, \"b\"")), "\"a, \"\"b\"\"\"");
        assert_eq!(csv_field(&serde_json::json!(["x", 2])), "x; 2");
        assert_eq!(csv_field(&Value::Null), "");
    }

    #[test]
    fn what_was_shown_is_told() {
        assert_eq!(told(20, 45, 20), "21–40 of 45; `--skip 40` for more");
        assert_eq!(told(5, 45, 40), "5 of 45");
        assert_eq!(told(0, 0, 0), "nothing found");
    }
}
