//! Makes `src/group/background.bin`: how many documents of a corpus hold each word.
//!
//! `zstdcat ../shared/corpus/allsides.jsonl.zst | cargo run --release -p stemma-story --example
//! background > background.bin` reads our input format, one document a line.

use std::collections::HashMap;
use std::io::{BufRead, Write};

use stemma_story::group::background::{ROWS, STEP, WIDTH, cells};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut documents = 0_u32;
    let mut frequency: HashMap<u64, u32> = HashMap::new();
    for line in std::io::stdin().lock().lines() {
        let record: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
        documents += 1;
        for term in stemma_story::group::text_terms(&(field("title") + "\n" + &field("text"))) {
            *frequency.entry(term).or_default() += 1;
        }
    }
    let mut counts = vec![0_u64; ROWS * WIDTH];
    for (term, count) in frequency {
        for cell in cells(term) {
            counts[cell] += u64::from(count);
        }
    }
    let quantised = counts.iter().map(|&count| {
        let level = (STEP * (1.0 + count as f64).log2()).round();
        level.min(255.0) as u8
    });
    let mut out = std::io::stdout().lock();
    out.write_all(&documents.to_le_bytes())?;
    out.write_all(&quantised.collect::<Vec<u8>>())?;
    Ok(())
}
