// SPDX-License-Identifier: Apache-2.0
// Collection: whom to call first and why, what is owed by age, what was promised, what will come.

import { call } from './api.js';
import { ageBars, cashBars, sparkline } from './charts.js';
import { csvButton, figure, h, more, table, wide } from './draw.js';
import { keys, record } from './recording.js';
import { colon, counted, day, money, percent, plain, rounded, shortDay, whole, word } from './words.js';

const tones = ['good', 'fair', 'fair', 'poor', 'poor', 'none'];
const firstCount = 15;
// As many as the server tells at a time; where there are more, that is said.
const askedMost = 1000;
const partOf = (list, count) => (list.length < Number(count) ? h('p', { class: 'empty' }, `${whole(list.length)} ${word('shownOf')} ${whole(Number(count))}`) : null);
let age = null;

const keyOf = (id) => (id.siren ? ['siren', id.siren] : id.lei ? ['lei', id.lei] : ['own', id.own]);
const sum = (list) => list.reduce((all, one) => all + Number(one), 0);

function link(context, entry) {
  return h('a', { href: context.place(context.portfolio, 'company', ...keyOf(entry.company)) }, entry.name || keyOf(entry.company)[1]);
}

function worklist(context, list) {
  const { portfolio } = context;
  const amount = (cents) => rounded(cents, list.currency);
  const why = (entry) => entry.reasons.map((reason) => reason.text).join(' · ');
  const columns = [
    { title: word('customer'), cell: (r) => link(context, r), text: (r) => r.name },
    { title: word('atRisk'), number: true, cell: (r) => h('strong', {}, amount(r.valueAtRiskCents)), text: (r) => plain(r.valueAtRiskCents, list.currency) },
    { title: word('dueNow'), number: true, cell: (r) => amount(r.amountDueCents), text: (r) => plain(r.amountDueCents, list.currency) },
    { title: word('oldest'), number: true, cell: (r) => (r.oldestDays > 0 ? `${r.oldestDays} ${word('daysShort')}` : '–'), text: (r) => r.oldestDays },
    { title: word('pd'), number: true, cell: (r) => h('span', { class: r.probabilityIsAssumed ? 'quiet' : '' }, percent(r.probability, 1)), text: (r) => r.probability },
    { title: word('nextStep'), cell: (r) => h('div', { class: 'step' }, r.action?.text || '', r.reasons.length ? h('div', { class: 'quiet' }, why(r)) : ''), text: (r) => r.action?.text || '' },
    { title: word('why'), isOfFile: true, text: why },
    { title: word('currency'), isOfFile: true, text: () => list.currency },
  ];
  const key = (r) => keyOf(r.company)[1];
  const doing = { title: word('record'), isMute: true, cell: (r) => h('button', { type: 'button', 'data-key': `record-${key(r)}`, 'aria-label': `${word('recordOf')} ${r.name}`, onclick: () => record(context, r) }, word('record')) };
  const rows = list.entries.map((entry) => ({ ...entry, attributes: { onkeydown: (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    record(context, entry, keys[event.key]);
  } } }));
  const first = rows.slice(0, firstCount), rest = rows.slice(firstCount);
  return wide(`${word('worklist')} (${whole(Number(list.entryCount))})`,
    [h('p', { class: 'hint' }, word('keysHint')), csvButton(word('csv'), `${portfolio}-worklist`, columns, list.entries)],
    rows.length ? table(word('worklist'), [...columns, doing], first) : h('p', { class: 'empty' }, word('nobody')),
    rest.length ? more('worklist', `+ ${whole(rest.length)} ${word('more')}`, () => table(word('worklist'), [...columns, doing], rest)) : null,
    partOf(list.entries, list.entryCount),
    list.others.length ? more('others', `${word('others')} (${whole(Number(list.otherCount))})`, () => {
      const kept = [columns[0], { title: word('open'), number: true, cell: (r) => amount(r.openCents), text: (r) => plain(r.openCents, list.currency) }, ...columns.slice(5)];
      return [table(word('others'), [...kept, doing], list.others), partOf(list.others, list.otherCount) || '',
        h('p', { class: 'below noprint' }, csvButton(word('csv'), `${portfolio}-others`, kept, list.others))];
    }) : null);
}

