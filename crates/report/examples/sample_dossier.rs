//! Writes the dossier of an invented strike, for looking at it.
//!
//! `cargo run -p stemma-report --example sample_dossier -- FOLDER`

#[path = "../tests/sample/mod.rs"]
mod sample;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = std::path::PathBuf::from(arguments.next().unwrap_or_else(|| ".".to_owned()));
    let record = sample::sample();
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("sample.html"), stemma_report::html(&record))?;
    std::fs::write(folder.join("sample.md"), stemma_report::markdown(&record))?;
    let json = serde_json::to_vec_pretty(&stemma_report::records::dossier(&record))?;
    std::fs::write(folder.join("sample.json"), json)?;
    Ok(())
}
