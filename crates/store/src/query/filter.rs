//! Conditions of a question, joined with what they are to be filled with.

use jiff::civil::Date;
use rusqlite::types::Value;

/// The conditions of one SQL statement.
#[derive(Default)]
pub struct Filter {
    conditions: Vec<String>,
    values: Vec<Value>,
}

impl Filter {
    /// Adds a condition that has one `?`.
    pub fn with(&mut self, condition: impl Into<String>, value: impl Into<Value>) {
        self.conditions.push(condition.into());
        self.values.push(value.into());
    }

    /// Adds a condition that nothing fulfils.
    pub fn nothing(&mut self) {
        self.always("0");
    }

    /// Adds a condition without a value: only of these does SQLite know that an index on some of the
    /// rows has all that are wanted.
    pub fn always(&mut self, condition: impl Into<String>) {
        self.conditions.push(condition.into());
    }

    /// Adds bounds, both inclusive, on a column of days.
    pub fn between(&mut self, column: &str, since: Option<Date>, until: Option<Date>) {
        if let Some(since) = since {
            self.with(format!("{column} >= ?"), since.to_string());
        }
        if let Some(until) = until {
            self.with(format!("{column} <= ?"), until.to_string());
        }
    }

    /// The `WHERE` clause, empty if there are no conditions.
    pub fn clause(&self) -> String {
        if self.conditions.is_empty() {
            String::new()
        } else {
            format!(" WHERE {}", self.conditions.join(" AND "))
        }
    }

    /// What fills the clause, in order.
    pub fn values(&self) -> &[Value] {
        &self.values
    }
}
