// Metrics as a tree to go through: a level is asked for when it is opened.

import { nodes, tags, tagValues } from "./api.js";
import { el } from "./dom.js";

const MOST_SHOWN = 500;

/** Levels of metrics, by their names. */
export const metricLevels = {
  async roots() {
    return level(await nodes("*"), "");
  },
  async below(item) {
    return level(await nodes(item.path + ".*"), item.path + ".");
  },
};

/** A name may be a metric and hold others; it is one row then. */
function level(found, prefix) {
  const rows = new Map();
  for (const node of found) {
    const known = rows.get(node.text) ?? { text: node.text, path: prefix + node.text };
    known.opens ||= node.allowChildren === 1 || node.expandable === 1;
    known.target ||= node.leaf === 1 ? prefix + node.text : null;
    rows.set(node.text, known);
  }
  return [...rows.values()];
}

/** Tags, and below each its values. */
export const tagLevels = {
  async roots() {
    return (await tags("", [])).map((tag) => ({ text: tag, path: tag, opens: true }));
  },
  async below(item) {
    const found = await tagValues(item.path, "", []);
    return found.map((value) => ({
      text: value, path: value, opens: false,
      target: "seriesByTag('" + item.path + "=" + value.replaceAll("'", "\\'") + "')",
    }));
  },
};

export class Tree {
  /**
   * root: an element of role tree; levels: asked for rows; choose: called with a target;
   * problem: told of errors
   */
  constructor(root, levels, { choose, problem }) {
    this.root = root;
    this.levels = levels;
    this.choose = choose;
    this.problem = problem;
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("click", (event) => this.click(event));
  }

  /** Asks for the first level; how many rows it has. */
  async load() {
    const rows = await this.levels.roots();
    this.fill(this.root, rows, 1);
    this.items()[0]?.setAttribute("tabindex", "0");
    return rows.length;
  }

  fill(parent, rows, depth) {
    const made = rows.slice(0, MOST_SHOWN).map((row) => this.item(row, depth));
    if (rows.length > MOST_SHOWN) {
      made.push(el("p", { class: "more" }, rows.length - MOST_SHOWN + " more: type to find them"));
    }
    parent.replaceChildren(...made);
  }

  item(row, depth) {
    const item = el("div", { role: "treeitem", tabindex: "-1", "aria-level": depth,
      "aria-expanded": row.opens ? "false" : null, title: row.target ?? row.path, class: "item" },
    el("span", { class: row.opens ? "twig" : "leaf" }, row.text));
    if (row.opens && row.target) {
      item.firstChild.after(el("span", { class: "draw", title: "Draw " + row.target }, "draw"));
    }
    item.row = row;
    return item;
  }

  items() {
    return [...this.root.querySelectorAll("[role=treeitem]")].filter((item) => item.offsetParent);
  }

  click(event) {
    const item = event.target.closest("[role=treeitem]");
    if (!item) {
      return;
    }
    this.stand(item);
    if (item.row.opens && !event.target.classList.contains("draw")) {
      this.turn(item);
    } else {
      this.choose(item.row.target);
    }
  }

  async turn(item) {
    const open = item.getAttribute("aria-expanded") === "true";
    item.setAttribute("aria-expanded", String(!open));
    if (open) {
      item.querySelector("[role=group]")?.remove();
      return;
    }
    const group = el("div", { role: "group" }, el("p", { class: "more" }, "…"));
    item.append(group);
    try {
      this.fill(group, await this.levels.below(item.row), Number(item.getAttribute("aria-level")) + 1);
    } catch (e) {
      item.setAttribute("aria-expanded", "false");
      group.remove();
      this.problem(e);
    }
  }

  /** The one item that Tab leads to. */
  stand(item) {
    this.root.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
    item.setAttribute("tabindex", "0");
    item.focus();
  }

  key(event) {
    const item = event.target.closest("[role=treeitem]");
    const all = this.items();
    const at = all.indexOf(item);
    const open = item?.getAttribute("aria-expanded");
    const parent = item?.parentElement.closest("[role=treeitem]");
    const moves = {
      ArrowDown: () => all[at + 1],
      ArrowUp: () => all[at - 1],
      Home: () => all[0],
      End: () => all.at(-1),
      ArrowLeft: () => (open === "true" ? this.turn(item) && null : parent),
      ArrowRight: () => (open === "false" ? this.turn(item) && null : open === "true" ? all[at + 1] : null),
      Enter: () => this.take(item),
      " ": () => this.take(item),
    };
    if (item && moves[event.key]) {
      event.preventDefault();
      const next = moves[event.key]();
      if (next) {
        this.stand(next);
      }
    }
  }

  take(item) {
    if (item.row.target) {
      this.choose(item.row.target);
    } else {
      this.turn(item);
    }
    return null;
  }
}
