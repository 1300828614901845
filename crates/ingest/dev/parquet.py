#!/usr/bin/env python3
"""Write the Parquet fixtures of this crate's tests.

    pip install pyarrow==26.0.1 && python crates/ingest/dev/parquet.py

A development tool only: neither users nor the tests run it. The texts are our own, those of
`table.csv`. `table.parquet` is what pandas and others write by default; `nested.parquet` has
a row group for each row, pages of the second version, lists, a structure and a map, and each
column is kept and packed in another way.
"""
import csv
import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

FIXTURES = pathlib.Path(__file__).parent.parent / "tests" / "fixtures"
rows = list(csv.DictReader(open(FIXTURES / "table.csv", encoding="utf8", newline="")))
utc = datetime.timezone.utc

table = pa.table({
    "id": pa.array([int(row["id"]) for row in rows]),
    "headline": [row["headline"] for row in rows],
    "publication": [row["publication"] for row in rows],
    "date": [datetime.date.fromisoformat(row["date"]) for row in rows],
    "byline": [row["byline"] or None for row in rows],
    "content": [row["content"] for row in rows],
})
pq.write_table(table, FIXTURES / "table.parquet")

times = [datetime.datetime(2024, 5, 31, 16, 0, 0, 250_000, utc), None]
nested = (
    table
    .append_column("tags", pa.array([["bridges", None, "lorries"], []], pa.list_(pa.string())))
    .append_column("sets", pa.array([[[1, 2], []], None], pa.list_(pa.list_(pa.int32()))))
    .append_column("place", pa.array([{"name": "Harrow Point", "at": {"lat": 51.5}}, None]))
    .append_column("links", pa.array(
        [[("map", "https://a.example/m")], None], pa.map_(pa.string(), pa.string())))
    .append_column("updated", pa.array(times, pa.timestamp("ns", "UTC")))
    .append_column("cost", pa.array(
        [decimal.Decimal("3.20"), decimal.Decimal("-0.05")], pa.decimal128(9, 2)))
    .append_column("paid", pa.array([True, False]))
    .append_column("score", pa.array([0.5, -2.0]))
)
pq.write_table(
    nested, FIXTURES / "nested.parquet", row_group_size=1, data_page_version="2.0",
    use_dictionary=["publication", "id"],
    compression={
        "id": "NONE", "headline": "GZIP", "publication": "ZSTD", "date": "LZ4", "byline": "SNAPPY",
        "content": "ZSTD", "tags.list.element": "SNAPPY",
    },
    column_encoding={
        "headline": "DELTA_BYTE_ARRAY", "date": "DELTA_BINARY_PACKED",
        "content": "DELTA_LENGTH_BYTE_ARRAY", "score": "BYTE_STREAM_SPLIT",
    },
)
