#!/usr/bin/env python3
"""Looks at the report page in headless Chromium, as a person would: light, dark, on a phone; searches
it, filters it, and makes sure that nothing an article says runs and nothing is asked of the network.

usage: report_in_browser.py ARTCLEAN [FOLDER FOR SCREENSHOTS]

Chromium and its driver are Debian's packages chromium and chromium-driver."""
import base64
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]
PORT = 9517


def corpus(folder):
    """Damaged articles, some of them hostile."""
    files = {
        "harbour/ferry.txt": "The ferry â€” the last of the fleet â€” stayed in port.\n\nAlso Read: The mayor's cat is back\n\nâ€œNobody was hurt,â€\x9d the company said.\n",
        "harbour/museum.txt": "The cafÃ© at the musÃ©e opens at nine. Ticket: â‚¬5.\n\nShare this article on Facebook\n",
        "market/strategy.txt": "a strategic โ€” and controversial โ€” move that cost €5\n",
        "market/lost.txt": "The caf\ufffd is closed; the fa\ufffdade stays. It’s a pity, said Zo\ufffd.\n",
        "thai/rain.txt": "ฝนตกทั้งวันในกรุงเทพฯ “ราคา €5” เขากล่าว — 🔍\n",
        "russian/parom.txt": "Ð\x9fÐ°Ñ\x80Ð¾Ð¼ Ð¾Ñ\x81Ñ\x82Ð°Ð»Ñ\x81Ñ\x8f Ð² Ð¿Ð¾Ñ\x80Ñ\x82Ñ\x83.\n",
        "arabic/port.txt": "بقيت العبّارة في الميناء â€” قالت الشركة.\n",
        "hostile/<img src=x onerror=alert(1)>.txt": "</style></script><script>document.title='hacked'</script> â€” {{script}} <b>bold</b> & done\n",
        "plain/fine.txt": "Nothing happened today.\n",
    }
    damaged = pathlib.Path(__file__).parent.parent / "fixtures/articles/damaged"
    shutil.copytree(damaged, folder / "fixtures")
    for n in range(60):
        files[f"archive/{n // 10}/story-{n:03}.txt"] = f"Story {n}: the harbour â€” closed for {n} days â€” opened.  \n"
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    records = [json.dumps({"id": n, "text": f"Record {n} â€” a cafÃ©"}, ensure_ascii=False) for n in range(40)]
    halves = [json.dumps({"text": f"Cut in two: {chr(0xD83D)} in the middle of record {n}"}) for n in range(9)]
    (folder / "market/halves.jsonl").write_text("\n".join(halves) + "\n", encoding="utf-8")
    (folder / "records.jsonl").write_text("\n".join(records) + "\nnot a record\n", encoding="utf-8")


class Browser:
    """A browser driven over the WebDriver protocol."""

    def __init__(self, profile):
        self.driver = subprocess.Popen(["chromedriver", f"--port={PORT}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        options = {"args": [*FLAGS, f"--user-data-dir={profile}"], "binary": "/usr/bin/chromium"}
        wanted = {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        for attempt in range(60):
            try:
                self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}}, root=True)["sessionId"]
                return
            except (ConnectionError, urllib.error.URLError):
                time.sleep(0.5)
        raise SystemExit("chromedriver does not answer")

    def call(self, method, path, body=None, root=False):
        base = f"http://127.0.0.1:{PORT}" + ("" if root else f"/session/{self.session}")
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(base + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=120) as answer:
            return json.loads(answer.read())["value"]

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def command(self, name, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def look(self, width, height, dark):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = "dark" if dark else "light"
        self.command("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.call("GET", "/screenshot")))

    def close(self):
        try:
            self.call("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()


def check(true, what):
    if not true:
        raise SystemExit(f"report page: {what}")


def main():
    artclean = pathlib.Path(sys.argv[1]).resolve()
    shots = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        corpus(place / "in")
        run = subprocess.run([artclean, "-q", "-o", "out", "--report", "report.html", "in"], cwd=place, stderr=subprocess.DEVNULL)
        check(run.returncode == 2, f"exit code {run.returncode}, though one record is no JSON")
        browser = Browser(place / "profile")
        try:
            look_at(browser, (place / "report.html").as_uri(), shots)
        finally:
            browser.close()
    print("report page: looked at in light, dark and on a phone; searched, filtered; nothing runs")


def look_at(browser, page, shots):
    browser.look(1200, 1400, dark=False)
    browser.call("POST", "/url", {"url": page})
    shown = "return [...document.querySelectorAll('.file')].filter(file => !file.hidden).length"
    files = browser.run(shown)
    check(files > 60, f"{files} files")
    check(browser.run("return document.title") == "artclean report", "an article's script ran")
    check(browser.run("return document.scripts.length") == 1, "a script too many")
    check(browser.run("return document.images.length") == 0, "a file's name became an image")
    first = browser.run("return document.querySelector('.file .path').textContent")
    check(first == "in/market/halves.jsonl", f"the worst file is not first, but {first}")
    if shots:
        browser.run("document.querySelectorAll('.file').forEach((file, at) => file.open = at < 4)")
        browser.screenshot(shots / "light.png")
        browser.look(1200, 1400, dark=True)
        browser.screenshot(shots / "dark.png")
    for dark in (False, True):
        browser.look(390, 844, dark)
        wide = browser.run("return document.documentElement.scrollWidth")
        check(wide <= 390, f"on a phone the page is {wide} wide")
        if shots:
            browser.screenshot(shots / f"phone-{'dark' if dark else 'light'}.png")
            browser.run("document.querySelector('#files').scrollIntoView()")
            browser.screenshot(shots / f"phone-{'dark' if dark else 'light'}-files.png")
            browser.run("scrollTo(0, 0)")
    browser.look(1200, 1400, dark=False)

    search = browser.call("POST", "/element", {"using": "css selector", "value": "#search"})
    element = next(iter(search.values()))
    browser.call("POST", f"/element/{element}/value", {"text": "MUSÉE strategic"})
    check(browser.run(shown) == 0, "words of two files are found in none")
    browser.call("POST", f"/element/{element}/clear", {})
    browser.call("POST", f"/element/{element}/value", {"text": "Musée"})
    check(browser.run(shown) == 1, "searching for a mended word finds its file")
    check("#q=" in browser.run("return location.href"), "a search can be kept as a link")
    check(browser.run("return [...document.querySelectorAll('.file')].find(file => !file.hidden).open"), "what was found is not shown")
    if shots:
        browser.screenshot(shots / "search.png")
    browser.call("POST", f"/element/{element}/clear", {})
    browser.run("document.querySelector('[data-show=left]').click()")
    left = browser.run(shown)
    check(0 < left < files, f"{left} of {files} files have damage left")

    for entry in browser.call("POST", "/se/log", {"type": "browser"}):
        check(entry["level"] not in ("SEVERE", "WARNING"), entry["message"])
    for entry in browser.call("POST", "/se/log", {"type": "performance"}):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            check(url.startswith(("file:", "data:", "chrome:")), f"the page asks for {url}")


if __name__ == "__main__":
    main()
