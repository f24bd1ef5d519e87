// Asks the API, which is beside the folder of this file.

import { askToken, token } from "./token.js";

const BASE = new URL("../", import.meta.url);
const LONGEST_URL = 4000;
const LONGEST_MESSAGE = 600;

/** What the API, or the way to it, answered instead. */
export class Problem extends Error {
  constructor(status, text) {
    super(text);
    this.status = status;
  }
}

function url(path, words) {
  const query = String(words);
  return new URL(query ? path + "?" + query : path, BASE);
}

async function ask(path, words, signal) {
  const long = String(words).length > LONGEST_URL;
  for (;;) {
    const used = token();
    // The header tells an API that no browser should ask for a password here.
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    if (used) {
      headers.Authorization = "Bearer " + used;
    }
    const request = long ? { method: "POST", body: words, headers, signal } : { headers, signal };
    const answer = await answered(long ? url(path, new URLSearchParams()) : url(path, words), request);
    if (answer.status !== 401) {
      return answer;
    }
    if (!(await askToken(used))) {
      throw new Problem(401, "The API wants a token.");
    }
  }
}

async function answered(address, request) {
  try {
    return await fetch(address, request);
  } catch (e) {
    if (e.name === "AbortError") {
      throw e;
    }
    throw new Problem(0, "The API can't be reached: " + e.message);
  }
}

async function json(path, words, signal) {
  const answer = await ask(path, new URLSearchParams(words), signal);
  if (!answer.ok) {
    throw new Problem(answer.status, await complaint(answer));
  }
  return answer.json();
}

/** What went wrong, in the API's own words. */
async function complaint(answer) {
  let text = (await answer.text()).trim();
  try {
    text = JSON.parse(text).error ?? text;
  } catch {
    // Plain text, as most are.
  }
  text = String(text).startsWith("<") ? "" : String(text).slice(0, LONGEST_MESSAGE);
  return text || "The API answered " + answer.status + " " + answer.statusText;
}

/** Below a pattern's last node: [{text, id, leaf, expandable}]. */
export const nodes = (query, signal) =>
  json("metrics/find", { query, format: "treejson" }, signal);

/** What a name may become: [{path, name, is_leaf}]. */
export async function completions(query, signal) {
  return (await json("metrics/find", { query, format: "completer" }, signal)).metrics;
}

export const tags = (prefix, given, signal) =>
  json("tags/autoComplete/tags", completing({ tagPrefix: prefix }, given), signal);

export const tagValues = (tag, prefix, given, signal) =>
  json("tags/autoComplete/values", completing({ tag, valuePrefix: prefix }, given), signal);

const completing = (words, given) =>
  [...Object.entries(words), ["limit", "100"], ...given.map((one) => ["expr", one])];

let known = null;

/** All functions by name; asked for once. */
export function functions() {
  known ??= json("functions", {}).catch((e) => {
    known = null;
    throw e;
  });
  return known;
}

function renderWords(state, format, more) {
  const words = state.targets.filter((target) => target.on).map((one) => ["target", one.text]);
  words.push(["from", state.from], ["until", state.until], ["format", format]);
  return [...words, ...Object.entries(more)];
}

/** Series: [{target, datapoints: [[value, second]]}]. */
export const render = (state, points, signal) =>
  json("render", renderWords(state, "json", { maxDataPoints: points }), signal);

/** Where what is drawn can be had in another format. */
export const renderUrl = (state, format, more = {}) =>
  String(url("render", new URLSearchParams(renderWords(state, format, more))));

/** The same with the token, which a link alone can't carry. */
export async function download(address) {
  const whole = new URL(address);
  const answer = await ask(whole.pathname, whole.searchParams);
  if (!answer.ok) {
    throw new Problem(answer.status, await complaint(answer));
  }
  return answer.blob();
}
