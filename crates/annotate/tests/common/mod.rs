//! The annotator that the tests of this folder share.

use std::sync::LazyLock;

use stemma_annotate::Annotator;
use stemma_english::{Model, Pipeline};

/// The annotator, loaded once; `None`, and a line that says so, where the English model is not
/// installed.
pub fn annotator() -> Option<&'static Annotator> {
    static ANNOTATOR: LazyLock<Option<Annotator>> = LazyLock::new(|| {
        let model = Model::locate().ok()?;
        let pipeline = Pipeline::load(&model).expect("the installed model can be read");
        Some(Annotator::new(pipeline))
    });
    if ANNOTATOR.is_none() {
        eprintln!("SKIPPED: the English model is not installed");
    }
    ANNOTATOR.as_ref()
}
