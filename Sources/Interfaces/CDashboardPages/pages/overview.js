// SPDX-License-Identifier: Apache-2.0
// A portfolio at a glance: what is owed, what of it is at risk, and who moved.

import { call, ifAllowed } from './api.js';
import { sparkline } from './charts.js';
import { bar, card, csvButton, figure, h, head, table } from './draw.js';
import { colon, counted, day, decimal, money, part as share, percent, plain, whole, word } from './words.js';

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

const sum = (list) => list.reduce((all, one) => all + Number(one), 0);

// The line on top, each figure with how it went over a month where that is known.
function topLine(risk, alerts, main, trend, owed) {
  const days = trend?.days || [];
  const spark = (values) => sparkline(values, word('since30'));
  const entries = [figure(word('followed'), whole(Number(risk.companyCount)), '', '', spark(days.map((one) => Number(one.companyCount))))];
  if (main) {
    const { currency } = main;
    entries.push(
      figure(word('exposure'), money(main.owing.exposureMinorUnits, currency, true), counted(Number(main.owing.companyCount), 'companyOne', 'companySeveral'), '', spark(days.map((one) => one.exposure))),
      figure(word('expectedLoss'), main.weightedProbability === undefined ? '–' : money(main.expectedLossMinorUnits, currency, true), `${percent(risk.lossGivenDefault, 0)} ${word('lgd')}`, '', spark(days.map((one) => (one.weightedProbability === undefined ? null : one.exposure * one.weightedProbability * risk.lossGivenDefault)))),
      figure(word('weighted'), main.weightedProbability === undefined ? '–' : percent(main.weightedProbability, 2), '', '', spark(days.map((one) => one.weightedProbability ?? null))));
  }
  if (owed?.days?.length && sum(owed.openCentsByAge)) {
    const last = owed.days.at(-1);
    const part = (one) => (Number(one.openCents) ? Number(one.overdueCents) / Number(one.openCents) : null);
    entries.push(
      figure(word('dso'), last.daysSalesOutstanding === undefined ? '–' : `${whole(last.daysSalesOutstanding)}`, word('days'), '', spark(owed.days.map((one) => one.daysSalesOutstanding ?? null))),
      figure(word('overdue'), percent(part(last) ?? 0, 0), money(last.overdueCents, owed.currency, true), '', spark(owed.days.map(part))));
  }
  if (alerts) entries.push(figure(word('openAlerts'), alerts.nextPageToken ? `${alerts.alerts.length}+` : whole(alerts.alerts.length), '', alerts.alerts.length ? 'warm' : '', trend ? spark(trend.openAlertCounts.map(Number)) : null));
  if (trend) entries.push(figure(word('legalThisWeek'), whole(Number(trend.legalEventCount)), '', Number(trend.legalEventCount) ? 'warm' : ''));
  return h('dl', { class: 'figures' }, entries);
}

// A table with its file below.
function listed(name, title, columns, rows) {
  return [table(title, columns, rows), h('p', { class: 'below noprint' }, csvButton(word('csv'), name, columns, rows))];
}

function bands(risk, main, context) {
  const total = Number(risk.companyCount) || 1;
  const owed = new Map((main?.bands || []).map((b) => [`${b.state}/${b.riskClass}`, b.owing]));
  const exposure = Number(main?.owing.exposureMinorUnits || 0) || 1;
  const rows = risk.bands.map((band) => ({ ...band, owing: owed.get(`${band.state}/${band.riskClass}`) }));
  if (!rows.length) return h('p', { class: 'empty' }, word('nobody'));
  return listed(`${context.portfolio}-classes`, word('byClass'), [
    { title: word('class'), cell: (r) => h('span', { class: `chip ${tone(r.state, r.riskClass)}` }, standing(r.state, r.riskClass)), text: (r) => standing(r.state, r.riskClass) },
    { title: word('count'), number: true, cell: (r) => whole(Number(r.companyCount)), text: (r) => r.companyCount },
    { title: word('share'), isMute: true, cell: (r) => bar(Number(r.companyCount) / total, tone(r.state, r.riskClass)) },
    { title: word('exposure'), number: true, cell: (r) => (r.owing ? money(r.owing.exposureMinorUnits, main.currency, true) : '–'), fileTitle: main ? `${word('exposure')} (${main.currency})` : null, text: (r) => plain(r.owing?.exposureMinorUnits, main?.currency) },
    { title: word('share'), number: true, cell: (r) => (r.owing ? share(Number(r.owing.exposureMinorUnits) / exposure) : '–'), text: (r) => (r.owing ? Number(r.owing.exposureMinorUnits) / exposure : '') },
  ], rows);
}

