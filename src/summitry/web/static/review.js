// Keys for the review desk. Everything here can also be done without it.
"use strict";
const items = [...document.querySelectorAll(".item")];
let at = -1; // nothing is decided on an item that nobody has gone to

function go(to) {
  if (!items.length) return;
  at = Math.min(Math.max(to, 0), items.length - 1);
  items[at].focus({ preventScroll: true });
  items[at].scrollIntoView({ block: "nearest" });
}

function press(key) {
  if (key === "j" || key === "k") return go(at + (key === "j" ? 1 : -1));
  const inside = key === "u" ? document : items[at];
  const target = inside && inside.querySelector(`[data-key="${key}"]`);
  if (!target) return;
  if (key === "f") {
    target.parentElement.open = true;
    target.parentElement.querySelector("select").focus();
  } else {
    target.click();
  }
}

document.addEventListener("keydown", (event) => {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === "Escape" && typing) return go(at);
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if ("jksnahfuo".includes(event.key)) {
    event.preventDefault();
    press(event.key);
  }
});
document.addEventListener("focusin", (event) => {
  const item = event.target.closest(".item");
  if (item) at = items.indexOf(item);
});
document.addEventListener("submit", (event) => {
  // A second press would decide the same twice.
  if (event.target.method !== "post") return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
const back = /^#i(\d+)$/.exec(location.hash);
if (back) go(Number(back[1])); // after a decision, on to what came in its place
