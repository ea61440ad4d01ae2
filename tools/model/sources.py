"""Where each language's counts come from; see README.md for licences and how the folder `data` is filled."""
import glob
import json
import math
import os
import pickle
import random
import sys
from collections import Counter

import numpy as np

import dictionaries
from ngrams import Alphabet, count_text, is_letter, lingua_counts, lingua_letters, merge

# lingua's models leave out combining marks, and everything but single characters for these.
NEEDS_TEXT = set("hi mr bn pa gu ta te kn ml ne th zh zh-TW ja ko".split())
WIDE = {"zh", "zh-TW", "ja", "ko"}  # alphabets of thousands: trigrams at most
UNSPACED = {"th", "zh", "zh-TW", "ja"}  # no spaces part their words
SPELLED = NEEDS_TEXT - WIDE  # counted in short texts, in scripts where a letter takes several characters
LONGEST_SPELLED = 7
CLDR = {"nb": "no", "zh-TW": "zh-Hant"}
CHROMIUM = {"zh": "zh-CN"}
LIBREOFFICE = {"pa": "pa_IN", "zh": "zh_CN", "zh-TW": "zh_TW"}
MOZILLA = {"gu": "gu-IN", "hi": "hi-IN", "hy": "hy-AM", "ne": "ne-NP", "pa": "pa-IN"}
# Spelling dictionaries; a file of Debian's is named by its code.
DICTIONARIES = {"el": "el_GR", "fa": "fa", "ka": "ka", "kk": "kk_KZ", "ru": "ru_RU", "sr": "sr_RS", "uk": "uk_UA"}
LANGDETECT = {"nb": "no", "zh": "zh-cn", "zh-TW": "zh-tw"}


def languages(path=None):
    rows = []
    for line in open(path or os.path.join(os.path.dirname(__file__), "languages.tsv"), encoding="utf-8"):
        if not line.startswith("#") and line.strip():
            code, crate, weight, script, *misread = line.rstrip("\n").split("\t")
            rows.append((code, crate, float(weight), script, "".join(misread)))
    return rows


def lingua_folder(data, crate):
    found = glob.glob(os.path.join(data, "lingua", f"lingua-{crate}-language-model*"))
    return found[0] if found else None


def fold(text):
    """Lower case, one character for one character, as the reader of the tables does it."""
    return "".join(c if len(c.lower()) > 1 and c.lower()[0] == c else c.lower()[0] for c in text)


def read(path):
    try:
        return open(path, encoding="utf-8").read()
    except FileNotFoundError:
        return ""


def cldr_words(data, code):
    """Emoji keywords and the names of languages and countries: everyday words, a line each."""
    lines = []
    for file in glob.glob(os.path.join(data, "cldr", "*", CLDR.get(code, code), "*.json")):
        stack = [json.load(open(file, encoding="utf-8"))]
        while stack:
            node = stack.pop()
            if isinstance(node, dict):
                stack.extend(v for k, v in node.items() if k != "identity")
            elif isinstance(node, list):
                stack.extend(node)
            elif isinstance(node, str) and not node.isascii():
                lines.append(node)
    return "\n".join(lines)


def sampled(pairs, n):
    """Running text of words drawn by their frequency, for languages that set no spaces."""
    if not pairs:
        return ""
    words, weights = zip(*pairs)
    return "".join(random.Random(1).choices(words, weights, k=n))


def ipadic(folder):
    """Japan's IPADIC words of two characters and more, weighed by their costs (flattened: they are no frequencies)."""
    sys.path.insert(0, folder)
    try:
        from janome import sysdic
    except ImportError:
        return []
    words = ((e[0], e[3]) for e in sysdic.entries(compact=True).values())
    return [(w, math.exp(-cost / 1500)) for w, cost in words if len(w) > 1 and all(map(is_letter, w))]


def texts(data, code, crate, words=False):
    """(text, weight) pairs of a language that needs text; for its words there is more."""
    out = []
    simplified = code == "zh-TW"
    folder = lingua_folder(data, "chinese" if simplified else crate)
    if folder:
        for name in ("sentences", "single-words", "word-pairs"):
            text = read(os.path.join(folder, "testdata", name + ".txt"))
            if simplified:
                text = traditional(data, text)
            if text:
                out.append((text, 4.0 if name == "sentences" else 1.0))
    out.append((cldr_words(data, code), 0.5))
    out.append((read(os.path.join(data, "chromium", CHROMIUM.get(code, code) + ".txt")), 1.0))
    out.append((read(os.path.join(data, "libreoffice", LIBREOFFICE.get(code, code) + ".txt")), 0.5))
    if words and code not in WIDE:
        out.append((read(os.path.join(data, "mozilla", MOZILLA.get(code, code) + ".txt")), 1.0))
    if code == "ja":
        out.append((sampled(ipadic(os.path.join(data, "janome")), 600_000), 0.5))
    if code == "th":
        pairs = [l.split("\t") for l in read(os.path.join(data, "thai", "tnc_freq.txt")).splitlines() if "\t" in l]
        out.append((sampled([(w, int(f)) for w, f in pairs if all(map(is_letter, w))], 2_000_000), 1.0))
    if code in ("zh", "zh-TW"):
        rows = [l.split(" ") for l in read(os.path.join(data, "jieba", "dict.txt")).splitlines()]
        pairs = [(r[0], int(r[1])) for r in rows if len(r) > 1 and all(map(is_letter, r[0]))]
        text = sampled(pairs, 5_000_000)
        out.append((traditional(data, text) if simplified else text, 1.0))
    return out


