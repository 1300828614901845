//! The two hashes the trained weights depend on.

/// `MurmurHash64A` (Austin Appleby, public domain) with the seed spaCy uses for strings.
pub(crate) fn string_hash(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const SEED: u64 = 1;
    let mix = |k: u64| {
        let k = k.wrapping_mul(M);
        (k ^ (k >> 47)).wrapping_mul(M)
    };
    let (words, tail) = bytes.as_chunks::<8>();
    let start = SEED ^ (bytes.len() as u64).wrapping_mul(M);
    let mut hash =
        words.iter().fold(start, |h, &word| (h ^ mix(u64::from_le_bytes(word))).wrapping_mul(M));
    if !tail.is_empty() {
        let rest = tail.iter().rev().fold(0, |value, &byte| (value << 8) | u64::from(byte));
        hash = (hash ^ rest).wrapping_mul(M);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(M);
    hash ^ (hash >> 47)
}

/// `MurmurHash3_x64_128` of the eight bytes of `value`, as four 32-bit lanes: the rows of a hash
/// embedding are these lanes modulo the table's length.
pub(crate) fn embedding_lanes(value: u64, seed: u32) -> [u32; 4] {
    let seed = u64::from(seed);
    let finish = |k: u64| {
        let k = (k ^ (k >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let k = (k ^ (k >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        k ^ (k >> 33)
    };
    let k1 = value
        .wrapping_mul(0x87c3_7b91_1142_53d5)
        .rotate_left(31)
        .wrapping_mul(0x4cf5_ad43_2745_937f);
    let h1 = (k1 ^ seed ^ 8).wrapping_add(seed ^ 8);
    let h2 = (seed ^ 8).wrapping_add(h1);
    let (h1, h2) = (finish(h1), finish(h2));
    let h1 = h1.wrapping_add(h2);
    let h2 = h2.wrapping_add(h1);
    [low(h1), low(h1 >> 32), low(h2), low(h2 >> 32)]
}

/// The low 32 bits.
#[expect(clippy::cast_possible_truncation, reason = "the low half is what is wanted")]
const fn low(value: u64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_hash_as_in_spacy() {
        assert_eq!(string_hash(b"apple"), 8_566_208_034_543_834_098);
        assert_eq!(string_hash(b"coffee"), 3_197_928_453_018_144_401);
    }
}
