"""Damage as pipelines do it: UTF-8 read in a wrong charset, with what that loses and what later steps do.

A channel is (upper half, lower half, undefined bytes). Bytes A0–FF are read in one charset, 80–9F in the same, as
windows-1252 shows them, or as C1 controls; a byte without a character is kept as C1, dropped, or shown by a mark."""
import html
import unicodedata

SINGLE = ("windows-1250 windows-1251 windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 "
          "windows-1258 cp874 iso8859-2 iso8859-5 iso8859-7 iso8859-9 iso8859-13 iso8859-15 koi8-r koi8-u mac-roman "
          "mac-cyrillic cp437 cp850 cp852 cp866 cp775").split()
DOUBLE = "gbk gb18030 big5 cp932 cp949 euc-jp".split()
UNDEFINED = {"kept": None, "dropped": "", "marked": "\ufffd", "questioned": "?"}
# As windows-1252 shows 80–9F; the five bytes it leaves undefined are missing.
GLYPHS = {byte: shown for byte in range(0x80, 0xA0) if (shown := bytes([byte]).decode("cp1252", "ignore"))}


def misread(text, charset, undefined="kept", glyphs=False):
    """`text` as a program shows it that takes its UTF-8 for `charset`."""
    raw = text.encode("utf-8")
    if charset in DOUBLE:
        if undefined == "dropped":
            return raw.decode(charset, "ignore")
        return raw.decode(charset, "replace").replace("\ufffd", "?" if undefined == "questioned" else "\ufffd")
    shown = "".join(character(byte, charset, undefined, glyphs) for byte in raw)
    return "".join(c for c in shown if not "\x80" <= c <= "\x9f") if undefined == "dropped" else shown


def character(byte, charset, undefined, glyphs):
    own = bytes([byte]).decode(charset, "ignore")
    if own:
        return own
    if glyphs and byte in GLYPHS:
        return GLYPHS[byte]
    mark = UNDEFINED[undefined]
    if mark is None:
        return chr(byte) if byte < 0xA0 else "\ufffd"
    return mark


def windows(text, page):
    """`text` as Windows shows it that takes its UTF-8 for a double-byte code page: two bytes that make no character are
    one mark, whatever the second is. What it has in the cells that are left to users is left out."""
    raw = text.encode("utf-8")
    mark = "\u30fb" if page == "cp932" else "?"
    shown, at = "", 0
    while at < len(raw):
        leads = 0x81 <= raw[at] <= 0xFE and not (page == "cp932" and 0xA0 <= raw[at] <= 0xDF)
        taken = raw[at:at + (2 if leads else 1)]
        read = taken.decode(page, "replace")
        shown += mark if "\ufffd" in read else read
        at += len(taken)
    return shown


def later(text, step):
    """What a later step makes of damaged text."""
    if step == "nbsp":
        return text.replace("\xa0", " ")
    if step == "straight quotes":
        return text.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})
    if step == "entities":
        return "".join(c if c < "\x80" else f"&{name};" if (name := html.entities.codepoint2name.get(ord(c))) else
                       c if c < "\xa0" else f"&#{ord(c)};" for c in text)
    if step == "nfkc":
        return unicodedata.normalize("NFKC", text)
    return text
