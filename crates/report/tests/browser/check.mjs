// See check.sh. Exit code 1 when anything is found.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [page_path, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const address = pathToFileURL(page_path).href;
const failures = [];
const fail = (message) => { failures.push(message); console.error(`FAIL ${message}`); };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

async function open(width, height, colorScheme, javaScriptEnabled = true) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, javaScriptEnabled, bypassCSP: true });
  const page = await context.newPage();
  // A busy machine is slow, not wrong.
  page.setDefaultTimeout(180_000);
  page.on("request", (request) => { if (request.url() !== address) fail(`a request to ${request.url()}`); });
  page.on("pageerror", (error) => fail(`script: ${error.message}`));
  await page.goto(address);
  return page;
}

// Accessibility, with every fold open, at both widths and in both schemes.
for (const [width, height] of [[390, 844], [1440, 900]]) {
  for (const scheme of ["light", "dark"]) {
    const page = await open(width, height, scheme);
    await page.evaluate(() => document.querySelectorAll("details").forEach((fold) => { fold.open = true; }));
    await page.evaluate(axe);
    const found = await page.evaluate(() => axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
    for (const violation of found.violations) {
      const first = violation.nodes[0];
      fail(`${width} ${scheme} ${violation.id}: ${violation.help}, ${violation.nodes.length} times; ${first.html.slice(0, 160)} ${(first.any[0] ?? first.all[0] ?? first.none[0])?.message ?? ""}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) fail(`${width} ${scheme}: the page scrolls sideways by ${wide} px`);
    console.log(`${width} ${scheme}: ${found.passes.length} rules pass, ${found.violations.length} fail`);
    await page.context().close();
  }
}

// Keyboard and search.
{
  const page = await open(1440, 900, "light");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  const current = await page.evaluate(() => document.activeElement.classList.contains("it") || document.activeElement.classList.contains("b"));
  if (!current) fail("j does not move to an item");
  await page.keyboard.press("/");
  const word = await page.evaluate(() => document.querySelector(".it .w")?.textContent.match(/\p{L}{5,}/u)?.[0] ?? "the");
  await page.keyboard.type(word);
  await page.waitForFunction(() => document.querySelector(".tools output").textContent !== "");
  const [shown, all] = await page.evaluate(() => document.querySelector(".tools output").textContent.match(/\d+/g).map(Number));
  if (!(shown > 0 && shown <= all)) fail(`a search for ${word} shows ${shown} of ${all}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  if (!(await page.evaluate(() => document.getElementById("keys").open))) fail("? does not open the list of keys");
  await page.keyboard.press("Escape");
  const painted = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  console.log(`search for "${word}": ${shown} of ${all} items; first paint after ${Math.round(painted)} ms`);
  await page.context().close();
}

// Evidence: the words chosen leave with their source and their offsets; a link into a fold opens it.
{
  const page = await open(1440, 900, "light");
  await page.evaluate(() => {
    window.copied = "";
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { window.copied = text; } } });
  });
  const [word, start] = await page.evaluate(() => {
    const paragraph = [...document.querySelectorAll("p[data-s]")].find((p) => p.querySelector("sup") && p.lastChild.textContent.length > 3) ?? document.querySelector("p[data-s]");
    paragraph.scrollIntoView();
    const last = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let node = null;
    while (last.nextNode()) if (!last.currentNode.parentElement.closest("sup")) node = last.currentNode;
    const range = document.createRange();
    range.selectNodeContents(node);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(node, 0);
    const part = before.cloneContents();
    for (const note of part.querySelectorAll("sup")) note.remove();
    return [node.textContent.trim(), Number(paragraph.dataset.s) + [...part.textContent].length];
  });
  await page.keyboard.press("c");
  await page.waitForFunction(() => window.copied !== "");
  const copied = await page.evaluate(() => window.copied);
  if (!copied.startsWith(word) || !copied.includes(`characters ${start}–`)) fail(`the evidence of “${word}” at ${start} is: ${copied}`);
  const fold = await page.evaluate(() => {
    const item = document.querySelector("details:not([open]) [id]");
    if (!item) return null;
    location.hash = item.id;
    return item.id;
  });
  if (fold) await page.waitForFunction((id) => document.getElementById(id).closest("details").open, fold).catch(() => fail(`a link to ${fold} does not open its fold`));
  await page.context().close();
}

// Without scripting: everything is there, nothing that needs a script is shown.
{
  const page = await open(1440, 900, "light", false);
  if (await page.locator("form.tools").isVisible()) fail("the search is shown without scripting");
  if (!(await page.locator("#texts").isVisible())) fail("the texts are not shown without scripting");
  if (await page.locator("#lq").count()) {
    const line = () => page.locator(".b .q").first().evaluate((mark) => getComputedStyle(mark).textDecorationLine);
    if (await page.locator(".b .q").count()) {
      const before = await line();
      await page.locator("#lq").uncheck();
      if ((await line()) === before) fail("the switch for quotations does nothing without scripting");
    }
  }
  await page.context().close();
}

if (pictures) {
  for (const [name, width, height] of [["phone", 390, 844], ["desktop", 1440, 900]]) {
    for (const scheme of ["light", "dark"]) {
      const page = await open(width, height, scheme);
      await page.screenshot({ path: `${pictures}/${name}-${scheme}-top.png` });
      await page.screenshot({ path: `${pictures}/${name}-${scheme}.png`, fullPage: true });
      await page.context().close();
    }
  }
  const page = await open(1000, 1200, "light");
  await page.pdf({ path: `${pictures}/paper.pdf`, format: "A4", margin: { top: "18mm", bottom: "18mm", left: "16mm", right: "16mm" } });
}
await browser.close();
if (failures.length) { console.error(`${failures.length} failures`); process.exit(1); }
