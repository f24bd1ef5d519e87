// Which time is drawn, and how often again.

import { button, el, iconButton } from "./dom.js";
import { time } from "./format.js";

const PRESETS = [["1h", "-1h"], ["6h", "-6h"], ["24h", "-24h"], ["7d", "-7d"], ["30d", "-30d"]];
const REFRESHES = [[0, "Refresh off"], [10, "10 s"], [30, "30 s"], [60, "1 min"], [300, "5 min"]];
const UNITS = { s: 1, min: 60, h: 3600, d: 86400, w: 604800, mon: 2592000, y: 31536000 };
const ABSOLUTE = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/;

/** Seconds since 1970 of a time of /render; null for those that only the API understands. */
function second(text, now) {
  if (text === "now") {
    return now;
  }
  if (/^\d{9,}$/.test(text)) {
    return Number(text);
  }
  const ago = /^(?:now)?-(\d+)(s|min|h|d|w|mon|y)[a-z]*$/.exec(text);
  return ago ? now - Number(ago[1]) * UNITS[ago[2]] : null;
}

/** From and until as seconds, where both are known. */
export function resolved({ from, until }, now = Date.now() / 1000) {
  const seconds = { from: second(from, now), until: second(until, now) };
  return seconds.from !== null && seconds.until > seconds.from ? seconds : null;
}

/** What a person writes: a date of their own clock becomes seconds, all else is the API's to read. */
function asked(text) {
  const parts = ABSOLUTE.exec(text.trim());
  if (!parts) {
    return text.trim();
  }
  const [year, month, day, hour, minute, sec] = parts.slice(1).map((part) => Number(part ?? 0));
  return String(Math.floor(new Date(year, month - 1, day, hour, minute, sec).getTime() / 1000));
}

const shown = (text) => (/^\d{9,}$/.test(text) ? time(Number(text)) : text);

export class Range {
  /**
   * root: where it goes; store: holds it; again: draws once more
   */
  constructor(root, store, again) {
    this.store = store;
    this.presets = PRESETS.map(([name, from]) =>
      button(name, {}, () => store.change({ from, until: "now" })));
    this.from = field("From", "-2d or 2024-11-29 10:00");
    this.until = field("Until", "now");
    this.form = el("form", { class: "custom", onsubmit: (event) => this.apply(event) },
      this.from, el("span", { "aria-hidden": "true" }, "to"), this.until,
      el("button", { type: "submit" }, "Set"));
    this.refresh = el("select", { "aria-label": "Refresh",
      onchange: () => store.change({ refresh: Number(this.refresh.value) }) });
    root.append(
      el("div", { class: "group" }, ...this.presets),
      el("div", { class: "group" },
        iconButton("left", "Earlier", () => this.move(-0.5, -0.5)),
        iconButton("less", "More time", () => this.move(-0.5, 0.5)),
        iconButton("right", "Later", () => this.move(0.5, 0.5))),
      this.form,
      el("div", { class: "group" }, this.refresh,
        iconButton("again", "Draw again", again)));
  }

  show() {
    const { from, until, refresh } = this.store.state;
    this.presets.forEach((preset, i) =>
      preset.setAttribute("aria-pressed", String(until === "now" && from === PRESETS[i][1])));
    this.from.value = shown(from);
    this.until.value = shown(until);
    const known = REFRESHES.some(([seconds]) => seconds === refresh);
    const choices = known ? REFRESHES : [...REFRESHES, [refresh, refresh + " s"]];
    this.refresh.replaceChildren(...choices.map(([seconds, name]) =>
      el("option", { value: seconds, selected: seconds === refresh }, name)));
  }

  apply(event) {
    event.preventDefault();
    this.store.change({ from: asked(this.from.value) || "-1h", until: asked(this.until.value) || "now" });
  }

  /** By parts of what is shown; never beyond now. */
  move(left, right) {
    const now = Math.floor(Date.now() / 1000);
    const shownNow = resolved(this.store.state, now);
    if (shownNow === null) {
      return;
    }
    const span = shownNow.until - shownNow.from;
    const until = Math.min(now, Math.round(shownNow.until + right * span));
    const from = Math.round(right === left ? until - span : shownNow.from + left * span);
    this.store.change(until === now
      ? { from: "-" + (now - from) + "s", until: "now" }
      : { from: String(from), until: String(until) });
  }
}

const field = (name, hint) =>
  el("input", { type: "text", "aria-label": name, placeholder: hint, spellcheck: "false", size: 16 });