function migration(risk, context) {
  const key = (state, riskClass) => `${state}/${riskClass}`;
  const rank = (state, riskClass) => (state === 'RISK_STATE_SCORED' ? riskClass : 100 + ['RISK_STATE_REVIEW', 'RISK_STATE_NOT_SCORABLE', 'RISK_STATE_UNSPECIFIED', 'RISK_STATE_IN_PROCEEDINGS', 'RISK_STATE_CLOSED'].indexOf(state));
  const seen = new Map();
  for (const m of risk.migrations) {
    seen.set(key(m.fromState, m.fromClass), [m.fromState, m.fromClass]);
    seen.set(key(m.toState, m.toClass), [m.toState, m.toClass]);
  }
  const order = [...seen.values()].sort((a, b) => rank(...a) - rank(...b));
  if (!order.length) return h('p', { class: 'empty' }, word('nobody'));
  const cells = new Map(risk.migrations.map((m) => [`${key(m.fromState, m.fromClass)}>${key(m.toState, m.toClass)}`, Number(m.companyCount)]));
  const signs = { RISK_STATE_REVIEW: '§', RISK_STATE_NOT_SCORABLE: '?', RISK_STATE_UNSPECIFIED: '–', RISK_STATE_IN_PROCEEDINGS: '⚖', RISK_STATE_CLOSED: '✕' };
  const short = ([state, riskClass]) => (state === 'RISK_STATE_SCORED' ? String(riskClass)
    : h('abbr', { title: word(`state_${state}`) }, h('span', { 'aria-hidden': 'true' }, signs[state] || '?'), h('span', { class: 'hidden' }, word(`state_${state}`))));
  const named = ([state, riskClass]) => standing(state, riskClass);
  const inFile = [{ title: `${word('from')} \\ ${word('to')}`, text: named },
    ...order.map((to) => ({ title: named(to), number: true, text: (from) => cells.get(`${key(...from)}>${key(...to)}`) || 0 }))];
  return [h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': word('moves') }, h('table', { class: 'matrix' },
    h('caption', { class: 'hidden' }, `${word('moves')} ${day(risk.sinceDate)}`),
    head(h('th', { scope: 'col' }, `${word('from')} \\ ${word('to')}`), order.map((to) => h('th', { scope: 'col' }, short(to)))),
    h('tbody', {}, order.map((from) => {
      const all = order.reduce((sum, to) => sum + (cells.get(`${key(...from)}>${key(...to)}`) || 0), 0);
      return h('tr', {}, h('th', { scope: 'row' }, short(from)), order.map((to) => {
        const count = cells.get(`${key(...from)}>${key(...to)}`) || 0;
        const isSame = key(...from) === key(...to);
        const way = isSame ? 'same' : rank(...to) > rank(...from) ? 'worse' : 'better';
        return h('td', { class: count ? way : '', style: count && !isSame ? { '--part': Math.min(1, 0.15 + count / Math.max(1, all)) } : {} }, count ? whole(count) : '');
      }));
    })))),
  h('p', { class: 'below noprint' }, csvButton(word('csv'), `${context.portfolio}-moves`, inFile, order))];
}

function largest(main, context) {
  return listed(`${context.portfolio}-largest`, word('concentration'), [
    { title: word('company'), cell: (r) => h('a', { href: context.place(context.portfolio, 'company', ...keyOf(r.company)) }, nameOf(r.company)), text: (r) => nameOf(r.company) },
    { title: word('exposure'), number: true, cell: (r) => money(r.company.exposure.minorUnits, r.company.exposure.currency, true), text: (r) => plain(r.company.exposure.minorUnits, r.company.exposure.currency) },
    { title: word('currency'), isOfFile: true, text: (r) => r.company.exposure.currency },
    { title: word('share'), number: true, cell: (r) => share(r.share), text: (r) => r.share },
    { title: word('share'), isMute: true, cell: (r) => bar(r.share, 'plain') },
  ], (main?.largest || []).filter((r) => r.company));
}

// How much of their limits companies use, in three bands that do not overlap.
function limits(main, context) {
  const minus = (one, other) => ({ companyCount: Number(one.companyCount) - Number(other.companyCount), exposureMinorUnits: Number(one.exposureMinorUnits) - Number(other.exposureMinorUnits) });
  const lines = [
    { name: 'above100', count: main.aboveLimit, tone: 'poor' },
    { name: 'above90', count: minus(main.above90Percent, main.aboveLimit), tone: 'fair' },
    { name: 'above80', count: minus(main.above80Percent, main.above90Percent), tone: '' },
    { name: 'without', count: main.withoutLimit, tone: 'none' },
  ];
  const all = Number(main.owing.exposureMinorUnits) || 1;
  const used = Number(main.limitsMinorUnits) ? (all - Number(main.withoutLimit.exposureMinorUnits)) / Number(main.limitsMinorUnits) : null;
  return [used === null ? null : h('p', { class: 'quiet' }, `${colon(word('use'))}${percent(used, 0)} / ${money(main.limitsMinorUnits, main.currency, true)}`),
    listed(`${context.portfolio}-limits`, word('limitUse'), [
      { title: word('limitUse'), cell: (r) => word(r.name), text: (r) => word(r.name) },
      { title: word('count'), number: true, cell: (r) => whole(Number(r.count.companyCount)), text: (r) => r.count.companyCount },
      { title: word('exposure'), number: true, cell: (r) => money(r.count.exposureMinorUnits, main.currency, true), fileTitle: `${word('exposure')} (${main.currency})`, text: (r) => plain(r.count.exposureMinorUnits, main.currency) },
      { title: word('share'), isMute: true, cell: (r) => bar(Number(r.count.exposureMinorUnits) / all, r.tone) },
    ], lines)];
}

