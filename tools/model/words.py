"""Words: which words a language has and how common they are, as hashes; python3 words.py DATA [--out FOLDER].

The layout that src/reader/language/words.rs reads in place, all numbers little endian:

    "ACW2"  u32 languages  u32 entries
    16 x u16  costs: what a code stands for, in sixteenths of a bit
    (languages + 1) x u32  the first bucket of each, and how many there are: a text asks for words of few
    (buckets + 1) x i16  where a bucket's entries begin, less its even share
    entries x 3 bytes  low 20 bits a check of the hash, high 4 bits the code: of the hundreds of spellings that
    fit a gap none must be found by mistake

A word is entered under the hash of its language and its letters, first to last, in lower case; a name under that
of language 0, as it is written. So are two words that follow one another in Vietnamese, whose words are syllables.
"""
import argparse
import os
import struct
from collections import Counter

import numpy as np

import pack
import sources
from ngrams import is_letter, without
from smooth import Smoothed

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
WORD = 0x57  # what a hash is of, beside the kinds of pack.py
CHECK_BITS, CODES = 20, 16
LONGEST = 24
# Of a language in Latin letters, most of whose letters lose no byte, this share of the words: the rest restored
# one document of 6,250.
LATIN_SHARE = 1 / 3
PAIRED = {"vi": 4}  # pairs kept for each word
NAME_COST = 13.0
# A word that only a dictionary lists costs, in bits, what one costs that was met once; cheaper, rare words stood
# for common ones.
LISTED_COST = 17.0
NAMES = os.path.join(ROOT, "src/data/names.tsv")


def start(language):
    return np.uint64((language + 1) * 0xD1B54A32D192ED03 + WORD & 0xFFFFFFFFFFFFFFFF)


