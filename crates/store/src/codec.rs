//! Records as bytes: MessagePack with field names, compressed where that pays.
//!
//! Field names keep old records readable when a field is added; MessagePack keeps every float bit
//! for bit, which JSON does not for infinities. The first byte tells how the rest is packed.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Uncompressed MessagePack follows.
const PLAIN: u8 = 0;
/// A zstd frame with a checksum follows.
const ZSTD: u8 = 1;
/// Below this many bytes a record is left as it is: a frame's header and checksum take twenty
/// bytes, and so short a record says little twice.
const WORTH_COMPRESSING: usize = 256;
/// zstd's default: a document is packed once and read many times, but packing shares the cores
/// with annotating.
const LEVEL: i32 = 3;
/// No record unpacks to more: a damaged length must not take all memory.
const LARGEST: usize = 1 << 30;

/// The error of a record that does not unpack.
pub type Damage = Box<dyn std::error::Error + Send + Sync>;

/// `record` as bytes. The same record always gives the same bytes.
pub fn pack(record: &impl Serialize) -> Vec<u8> {
    let plain = rmp_serde::to_vec_named(record).expect("model types serialise");
    if plain.len() < WORTH_COMPRESSING {
        return tagged(PLAIN, &plain);
    }
    tagged(ZSTD, &compress(&plain))
}

/// `record` as bytes that are never compressed, for what is read again soon.
pub fn pack_plain(record: &impl Serialize) -> Vec<u8> {
    tagged(PLAIN, &rmp_serde::to_vec_named(record).expect("model types serialise"))
}

/// What [`pack`] or [`pack_plain`] packed.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Damage> {
    match bytes.split_first() {
        Some((&PLAIN, rest)) => Ok(rmp_serde::from_slice(rest)?),
        Some((&ZSTD, rest)) => Ok(rmp_serde::from_slice(&decompress(rest)?)?),
        Some((tag, _)) => Err(format!("unknown packing {tag}").into()),
        None => Err("no bytes".into()),
    }
}

fn tagged(tag: u8, rest: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rest.len() + 1);
    bytes.push(tag);
    bytes.extend_from_slice(rest);
    bytes
}

fn compress(plain: &[u8]) -> Vec<u8> {
    let mut compressor = zstd::bulk::Compressor::new(LEVEL).expect("the level exists");
    compressor.include_checksum(true).expect("zstd knows checksums");
    compressor.compress(plain).expect("compressing in memory succeeds")
}

fn decompress(frame: &[u8]) -> Result<Vec<u8>, Damage> {
    let size = zstd::zstd_safe::get_frame_content_size(frame)
        .map_err(|_| "not a zstd frame")?
        .and_then(|size| usize::try_from(size).ok())
        .filter(|&size| size <= LARGEST)
        .ok_or("a zstd frame of no sensible size")?;
    Ok(zstd::bulk::decompress(frame, size)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use stemma_model::Reason;

    use super::*;

    proptest! {
        #[test]
        fn round_trips(note in "(?s).{0,600}", score in proptest::option::of(any::<f32>().prop_filter("equal to itself", |x| !x.is_nan()))) {
            let mut reason = Reason::new("rule", note).because(Reason::new("part", ""));
            reason.score = score;
            prop_assert_eq!(unpack::<Reason>(&pack(&reason)).unwrap(), reason);
        }

        #[test]
        fn rubbish_is_an_error(mut bytes in proptest::collection::vec(any::<u8>(), 0..80), tag in 0u8..3) {
            if let Some(first) = bytes.first_mut() { *first = tag; }
            // Whatever comes out, nothing panics and no memory is taken on a damaged length's word.
            let _ = unpack::<Reason>(&bytes);
        }
    }

    #[test]
    fn a_flipped_bit_is_noticed() {
        let reason = Reason::new("rule", "a note that is long enough ".repeat(40));
        let mut bytes = pack(&reason);
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        assert!(unpack::<Reason>(&bytes).is_err());
    }
}
