#!/usr/bin/env python3
"""Stemma and other tools on the same file, one after the other, for docs/benchmarks/reuse.md.

    python3 crates/reuse/dev/peers.py CORPUS.jsonl [--stemma target/release/stemma]

datasketch, rensa and text-dedup (all from PyPI; what is not installed is named and left out) look
for near-duplicate documents: MinHash of 5-word shingles, 128 permutations, LSH at Jaccard .5. Each
tool runs in a process of its own, which gives its time and memory. What they find is held against
the exact Jaccard of every pair that any tool gives: a pair of documents of .5 or more that a tool
does not give, another having found it, is missed. Stemma gives passages, so the pairs that share one
are counted too; no MinHash at .5 sees most of them.

passim is not here: it is in no registry (PyPI's `passim` is another program).
"""
import argparse
import collections
import itertools
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
import tempfile
import time

THRESHOLD, PERMUTATIONS, SHINGLE = 0.5, 128, 5


def documents(path):
    with open(path, encoding="utf8") as lines:
        for line in lines:
            document = json.loads(line)
            yield document["id"], document["text"]


def shingles(text):
    words = re.findall(r"[^\W_]+", text.lower())
    return {" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}


def datasketch(path):
    from datasketch import MinHash, MinHashLSH

    index, pairs = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), set()
    for name, text in documents(path):
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([shingle.encode() for shingle in shingles(text)])
        pairs.update(tuple(sorted((name, other))) for other in index.query(sketch))
        index.insert(name, sketch, check_duplication=False)
    return pairs


def rensa(path):
    from rensa import RMinHash, RMinHashLSH

    index, pairs = RMinHashLSH(THRESHOLD, PERMUTATIONS, 16), set()
    sketches, names = [], []
    for number, (name, text) in enumerate(documents(path)):
        sketch = RMinHash(PERMUTATIONS, 42)
        sketch.update(list(shingles(text)))
        for other in index.query(sketch):
            if sketch.jaccard(sketches[other]) >= THRESHOLD:
                pairs.add(tuple(sorted((name, names[other]))))
        index.insert(number, sketch)
        sketches.append(sketch)
        names.append(name)
    return pairs


def text_dedup(path):
    """It gives clusters: every pair in one is a pair."""
    with tempfile.TemporaryDirectory() as folder:
        plain = os.path.join(folder, "texts.jsonl")
        names = []
        with open(plain, "w", encoding="utf8") as out:
            for name, text in documents(path):
                names.append(name)
                out.write(json.dumps({"text": text}) + "\n")
        output = os.path.join(folder, "out")
        command = [
            sys.executable, "-m", "text_dedup.minhash", "--path", "json", "--data_files", plain,
            "--split", "train", "--cache_dir", os.path.join(folder, "cache"), "--output", output,
            "--column", "text", "--num_perm", str(PERMUTATIONS), "--ngram", str(SHINGLE),
            "--threshold", str(THRESHOLD), "--num_proc", "2", "--debug",
        ]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(output, "uf.pkl"), "rb") as file:
            parents = pickle.load(file)  # its own union-find
    clusters = collections.defaultdict(list)
    for number in parents.parent:
        clusters[parents.find(number)].append(names[int(number)])
    return {pair for cluster in clusters.values() for pair in itertools.combinations(sorted(cluster), 2)}


def stemma(path, program):
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as out:
        subprocess.run([program, "reuse", path, "-o", out.name, "--quiet"], check=False)
        with open(out.name, encoding="utf8") as lines:
            records = map(json.loads, lines)
            given = ((record["a"], record["b"]) for record in records)
            return {tuple(sorted((a["given_id"], b["given_id"]))) for a, b in given}


TOOLS = {"datasketch": datasketch, "rensa": rensa, "text-dedup": text_dedup}


def measured(arguments):
    """Runs this script for one tool; its pairs, seconds, processor seconds and MiB."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as out:
        started = time.perf_counter()
        child = subprocess.Popen([sys.executable, __file__, *arguments, "--pairs", out.name])
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        if status:
            return None
        pairs, peak = json.load(out)
    return {tuple(pair) for pair in pairs}, wall, usage.ru_utime + usage.ru_stime, peak


def one(tool, path, program, out):
    """What the child process does: the pairs, and the most memory it or a child of it took."""
    import resource

    found = stemma(path, program) if tool == "stemma" else TOOLS[tool](path)
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    # Reading Stemma's records back is not Stemma's memory.
    peak = peaks[1] if tool == "stemma" else max(peaks)
    pathlib.Path(out).write_text(json.dumps([sorted(found), peak // 1024]), encoding="utf8")


def exact(path, pairs):
    """The Jaccard similarity of each pair."""
    wanted = {name for pair in pairs for name in pair}
    sets = {name: shingles(text) for name, text in documents(path) if name in wanted}
    return {(a, b): len(sets[a] & sets[b]) / len(sets[a] | sets[b]) for a, b in pairs}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("corpus")
    options.add_argument("--stemma", default="target/release/stemma")
    options.add_argument("--tool", help=argparse.SUPPRESS)
    options.add_argument("--pairs", help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.tool:
        return one(given.tool, given.corpus, given.stemma, given.pairs)
    results = {}
    for tool in ["stemma", *TOOLS]:
        result = measured([given.corpus, "--stemma", given.stemma, "--tool", tool])
        if result is None:
            print(f"{tool}: could not be run")
        else:
            results[tool] = result
    similarity = exact(given.corpus, {pair for result in results.values() for pair in result[0]})
    alike = {pair for pair, jaccard in similarity.items() if jaccard >= THRESHOLD}
    found_by = collections.Counter(pair for result in results.values() for pair in result[0] & alike)
    print(f"{sum(1 for _ in documents(given.corpus))} documents, {len(alike)} pairs at Jaccard {THRESHOLD}")
    print("tool | s | s of processor time | MiB | pairs given | of these alike | alike but missed | found by it alone")
    for tool, (pairs, wall, processor, peak) in results.items():
        hit = pairs & alike
        alone = sum(found_by[pair] == 1 for pair in hit)
        print(f"{tool} | {wall:.1f} | {processor:.1f} | {peak} | {len(pairs)} | {len(hit)} | {len(alike - pairs)} | {alone}")


main()
