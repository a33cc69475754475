// SPDX-License-Identifier: Apache-2.0
// Drawings of several numbers: a line of some weeks, what is owed by age, weeks of cash.

import { h, s } from './draw.js';

// A small line without axes; the numbers stand beside it.
export function sparkline(values, label) {
  const known = values.filter((value) => value !== null && value !== undefined && Number.isFinite(value));
  if (known.length < 2) return null;
  const width = 96, height = 24;
  let low = Math.min(...known), high = Math.max(...known);
  if (high - low < Math.abs(high) * 0.01 || high === low) { low -= Math.abs(low) * 0.05 + 1; high += Math.abs(high) * 0.05 + 1; }
  const x = (place) => 2 + (place / (values.length - 1)) * (width - 6);
  const y = (value) => 3 + (1 - (value - low) / (high - low)) * (height - 6);
  let path = '', isOn = false, last = null;
  values.forEach((value, place) => {
    if (value === null || value === undefined || !Number.isFinite(value)) { isOn = false; return; }
    path += `${isOn ? 'L' : 'M'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`;
    isOn = true;
    last = [x(place), y(value)];
  });
  return s('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    s('path', { d: path }), s('circle', { cx: last[0], cy: last[1], r: 2.2 }));
}

// Bars that can be pressed, one for each age.
export function ageBars(ages, chosen, press) {
  const most = Math.max(1, ...ages.map((age) => age.cents));
  return h('ul', { class: 'ages' }, ages.map((age) => h('li', {},
    h('button', { type: 'button', 'data-key': `age-${age.place}`, 'aria-pressed': chosen === age.place ? 'true' : 'false', onclick: () => press(age.place) },
      h('span', { class: 'age' }, age.title),
      s('svg', { class: 'bar', viewBox: '0 0 100 8', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        s('rect', { class: 'rail', width: 100, height: 8, rx: 1.5 }),
        s('rect', { class: `fill ${age.tone}`, width: (age.cents / most) * 100, height: 8, rx: 1.5 })),
      h('span', { class: 'amount' }, age.text), h('span', { class: 'people' }, age.people)))));
}

// What comes week by week, with the band in which it lies four times of five.
export function cashBars(weeks, label, axis) {
  if (!weeks.length) return null;
  const width = 520, height = 210, left = 74, right = 8, top = 10, bottom = 28;
  const most = Math.max(1, ...weeks.map((week) => Math.max(week.high, week.expected))) * 1.06;
  const step = (width - left - right) / weeks.length, wide = Math.min(26, step * 0.56);
  const y = (value) => top + (1 - Math.max(0, value) / most) * (height - top - bottom);
  const ticks = [0, 0.5, 1].map((part) => (part * most) / 1.06);
  return s('svg', { class: 'line cash', viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label },
    ticks.map((value) => [s('line', { class: 'grid', x1: left, x2: width - right, y1: y(value), y2: y(value) }),
      s('text', { x: left - 8, y: y(value) + 4, 'text-anchor': 'end' }, axis(value))]),
    weeks.map((week, place) => {
      const middle = left + step * (place + 0.5);
      return s('g', {}, s('title', {}, week.title),
        s('rect', { class: 'expected', x: middle - wide / 2, width: wide, y: y(week.expected), height: Math.max(0, y(0) - y(week.expected)), rx: 2 }),
        s('path', { class: 'whisker', d: `M${middle} ${y(week.high)}V${y(week.low)}M${middle - 5} ${y(week.high)}h10M${middle - 5} ${y(week.low)}h10` }),
        place % Math.ceil(weeks.length / 6) === 0 ? s('text', { x: middle, y: height - 8, 'text-anchor': 'middle' }, week.name) : null);
    }));
}
