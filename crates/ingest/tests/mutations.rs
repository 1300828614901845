//! Every reader on damaged input: the fixtures with bytes changed, taken out, doubled and cut off.
//!
//! The stand-in for the fuzz targets where `cargo fuzz` cannot run. `PROPTEST_CASES=100000` makes a
//! long run of it.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::Index;
use stemma_ingest::{Options, Read, pieces_from};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries =
        fs::read_dir(folder).expect("the fixtures").map(|entry| entry.expect("one").path());
    let mut paths: Vec<PathBuf> = entries.collect();
    paths.sort();
    paths
}

/// One change to some bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Remove(Index, usize),
    Double(Index, usize),
    Cut(Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        4 => (any::<Index>(), 1..=255_u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        2 => (any::<Index>(), 1..40_usize).prop_map(|(at, len)| Damage::Remove(at, len)),
        2 => (any::<Index>(), 1..400_usize).prop_map(|(at, len)| Damage::Double(at, len)),
        1 => any::<Index>().prop_map(Damage::Cut),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let len = bytes.len();
        if len == 0 {
            return;
        }
        match self {
            Self::Flip(at, bits) => bytes[at.index(len)] ^= bits,
            Self::Remove(at, count) => {
                let at = at.index(len);
                bytes.drain(at..(at + count).min(len));
            }
            Self::Double(at, count) => {
                let at = at.index(len);
                let part = bytes[at..(at + count).min(len)].to_vec();
                bytes.splice(at..at, part);
            }
            Self::Cut(at) => bytes.truncate(at.index(len)),
        }
    }
}

/// Reads the bytes as a file of that name would be: whatever comes out is well formed.
fn check(name: &Path, bytes: Vec<u8>) {
    for piece in pieces_from(name, Box::new(Cursor::new(bytes))) {
        let Ok(piece) = piece else { continue };
        for read in piece.read(&Options::default()) {
            match read {
                Read::Problem(problem) => assert!(problem.place.is_some(), "{problem:?}"),
                Read::Document(document) => {
                    let spans = document.blocks.iter().map(|block| block.span);
                    let parts = document.boilerplate.iter().map(|part| part.span);
                    for span in spans.chain(parts) {
                        assert!(document.text.get(span.range()).is_some(), "{span:?}");
                    }
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn damaged_files_give_documents_or_problems(
        which in any::<Index>(),
        damages in proptest::collection::vec(damage(), 1..6),
        named in any::<bool>(),
    ) {
        let fixtures = fixtures();
        let path = &fixtures[which.index(fixtures.len())];
        let mut bytes = fs::read(path).expect("a fixture");
        damages.iter().for_each(|damage| damage.apply(&mut bytes));
        // Without an ending the form is told by content, which reaches readers by other ways.
        check(if named { path } else { Path::new("input") }, bytes);
    }
}
