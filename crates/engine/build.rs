//! Digests of what decides the results, so that a store knows what an older program made.

use std::fs;
use std::path::{Path, PathBuf};

/// What decides what a document attests.
const ANNOTATE: [&str; 6] =
    ["../model", "../text", "../english", "../ingest", "../annotate", "../../lexicons"];

/// What decides what is reconstructed.
const RECONSTRUCT: [&str; 5] =
    ["../model", "../text", "../reuse", "../story", "src/reconstruct.rs"];

/// Folders of a room that decide nothing.
const ASIDE: [&str; 6] = ["tests", "examples", "benches", "dev", "fuzz", "target"];

fn main() {
    println!("cargo::rustc-env=STEMMA_ANNOTATE_DIGEST={:016x}", digest(&ANNOTATE));
    println!("cargo::rustc-env=STEMMA_RECONSTRUCT_DIGEST={:016x}", digest(&RECONSTRUCT));
}

fn digest(roots: &[&str]) -> u64 {
    let mut files = Vec::new();
    for root in roots {
        println!("cargo::rerun-if-changed={root}");
        walk(Path::new(root), &mut files);
    }
    files.sort();
    // FNV-1a, 64 bits: <http://www.isthe.com/chongo/tech/comp/fnv/>.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut mix = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    };
    for file in files {
        mix(file.to_string_lossy().replace('\\', "/").as_bytes());
        mix(&fs::read(&file).unwrap_or_default());
    }
    hash
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(path) else {
        files.push(path.to_owned());
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let aside =
            ASIDE.iter().any(|aside| name == *aside) || name.as_encoded_bytes().starts_with(b".");
        if !aside {
            walk(&entry.path(), files);
        }
    }
}
