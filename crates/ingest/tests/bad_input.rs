//! Everything that can be wrong with an input: a problem each, and the rest goes on.

use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use stemma_ingest::{Input, MAX_PAGE, Options, Read, read};
use stemma_model::{Document, Problem};

const STORY: &str = "Bridge to close\n\nThe bridge will be closed on Monday, the mayor said.\n";
const LINE: &str = "{\"text\": \"The bridge will be closed on Monday.\"}\n";

/// Reads a file of that name and content.
fn read_as(name: &str, content: &[u8]) -> (Vec<Document>, Vec<Problem>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("a file");
    read_path(&path)
}

fn read_path(path: &Path) -> (Vec<Document>, Vec<Problem>) {
    let mut found = (Vec::new(), Vec::new());
    for read in read(&[Input::Path(path.to_owned())], &Options::default()) {
        match read {
            Read::Document(document) => found.0.push(*document),
            Read::Problem(problem) => found.1.push(problem),
        }
    }
    found
}

/// The input gives so many documents and exactly one problem, with this code and place's end.
fn check(name: &str, content: &[u8], documents: usize, code: &str, place: &str) {
    let (found, problems) = read_as(name, content);
    assert_eq!(found.len(), documents, "{name}: {problems:?}");
    assert_eq!(problems.len(), 1, "{name}: {problems:?}");
    let problem = &problems[0];
    assert_eq!(problem.code, code, "{name}: {problem:?}");
    assert!(problem.place.as_deref().is_some_and(|at| at.ends_with(place)), "{problem:?}");
    assert!(problem.skipped && problem.hint.is_some() && !problem.message.is_empty());
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

#[test]
fn empty_and_binary() {
    check("a.txt", b"", 0, "empty", "a.txt");
    check("a.txt", b" \n\t\n", 0, "empty", "a.txt");
    check("a.html", b"<html><script>1</script></html>", 0, "no-article", "a.html");
    check("a.jsonl", b"\x00\x01\x02\x03\x04\x05\x06\x07", 0, "not-text", "a.jsonl");
    check("a", b"%PDF-1.4 and so on", 0, "not-text", "a");
    check("a.csv", b"title,text\n", 0, "empty", "a.csv");
    check("a.json", b"[]", 0, "empty", "a.json");
}

#[test]
fn lines_that_are_no_records() {
    let lines = format!("{LINE}nonsense\n{LINE}");
    check("a.jsonl", lines.as_bytes(), 2, "not-json", "a.jsonl:2");
    let lines = format!("{LINE}\n{LINE}{{\"title\": \"x\"}}");
    check("a.jsonl", lines.as_bytes(), 2, "no-text", "a.jsonl:4");
}

#[test]
fn truncated_and_damaged_compression() {
    // Lines that do not compress into one another, so that the cut lies behind some of them.
    let lines: String = (0..20_000_u64)
        .map(|n| {
            format!("{{\"text\": \"Number {} is out.\"}}\n", n.wrapping_mul(0x9e37_79b9_7f4a_7c15))
        })
        .collect();
    for (name, packed) in [
        ("a.jsonl.gz", gzip(lines.as_bytes())),
        // Several frames: what lies in one that is cut cannot be had.
        (
            "a.jsonl.zst",
            lines
                .as_bytes()
                .chunks(lines.len() / 8)
                .flat_map(|part| zstd::encode_all(part, 1).expect("memory takes it"))
                .collect(),
        ),
    ] {
        let (documents, problems) = read_as(name, &packed[..packed.len() * 2 / 3]);
        assert!(!documents.is_empty() && documents.len() < 20_000, "{name}: {}", documents.len());
        assert_eq!(problems.len(), 1, "{name}");
        assert_eq!(problems[0].code, "cut-short", "{name}: {problems:?}");
    }
}

#[test]
fn damaged_text() {
    let mut broken = gzip(STORY.as_bytes());
    let middle = broken.len() / 2;
    broken[middle] ^= 0xff;
    let (documents, problems) = read_as("a.txt.gz", &broken);
    assert!(documents.is_empty());
    assert!(["damaged", "cut-short"].contains(&problems[0].code.as_ref()), "{problems:?}");
}

#[test]
fn broken_bytes_are_noted_and_the_document_kept() {
    let mut content =
        "Bridge to close\n\n“It will be closed,” the mayor said. “At once.”".as_bytes().to_vec();
    content[30] = 0xff;
    let (documents, problems) = read_as("a.txt", &content);
    assert!(problems.is_empty());
    let document = &documents[0];
    assert_eq!(document.problems[0].code, "replaced-bytes");
    assert_eq!(document.problems[0].document, Some(document.id));
    assert!(!document.problems[0].skipped);
}

#[test]
fn one_endless_line_is_one_paragraph() {
    let (documents, problems) = read_as("a.txt", "word ".repeat(2_000_000).as_bytes());
    assert!(problems.is_empty());
    assert_eq!(documents[0].blocks.len(), 1);
    assert_eq!(documents[0].title, None);
}

#[test]
fn what_is_too_long_is_refused() {
    check("a.html", &vec![b'x'; MAX_PAGE + 1], 0, "too-long", "a.html");
    let options = Options { max_text: 10 };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.txt");
    std::fs::write(&path, STORY).expect("a file");
    let found: Vec<Read> = read(&[Input::Path(path)], &options).collect();
    assert!(matches!(&found[..], [Read::Problem(problem)] if problem.code == "too-long"));
}

#[test]
fn a_compressed_gigabyte_is_refused_without_being_held() {
    // 200 MiB of blanks in 200 kB: far over the limit, and quick to unpack.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let blank = vec![b' '; 1 << 20];
    for _ in 0..200 {
        encoder.write_all(&blank).expect("memory takes it");
    }
    let packed = encoder.finish().expect("memory takes it");
    check("a.txt.gz", &packed, 0, "too-long", "a.txt.gz");
    check("a.jsonl.gz", &packed, 0, "too-long", "a.jsonl.gz:1");
}

#[test]
fn missing_paths_and_folders_without_reports() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (_, problems) = read_path(folder.path());
    assert_eq!(problems[0].code, "nothing-to-read");
    let (_, problems) = read_path(&folder.path().join("none.txt"));
    assert_eq!(problems[0].code, "not-found");
}

