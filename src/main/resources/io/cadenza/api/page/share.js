// Where the data of the graph can be had: the address to copy, and links in each format.

import { download, renderUrl } from "./api.js";
import { button, copy, el } from "./dom.js";
import { zone } from "./format.js";
import { token } from "./token.js";

const FORMATS = ["json", "png", "svg", "csv"];

/** Pictures look as this page does. */
function more(format, state) {
  if (format !== "png" && format !== "svg") {
    return {};
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const words = { width: 1000, height: 500, template: dark ? "dark" : "light", tz: zone() };
  return state.area === "none" ? words : { ...words, areaMode: state.area };
}

export class Share {
  /**
   * root: where it goes; problem: told of errors
   */
  constructor(root, problem) {
    this.root = root;
    this.problem = problem;
    this.format = "json";
    this.field = el("input", { type: "text", readonly: true, id: "render-url",
      "aria-label": "Address of the data", onfocus: () => this.field.select() });
    this.formats = el("div", { class: "group", role: "group", "aria-label": "Format of the address" },
      ...FORMATS.map((format) => button(format.toUpperCase(), { "data-format": format },
        () => this.choose(format))));
    this.copy = button("Copy", { class: "main" }, () => copy(this.field.value, this.copy));
    this.page = button("Copy link to this page", {}, () => copy(location.href, this.page));
    this.links = el("span", { class: "links" });
    root.append(
      el("div", { class: "row" }, this.formats, this.field, this.copy),
      el("div", { class: "row" }, el("span", { class: "quiet" }, "Open as "), this.links, this.page));
  }

  choose(format) {
    this.format = format;
    this.show(this.state);
  }

  show(state) {
    this.state = state;
    this.root.hidden = !state.targets.some((target) => target.on);
    for (const choice of this.formats.children) {
      choice.setAttribute("aria-pressed", String(choice.dataset.format === this.format));
    }
    this.field.value = renderUrl(state, this.format, more(this.format, state));
    this.links.replaceChildren(...FORMATS.map((format) => {
      const href = renderUrl(state, format, more(format, state));
      return el("a", { href, target: "_blank", rel: "noopener",
        onclick: (event) => token() && this.open(event, href) }, format.toUpperCase());
    }));
  }

  /** What a link can't: sends the token. */
  async open(event, href) {
    event.preventDefault();
    try {
      const address = URL.createObjectURL(await download(href));
      window.open(address, "_blank", "noopener");
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    } catch (e) {
      this.problem(e);
    }
  }
}
