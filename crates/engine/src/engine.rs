//! The loaded models, and the work on one document.

use std::num::NonZeroUsize;

use stemma_annotate::Annotator;
use stemma_english::{Doc, Model, Pipeline};
use stemma_ingest::Input;
use stemma_model::{Annotations, Document};

use crate::error::{Error, Kind};
use crate::read::{Collection, Item, for_each_document};

/// Everything that reading documents needs loaded once.
pub struct Engine {
    annotator: Annotator,
    threads: NonZeroUsize,
}

impl Engine {
    /// Loads the models, installing the English one on first use; `say` is told in one line.
    ///
    /// # Errors
    /// When the model is neither there nor to be had, or is damaged.
    pub fn open(threads: NonZeroUsize, say: impl FnMut(&str)) -> Result<Self, Error> {
        let model = Model::ensure(say).map_err(Kind::Model)?;
        let pipeline = Pipeline::load(&model).map_err(Kind::Model)?;
        Ok(Self { annotator: Annotator::new(pipeline), threads })
    }

    /// How many threads it works on.
    #[must_use]
    pub fn threads(&self) -> NonZeroUsize {
        self.threads
    }

    /// What one document attests.
    #[must_use]
    pub fn annotate_one(&self, document: &Document) -> Annotations {
        stemma_annotate::annotate(document, &self.annotator)
    }

    /// Streams every document of `inputs`, in order, with what it attests.
    ///
    /// # Errors
    /// The first error that `sink` returns.
    pub fn annotate<E>(
        &self,
        inputs: &[Input],
        sink: impl FnMut(Item<Annotations>) -> Result<(), E>,
    ) -> Result<(), E> {
        for_each_document(inputs, self.threads, |document| self.annotate_one(document), sink)
    }

    /// Streams every document of `inputs`, in order, with its parse: of the text as one piece, as
    /// other programs would parse it.
    ///
    /// # Errors
    /// The first error that `sink` returns.
    pub fn parse<E>(
        &self,
        inputs: &[Input],
        sink: impl FnMut(Item<Doc>) -> Result<(), E>,
    ) -> Result<(), E> {
        let parse = |document: &Document| self.annotator.pipeline().parse(&document.text);
        for_each_document(inputs, self.threads, parse, sink)
    }

    /// Reads and annotates every document of `inputs`; `seen` is called once an input record.
    #[must_use]
    pub fn collect(&self, inputs: &[Input], seen: impl FnMut()) -> Collection<Annotations> {
        Collection::read(inputs, self.threads, |document| self.annotate_one(document), seen)
    }
}
