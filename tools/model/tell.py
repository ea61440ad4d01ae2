"""The table that tells languages of one script apart: for an n-gram, what it costs in each of them.

    "ACD1"  u32 groups
    groups x { 8 bytes script, u32 languages, u32 rows, u32 offset of the group's part in the file }
    part: languages x 8 bytes code; languages x u8 prior (eighths of a bit);
          rows x u32 hash of the n-gram, sorted; rows x languages x u8 cost (eighths of a bit)
"""
import struct

import numpy as np

from ngrams import look_up, merge
from pack import step

SEED = np.uint64(0x2545F4914F6CDD1D)
MOST = 18.0  # bits; what a language has never seen costs no more
ROWS = {"Latn": 6000, "Cyrl": 3000, "Arab": 1500, "Deva": 1500}


def points_of(alphabet):
    return np.array([ord(c) for c in alphabet.chars], dtype=np.int64)


def widened(model, alphabet, n):
    """The model's n-grams of order n with code points of 16 bits in place of alphabet numbers."""
    points, mask = points_of(alphabet), (1 << alphabet.bits) - 1
    points[0] = 0
    keys = model.keys[n - 1]
    out = np.zeros(len(keys), dtype=np.int64)
    for i in range(n):
        out |= points[keys >> alphabet.bits * i & mask] << 16 * i
    return out


def cost_of(wide, keys, n):
    """Bits of the last letter of each key after the others, in a model given as widened (keys, prob, spare) orders."""
    if n == 1:
        return np.minimum(-np.log2(np.maximum(look_up(wide[0][0], wide[0][1], keys), 2.0 ** -MOST)), MOST)
    lower = cost_of(wide, keys & ((1 << 16 * (n - 1)) - 1), n - 1)
    found = look_up(wide[n - 1][0], wide[n - 1][1], keys, -1.0)
    spare = look_up(wide[n - 1][2], wide[n - 1][3], keys >> 16, 1.0)
    bits = np.where(found > 0, -np.log2(np.maximum(found, 2.0 ** -MOST)), lower - np.log2(np.maximum(spare, 1e-6)))
    return np.minimum(bits, MOST)


def widen(model, alphabet):
    out = []
    for n in (1, 2, 3):
        keys = widened(model, alphabet, n)
        order = np.argsort(keys)
        keys, prob, count = keys[order], model.prob[n - 1][order], model.count[n - 1][order]
        if n == 1:
            out.append((keys, prob, None, None, count / model.total))
            continue
        contexts, kinds = merge(keys >> 16, np.ones(len(keys)))
        _, seen = merge(keys >> 16, count)
        out.append((keys, prob, contexts, kinds / (kinds + seen), count / model.total))
    return out


def group(models, rows):
    """(sorted hashes, costs in bits rows x languages) of the n-grams that tell the models apart."""
    wides = [widen(m, a) for _, a, m, _ in models]
    every_key, every_order = [], []
    for n in (1, 2, 3):
        keys, share = merge(np.concatenate([w[n - 1][0] for w in wides]), np.concatenate([w[n - 1][4] for w in wides]))
        costs = np.stack([cost_of(w, keys, n) for w in wides], axis=1)
        apart = costs - costs.mean(axis=1, keepdims=True)
        if n == 1:
            gain = np.full(len(keys), np.inf)
        else:
            below = np.stack([cost_of(w, keys & ((1 << 16 * (n - 1)) - 1), n - 1) for w in wides], axis=1)
            below -= below.mean(axis=1, keepdims=True)
            gain = share * np.abs(apart - below).mean(axis=1)
        every_key.append((keys, costs, gain))
        every_order.append(n)
    gains = np.concatenate([g for *_, g in every_key])
    threshold = np.partition(gains, -rows)[-rows] if rows < len(gains) else 0
    hashed, kept = [], []
    for (keys, costs, gain), n in zip(every_key, every_order):
        good = gain >= threshold
        keys = keys[good]
        h = np.full(len(keys), SEED)
        for i in range(n):
            letters = keys >> 16 * i & 0xFFFF
            h = step(h, np.where(letters == 0, 32, letters))
        hashed.append((h >> np.uint64(32)).astype(np.uint32))
        kept.append(costs[good])
    hashed, kept = np.concatenate(hashed), np.concatenate(kept)
    hashed, first = np.unique(hashed, return_index=True)
    return hashed, kept[first]


def write(path, made, weights, scripts):
    """made: (code, alphabet, model, scores) of every language."""
    parts, directory = [], b""
    offset = 8 + 20 * len(ROWS)
    for script, rows in ROWS.items():
        models = [m for m in made if scripts[m[0]] == script]
        hashed, costs = group(models, rows)
        share = np.array([weights[m[0]] for m in models])
        prior = np.round(-np.log2(share / share.max()) * 8).astype(np.uint8)
        part = b"".join(struct.pack("<8s", m[0].encode()) for m in models) + prior.tobytes()
        part += hashed.astype("<u4").tobytes() + np.round(costs * 8).astype(np.uint8).tobytes()
        directory += struct.pack("<8sIII", script.encode(), len(models), len(hashed), offset)
        offset += len(part)
        parts.append(part)
        print(script, len(models), "languages", len(hashed), "rows", len(part), "bytes", flush=True)
    open(path, "wb").write(b"ACD1" + struct.pack("<I", len(ROWS)) + directory + b"".join(parts))


def pooled(made, scripts):
    """Counts of all languages together, every script with the same share, to trigrams: (alphabet, counts)."""
    from ngrams import Alphabet
    languages_of = {}
    for code, *_ in made:
        languages_of.setdefault(scripts[code], []).append(code)
    orders = [[], [], []]
    for code, alphabet, model, _ in made:
        factor = 1e7 / len(languages_of[scripts[code]]) / model.total
        for n in (1, 2, 3):
            if n == 3 and alphabet.bits > 8:
                continue
            orders[n - 1].append((widened(model, alphabet, n), model.count[n - 1] * factor))
    merged = [merge(*map(np.concatenate, zip(*o))) for o in orders]
    letters = merged[0][0][np.argsort(-merged[0][1], kind="stable")]
    alphabet = Alphabet([chr(p) for p in letters if p], 16)
    number = np.zeros(0x10000, dtype=np.int64)
    for c, n in alphabet.number.items():
        number[ord(c) if n else 0] = n  # the edge is code point 0 here
    counts = []
    for n, (keys, c) in enumerate(merged, 1):
        out = np.zeros(len(keys), dtype=np.int64)
        for i in range(n):
            out |= number[keys >> 16 * i & 0xFFFF] << 16 * i
        good = c > 0.2
        counts.append(merge(out[good], c[good]) if n > 1 else merge(out, c))
    return alphabet, counts
