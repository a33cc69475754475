// SPDX-License-Identifier: Apache-2.0
// Alerts: what wants to be looked at, and what people do with it.

import { all, call } from './api.js';
import { csv, download, h } from './draw.js';
import { day, decimal, percent, word } from './words.js';

let shown = 'ALERT_LIST_STATE_OPEN';

const keyOf = (id) => (id?.siren ? ['siren', id.siren] : id?.lei ? ['lei', id.lei] : ['own', id?.own || '']);
const shares = ['PROBABILITY_RATIO', 'LIMIT_EXCEEDED', 'LIMIT_NEAR', 'CONCENTRATION'];
// What an alert saw, in the unit of its kind.
function value(n, kind) {
  if (n === undefined || n === null) return '–';
  if (shares.includes(kind)) return percent(n, 1);
  if (kind === 'OUTCOME_CHANGE') return word(`o_${n}`);
  if (kind === 'NO_DATA' || kind === 'COVER_EXPIRING') return `${decimal(n, 0)} ${word('days')}`;
  if (kind === 'STATEMENT_OVERDUE') return `${decimal(n, 0)} ${word('months').toLowerCase()}`;
  return decimal(n, 2);
}
export const moved = (alert) => (alert.oldValue === undefined ? value(alert.newValue, alert.kind) : `${value(alert.oldValue, alert.kind)} → ${value(alert.newValue, alert.kind)}`);

function inDays(count) { return new Date(Date.now() + count * 86400000).toISOString().slice(0, 10); }

export async function alerts(context) {
  const { portfolio } = context;
  const { entries, isWhole } = await all('AlertService/ListAlerts', { portfolio, state: shown }, 'alerts', 2000);
  const act = async (numbers, action, button) => {
    button.disabled = true;
    try {
      const answer = await call('AlertService/ActOnAlerts', { portfolio, alerts: numbers, ...action });
      if (answer.refusals.length === numbers.length) context.tell(answer.refusals[0].message);
      else context.again();
    } catch (error) { context.tell(error.message); } finally { button.disabled = false; }
  };
  const button = (group, name, action) => h('button', { type: 'button', 'data-key': `${group[0].number}-${name}`, onclick: (event) => act(group.map((one) => one.number), action, event.currentTarget) }, word(name));
  const isOver = (alert) => alert.clearedDay || alert.resolved;
  const item = (group) => {
    const [first] = group;
    const open = group.filter((one) => !isOver(one));
    const fresh = open.filter((one) => !one.acknowledged && !one.snoozedUntil);
    const handled = group.filter((one) => one.acknowledged || one.resolved);
    return h('li', { class: `alert ${!open.length ? 'over' : fresh.length ? 'open' : 'quiet'}` },
      h('div', { class: 'what' },
        keyOf(first.company)[1] ? h('a', { href: context.place(portfolio, 'company', ...keyOf(first.company)) }, first.companyName || keyOf(first.company)[1]) : h('span', {}, portfolio),
        group.map((one) => h('span', { class: 'rule' }, `${one.rule} `, h('span', { class: 'move' }, moved(one), one.openings > 1 ? ` ×${one.openings}` : '')))),
      h('div', { class: 'when' }, [day(first.raisedDay), first.cause ? word(`cause_${first.cause}`) : '',
        first.acknowledged ? `${word('seenBy')} ${first.acknowledged.person || '–'}` : '',
        first.snoozedUntil ? `${word('snooze').toLowerCase()} ${word('until')} ${day(first.snoozedUntil)}` : ''].filter(Boolean).join(' · ')),
      h('div', { class: 'do' },
        fresh.length ? button(fresh, 'acknowledge', { acknowledge: true }) : null,
        open.some((one) => !one.snoozedUntil) ? button(open.filter((one) => !one.snoozedUntil), 'snooze', { snooze: { untilDay: inDays(30) } }) : null,
        open.length ? button(open, 'resolve', { resolve: true }) : null,
        handled.length ? button(handled, 'reopen', { reopen: true }) : null));
  };
  // One entry for a company and a day, whatever the number of rules that say so.
  const groups = [...entries.reduce((map, one) => {
    const key = `${keyOf(one.company).join('/')}/${one.raisedDay}`;
    return map.set(key, [...(map.get(key) || []), one]);
  }, new Map()).values()];
  const states = { ALERT_LIST_STATE_OPEN: 'active', ALERT_LIST_STATE_QUIET: 'quiet', ALERT_LIST_STATE_ALL: 'allStates' };
  const columns = [
    { title: word('company'), text: (r) => r.companyName || keyOf(r.company)[1] }, { title: word('rule'), text: (r) => r.rule },
    { title: word('raised'), text: (r) => r.raisedDay }, { title: word('before'), number: true, text: (r) => r.oldValue ?? '' },
    { title: word('now'), number: true, text: (r) => r.newValue ?? '' }, { title: word('cause'), text: (r) => word(`cause_${r.cause}`) },
  ];
  return [
    h('h1', { class: 'hidden' }, `${portfolio}: ${word('alerts')}`),
    h('section', { class: 'card wide' },
      h('header', { class: 'tools' }, h('h2', {}, `${word('alerts')} (${entries.length}${isWhole ? '' : '+'})`),
        h('label', {}, `${word('stateFilter')} `, h('select', { 'data-key': 'state', onchange: (event) => { shown = event.target.value; context.again(); } },
          Object.entries(states).map(([name, text]) => h('option', { value: name, selected: name === shown }, word(text))))),
        h('button', { type: 'button', 'data-key': 'csv', onclick: () => download(`${portfolio}-alerts.csv`, csv(columns, entries)) }, word('csv'))),
      entries.length ? h('ul', { class: 'alerts' }, groups.slice(0, 500).map(item)) : h('p', { class: 'empty' }, word('noAlerts')),
      groups.length > 500 ? h('p', { class: 'empty' }, `+ ${groups.length - 500} ${word('more')}`) : null),
  ];
}
