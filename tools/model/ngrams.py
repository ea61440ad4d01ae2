"""N-grams of letters as packed integers: counting them in text, and reading lingua's models back into counts.

A character of an n-gram is its number in the language's alphabet, 0 being the edge of a word; the last
character is in the lowest bits.
"""
import json
import os
import unicodedata

import brotli
import numpy as np

ORDER_FILES = ["unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"]
EDGE = " "


def is_letter(c):
    return unicodedata.category(c)[0] in "LM" or c in "\u200c\u200d"


class Alphabet:
    """Numbers for characters, the commonest first; 0 is the edge."""

    def __init__(self, chars, bits):
        self.bits = bits
        self.chars = EDGE + "".join(chars)[: (1 << bits) - 2]
        self.number = {c: i for i, c in enumerate(self.chars)}

    def pack(self, gram):
        value = 0
        for c in gram:
            n = self.number.get(c)
            if n is None:
                return None
            value = value << self.bits | n
        return value


def merge(keys, counts):
    """Sorted unique keys with their counts summed; counts that vanish are dropped."""
    keys, place = np.unique(keys, return_inverse=True)
    counts = np.bincount(place, weights=counts, minlength=len(keys)) if len(keys) else np.zeros(0)
    kept = counts > 0
    return keys[kept], counts[kept]


def without(counts, alphabet, letters):
    """The counts of each order without the n-grams that hold one of these letters."""
    mask = (1 << alphabet.bits) - 1
    numbers = np.array([alphabet.number[c] for c in letters if c in alphabet.number], dtype=np.int64)
    out = []
    for order, (keys, c) in enumerate(counts, 1):
        kept = np.ones(len(keys), dtype=bool)
        for place in range(order):
            kept &= ~np.isin(keys >> alphabet.bits * place & mask, numbers)
        out.append((keys[kept], c[kept]))
    return out


def look_up(keys, counts, wanted, missing=0.0):
    """The count of each wanted key."""
    if not len(keys):
        return np.full(len(wanted), missing)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, counts[at], missing)


def count_text(text, alphabet, order):
    """Counts of the 1- to order-grams of a text, with edges; the edge itself only ends or begins a gram."""
    table = np.zeros(0x110000, dtype=np.int64)
    for c, n in alphabet.number.items():
        table[ord(c)] = n
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    codes = np.concatenate(([0], table[points], [0]))
    codes = codes[np.concatenate(([True], (codes[1:] != 0) | (codes[:-1] != 0)))]  # one edge between words
    out = []
    value = codes.copy()
    inner = np.zeros(len(codes), dtype=bool)  # an edge inside the gram
    for n in range(1, order + 1):
        if n > 1:
            value = (codes[: len(codes) - n + 1] << (alphabet.bits * (n - 1))) | value[1:]
            if n > 2:
                inner = inner[1:] | (codes[1: len(codes) - n + 2] == 0)
            else:
                inner = np.zeros(len(value), dtype=bool)
        keep = ~inner if n > 1 else np.ones(len(value), dtype=bool)
        keys = value[keep] if n > 1 else value
        out.append(merge(keys, np.ones(len(keys))))
    return out


def lingua_letters(folder):
    """Letter counts of a lingua model; its fractions share one denominator, the number of letters."""
    read = json.loads(brotli.decompress(open(os.path.join(folder, "models/unigrams.json.br"), "rb").read()))
    total = max(int(k.split("/")[1]) for k in read["ngrams"])
    counts = {}
    for fraction, grams in read["ngrams"].items():
        a, b = fraction.split("/")
        for g in grams.split(" "):
            counts[g] = int(a) * (total // int(b))
    return counts


def lingua_counts(folder, alphabet):
    """Counts, with edges, out of lingua's fractions (the share of an n-gram among those of its prefix).

    lingua counts letters only, within words. What a prefix lacks to its full count ended the word, and
    what an n-gram lacks summed over the letters before it began one.
    """
    bits, plain = alphabet.bits, []
    for n, name in enumerate(ORDER_FILES, 1):
        read = json.loads(brotli.decompress(open(os.path.join(folder, f"models/{name}.json.br"), "rb").read()))
        keys, share = [], []
        for fraction, grams in read["ngrams"].items():
            a, b = fraction.split("/")
            value = int(a) / int(b)
            for g in grams.split(" "):
                key = alphabet.pack(g)
                if key is not None and len(g) == n:
                    keys.append(key)
                    share.append(value)
        keys, share = np.array(keys, dtype=np.int64), np.array(share)
        if n == 1:
            total = max(int(f.split("/")[1]) for f in read["ngrams"])
            counts = np.round(share * total)
        else:
            counts = np.round(share * look_up(*plain[-1], keys >> bits))
        plain.append(merge(keys, counts))
    rows = [[] for _ in range(6)]
    words = 0.0
    starts = []
    for n in range(1, 5):
        keys, counts = plain[n - 1]
        next_keys, next_counts = plain[n]
        rest = merge(next_keys & ((1 << bits * n) - 1), next_counts)
        starts.append((keys, np.maximum(counts - look_up(*rest, keys), 0)))
    for n in range(1, 6):
        keys, counts = plain[n - 1]
        rows[n].append((keys, counts))
        if n < 5:
            rest = merge(plain[n][0] >> bits, plain[n][1])
            ends = np.maximum(counts - look_up(*rest, keys), 0)
            rows[n + 1].append((keys << bits, ends))
            skeys, scounts = starts[n - 1]
            rows[n + 1].append((skeys, scounts))  # the edge is 0: the key stays as it is, one place longer
            if n == 1:
                words = scounts.sum()
            if n < 4:
                rest = merge(starts[n][0] >> bits, starts[n][1])
                both = np.maximum(scounts - look_up(*rest, skeys), 0)
                rows[n + 2].append((skeys << bits, both))
    rows[1].append((np.zeros(1, dtype=np.int64), np.array([words])))
    return [merge(np.concatenate([k for k, _ in r]), np.concatenate([c for _, c in r])) for r in rows[1:]]
