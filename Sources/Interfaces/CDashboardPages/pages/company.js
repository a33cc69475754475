// SPDX-License-Identifier: Apache-2.0
// All that is known of one company: its score and why, its accounts and payments, what is decided,
// what it owes, what happened.

import { call, ifAllowed, may, orNothing, orProblem } from './api.js';
import { outcome, tone } from './companies.js';
import { decide, decisionCard, whatIfCard } from './decision.js';
import { moved } from './alerts.js';
import { bar, card, csvButton, figure, h, more, scoreLine, table } from './draw.js';
import { nameOf } from './overview.js';
import { record } from './recording.js';
import { colon, counted, current, day, decimal, moment, money, percent, plain, shortAmount, whole, word } from './words.js';

const time = (date) => { const [y, m, d] = date.split('-').map(Number); return Date.UTC(y, m - 1, d); };
const epochDay = (number_) => new Date(number_ * 86400000).toISOString().slice(0, 10);
const local = (text) => (text ? text[current()] || text.en || text.fr || '' : '');
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const shown = (value, digits = 2) => (number(value) === null ? '–' : decimal(value, digits));

// The reasons of a score: what they say, how strong each is, and what the value is held against.
function reasons(answer, file) {
  const told = answer?.assessment?.reasons;
  if (!told?.features?.length) return null;
  const labels = new Map([...answer.context.modelFeatures, ...answer.context.cardFeatures].map((one) => [one.feature, one]));
  const most = Math.max(...told.contributions.map(Math.abs));
  const rows = told.features.map((feature, place) => ({
    label: labels.get(feature), part: told.contributions[place], value: told.values[place], median: told.medians[place],
  }));
  const columns = [
    { title: word('reasons'), text: (r) => local(r.label?.label) || r.label?.name || '', cell: (r) => [h('div', {}, (r.part > 0 ? local(r.label?.raisesRisk) : local(r.label?.lowersRisk)) || local(r.label?.label) || r.label?.name || ''),
      h('span', { class: 'quiet' }, `${local(r.label?.label)} ${shown(r.value, 3)}${number(r.median) === null ? '' : ` · ${word('median')} ${shown(r.median, 3)}`}`)] },
    { title: word('raises'), isMute: true, cell: (r) => h('span', { class: 'force' }, bar(Math.abs(r.part) / most, r.part > 0 ? 'poor' : 'good'), h('span', { class: r.part > 0 ? 'down' : 'up' }, `${r.part > 0 ? '▲' : '▼'} ${word(r.part > 0 ? 'raises' : 'lowers')}`)) },
    { title: word('value'), isOfFile: true, number: true, text: (r) => number(r.value) ?? '' },
    { title: word('median'), isOfFile: true, number: true, text: (r) => number(r.median) ?? '' },
    { title: word('raises'), isOfFile: true, number: true, text: (r) => r.part },
  ];
  return card(word('reasons'), null, table(word('reasons'), columns, rows), h('p', { class: 'below noprint' }, csvButton(word('csv'), `${file}-reasons`, columns, rows)));
}

function payments(assessment) {
  const told = assessment?.payments;
  if (!told?.payments && !Number(told?.openCents)) return null;
  const euros = (cents) => money(cents, 'EUR');
  const pairs = [
    [word('index'), shown(told.index, 0)], [word('beyond'), shown(told.daysBeyondTerms, 1)],
    [`${word('beyond')}, ${word('trend')}`, told.daysTrend === undefined ? '–' : `${told.daysTrend > 0 ? '+' : ''}${shown(told.daysTrend, 1)}`],
    [word('lateShare30'), told.shareLateOver30 === undefined ? '–' : percent(told.shareLateOver30)],
    [word('lateShare90'), told.shareLateOver90 === undefined ? '–' : percent(told.shareLateOver90)],
    [word('broken'), whole(told.brokenPromises)], [word('paymentCount'), whole(told.payments)],
    [word('open'), euros(told.openCents)], [word('pastDue'), euros(told.pastDueCents)], [word('disputed'), euros(told.disputedCents)],
  ];
  return card(word('payments'), null, h('dl', { class: 'pairs' }, pairs.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])));
}

