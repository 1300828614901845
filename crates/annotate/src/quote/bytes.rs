//! Reading a model's bytes: each function takes its value off the front.

/// The next `N` bytes.
pub(super) fn take<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let (head, rest) = bytes.split_first_chunk().expect("a whole model");
    *bytes = rest;
    *head
}

pub(super) fn byte(bytes: &mut &[u8]) -> u8 {
    let [byte] = take(bytes);
    byte
}

pub(super) fn float(bytes: &mut &[u8]) -> f32 {
    f32::from_le_bytes(take(bytes))
}

pub(super) fn count(bytes: &mut &[u8]) -> u32 {
    u32::from_le_bytes(take(bytes))
}

/// A number in LEB128.
pub(super) fn varint(bytes: &mut &[u8]) -> u32 {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let byte = byte(bytes);
        value |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    value
}