function figures(owed) {
  const amount = (cents) => money(cents, owed.currency, true);
  const last = owed.days.at(-1);
  const open = sum(owed.openCentsByAge), late = sum(owed.openCentsByAge.slice(1, 5));
  const part = (one) => (Number(one.openCents) ? Number(one.overdueCents) / Number(one.openCents) : null);
  const broken = owed.promises.filter((one) => one.state !== 'PROMISE_STATE_RUNNING').length;
  return h('dl', { class: 'figures' },
    figure(word('open'), amount(open), counted(Number(owed.customerCount), 'customerOne', 'customerSeveral'), '', sparkline(owed.days.map((one) => Number(one.openCents)), word('since30'))),
    figure(word('overdue'), amount(late), open ? percent(late / open, 0) : '', '', sparkline(owed.days.map(part), word('since30'))),
    figure(word('dso'), last?.daysSalesOutstanding === undefined ? '–' : whole(last.daysSalesOutstanding), word('days'), '', sparkline(owed.days.map((one) => one.daysSalesOutstanding ?? null), word('since30'))),
    figure(word('promised'), amount(owed.promisedCents), broken ? counted(broken, 'brokenOne', 'brokenSeveral') : '', broken ? 'warm' : ''),
    figure(word('disputed'), amount(owed.disputedCents)),
    figure(word('frozen'), amount(owed.frozenCents)));
}

// What is owed by age; a press on an age shows whose it is, and another one shows all again.
function aging(context, owed) {
  const bars = h('div', {}), part = h('div', {});
  const amount = (cents) => rounded(cents, owed.currency);
  const shown = () => (age === null ? owed.customers : owed.customers.filter((one) => Number(one.openCentsByAge[age])));
  const value = (one) => (age === null ? sum(one.openCentsByAge) : Number(one.openCentsByAge[age]));
  const columns = [
    { title: word('customer'), cell: (r) => link(context, r), text: (r) => r.name },
    ...[0, 1, 2, 3, 4].map((place) => ({ title: word(`age${place}`), number: true, cell: (r) => (Number(r.openCentsByAge[place]) ? amount(r.openCentsByAge[place]) : ''), text: (r) => plain(r.openCentsByAge[place], owed.currency) })),
    { title: word('total'), number: true, cell: (r) => h('strong', {}, amount(sum(r.openCentsByAge))), text: (r) => plain(sum(r.openCentsByAge), owed.currency) },
    { title: word('currency'), isOfFile: true, text: () => owed.currency },
  ];
  const draw = () => {
    const ages = owed.openCentsByAge.map((cents, place) => ({ place, cents: Number(cents), title: word(`age${place}`), tone: tones[place], text: money(cents, owed.currency, true), people: whole(Number(owed.customerCountsByAge[place])) })).filter((one) => one.place < 5 || one.cents);
    const focused = document.activeElement?.dataset?.key;
    bars.replaceChildren(ageBars(ages, age, (place) => { age = age === place ? null : place; draw(); }));
    const rows = [...shown()].sort((a, b) => value(b) - value(a));
    const all = Number(age === null ? owed.customerCount : owed.customerCountsByAge[age]);
    part.replaceChildren(wide(`${colon(word('customers'))}${age === null ? word('allAges') : word(`age${age}`)} (${whole(all)})`, csvButton(word('csv'), `${context.portfolio}-aging`, columns, rows),
      rows.length ? table(word('customers'), columns, rows.slice(0, firstCount)) : h('p', { class: 'empty' }, word('nothingOpen')),
      rows.length > firstCount ? more(`age-${age}`, `+ ${whole(rows.length - firstCount)} ${word('more')}`, () => table(word('customers'), columns, rows.slice(firstCount))) : null,
      partOf(rows, all)));
    if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  };
  draw();
  return { bars: wide(word('aging'), null, bars), part };
}

