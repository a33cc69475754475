// SPDX-License-Identifier: Apache-2.0
// A portfolio at a glance: what is owed, what of it is at risk, and who moved.

import { call } from './api.js';
import { bar, h, table } from './draw.js';
import { day, decimal, money, percent, whole, word } from './words.js';

export function standing(state, riskClass) {
  return state === 'RISK_STATE_SCORED' ? `${word('state_RISK_STATE_SCORED')} ${riskClass}` : word(`state_${state}`);
}
export function tone(state, riskClass) {
  if (state !== 'RISK_STATE_SCORED') return state === 'RISK_STATE_IN_PROCEEDINGS' || state === 'RISK_STATE_CLOSED' ? 'dead' : 'none';
  return riskClass <= 3 ? 'good' : riskClass <= 6 ? 'fair' : 'poor';
}
export function nameOf(company) {
  const id = company?.company || {};
  return company?.name || company?.reference || id.siren || id.lei || id.own || '';
}
export function keyOf(company) {
  const id = company.company;
  return id.siren ? ['siren', id.siren] : id.lei ? ['lei', id.lei] : ['own', id.own];
}

function number(title, value, detail, tone_) {
  return h('div', { class: `figure ${tone_ || ''}` }, h('dt', {}, title), h('dd', {}, h('strong', {}, value), detail ? h('span', {}, detail) : null));
}

function topLine(risk, alerts, main) {
  const entries = [number(word('followed'), whole(Number(risk.companyCount)))];
  if (main) {
    const currency = main.currency;
    entries.push(
      number(word('exposure'), money(main.owing.exposureMinorUnits, currency, true), `${whole(Number(main.owing.companyCount))} ${word('count').toLowerCase()}`),
      number(word('expectedLoss'), money(main.expectedLossMinorUnits, currency, true), `${percent(risk.lossGivenDefault, 0)} ${word('lgd')}`),
      number(word('weighted'), main.weightedProbability === undefined ? '–' : percent(main.weightedProbability, 2)),
      number(word('aboveLimit'), money(main.aboveLimit.exposureMinorUnits, currency, true), `${whole(Number(main.aboveLimit.companyCount))} ${word('count').toLowerCase()}`, Number(main.aboveLimit.companyCount) ? 'warm' : ''));
  }
  entries.push(number(word('openAlerts'), alerts.nextPageToken ? `${alerts.alerts.length}+` : whole(alerts.alerts.length), '', alerts.alerts.length ? 'warm' : ''));
  return h('dl', { class: 'figures' }, entries);
}

function card(title, detail, ...content) {
  return h('section', { class: 'card' }, h('header', {}, h('h2', {}, title), detail ? h('p', {}, detail) : null), content);
}

function bands(risk, main) {
  const total = Number(risk.companyCount) || 1;
  const owed = new Map((main?.bands || []).map((b) => [`${b.state}/${b.riskClass}`, b.owing]));
  const exposure = Number(main?.owing.exposureMinorUnits || 0) || 1;
  const rows = risk.bands.map((band) => ({ ...band, owing: owed.get(`${band.state}/${band.riskClass}`) }));
  return table(word('byClass'), [
    { title: word('class'), cell: (r) => h('span', { class: `chip ${tone(r.state, r.riskClass)}` }, standing(r.state, r.riskClass)) },
    { title: word('count'), number: true, cell: (r) => whole(Number(r.companyCount)) },
    { title: word('share'), isMute: true, cell: (r) => bar(Number(r.companyCount) / total, tone(r.state, r.riskClass)) },
    { title: word('exposure'), number: true, cell: (r) => (r.owing ? money(r.owing.exposureMinorUnits, main.currency, true) : '–') },
    { title: word('share'), number: true, cell: (r) => (r.owing ? percent(Number(r.owing.exposureMinorUnits) / exposure) : '–') },
  ], rows);
}

