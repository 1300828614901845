//! Words that stand in like company, from unlabelled news.

/// Two clusterings of frequent words, by the hash of the lower-cased word.
///
/// Made by `cargo xtask cluster-words`; no word itself is stored.
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    keys: Vec<u32>,
    values: Vec<[u16; 2]>,
}

const SHIPPED: &[u8] = include_bytes!("../../models/clusters.bin");

/// Bytes an entry takes: key, coarse, fine.
const ENTRY: usize = 8;

impl Clusters {
    /// The clusters that ship.
    #[must_use]
    pub fn load() -> Self {
        Self::read(SHIPPED)
    }

    /// Clusters from entries of eight little-endian bytes, sorted by key.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let mut clusters = Self::default();
        for entry in bytes.chunks_exact(ENTRY) {
            clusters.keys.push(u32::from_le_bytes([entry[0], entry[1], entry[2], entry[3]]));
            let half = |at: usize| u16::from_le_bytes([entry[at], entry[at + 1]]);
            clusters.values.push([half(4), half(6)]);
        }
        clusters
    }

    /// The coarse and the fine cluster of the word with this hash; zeroes for none.
    #[must_use]
    pub fn of(&self, word: u32) -> [u16; 2] {
        self.keys.binary_search(&word).map_or([0, 0], |at| self.values[at])
    }
}