// Segments with what their companies owe; those of which it cannot be said stand apart.
function segments(risk, main, context) {
  if (risk.segmentsLeftOut) return h('p', { class: 'empty' }, risk.segmentsLeftOut);
  const currency = main?.currency;
  const of = (figures) => figures?.currencies?.find((one) => one.currency === currency);
  const owed = (r) => Number(of(r.members)?.owing?.exposureMinorUnits || 0);
  const loss = (r) => Number(of(r.members)?.expectedLossMinorUnits || 0);
  const all = Number(main?.owing.exposureMinorUnits || 0) || 1;
  const link = (r, part, text) => h('a', { href: context.place(context.portfolio, 'companies', 'segment', r.name, part) }, text);
  const count = (figures) => Number(figures?.companyCount || 0);
  return listed(`${context.portfolio}-segments`, word('segments'), [
    { title: word('segment'), cell: (r) => link(r, 'members', r.name), text: (r) => r.name },
    { title: word('count'), number: true, cell: (r) => whole(count(r.members)), text: (r) => count(r.members) },
    { title: word('exposure'), number: true, cell: (r) => (currency ? money(owed(r), currency, true) : '–'), text: (r) => owed(r) },
    { title: word('share'), number: true, cell: (r) => percent(owed(r) / all), text: (r) => owed(r) / all },
    { title: word('expectedLoss'), number: true, cell: (r) => (currency ? money(loss(r), currency, true) : '–'), text: (r) => loss(r) },
    { title: word('segmentUnknown'), number: true, cell: (r) => (count(r.unknown) ? link(r, 'unknown', whole(count(r.unknown))) : '–'), text: (r) => count(r.unknown) },
  ], risk.segments);
}

function movers(name, list, context) {
  if (!list.length) return h('p', { class: 'empty' }, word('nobody'));
  return listed(`${context.portfolio}-${name}`, word(name), [
    { title: word('company'), cell: (r) => h('a', { href: context.place(context.portfolio, 'company', ...keyOf(r.company)) }, nameOf(r.company)), text: (r) => nameOf(r.company) },
    { title: word('before'), number: true, cell: (r) => r.scoreBefore, text: (r) => r.scoreBefore },
    { title: word('now'), number: true, cell: (r) => h('strong', {}, r.score), text: (r) => r.score },
    { title: word('difference'), isMute: true, number: true, cell: (r) => h('span', { class: r.score < r.scoreBefore ? 'down' : 'up' }, `${r.score < r.scoreBefore ? '▼' : '▲'} ${Math.abs(r.score - r.scoreBefore)}`), text: (r) => r.score - r.scoreBefore },
  ], list.filter((r) => r.company));
}

export async function overview(context) {
  const { portfolio, signal } = context;
  const [risk, alerts, trend, owed] = await Promise.all([
    call('PortfolioService/DescribeRisk', { portfolio }, signal),
    ifAllowed('AlertService/ListAlerts', { portfolio, state: 'ALERT_LIST_STATE_ACTIVE', pageSize: 1000 }, signal),
    ifAllowed('PortfolioService/DescribeTrend', { portfolio }, signal),
    ifAllowed('CollectionService/DescribeReceivables', { portfolio, limit: 1 }, signal),
  ]);
  // The currency in which most companies owe; others have their own figures below.
  const currencies = [...risk.currencies].sort((a, b) => Number(b.owing.companyCount) - Number(a.owing.companyCount));
  const main = currencies[0];
  const detail = main ? [
    main.concentrationIndex === undefined ? null : `${word('hhi')} ${main.concentrationIndex < 0.001 ? `< ${decimal(0.001, 3)}` : decimal(main.concentrationIndex, 3)}`,
    Number(risk.withoutExposureCount) ? `${whole(Number(risk.withoutExposureCount))} ${word('unknownExposure')}` : null,
    ...currencies.slice(1).map((c) => money(c.owing.exposureMinorUnits, c.currency, true)),
  ].filter(Boolean).join(' · ') : '';
  return [
    h('h1', { class: 'hidden' }, `${portfolio}: ${word('overview')}`),
    topLine(risk, alerts, main, trend, owed),
    h('div', { class: 'grid' },
      card(word('byClass'), detail, bands(risk, main, context)),
      card(`${word('moves')} ${day(risk.sinceDate)}`, null, migration(risk, context)),
      card(word('fallen'), null, movers('fallen', risk.fallen, context)),
      card(word('risen'), null, movers('risen', risk.risen, context)),
      risk.segments?.length || risk.segmentsLeftOut ? card(word('segments'), main?.currency, segments(risk, main, context)) : null,
      main ? card(word('concentration'), null, largest(main, context)) : null,
      main ? card(word('limitUse'), null, limits(main, context)) : null),
  ].filter(Boolean);
}
