// Search, a filter by report, keyboard moves, and copies of links and evidence. Everything else
// works without this file.
(() => {
  "use strict";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const tools = document.querySelector(".tools");
  const search = document.getElementById("search");
  const witness = document.getElementById("witness");
  const output = tools.querySelector("output");
  const dialog = document.getElementById("keys");
  const contents = document.querySelector(".toc");
  tools.hidden = false;
  tools.addEventListener("submit", (event) => event.preventDefault());
  if (matchMedia("(max-width: 72rem)").matches) contents.open = false;

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[’‘]/g, "'").replace(/[“”]/g, '"').toLowerCase();
  const items = all(".it, .b, .doc > p[data-s]");
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, fold(item.textContent));
    return texts.get(item);
  };
  const sigla = (item) => {
    const doc = item.closest(".doc");
    return doc ? [doc.querySelector(".g").textContent] : all("a.g, .g", item).map((g) => g.textContent);
  };

  function filter() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const only = witness.value;
    const active = words.length > 0 || only !== "";
    let shown = 0;
    for (const item of items) {
      const hit = !active || (words.every((word) => textOf(item).includes(word)) && (!only || sigla(item).includes(only)));
      item.classList.toggle("off", !hit);
      if (hit) shown += 1;
    }
    for (const group of all(".sp, .doc, .sc, .fold")) {
      const inside = all(".it, .b, .doc > p[data-s]", group);
      group.classList.toggle("off", inside.length > 0 && inside.every((item) => item.classList.contains("off")));
      if (active && group.matches(".fold") && !group.classList.contains("off")) group.open = true;
    }
    for (const heading of all("section > h3")) {
      let next = heading.nextElementSibling;
      let empty = next !== null;
      while (next && next.tagName !== "H3") {
        const inside = next.matches(".it, .sc") ? [next] : all(".it", next);
        if (inside.length === 0 ? !active : inside.some((item) => !item.classList.contains("off"))) empty = false;
        next = next.nextElementSibling;
      }
      heading.classList.toggle("off", active && empty);
    }
    for (const entry of all(".toc li")) {
      const section = document.querySelector(entry.querySelector("a").hash);
      const inside = all(".it, .b, .doc > p[data-s]", section);
      const left = inside.some((item) => !item.classList.contains("off"));
      entry.classList.toggle("none", active && inside.length > 0 && !left);
    }
    output.textContent = active ? `${shown} of ${items.length} items` : "";
  }

  let waiting;
  search.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  witness.addEventListener("change", filter);

  let current = null;
  function move(step) {
    const visible = items.filter((item) => item.offsetParent !== null);
    if (visible.length === 0) return;
    let at = current ? visible.indexOf(current) + step : visible.findIndex((item) => item.getBoundingClientRect().top > 0);
    at = Math.max(0, Math.min(visible.length - 1, at));
    if (current) { current.classList.remove("cur"); current.removeAttribute("tabindex"); }
    current = visible[at];
    current.classList.add("cur");
    current.tabIndex = -1;
    current.focus({ preventScroll: true });
    current.scrollIntoView({ block: "nearest" });
  }

  // Offsets are code points into the report's text: a paragraph says where it starts, and its
  // text is that of the report but for the numbers of the notes.
  const told = document.body.appendChild(document.createElement("output"));
  told.className = "told";
  let until;
  function tell(message) {
    told.textContent = message;
    clearTimeout(until);
    until = setTimeout(() => { told.textContent = ""; }, 2500);
  }

  function offset(node, at) {
    const paragraph = (node.nodeType === 1 ? node : node.parentElement).closest("p[data-s]");
    if (!paragraph) return null;
    const range = document.createRange();
    range.setStart(paragraph, 0);
    range.setEnd(node, at);
    return Number(paragraph.dataset.s) + [...wordsOf(range)].length;
  }

  function wordsOf(range) {
    const part = range.cloneContents();
    for (const note of part.querySelectorAll("sup")) note.remove();
    return part.textContent;
  }

  // `“words” — A Outlet, date. Characters 312–400. address#anchor`
  function evidence(range, anchor) {
    const from = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement;
    const doc = from.closest(".doc");
    const start = offset(range.startContainer, range.startOffset);
    const end = offset(range.endContainer, range.endOffset);
    if (!doc || start === null || end === null) return "";
    const source = doc.querySelector("h3").textContent.trim();
    const title = doc.querySelector(".ti");
    const date = doc.querySelector(".re").textContent.split(" · ")[0].trim();
    const heading = title ? `, “${wordsOf(rangeOf(title)).trim()}”` : "";
    return `${wordsOf(range).trim()}\n— ${source}${heading}, ${date}; characters ${start}–${end} of ${doc.id}\n${address(anchor || doc.id)}`;
  }

  function rangeOf(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    return range;
  }

  const address = (anchor) => `${location.href.split("#")[0]}#${anchor}`;

  // The places that an item's sigla lead to: a quotation whole, else the paragraph.
  function places(item) {
    const links = item.matches(".doc *") ? [] : all(".ma a.g", item).length ? all(".ma a.g", item) : all("a.g, a.cv", item);
    const found = links.map((link) => document.getElementById(link.hash.slice(1))).filter((place) => place && place.closest("p[data-s]"));
    return found.map((place) => [place.matches(".q") ? place : place.closest("p"), place.id]);
  }

  function evidenceOf(item) {
    const own = item.matches(".doc *") ? [[item.matches("p") ? item : item.querySelector("p"), null]] : places(item);
    return own.map(([node, anchor]) => evidence(rangeOf(node), anchor)).filter(Boolean).join("\n\n");
  }

  async function copy(text, message) {
    if (!text) return tell("Nothing to copy here");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    tell(message);
  }

  function copyHere() {
    const selection = getSelection();
    const chosen = selection.rangeCount && !selection.isCollapsed ? evidence(selection.getRangeAt(0)) : "";
    if (chosen) return copy(chosen, "Evidence copied: the words you chose");
    if (current) copy(evidenceOf(current), "Evidence copied");
  }

  for (const link of all(".pl")) {
    const button = document.createElement("button");
    button.className = "cp";
    button.type = "button";
    button.textContent = "cite";
    button.title = "Copy the words with their sources and offsets";
    button.addEventListener("click", () => copy(evidenceOf(link.closest(".it")), "Evidence copied"));
    link.after(button);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".pl, .nr");
    if (link) copy(address(link.hash.slice(1)), "Link copied");
  });

  // A link into a fold opens it.
  function reveal() {
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    let shut = false;
    for (let fold = place.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
      fold.open = true;
      shut = true;
    }
    if (shut) place.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && event.target === search) {
      search.value = "";
      filter();
      search.blur();
    } else if (typing || dialog.open) {
      return;
    } else if (event.key === "/") {
      event.preventDefault();
      contents.open = true;
      search.focus();
      search.select();
    } else if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    } else if (event.key === "c") {
      copyHere();
    } else if (event.key === "?") {
      dialog.showModal();
    } else if (event.key === "Enter" && event.target === current) {
      const link = current.querySelector("a[href^='#']");
      if (link) link.click();
    }
  });
})();
