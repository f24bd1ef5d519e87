// Asks for the token of the API, and keeps it as long as this tab is open, nowhere else.

import { button, el } from "./dom.js";

const KEY = "cadenza.token";
let asking = null;

export const token = () => sessionStorage.getItem(KEY);

/**
 * Once for all requests that wait for it. False when the reader gives none.
 *
 * refused: the one that was not good enough, or null
 */
export function askToken(refused) {
  if (token() !== null && token() !== refused) {
    return Promise.resolve(true);
  }
  asking ??= shown(refused !== null).finally(() => { asking = null; });
  return asking;
}

function shown(wrong) {
  const field = el("input", {
    id: "token", type: "password", autocomplete: "off", required: true, spellcheck: "false",
  });
  const dialog = el("dialog", { class: "token", "aria-labelledby": "token-title" });
  const form = el("form", { method: "dialog" },
    el("h2", { id: "token-title" }, wrong ? "The API refused this token" : "The API wants a token"),
    el("label", { for: "token" }, "Token"), field,
    el("p", { class: "quiet" }, "It is kept until this tab is closed."),
    el("div", { class: "row" },
      el("button", { type: "submit", class: "main" }, "Go on"),
      button("Cancel", {}, () => dialog.close())));
  dialog.append(form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let given = false;
    form.addEventListener("submit", () => {
      sessionStorage.setItem(KEY, field.value.trim());
      given = true;
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(given);
    });
    dialog.showModal();
  });
}
