// Marks the current step in the navigation of a long form.

/** Keep aria-current on the link to the section at the top of the window. */
export function markCurrentStep() {
  const links = [...document.querySelectorAll(".step-nav a")];
  const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (!links.length || sections.includes(null)) return;

  const mark = () => {
    const third = window.innerHeight / 3;
    const passed = sections.filter((section) => section.getBoundingClientRect().top <= third);
    const current = Math.max(passed.length - 1, 0);
    links.forEach((link, index) => {
      if (index === current) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
  };
  mark();
  document.addEventListener("scroll", mark, { passive: true });
}
