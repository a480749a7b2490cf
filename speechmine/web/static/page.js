// The keyboard, and marking the words that a link leads to. The page works without it.
"use strict";

const hits = () => [...document.querySelectorAll("[data-hit]")];

function step(by) {
  const all = hits();
  if (!all.length) return;
  const chosen = all.findIndex((hit) => hit.getAttribute("aria-current") === "true");
  const at = all.includes(document.activeElement) ? all.indexOf(document.activeElement) : chosen;
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

function back() {
  const search = document.querySelector("[data-search]");
  if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
  if (search) search.focus();
  else if (document.querySelector("[data-text]") && history.length > 1) history.back();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const typing = event.target.matches("input, select, textarea");
  const typed = typing && event.target.value !== "";
  if (event.key === "Escape") {
    if (typing) event.target.blur();
    else back();
  } else if (event.key === "/" && !typing) {
    const search = document.querySelector("[data-search]");
    if (!search) return location.assign("/");
    search.focus();
    search.select();
  } else if (event.key === "ArrowDown" || (event.key === "j" && !typing)) {
    if (typing && !event.target.matches("#q")) return;
    step(1);
  } else if (event.key === "ArrowUp" || (event.key === "k" && !typing)) {
    if (typing && typed) return;
    step(-1);
  } else return;
  event.preventDefault();
});

// The filters come a moment after the hits: until then they are dimmed, and lead to what is typed now.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "results") document.querySelector("#filters")?.classList.add("stale");
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#filters a");
  const search = document.querySelector("#q");
  if (!link || !search) return;
  const address = new URL(link.href);
  if (search.value.trim()) address.searchParams.set("q", search.value.trim());
  else address.searchParams.delete("q");
  link.href = address.pathname + address.search;
}, true);

// In a document: show the words of a finding without asking the server again.
function mark(id) {
  const words = [...document.querySelectorAll("[data-f]")].filter((piece) => piece.dataset.f.split(" ").includes(id));
  if (!words.length) return false;
  document.querySelectorAll("mark.here").forEach((piece) => piece.classList.remove("here"));
  words.forEach((piece) => piece.classList.add("here"));
  document.querySelectorAll("[data-go]").forEach((link) => {
    if (link.dataset.go === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
  words[0].scrollIntoView({ block: "center" });
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-go]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (!mark(link.dataset.go)) return;
  event.preventDefault();
  history.replaceState(null, "", link.href);
});

document.addEventListener("DOMContentLoaded", () => {
  const here = document.querySelector("mark.here");
  const current = document.querySelector("[data-go][aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
  if (here) here.scrollIntoView({ block: "center" });
  else if (location.hash && document.querySelector("[data-text]")) mark(decodeURIComponent(location.hash.slice(1)));
});
