// Signing in again over an open form: the same person, her password, and on she goes. Whoever
// else is signed in here meanwhile is refused by the server, and sees nothing of hers.

const SAID = {
  403: "This sign-in is over. Sign in in another window; this page then goes on by itself.",
  422: "The password is not right.",
  429: "Too many tries. Wait a few minutes, then try again.",
};

/** Let the button [data-reauthenticate] ask for the password; `done` is called once she is signed in. */
export function askAgain(form, done) {
  const dialog = document.getElementById("reauthenticate");
  const asking = dialog.querySelector("form");
  const complaint = dialog.querySelector("[role=alert]");
  document.querySelector("[data-reauthenticate]").addEventListener("click", () => dialog.showModal());
  dialog.querySelector("[type=button]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => asking.reset());
  asking.addEventListener("submit", async (event) => {
    event.preventDefault();
    complaint.textContent = "";
    const answer = await enter(asking).catch(() => null);
    if (!answer?.ok) {
      complaint.textContent = SAID[answer?.status] ?? "There is no connection just now. Try again.";
      asking.elements.password.select();
      return;
    }
    const { csrf_token: token } = await answer.json();
    for (const field of document.getElementsByName("csrf_token")) field.value = token;
    dialog.close();
    done();
  });
}

function enter(asking) {
  return fetch(asking.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(asking)),
  });
}
