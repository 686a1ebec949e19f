// What a screen reader is told without the focus moving.

const live = document.createElement("p");
live.className = "visually-hidden";
live.setAttribute("role", "status");
// At once: a region that is new to the page together with its words is not read out.
document.querySelector("main").append(live);

/** Say a sentence, politely. */
export function announce(sentence) {
  live.textContent = sentence;
}