#[test]
fn a_dossier_is_no_report() {
    let page = "<!DOCTYPE html><html><head><meta charset=\"utf-8\">\
                <meta name=\"generator\" content=\"Stemma 9.9\"></head><body><p>Ada Lind said that \
                the bridge would stay open for as long as the state paid for it.</p></body></html>";
    let (found, problems) = read_as("dossier.html", page.as_bytes());
    assert!(found.is_empty() && problems.len() == 1, "{problems:?}");
    assert!(problems[0].code == "own-dossier" && !problems[0].skipped, "{problems:?}");
    let (found, problems) = read_as("a.html", page.replace("Stemma", "Paper").as_bytes());
    assert!(found.len() == 1 && problems.is_empty(), "{problems:?}");
}

#[test]
fn deep_and_unbalanced_pages_end() {
    for page in ["<div>".repeat(60_000), "<p><a><b><table>".repeat(10_000), "<".repeat(100_000)] {
        let (documents, problems) = read_as("a.html", page.as_bytes());
        assert_eq!(documents.len() + problems.len(), 1);
    }
}

#[test]
fn utf16_lines_are_read() {
    let wide: Vec<u8> =
        format!("\u{feff}{LINE}{LINE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (documents, problems) = read_as("a.jsonl", &wide);
    assert_eq!((documents.len(), problems.len()), (2, 0));
}

#[test]
fn line_ends_are_kept() {
    let (documents, _) =
        read_as("a.txt", b"\xef\xbb\xbfTitle of it\r\n\r\nThe bridge is open.\r\n");
    assert_eq!(documents[0].text, "Title of it\r\n\r\nThe bridge is open.\r\n");
}

/// The fixture with a row group for each of its two rows.
fn parquet() -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/nested.parquet");
    std::fs::read(path).expect("the fixture")
}

#[test]
fn a_damaged_page_costs_its_row_group() {
    // A title alone on its page, behind the heads of what it shares and of its length.
    let titles = ["Harrow Point bridge to close", "Ferry adds a crossing"];
    for (title, line) in titles.into_iter().zip(1..) {
        let mut bytes = parquet();
        let mut places = bytes.windows(title.len()).enumerate().skip(10);
        let page = places.find(|(at, found)| *found == title.as_bytes() && bytes[at - 10] == 0x80);
        let at = page.expect("the page of the title").0 - 10;
        bytes[at] = 0;
        check("a.parquet", &bytes, 1, "malformed", &format!("a.parquet:{line}"));
    }
}

#[test]
fn parquet_files_that_are_cut_or_lie() {
    let whole = parquet();
    check("a", &whole[..whole.len() - 1], 0, "malformed", "a");
    check("a", &whole[whole.len() - 8..], 0, "not-text", "a");
    check("a", b"PAR1", 0, "malformed", "a");
    check("a", b"PAR1 is a word that a text may start with", 0, "malformed", "a");
    let mut lying = whole.clone();
    let length = lying.len() - 8;
    lying[length..length + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    check("a", &lying, 0, "malformed", "a");
    // A footer of a version, a schema whose root says it has 2^31 - 1 fields, and nothing more.
    let footer = [0x15, 2, 0x19, 0x1c, 0x48, 1, b'r', 0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0, 0];
    let schema = [b"PAR1", &footer[..], &(footer.len() as u32).to_le_bytes(), b"PAR1"].concat();
    check("a", &schema, 0, "malformed", "a");
}
