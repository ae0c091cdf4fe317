// Search and filters of the index. The state stands in the address, so that it can be kept and passed on.
const data = JSON.parse(document.getElementById("data").textContent);
const rows = [...document.querySelectorAll("#meetings tbody tr")];
const filters = document.getElementById("filters");
const HITS = 6;

for (const one of data) {
  one.plain = `${one.text} ${one.persons.join(" ")} ${one.organisations.join(" ")}`.toLowerCase();
  one.lines = one.hits.map((hit) => hit[2].toLowerCase());
}

function kroner(written) {
  const digits = written.replace(/[.\s]/g, "").replace(/kr$/i, "").replace(",", ".");
  const factor = /mio/i.test(digits) ? 1e6 : 1;
  const value = parseFloat(digits) * factor;
  return Number.isFinite(value) ? value : 0;
}

function found(one, page, wanted) {
  const words = wanted.q.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = [];
  const inAll = (text) => words.every((word) => text.includes(word));
  if (words.length) {
    one.lines.forEach((line, number) => { if (inAll(line)) hits.push(one.hits[number]); });
    if (!hits.length && !inAll(`${one.plain} ${one.lines.join(" ")}`)) return null;
  }
  if (wanted.body && one.body !== wanted.body) return null;
  if (wanted.year && one.year !== wanted.year) return null;
  const named = (names, name) => names.some((other) => other.toLowerCase().includes(name.toLowerCase()));
  if (wanted.organisation && !named(one.organisations, wanted.organisation)) return null;
  if (wanted.person && !named(one.persons, wanted.person)) return null;
  if (wanted.outcome) {
    const decided = one.hits.filter((hit) => hit[3] === wanted.outcome);
    if (!decided.length) return null;
    if (!words.length) hits.push(...decided);
  }
  const least = kroner(wanted.amount);
  if (least > 0) {
    const sums = one.money.filter((money) => money[0] >= least);
    if (!sums.length) return null;
    hits.push(...sums.map((money) => [money[1], "amount", `${money[2]} – ${money[3]}`, ""]));
  }
  return hits;
}

function showHits(row, hits) {
  const list = row.querySelector(".hits");
  if (!hits.length && list.hidden) return;
  const page = row.querySelector("a").getAttribute("href").split("#")[0];
  list.replaceChildren(...hits.slice(0, HITS).map((hit) => {
    const line = document.createElement("li");
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = hit[3] ? say(`outcome.${hit[3]}`) : say(`kind.${hit[1]}`);
    const link = document.createElement("a");
    link.href = `${page}#${hit[0]}`;
    link.textContent = hit[2].length > 160 ? `${hit[2].slice(0, 160)}…` : hit[2];
    line.append(kind, " ", link);
    return line;
  }));
  list.hidden = !hits.length;
}

function apply() {
  const wanted = Object.fromEntries(new FormData(filters));
  let shown = 0;
  rows.forEach((row, number) => {
    const hits = found(data[number], row, wanted);
    row.hidden = !hits;
    if (hits) shown += 1;
    showHits(row, hits || []);
  });
  document.getElementById("shown").textContent = shown;
  document.getElementById("none").hidden = shown > 0;
  const kept = new URLSearchParams(Object.entries(wanted).filter((pair) => pair[1]));
  try { history.replaceState(null, "", kept.size ? `#${kept}` : location.pathname); } catch { /* from a file that forbids it */ }
}

function restore() {
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
    if (filters.elements[name]) filters.elements[name].value = value;
  }
}

let waiting;
filters.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 60); });
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("reset", () => setTimeout(apply));
document.addEventListener("spoken", () => apply());
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && keyIsOurs(event)) {
    event.preventDefault();
    document.getElementById("search").focus();
  } else if (event.key === "Escape" && event.target.id === "search") {
    filters.reset();
  }
});
restore();
if (location.hash.length > 1) apply();
