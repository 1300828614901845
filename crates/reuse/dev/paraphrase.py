#!/usr/bin/env python3
"""Trains the weights of `Closeness::probability`, without the cosine and with it.

    cargo run --release -p stemma-reuse --example paraphrase < msr-para-train.tsv > train.tsv
    cargo run --release -p stemma-reuse --example paraphrase < msr-para-val.tsv > val.tsv
    python3 crates/reuse/dev/paraphrase.py train.tsv val.tsv

Logistic regression with a little L2 by Newton's method; the threshold is the one with the best F1
in ten-fold cross-validation on the training pairs. Nothing is chosen on the validation pairs. Needs
nothing but Python.
"""
import math
import sys

L2 = 1.0
FOLDS = 10


def read(path):
    rows = []
    for line in open(path, encoding="utf8"):
        label, *features = line.split("\t")
        rows.append((int(label), [float(feature) for feature in features]))
    return rows


def probability(weights, features):
    return 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, features))))


def solve(matrix, vector):
    """Gaussian elimination with partial pivoting."""
    n = len(vector)
    rows = [row[:] + [value] for row, value in zip(matrix, vector)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(n):
            if k != i:
                factor = rows[k][i] / rows[i][i]
                rows[k] = [x - factor * y for x, y in zip(rows[k], rows[i])]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def train(rows, rounds=8):
    n = len(rows[0][1])
    weights = [0.0] * n
    for _ in range(rounds):
        gradient = [L2 * w for w in weights]
        hessian = [[L2 * (i == j) for j in range(n)] for i in range(n)]
        for label, features in rows:
            p = probability(weights, features)
            for i, x in enumerate(features):
                gradient[i] += (p - label) * x
                for j, y in enumerate(features):
                    hessian[i][j] += p * (1 - p) * x * y
        weights = [w - step for w, step in zip(weights, solve(hessian, gradient))]
    return weights


def f1(scored, threshold):
    """F1 and accuracy of (label, probability) pairs."""
    tp = sum(label for label, p in scored if p >= threshold)
    said = sum(p >= threshold for _, p in scored)
    right = sum((p >= threshold) == bool(label) for label, p in scored)
    return 2 * tp / (said + sum(label for label, _ in scored)), right / len(scored)


def auc(scored):
    """The chance that a true pair has more than a false one."""
    order = sorted(scored, key=lambda pair: pair[1])
    true = sum(label for label, _ in scored)
    ranks = sum(rank for rank, (label, _) in enumerate(order, 1) if label)
    return (ranks - true * (true + 1) / 2) / (true * (len(scored) - true))


def score(rows, weights):
    return [(label, probability(weights, features)) for label, features in rows]


def cross_validated(rows):
    scored = []
    for fold in range(FOLDS):
        rest = [row for i, row in enumerate(rows) if i % FOLDS != fold]
        scored += score(rows[fold::FOLDS], train(rest))
    return scored


training, validation = read(sys.argv[1]), read(sys.argv[2])
print("always yes: validation F1 %.4f accuracy %.4f" % f1([(label, 1.0) for label, _ in validation], 0.5))
for name, cut in [("words", lambda row: row[:-1]), ("words and vectors", lambda row: row)]:
    rows = [(label, cut(features)) for label, features in training]
    weights, scored = train(rows), cross_validated(rows)
    threshold = max((t / 100 for t in range(20, 80)), key=lambda t: f1(scored, t)[0])
    print(f"{name}: weights {[round(w, 3) for w in weights]} threshold {threshold}")
    print("  cross-validation F1 %.4f accuracy %.4f AUC %.4f" % (*f1(scored, threshold), auc(scored)))
    held_out = score([(label, cut(features)) for label, features in validation], weights)
    print("  validation F1 %.4f accuracy %.4f AUC %.4f" % (*f1(held_out, threshold), auc(held_out)))
