"""The fixed layout that src/reader/language/table.rs reads in place; all numbers little endian.

    "ACL2"  u32 languages
    languages x 64 x i16  costs: what a code stands for, in sixteenths of a bit (32 for n-grams, 32 for back-off)
    languages x { 7 bytes code, u8 letters that its n-grams look back, u32 first bucket, u32 buckets, u32 first entry,
        u32 entries }
    (buckets + 1 a language) x i16  where a bucket's entries begin, less its even share
    A single letter has two entries, under two hashes.
    entries x u16  low 11 bits a check of the hash, high 5 bits the code
"""
import struct

import numpy as np

STEP = np.uint64(0x9E3779B97F4A7C15)
CHECK_BITS = 11
PER_BUCKET = 4


GRAM, CONTEXT, LETTER = 0, 1, 2


def start(language, kind):
    """The hash before any letter: n-grams, contexts (for back-off) and single letters, entered twice, are told apart."""
    return np.uint64((language * 3 + kind + 1) * 0xD1B54A32D192ED03 & 0xFFFFFFFFFFFFFFFF)


def step(h, points):
    h = (h ^ points.astype(np.uint64)) * STEP
    return h ^ (h >> np.uint64(32))


def hashes(language, kind, keys, n, alphabet):
    """Hashes of n-grams, taken from the last letter back to the first."""
    points = np.array([ord(c) for c in alphabet.chars], dtype=np.uint64)
    h = np.full(len(keys), start(language, kind))
    mask = (1 << alphabet.bits) - 1
    for i in range(n):
        h = step(h, points[keys >> alphabet.bits * i & mask])
    return h


def codebook(values, weights, size):
    """The `size` values that stand for all with the least squared error (Lloyd's iteration)."""
    order = np.argsort(values)
    values, weights = values[order], weights[order]
    share = np.cumsum(weights) / weights.sum()
    book = np.interp((np.arange(size) + 0.5) / size, share, values)
    book = np.unique(book)
    while len(book) < size:
        book = np.unique(np.concatenate((book, [book.max() + 1 + len(book) * .1])))
    for _ in range(30):
        edge = np.searchsorted(values, (book[1:] + book[:-1]) / 2)
        parts = np.split(np.arange(len(values)), edge)
        book = np.array([np.average(values[p], weights=weights[p]) if len(p) else b for p, b in zip(parts, book)])
    return np.sort(book)


def nearest(book, values):
    return np.searchsorted((book[1:] + book[:-1]) / 2, values)


def language_table(hashed, codes):
    """(bucket offsets less the even share, entries) for one language."""
    n = len(hashed)
    buckets = max(1, n // PER_BUCKET)
    bucket = (hashed >> np.uint64(32)) * np.uint64(buckets) >> np.uint64(32)
    check = hashed & np.uint64((1 << CHECK_BITS) - 1)
    order = np.argsort(bucket, kind="stable")
    entries = (codes[order].astype(np.uint16) << np.uint16(CHECK_BITS)) | check[order].astype(np.uint16)
    starts = np.searchsorted(bucket[order], np.arange(buckets + 1, dtype=np.uint64))
    even = np.arange(buckets + 1, dtype=np.int64) * PER_BUCKET
    return (starts - even).astype("<i2"), entries.astype("<u2")


def codebooks(models):
    """What the codes of these languages stand for: of their n-grams, and of their back-off."""
    costs = np.concatenate([c for _, _, kept, _ in models for _, c in kept])
    backs = np.concatenate([c for _, _, _, backoff in models for _, c in backoff])
    return codebook(costs, np.ones(len(costs)), 32), codebook(backs, np.ones(len(backs)), 32)


def write(path, models, books):
    """models: (code, alphabet, kept, backoff) with costs in bits; books: the codebooks of each."""
    offsets, entries, directory, book = [], [], b"", b""
    first_bucket = first_entry = 0
    for number, ((code, alphabet, kept, backoff), (cost_book, back_book)) in enumerate(zip(models, books)):
        book += np.round(np.concatenate((cost_book, back_book)) * 16).astype("<i2").tobytes()
        hashed = [hashes(number, GRAM, k, n, alphabet) for n, (k, _) in enumerate(kept, 1)]
        coded = [nearest(cost_book, c) for _, c in kept]
        hashed += [hashes(number, CONTEXT, k, n, alphabet) for n, (k, _) in enumerate(backoff, 1)]
        coded += [nearest(back_book, c) for _, c in backoff]
        # A false match would let a strange letter into the language: single letters are checked twice.
        hashed.append(hashes(number, LETTER, kept[0][0], 1, alphabet))
        coded.append(coded[0])
        starts, packed = language_table(np.concatenate(hashed), np.concatenate(coded))
        directory += struct.pack("<7sBIIII", code.encode(), len(kept) - 1, first_bucket, len(starts) - 1, first_entry, len(packed))
        first_bucket += len(starts)
        first_entry += len(packed)
        offsets.append(starts)
        entries.append(packed)
    blob = b"ACL2" + struct.pack("<I", len(models)) + book + directory
    blob += np.concatenate(offsets).tobytes() + np.concatenate(entries).tobytes()
    open(path, "wb").write(blob)
    return len(blob)
