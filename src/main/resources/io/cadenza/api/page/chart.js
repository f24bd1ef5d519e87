// The graph, drawn by uPlot, which index.html loads before this.

import { el } from "./dom.js";
import { axisNumbers, axisTimes, number, time } from "./format.js";

/* global uPlot */

/** Those of the API's templates dark and light. */
const COLOURS = ["#4e8ef7", "#f28e2b", "#2ca58d", "#e15759", "#b07aa1", "#d4a72c", "#59c1d6",
  "#9c755f", "#ff7fa8", "#8cb369", "#7a7fe0", "#a0a7b0"];

const FAR_BACK = 500;
const APART = 24;
const LOWEST = 220;
const HIGHEST = 460;

export const colour = (i) => COLOURS[i % COLOURS.length];

/** Columns as uPlot has them: times of all, and values of each, undefined where it has none. */
function columns(series) {
  const tables = series.map(({ datapoints }) => [
    datapoints.map((point) => point[1]),
    datapoints.map((point) => (Number.isFinite(point[0]) ? point[0] : null)),
  ]);
  return tables.length ? uPlot.join(tables) : [[]];
}

/**
 * Each on those before it. One that is hidden or without a value has no height there, and one whose
 * steps are longer keeps its height between them.
 */
function stacked(data, hidden) {
  const sums = data[0].map(() => 0);
  const known = data[0].map(() => false);
  const columns = data.slice(1).map((values, line) => {
    let height = null;
    return values.map((value, i) => {
      height = value === undefined ? height : value;
      known[i] ||= height !== null;
      sums[i] += hidden.has(line) ? 0 : height ?? 0;
      return sums[i];
    });
  });
  return [data[0], ...columns.map((column) => column.map((sum, i) => (known[i] ? sum : null)))];
}

/** A value between two gaps has no line, so it is a point. */
function alone(plot, i, shown) {
  const values = plot.data[i];
  if (shown) {
    return null;
  }
  const found = [];
  values.forEach((value, at) => {
    if (value !== null && value !== undefined && near(values, at, -1) && near(values, at, 1)) {
      found.push(at);
    }
  });
  return found;
}

/** Whether a gap, or nothing, is next. */
function near(values, at, step) {
  let i = at + step;
  while (i >= 0 && i < values.length && values[i] === undefined) {
    i += step;
  }
  return values[i] === null || values[i] === undefined;
}

export class Graph {
  /**
   * root: where it goes
   * hover: called with the row that the pointer is at, or null, and the line nearest to it
   * zoom: called with two times in seconds
   */
  constructor(root, { hover, zoom }) {
    this.root = root;
    this.hover = hover;
    this.zoom = zoom;
    this.plot = null;
    this.hidden = new Set();
    this.nearest = null;
    this.tip = el("div", { class: "tip", hidden: true });
    new ResizeObserver(() => this.plot?.setSize(this.size())).observe(root);
  }

  size() {
    const height = Math.max(LOWEST, Math.min(HIGHEST, window.innerHeight * 0.4));
    return { width: Math.max(160, this.root.clientWidth), height: Math.round(height) };
  }

  /** How many points a line can show. */
  points() {
    return Math.max(100, Math.floor(this.root.clientWidth || window.innerWidth));
  }

  /**
   * span: {from, until} in seconds, or null for what the values have
   */
  draw(series, area, span) {
    this.series = series;
    this.raw = columns(series);
    this.span = span;
    const names = JSON.stringify([area, series.map((one) => one.target)]);
    if (this.plot && names === this.names) {
      this.plot.setData(this.data());
    } else {
      this.plot?.destroy();
      this.hidden.clear();
      this.area = area;
      this.plot = new uPlot(this.options(area), this.data(), this.root);
      this.plot.over.append(this.tip);
      this.tip.hidden = true;
    }
    this.names = names;
  }

  data() {
    return this.area === "stacked" ? stacked(this.raw, this.hidden) : this.raw;
  }

  /** Forgets what it has, so that the next drawing takes new colours from the page. */
  forget() {
    this.names = null;
  }

