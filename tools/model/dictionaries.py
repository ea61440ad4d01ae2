"""The words of a spelling dictionary: the stems of a hunspell .dic file with the affixes of its .aff file."""
import re
from collections import defaultdict

ENDINGS = 100  # endings put on a stem before its prefixes; with each of them a prefix makes one word more


def lines(path):
    """The lines of a file of the dictionary, in the charset that its .aff file names."""
    raw = open(path, "rb").read()
    named = re.search(rb"^(?:\xef\xbb\xbf)?SET\s+(\S+)", open(path[:-3] + "aff", "rb").read(), re.M)
    charset = named.group(1).decode() if named else "latin-1"
    return raw.decode(charset, "replace").lstrip("\ufeff").splitlines()


class Affixes:
    """The rules of an .aff file: by kind and flag, (what is cut off, what is put on, where, flags of the result)."""

    def __init__(self, path):
        self.rules, self.crossing, self.aliases = defaultdict(list), {}, []
        self.style, self.refused, self.bound = "short", set(), None
        for row in map(str.split, lines(path)):
            kind, *rest = row or [""]
            if kind == "FLAG":
                self.style = rest[0]
            elif kind == "AF" and (len(rest) > 1 or not rest[0].isdigit()):
                self.aliases.append(rest[0])
            elif kind in ("FORBIDDENWORD", "ONLYINCOMPOUND"):
                self.refused.add(rest[0])
            elif kind == "NEEDAFFIX":
                self.bound = rest[0]
            elif kind in ("SFX", "PFX") and len(rest) > 2:
                self.read(kind, *rest)

    def read(self, kind, flag, cut, put, where=".", *_):
        if put.isdigit() and cut in "YN" and (kind, flag) not in self.crossing:
            self.crossing[kind, flag] = cut == "Y"
            return
        put, _, flags = put.partition("/")
        try:
            where = re.compile(f"(?:{where})$" if kind == "SFX" else f"(?:{where})")
        except re.error:  # a bracket that is not closed: hunspell leaves the rule out, too
            return
        self.rules[kind, flag].append((cut.strip("0"), put.strip("0"), where, flags))

    def flags(self, text):
        if self.aliases and text.isdigit():
            text = self.aliases[int(text) - 1]
        if self.style == "num":
            return text.split(",")
        size = 2 if self.style == "long" else 1
        return [text[at: at + size] for at in range(0, len(text), size)]

    def put_on(self, kind, word, flags):
        """(the word with an affix, the affix's flag, the flags of the result) for every affix of a kind."""
        for flag in flags:
            for cut, put, where, more in self.rules.get((kind, flag), ()):
                if kind == "SFX" and word.endswith(cut) and where.search(word):
                    yield word[: len(word) - len(cut)] + put, flag, more
                elif kind == "PFX" and word.startswith(cut) and where.match(word):
                    yield put + word[len(cut):], flag, more


def words(path):
    """Every word of the dictionary at `path` (which ends in .dic), each with a prefix and two endings at most."""
    affixes = Affixes(path[:-3] + "aff")
    found = set()
    for line in lines(path)[1:]:
        stem, _, flags = line.split("\t")[0].split(" ")[0].partition("/")
        flags = affixes.flags(flags)
        if not stem or affixes.refused & set(flags):
            continue
        if affixes.bound not in flags:
            found.add(stem)
        ended = list(affixes.put_on("SFX", stem, flags))[:ENDINGS]
        for word, _, more in ended:
            more = affixes.flags(more)
            if affixes.bound not in more:
                found.add(word)
            found.update(longer for longer, *_ in affixes.put_on("SFX", word, more))
        prefixes = [flag for flag in flags if affixes.rules.get(("PFX", flag))]
        found.update(word for word, *_ in affixes.put_on("PFX", stem, prefixes))
        crossing = [flag for flag in prefixes if affixes.crossing.get(("PFX", flag))]
        if crossing:
            for word, flag, _ in ended:
                if affixes.crossing.get(("SFX", flag)):
                    found.update(longer for longer, *_ in affixes.put_on("PFX", word, crossing))
    return found
