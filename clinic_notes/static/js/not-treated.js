// "Record as screened, not treated" without a reload. Without scripts the button submits the form, and the
// server does the same.

/** Let the button of a stop fill in the decision and its reason, and lead to what is still asked. */
export function handleNotTreatedButton() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=not_treated]");
    if (!button) return;
    event.preventDefault();
    const { decision, not_treated_reason: reason, referral } = button.form.elements;
    decision.value = "not_treated";
    if (!reason.value.trim()) reason.value = button.dataset.reason;
    document.getElementById("not-treated").open = true;
    reason.scrollIntoView({ block: "center" });
    (referral.value ? reason : referral).focus({ preventScroll: true });
    button.form.dispatchEvent(new Event("change"));
    button.form.dispatchEvent(new Event("input"));
  });
}
