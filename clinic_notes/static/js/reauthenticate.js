// Signs the same user in again over an open form, which then goes on. The server refuses anybody else.

const MESSAGES = {
  403: "This sign-in is over. Sign in in another window; this page then goes on by itself.",
  422: "The password is not right.",
  429: "Too many tries. Wait a few minutes, then try again.",
};

/** Let the button [data-reauthenticate] ask for the password; call `onSignedIn` afterwards. */
export function setUpReauthentication(onSignedIn) {
  const dialog = document.getElementById("reauthenticate");
  const dialogForm = dialog.querySelector("form");
  const message = dialog.querySelector("[role=alert]");
  document.querySelector("[data-reauthenticate]").addEventListener("click", () => dialog.showModal());
  dialog.querySelector("[type=button]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialogForm.reset());
  dialogForm.addEventListener("submit", async (event) => {
    event.preventDefault();
    message.textContent = "";
    const response = await signIn(dialogForm).catch(() => null);
    if (!response?.ok) {
      message.textContent = MESSAGES[response?.status] ?? "There is no connection just now. Try again.";
      dialogForm.elements.password.select();
      return;
    }
    const { csrf_token: token } = await response.json();
    for (const field of document.getElementsByName("csrf_token")) field.value = token;
    dialog.close();
    onSignedIn();
  });
}

function signIn(dialogForm) {
  return fetch(dialogForm.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(dialogForm)),
  });
}
