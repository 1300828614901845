//! What each section of a dossier says, before it is HTML or Markdown: the two cannot disagree.

pub(crate) mod attitude;
pub(crate) mod carried;
pub(crate) mod condition;
pub(crate) mod copied;
pub(crate) mod coverage;
pub(crate) mod figure;
pub(crate) mod mark;
pub(crate) mod movement;
pub(crate) mod overview;
pub(crate) mod point;
pub(crate) mod statement;
pub(crate) mod stemma;
pub(crate) mod term;
pub(crate) mod timeline;
pub(crate) mod uncertain;
pub(crate) mod wording;
