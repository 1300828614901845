//! The rows of a document's tokens, computed block by block when first asked for.
//!
//! A row takes 4 KiB in the parser, so those of a long document would fill the memory. They are kept
//! for the blocks used last; an older block that is asked for again is computed again. A state looks
//! at few places, so each needs few blocks at once and the work stays linear in the text.

use std::ops::Range;

/// Tokens in a block at most.
pub(crate) const BLOCK: usize = 512;

/// Rows of `width` values, for the blocks used last.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// Tokens in each block but the last.
    size: usize,
    length: usize,
    /// Which buffer holds each block.
    buffer_of: Vec<Option<u8>>,
    buffers: Vec<Buffer>,
    clock: u64,
}

#[derive(Debug, Default)]
struct Buffer {
    block: Option<usize>,
    used: u64,
    rows: Vec<f32>,
}

impl Rows {
    /// Start a document of `length` tokens, blocks as equal as can be.
    pub(crate) fn start(&mut self, length: usize, buffers: usize) {
        let blocks = length.div_ceil(BLOCK).max(1);
        self.size = length.div_ceil(blocks).max(1);
        self.length = length;
        self.buffer_of.clear();
        self.buffer_of.resize(blocks, None);
        self.buffers.truncate(buffers);
        self.buffers.iter_mut().for_each(|buffer| buffer.block = None);
        self.clock = 0;
        // Buffers are made when needed; `buffers` is their limit.
        self.buffers.reserve(buffers);
        self.limit(buffers);
    }

    fn limit(&mut self, buffers: usize) {
        while self.buffers.len() < buffers.min(self.buffer_of.len()) {
            self.buffers.push(Buffer::default());
        }
    }

    /// Make sure the row of `token` is there, filling its whole block with `fill` if not.
    #[inline]
    pub(crate) fn ensure(&mut self, token: usize, fill: impl FnOnce(Range<usize>, &mut Vec<f32>)) {
        let block = token / self.size;
        self.clock += 1;
        if let Some(buffer) = self.buffer_of[block] {
            self.buffers[usize::from(buffer)].used = self.clock;
            return;
        }
        let oldest = self.oldest();
        let buffer = &mut self.buffers[oldest];
        if let Some(old) = buffer.block.replace(block) {
            self.buffer_of[old] = None;
        }
        buffer.used = self.clock;
        self.buffer_of[block] = u8::try_from(oldest).ok();
        let start = block * self.size;
        fill(start..self.length.min(start + self.size), &mut buffer.rows);
    }

    fn oldest(&self) -> usize {
        let age = |&(_, buffer): &(usize, &Buffer)| (buffer.block.is_some(), buffer.used);
        self.buffers.iter().enumerate().min_by_key(age).map_or(0, |(at, _)| at)
    }

    /// The part of `token`'s row at `place`, which [`ensure`](Self::ensure) has put there.
    #[inline]
    pub(crate) fn part<const N: usize>(
        &self,
        token: usize,
        places: usize,
        place: usize,
    ) -> &[f32; N] {
        let block = token / self.size;
        let buffer = self.buffer_of[block].expect("rows are ensured before they are read");
        let row = (token - block * self.size) * places + place;
        self.buffers[usize::from(buffer)].rows[row * N..]
            .first_chunk()
            .expect("blocks are filled whole")
    }
}
