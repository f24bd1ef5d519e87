// What the page shows, as the fragment of its address: who has the address sees the same.

const MODES = ["none", "all", "stacked"];
const MOST_TARGETS = 50;

const EMPTY = { targets: [], from: "-1h", until: "now", refresh: 0, area: "none" };

/** Names are those of /render; a target that is switched off is an `off`. */
export function parse(fragment) {
  const state = { ...EMPTY, targets: [] };
  for (const [name, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    if ((name === "target" || name === "off") && value && state.targets.length < MOST_TARGETS) {
      state.targets.push({ text: value, on: name === "target" });
    } else if ((name === "from" || name === "until") && value) {
      state[name] = value;
    } else if (name === "refresh") {
      state.refresh = Math.max(0, Math.min(86400, Number.parseInt(value, 10) || 0));
    } else if (name === "areaMode" && MODES.includes(value)) {
      state.area = value;
    }
  }
  return state;
}

export function format(state) {
  const words = new URLSearchParams();
  for (const target of state.targets) {
    words.append(target.on ? "target" : "off", target.text);
  }
  words.append("from", state.from);
  words.append("until", state.until);
  if (state.refresh > 0) {
    words.append("refresh", state.refresh);
  }
  if (state.area !== "none") {
    words.append("areaMode", state.area);
  }
  return "#" + words;
}

/** Holds the state, and tells when it has changed: by the page, or by back and forward. */
export class Store extends EventTarget {
  constructor() {
    super();
    this.state = parse(location.hash);
    window.addEventListener("popstate", () => this.read());
    window.addEventListener("hashchange", () => this.read());
  }

  read() {
    const now = parse(location.hash);
    if (format(now) !== format(this.state)) {
      this.state = now;
      this.tell();
    }
  }

  change(part) {
    const before = format(this.state);
    this.state = { ...this.state, ...part };
    const now = format(this.state);
    if (now !== before) {
      history.pushState(null, "", now);
      this.tell();
    }
  }

  /** Draws a target; again, if it is there but off. */
  add(text) {
    const there = this.state.targets.some((target) => target.text === text);
    const targets = there
      ? this.state.targets.map((target) => (target.text === text ? { text, on: true } : target))
      : [...this.state.targets, { text, on: true }].slice(-MOST_TARGETS);
    this.change({ targets });
  }

  tell() {
    this.dispatchEvent(new Event("change"));
  }
}
