//! What a value stands for, in JSON.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::footer::{Column, Meaning, Physical};
use super::values::Raw;
use crate::encoding;

/// The nanoseconds of a day.
const DAY: i128 = 86_400_000_000_000;

/// 1970-01-01 in days since the beginning of 4713 before Christ, as `INT96` counts them.
const JULIAN_EPOCH: i128 = 2_440_588;

/// The value of a cell; null for what JSON has nothing for: bytes that are no text, and numbers
/// that are none.
pub(super) fn cell(raw: Raw, column: &Column) -> Value {
    match (raw, column.meaning) {
        (Raw::Boolean(value), _) => Value::Bool(value),
        (Raw::Float(number), _) => Value::from(number),
        (Raw::Int(number), meaning) => whole(number, meaning, column.physical),
        (Raw::Bytes(bytes), _) if column.physical == Physical::Int96 => int96(&bytes),
        (Raw::Bytes(bytes), Meaning::Decimal { scale }) => {
            integer(&bytes).map_or(Value::Null, |number| decimal(number, scale))
        }
        (Raw::Bytes(bytes), Meaning::Text) => Value::String(text(bytes)),
        (Raw::Bytes(bytes), Meaning::Json) => {
            let text = text(bytes);
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        (Raw::Bytes(bytes), Meaning::Uuid) => uuid(&bytes).map_or(Value::Null, Value::String),
        // Older writers do not mark text as such.
        (Raw::Bytes(bytes), _) => String::from_utf8(bytes).map_or(Value::Null, Value::String),
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|fault| encoding::decode(fault.as_bytes(), None).text)
}

/// What a whole number stands for; a date that no calendar has stays a number.
fn whole(number: i64, meaning: Meaning, physical: Physical) -> Value {
    let stands_for = match meaning {
        Meaning::Date => clock(i128::from(number) * DAY).map(|at| at.date().to_string().into()),
        Meaning::Timestamp { nanoseconds, is_instant } => {
            timestamp(i128::from(number) * i128::from(nanoseconds), is_instant)
        }
        Meaning::Decimal { scale } => Some(decimal(i128::from(number), scale)),
        Meaning::Unsigned if physical == Physical::Int32 => Some(Value::from(number as u32)),
        Meaning::Unsigned => Some(Value::from(number as u64)),
        Meaning::Itself | Meaning::Text | Meaning::Json | Meaning::Uuid => None,
    };
    stands_for.unwrap_or_else(|| Value::from(number))
}

/// The date and time so many nanoseconds from the beginning of 1970.
fn clock(nanoseconds: i128) -> Option<DateTime> {
    let instant = Timestamp::from_nanosecond(nanoseconds).ok()?;
    Some(instant.to_zoned(TimeZone::UTC).datetime())
}

/// With a `Z` behind it if it is an instant, without if no time zone is named.
fn timestamp(nanoseconds: i128, is_instant: bool) -> Option<Value> {
    let mark = if is_instant { "Z" } else { "" };
    clock(nanoseconds).map(|at| format!("{at}{mark}").into())
}

/// The older form of an instant: nanoseconds of a day, and the day.
fn int96(bytes: &[u8]) -> Value {
    let time = bytes.first_chunk().map(|bytes| i128::from(u64::from_le_bytes(*bytes)));
    let day = bytes.last_chunk().map(|bytes| i128::from(i32::from_le_bytes(*bytes)));
    let nanoseconds = time.zip(day).map(|(time, day)| (day - JULIAN_EPOCH) * DAY + time);
    nanoseconds.and_then(|at| timestamp(at, true)).unwrap_or_default()
}

/// In groups of hexadecimal digits, as RFC 9562 writes it.
fn uuid(bytes: &[u8]) -> Option<String> {
    let number = u128::from_be_bytes(bytes.try_into().ok()?);
    let digits = format!("{number:032x}");
    let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|group| &digits[group]);
    Some(groups.join("-"))
}

/// The whole number in up to 16 bytes, the highest first.
fn integer(bytes: &[u8]) -> Option<i128> {
    let first = *bytes.first().filter(|_| bytes.len() <= 16)? as i8;
    Some(bytes[1..].iter().fold(i128::from(first), |sum, &byte| sum << 8 | i128::from(byte)))
}

/// A number with a point, as a string: JSON's own numbers would round it.
fn decimal(number: i128, scale: u32) -> Value {
    let sign = if number < 0 { "-" } else { "" };
    let digits = format!("{:0>1$}", number.unsigned_abs(), scale as usize + 1);
    let (whole, fraction) = digits.split_at(digits.len() - scale as usize);
    let point = if fraction.is_empty() { "" } else { "." };
    Value::String(format!("{sign}{whole}{point}{fraction}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(raw: Raw, physical: Physical, meaning: Meaning, expected: Value) {
        let column = Column { physical, meaning, defined: 0, repeated: 0 };
        assert_eq!(cell(raw, &column), expected);
    }

    #[test]
    fn dates_and_times() {
        let ms = |is_instant| Meaning::Timestamp { nanoseconds: 1_000_000, is_instant };
        let noon = Raw::Int(1_717_156_800_000);
        check(Raw::Int(19_874), Physical::Int32, Meaning::Date, json!("2024-05-31"));
        check(Raw::Int(-1), Physical::Int32, Meaning::Date, json!("1969-12-31"));
        check(noon.clone(), Physical::Int64, ms(true), json!("2024-05-31T12:00:00Z"));
        check(noon, Physical::Int64, ms(false), json!("2024-05-31T12:00:00"));
        check(Raw::Int(i64::MAX), Physical::Int64, ms(true), json!(i64::MAX));
        // Twelve hours in nanoseconds, and the day.
        let int96 =
            [&43_200_000_000_000_u64.to_le_bytes()[..], &2_460_462_u32.to_le_bytes()].concat();
        let int96 = Raw::Bytes(int96);
        check(int96, Physical::Int96, Meaning::Itself, json!("2024-05-31T12:00:00Z"));
    }

    #[test]
    fn numbers() {
        let price = Meaning::Decimal { scale: 2 };
        check(Raw::Int(-320), Physical::Int32, price, json!("-3.20"));
        check(Raw::Bytes(vec![0xfe, 0xc0]), Physical::Fixed(2), price, json!("-3.20"));
        check(Raw::Int(5), Physical::Int64, Meaning::Decimal { scale: 0 }, json!("5"));
        check(Raw::Int(-1), Physical::Int32, Meaning::Unsigned, json!(u32::MAX));
        check(Raw::Int(-1), Physical::Int64, Meaning::Unsigned, json!(u64::MAX));
        check(Raw::Float(f64::NAN), Physical::Double, Meaning::Itself, Value::Null);
    }

    #[test]
    fn texts_and_bytes() {
        let bytes = |bytes: &[u8]| Raw::Bytes(bytes.to_vec());
        check(bytes("é".as_bytes()), Physical::Bytes, Meaning::Itself, json!("é"));
        check(bytes(b"\xff\xd8\xff"), Physical::Bytes, Meaning::Itself, Value::Null);
        check(bytes(b"caf\xe9 au lait"), Physical::Bytes, Meaning::Text, json!("café au lait"));
        let uuid = "00112233-4455-6677-8899-aabbccddeeff";
        let sixteen: Vec<u8> = (0..16).map(|n| n * 0x11).collect();
        check(Raw::Bytes(sixteen), Physical::Fixed(16), Meaning::Uuid, json!(uuid));
        check(bytes(br#"["Jo"]"#), Physical::Bytes, Meaning::Json, json!(["Jo"]));
    }
}