def hashes(language, words):
    """The hash of each word; a space parts two words."""
    out = np.zeros(len(words), dtype=np.uint64)
    for i, word in enumerate(words):
        h = int(start(language))
        for c in word:
            h = (h ^ ord(c)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
            h ^= h >> 32
        out[i] = h
    return out


def split(text):
    return "".join(c if is_letter(c) else " " for c in text).split()


def counted(data, code, crate):
    """Words of a language and pairs of them, with their weights; and the weight of all words."""
    words, pairs = Counter(), Counter()
    for text, weight in sources.texts(data, code, crate, words=True):
        for line in sources.fold(text).splitlines():
            found = split(line)
            for word in found:
                words[word] += weight
            if code in PAIRED:
                for pair in zip(found, found[1:]):
                    pairs[" ".join(pair)] += weight
    return words, pairs


def costs(counts, total, most, ascii=False):
    """(words that hold a letter beyond ASCII, or any, their costs in bits), the commonest `most`."""
    kept = [(w, n) for w, n in counts.most_common() if (ascii or not w.isascii()) and 1 < len(w) <= LONGEST][:most]
    return [w for w, _ in kept], [-np.log2(n / total) for _, n in kept]


def telling(pairs, words, most):
    """(pairs, their costs in bits), the `most` whose words follow one another more often than by chance, by how much
    that saves wherever they stand in the text."""
    total, alone = sum(pairs.values()), sum(words.values())
    def saved(pair):
        one, two = pair.split(" ")
        return np.log2(pairs[pair] / total) - np.log2(words[one] / alone) - np.log2(words[two] / alone)
    kept = [pair for pair in pairs if not pair.isascii() and len(pair) <= LONGEST]
    kept = sorted(kept, key=lambda pair: (-pairs[pair] * saved(pair), pair))[:most]
    return kept, [-np.log2(pairs[pair] / total) for pair in kept]


def likeliest(data, code, crate, misread, most):
    """The words of a language's dictionary that its letters make likeliest: a dictionary does not say how common."""
    listed = sources.listed(data, code)
    if not listed:
        return []
    alphabet, counts = sources.cached_counts(data, code, crate)
    model = Smoothed(alphabet, without(counts, alphabet, misread))
    words = sorted(w for w in listed if 1 < len(w) <= LONGEST and all(c in alphabet.number for c in w))
    order = np.argsort(model.spelled(words, alphabet), kind="stable")[:most]
    return [words[at] for at in order]


def names():
    """Names as they are written; loanwords with a capital too."""
    found = set()
    for line in open(NAMES, encoding="utf-8"):
        if not line.startswith("#"):
            word, what = line.rstrip("\n").split("\t")
            found |= {word, word[0].upper() + word[1:]} if what == "loanword" else {word}
    return sorted(found)


def main():
    ap = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ap.add_argument("data")
    ap.add_argument("--most", type=int, default=12_000, help="words kept of a language whose weight is 1")
    ap.add_argument("--listed", type=int, default=30_000, help="words taken from the dictionary of a language, if any")
    ap.add_argument("--out", default=os.path.join(ROOT, "src/data/model"))
    a = ap.parse_args()
    found = names()
    hashed, bits = [hashes(0, found)], [np.full(len(found), NAME_COST)]
    for number, (code, crate, weight, script, misread) in enumerate(sources.languages(), 1):
        if code in sources.UNSPACED:
            hashed.append(hashes(number, []))
            bits.append(np.array([]))
            continue
        counts, pairs = counted(a.data, code, crate)
        pairs = Counter({pair: n for pair, n in pairs.items() if not set(misread) & set(pair)})
        counts = Counter({word: n for word, n in counts.items() if not set(misread) & set(word)})
        total = sum(counts.values())
        share = LATIN_SHARE if script == "Latn" and code not in PAIRED else 1
        most = int(a.most * weight * share)
        paired = telling(pairs, counts, most * PAIRED.get(code, 0))
        kept = costs(counts, total, most, code in PAIRED)
        listed = set(likeliest(a.data, code, crate, misread, a.listed)).difference(kept[0])
        kinds = kept, paired, (sorted(listed), [LISTED_COST] * len(listed))
        hashed.append(np.concatenate([hashes(number, words) for words, _ in kinds]))
        bits.append(np.concatenate([np.array(cost) for _, cost in kinds]))
        print(code, [len(words) for words, _ in kinds], flush=True)
    print(write(os.path.join(a.out, "words.bin"), hashed, bits), "bytes")


def write(path, hashed, bits):
    """Writes the table of the words' hashes and costs, a list for each language; how many bytes it has."""
    hashed, bits = zip(*(unique(*language) for language in zip(hashed, bits)))
    every = np.concatenate(bits)
    # Evenly: the few common words are met as often as the many rare ones.
    book = np.linspace(max(every.min(), 2.0), every.max(), CODES)
    firsts, buckets, entries = [0], [], []
    for own, cost in zip(hashed, bits):
        count = max(1, len(own) // pack.PER_BUCKET)
        bucket = (own >> np.uint64(32)) * np.uint64(count) >> np.uint64(32)
        order = np.argsort(bucket, kind="stable")
        check = own & np.uint64((1 << CHECK_BITS) - 1)
        codes = pack.nearest(book, cost).astype("<u4") << np.uint32(CHECK_BITS) | check.astype("<u4")
        buckets.append(bucket[order].astype(np.int64) + firsts[-1])
        entries.append(codes[order].astype("<u4").view(np.uint8).reshape(-1, 4)[:, :3])
        firsts.append(firsts[-1] + count)
    buckets, entries = np.concatenate(buckets), np.concatenate(entries)
    every = np.arange(firsts[-1] + 1, dtype=np.int64)
    drift = np.searchsorted(buckets, every) - every * pack.PER_BUCKET
    assert abs(drift).max() < 1 << 15
    blob = b"ACW2" + struct.pack("<II", len(hashed), len(entries)) + np.round(book * 16).astype("<u2").tobytes()
    blob += np.array(firsts, dtype="<u4").tobytes() + drift.astype("<i2").tobytes() + entries.tobytes()
    open(path, "wb").write(blob)
    return len(blob)


def unique(hashed, bits):
    """Each hash once, with what it costs where it comes first; sorted."""
    hashed, first = np.unique(hashed, return_index=True)
    return hashed, bits[first]


if __name__ == "__main__":
    main()
