//! Development commands.

mod condition;
mod english;
mod quote;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    match arguments.first().map(String::as_str) {
        Some("train-quotes") => quote::train_quotes(rest),
        Some("predict-quotes") => quote::predict_quotes(rest),
        Some("cluster-words") => quote::cluster_words(rest),
        Some("train-conditions") => condition::train_conditions(rest),
        Some("english-compare") => english::compare(rest),
        Some("english-speed") => english::speed(rest),
        _ => {
            eprintln!(
                "usage: xtask english-compare | english-speed | train-quotes | cluster-words | \
                 train-conditions"
            )
        }
    }
}
