#!/usr/bin/env python3
"""Write the same rows as Parquet files by several programs, for `tests/parquet_peers.rs`.

    pip install pyarrow==26.0.1 duckdb==2.0.1 polars==2.1.0 fastparquet==2026.9.0
    python crates/ingest/dev/parquet_peers.py FOLDER [ROWS]
    STEMMA_PARQUET_PEERS=FOLDER cargo test -p stemma-ingest --test parquet_peers

FOLDER gets the files and `rows.jsonl`, what they hold, without nulls at the top. Every codec,
encoding and page version that the program writes and we read is there, with small and large pages.
A development tool only; the numbers and words are made up.
"""
import datetime
import itertools
import json
import pathlib
import random
import sys

import duckdb
import fastparquet
import pandas
import polars
import pyarrow as pa
import pyarrow.parquet as pq

folder = pathlib.Path(sys.argv[1])
count = int(sys.argv[2]) if len(sys.argv) > 2 else 3000
folder.mkdir(parents=True, exist_ok=True)
rng = random.Random(7)


def words():
    return "".join(rng.choice("abcdefghij éü—") for _ in range(rng.randint(0, 12)))


def maybe(make, missing=0.2):
    return None if rng.random() < missing else make()


def several(make, most=3):
    return lambda: [maybe(make) for _ in range(rng.randint(0, most))]


def row(index):
    item = lambda: {"k": words(), "v": maybe(lambda: index), "l": maybe(several(words, 2))}
    return {
        "i32": maybe(lambda: rng.randint(-(2**31), 2**31 - 1)),
        "i64": maybe(lambda: rng.randint(-(2**63), 2**63 - 1)),
        "u32": maybe(lambda: rng.randint(0, 2**32 - 1)),
        "u64": maybe(lambda: rng.randint(0, 2**64 - 1)),
        "small": index % 3,
        "float": maybe(rng.random),
        "bool": maybe(lambda: rng.random() < 0.5),
        "text": maybe(lambda: words() * rng.randint(0, 30)),
        "same": "The same. " * 5,
        "rare": maybe(words, 0.98),
        "none": None,
        "date": maybe(lambda: datetime.date.fromordinal(719163 + rng.randint(-30000, 30000))),
        "tags": maybe(several(words, 4)),
        "nested": maybe(several(several(lambda: rng.randint(0, 9)))),
        "struct": maybe(lambda: {"a": maybe(words), "in": maybe(lambda: {"x": index})}),
        "items": maybe(several(item)),
    }


schema = pa.schema([
    ("i32", pa.int32()), ("i64", pa.int64()), ("u32", pa.uint32()), ("u64", pa.uint64()),
    ("small", pa.int16()), ("float", pa.float64()), ("bool", pa.bool_()), ("text", pa.string()),
    ("same", pa.string()), ("rare", pa.string()), ("none", pa.string()), ("date", pa.date32()),
    ("tags", pa.list_(pa.string())), ("nested", pa.list_(pa.list_(pa.int64()))),
    ("struct", pa.struct([("a", pa.string()), ("in", pa.struct([("x", pa.int64())]))])),
    ("items", pa.list_(pa.struct(
        [("k", pa.string()), ("v", pa.int64()), ("l", pa.list_(pa.string()))]))),
])
rows = [row(index) for index in range(count)]
table = pa.Table.from_pylist(rows, schema)
with open(folder / "rows.jsonl", "w", encoding="utf8") as out:
    for record in rows:
        held = {name: value for name, value in record.items() if value is not None}
        out.write(json.dumps(held, default=str) + "\n")

pages = [400, 1 << 20]
for codec, version, dictionary, size in itertools.product(
        ["NONE", "SNAPPY", "GZIP", "ZSTD", "LZ4"], ["1.0", "2.0"], [True, False], pages):
    pq.write_table(
        table, folder / f"pyarrow-{codec}-{version}-{dictionary}-{size}.parquet",
        compression=codec, data_page_version=version, use_dictionary=dictionary,
        data_page_size=size, row_group_size=count // 3 + 1)
integers = ["i32", "i64", "small", "u64", "date", "nested.list.element.list.element"]
texts = ["text", "same", "rare", "none", "tags.list.element", "items.list.element.k"]
encodings = {
    "prefixes": {
        **dict.fromkeys(integers, "DELTA_BINARY_PACKED"), **dict.fromkeys(texts, "DELTA_BYTE_ARRAY"),
        "bool": "RLE", "float": "BYTE_STREAM_SPLIT",
    },
    "lengths": {
        **dict.fromkeys(["i32", "i64"], "BYTE_STREAM_SPLIT"),
        **dict.fromkeys(texts, "DELTA_LENGTH_BYTE_ARRAY"),
    },
}
for (name, encoding), version, codec, size in itertools.product(
        encodings.items(), ["1.0", "2.0"], ["NONE", "ZSTD"], pages):
    pq.write_table(
        table, folder / f"pyarrow-{name}-{codec}-{version}-{size}.parquet", compression=codec,
        data_page_version=version, use_dictionary=False, column_encoding=encoding,
        data_page_size=size)

database = duckdb.connect()
database.register("rows", table)
for codec, version in itertools.product(
        ["uncompressed", "snappy", "gzip", "zstd", "lz4_raw"], ["V1", "V2"]):
    path = folder / f"duckdb-{codec}-{version}.parquet"
    database.execute(
        f"copy rows to '{path}' (format parquet, codec '{codec}', parquet_version {version})")
for codec in ["uncompressed", "snappy", "gzip", "zstd", "lz4"]:
    polars.from_arrow(table).write_parquet(
        folder / f"polars-{codec}.parquet", compression=codec, row_group_size=1000,
        data_page_size=2000)
flat = pandas.DataFrame({name: [record[name] for record in rows] for name in
                         ["text", "same", "small", "float"]})
for codec in ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"]:
    fastparquet.write(str(folder / f"flat-{codec}.parquet"), flat, compression=codec)
