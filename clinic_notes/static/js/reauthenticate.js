// Signs the same user in again over an open page, which then goes on. The server refuses anybody else.

const MESSAGES = {
  403: "This sign-in is over. Sign in in another window; this page then goes on by itself.",
  422: "The password is not right.",
  429: "Too many tries. Wait a few minutes, then try again.",
};

let afterwards = [];
let isCover = false;

/** Let the button [data-reauthenticate] ask for the password; call `onSignedIn` afterwards. */
export function setUpReauthentication(onSignedIn) {
  document
    .querySelector("[data-reauthenticate]")
    .addEventListener("click", () => askForPassword({ onSignedIn }));
}

/** Ask for the password over the page; as a cover the page is not read before it is given. */
export function askForPassword(how) {
  const dialog = document.getElementById("reauthenticate") ?? setUp();
  isCover ||= Boolean(how.isCover);
  afterwards.push(how.onSignedIn);
  dialog.querySelector("[type=button]").hidden = isCover;
  if (!dialog.open) dialog.showModal();
}

function setUp() {
  document.body.append(document.getElementById("ask-for-password").content.cloneNode(true));
  const dialog = document.getElementById("reauthenticate");
  const dialogForm = dialog.querySelector("form");
  const message = dialog.querySelector("[role=alert]");
  dialog.querySelector("[type=button]").addEventListener("click", () => dialog.close());
  // Escape closes no cover; some browsers insist at the second press.
  dialog.addEventListener("cancel", (event) => isCover && event.preventDefault());
  dialog.addEventListener("close", () => {
    dialogForm.reset();
    if (isCover) dialog.showModal();
    else afterwards = [];
  });
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
    const waiting = afterwards;
    isCover = false;
    dialog.close();
    for (const goOn of waiting) goOn();
  });
  return dialog;
}

function signIn(dialogForm) {
  return fetch(dialogForm.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(dialogForm)),
  });
}
