"use strict";
// Search and filters. Without a script the page shows every file, closed, and nothing is missing.
(() => {
  const search = document.getElementById("search");
  const buttons = [...document.querySelectorAll("[data-show]")];
  const count = document.getElementById("count");
  const unfound = document.getElementById("unfound");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  // A sample is found by how it read before and by how it reads now.
  const without = (element, tag) => {
    const copy = element.cloneNode(true);
    for (const one of copy.querySelectorAll(tag)) one.remove();
    return copy.textContent;
  };
  const both = (element) => fold(`${without(element, "del")}\n${without(element, "ins")}`);
  const files = [...document.querySelectorAll(".file")].map((file) => {
    const samples = [...file.querySelectorAll(".samples > li")].map((sample) => ({ sample, text: both(sample) }));
    const path = fold(file.querySelector(".path").textContent);
    return { file, samples, text: [path, ...samples.map((one) => one.text)].join("\n") };
  });

  function show() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const kind = buttons.find((button) => button.ariaPressed === "true")?.dataset.show ?? "";
    let shown = 0;
    for (const { file, text, samples } of files) {
      const fits = words.every((word) => text.includes(word)) && (!kind || file.querySelector(`.badge.${kind}`));
      file.hidden = !fits;
      shown += fits ? 1 : 0;
      // A file that was found by what a sample says shows that sample.
      const found = samples.filter((one) => words.length && words.every((word) => one.text.includes(word)));
      for (const one of samples) one.sample.hidden = found.length > 0 && !found.includes(one);
      if (words.length) file.open = fits && found.length > 0;
    }
    count.textContent = shown === files.length ? `${shown}` : `${shown} of ${files.length}`;
    unfound.hidden = shown > 0 || files.length === 0;
  }

  // A search can be kept as a link: report.html#q=harbour
  function remember() {
    const hash = search.value ? `#q=${encodeURIComponent(search.value)}` : "";
    history.replaceState(null, "", location.pathname + location.search + hash);
  }

  function recall() {
    const asked = /^#q=(.*)$/.exec(location.hash);
    if (asked) {
      try {
        search.value = decodeURIComponent(asked[1]);
      } catch {
        search.value = asked[1];
      }
    }
    show();
  }

  search.addEventListener("input", () => { show(); remember(); });
  addEventListener("hashchange", recall);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) {
      event.preventDefault();
      search.focus();
    }
  });
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const other of buttons) other.ariaPressed = String(other === button);
      show();
    });
  }
  if (files.length) document.querySelector(".tools").hidden = false;
  recall();
})();
