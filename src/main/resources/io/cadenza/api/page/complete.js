// A text field that completes what is typed: a combobox with a list below it.

import { el } from "./dom.js";
import { suggest } from "./suggest.js";

const PAUSE = 90;
const MOST_SHOWN = 200;
let count = 0;

/**
 * Makes a field complete.
 *
 * enter: called with the whole text when it is to be drawn
 * problem: called with an error, or null when all is well
 */
export class Completer {
  constructor(input, { enter, problem }) {
    this.input = input;
    this.enter = enter;
    this.problem = problem;
    this.items = [];
    this.start = 0;
    this.active = -1;
    this.asking = null;
    this.list = el("ul", { class: "suggestions", role: "listbox", id: "suggestions-" + ++count,
      "aria-label": "Suggestions", hidden: true });
    input.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": this.list.id })) {
      input.setAttribute(name, value);
    }
    this.timer = 0;
    this.told = false;
    const later = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PAUSE);
    };
    input.addEventListener("input", () => {
      this.narrow();
      later();
    });
    input.addEventListener("click", later);
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.pick(event));
  }

  async look() {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    const { value, selectionStart } = this.input;
    try {
      const found = await suggest(value, selectionStart, asking.signal);
      if (!asking.signal.aborted && document.activeElement === this.input) {
        this.tell(null);
        this.show(found, value.slice(found.start, selectionStart));
      }
    } catch (e) {
      if (e.name !== "AbortError") {
        this.close();
        this.tell(e);
      }
    }
  }

  /** All is well again only of what was told here. */
  tell(error) {
    if (error !== null || this.told) {
      this.problem(error);
    }
    this.told = error !== null;
  }

  show({ start, items }, word) {
    this.items = items;
    this.start = start;
    this.active = -1;
    const rows = items.slice(0, MOST_SHOWN).map((item, i) => this.row(item, i, word));
    if (items.length > MOST_SHOWN) {
      rows.push(el("li", { class: "more", "aria-disabled": "true" },
        items.length - MOST_SHOWN + " more: go on typing"));
    }
    this.list.replaceChildren(...rows);
    this.list.scrollTop = 0;
    this.open(items.length > 0);
  }

  /** What was found for less text stays as far as it fits, until more is known. */
  narrow() {
    const word = this.input.value.slice(this.start, this.input.selectionStart);
    const items = this.items.filter((item) => item.text.startsWith(word));
    this.show({ start: this.start, items }, word);
  }

  row(item, i, word) {
    const same = item.label.startsWith(word) ? word.length : 0;
    return el("li", { role: "option", id: this.list.id + "-" + i, "data-i": i, class: item.kind,
      "aria-selected": "false" },
    el("span", {}, el("b", {}, item.label.slice(0, same)), item.label.slice(same)),
    el("small", {}, item.detail));
  }

  open(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    if (!open) {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.items = [];
    this.active = -1;
    this.open(false);
  }

  key(event) {
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (open) {
        this.move(event.key === "ArrowDown" ? 1 : -1);
      } else {
        this.look();
      }
    } else if (event.key === "Tab" && open && !event.shiftKey) {
      event.preventDefault();
      this.tab();
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (open && this.active >= 0) {
        this.accept(this.items[this.active], true);
      } else {
        this.submit();
      }
    }
  }

  move(by) {
    const shown = Math.min(this.items.length, MOST_SHOWN);
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = this.active < 0 && by < 0 ? shown - 1 : (this.active + by + shown) % shown;
    const row = this.list.children[this.active];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  /** As a shell does: as far as all agree, and then the first. */
  tab() {
    const word = this.input.value.slice(this.start, this.input.selectionStart);
    const same = this.active < 0 ? common(this.items.map((item) => item.text)) : "";
    if (same.length > word.length && same.startsWith(word) && this.items.length > 1) {
      this.replace(same);
      this.look();
    } else {
      this.accept(this.items[Math.max(0, this.active)], false);
    }
  }

  /** Takes an item; a metric that is all there is in the field is drawn with it. */
  accept(item, enter) {
    this.replace(item.text);
    const alone = this.input.value === item.text;
    if (enter && item.kind === "leaf" && alone) {
      this.submit();
    } else if (item.kind === "leaf" || item.kind === "value") {
      this.close();
    } else {
      this.look();
    }
  }

  /** The rest of the node that the caret is in goes too. */
  replace(text) {
    const { value, selectionStart } = this.input;
    const after = value.slice(selectionStart).replace(/^[^.(),|\s'"]+/, "");
    const doubled = ".('\"".includes(text.at(-1)) && after.startsWith(text.at(-1)) ? 1 : 0;
    this.input.value = value.slice(0, this.start) + text + after.slice(doubled);
    const caret = this.start + text.length;
    this.input.setSelectionRange(caret, caret);
    if (!after) {
      this.input.scrollLeft = this.input.scrollWidth;
    }
  }

  submit() {
    this.close();
    if (this.input.value.trim()) {
      this.enter(this.input.value.trim());
    }
  }

  /** Before the field loses its focus, as a click would have it. */
  pick(event) {
    const row = event.target.closest("[data-i]");
    event.preventDefault();
    if (row) {
      this.accept(this.items[Number(row.dataset.i)], true);
    }
  }
}

function common(texts) {
  let same = texts[0] ?? "";
  for (const text of texts) {
    while (!text.startsWith(same)) {
      same = same.slice(0, -1);
    }
  }
  return same;
}
