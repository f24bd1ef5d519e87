// Puts a target into a function: which one is chosen in a dialog, from the list that the API has.

import { functions } from "./api.js";
import { button, el } from "./dom.js";

const SERIES = ["seriesList", "seriesLists"];
const EXAMPLES = {
  aggFunc: "'average'", aggOrSeriesFunc: "'average'", boolean: "true", date: "'-1h'", float: "1",
  integer: "1", interval: "'1h'", intOrInterval: "'5min'", intOrInf: "1", node: "0",
  nodeOrTag: "0", string: "''", tag: "'name'", seriesOrFloat: "1",
};

const takesSeries = (one) => one.params.some((param) => SERIES.includes(param.type));

const quoted = (value) => (typeof value === "string" ? "'" + value + "'" : String(value));

/** What a parameter may be until the reader says what it is. */
function example(param) {
  const hint = param.default ?? param.suggestions?.[0] ?? param.options?.[0];
  return hint === undefined ? EXAMPLES[param.type] ?? "''" : quoted(hint);
}

/**
 * The call of a function with a target in it: `{text, from, to}`, where the first of what was made
 * up lies between from and to.
 */
export function call(one, target) {
  const parts = [];
  let made = -1;
  for (const param of one.params) {
    if (SERIES.includes(param.type) && !parts.includes(target)) {
      parts.push(target);
    } else if (param.required) {
      made = made < 0 ? parts.length : made;
      parts.push(SERIES.includes(param.type) ? target : example(param));
    } else {
      break;
    }
  }
  const text = one.name + "(" + parts.join(", ") + ")";
  if (made < 0) {
    return { text, from: text.length, to: text.length };
  }
  const from = one.name.length + 1 + parts.slice(0, made).join(", ").length + (made > 0 ? 2 : 0);
  return { text, from, to: from + parts[made].length };
}

/** Lets the reader choose a function; resolves to it, or to null. */
export async function choose() {
  const all = Object.values(await functions()).filter(takesSeries);
  const filter = el("input", { type: "search", "aria-label": "Find a function",
    placeholder: "Find a function", autocomplete: "off", spellcheck: "false" });
  const list = el("div", { class: "choices" });
  const dialog = el("dialog", { class: "functions", "aria-label": "Functions" },
    el("div", { class: "row" }, filter, button("Close", {}, () => dialog.close())), list);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let chosen = null;
    const take = (one) => {
      chosen = one;
      dialog.close();
    };
    const show = () => list.replaceChildren(...rows(all, filter.value.trim().toLowerCase(), take));
    filter.addEventListener("input", show);
    dialog.addEventListener("keydown", (event) => steer(event, filter, list));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(chosen);
    });
    show();
    dialog.showModal();
  });
}

function rows(all, word, take) {
  const rank = (one) => (one.name.toLowerCase().startsWith(word) ? 0 : 1);
  const fits = (one) =>
    one.name.toLowerCase().includes(word) || (one.description ?? "").toLowerCase().includes(word);
  const found = all.filter(fits).sort((a, b) =>
    word ? rank(a) - rank(b) || a.name.localeCompare(b.name)
      : a.group.localeCompare(b.group) || a.name.localeCompare(b.name));
  const made = [];
  let group = null;
  for (const one of found) {
    if (!word && one.group !== group) {
      group = one.group;
      made.push(el("h3", {}, group));
    }
    made.push(button("", { class: "choice" }, () => take(one)));
    made.at(-1).append(el("code", {}, one.function ?? one.name),
      el("small", {}, (one.description ?? "").split("\n")[0]));
  }
  return made.length ? made : [el("p", { class: "quiet" }, "No function has this in its name.")];
}

/** Arrows go through the list, Enter in the field takes the first. */
function steer(event, filter, list) {
  const choices = [...list.querySelectorAll("button")];
  const at = choices.indexOf(document.activeElement);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? filter : choices[Math.min(next, choices.length - 1)])?.focus();
  } else if (event.key === "Enter" && document.activeElement === filter) {
    event.preventDefault();
    choices[0]?.click();
  }
}
