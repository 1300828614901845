//! How the model's values look in a column.

use jiff::civil::Date;
use serde::Serialize;

/// An id as SQLite keeps integers.
pub fn key(number: u64) -> i64 {
    number.cast_signed()
}

/// The id behind a key.
pub fn number(key: i64) -> u64 {
    key.cast_unsigned()
}

/// A day as ISO 8601 writes it, so that text order is time order.
pub fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

/// The name of an enumeration's value, the same as in the records that leave the program.
pub fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => unreachable!("only plain enumerations have names: {other:?}"),
    }
}
