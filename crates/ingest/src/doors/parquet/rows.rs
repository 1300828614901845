//! Rows put together again from their columns.

use std::io;

use serde_json::{Map, Value};

use super::cells::cell;
use super::file::File;
use super::footer::{Column, Group, Node, Repetition, Shape};
use super::leaf::{Leaf, Levels};
use super::unsound;
use super::values::Raw;
use crate::limits::MAX_RECORD;

/// What a value costs of a row's [`MAX_RECORD`] bytes beside its own: about what it takes in
/// memory. A few bytes make a list of billions of empty ones.
const COST: usize = 32;

/// The rows of one row group.
pub(super) struct Rows {
    leaves: Vec<Leaf>,
    /// How many are to come.
    pub(super) left: u64,
    /// How many bytes the row that is being read may still take.
    room: usize,
}

impl Rows {
    pub(super) fn new(group: Group, columns: &[Column]) -> Self {
        let chunks = group.chunks.into_iter().zip(columns);
        let leaves = chunks.map(|(chunk, column)| Leaf::new(column.clone(), chunk)).collect();
        Self { leaves, left: group.rows, room: MAX_RECORD }
    }

    /// The next row of these fields, without those that are null.
    ///
    /// # Errors
    /// If there is none that is sound; `FileTooLarge` if it has more than [`MAX_RECORD`] bytes.
    pub(super) fn next(
        &mut self,
        fields: &[Node],
        file: &mut File,
    ) -> io::Result<Map<String, Value>> {
        self.room = MAX_RECORD;
        for leaf in self.leaves.iter_mut().filter(|leaf| leaf.column.repeated > 0) {
            if leaf.peek(file)?.is_some_and(|levels| levels.repeated > 0) {
                return Err(unsound("its columns do not fit together"));
            }
        }
        let mut row = Map::new();
        for field in fields {
            let value = self.value(field, file)?;
            if !value.is_null() {
                row.insert(field.name.clone(), value);
            }
        }
        self.left -= 1;
        Ok(row)
    }

    /// The value of a node: null or an empty list if it is not there.
    fn value(&mut self, node: &Node, file: &mut File) -> io::Result<Value> {
        self.spend(node.name.len())?;
        let is_there = node.repetition == Repetition::Required
            || self.levels(node, file)?.defined >= node.defined;
        match node.repetition {
            Repetition::Required | Repetition::Optional if is_there => self.present(node, file),
            Repetition::Repeated if is_there => {
                let mut values = vec![self.present(node, file)?];
                while self.goes_on(node, file)? {
                    values.push(self.present(node, file)?);
                }
                Ok(Value::Array(values))
            }
            Repetition::Required | Repetition::Optional => {
                self.pass(node, file).map(|()| Value::Null)
            }
            Repetition::Repeated => self.pass(node, file).map(|()| Value::Array(Vec::new())),
        }
    }

    /// The value of a node that is there.
    fn present(&mut self, node: &Node, file: &mut File) -> io::Result<Value> {
        match &node.shape {
            Shape::Leaf => {
                let leaf = &mut self.leaves[node.columns.start];
                let Some(raw) = leaf.take(file)? else { return Ok(Value::Null) };
                let length = if let Raw::Bytes(bytes) = &raw { bytes.len() } else { 0 };
                let value = cell(raw, &leaf.column);
                self.spend(length)?;
                Ok(value)
            }
            Shape::Struct(fields) => {
                let fields =
                    fields.iter().map(|field| Ok((field.name.clone(), self.value(field, file)?)));
                fields.collect::<io::Result<_>>().map(Value::Object)
            }
            Shape::Around(inner) => self.value(inner, file),
            Shape::Map(pairs) => self.value(pairs, file).map(|value| object(value, pairs)),
        }
    }

    /// Whether another one of a repeated node follows in the same list.
    fn goes_on(&mut self, node: &Node, file: &mut File) -> io::Result<bool> {
        let next = self.leaves[node.columns.start].peek(file)?;
        Ok(next.is_some_and(|levels| levels.repeated == node.repeated))
    }

    /// The levels of the next value below a node.
    fn levels(&mut self, node: &Node, file: &mut File) -> io::Result<Levels> {
        let next = self.leaves[node.columns.start].peek(file)?;
        next.ok_or_else(|| unsound("a column ends before the others"))
    }

    /// Goes past a node that is not there: each column below it has a mark for that.
    fn pass(&mut self, node: &Node, file: &mut File) -> io::Result<()> {
        self.leaves[node.columns.clone()].iter_mut().try_for_each(|leaf| leaf.take(file).map(drop))
    }

    fn spend(&mut self, bytes: usize) -> io::Result<()> {
        let room = self.room.checked_sub(bytes.saturating_add(COST));
        self.room = room.ok_or(io::ErrorKind::FileTooLarge)?;
        Ok(())
    }
}

/// The pairs of a map as an object, under keys that are no strings as JSON writes them.
fn object(values: Value, pairs: &Node) -> Value {
    let (Value::Array(values), Shape::Struct(fields)) = (values, &pairs.shape) else {
        return Value::Null;
    };
    let key = fields.first().map_or("", |field| &field.name);
    let entries = values.into_iter().filter_map(|pair| {
        let Value::Object(mut pair) = pair else { return None };
        let key = match pair.remove(key)? {
            Value::String(key) => key,
            other => other.to_string(),
        };
        Some((key, pair.into_iter().next().map(|(_, value)| value).unwrap_or_default()))
    });
    Value::Object(entries.collect())
}
