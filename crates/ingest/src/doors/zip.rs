//! ZIP archives (PKWARE APPNOTE 6.3, ZIP64): WACZ web archives, and reports sent in one file.
//!
//! Only what reading needs: the central directory, and members that are stored or deflated.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::DeflateDecoder;

use super::unsound;

/// One file in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its path inside the archive.
    pub(crate) name: String,
    header: u64,
    packed: u64,
    method: u16,
    encrypted: bool,
}

/// The most entries that are listed: the largest WACZ files have some thousands, a member each
/// for pages, indexes and archives.
const MOST_MEMBERS: u64 = 1_000_000;

/// The files in the archive at `path`, in the order of its directory; folders are left out.
///
/// # Errors
/// If the archive cannot be read, or has no sound directory (`InvalidData`).
pub(crate) fn members(path: &Path) -> io::Result<Vec<Member>> {
    let mut file = File::open(path)?;
    let length = file.seek(SeekFrom::End(0))?;
    let (start, size, count) = directory(&mut file, length)?;
    if start.checked_add(size).is_none_or(|end| end > length) || count > MOST_MEMBERS {
        return Err(unsound("the directory lies outside the file"));
    }
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes)?;
    let mut found = Vec::new();
    let mut rest = bytes.as_slice();
    while let Some((member, after)) = entry(rest) {
        rest = after;
        if !member.name.ends_with('/') {
            found.push(member);
        }
    }
    Ok(found)
}

impl Member {
    /// The member's bytes, unpacked as they are read.
    ///
    /// # Errors
    /// If the archive cannot be read, or the member is encrypted or packed in another way.
    pub(crate) fn open(&self, archive: &Path) -> io::Result<Box<dyn Read + Send>> {
        if self.encrypted {
            return Err(unsound("the member is encrypted"));
        }
        let mut file = File::open(archive)?;
        file.seek(SeekFrom::Start(self.header))?;
        let mut local = [0; 30];
        file.read_exact(&mut local)?;
        if !local.starts_with(b"PK\x03\x04") {
            return Err(unsound("the member is not where the directory says"));
        }
        let skipped = u64::from(u16_at(&local, 26)) + u64::from(u16_at(&local, 28));
        file.seek(SeekFrom::Current(skipped as i64))?;
        let packed = BufReader::new(file).take(self.packed);
        match self.method {
            0 => Ok(Box::new(packed)),
            8 => Ok(Box::new(DeflateDecoder::new(packed))),
            _ => Err(unsound("the member is neither stored nor deflated")),
        }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().expect("two bytes"))
}

fn u32_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

/// Start, size and entries of the central directory, from the record at the end of the file.
fn directory(file: &mut File, length: u64) -> io::Result<(u64, u64, u64)> {
    // The record has 22 bytes, behind it a comment of at most 65,535.
    let near = length.min(22 + 65_535);
    file.seek(SeekFrom::Start(length - near))?;
    let mut tail = Vec::new();
    file.take(near).read_to_end(&mut tail)?;
    let at = (0..tail.len().saturating_sub(21))
        .rev()
        .find(|&at| tail[at..].starts_with(b"PK\x05\x06"))
        .ok_or_else(|| unsound("the archive has no directory: it may be cut short"))?;
    let end = &tail[at..];
    let plain = (u32_at(end, 16), u32_at(end, 12), u64::from(u16_at(end, 10)));
    if plain.0 != 0xffff_ffff && plain.1 != 0xffff_ffff && plain.2 != 0xffff {
        return Ok(plain);
    }
    // The ZIP64 locator stands 20 bytes before, and says where the larger record is.
    let locator = at.checked_sub(20).map(|start| &tail[start..at]);
    let Some(locator) = locator.filter(|locator| locator.starts_with(b"PK\x06\x07")) else {
        return Ok(plain);
    };
    file.seek(SeekFrom::Start(u64_at(locator, 8)))?;
    let mut large = [0; 56];
    file.read_exact(&mut large)?;
    if !large.starts_with(b"PK\x06\x06") {
        return Err(unsound("the archive's ZIP64 directory is not where it says"));
    }
    Ok((u64_at(&large, 48), u64_at(&large, 40), u64_at(&large, 32)))
}

