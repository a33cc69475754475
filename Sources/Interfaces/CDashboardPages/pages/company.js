// SPDX-License-Identifier: Apache-2.0
// All that is known of one company: its score and why, its accounts and payments, what is decided,
// what it owes, what happened.

import { call, ifAllowed, may, orNothing } from './api.js';
import { outcome, tone } from './companies.js';
import { decide, decisionCard, whatIfCard } from './decision.js';
import { bar, card, figure, h, scoreLine, table } from './draw.js';
import { nameOf } from './overview.js';
import { record } from './recording.js';
import { current, day, decimal, moment, money, percent, whole, word } from './words.js';

const time = (date) => { const [y, m, d] = date.split('-').map(Number); return Date.UTC(y, m - 1, d); };
const epochDay = (number_) => new Date(number_ * 86400000).toISOString().slice(0, 10);
const local = (text) => (text ? text[current()] || text.en || text.fr || '' : '');
const number = (value) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const shown = (value, digits = 2) => (number(value) === null ? '–' : decimal(value, digits));

// The reasons of a score: what they say, how strong each is, and what the value is held against.
function reasons(answer) {
  const told = answer?.assessment?.reasons;
  if (!told?.features?.length) return null;
  const labels = new Map([...answer.context.modelFeatures, ...answer.context.cardFeatures].map((one) => [one.feature, one]));
  const most = Math.max(...told.contributions.map(Math.abs));
  const rows = told.features.map((feature, place) => ({
    label: labels.get(feature), part: told.contributions[place], value: told.values[place], median: told.medians[place],
  }));
  return card(word('reasons'), null, table(word('reasons'), [
    { title: word('reasons'), cell: (r) => [h('div', {}, (r.part > 0 ? local(r.label?.raisesRisk) : local(r.label?.lowersRisk)) || local(r.label?.label) || r.label?.name || ''),
      h('span', { class: 'quiet' }, `${local(r.label?.label)} ${shown(r.value, 3)}${number(r.median) === null ? '' : ` · ${word('median')} ${shown(r.median, 3)}`}`)] },
    { title: word('raises'), isMute: true, cell: (r) => h('span', { class: 'force' }, bar(Math.abs(r.part) / most, r.part > 0 ? 'poor' : 'good'), h('span', { class: r.part > 0 ? 'down' : 'up' }, `${r.part > 0 ? '▲' : '▼'} ${word(r.part > 0 ? 'raises' : 'lowers')}`)) },
  ], rows));
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

function statements(answer) {
  const used = answer?.assessment?.statements;
  if (!used?.closingDays?.length) return null;
  const labels = new Map(answer.context.formulas.map((one) => [one.formula, one]));
  const ratios = answer.assessment.ratios;
  const rows = (ratios?.formulas || []).map((formula, place) => ({ label: labels.get(formula), value: ratios.values[place] })).filter((one) => number(one.value) !== null);
  const written = (row) => (row.label?.unit === 'percent' ? `${decimal(row.value, 1)} %` : row.label?.unit === 'euro' ? money(Math.round(row.value * 100), 'EUR', true) : decimal(row.value, 2));
  return card(word('statements'), used.closingDays.map((closing) => day(epochDay(closing))).join(' · '), table(word('statements'), [
    { title: word('ratio'), cell: (r) => local(r.label?.label) || r.label?.name },
    { title: word('value'), number: true, cell: written },
  ], rows.slice(0, 14)), rows.length > 14 ? h('details', {}, h('summary', {}, `+ ${rows.length - 14} ${word('more')}`), table(word('statements'), [
    { title: word('ratio'), cell: (r) => local(r.label?.label) || r.label?.name }, { title: word('value'), number: true, cell: written }], rows.slice(14))) : null);
}

function account(context, told, id) {
  if (!told || (!told.invoices.length && !told.notes.length)) return null;
  const { entry } = told;
  return h('section', { class: 'card' }, h('header', { class: 'tools' }, h('h2', {}, word('collection')),
    h('button', { type: 'button', 'data-key': 'record', onclick: () => record(context, { company: id, name: entry.name }) }, word('record'))),
  entry.action?.text ? h('p', {}, h('strong', {}, `${word('nextStep')}: `), entry.action.text) : null,
  told.invoices.length ? table(word('invoice'), [
    { title: word('invoice'), cell: (r) => r.reference },
    { title: word('due'), cell: (r) => day(r.dueDate) },
    { title: word('lateDays'), number: true, cell: (r) => (r.daysLate > 0 ? `${r.daysLate} ${word('daysShort')}` : '–') },
    { title: word('open'), number: true, cell: (r) => money(r.openCents, r.currency) },
    { title: word('why'), cell: (r) => h('span', { class: 'quiet' }, r.reasons.map((one) => one.text).join(' ')) },
  ], told.invoices.slice(0, 40)) : h('p', { class: 'empty' }, word('nothingOpen')),
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
    may('PortfolioService/DecideCompany') ? orNothing(decide(portfolio, id, {}, signal)) : null,
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
      decided?.decision?.limit ? figure(word('policyLimit'), money(Math.round(Number(decided.decision.limit.amount) * 100), decided.context.policy.currency, true), decided.decision.headroom ? `${word('headroom')} ${money(Math.round(Number(decided.decision.headroom) * 100), decided.context.policy.currency, true)}` : '') : null),
    h('div', { class: 'lead' }, h('section', { class: 'card' }, h('header', {}, h('h2', {}, word('history'))), scoreLine(points, word('history'), marks) || h('p', { class: 'empty' }, word('nobody')),
      h('details', {}, h('summary', {}, `${scores.length} ${word('rows')}`), table(word('history'), [
        { title: word('day'), cell: (r) => day(r.asOfDate) },
        { title: word('class'), cell: (r) => outcome(r.score) },
        { title: word('score'), number: true, cell: (r) => r.score.score ?? '–' },
        { title: word('cause'), cell: (r) => word(`cause_${r.cause}`) },
        { title: word('model'), cell: (r) => `${r.model}@${r.modelVersion}` },
      ], [...scores].reverse()))),
    reasons(answer)),
    may('PortfolioService/DecideCompany') ? decisionCard(decided) : null,
    decided ? whatIfCard(context, id, decided, told?.exposure ? Number(told.exposure.minorUnits) / 100 : null) : null,
    h('div', { class: 'grid' },
      happened.length ? card(word('events'), null, h('ul', { class: 'notes' }, happened.map((one) => h('li', {}, h('span', { class: 'quiet' }, `${day(one.date)} ${one.notice} `), one.text)))) : null,
      payments(answer?.assessment),
      account(context, owed, id),
      statements(answer),
      found?.alerts?.length ? card(word('alerts'), null, table(word('alerts'), [
        { title: word('rule'), cell: (r) => r.rule },
        { title: word('raised'), cell: (r) => day(r.raisedDay) },
        { title: word('value'), number: true, cell: (r) => `${shown(r.oldValue)} → ${shown(r.newValue)}` },
      ], found.alerts)) : null,
      h('section', { class: 'card noprint' }, h('header', {}, h('h2', {}, word('facts'))), table(word('facts'), [
        { title: word('kind'), cell: (r) => word(`fact_${r.kind}`) },
        { title: word('day'), cell: (r) => day(epochDay(r.day)) },
        { title: word('source'), cell: (r) => r.source },
        { title: word('knownSince'), cell: (r) => moment(r.knownAtMicroseconds) },
      ], facts.facts))),
  ].filter(Boolean);
}