function statements(answer, file) {
  const used = answer?.assessment?.statements;
  if (!used?.closingDays?.length) return null;
  const labels = new Map(answer.context.formulas.map((one) => [one.formula, one]));
  const ratios = answer.assessment.ratios;
  const rows = (ratios?.formulas || []).map((formula, place) => ({ label: labels.get(formula), value: ratios.values[place] })).filter((one) => number(one.value) !== null);
  const written = (row) => (row.label?.unit === 'percent' ? `${decimal(row.value, 1)} %` : row.label?.unit === 'euro' ? money(Math.round(row.value * 100), 'EUR', true) : decimal(row.value, 2));
  const named = (r) => local(r.label?.label) || r.label?.name || '';
  const columns = [{ title: word('ratio'), cell: named, text: named }, { title: word('value'), number: true, cell: written, text: (r) => r.value },
    { title: word('unit'), isOfFile: true, text: (r) => r.label?.unit || '' }];
  return card(word('statements'), used.closingDays.map((closing) => day(epochDay(closing))).join(' · '), table(word('statements'), columns, rows.slice(0, 14)),
    rows.length > 14 ? more('ratios', `+ ${rows.length - 14} ${word('more')}`, () => table(word('statements'), columns, rows.slice(14))) : null,
    h('p', { class: 'below noprint' }, csvButton(word('csv'), `${file}-ratios`, columns, rows)));
}

function account(context, told, id) {
  if (!told || (!told.invoices.length && !told.notes.length)) return null;
  const { entry } = told;
  const why = (r) => r.reasons.map((one) => one.text).join(' · ');
  const columns = [
    { title: word('invoice'), cell: (r) => r.reference, text: (r) => r.reference },
    { title: word('issued'), isOfFile: true, text: (r) => r.issuedDate },
    { title: word('due'), cell: (r) => h('span', { class: 'tight' }, day(r.dueDate)), text: (r) => r.dueDate },
    { title: word('lateDays'), number: true, cell: (r) => (r.daysLate > 0 ? `${r.daysLate} ${word('daysShort')}` : '–'), text: (r) => Math.max(0, r.daysLate) },
    { title: word('open'), number: true, cell: (r) => money(r.openCents, r.currency), text: (r) => plain(r.openCents, r.currency) },
    { title: word('currency'), isOfFile: true, text: (r) => r.currency },
    { title: word('why'), cell: (r) => h('span', { class: 'quiet' }, why(r)), text: why },
  ];
  return h('section', { class: 'card' }, h('header', { class: 'tools' }, h('h2', {}, word('collection')),
    h('button', { type: 'button', 'data-key': 'record', onclick: () => record(context, { company: id, name: entry.name }) }, word('record'))),
  entry.action?.text ? h('p', {}, h('strong', {}, colon(word('nextStep'))), entry.action.text) : null,
  told.invoices.length ? [table(word('invoice'), columns, told.invoices.slice(0, 40)),
    told.invoices.length > 40 ? more('invoices', `+ ${whole(told.invoices.length - 40)} ${word('more')}`, () => table(word('invoice'), columns, told.invoices.slice(40))) : null,
    h('p', { class: 'below noprint' }, csvButton(word('csv'), `${entry.name}-invoices`, columns, told.invoices))] : h('p', { class: 'empty' }, word('nothingOpen')),
  told.notes.length ? h('ul', { class: 'notes' }, [...told.notes].reverse().slice(0, 12).map((one) => h('li', {}, h('span', { class: 'quiet' }, `${day(one.date)} ${one.person} `), one.text))) : null);
}

const eventWord = (kind) => { const short = `e_${kind.replace('LEGAL_EVENT_KIND_', '')}`; const text = word(short); return text === short ? word('e_OTHER') : text; };

function events(assessment) {
  const legal = assessment?.legal;
  return (legal?.notices || []).map((notice, place) => ({ notice, text: eventWord(legal.noticeKinds[place]), date: epochDay(legal.noticePublishedDays[place]) }));
}

