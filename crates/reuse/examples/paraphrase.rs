//! Prints the features of each pair of a Microsoft Research Paraphrase Corpus file on standard
//! input, tab-separated after the label: what `dev/paraphrase.py` trains on.

use std::io::BufRead;

use stemma_reuse::variant::Closeness;

#[expect(clippy::print_stdout, reason = "printing is what this example is for")]
fn main() -> std::io::Result<()> {
    for line in std::io::stdin().lock().lines().skip(1) {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let [label, _, _, a, b, ..] = fields[..] else { continue };
        let c = Closeness::of(a, b, (&[], &[]));
        println!(
            "{label}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            c.shorter, c.longer, c.in_order, c.neighbours, c.length, c.numbers, c.negation
        );
    }
    Ok(())
}