def of_news(data, crate, alphabet):
    """Counts of the sentences and words that were taken from newspapers and the Web alone; `None` if there are none."""
    folder = lingua_folder(data, crate)
    if not folder:
        return None
    parts = [[] for _ in range(LONGEST_SPELLED)]
    for name in ("sentences", "single-words", "word-pairs"):
        text = fold(read(os.path.join(folder, "testdata", name + ".txt")))
        for n, counted in enumerate(count_text(text, alphabet, LONGEST_SPELLED)):
            parts[n].append(counted)
    return [merge(np.concatenate([k for k, _ in p]), np.concatenate([c for _, c in p])) for p in parts]


def traditional(data, text):
    """Simplified characters as traditional ones, the longest phrase first (OpenCC's tables)."""
    table, longest = {}, 1
    for name in ("STCharacters.txt", "STPhrases.txt"):
        for line in read(os.path.join(data, "opencc", name)).splitlines():
            if "\t" in line:
                a, b = line.split("\t")[:2]
                table[a] = b.split(" ")[0]
                longest = max(longest, len(a))
    longest = min(longest, 6)
    out, i = [], 0
    while i < len(text):
        for n in range(min(longest, len(text) - i), 0, -1):
            b = table.get(text[i: i + n])
            if b is not None or n == 1:
                out.append(b if b is not None else text[i])
                i += n
                break
    return "".join(out)


def profile(data, code):
    """langdetect's 1- to 3-grams, a space being the edge."""
    path = os.path.join(data, "langdetect", LANGDETECT.get(code, code))
    if not os.path.exists(path):
        return {}
    grams = {}
    for g, n in json.load(open(path, encoding="utf-8"))["freq"].items():
        g = fold(g)
        if code == "ja" and any("\u3040" <= c <= "\u30ff" for c in g):
            continue  # langdetect counts all kana as one
        if all(is_letter(c) or c == " " for c in g) and " " not in g[1:-1] and g.strip():
            grams[g] = grams.get(g, 0) + n
    return grams


def counts(data, code, crate, spelled=False):
    """(alphabet, [(keys, counts) of each order]) of a language; `spelled` for its words, in more text."""
    if code not in NEEDS_TEXT:
        letters = lingua_letters(lingua_folder(data, crate))
        total = sum(letters.values())
        common = [c for c, n in sorted(letters.items(), key=lambda x: -x[1]) if len(c) == 1 and n > max(2, total * 2e-7)]
        alphabet = Alphabet(common[:250], 8)
        return alphabet, lingua_counts(lingua_folder(data, crate), alphabet)
    found = [(fold(t), w) for t, w in texts(data, code, crate, spelled)]
    grams = profile(data, code)
    letters = Counter()
    for text, weight in found:
        for c, n in Counter(text).items():
            if is_letter(c):
                letters[c] += n * weight
    for g, n in grams.items():
        if len(g) == 1 and not g.isascii():
            letters[g] += n * 0.2
    if crate != "-" and code in WIDE:
        for c, n in lingua_letters(lingua_folder(data, crate)).items():
            letters[c] += n * 0.02
    wide = code in WIDE
    alphabet = Alphabet([c for c, _ in sorted(letters.items(), key=lambda x: -x[1]) if "\x7f" < c <= "\uffff"], 16 if wide else 8)
    order = 3 if wide else LONGEST_SPELLED if spelled else 5
    parts = [[] for _ in range(order)]
    for text, weight in found:
        for n, (keys, c) in enumerate(count_text(text, alphabet, order)):
            parts[n].append((keys, c * weight))
    if code in WIDE:
        parts = [[merge(*map(np.concatenate, zip(*p)))] for p in parts]
        for n in range(1, order):  # drawn at random, rare groups say nothing
            keys, c = parts[n][0]
            parts[n] = [(keys[c > 2], c[c > 2])]
    for g, n in grams.items():
        key = alphabet.pack(g)
        if key is not None and len(g) <= order:
            parts[len(g) - 1].append((np.array([key]), np.array([n * 0.2])))
    if crate != "-" and wide:
        for c, n in lingua_letters(lingua_folder(data, crate)).items():
            if c in alphabet.number:
                parts[0].append((np.array([alphabet.number[c]]), np.array([n * 0.02])))
    return alphabet, [merge(np.concatenate([k for k, _ in p]), np.concatenate([c for _, c in p])) for p in parts]


def cached_counts(data, code, crate, spelled=False):
    """Reading the sources takes minutes; what was read is kept beside them."""
    path = os.path.join(data, "counts", code + "-spelled" * spelled + ".pickle")
    if os.path.exists(path):
        return pickle.load(open(path, "rb"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    found = counts(data, code, crate, spelled)
    pickle.dump(found, open(path, "wb"))
    return found


def listed(data, code):
    """The words of a language's spelling dictionary, folded; none if it has no dictionary here."""
    if code not in DICTIONARIES:
        return set()
    found = map(fold, dictionaries.words(os.path.join(data, "hunspell", DICTIONARIES[code] + ".dic")))
    return {word for word in found if all(map(is_letter, word))}
