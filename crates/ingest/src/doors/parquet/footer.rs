//! What stands at the end of a Parquet file: the columns, and where their values lie.
//!
//! Source: `parquet.thrift` and `LogicalTypes.md` in Apache Parquet's format.

use std::io;
use std::ops::Range;
use std::slice;

use super::file::File;
use super::thrift::{self, Value, natural};
use super::{unread, unsound};

/// The longest footer that is read, in bytes. One of a thousand row groups of twenty columns has
/// two to three megabytes.
const MAX_FOOTER: u64 = 16 << 20;

/// How deep columns may be nested.
const MAX_NESTING: usize = 32;

/// The most digits behind the point: as many as 32 bytes have at all.
const MAX_SCALE: u32 = 76;

/// The schema and the row groups of a file.
pub(super) struct Footer {
    /// The columns at the top.
    pub(super) fields: Vec<Node>,
    /// The columns that hold values, as they stand in every row group.
    pub(super) columns: Vec<Column>,
    pub(super) groups: Vec<Group>,
}

/// A part of the rows, all their columns.
pub(super) struct Group {
    pub(super) rows: u64,
    pub(super) chunks: Vec<Chunk>,
}

/// The values of one column in one row group.
#[derive(Clone, Copy)]
pub(super) struct Chunk {
    /// Where its first page lies.
    pub(super) start: u64,
    /// How many values it has, nulls too.
    pub(super) values: u64,
    /// How its pages are packed: `CompressionCodec` in `parquet.thrift`.
    pub(super) codec: i64,
}

/// A column, or a group of columns.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) repetition: Repetition,
    /// The definition level from which on it is there.
    pub(super) defined: u32,
    /// The repetition level at which another one of it follows.
    pub(super) repeated: u32,
    /// The columns below it; never empty.
    pub(super) columns: Range<usize>,
    pub(super) shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repetition {
    Required,
    Optional,
    Repeated,
}

#[derive(Debug)]
pub(super) enum Shape {
    /// A column of values.
    Leaf,
    Struct(Vec<Node>),
    /// A group around one node that adds nothing: those of lists.
    Around(Box<Node>),
    /// A group around repeated pairs.
    Map(Box<Node>),
}

/// A column that holds values.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) physical: Physical,
    pub(super) meaning: Meaning,
    /// The definition level of a value that is there.
    pub(super) defined: u32,
    /// The highest repetition level.
    pub(super) repeated: u32,
}

/// How a value is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Physical {
    Boolean,
    Int32,
    Int64,
    Int96,
    Float,
    Double,
    Bytes,
    /// So many bytes each.
    Fixed(usize),
}

/// What a value stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// What it is by itself.
    Itself,
    Text,
    Json,
    Unsigned,
    /// Days since 1970-01-01.
    Date,
    /// Fractions of a second since 1970-01-01T00:00: an instant, or by a clock nobody names.
    Timestamp {
        nanoseconds: i64,
        is_instant: bool,
    },
    Uuid,
    /// A whole number with so many digits behind the point.
    Decimal {
        scale: u32,
    },
}

/// Reads the footer of `file`.
///
/// # Errors
/// If there is none, or none that is sound.
pub(super) fn read(file: &mut File) -> io::Result<Footer> {
    let tail = file.length().checked_sub(8).filter(|&tail| tail >= 4);
    let tail = tail.ok_or_else(|| unsound("it is too short for one"))?;
    let end = file.exactly(tail, 8)?;
    match &end[4..] {
        b"PAR1" => {}
        b"PARE" => return Err(unread("it is encrypted")),
        _ => return Err(unsound("its end, which says what is in it, is missing")),
    }
    let length = u64::from(u32::from_le_bytes([end[0], end[1], end[2], end[3]]));
    let start = tail.checked_sub(length).filter(|_| length <= MAX_FOOTER);
    let start =
        start.ok_or_else(|| unsound("the list of its contents is longer than it can be"))?;
    let bytes = file.exactly(start, length as usize)?;
    let (metadata, _) = thrift::structure(&bytes)?;
    let (fields, columns) = schema(metadata.list(2))?;
    let groups = metadata.list(4).iter().map(|group| Group::of(group, columns.len()));
    let groups = groups.collect::<io::Result<_>>()?;
    let footer = Footer { fields, columns, groups };
    let rows = footer.groups.iter().fold(0_u64, |sum, group| sum.saturating_add(group.rows));
    // A row with a text of its own takes more than a byte; runs of equal or missing values, of
    // which a few bytes make billions, are no reports.
    if rows > file.length() {
        return Err(unsound("it says it has more rows than its bytes can hold"));
    }
    Ok(footer)
}

impl Group {
    fn of(group: &Value<'_>, columns: usize) -> io::Result<Self> {
        let chunks = group.list(1);
        if chunks.len() != columns {
            return Err(unsound("a row group has not the columns of the schema"));
        }
        let rows = natural(group.int(3))?;
        let chunks = chunks.iter().map(Chunk::of).collect::<io::Result<_>>()?;
        Ok(Self { rows, chunks })
    }
}

