// Tells a screen reader something without moving the focus.

const region = document.createElement("p");
region.className = "visually-hidden";
region.setAttribute("role", "status");
// Added when the page loads: a live region that is new together with its text is not read out.
document.querySelector("main").append(region);

/** Read a sentence out, after what is being read now. */
export function announce(sentence) {
  region.textContent = sentence;
}
