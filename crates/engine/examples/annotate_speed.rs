//! Time parsing through the engine on JSONL from standard input, on one thread and on two.
//!
//! ```text
//! cargo run --release -p stemma-engine --example annotate_speed < articles.jsonl
//! ```
//! The articles are read once more for each count of threads; the first reading warms nothing that
//! the second uses but the disk's cache, which is what the lines come from in both.

#![expect(clippy::print_stdout, reason = "printing is what it is for")]

use std::convert::Infallible;
use std::io::Write;
use std::num::NonZeroUsize;
use std::time::Instant;

use stemma_engine::{Engine, Input, Item};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut file = tempfile::Builder::new().suffix(".jsonl").tempfile()?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file)?;
    file.flush()?;
    let inputs = [Input::Path(file.path().to_owned())];
    let mut alone = None;
    for threads in [1, 2] {
        let threads = NonZeroUsize::new(threads).expect("not zero");
        let engine = Engine::open(threads, |line| eprintln!("{line}"))?;
        let mut tokens = 0_u32;
        let started = Instant::now();
        let Ok(()) = engine.parse(&inputs, |item| {
            if let Item::Document(_, doc) = item {
                tokens += u32::try_from(doc.len()).unwrap_or(u32::MAX);
            }
            Ok::<_, Infallible>(())
        });
        let rate = f64::from(tokens) / started.elapsed().as_secs_f64();
        let times = rate / *alone.get_or_insert(rate);
        println!("engine, {threads} thread(s): {rate:.0} tokens/s, {times:.2} times one");
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
    Ok(())
}
