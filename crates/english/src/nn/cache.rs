//! What is remembered of tokens already seen.
//!
//! The mixer and the first layer's products are pure functions of a token's [`Key`], so remembering
//! them changes no answer. Memory is bounded: slots are reused by the clock algorithm (a slot used
//! since the hand last passed gets a second chance), and the rarest tokens are computed again.

use pulp::Arch;
use rapidhash::RapidHashMap;

use super::tok2vec::{Key, REMEMBERED, Tok2Vec};
use super::{UNMAXED, WIDTH};

/// Keys remembered by each network of each thread: 3,840 bytes each, so 31 MB. Measured on news:
/// 8,192 answer about nine tokens in ten.
const CAPACITY: usize = 8192;

/// The place of one token's memory; the first holds zeros, for rows outside the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Slot(u32);

impl Slot {
    pub(crate) const OUTSIDE: Self = Self(0);
}

/// The memory of one network.
#[derive(Debug)]
pub(crate) struct Cache {
    rows: Vec<f32>,
    slots: RapidHashMap<Key, Slot>,
    keys: Vec<Option<Key>>,
    /// When each slot was last asked for, in calls of [`resolve`](Self::resolve).
    used: Vec<u32>,
    recent: Vec<bool>,
    now: u32,
    hand: usize,
}

impl Default for Cache {
    fn default() -> Self {
        Self {
            rows: vec![0.0; REMEMBERED],
            slots: RapidHashMap::default(),
            keys: vec![None],
            used: vec![0],
            recent: vec![false],
            now: 0,
            hand: 0,
        }
    }
}

impl Cache {
    /// The slots of `keys`, at most half of [`CAPACITY`] of them, filled; they hold until the next call.
    pub(crate) fn resolve(
        &mut self,
        network: &Tok2Vec,
        arch: Arch,
        keys: &[Key],
        slots: &mut Vec<Slot>,
    ) {
        self.now = self.now.wrapping_add(1);
        let mut new_keys = Vec::new();
        let mut new_slots = Vec::new();
        for &key in keys {
            let known = self.slots.get(&key).copied();
            let slot = known.unwrap_or_else(|| {
                let slot = self.free_slot();
                self.occupy(slot, key);
                new_keys.push(key);
                new_slots.push(slot);
                slot
            });
            self.used[slot.0 as usize] = self.now;
            self.recent[slot.0 as usize] = true;
            slots.push(slot);
        }
        let digests = network.digest(arch, &new_keys);
        for (slot, digest) in new_slots.iter().zip(digests.chunks_exact(REMEMBERED)) {
            self.rows[slot.0 as usize * REMEMBERED..][..REMEMBERED].copy_from_slice(digest);
        }
    }

    fn free_slot(&mut self) -> Slot {
        if self.keys.len() <= CAPACITY {
            self.rows.resize(self.rows.len() + REMEMBERED, 0.0);
            self.keys.push(None);
            self.used.push(self.now);
            self.recent.push(false);
            return slot(self.keys.len() - 1);
        }
        loop {
            self.hand = self.hand % CAPACITY + 1;
            if !std::mem::take(&mut self.recent[self.hand]) && self.used[self.hand] != self.now {
                return slot(self.hand);
            }
        }
    }

    fn occupy(&mut self, slot: Slot, key: Key) {
        if let Some(old) = self.keys[slot.0 as usize].replace(key) {
            self.slots.remove(&old);
        }
        self.slots.insert(key, slot);
    }

    /// The mixer output.
    #[inline(always)]
    pub(super) fn vector(&self, slot: Slot) -> &[f32; WIDTH] {
        self.part(slot, 0)
    }

    /// The products of the first layer with this token as left neighbour (0), itself (1), right (2).
    #[inline(always)]
    pub(super) fn products(&self, slot: Slot, neighbour: usize) -> &[f32; UNMAXED] {
        self.part(slot, WIDTH + neighbour * UNMAXED)
    }

    #[inline(always)]
    fn part<const N: usize>(&self, slot: Slot, start: usize) -> &[f32; N] {
        let row = &self.rows[slot.0 as usize * REMEMBERED + start..];
        row.first_chunk().expect("every slot has a whole row")
    }
}

fn slot(index: usize) -> Slot {
    Slot(u32::try_from(index).expect("a few thousand slots"))
}
