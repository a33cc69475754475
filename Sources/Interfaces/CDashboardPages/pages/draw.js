// SPDX-License-Identifier: Apache-2.0
// Elements and drawings. All text goes in as text, so nothing of a company's name is ever markup.

import { fileMarks } from './words.js';

const svgNames = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, one] of Object.entries(value)) node.style.setProperty(key, one);
    else node.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children.flat(3)) {
    if (child === undefined || child === null || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}
export const h = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);
export const s = (name, attributes, ...children) => fill(document.createElementNS(svgNames, name), attributes, children);

// The head of a table. Chromium (156) does not give back some 700 bytes of each thead that is drawn,
// nor of a tfoot, which a page that is drawn anew all day comes to feel.
export const head = (...cells) => h('tbody', { class: 'head' }, h('tr', {}, cells));

// A horizontal bar of a part of all, with its number beside it.
export function bar(part, tone) {
  return s('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    s('rect', { class: 'rail', width: 100, height: 8, rx: 1.5 }),
    s('rect', { class: `fill ${tone || ''}`, width: Math.max(0, Math.min(100, part * 100)), height: 8, rx: 1.5 }));
}

// A line of scores over days, with a step for each that changed.
// Marks, of events and of alerts, stand below it.
export function scoreLine(points, label, marks = []) {
  const width = 640, height = 190, left = 44, right = 12, top = 12, bottom = 26;
  if (!points.length) return null;
  const days = points.map((p) => p.time);
  const first = Math.min(...days), last = Math.max(Date.now(), ...days);
  const values = points.filter((p) => p.value !== null).map((p) => p.value);
  if (!values.length) return null;
  let low = Math.min(...values), high = Math.max(...values);
  if (high - low < 20) { low -= 10; high += 10; }
  const x = (t) => left + ((t - first) / Math.max(1, last - first)) * (width - left - right);
  const y = (v) => top + (1 - (v - low) / (high - low)) * (height - top - bottom);
  let path = '', before = null;
  for (const p of points) {
    if (p.value === null) { before = null; continue; }
    path += before === null ? `M${x(p.time)} ${y(p.value)}` : `H${x(p.time)}V${y(p.value)}`;
    before = p.value;
  }
  if (before !== null) path += `H${x(last)}`;
  const ticks = [...new Set([low, (low + high) / 2, high].map((v) => Math.round(v)))];
  return s('svg', { class: 'line', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    ticks.map((v) => [s('line', { class: 'grid', x1: left, x2: width - right, y1: y(v), y2: y(v) }),
      s('text', { x: left - 8, y: y(v) + 4, 'text-anchor': 'end' }, v)]),
    marks.filter((m) => m.time >= first && m.time <= last).map((m) => s('g', { class: `mark ${m.kind}` }, s('line', { x1: x(m.time), x2: x(m.time), y1: top, y2: height - bottom }),
      s('path', { d: `M${x(m.time)} ${height - bottom}l5 9h-10z` }), s('title', {}, m.title))),
    s('path', { class: 'trace', d: path }),
    points.filter((p) => p.value !== null).map((p) => s('circle', { class: `dot ${p.cause}`, cx: x(p.time), cy: y(p.value), r: 3.5 },
      s('title', {}, p.title))));
}

// A table, with a caption for those who listen. Where `options.sort` is given, a press on the title
// of a column that has an order (`order` of a row) asks for it.
export function table(caption, columns, rows, options = {}) {
  const title = (c) => {
    if (c.isMute) return h('span', { class: 'hidden' }, c.title);
    if (!options.sort || !c.order) return c.title;
    const way = options.sort.column === c.title ? (options.sort.isDown ? ' ▼' : ' ▲') : '';
    return h('button', { type: 'button', class: 'sort', 'data-key': `sort-${c.title}`, onclick: () => options.sort.press(c) }, c.title, h('span', { 'aria-hidden': 'true' }, way));
  };
  const direction = (c) => (options.sort && c.order && options.sort.column === c.title ? (options.sort.isDown ? 'descending' : 'ascending') : null);
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', { class: options.class },
      h('caption', { class: options.showsCaption ? null : 'hidden' }, caption),
      head(columns.filter((c) => !c.isOfFile).map((c) => h('th', { scope: 'col', class: c.number ? 'number' : null, 'aria-sort': direction(c) }, title(c)))),
      h('tbody', {}, rows.map((row) => h('tr', row.attributes || {},
        columns.filter((c) => !c.isOfFile).map((c, place) => h(place === 0 ? 'th' : 'td', { scope: place === 0 ? 'row' : null, class: c.number ? 'number' : null },
          c.cell(row))))))));
}

// Rows in the order of one of the columns; those without a value stand last, whichever the order.
export function ordered(rows, columns, { column, isDown }) {
  const order = columns.find((one) => one.title === column)?.order;
  if (!order) return rows;
  const isNone = (value) => value === null || value === undefined || value === '' || Number.isNaN(value);
  const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
  return [...rows].sort((one, other) => {
    const [a, b] = [order(one), order(other)];
    if (isNone(a) || isNone(b)) return isNone(a) - isNone(b);
    return isDown ? compare(b, a) : compare(a, b);
  });
}

// Cells as a file for a spreadsheet, which must not take a text for a formula. A column whose
// cells have no text is for the eye alone, and one for files alone (`isOfFile`) is in no table.
export function csv(columns, rows) {
  const { separator, point } = fileMarks();
  const quoted = (value, isNumber) => {
    let text = value === null || value === undefined ? '' : String(value);
    if (isNumber && /^-?[0-9]+([.][0-9]+)?(e-?[0-9]+)?$/.test(text)) return text.replace('.', point);
    if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /["\n\r,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const told = columns.filter((c) => c.text);
  const lines = [told.map((c) => quoted(c.fileTitle || c.title)), ...rows.map((row) => told.map((c) => quoted(c.text(row), c.number)))];
  return '\ufeff' + lines.map((line) => line.join(separator)).join('\r\n') + '\r\n';
}

// What is seen when one asks for it, and then made; it stays so when the view is drawn again.
const opened = new Set();
export function more(key, summary, make) {
  const name = `${location.hash} ${key}`;
  const node = h('details', { open: opened.has(name), ontoggle: () => {
    if (node.open) opened.add(name); else opened.delete(name);
    if (node.open && node.childElementCount === 1) node.append(...[make()].flat());
  } }, h('summary', { 'data-key': `more-${key}` }, summary));
  if (node.open) node.append(...[make()].flat());
  return node;
}

export function download(name, text) {
  const link = h('a', { href: URL.createObjectURL(new Blob([text], { type: 'text/csv' })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

export function card(title, detail, ...content) {
  return h('section', { class: 'card' }, h('header', {}, h('h2', {}, title), detail ? h('p', {}, detail) : null), content);
}

// A card over all columns, with what can be done with it beside its title.
export function wide(title, tools, ...content) {
  return h('section', { class: 'card wide' }, h('header', { class: 'tools' }, h('h2', {}, title), tools), content);
}

export function figure(title, value, detail, tone, line) {
  return h('div', { class: `figure ${tone || ''}` }, h('dt', {}, title), h('dd', {}, h('strong', {}, value), detail ? h('span', {}, detail) : null, line || null));
}

// The button beside a table that gives it as a file; rows that are still to be asked for are a function.
export function csvButton(title, name, columns, rows) {
  return h('button', { type: 'button', class: 'plain', 'data-key': `csv-${name}`, onclick: async () => download(`${name}.csv`, csv(columns, typeof rows === 'function' ? await rows() : rows)) }, title);
}
