// What the text before the caret may become: metrics, functions, tags and their values.

import { completions, functions, nodes, tags, tagValues } from "./api.js";

const MOST_FUNCTIONS = 8;
const BREAKS = "(), |\t";

/**
 * The word that the caret is in, and what kind of word it is: `{start, word, call, quoted}`. Commas
 * in braces belong to a pattern; `quoted` are the other texts in the same call.
 */
export function wordAt(text, caret) {
  let start = 0;
  let braces = 0;
  let quote = "";
  let open = [];
  for (let i = 0; i < caret; i++) {
    const c = text[i];
    if (quote) {
      if (c === quote) {
        open.at(-1)?.quoted.push(text.slice(start, i));
        quote = "";
        start = i + 1;
      }
    } else if (c === "'" || c === '"') {
      quote = c;
      start = i + 1;
    } else if (c === "{") {
      braces++;
    } else if (c === "}") {
      braces--;
    } else if (BREAKS.includes(c) && braces <= 0) {
      if (c === "(") {
        open.push({ name: text.slice(start, i).trim(), quoted: [] });
      } else if (c === ")") {
        open.pop();
      }
      start = i + 1;
    }
  }
  const call = open.at(-1);
  return { start, word: text.slice(start, caret), quote, call: call?.name, quoted: call?.quoted ?? [] };
}

/**
 * Suggestions for a word: `{start, items: [{kind, text, label, detail}]}`. Text takes the place of
 * the word; a leaf is a whole metric, all others go on.
 */
export async function suggest(text, caret, signal) {
  const at = wordAt(text, caret);
  if (at.quote) {
    return { start: at.start, items: at.call === "seriesByTag" ? await tagItems(at, signal) : [] };
  }
  if (/^-?[\d.]+$/.test(at.word)) {
    return { start: at.start, items: [] };
  }
  const [metrics, calls] = await Promise.all([metricItems(at.word, signal), functionItems(at.word)]);
  return { start: at.start, items: [...metrics, ...calls] };
}

async function metricItems(word, signal) {
  const found = word
    ? (await completions(word, signal)).map((one) => ({ name: one.name, leaf: one.is_leaf === "1" }))
    : (await nodes("*", signal)).map((one) => ({ name: one.text, leaf: one.leaf === 1 }));
  // What is before the last dot stays as it was typed: it may be a pattern.
  const folder = word.slice(0, lastDot(word) + 1);
  const items = new Map();
  for (const { name, leaf } of found) {
    const text = folder + name + (leaf ? "" : ".");
    items.set(text, { kind: leaf ? "leaf" : "branch", text, label: text, detail: "" });
  }
  return [...items.values()];
}

/** Dots in braces are parts of names. */
function lastDot(word) {
  const braces = word.lastIndexOf("{");
  return braces > word.lastIndexOf("}") ? word.lastIndexOf(".", braces) : word.lastIndexOf(".");
}

async function functionItems(word) {
  if (!/^[a-zA-Z]\w*$/.test(word)) {
    return [];
  }
  try {
    const all = Object.values(await functions());
    const lower = word.toLowerCase();
    return all
      .filter((one) => one.name.toLowerCase().startsWith(lower))
      .slice(0, MOST_FUNCTIONS)
      .map((one) => ({
        kind: "function",
        text: one.name + "(" + (one.name === "seriesByTag" ? "'" : ""),
        label: one.name + "(",
        detail: one.group,
      }));
  } catch {
    // An older API may not tell.
    return [];
  }
}

async function tagItems(at, signal) {
  const part = /^([^!=~]*)(!?=~?)?(.*)$/s.exec(at.word);
  const given = at.quoted.filter((one) => one !== at.word);
  if (part[2] === undefined) {
    const found = await tags(part[1], given, signal);
    return found.map((tag) => ({ kind: "tag", text: tag + "=", label: tag, detail: "tag" }));
  }
  const found = await tagValues(part[1], part[3], given, signal);
  return found.map((value) => ({
    kind: "value", text: part[1] + part[2] + value + at.quote, label: value, detail: part[1],
  }));
}
