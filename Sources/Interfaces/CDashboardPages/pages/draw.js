// SPDX-License-Identifier: Apache-2.0
// Elements and drawings. All text goes in as text, so nothing of a company's name is ever markup.

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
  let low = Math.min(...values), high = Math.max(...values);
  if (!values.length) return null;
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
  const ticks = [low, (low + high) / 2, high].map((v) => Math.round(v));
  return s('svg', { class: 'line', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    ticks.map((v) => [s('line', { class: 'grid', x1: left, x2: width - right, y1: y(v), y2: y(v) }),
      s('text', { x: left - 8, y: y(v) + 4, 'text-anchor': 'end' }, v)]),
    marks.filter((m) => m.time >= first && m.time <= last).map((m) => s('g', { class: `mark ${m.kind}` }, s('line', { x1: x(m.time), x2: x(m.time), y1: top, y2: height - bottom }),
      s('path', { d: `M${x(m.time)} ${height - bottom}l5 9h-10z` }), s('title', {}, m.title))),
    s('path', { class: 'trace', d: path }),
    points.filter((p) => p.value !== null).map((p) => s('circle', { class: `dot ${p.cause}`, cx: x(p.time), cy: y(p.value), r: 3.5 },
      s('title', {}, p.title))));
}

// A table that can be sorted by no more than what is asked, with a caption for those who listen.
export function table(caption, columns, rows, options = {}) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
    h('table', { class: options.class },
      h('caption', { class: options.showsCaption ? null : 'hidden' }, caption),
      h('thead', {}, h('tr', {}, columns.map((c) => h('th', { scope: 'col', class: c.number ? 'number' : null }, c.isMute ? h('span', { class: 'hidden' }, c.title) : c.title)))),
      h('tbody', {}, rows.map((row) => h('tr', row.attributes || {},
        columns.map((c, place) => h(place === 0 ? 'th' : 'td', { scope: place === 0 ? 'row' : null, class: c.number ? 'number' : null },
          c.cell(row))))))));
}

// Cells as a file for a spreadsheet, which must not take a text for a formula.
export function csv(columns, rows) {
  const quoted = (value) => {
    let text = value === null || value === undefined ? '' : String(value);
    if (/^[=+\-@\t\r]/.test(text) && !/^-?[0-9]+([.,][0-9]+)?$/.test(text)) text = `'${text}`;
    return /[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map((c) => quoted(c.title)), ...rows.map((row) => columns.map((c) => quoted(c.text ? c.text(row) : '')))];
  return '\ufeff' + lines.map((line) => line.join(',')).join('\r\n') + '\r\n';
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

// The button beside a table that gives it as a file.
export function csvButton(title, name, columns, rows) {
  return h('button', { type: 'button', class: 'plain', 'data-key': `csv-${name}`, onclick: () => download(`${name}.csv`, csv(columns, rows)) }, title);
}
