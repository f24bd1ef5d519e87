// The page: what is typed becomes targets, what the state says is drawn.

import { render } from "./api.js";
import { Graph } from "./chart.js";
import { Completer } from "./complete.js";
import { button, byId, copy } from "./dom.js";
import { zone } from "./format.js";
import { Legend } from "./legend.js";
import { Range, resolved } from "./range.js";
import { Share } from "./share.js";
import { Store } from "./state.js";
import { Targets } from "./targets.js";
import { metricLevels, tagLevels, Tree } from "./tree.js";

const MOST_SERIES = 200;
const LOOK_AGAIN = 5000;
const AREAS = [["none", "Lines"], ["all", "Area"], ["stacked", "Stacked"]];

const store = new Store();
const find = byId("find");
const graph = new Graph(byId("chart"), {
  hover: (at, nearest) => legend.hover(at, nearest),
  zoom: (from, until) => store.change({ from: String(Math.floor(from)), until: String(Math.ceil(until)) }),
});
const legend = new Legend(byId("legend"), graph);
const targets = new Targets(byId("targets"), store, problem);
const range = new Range(byId("times"), store, () => draw());
const share = new Share(byId("share"), problem);
const tree = new Tree(byId("tree"), metricLevels, { choose: (target) => store.add(target), problem });
const tagTree = new Tree(byId("tags"), tagLevels, { choose: (target) => store.add(target), problem });
const modes = AREAS.map(([area, name]) => button(name, {}, () => store.change({ area })));

let drawing = null;
let timer = 0;

/** Tells of an error, until all is well again. */
function problem(error) {
  const place = byId("problem");
  place.hidden = error === null;
  place.textContent = error === null ? "" : error.message;
}

function show() {
  const { state } = store;
  const on = state.targets.filter((target) => target.on);
  document.title = on.length ? on[0].text + " – Cadenza" : "Cadenza";
  targets.show();
  range.show();
  share.show(state);
  modes.forEach((mode, i) => mode.setAttribute("aria-pressed", String(AREAS[i][0] === state.area)));
  draw();
}

async function draw() {
  clearTimeout(timer);
  drawing?.abort();
  const { state } = store;
  const mine = new AbortController();
  drawing = mine;
  if (!state.targets.some((target) => target.on)) {
    byId("drawing").hidden = true;
    problem(null);
    return;
  }
  byId("drawing").hidden = false;
  document.body.classList.add("busy");
  try {
    const series = await render(state, graph.points(), mine.signal);
    if (mine.signal.aborted) {
      return;
    }
    problem(null);
    drawn(series, state);
  } catch (e) {
    if (e.name !== "AbortError") {
      problem(e);
      byId("drawing").classList.add("stale");
    }
  }
  if (drawing === mine) {
    document.body.classList.remove("busy");
    again();
  }
}

function drawn(series, state) {
  const shown = series.slice(0, MOST_SERIES);
  graph.draw(shown, state.area, resolved(state));
  legend.show(shown);
  byId("drawing").classList.remove("stale");
  byId("drawing").classList.toggle("nothing", series.length === 0);
  byId("told").textContent = told(series, shown);
}

function told(series, shown) {
  if (series.length === 0) {
    return "No series matches.";
  }
  if (!series.some((one) => one.datapoints.some((point) => point[0] !== null))) {
    return "No values in this time.";
  }
  return shown.length < series.length
    ? "The first " + shown.length + " of " + series.length + " series: narrow the pattern, or use limit()."
    : series.length + " series, times in " + zone();
}

/** Nobody looks at a hidden page. */
function again() {
  const { refresh } = store.state;
  if (refresh > 0) {
    timer = setTimeout(() => (document.hidden ? again() : draw()), refresh * 1000);
  }
}

/** An empty store is told how to get its first metric, and looked at until it has one. */
async function browse() {
  try {
    const empty = (await tree.load()) === 0;
    const tagged = await tagTree.load().catch(() => 0);
    byId("tags-title").hidden = tagged === 0;
    byId("empty").hidden = !(empty && tagged === 0);
    if (!byId("empty").hidden) {
      setTimeout(browse, LOOK_AGAIN);
    }
  } catch (e) {
    problem(e);
  }
}

new Completer(find, {
  problem,
  enter: (text) => {
    store.add(text);
    find.value = "";
  },
});
byId("modes").append(...modes);
byId("copy-first").addEventListener("click", (event) =>
  copy(byId("first-line").textContent, event.currentTarget));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(input|select|textarea)$/i.test(event.target.tagName)) {
    event.preventDefault();
    find.focus();
  }
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  graph.forget();
  show();
});
if (matchMedia("(max-width: 760px)").matches) {
  byId("browse").open = false;
}
store.addEventListener("change", show);
show();
browse();
find.focus();
