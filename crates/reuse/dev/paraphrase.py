#!/usr/bin/env python3
"""Trains the weights of `Closeness::probability`.

    cargo run --release -p stemma-reuse --example paraphrase < msr-para-train.tsv > train.tsv
    cargo run --release -p stemma-reuse --example paraphrase < msr-para-val.tsv > val.tsv
    python3 crates/reuse/dev/paraphrase.py train.tsv val.tsv

Logistic regression by plain gradient descent with a little L2; the threshold is the one with the
best F1 on the training pairs. Needs nothing but Python. Files with a cosine have it as last column.
"""
import math
import sys


def read(path):
    rows = []
    for line in open(path, encoding="utf8"):
        fields = [float(field) for field in line.split("\t")]
        rows.append((int(fields[0]), [1.0] + fields[1:]))
    return rows


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, features))))


def train(rows, rounds=3000, rate=2.0, l2=1e-4):
    weights = [0.0] * len(rows[0][1])
    for _ in range(rounds):
        gradient = [l2 * w for w in weights]
        for label, features in rows:
            error = probability(weights, features) - label
            for i, x in enumerate(features):
                gradient[i] += error * x / len(rows)
        weights = [w - rate * g for w, g in zip(weights, gradient)]
    return weights


def f1(rows, weights, threshold):
    tp = fp = fn = tn = 0
    for label, features in rows:
        said = probability(weights, features) >= threshold
        tp += said and label
        fp += said and not label
        fn += not said and label
        tn += not said and not label
    return 2 * tp / (2 * tp + fp + fn), (tp + tn) / len(rows)


training, validation = read(sys.argv[1]), read(sys.argv[2])
weights = train(training, int(sys.argv[3]) if len(sys.argv) > 3 else 3000)
threshold = max((t / 100 for t in range(20, 80)), key=lambda t: f1(training, weights, t)[0])
print("weights", [round(w, 3) for w in weights], "threshold", threshold)
print("train F1 %.4f accuracy %.4f" % f1(training, weights, threshold))
print("validation F1 %.4f accuracy %.4f" % f1(validation, weights, threshold))
