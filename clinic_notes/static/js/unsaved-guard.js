// Two accidents kept from a form: leaving with words that are nowhere saved, and
// sending the same thing twice with an impatient thumb.

const RETRY_AFTER_MS = 5000;

/** Guard every form that marks itself with data-unsaved-guard, and every form against a double send. */
export function guardForms() {
  const guarded = document.querySelector("form[data-unsaved-guard]");
  if (guarded) warnBeforeLeaving(guarded);
  document.addEventListener("submit", refuseSecondSend);
  // A page that comes back from the browser's memory may be sent again at once.
  window.addEventListener("pageshow", () => {
    for (const form of document.forms) delete form.dataset.sentAt;
  });
}

function warnBeforeLeaving(form) {
  // A form that came back refused holds words that are saved nowhere, but for one with a form_instance:
  // that was kept as it came.
  let unsaved = Boolean(document.querySelector(".error-summary")) && !form.elements.form_instance;
  form.addEventListener("input", () => {
    unsaved = true;
  });
  // autosave.js says so as soon as the server has the newest word.
  form.addEventListener("kept", () => {
    unsaved = false;
  });
  document.addEventListener("submit", (event) => {
    const isMeant = event.target === form || event.target.matches("[data-discard]");
    if (isMeant && !event.defaultPrevented) unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}

function refuseSecondSend(event) {
  if (event.defaultPrevented) return;
  const form = event.target;
  const waited = Date.now() - Number(form.dataset.sentAt ?? 0);
  if (form.method === "post" && waited < RETRY_AFTER_MS) event.preventDefault();
  else form.dataset.sentAt = Date.now();
}
