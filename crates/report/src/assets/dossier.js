// Search, a filter by report, and keyboard moves. Everything else works without this file.
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
  const items = all(".it, .b");
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
      const inside = all(".it, .b", group);
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
      const inside = all(".it, .b", section);
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
      search.focus();
      search.select();
    } else if (event.key === "j") {
      move(1);
    } else if (event.key === "k") {
      move(-1);
    } else if (event.key === "?") {
      dialog.showModal();
    } else if (event.key === "Enter" && event.target === current) {
      const link = current.querySelector("a[href^='#']");
      if (link) link.click();
    }
  });
})();