impl Chunk {
    fn of(chunk: &Value<'_>) -> io::Result<Self> {
        if chunk.bytes(1).is_some_and(|path| !path.is_empty()) {
            return Err(unread("its values lie in another file"));
        }
        let about = chunk.get(3).ok_or_else(|| unread("a column is encrypted"))?;
        // The dictionary comes first; where there is none, some writers say that it lies at 0.
        let pages = [11, 9].into_iter().filter_map(|id| about.int(id)).filter(|&start| start > 0);
        let codec = about.int(4).unwrap_or_default();
        Ok(Self { start: natural(pages.min())?, values: natural(about.int(5))?, codec })
    }
}

/// The fields at the top and the columns below them, of a schema written depth first.
fn schema(elements: &[Value<'_>]) -> io::Result<(Vec<Node>, Vec<Column>)> {
    let mut elements = elements.iter();
    let root = elements.next().ok_or_else(|| unsound("it has no schema"))?;
    let mut columns = Vec::new();
    let fields = (0..root.int(5).unwrap_or_default())
        .map(|_| node(&mut elements, (0, 0), MAX_NESTING, &mut columns))
        .collect::<io::Result<_>>()?;
    if columns.is_empty() { Err(unsound("it has no columns")) } else { Ok((fields, columns)) }
}

/// The next node of a schema, below one with these definition and repetition levels.
fn node(
    elements: &mut slice::Iter<'_, Value<'_>>,
    (defined, repeated): (u32, u32),
    depth: usize,
    columns: &mut Vec<Column>,
) -> io::Result<Node> {
    let element = elements.next().ok_or_else(|| unsound("its schema breaks off"))?;
    let depth = depth.checked_sub(1).ok_or_else(|| unread("its columns are nested too deep"))?;
    let (repetition, defined, repeated) = match element.int(3) {
        Some(1) => (Repetition::Optional, defined + 1, repeated),
        Some(2) => (Repetition::Repeated, defined + 1, repeated + 1),
        _ => (Repetition::Required, defined, repeated),
    };
    let first = columns.len();
    let shape = match element.int(5).unwrap_or_default() {
        0 => {
            columns.push(Column::of(element, defined, repeated)?);
            Shape::Leaf
        }
        children => {
            let nodes = (0..children).map(|_| node(elements, (defined, repeated), depth, columns));
            group(element, nodes.collect::<io::Result<_>>()?)
        }
    };
    let name = String::from_utf8_lossy(element.bytes(4).unwrap_or_default()).into_owned();
    let columns = first..columns.len();
    Ok(Node { name, repetition, defined, repeated, columns, shape })
}

/// What a group of these nodes is: lists and maps are marked, and have a repeated node inside.
fn group(element: &Value<'_>, mut nodes: Vec<Node>) -> Shape {
    let (converted, logical) = (element.int(6), element.get(10));
    let is = |old: &[i64], new: i16| {
        converted.is_some_and(|mark| old.contains(&mark))
            || logical.is_some_and(|mark| mark.get(new).is_some())
    };
    match nodes.pop() {
        Some(inner) if nodes.is_empty() && inner.repetition == Repetition::Repeated => {
            if is(&[3], 3) {
                Shape::Around(Box::new(item(inner)))
            } else if is(&[1, 2], 2) && matches!(inner.shape, Shape::Struct(_)) {
                Shape::Map(Box::new(inner))
            } else {
                Shape::Struct(vec![inner])
            }
        }
        last => Shape::Struct(nodes.into_iter().chain(last).collect()),
    }
}

/// The repeated node of a list, without the group that newer writers put around each item. Older
/// ones have none, and where their items are groups of one field, their names tell.
fn item(repeated: Node) -> Node {
    let is_item = repeated.name == "array" || repeated.name.ends_with("_tuple");
    match repeated.shape {
        Shape::Struct(mut fields) if fields.len() == 1 && !is_item => {
            Node { shape: Shape::Around(Box::new(fields.remove(0))), ..repeated }
        }
        shape => Node { shape, ..repeated },
    }
}

impl Column {
    fn of(element: &Value<'_>, defined: u32, repeated: u32) -> io::Result<Self> {
        let physical = match element.int(1) {
            Some(0) => Physical::Boolean,
            Some(1) => Physical::Int32,
            Some(2) => Physical::Int64,
            Some(3) => Physical::Int96,
            Some(4) => Physical::Float,
            Some(5) => Physical::Double,
            Some(6) => Physical::Bytes,
            Some(7) => {
                let length = element.int(2).and_then(|length| usize::try_from(length).ok());
                let length = length.filter(|&length| length > 0);
                Physical::Fixed(length.ok_or_else(|| unsound("a column has values of no length"))?)
            }
            _ => return Err(unsound("a column has values of an unknown type")),
        };
        Ok(Self { physical, meaning: Meaning::of(element), defined, repeated })
    }
}

impl Meaning {
    /// By the logical type; where there is none, by the older converted type.
    fn of(element: &Value<'_>) -> Self {
        let scale = |scale: Option<i64>| match scale.map_or(Ok(0), u32::try_from) {
            Ok(scale) if scale <= MAX_SCALE => Self::Decimal { scale },
            _ => Self::Itself,
        };
        let Some(Value::Struct(logical)) = element.get(10) else {
            return match element.int(6) {
                Some(0 | 4) => Self::Text,
                Some(5) => scale(element.int(7)),
                Some(6) => Self::Date,
                Some(9) => Self::Timestamp { nanoseconds: 1_000_000, is_instant: true },
                Some(10) => Self::Timestamp { nanoseconds: 1000, is_instant: true },
                Some(11..=14) => Self::Unsigned,
                Some(19) => Self::Json,
                _ => Self::Itself,
            };
        };
        match logical.first() {
            Some((1 | 4, _)) => Self::Text,
            Some((5, decimal)) => scale(decimal.int(1)),
            Some((6, _)) => Self::Date,
            Some((8, timestamp)) => Self::timestamp(timestamp),
            Some((10, integer)) if integer.int(2) == Some(0) => Self::Unsigned,
            Some((12, _)) => Self::Json,
            Some((14, _)) => Self::Uuid,
            _ => Self::Itself,
        }
    }

    fn timestamp(timestamp: &Value<'_>) -> Self {
        let units = [(1, 1_000_000), (2, 1000), (3, 1)];
        let unit = timestamp.get(2);
        let found =
            units.into_iter().find(|&(id, _)| unit.is_some_and(|unit| unit.get(id).is_some()));
        found.map_or(Self::Itself, |(_, nanoseconds)| Self::Timestamp {
            nanoseconds,
            is_instant: timestamp.int(1) == Some(1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An element with so many children; 0 of them is a column of `INT32`.
    fn element(
        name: &'static str,
        repetition: i64,
        converted: i64,
        children: i64,
    ) -> Value<'static> {
        let mut fields = vec![
            (3, Value::Int(repetition)),
            (4, Value::Bytes(name.as_bytes())),
            (5, Value::Int(children)),
            (6, Value::Int(converted)),
        ];
        if children == 0 {
            fields.push((1, Value::Int(1)));
        }
        Value::Struct(fields)
    }

    /// A node in short: `name`, `{}` around fields, `*` behind what repeats, `()` around what adds
    /// nothing, `<>` around pairs.
    fn shown(node: &Node) -> String {
        let inner = match &node.shape {
            Shape::Leaf => node.name.clone(),
            Shape::Struct(fields) => {
                format!("{{{}}}", fields.iter().map(shown).collect::<Vec<_>>().join(" "))
            }
            Shape::Around(inner) => format!("({})", shown(inner)),
            Shape::Map(pairs) => format!("<{}>", shown(pairs)),
        };
        let star = if node.repetition == Repetition::Repeated { "*" } else { "" };
        format!("{inner}{star}")
    }

    const NONE: i64 = -1;
    const MAP: i64 = 1;
    const LIST: i64 = 3;

    #[track_caller]
    fn check(elements: &[Value<'_>], expected: &str) {
        let (fields, _) = schema(elements).expect("a schema");
        assert_eq!(fields.iter().map(shown).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn lists_and_maps_of_all_ages() {
        let root = || element("root", 0, NONE, 1);
        let list = || element("tags", 1, LIST, 1);
        let x = || element("x", 1, NONE, 0);
        check(&[root(), element("x", 2, NONE, 0)], "x*");
        check(&[root(), list(), element("list", 2, NONE, 1), x()], "((x)*)");
        check(&[root(), list(), element("x", 2, NONE, 0)], "(x*)");
        check(&[root(), list(), element("array", 2, NONE, 1), x()], "({x}*)");
        check(&[root(), list(), element("tags_tuple", 2, NONE, 1), x()], "({x}*)");
        check(&[root(), list(), element("item", 2, NONE, 2), x(), x()], "({x x}*)");
        check(
            &[root(), element("m", 1, MAP, 1), element("key_value", 2, NONE, 2), x(), x()],
            "<{x x}*>",
        );
        check(&[root(), element("m", 1, MAP, 2), x(), x()], "{x x}");
    }

    #[test]
    fn schemas_that_lie() {
        let kind = |elements: &[Value<'_>]| schema(elements).expect_err("a fault").kind();
        assert_eq!(kind(&[]), io::ErrorKind::InvalidData);
        assert_eq!(kind(&[element("root", 0, NONE, i64::MAX)]), io::ErrorKind::InvalidData);
        let deep: Vec<_> = (0..100_000).map(|_| element("g", 0, NONE, 1)).collect();
        assert_eq!(kind(&deep), io::ErrorKind::Unsupported);
    }
}
