//! The timeline for other programs: as comma-separated values, and as an iCalendar file.

use jiff::ToSpan;
use jiff::civil::Date;
use stemma_model::{DateRange, EventStatus, Record, TimelineEntry};

/// The timeline as CSV (RFC 4180) with a header: `from,to,precision,status,text,documents`.
///
/// Dates are ISO 8601 and inclusive; an unknown bound is empty; documents are ids with a space
/// between them.
#[must_use]
pub fn timeline_csv(record: &Record) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["from", "to", "precision", "status", "text", "documents"].map(str::to_owned);
    let rows = record.timeline.iter().map(row);
    for row in std::iter::once(header).chain(rows) {
        writer.write_record(row).expect("writing to memory cannot fail");
    }
    let bytes = writer.into_inner().expect("writing to memory cannot fail");
    String::from_utf8(bytes).expect("only UTF-8 was written")
}

fn row(entry: &TimelineEntry) -> [String; 6] {
    let day = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
    let DateRange { from, to, precision } = entry.date;
    let documents: Vec<String> = entry.documents.iter().map(ToString::to_string).collect();
    [
        day(from),
        day(to),
        format!("{precision:?}").to_lowercase(),
        format!("{:?}", entry.status).to_lowercase(),
        entry.text.clone(),
        documents.join(" "),
    ]
}

/// The timeline as an iCalendar file (RFC 5545): a whole-day event an entry whose first and last
/// day are known. Entries without are left out: a calendar has no place for them.
///
/// Times of making are those of the events, so that the same record gives the same bytes.
#[must_use]
pub fn timeline_ics(record: &Record) -> String {
    let mut lines: Vec<String> =
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stemma//Timeline//EN"].map(Into::into).into();
    for (number, entry) in record.timeline.iter().enumerate() {
        if let (Some(from), Some(to)) = (entry.date.from, entry.date.to) {
            lines.extend(event(number, entry, from, to));
        }
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| fold(line)).collect()
}

fn event(number: usize, entry: &TimelineEntry, from: Date, to: Date) -> [String; 8] {
    let compact = |date: Date| date.strftime("%Y%m%d").to_string();
    let end = to.checked_add(1.day()).unwrap_or(to);
    let status = match entry.status {
        EventStatus::Happened => "CONFIRMED",
        EventStatus::Planned | EventStatus::Conditional => "TENTATIVE",
        EventStatus::Denied => "CANCELLED",
    };
    let documents: Vec<String> = entry.documents.iter().map(ToString::to_string).collect();
    [
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{number}-{}-{}@stemma", compact(from), documents.join("-")),
        format!("DTSTAMP:{}T000000Z", compact(from)),
        format!("DTSTART;VALUE=DATE:{}", compact(from)),
        format!("DTEND;VALUE=DATE:{}", compact(end)),
        format!("STATUS:{status}"),
        format!("SUMMARY:{}", escape(&entry.text)),
        "END:VEVENT".to_owned(),
    ]
}

fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// A content line of at most 75 octets, continued on lines that start with a space, with its end.
fn fold(line: &str) -> String {
    const OCTETS: usize = 75;
    let (mut folded, mut room) = (String::with_capacity(line.len() + 2), OCTETS);
    for character in line.chars() {
        if character.len_utf8() > room {
            folded.push_str("\r\n ");
            room = OCTETS - 1;
        }
        folded.push(character);
        room -= character.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use stemma_model::{DocumentId, Reason};

    use super::*;

    fn record() -> Record {
        let entry = TimelineEntry {
            date: DateRange::day(date(2025, 3, 31)),
            text: "The tunnel, \"closed\" since the fire; reopens – at last – for buses and for the ambulances of both coasts"
                .to_owned(),
            status: EventStatus::Planned,
            participants: vec![],
            evidence: vec![],
            documents: vec![DocumentId::of(&["a"])],
            reason: Reason::new("", ""),
        };
        let undated = TimelineEntry { date: DateRange::unknown(), ..entry.clone() };
        Record { timeline: vec![entry, undated], ..Record::default() }
    }

    #[test]
    fn csv_quotes_what_needs_it_and_leaves_unknown_bounds_empty() {
        let csv = timeline_csv(&record());
        assert!(csv.contains("2025-03-31,2025-03-31,day,planned,\"The tunnel, \"\"closed\"\""));
        assert_eq!(csv.lines().last().map(|line| line.starts_with(",,unknown,")), Some(true));
    }

    #[test]
    fn calendars_fold_long_lines_and_end_the_day_after() {
        let ics = timeline_ics(&record());
        assert_eq!(ics.matches("BEGIN:VEVENT").count(), 1);
        assert!(ics.contains("DTEND;VALUE=DATE:20250401\r\n"));
        assert!(ics.contains("SUMMARY:The tunnel\\, \"closed\""));
        assert!(ics.split("\r\n").all(|line| line.len() <= 75));
    }
}
