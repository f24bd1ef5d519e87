// What is drawn, a row for each target: to change, switch off, put into a function, take away.

import { Completer } from "./complete.js";
import { button, el, iconButton } from "./dom.js";
import { call, choose } from "./functions.js";

export class Targets {
  /**
   * root: where rows go; store: holds the targets; problem: told of errors
   */
  constructor(root, store, problem) {
    this.root = root;
    this.store = store;
    this.problem = problem;
    this.shown = null;
  }

  show() {
    const { targets } = this.store.state;
    const text = JSON.stringify(targets);
    if (text !== this.shown) {
      this.shown = text;
      const field = this.root.contains(document.activeElement);
      const at = [...this.root.children].findIndex((row) => row.contains(document.activeElement));
      this.root.replaceChildren(...targets.map((target, i) => this.row(target, i)));
      if (field) {
        this.root.children[Math.min(at, targets.length - 1)]?.querySelector("input[type=text]").focus();
      }
    }
  }

  row(target, i) {
    const on = el("input", { type: "checkbox", checked: target.on, "aria-label": "Draw " + target.text,
      onchange: () => this.set(i, { text: target.text, on: on.checked }) });
    const field = el("input", { type: "text", value: target.text, "aria-label": "Target",
      autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
    field.addEventListener("change", () => this.commit(i, field));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        field.value = target.text;
      }
    });
    const row = el("div", { class: target.on ? "target" : "target off" }, on,
      el("div", { class: "finder" }, field),
      button("ƒ", { title: "Put into a function", "aria-label": "Put into a function" },
        () => this.wrap(i, field)),
      iconButton("twice", "Draw this target twice", () => this.twice(i)),
      iconButton("away", "Take away " + target.text, () => this.remove(i)));
    new Completer(field, { enter: () => this.commit(i, field), problem: this.problem });
    return row;
  }

  commit(i, field) {
    const text = field.value.trim();
    if (text) {
      this.set(i, { text, on: true });
    } else {
      this.remove(i);
    }
  }

  set(i, target) {
    if (JSON.stringify(this.store.state.targets[i]) !== JSON.stringify(target)) {
      this.change((targets) => targets.splice(i, 1, target));
    }
  }

  twice(i) {
    this.change((targets) => targets.splice(i + 1, 0, { ...targets[i] }));
  }

  remove(i) {
    this.change((targets) => targets.splice(i, 1));
  }

  change(edit) {
    const targets = [...this.store.state.targets];
    edit(targets);
    this.store.change({ targets });
  }

  /** Draws the call at once, with what was made up selected, to be typed over. */
  async wrap(i, field) {
    try {
      const chosen = await choose();
      if (chosen === null) {
        return;
      }
      const { text, from, to } = call(chosen, field.value.trim());
      this.set(i, { text, on: true });
      const now = this.root.children[i].querySelector("input[type=text]");
      now.focus();
      now.setSelectionRange(from, to);
    } catch (e) {
      this.problem(e);
    }
  }
}