/// The first entry of a central directory, and what follows it.
fn entry(bytes: &[u8]) -> Option<(Member, &[u8])> {
    if bytes.len() < 46 || !bytes.starts_with(b"PK\x01\x02") {
        return None;
    }
    let (name, extra, comment) =
        (u16_at(bytes, 28) as usize, u16_at(bytes, 30) as usize, u16_at(bytes, 32) as usize);
    let name_at = bytes.get(46..46 + name)?;
    let extra_at = bytes.get(46 + name..46 + name + extra)?;
    let rest = bytes.get(46 + name + extra + comment..)?;
    let (mut packed, mut header) = (u32_at(bytes, 20), u32_at(bytes, 42));
    let unpacked_is_large = u32_at(bytes, 24) == 0xffff_ffff;
    if let Some(mut large) = zip64(extra_at) {
        let mut take = |wanted: bool| {
            let value = wanted.then(|| large.get(..8).map(|value| u64_at(value, 0))).flatten()?;
            large = &large[8..];
            Some(value)
        };
        take(unpacked_is_large);
        packed = take(packed == 0xffff_ffff).unwrap_or(packed);
        header = take(header == 0xffff_ffff).unwrap_or(header);
    }
    let member = Member {
        name: String::from_utf8_lossy(name_at).into_owned(),
        header,
        packed,
        method: u16_at(bytes, 10),
        encrypted: u16_at(bytes, 8) & 1 == 1,
    };
    Some((member, rest))
}

/// The ZIP64 part of an entry's extra field.
fn zip64(mut extra: &[u8]) -> Option<&[u8]> {
    while extra.len() >= 4 {
        let (kind, size) = (u16_at(extra, 0), u16_at(extra, 2) as usize);
        let value = extra.get(4..4 + size)?;
        if kind == 1 {
            return Some(value);
        }
        extra = &extra[4 + size..];
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use proptest::prelude::*;

    use super::*;

    /// An archive of those members, every second one deflated.
    pub(crate) fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut bytes, mut directory) = (Vec::new(), Vec::new());
        for (index, (name, content)) in members.iter().enumerate() {
            let (method, packed) = match index % 2 {
                0 => (0_u16, content.to_vec()),
                _ => {
                    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
                    encoder.write_all(content).expect("memory takes it");
                    (8, encoder.finish().expect("memory takes it"))
                }
            };
            let header = bytes.len() as u32;
            let mut common = Vec::new();
            common.extend([20, 0, 0, 0]);
            common.extend(method.to_le_bytes());
            common.extend([0; 8]);
            common.extend((packed.len() as u32).to_le_bytes());
            common.extend((content.len() as u32).to_le_bytes());
            common.extend((name.len() as u16).to_le_bytes());
            common.extend([0, 0]);
            bytes.extend(b"PK\x03\x04");
            bytes.extend(&common);
            bytes.extend(name.as_bytes());
            bytes.extend(&packed);
            directory.extend(b"PK\x01\x02\x14\x00");
            directory.extend(&common);
            directory.extend([0; 10]);
            directory.extend(header.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let start = bytes.len() as u32;
        bytes.extend(&directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend((members.len() as u16).to_le_bytes());
        bytes.extend((members.len() as u16).to_le_bytes());
        bytes.extend((directory.len() as u32).to_le_bytes());
        bytes.extend(start.to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }

    #[test]
    fn members_are_listed_and_unpacked() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.zip");
        std::fs::write(&path, archive(&[("one.txt", b"One"), ("b/two.txt", b"Two"), ("b/", b"")]))
            .expect("a file");
        let found = members(&path).expect("an archive");
        let read: Vec<(String, String)> = found
            .iter()
            .map(|member| {
                let mut text = String::new();
                member.open(&path).expect("a member").read_to_string(&mut text).expect("text");
                (member.name.clone(), text)
            })
            .collect();
        let expected = [("one.txt", "One"), ("b/two.txt", "Two")];
        assert_eq!(read, expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }

    proptest! {
        #[test]
        fn damage_ends_in_an_error_or_in_members(at in 0_usize..200, byte: u8, cut in 0_usize..220) {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let path = folder.path().join("a.zip");
            let mut bytes = archive(&[("one.txt", b"One"), ("two.txt", b"Two")]);
            let length = bytes.len();
            bytes[at % length] = byte;
            bytes.truncate(cut);
            std::fs::write(&path, bytes).expect("a file");
            for member in members(&path).unwrap_or_default() {
                if let Ok(bytes) = member.open(&path) {
                    let _ = bytes.take(1000).read_to_end(&mut Vec::new());
                }
            }
        }
    }
}
