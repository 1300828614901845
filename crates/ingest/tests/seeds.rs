//! The five real reports: what is boilerplate in them, and what is a dek.

use std::path::{Path, PathBuf};

use stemma_ingest::{Input, Options, read};
use stemma_model::{BlockKind, BoilerplateKind, Document};

fn seeds() -> Option<Vec<Document>> {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../../shared/seeds"].iter().collect();
    if !folder.is_dir() {
        eprintln!("skipped: {} is absent", folder.display());
        return None;
    }
    let reads = read(&[Input::Path(folder)], &Options::default());
    Some(reads.map(|read| read.document().expect("seeds are readable")).collect())
}

fn marked(document: &Document, kind: BoilerplateKind) -> Vec<&str> {
    let parts = document.boilerplate.iter().filter(|part| part.kind == kind);
    parts.map(|part| document.slice(part.span)).collect()
}

fn blocks(document: &Document, kind: BlockKind) -> usize {
    document.blocks.iter().filter(|block| block.kind == kind).count()
}

#[test]
fn boilerplate_of_the_seeds() {
    use BoilerplateKind::{Caption, Credit, Dateline, Other, Promo};
    let Some(seeds) = seeds() else { return };
    let counts: Vec<[usize; 5]> = seeds
        .iter()
        .map(|seed| [Caption, Promo, Credit, Dateline, Other].map(|kind| marked(seed, kind).len()))
        .collect();
    assert_eq!(
        counts,
        [[1, 1, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 1, 1], [2, 0, 0, 0, 0]]
    );
    assert!(marked(&seeds[0], Caption)[0].ends_with("AFP"));
    assert!(marked(&seeds[0], Promo)[0].starts_with("READ MORE:"));
    assert_eq!(marked(&seeds[2], Other), ["Reference"]);
    assert_eq!(marked(&seeds[3], Other), ["Defence Industry"]);
    assert_eq!(marked(&seeds[3], Dateline), ["Kyiv:"]);
}

#[test]
fn titles_and_deks_of_the_seeds() {
    let Some(seeds) = seeds() else { return };
    assert!(seeds.iter().all(|seed| blocks(seed, BlockKind::Title) == 1));
    let deks: Vec<usize> = seeds.iter().map(|seed| blocks(seed, BlockKind::Dek)).collect();
    assert_eq!(deks, [0, 1, 1, 0, 0]);
    assert!(seeds.iter().all(|seed| seed.language.as_deref() == Some("en")));
    assert!(seeds.iter().all(|seed| blocks(seed, BlockKind::Heading) == 0));
}

#[test]
fn ids_do_not_depend_on_folders() {
    let Some(seeds) = seeds() else { return };
    let copy = tempfile::tempdir().expect("a temporary folder");
    for seed in &seeds {
        let stemma_model::Source::Path { path, .. } = &seed.source else { panic!("a path") };
        let name = Path::new(path).file_name().expect("a name");
        std::fs::copy(path, copy.path().join(name)).expect("a copy");
    }
    let again = read(&[Input::Path(copy.path().to_owned())], &Options::default());
    let again: Vec<_> = again.filter_map(|read| read.document()).map(|seed| seed.id).collect();
    assert_eq!(again, seeds.iter().map(|seed| seed.id).collect::<Vec<_>>());
}
