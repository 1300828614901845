#!/usr/bin/env python3
"""Other tools on the same files, for docs/benchmarks/reuse.md.

    python3 crates/reuse/dev/peers.py TOOL CORPUS.jsonl [PAIRS.tsv]

TOOL is `datasketch` or `rensa`, both from PyPI: near-duplicate documents by MinHash of 5-word
shingles, 128 permutations, LSH at Jaccard .5. Prints documents, seconds, peak memory and the pairs
found; writes the pairs if a path is given.
"""
import json
import re
import resource
import sys
import time


def documents(path):
    with open(path, encoding="utf8") as lines:
        for line in lines:
            document = json.loads(line)
            yield document["id"], document["text"]


def shingles(text, n=5):
    words = re.findall(r"[^\W_]+", text.lower())
    return {" ".join(words[i : i + n]) for i in range(max(1, len(words) - n + 1))}


def datasketch(path):
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=0.5, num_perm=128), set()
    for name, text in documents(path):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        pairs.update(tuple(sorted((name, other))) for other in index.query(sketch))
        index.insert(name, sketch, check_duplication=False)
    return pairs


def rensa(path):
    from rensa import RMinHash, RMinHashLSH

    index, pairs, sketches, names = RMinHashLSH(0.5, 128, 16), set(), [], []
    for number, (name, text) in enumerate(documents(path)):
        sketch = RMinHash(128, 42)
        sketch.update(list(shingles(text)))
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= 0.5:
                pairs.add(tuple(sorted((name, names[other]))))
        index.insert(number, sketch)
        sketches.append(sketch)
        names.append(name)
    return pairs


tool, path = sys.argv[1], sys.argv[2]
start = time.time()
found = {"datasketch": datasketch, "rensa": rensa}[tool](path)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{tool}: {sum(1 for _ in documents(path))} documents, {time.time() - start:.1f} s, {peak // 1024} MiB, {len(found)} pairs")
if len(sys.argv) > 3:
    with open(sys.argv[3], "w", encoding="utf8") as out:
        out.writelines(f"{a}\t{b}\n" for a, b in sorted(found))
