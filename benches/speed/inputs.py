"""The inputs that speed is measured on, made from sentences of our own.

usage: inputs.py FOLDER [MEGABYTES]

Writes a (ASCII English), b (English as newsrooms set it), c (Thai, Russian, Hindi, Chinese), d (JSON
Lines of b), e (b with a tenth of the articles damaged), f and g (Russian and Chinese, damaged throughout: read
as windows-1252 and, with losses, as GBK), h, i and j (Russian in KOI8-R, Chinese in GBK, c in UTF-16), and a folder
of 20,000 articles of about 4 KB."""
import json
import pathlib
import random
import sys

ENGLISH = """The council voted on Tuesday to keep the swimming pool open through the winter.
Ticket sales rose by a third after the bridge reopened, the operator said.
Nobody had expected the lake to freeze before the middle of January.
A spokesman for the ministry declined to comment on the details of the plan.
The orchard lost half its trees in the storm, and the other half in court.
Three engineers spent the night in the control room with a torch and a manual.
Prices at the market fell again as the first boats of the season came in.
“We’ve been here before,” she said, “and we know how it ends.”
The film — shot in eleven days — won two prizes and lost its distributor.
It’s the third year in a row that the team has finished second.
He called the ruling “a gift to nobody” and promised to appeal.
The new line will cost €45 million and open in 2031 – or later.
Schools in the valley close at noon when it snows; the buses don’t wait.
“Read the small print,” the lawyer advised, “and then read it again.”
The baker’s oven, built in 1911, was declared a monument last week.
Farmers along the river say the dam’s gates were opened too late.
The choir rehearses on Thursdays, above the fire station, windows open.
Officials counted 4,200 visitors on the first day… and ran out of maps.
The museum’s café serves soup until three and apologies after that.
An inquiry found that the alarm had worked, but that nobody was listening.
""".splitlines()
OTHERS = """รถไฟขบวนแรกออกจากสถานีตอนตีห้าครึ่ง ผู้โดยสารส่วนใหญ่เป็นนักเรียน
ผู้ว่าการกล่าวว่าสะพานใหม่จะเปิดให้ใช้ในเดือนหน้า แต่ยังไม่ได้บอกวันที่แน่นอน
Городской совет решил не закрывать бассейн на зиму, сообщил его директор.
Цены на рынке снова упали: в порт вернулись первые лодки сезона.
«Мы это уже видели», — сказала она и закрыла дверь.
नदी पर नया पुल अगले महीने खुलेगा, मंत्री ने कहा।
बाज़ार में दाम फिर गिर गए क्योंकि मौसम की पहली नावें लौट आईं।
市议会星期二投票决定，游泳池冬天继续开放。
桥梁重新开放以后，车票销量增加了三分之一。
“我们以前见过这种事，”她说，“也知道结局是什么。”
""".splitlines()
ARTICLE_BYTES = 4096


def articles(sentences, seed):
    """Articles of about 4 KB, in paragraphs of a few sentences."""
    rng = random.Random(seed)
    while True:
        lines, size = [], 0
        while size < ARTICLE_BYTES:
            paragraph = " ".join(rng.choice(sentences) for _ in range(rng.randint(1, 5)))
            lines.append(paragraph)
            size += len(paragraph.encode()) + 2
        yield "\n\n".join(lines) + "\n"


def plain(sentence):
    return sentence.translate({0x201C: '"', 0x201D: '"', 0x2019: "'", 0x2014: "-", 0x2013: "-", 0x2026: "...",
                               0x20AC: "EUR ", 0xE9: "e"})


def damaged(text):
    return text.encode().decode("latin-1").encode("utf-8", "surrogatepass").decode().translate(
        {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)})


def write(path, size, pieces, charset="utf-8"):
    with open(path, "w", encoding=charset, errors="replace", newline="") as file:
        written = 0
        for piece in pieces:
            file.write(piece)
            written += len(piece.encode())
            if written >= size:
                return


def main():
    folder = pathlib.Path(sys.argv[1])
    size = int(float(sys.argv[2]) * 1e6) if len(sys.argv) > 2 else 64_000_000
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "a.txt", size, (a + "\n" for a in articles([plain(s) for s in ENGLISH], 1)))
    write(folder / "b.txt", size, (a + "\n" for a in articles(ENGLISH, 2)))
    write(folder / "c.txt", size, (a + "\n" for a in articles(OTHERS, 3)))
    write(folder / "d.jsonl", size, (json.dumps({"id": n, "url": f"https://news.example/{n}", "text": a},
                                               ensure_ascii=False) + "\n" for n, a in enumerate(articles(ENGLISH, 4))))
    write(folder / "e.txt", size, ((damaged(a) if n % 10 == 0 else a) + "\n" for n, a in enumerate(articles(ENGLISH, 5))))
    russian, chinese = OTHERS[2:5], OTHERS[7:10]
    write(folder / "f.txt", size // 8, (damaged(a) + "\n" for a in articles(russian, 7)))
    write(folder / "g.txt", size // 8, (a.encode().decode("gbk", "replace") + "\n" for a in articles(chinese, 8)))
    write(folder / "h.txt", size // 8, (a + "\n" for a in articles(russian, 9)), "koi8-r")
    write(folder / "i.txt", size // 8, (a + "\n" for a in articles(chinese, 10)), "gbk")
    write(folder / "j.txt", size // 8, (a + "\n" for a in articles(OTHERS, 11)), "utf-16")
    many = folder / "many"
    for n, article in zip(range(20_000), articles(ENGLISH, 6)):
        below = many / f"{n // 500:02}"
        below.mkdir(parents=True, exist_ok=True)
        (below / f"{n}.txt").write_text(article, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
