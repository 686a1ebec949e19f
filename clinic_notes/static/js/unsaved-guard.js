// Keeps two accidents from a form: leaving the page while typed text is not saved, and submitting
// the same form twice.

const RESUBMIT_AFTER_MS = 5000;

/** Guard form[data-unsaved-guard] when the page is left, and every form against a second submit. */
export function guardForms() {
  const form = document.querySelector("form[data-unsaved-guard]");
  if (form) warnBeforeLeaving(form);
  document.addEventListener("submit", stopSecondSubmit);
  // A page that comes back from the browser's cache may be submitted again at once.
  window.addEventListener("pageshow", () => {
    for (const each of document.forms) delete each.dataset.submittedAt;
  });
}

function warnBeforeLeaving(form) {
  // A form that came back with errors holds unsaved text, unless it has a form instance: then the
  // server autosaved it as it came.
  let isUnsaved = Boolean(document.querySelector(".error-summary")) && !form.elements.form_instance;
  form.addEventListener("input", () => {
    isUnsaved = true;
  });
  form.addEventListener("autosaved", () => {
    isUnsaved = false;
  });
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    const endsForm = target === form || target.matches("[data-discard]");
    if (endsForm && !defaultPrevented) isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
}

function stopSecondSubmit(event) {
  if (event.defaultPrevented) return;
  const form = event.target;
  const waited = Date.now() - Number(form.dataset.submittedAt ?? 0);
  if (form.method === "post" && waited < RESUBMIT_AFTER_MS) event.preventDefault();
  else form.dataset.submittedAt = Date.now();
}
