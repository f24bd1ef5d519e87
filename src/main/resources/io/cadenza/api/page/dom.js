// Makes elements. What comes from outside is only ever text: nothing here parses HTML.

export const byId = (id) => document.getElementById(id);

/** An element; attributes that are functions listen, as `onclick` does. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export const button = (text, attributes, onclick) =>
  el("button", { type: "button", ...attributes, onclick }, text);

const ICONS = {
  left: "M10 3L5 8l5 5",
  right: "M6 3l5 5-5 5",
  less: "M3 8h10",
  again: "M13 8a5 5 0 1 1-1.5-3.6M13 2v3h-3",
  twice: "M6 6h7v7H6zM3 10V3h7",
  away: "M4 4l8 8M12 4l-8 8",
};

/** A button with a drawing instead of a word, which is told to who can't see it. */
export function iconButton(icon, name, onclick) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "0 0 16 16");
  picture.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[icon]);
  picture.append(path);
  return el("button", { type: "button", class: "icon", title: name, "aria-label": name, onclick }, picture);
}

/** A small square in the colour of a line. */
export function swatch(colour) {
  const square = el("span", { class: "swatch", "aria-hidden": "true" });
  square.style.backgroundColor = colour;
  return square;
}

/** Copies, also where the page is not served securely and browsers know no clipboard. */
export async function copy(text, told) {
  const before = told.textContent;
  let done = false;
  try {
    await navigator.clipboard.writeText(text);
    done = true;
  } catch {
    const field = el("textarea", { class: "unseen" });
    field.value = text;
    document.body.append(field);
    field.select();
    done = document.execCommand("copy");
    field.remove();
    told.focus();
  }
  told.textContent = done ? "Copied" : "Can't copy";
  setTimeout(() => { told.textContent = before; }, 1500);
}
