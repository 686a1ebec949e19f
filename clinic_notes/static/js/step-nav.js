// Marks the step of a long form that is being read.

/** Keep aria-current on the rail's link to the section at the top of the window. */
export function followRail() {
  const links = [...document.querySelectorAll(".step-nav a")];
  const sections = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (!links.length || sections.includes(null)) return;

  const mark = () => {
    const third = window.innerHeight / 3;
    const passed = sections.filter((section) => section.getBoundingClientRect().top <= third);
    const here = Math.max(passed.length - 1, 0);
    links.forEach((link, at) => {
      if (at === here) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
  };
  mark();
  document.addEventListener("scroll", mark, { passive: true });
}
