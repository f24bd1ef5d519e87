// Records what node prints for objects of numbers and of arrays of numbers:
//   node inspect.js > inspect.json
// Numbers are texts in the file, since JSON has no NaN, Infinity and -0.
'use strict';
const util = require('util');

let seed = 42;
function random() {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return seed / 4294967296;
}
const whole = most => Math.floor(random() * most);
const text = n => Object.is(n, -0) ? '-0' : String(n);

const numbers = [];
const lists = [];

// Entries in the order in which they came, which the print may change.
function record(entries) {
  const object = {};
  for (const [k, v] of entries) {
    Object.defineProperty(object, k, { value: v, enumerable: true, configurable: true, writable: true });
  }
  const listed = entries.some(([, v]) => Array.isArray(v));
  (listed ? lists : numbers).push({
    entries: entries.map(([k, v]) => [k, Array.isArray(v) ? v.map(text) : text(v)]),
    print: util.inspect(object),
  });
}

const one = key => record([[key, 1]]);
record([]);
['a', 'a.b', 'A_9', '_', '$', '9', '09', '', ' ', 'a b', 'a-b', 'a;b=c', 'é', 'ключ', '日本', '__proto__', 'constructor',
  "it's", '"', '\'"', '\'"`', '\'"${', '\\', 'a\\b', '\'\\', '\t\n\r\b\f\v\0\x1b', '\x7f\x80\x9f\xa0', '😀', '\ud800', 'a\udc00b', '\ud83dx',
  'x'.repeat(60), 'x'.repeat(61), 'x'.repeat(62), 'x'.repeat(63), 'x'.repeat(64), 'x'.repeat(65), 'x'.repeat(66), 'x'.repeat(67), 'x'.repeat(90),
  'a.' + 'x'.repeat(5100), "'" + 'x'.repeat(120)].forEach(one);
[0, -0, 1, -1, 0.1, -0.5, 1 / 3, 100, 1e21, 1.5e21, 1e20, 123456789012345680000, 1e-6, 1e-7, 1.5e-7, 2.2250738585072014e-308, 1.7976931348623157e308,
  NaN, Infinity, -Infinity, 0.30000000000000004, 1e15, 1e16, 999999.999, 1234.5678, 2 ** 53, 4.35, 0.000001234]
  .forEach(n => { record([['n', n]]); record([['t', [n]]]); });
record([['b', 1], ['10', 2], ['2', 3], ['a', 4], ['01', 5], ['4294967294', 6], ['4294967295', 7], ['4294967296', 8], ['0', 9], ['-1', 10]]);
record([['t', [1]], ['7', [2]], ['3', [3]]]);
record([['t.one', [5, 7]], ['t.two', [9]]]);
record([['t', []]]);
record([['t', []], ['u', []]]);
for (let n = 1; n <= 30; n++) {
  record(Array.from({ length: n }, (_, i) => [String.fromCharCode(97 + i % 26) + (i < 26 ? '' : 'z'), i]));
}
for (const n of [2, 6, 7, 8, 9, 10, 13, 16, 17, 25, 26, 27, 40, 64, 99, 100, 101, 102, 130]) {
  record([['t', Array.from({ length: n }, (_, i) => i)]]);
  record([['t', Array.from({ length: n }, () => whole(1000))], ['u.v', [whole(10)]]]);
  record([['t', Array.from({ length: n }, () => random() * 1000)]]);
  record([['t', Array.from({ length: n }, () => Math.round(random() * 1e6) / 1000)]]);
  record([['t', Array.from({ length: n }, (_, i) => i === n >> 1 ? 1.2345678901234567e+100 : whole(9))]]);
  record([['t', Array.from({ length: n }, () => 10 ** whole(16))]]);
}
for (let i = 0; i < 60; i++) {
  record(Array.from({ length: whole(12) }, (_, k) => ['k' + '.'.repeat(whole(3)) + 'x'.repeat(whole(12)) + k, whole(1e6) / 10 ** whole(4)]));
  record(Array.from({ length: 1 + whole(6) }, (_, k) => ['t' + 'x'.repeat(whole(9)) + k,
    Array.from({ length: whole(random() < 0.5 ? 8 : 40) }, () => whole(10 ** (1 + whole(6))) / 10 ** whole(3) * (random() < 0.2 ? -1 : 1))]));
}
const lines = all => all.map(each => '    ' + JSON.stringify(each)).join(',\n');
process.stdout.write(`{\n  "node": "${process.version}",\n  "numbers": [\n${lines(numbers)}\n  ],\n  "lists": [\n${lines(lists)}\n  ]\n}\n`);
