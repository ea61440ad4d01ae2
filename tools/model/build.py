"""Builds src/data/model/letters.bin from the folder of sources: python3 build.py DATA [--entries N] [--out FILE]."""
import argparse
import os
import pickle

import numpy as np

import pack
import sources
from smooth import Smoothed, need

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def cached_counts(data, code, crate):
    """Reading the sources takes minutes; what was read is kept beside them."""
    path = os.path.join(data, "counts", code + ".pickle")
    if os.path.exists(path):
        return pickle.load(open(path, "rb"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    found = sources.counts(data, code, crate)
    pickle.dump(found, open(path, "wb"))
    return found


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("data")
    ap.add_argument("--entries", type=int, default=1_500_000, help="n-grams kept over all languages")
    ap.add_argument("--out", default=os.path.join(ROOT, "src/data/model/letters.bin"))
    a = ap.parse_args()
    made = []
    for code, crate, weight, _ in sources.languages():
        alphabet, counts = cached_counts(a.data, code, crate)
        model = Smoothed(alphabet, counts)
        made.append((code, alphabet, model, model.scores(need(alphabet), weight)))
    every = np.concatenate([s for *_, scores in made for s in scores[1:]])
    threshold = np.partition(every, -a.entries)[-a.entries] if a.entries < len(every) else 0.0
    models = []
    for code, alphabet, model, scores in made:
        kept, backoff = model.pruned(scores, threshold)
        models.append((code, alphabet, kept, backoff))
        print(code, [len(k) for k, _ in kept], "contexts", sum(len(k) for k, _ in backoff), flush=True)
    print(pack.write(a.out, models), "bytes")


main()
