"use strict";
// Language, light and dark, and the list of keys: on every page. Nothing here touches the network.
const root = document.documentElement;
const phrases = JSON.parse(document.getElementById("phrases").textContent);

const memory = {
  get(key) {
    try { return localStorage.getItem(`referat-${key}`); } catch { return null; }
  },
  set(key, value) {
    try { localStorage.setItem(`referat-${key}`, value); } catch { /* private windows keep nothing */ }
  },
};

function say(key) {
  const both = phrases[key];
  return both ? both[root.lang === "en" ? 1 : 0] : key.split(".").pop();
}

function speak(language) {
  root.lang = language;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
  for (const name of ["placeholder", "aria-label"]) {
    for (const element of document.querySelectorAll(`[data-t-${name}]`)) {
      element.setAttribute(name, say(element.getAttribute(`data-t-${name}`)));
    }
  }
  for (const element of document.querySelectorAll("[data-da]")) {
    element.textContent = language === "en" ? element.dataset.en : element.dataset.da;
  }
  document.dispatchEvent(new Event("spoken"));
}

function keyIsOurs(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && !/^(radio|checkbox)$/.test(event.target.type);
  return !typing && !event.ctrlKey && !event.metaKey && !event.altKey && document.getElementById("keys-on").checked;
}

document.getElementById("language").addEventListener("click", () => {
  const language = root.lang === "en" ? "da" : "en";
  memory.set("language", language);
  speak(language);
});

document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  memory.set("theme", root.dataset.theme);
});

const help = document.getElementById("help");
document.getElementById("keys").addEventListener("click", () => help.showModal());
document.getElementById("keys-on").addEventListener("change", (event) => memory.set("keys", event.target.checked ? "on" : "off"));
document.addEventListener("keydown", (event) => {
  if (event.key === "?" && keyIsOurs(event)) {
    event.preventDefault();
    if (help.open) help.close();
    else help.showModal();
  }
});

// What is folded away belongs on paper too.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("main details:not([open])")];
  for (const details of opened) details.open = true;
});
window.addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});

if (memory.get("theme")) root.dataset.theme = memory.get("theme");
document.getElementById("keys-on").checked = memory.get("keys") !== "off";
// The page comes in one language; nothing needs to be said again where that is the one that is wanted.
if ((memory.get("language") || root.lang) !== root.lang) speak(memory.get("language"));
