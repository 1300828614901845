//! From bytes to text: byte order mark, then what the carrier declares, then detection.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes turned into text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The WHATWG name of the encoding.
    pub encoding: &'static str,
    /// How many malformed sequences became U+FFFD.
    pub replaced: usize,
}

/// Decodes `bytes`, in linear time.
///
/// The order is that of browsers: a byte order mark; UTF-8 if all of it is valid; `declared` (a
/// label from HTTP or a `meta` element) if it fits without a fault; UTF-16 by its zero bytes;
/// then detection. Text that is UTF-8 but for single broken sequences stays UTF-8.
#[must_use]
pub fn decode(bytes: &[u8], declared: Option<&str>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(&bytes[mark..], encoding);
    }
    if let Some(encoding) = utf16_by_zeros(bytes) {
        return decode_as(bytes, encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: text.to_owned(), encoding: UTF_8.name(), replaced: 0 };
    }
    let declared = declared.and_then(|label| Encoding::for_label(label.as_bytes()));
    if let Some(fitting) = declared.filter(|&encoding| encoding != UTF_8) {
        let decoded = decode_as(bytes, fitting);
        if decoded.replaced == 0 {
            return decoded;
        }
    }
    if is_broken_utf8(bytes) { decode_as(bytes, UTF_8) } else { decode_as(bytes, guess(bytes)) }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    let replaced = if malformed { text.matches('\u{fffd}').count() } else { 0 };
    Decoded { text: text.into_owned(), encoding: encoding.name(), replaced }
}

/// UTF-16 without a mark: text in any script has zero bytes for its spaces and line ends, all on
/// one side; a tenth on that side and none on the other is far from chance.
pub(crate) fn utf16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(crate::limits::HEAD)];
    let is_control = |byte: u8| byte.is_ascii_control() && !b"\t\n\r\x0c".contains(&byte);
    let (pairs, _) = head.as_chunks::<2>();
    // Beside a zero byte stands a printable one.
    if pairs.iter().any(|&[a, b]| (a == 0 && is_control(b)) || (b == 0 && is_control(a))) {
        return None;
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if half < 2 || (even + odd) * 10 < half {
        None
    } else if even == 0 {
        Some(UTF_16LE)
    } else {
        (odd == 0).then_some(UTF_16BE)
    }
}

/// Whether the bytes are UTF-8 with a few faults: more sequences of several bytes are sound than
/// broken (in any other encoding hardly one would be), or the only fault is a cut at the end.
fn is_broken_utf8(bytes: &[u8]) -> bool {
    let mut sound = 0;
    let mut broken = 0;
    let mut cut_at_end = false;
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
        cut_at_end = chunk.invalid().len() > 1 && bytes.ends_with(chunk.invalid());
    }
    sound > broken || (broken == 1 && cut_at_end)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SAMPLE: &str = "“Здравствуйте,” сказала она; — naïve café, l’été à Orléans.";

    fn check(bytes: &[u8], declared: Option<&str>, encoding: &str, text: &str) {
        let decoded = decode(bytes, declared);
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, text));
    }

    fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes_of).collect()
    }

    #[test]
    fn marks_are_obeyed_and_dropped() {
        check(format!("\u{feff}{SAMPLE}").as_bytes(), None, "UTF-8", SAMPLE);
        check(&utf16(&format!("\u{feff}{SAMPLE}"), u16::to_le_bytes), None, "UTF-16LE", SAMPLE);
        check(&utf16(&format!("\u{feff}{SAMPLE}"), u16::to_be_bytes), None, "UTF-16BE", SAMPLE);
    }

    #[test]
    fn utf16_is_told_without_a_mark() {
        check(&utf16(SAMPLE, u16::to_le_bytes), None, "UTF-16LE", SAMPLE);
        check(&utf16(SAMPLE, u16::to_be_bytes), None, "UTF-16BE", SAMPLE);
    }

    #[test]
    fn windows_code_pages_are_declared_or_detected() {
        let western = "The “café” in Orléans was closed, and the naïve visitor’s rôle was over.";
        let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(western);
        check(&bytes, None, "windows-1252", western);
        check(&bytes, Some("iso-8859-1"), "windows-1252", western);
        let cyrillic = "Президент сообщил во вторник, что переговоры продолжатся в Женеве.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(cyrillic);
        check(&bytes, None, "windows-1251", cyrillic);
        let polish = "Żółta łódź płynęła po Wiśle, a burmistrz mówił o źródłach powodzi.";
        let (bytes, ..) = encoding_rs::WINDOWS_1250.encode(polish);
        check(&bytes, Some("windows-1250"), "windows-1250", polish);
    }

    #[test]
    fn broken_utf8_stays_utf8_and_is_counted() {
        let mut bytes = "“We will appeal,” she said; “at once”".as_bytes().to_vec();
        bytes[5] = 0xff;
        let decoded = decode(&bytes, None);
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
        let decoded = decode(b"The cut report ends with \xe2\x80", None);
        assert_eq!((decoded.encoding, decoded.replaced), ("UTF-8", 1));
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&bytes, None);
        }

        #[test]
        fn utf8_is_kept_to_the_byte(text in "[a-zé“\r\n ]{1,80}") {
            let decoded = decode(text.as_bytes(), Some("windows-1252"));
            prop_assert_eq!(decoded.text, text);
        }
    }
}
