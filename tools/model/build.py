"""Builds src/data/model from the folder of sources: python3 build.py DATA [--entries N] [--out FOLDER]."""
import argparse
import os

import numpy as np

import pack
import sources
import tell
from ngrams import without
from smooth import Smoothed, need

NEWS_SHARE = 0.5  # what the sentences of newspapers say against all texts, most of which are messages of programs
ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("data")
    ap.add_argument("--entries", type=int, default=1_100_000, help="n-grams kept over all languages")
    ap.add_argument("--spelled", type=int, default=420_000, help="n-grams kept of those that only short texts were counted of")
    ap.add_argument("--pool", type=int, default=120_000, help="n-grams kept of all languages pooled")
    ap.add_argument("--out", default=os.path.join(ROOT, "src/data/model"))
    a = ap.parse_args()
    made, spelled, weights, scripts = [], {}, {}, {}
    for code, crate, weight, script, misread in sources.languages():
        weights[code], scripts[code] = weight, script
        alphabet, counts = sources.cached_counts(a.data, code, crate)
        counts = without(counts, alphabet, misread)
        model = Smoothed(alphabet, counts)
        made.append((code, alphabet, model, model.scores(need(alphabet), weight)))
        if code in sources.SPELLED:
            alphabet, counts = sources.cached_counts(a.data, code, crate, spelled=True)
            model = Smoothed.discounted(alphabet, counts)
            news = sources.of_news(a.data, crate, alphabet)
            if news and code not in sources.UNSPACED:
                model = model.mixed(Smoothed.discounted(alphabet, news), NEWS_SHARE)
            spelled[code] = (alphabet, model, model.scores(need(alphabet), weight))
    tell.write(os.path.join(a.out, "languages.bin"), made, weights, scripts)
    alphabet, counts = tell.pooled(made, scripts)
    pool = Smoothed(alphabet, counts)
    scores = pool.scores(np.ones(len(alphabet.chars)), 1.0)
    kept, backoff = pool.pruned(scores, threshold(scores[1:], a.pool))
    print("pooled", [len(k) for k, _ in kept], "contexts", sum(len(k) for k, _ in backoff), flush=True)
    least = threshold([s for *_, scores in made for s in scores[1:]], a.entries)
    # Of short texts more n-grams are kept: they have no others to fall back on.
    least_spelled = threshold([s for *_, scores in spelled.values() for s in scores[1:]], a.spelled)
    models = [("*", alphabet, kept, backoff)]
    for code, alphabet, model, scores in made:
        kept, backoff = model.pruned(scores, least)
        models.append((code, alphabet, kept, backoff))
        print(code, [len(k) for k, _ in kept], "contexts", sum(len(k) for k, _ in backoff), flush=True)
    # Two codebooks: costs of the one kind say nothing about which of the other are worth telling apart.
    books = [pack.codebooks(models)] * len(models)
    short = {}
    for code, (alphabet, model, scores) in spelled.items():
        kept, backoff = model.pruned(scores, least_spelled)
        short[code] = (code, alphabet, kept, backoff)
        print(code, "spelled", [len(k) for k, _ in kept], "contexts", sum(len(k) for k, _ in backoff), flush=True)
    book = pack.codebooks(list(short.values()))
    books = [book if code in short else own for (code, *_), own in zip(models, books)]
    models = [short.get(model[0], model) for model in models]
    print(pack.write(os.path.join(a.out, "letters.bin"), models, books), "bytes")


def threshold(scores, entries):
    """The score that lets this many n-grams through."""
    every = np.concatenate(scores)
    return np.partition(every, -entries)[-entries] if entries < len(every) else 0.0


main()