  options(area) {
    const style = getComputedStyle(document.documentElement);
    const text = style.getPropertyValue("--quiet").trim();
    const grid = { stroke: style.getPropertyValue("--grid").trim(), width: 1 };
    const axis = { stroke: text, grid, ticks: { show: false }, font: "12px system-ui, sans-serif" };
    return {
      ...this.size(),
      padding: [10, 14, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: true, y: false, setScale: false },
        focus: { prox: 24 },
        points: { size: 7 },
      },
      focus: { alpha: 0.3 },
      scales: {
        x: { range: (plot, least, most) => this.range(least, most) },
        y: { range: (plot, least, most) => valueRange(least, most, area) },
      },
      axes: [
        { ...axis, values: (plot, splits, i, space, step) => axisTimes(splits, step), space: 70, size: 28 },
        { ...axis, values: (plot, splits) => axisNumbers(splits), size: axisWidth, gap: 6, space: 42 },
      ],
      series: [{}, ...this.series.map((one, i) => this.line(one, i, area))],
      bands: area === "stacked" ? this.series.slice(1).map((one, i) => ({ series: [i + 2, i + 1] })) : [],
      hooks: {
        setCursor: [(plot) => this.pointed(plot)],
        setSeries: [(plot, i) => { this.nearest = i === null || i === 0 ? null : i - 1; }],
        setSelect: [(plot) => this.selected(plot)],
      },
    };
  }

  line(one, i, area) {
    const own = colour(i);
    return {
      label: one.target,
      stroke: () => (area === "stacked" && this.hidden.has(i) ? "transparent" : own),
      width: 1.5,
      fill: area === "none" ? undefined : own + (area === "stacked" ? "b3" : "33"),
      points: { show: sparse, filter: alone, fill: own, stroke: own, size: 4 },
      spanGaps: false,
    };
  }

  range(least, most) {
    if (this.span) {
      return [this.span.from, this.span.until];
    }
    return least === null ? [0, 1] : least === most ? [least - 60, most + 60] : [least, most];
  }

  selected(plot) {
    const { left, width } = plot.select;
    if (width > 4) {
      this.zoom(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
      plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    }
  }

  pointed(plot) {
    const at = plot.cursor.idx;
    const inside = at !== null && at !== undefined && plot.cursor.left >= 0;
    this.hover(inside ? at : null, inside ? this.nearest : null);
    this.tip.hidden = !inside || this.nearest === null;
    if (!this.tip.hidden) {
      this.showTip(plot, at);
    }
  }

  showTip(plot, at) {
    const { left, top } = plot.cursor;
    const name = this.series[this.nearest].target;
    const dot = el("span", { class: "swatch" });
    dot.style.backgroundColor = colour(this.nearest);
    this.tip.replaceChildren(el("div", {}, dot, el("b", {}, number(this.value(this.nearest, at), 6))),
      el("div", {}, name), el("small", {}, time(this.raw[0][at])));
    const width = this.tip.offsetWidth;
    const x = left + 16 + width > plot.over.clientWidth ? left - width - 16 : left + 16;
    const y = Math.min(top + 12, plot.over.clientHeight - this.tip.offsetHeight);
    this.tip.style.transform = "translate(" + Math.max(0, x) + "px," + Math.max(0, y) + "px)";
  }

  /** Of a line at a row; where it has steps of its own, that of the row before. */
  value(i, at) {
    const values = this.raw[i + 1];
    for (let row = at; row >= 0 && row > at - FAR_BACK; row--) {
      if (values[row] !== undefined) {
        return values[row];
      }
    }
    return null;
  }

  time(at) {
    return this.raw[0][at];
  }

  /** Shows a line, or hides it. */
  toggle(i, shown) {
    this.hidden[shown ? "delete" : "add"](i);
    if (this.area === "stacked") {
      // It stays as the ground of the next one.
      this.plot.setData(this.data());
    } else {
      this.plot.setSeries(i + 1, { show: shown });
    }
  }

  /** Puts a line before the others; null for none. */
  focus(i) {
    this.plot?.setSeries(i === null ? null : i + 1, { focus: i !== null });
  }
}

/** Whether there is room to show each value. */
function sparse(plot, i, first, last) {
  return (last - first) * APART < plot.over.clientWidth;
}

/** From zero where lines are filled, and where there is no height. */
function valueRange(least, most, area) {
  if (least === null) {
    return [0, 1];
  }
  const low = area === "none" ? least : Math.min(0, least);
  const high = area === "none" ? most : Math.max(0, most);
  if (low === high) {
    return low === 0 ? [0, 1] : low > 0 ? [0, low * 1.2] : [low * 1.2, 0];
  }
  const room = (high - low) * 0.06;
  return [low < 0 || low - room > 0 ? low - room : Math.min(0, low), high > 0 ? high + room : high];
}

/** As wide as its longest label. */
function axisWidth(plot, labels) {
  const longest = Math.max(3, ...(labels ?? []).map((label) => String(label).length));
  return Math.round(longest * 7.2 + 16);
}
