//! Prints the features of each pair of a Microsoft Research Paraphrase Corpus file on standard
//! input, tab-separated after the label: what `dev/paraphrase.py` trains on.
//! The last column is the cosine of the sentence vectors.

use std::io::BufRead;

use stemma_english::SentenceEncoder;
use stemma_reuse::variant::Closeness;

#[expect(clippy::print_stdout, reason = "printing is what this example is for")]
fn main() -> std::io::Result<()> {
    let encoder = SentenceEncoder::new();
    for line in std::io::stdin().lock().lines().skip(1) {
        let line = line?;
        let fields: Vec<&str> = line.split('\t').collect();
        let [label, _, _, a, b, ..] = fields[..] else { continue };
        let vectors = [a, b].map(|text| encoder.encode(text).quantised());
        let closeness = Closeness::of(a, b, (&vectors[0], &vectors[1]));
        let features: Vec<String> = closeness.features().iter().map(f32::to_string).collect();
        println!("{label}\t{}", features.join("\t"));
    }
    Ok(())
}