function cash(context, forecast, currency) {
  const amount = (cents) => money(Math.round(cents), currency, true);
  const weeks = forecast.weeks.map((week) => ({ expected: week.expectedCents, low: week.lowCents, high: week.highCents, name: shortDay(week.fromDate), title: `${day(week.fromDate)}: ${amount(week.expectedCents)} (${amount(week.lowCents)} – ${amount(week.highCents)})` }));
  const columns = [
    { title: word('week'), cell: (r) => `${day(r.fromDate)} – ${day(r.throughDate)}`, text: (r) => r.fromDate },
    { title: word('expected'), number: true, cell: (r) => amount(r.expectedCents), text: (r) => plain(Math.round(r.expectedCents), currency) },
    { title: word('low'), number: true, cell: (r) => amount(r.lowCents), text: (r) => plain(Math.round(r.lowCents), currency) },
    { title: word('high'), number: true, cell: (r) => amount(r.highCents), text: (r) => plain(Math.round(r.highCents), currency) },
    { title: word('currency'), isOfFile: true, text: () => currency },
  ];
  const rest = [`${colon(word('later'))}${amount(forecast.laterCents)}`, Number(forecast.notForecastCents) ? `${colon(word('notForecast'))}${amount(forecast.notForecastCents)}` : ''].filter(Boolean).join(' · ');
  return wide(word('cash'), csvButton(word('csv'), `${context.portfolio}-cash`, columns, forecast.weeks),
    (weeks.some((week) => week.high > 0) && cashBars(weeks, word('cash'), amount)) || h('p', { class: 'empty' }, word('nothingOpen')),
    h('p', { class: 'hint' }, `${word('band')} · ${rest}`),
    more('weeks', word('weeks'), () => table(word('cash'), columns, forecast.weeks)));
}

function promises(context, owed) {
  const columns = [
    { title: word('customer'), cell: (r) => [link(context, r), r.invoice ? h('div', { class: 'quiet' }, `${word('invoice')} ${r.invoice}`) : ''], text: (r) => r.name },
    { title: word('promisedFor'), cell: (r) => h('span', { class: 'tight' }, shortDay(r.date)), text: (r) => r.date },
    { title: word('amount'), number: true, cell: (r) => (r.amountCents === undefined ? h('span', { class: 'quiet' }, word('allOpen')) : rounded(r.amountCents, owed.currency)), text: (r) => (r.amountCents === undefined ? '' : plain(r.amountCents, owed.currency)) },
    { title: word('state'), cell: (r) => h('span', { class: `chip ${r.state === 'PROMISE_STATE_RUNNING' ? 'fair' : 'poor'}` }, word(`promise_${r.state}`)), text: (r) => word(`promise_${r.state}`) },
  ];
  const inFile = [...columns, { title: word('invoice'), text: (r) => r.invoice }, { title: word('currency'), text: () => owed.currency }];
  return wide(`${word('promises')} (${owed.promises.length})`, csvButton(word('csv'), `${context.portfolio}-promises`, inFile, owed.promises),
    owed.promises.length ? table(word('promises'), columns, owed.promises.slice(0, 100)) : h('p', { class: 'empty' }, word('nobody')),
    owed.promises.length > 100 ? more('promises', `+ ${whole(owed.promises.length - 100)} ${word('more')}`, () => table(word('promises'), columns, owed.promises.slice(100))) : null);
}

export async function collection(context) {
  const { portfolio, signal } = context;
  const [list, owed, forecast] = await Promise.all([
    call('CollectionService/GetWorklist', { portfolio, language: context.language(), limit: askedMost }, signal),
    call('CollectionService/DescribeReceivables', { portfolio, limit: askedMost }, signal),
    call('CollectionService/ForecastPayments', { portfolio, weeks: 13, limit: 1 }, signal),
  ]);
  const byAge = aging(context, owed);
  return [
    h('h1', { class: 'hidden' }, `${portfolio}: ${word('collection')}`),
    figures(owed),
    h('div', { class: 'worked' },
      h('div', { class: 'column' }, worklist(context, { ...list, currency: owed.currency }), byAge.part),
      h('div', { class: 'column' }, byAge.bars, cash(context, forecast, owed.currency), promises(context, owed))),
  ];
}
