// Keys of the desk, and the notice of who else has the ticket open. Everything works without it too.
"use strict";

const OFF = "loket-tanpa-pintasan";
const EVERY = 60000; // milliseconds between two questions who else is here
const dialog = document.getElementById("pintasan");
const keys = dialog?.querySelector("[data-keys]");
let waiting = ""; // a key that begins a pair

const isOff = () => localStorage.getItem(OFF) === "1";
const rows = () => [...document.querySelectorAll(".lk-work tbody tr")];
const focused = () => document.activeElement?.closest(".lk-work tbody tr");
const here = () => focused() ?? rows().find((row) => row.hasAttribute("aria-current"));

function walk(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  for (const row of all) row.removeAttribute("aria-current");
  next.setAttribute("aria-current", "true");
  next.querySelector("a").focus();
}

function document_(by) {
  const all = [...(document.querySelector("#berkas [data-here]")?.parentElement.children ?? [])];
  const at = all.findIndex((each) => each.hasAttribute("data-here"));
  all[(at + by + all.length) % all.length]?.click();
}

// On a list only the row one stands on is taken, never one the officer did not choose
const taking = () => (rows().length ? here() : document)?.querySelector('form[action$="/ambil/"] button');

// One letter takes what nobody holds; taking over from a colleague wants a second key
function take() {
  const button = taking();
  if (button?.form.elements.pemegang?.value) button.focus();
  else button?.click();
}

const lists = () => [...document.querySelectorAll(".lk-rail a")];
const DO = {
  j: () => walk(1),
  k: () => walk(-1),
  a: take,
  n: () => document_(1),
  p: () => document_(-1),
  v: () => document.querySelector('#berkas form input[name="accepted"]')?.focus(),
  "/": () => document.querySelector('[role="search"] input')?.focus(),
  "?": () => dialog?.showModal(),
};

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping || dialog?.open) return;
  if (isOff()) return;
  if (waiting === "g" && /^[1-6]$/.test(event.key)) lists()[event.key - 1]?.click();
  else if (DO[event.key]) {
    event.preventDefault();
    DO[event.key]();
  }
  waiting = event.key === "g" ? "g" : "";
});

for (const button of document.querySelectorAll("[data-shortcuts]")) {
  button.hidden = false;
  button.addEventListener("click", () => dialog?.showModal());
}

// Where the rail scrolls sideways the list one is in shall be seen
document.querySelector(".lk-rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

if (keys) {
  keys.checked = !isOff();
  keys.addEventListener("change", () => localStorage.setItem(OFF, keys.checked ? "0" : "1"));
}

const notice = document.querySelector("[data-ask]");
if (notice) {
  setInterval(async () => {
    if (document.hidden) return;
    const answer = await fetch(notice.dataset.ask).catch(() => null);
    if (answer?.ok && !answer.redirected) notice.innerHTML = await answer.text();
  }, EVERY);
}
