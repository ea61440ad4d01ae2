#!/usr/bin/env python3
"""Writes src/data/charsets/*.txt: the upper half (80-FF) of every single-byte charset the reader knows.

The facts are those of Python's codecs (the Unicode Consortium's mapping tables). Run it from the
root of the repository; a test compares the tables with encoding_rs wherever encoding_rs has the charset.
"""
import pathlib

CHARSETS = {
    "windows-1252": "cp1252", "windows-1250": "cp1250", "windows-1251": "cp1251", "windows-1253": "cp1253",
    "windows-1254": "cp1254", "windows-1255": "cp1255", "windows-1256": "cp1256", "windows-1257": "cp1257",
    "windows-1258": "cp1258", "windows-874": "cp874",
    "iso-8859-1": "latin_1", "iso-8859-2": "iso8859_2", "iso-8859-3": "iso8859_3", "iso-8859-4": "iso8859_4",
    "iso-8859-5": "iso8859_5", "iso-8859-6": "iso8859_6", "iso-8859-7": "iso8859_7", "iso-8859-8": "iso8859_8",
    "iso-8859-9": "iso8859_9", "iso-8859-10": "iso8859_10", "iso-8859-13": "iso8859_13",
    "iso-8859-14": "iso8859_14", "iso-8859-15": "iso8859_15", "iso-8859-16": "iso8859_16",
    "koi8-r": "koi8_r", "koi8-u": "koi8_u",
    "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "x-mac-greek": "mac_greek",
    "x-mac-turkish": "mac_turkish", "x-mac-ce": "mac_latin2", "x-mac-icelandic": "mac_iceland",
    "x-mac-romanian": "mac_romanian", "x-mac-croatian": "mac_croatian",
    "ibm437": "cp437", "ibm737": "cp737", "ibm775": "cp775", "ibm850": "cp850", "ibm852": "cp852",
    "ibm855": "cp855", "ibm857": "cp857", "ibm860": "cp860", "ibm861": "cp861", "ibm862": "cp862",
    "ibm863": "cp863", "ibm864": "cp864", "ibm865": "cp865", "ibm866": "cp866", "ibm869": "cp869",
}
FOLDER = pathlib.Path("src/data/charsets")


def main():
    for name, codec in CHARSETS.items():
        rows = [f"# {name}: the characters of the bytes 80-FF, sixteen a row; .... = undefined."]
        for high in range(8, 16):
            cells = []
            for low in range(16):
                try:
                    cells.append("%04X" % ord(bytes([high * 16 + low]).decode(codec)))
                except UnicodeDecodeError:
                    cells.append("....")
            rows.append(" ".join(cells))
        (FOLDER / f"{name}.txt").write_text("\n".join(rows) + "\n")


main()
