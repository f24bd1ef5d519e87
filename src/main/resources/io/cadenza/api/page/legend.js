// Below the graph, a row for each line: what it is called, its figures, its value at the pointer.

import { el, swatch } from "./dom.js";
import { number, time } from "./format.js";
import { colour } from "./chart.js";

const FIGURES = ["last", "avg", "min", "max"];

function figures({ datapoints }) {
  const values = datapoints.map((point) => point[0]).filter((value) => Number.isFinite(value));
  const least = (a, b) => Math.min(a, b);
  const most = (a, b) => Math.max(a, b);
  return values.length === 0 ? { last: null, avg: null, min: null, max: null } : {
    last: values.at(-1),
    avg: values.reduce((sum, value) => sum + value, 0) / values.length,
    min: values.reduce(least),
    max: values.reduce(most),
  };
}

export class Legend {
  /**
   * root: where it goes; graph: whose lines these are
   */
  constructor(root, graph) {
    this.root = root;
    this.graph = graph;
    this.order = { by: null, down: true };
    this.rows = [];
  }

  show(series) {
    const same = this.names === JSON.stringify(series.map((one) => one.target));
    this.names = JSON.stringify(series.map((one) => one.target));
    this.rows = series.map((one, i) => this.row(one, i, same && this.graph.hidden.has(i)));
    this.at = el("th", { scope: "col", class: "value" }, "");
    this.body = el("tbody", {}, ...this.sorted().map((row) => row.element));
    this.heads = FIGURES.map((figure) => this.head(figure));
    this.root.replaceChildren(el("table", { class: "legend" },
      el("thead", {}, el("tr", {}, this.head("name"), this.at, ...this.heads)),
      this.body));
  }

  head(figure) {
    const sort = () => {
      this.order = { by: figure, down: this.order.by === figure ? !this.order.down : figure !== "name" };
      this.body.replaceChildren(...this.sorted().map((row) => row.element));
    };
    return el("th", { scope: "col", class: figure === "name" ? null : "value" },
      el("button", { type: "button", title: "Sort by " + figure, onclick: sort }, figure));
  }

  sorted() {
    const { by, down } = this.order;
    if (by === null) {
      return this.rows;
    }
    const turn = down ? -1 : 1;
    const value = (row) => row.figures[by] ?? -Infinity;
    const compare = by === "name"
      ? (a, b) => turn * a.name.localeCompare(b.name)
      : (a, b) => turn * (value(a) > value(b) ? 1 : value(a) < value(b) ? -1 : 0);
    return [...this.rows].sort(compare);
  }

  row(one, i, hidden) {
    const known = figures(one);
    const name = el("button", { type: "button", "aria-pressed": String(!hidden), title: one.target
      + "\nClick: hide or show. Ctrl or ⌘ and click: only this one.",
    onclick: (event) => (event.ctrlKey || event.metaKey ? this.only(i) : this.toggle(i)) },
    swatch(colour(i)), el("span", {}, one.target));
    const value = el("td", { class: "value now" });
    const element = el("tr", {
      class: hidden ? "off" : null,
      onpointerenter: () => this.graph.focus(i),
      onpointerleave: () => this.graph.focus(null),
    }, el("td", { class: "name" }, name), value,
    ...FIGURES.map((figure) => el("td", { class: "value" }, number(known[figure]))));
    return { element, name: one.target, button: name, value, figures: known };
  }

  toggle(i) {
    this.set(i, this.graph.hidden.has(i));
  }

  /** Hides all others; shows all again if they are hidden already. */
  only(i) {
    const alone = this.rows.every((row, j) => (j === i) !== this.graph.hidden.has(j));
    this.rows.forEach((row, j) => this.set(j, alone || j === i));
  }

  set(i, shown) {
    const row = this.rows[i];
    row.button.setAttribute("aria-pressed", String(shown));
    row.element.classList.toggle("off", !shown);
    this.graph.toggle(i, shown);
  }

  /**
   * at: the row of values that the pointer is at, or null; nearest: which line it is next to
   */
  hover(at, nearest) {
    if (!this.at) {
      return;
    }
    this.at.textContent = at === null ? "" : time(this.graph.time(at)).slice(11);
    this.rows.forEach((row, i) => {
      row.value.textContent = at === null ? "" : number(this.graph.value(i, at));
      row.element.classList.toggle("nearest", i === nearest);
    });
  }
}
