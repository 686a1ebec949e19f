// While a patient has the tablet, no other tab of this browser goes on showing what it showed. The server
// answers each of them with the kiosk; this only has them ask.

/** Have open tabs ask the server again once the browser is locked, and pages that come back from a cache. */
export function startKiosk() {
  const channel = new BroadcastChannel("clinic-notes");
  if (document.querySelector("[data-kiosk]")) channel.postMessage("locked");
  else channel.addEventListener("message", () => location.reload());
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
}
