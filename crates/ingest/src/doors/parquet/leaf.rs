//! One column of one row group, read a value at a time.

use std::io;

use super::file::File;
use super::footer::{Chunk, Column};
use super::page::{self, Data, Page};
use super::runs::Runs;
use super::unsound;
use super::values::{Dictionary, Raw, Values};

/// A column with the page that is being read; one page and one dictionary are in memory.
pub(super) struct Leaf {
    pub(super) column: Column,
    /// Where the next page lies.
    at: u64,
    codec: i64,
    /// How many values the pages to come have.
    left: u64,
    dictionary: Option<Dictionary>,
    page: Option<(Data, Values)>,
    /// The levels of the next value.
    next: Option<Levels>,
}

/// Where a value stands among lists and what is not there: Dremel's repetition and definition
/// level (Melnik et al. 2010).
#[derive(Clone, Copy, Debug)]
pub(super) struct Levels {
    pub(super) repeated: u32,
    pub(super) defined: u32,
}

impl Leaf {
    pub(super) fn new(column: Column, chunk: Chunk) -> Self {
        let Chunk { start, values, codec } = chunk;
        Self { column, at: start, codec, left: values, dictionary: None, page: None, next: None }
    }

    /// The levels of the next value; `None` at the end.
    pub(super) fn peek(&mut self, file: &mut File) -> io::Result<Option<Levels>> {
        if self.next.is_none() && self.turn(file)? {
            let (page, _) = self.page.as_mut().expect("a page was turned to");
            page.count -= 1;
            let repeated = level(&mut page.repeated, &page.bytes, self.column.repeated)?;
            let defined = level(&mut page.defined, &page.bytes, self.column.defined)?;
            self.next = Some(Levels { repeated, defined });
        }
        Ok(self.next)
    }

    /// Goes past the next value, and gives it if it is there.
    ///
    /// # Errors
    /// If there is none, or it cannot be read.
    pub(super) fn take(&mut self, file: &mut File) -> io::Result<Option<Raw>> {
        let levels = self.peek(file)?;
        let levels = levels.ok_or_else(|| unsound("a column ends before the others"))?;
        self.next = None;
        match &mut self.page {
            Some((page, values)) if levels.defined == self.column.defined => {
                values.next(&page.bytes, &self.column, self.dictionary.as_ref()).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Turns to a page with values left; tells whether there is one.
    fn turn(&mut self, file: &mut File) -> io::Result<bool> {
        while self.page.as_ref().is_none_or(|(page, _)| page.count == 0) {
            if self.left == 0 {
                return Ok(false);
            }
            let physical = self.column.physical;
            match page::read(file, &mut self.at, self.codec, &self.column)? {
                Page::Dictionary { bytes, count } => {
                    self.dictionary = Some(Dictionary::new(bytes, count, physical)?);
                }
                Page::Data(page) => {
                    self.left = self.left.saturating_sub(page.count);
                    let values = Values::new(&page, physical)?;
                    self.page = Some((page, values));
                }
                Page::Other => {}
            }
        }
        Ok(true)
    }
}

/// The next level; pages leave levels out that are all 0.
fn level(levels: &mut Runs, bytes: &[u8], most: u32) -> io::Result<u32> {
    if most == 0 {
        return Ok(0);
    }
    let level = levels.next(bytes)?;
    if level > most { Err(unsound("a level is higher than there are")) } else { Ok(level) }
}
