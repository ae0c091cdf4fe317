// A document's page: the panel beside the text, jumps, views, and the keys that move between values.
const values = JSON.parse(document.getElementById("values").textContent);
const doubts = JSON.parse(document.getElementById("doubts").textContent);
const minutes = document.getElementById("minutes");
const panel = document.getElementById("panel");
const marked = [...minutes.querySelectorAll(".v")];
let pinned = null;
let shownPiece = null;
let chosen = null;

const numbers = (piece) => piece.dataset.v.split(" ").filter(Boolean).map(Number);

function fact(list, key, text) {
  if (!text) return;
  const term = document.createElement("dt");
  const told = document.createElement("dd");
  term.textContent = say(key);
  told.textContent = text;
  list.append(term, told);
}

function card(number) {
  const [kind, da, en, original, rule, confidence] = values[number];
  const box = document.createElement("section");
  const title = document.createElement("h3");
  title.textContent = say(`kind.${kind}`);
  title.className = kind;
  const list = document.createElement("dl");
  fact(list, "page.says", root.lang === "en" ? en : da);
  fact(list, "page.original", original);
  fact(list, "page.confidence", confidence === null ? "" : `${Math.floor(confidence * 100 + 1e-9)} %`);
  fact(list, "page.rule", rule);
  box.append(title, list);
  return box;
}

function show(piece, first) {
  shownPiece = piece;
  const all = piece ? numbers(piece) : [];
  const order = first === undefined ? all : [first, ...all.filter((number) => number !== first)];
  document.getElementById("details").replaceChildren(...order.map(card));
  panel.classList.toggle("open", Boolean(piece));
}

function choose(piece, number) {
  for (const other of minutes.querySelectorAll(".chosen")) other.classList.remove("chosen");
  pinned = piece;
  chosen = null;
  show(piece, number);
  if (!piece) return;
  const whole = number === undefined ? numbers(piece)[0] : number;
  chosen = whole;
  for (const other of marked) if (numbers(other).includes(whole)) other.classList.add("chosen");
}

function jump(number) {
  const piece = marked.find((other) => numbers(other).includes(number));
  if (!piece) return;
  choose(piece, number);
  piece.focus({ preventScroll: true });
  piece.scrollIntoView({ block: "center" });
}

function jumpToAddress() {
  const match = /^#v(\d+)$/.exec(location.hash);
  if (match) jump(Number(match[1]));
}

// The values in the order of the text, what encloses before what stands inside.
const inOrder = [...new Set(marked.flatMap((piece) => numbers(piece).reverse()))];

function move(step) {
  const seen = inOrder.filter(isShown);
  if (!seen.length) return;
  let next = seen.indexOf(chosen) + step;
  if (chosen === null) {
    const below = marked.find((piece) => piece.getBoundingClientRect().top >= 0 && numbers(piece).some(isShown));
    next = below ? seen.indexOf(numbers(below).findLast(isShown)) : 0;
  }
  jump(seen[Math.min(Math.max(next, 0), seen.length - 1)]);
}

function isShown(number) {
  return !minutes.classList.contains(`no-${values[number][0]}`) && values[number][0] !== "edit";
}

let doubt = -1;
function moveDoubt(step) {
  if (!doubts.length) return;
  doubt = (doubt + step + doubts.length) % doubts.length;
  jump(doubts[doubt]);
}

function view(name) {
  minutes.classList.remove("repaired", "edits", "read");
  minutes.classList.add(name);
  document.querySelector(`[name=view][value=${name}]`).checked = true;
}

minutes.addEventListener("mouseover", (event) => {
  const piece = event.target.closest(".v");
  if (piece && !pinned) show(piece);
});
minutes.addEventListener("click", (event) => {
  const piece = event.target.closest(".v");
  choose(piece === pinned ? null : piece);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-jump]");
  if (!link) return;
  event.preventDefault();
  const place = `#v${link.dataset.jump}`;
  if (location.hash === place) jumpToAddress();
  else location.hash = place;
});
for (const radio of document.querySelectorAll("[name=view]")) radio.addEventListener("change", () => view(radio.value));
for (const box of document.querySelectorAll("[data-kind]")) {
  box.addEventListener("change", () => minutes.classList.toggle(`no-${box.dataset.kind}`, !box.checked));
}
document.addEventListener("keydown", (event) => {
  if (!keyIsOurs(event) || help.open) return;
  const views = ["repaired", "edits", "read"];
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    n: () => moveDoubt(1),
    p: () => moveDoubt(-1),
    t: () => view(views[(views.findIndex((name) => minutes.classList.contains(name)) + 1) % 3]),
    i: () => document.getElementById("up").click(),
    Escape: () => choose(null),
  };
  if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});
document.addEventListener("spoken", () => show(shownPiece));
window.addEventListener("hashchange", jumpToAddress);
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".agenda details").open = false;
jumpToAddress();