function migration(risk) {
  const key = (state, riskClass) => `${state}/${riskClass}`;
  const rank = (state, riskClass) => (state === 'RISK_STATE_SCORED' ? riskClass : 100 + ['RISK_STATE_REVIEW', 'RISK_STATE_NOT_SCORABLE', 'RISK_STATE_UNSPECIFIED', 'RISK_STATE_IN_PROCEEDINGS', 'RISK_STATE_CLOSED'].indexOf(state));
  const seen = new Map();
  for (const m of risk.migrations) {
    seen.set(key(m.fromState, m.fromClass), [m.fromState, m.fromClass]);
    seen.set(key(m.toState, m.toClass), [m.toState, m.toClass]);
  }
  const order = [...seen.values()].sort((a, b) => rank(...a) - rank(...b));
  if (!order.length) return h('p', {}, word('nobody'));
  const cells = new Map(risk.migrations.map((m) => [`${key(m.fromState, m.fromClass)}>${key(m.toState, m.toClass)}`, Number(m.companyCount)]));
  const signs = { RISK_STATE_REVIEW: '§', RISK_STATE_NOT_SCORABLE: '?', RISK_STATE_UNSPECIFIED: '–', RISK_STATE_IN_PROCEEDINGS: '⚖', RISK_STATE_CLOSED: '✕' };
  const short = ([state, riskClass]) => (state === 'RISK_STATE_SCORED' ? String(riskClass)
    : h('abbr', { title: word(`state_${state}`) }, h('span', { 'aria-hidden': 'true' }, signs[state] || '?'), h('span', { class: 'hidden' }, word(`state_${state}`))));
  return h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': word('moves') }, h('table', { class: 'matrix' },
    h('caption', { class: 'hidden' }, `${word('moves')} ${day(risk.sinceDate)}`),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, `${word('from')} \\ ${word('to')}`), order.map((to) => h('th', { scope: 'col' }, short(to))))),
    h('tbody', {}, order.map((from) => {
      const all = order.reduce((sum, to) => sum + (cells.get(`${key(...from)}>${key(...to)}`) || 0), 0);
      return h('tr', {}, h('th', { scope: 'row' }, short(from)), order.map((to) => {
        const count = cells.get(`${key(...from)}>${key(...to)}`) || 0;
        const isSame = key(...from) === key(...to);
        const way = isSame ? 'same' : rank(...to) > rank(...from) ? 'worse' : 'better';
        return h('td', { class: count ? way : '', style: count && !isSame ? { '--part': Math.min(1, 0.15 + count / Math.max(1, all)) } : {} }, count ? whole(count) : '');
      }));
    }))));
}

function largest(main, context) {
  return table(word('concentration'), [
    { title: word('company'), cell: (r) => h('a', { href: context.place(context.portfolio, 'company', ...keyOf(r.company)) }, nameOf(r.company)) },
    { title: word('exposure'), number: true, cell: (r) => money(r.company.exposure.minorUnits, r.company.exposure.currency, true) },
    { title: word('share'), number: true, cell: (r) => percent(r.share) },
    { title: word('share'), isMute: true, cell: (r) => bar(r.share, 'plain') },
  ], (main?.largest || []).filter((r) => r.company));
}

function limits(main) {
  const lines = [['above80', main.above80Percent, ''], ['above90', main.above90Percent, 'fair'], ['above100', main.aboveLimit, 'poor'], ['without', main.withoutLimit, 'none']];
  const all = Number(main.owing.exposureMinorUnits) || 1;
  return table(word('limits'), [
    { title: word('limits'), cell: (r) => word(r[0]) },
    { title: word('count'), number: true, cell: (r) => whole(Number(r[1].companyCount)) },
    { title: word('exposure'), number: true, cell: (r) => money(r[1].exposureMinorUnits, main.currency, true) },
    { title: word('share'), isMute: true, cell: (r) => bar(Number(r[1].exposureMinorUnits) / all, r[2]) },
  ], lines);
}

function movers(title, list, context) {
  if (!list.length) return h('p', { class: 'empty' }, word('nobody'));
  return table(title, [
    { title: word('company'), cell: (r) => h('a', { href: context.place(context.portfolio, 'company', ...keyOf(r.company)) }, nameOf(r.company)) },
    { title: word('before'), number: true, cell: (r) => r.scoreBefore },
    { title: word('now'), number: true, cell: (r) => h('strong', {}, r.score) },
    { title: word('difference'), isMute: true, number: true, cell: (r) => h('span', { class: r.score < r.scoreBefore ? 'down' : 'up' }, `${r.score < r.scoreBefore ? '▼' : '▲'} ${Math.abs(r.score - r.scoreBefore)}`) },
  ], list.filter((r) => r.company));
}

export async function overview(context) {
  const { portfolio, signal } = context;
  const [risk, alerts] = await Promise.all([
    call('PortfolioService/DescribeRisk', { portfolio }, signal),
    call('AlertService/ListAlerts', { portfolio, state: 'ALERT_LIST_STATE_ACTIVE', pageSize: 1000 }, signal),
  ]);
  // The currency in which most companies owe; others have their own figures below.
  const currencies = [...risk.currencies].sort((a, b) => Number(b.owing.companyCount) - Number(a.owing.companyCount));
  const main = currencies[0];
  const detail = main ? [
    main.concentrationIndex === undefined ? null : `${word('hhi')} ${decimal(main.concentrationIndex, 3)}`,
    Number(risk.withoutExposureCount) ? `${whole(Number(risk.withoutExposureCount))} ${word('unknownExposure')}` : null,
    ...currencies.slice(1).map((c) => money(c.owing.exposureMinorUnits, c.currency, true)),
  ].filter(Boolean).join(' · ') : '';
  return [
    h('h1', { class: 'hidden' }, `${portfolio}: ${word('overview')}`),
    topLine(risk, alerts, main),
    h('div', { class: 'grid' },
      card(word('byClass'), detail, bands(risk, main)),
      card(`${word('moves')} ${day(risk.sinceDate)}`, null, migration(risk)),
      card(word('fallen'), null, movers(word('fallen'), risk.fallen, context)),
      card(word('risen'), null, movers(word('risen'), risk.risen, context)),
      main ? card(word('concentration'), null, largest(main, context)) : null,
      main ? card(word('limits'), null, limits(main)) : null),
  ].filter(Boolean);
}