export async function company(context) {
  const { portfolio, rest, signal } = context;
  const [kind, text] = rest;
  const id = { [kind]: text };
  const [history, facts, answer, found, decided, owed] = await Promise.all([
    call('PortfolioService/CompanyHistory', { portfolio, company: id, pageSize: 1000 }, signal),
    call('PortfolioService/ListFacts', { portfolio, company: id, pageSize: 200 }, signal),
    orNothing(call('PortfolioService/AssessCompany', { portfolio, company: id, header: { reasonCount: 6 } }, signal)),
    ifAllowed('AlertService/ListAlerts', { portfolio, company: id, state: 'ALERT_LIST_STATE_ALL', pageSize: 50 }, signal),
    may('PortfolioService/DecideCompany') ? orProblem(decide(portfolio, id, {}, signal)) : null,
    ifAllowed('CollectionService/ExplainCustomer', { portfolio, company: id, language: context.language() }, signal),
  ]);
  const scores = history.scores;
  const last = scores.at(-1)?.score;
  const points = scores.map((one) => ({
    time: time(one.asOfDate), value: one.score.score ?? null, cause: one.cause.toLowerCase(),
    title: `${day(one.asOfDate)}: ${one.score.score ?? outcome(one.score)} ${word(`cause_${one.cause}`)}`,
  }));
  const happened = events(answer?.assessment);
  const marks = [...happened.map((one) => ({ time: time(one.date), title: `${day(one.date)}: ${one.text}`, kind: 'legal' })),
    ...(found?.alerts || []).map((one) => ({ time: time(one.raisedDay), title: `${day(one.raisedDay)}: ${one.rule}`, kind: 'alert' }))];
  const told = history.company;
  const amount = (one) => (one ? money(one.minorUnits, one.currency, true) : '–');
  const use = told?.exposure && told?.limit && Number(told.limit.minorUnits) && told.exposure.currency === told.limit.currency ? Number(told.exposure.minorUnits) / Number(told.limit.minorUnits) : null;
  const days = [
    { title: word('day'), cell: (r) => day(r.asOfDate), text: (r) => r.asOfDate },
    { title: word('class'), cell: (r) => outcome(r.score), text: (r) => r.score.riskClass ?? outcome(r.score) },
    { title: word('score'), number: true, cell: (r) => r.score.score ?? '–', text: (r) => r.score.score ?? '' },
    { title: word('cause'), cell: (r) => word(`cause_${r.cause}`), text: (r) => word(`cause_${r.cause}`) },
    { title: word('model'), cell: (r) => `${r.model}@${r.modelVersion}`, text: (r) => `${r.model}@${r.modelVersion}` },
  ];
  const confidence = answer?.assessment?.confidence;
  return [
    h('p', { class: 'back noprint' }, h('a', { href: context.place(portfolio, 'companies') }, `← ${word('back')}`),
      h('button', { type: 'button', 'data-key': 'print', onclick: () => print() }, word('printView'))),
    h('p', { class: 'printed' }, `${word('committee')} · ${portfolio} · ${day(new Date().toISOString().slice(0, 10))}`),
    h('h1', {}, nameOf(told) || text, ' ', h('span', { class: `chip ${tone(last)}` }, outcome(last)), h('span', { class: 'siren' }, text)),
    h('dl', { class: 'figures' },
      figure(word('score'), last?.score ?? '–', confidence && confidence !== 'CONFIDENCE_UNSPECIFIED' ? `${word('confidence')} ${word(`confidence_${confidence}`)}` : ''),
      figure(word('probability'), last?.probability === undefined ? '–' : percent(last.probability, 2)),
      figure(word('exposure'), amount(told?.exposure)),
      figure(word('ownLimit'), amount(told?.limit), use === null ? '' : `${word('use')} ${percent(use, 0)}`, use !== null && use > 1 ? 'warm' : ''),
      decided?.decision?.limit ? figure(word('policyLimit'), shortAmount(decided.decision.limit.amount, decided.context.policy.currency), decided.decision.headroom ? `${word('headroom')} ${shortAmount(decided.decision.headroom, decided.context.policy.currency)}` : '') : null),
    h('div', { class: 'lead' }, h('section', { class: 'card' }, h('header', {}, h('h2', {}, word('history'))), scoreLine(points, word('history'), marks) || h('p', { class: 'empty' }, word('nobody')),
      more('history', counted(scores.length, 'linesOne', 'linesSeveral'), () => [table(word('history'), days, [...scores].reverse()),
        h('p', { class: 'below noprint' }, csvButton(word('csv'), `${nameOf(told) || text}-scores`, days, scores))])),
    reasons(answer, nameOf(told) || text)),
    may('PortfolioService/DecideCompany') ? decisionCard(decided) : null,
    decided && !decided.problem ? whatIfCard(context, id, decided, told?.exposure ? Number(told.exposure.minorUnits) / 100 : null) : null,
    h('div', { class: 'grid' },
      happened.length ? card(word('events'), null, h('ul', { class: 'notes' }, happened.map((one) => h('li', {}, h('span', { class: 'quiet' }, `${day(one.date)} ${one.notice} `), one.text)))) : null,
      payments(answer?.assessment),
      account(context, owed, id),
      statements(answer, nameOf(told) || text),
      found?.alerts?.length ? card(word('alerts'), null, table(word('alerts'), [
        { title: word('rule'), cell: (r) => r.rule },
        { title: word('raised'), cell: (r) => day(r.raisedDay) },
        { title: word('value'), number: true, cell: moved },
      ], found.alerts)) : null,
      h('section', { class: 'card noprint' }, h('header', {}, h('h2', {}, word('facts'))), table(word('facts'), [
        { title: word('kind'), cell: (r) => word(`fact_${r.kind}`) },
        { title: word('day'), cell: (r) => h('span', { class: 'tight' }, day(epochDay(r.day))) },
        { title: word('source'), cell: (r) => r.source },
        { title: word('knownSince'), cell: (r) => moment(r.knownAtMicroseconds) },
      ], facts.facts))),
  ].filter(Boolean);
}

