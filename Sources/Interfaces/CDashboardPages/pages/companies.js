// SPDX-License-Identifier: Apache-2.0
// The companies of a portfolio, and all that is known of one of them.

import { all, call } from './api.js';
import { csv, download, h, scoreLine, table } from './draw.js';
import { keyOf, nameOf } from './overview.js';
import { day, moment, money, percent, whole, word } from './words.js';

const shownMost = 500;
let wanted = '';

const outcome = (score) => {
  if (!score) return word('outcome_ASSESSMENT_OUTCOME_UNSPECIFIED');
  if (score.riskClass !== undefined) return `${word('class')} ${score.riskClass}`;
  return word(`outcome_${score.outcome}`);
};
const tone = (score) => {
  if (score?.riskClass === undefined) return score?.outcome === 'ASSESSMENT_OUTCOME_IN_PROCEEDINGS' || score?.outcome === 'ASSESSMENT_OUTCOME_CLOSED' ? 'dead' : 'none';
  return score.riskClass <= 3 ? 'good' : score.riskClass <= 6 ? 'fair' : 'poor';
};
const number = (company) => company.company.siren || company.company.lei || company.company.own;

function columns(context) {
  return [
    { title: word('company'), cell: (r) => h('a', { href: context.place(context.portfolio, 'company', ...keyOf(r.company)) }, nameOf(r.company)), text: (r) => nameOf(r.company) },
    { title: 'SIREN / LEI', cell: (r) => number(r.company), text: (r) => number(r.company) },
    { title: word('reference'), cell: (r) => r.company.reference, text: (r) => r.company.reference },
    { title: word('class'), cell: (r) => h('span', { class: `chip ${tone(r.score)}` }, outcome(r.score)), text: (r) => r.score?.riskClass ?? outcome(r.score) },
    { title: word('score'), number: true, cell: (r) => r.score?.score ?? '–', text: (r) => r.score?.score ?? '' },
    { title: word('exposure'), number: true, cell: (r) => (r.company.exposure ? money(r.company.exposure.minorUnits, r.company.exposure.currency) : '–'), text: (r) => (r.company.exposure ? `${r.company.exposure.minorUnits}` : '') },
    { title: word('limit'), number: true, cell: (r) => (r.company.limit ? money(r.company.limit.minorUnits, r.company.limit.currency) : '–'), text: (r) => (r.company.limit ? `${r.company.limit.minorUnits}` : '') },
    { title: word('since'), cell: (r) => day(r.sinceDate), text: (r) => r.sinceDate },
    { title: word('cause'), cell: (r) => word(`cause_${r.cause}`), text: (r) => word(`cause_${r.cause}`) },
  ];
}

export async function companies(context) {
  const { portfolio } = context;
  const { entries, isWhole } = await all('PortfolioService/ListScores', { portfolio }, 'members');
  const list = columns(context);
  const body = h('div', {});
  const draw = () => {
    const text = wanted.toLocaleLowerCase();
    const found = text ? entries.filter((r) => `${nameOf(r.company)} ${number(r.company)} ${r.company.reference}`.toLocaleLowerCase().includes(text)) : entries;
    body.replaceChildren(table(word('companies'), list, found.slice(0, shownMost)),
      found.length > shownMost || !isWhole ? h('p', { class: 'empty' }, `${whole(Math.min(shownMost, found.length))} ${word('from30')} ${whole(found.length)}${isWhole ? '' : '+'}`) : '');
  };
  draw();
  const field = h('input', { type: 'search', 'aria-label': word('find'), placeholder: word('find'), value: wanted, 'data-key': 'find', oninput: (event) => { wanted = event.target.value; draw(); } });
  return [
    h('h1', { class: 'hidden' }, `${portfolio}: ${word('companies')}`),
    h('section', { class: 'card wide' },
      h('header', { class: 'tools' }, h('h2', {}, word('companies')), field,
        h('button', { type: 'button', 'data-key': 'csv', onclick: () => download(`${portfolio}.csv`, csv(list, entries)) }, word('csv')),
        h('button', { type: 'button', 'data-key': 'print', onclick: () => print() }, word('print'))),
      body),
  ];
}

const time = (date) => { const [y, m, d] = date.split('-').map(Number); return Date.UTC(y, m - 1, d); };
const epochDay = (number_) => new Date(number_ * 86400000).toISOString().slice(0, 10);

async function orNothing(promise) { try { return await promise; } catch (error) { if (error.status === 401 || error.name === 'AbortError') throw error; return null; } }

export async function company(context) {
  const { portfolio, rest, signal } = context;
  const [kind, text] = rest;
  const id = { [kind]: text };
  const [history, facts, answer, found] = await Promise.all([
    call('PortfolioService/CompanyHistory', { portfolio, company: id, pageSize: 1000 }, signal),
    call('PortfolioService/ListFacts', { portfolio, company: id, pageSize: 200 }, signal),
    orNothing(call('PortfolioService/AssessCompany', { portfolio, company: id, header: { reasonCount: 6 } }, signal)),
    orNothing(call('AlertService/ListAlerts', { portfolio, company: id, state: 'ALERT_LIST_STATE_ALL', pageSize: 50 }, signal)),
  ]);
  const scores = history.scores;
  const last = scores.at(-1)?.score;
  const points = scores.map((one) => ({
    time: time(one.asOfDate), value: one.score.score ?? null, cause: one.cause.toLowerCase(),
    title: `${day(one.asOfDate)}: ${one.score.score ?? outcome(one.score)} ${word(`cause_${one.cause}`)}`,
  }));
  const assessment = answer?.assessment;
  const names = answer?.context?.features || [];
  return [
    h('p', { class: 'back' }, h('a', { href: context.place(portfolio, 'companies') }, `← ${word('back')}`)),
    h('h1', {}, nameOf(history.company) || text, ' ', h('span', { class: `chip ${tone(last)}` }, outcome(last))),
    h('dl', { class: 'figures' },
      h('div', { class: 'figure' }, h('dt', {}, word('score')), h('dd', {}, h('strong', {}, last?.score ?? '–'))),
      h('div', { class: 'figure' }, h('dt', {}, word('probability')), h('dd', {}, h('strong', {}, last?.probability === undefined ? '–' : percent(last.probability, 2)))),
      h('div', { class: 'figure' }, h('dt', {}, 'SIREN / LEI'), h('dd', {}, h('strong', { class: 'plain' }, text)))),
    h('div', { class: 'grid' },
      h('section', { class: 'card wide' }, h('header', {}, h('h2', {}, word('history'))), scoreLine(points, word('history')) || h('p', { class: 'empty' }, word('nobody')),
        h('details', {}, h('summary', {}, `${scores.length} ${word('rows')}`), table(word('history'), [
          { title: word('day'), cell: (r) => day(r.asOfDate) },
          { title: word('class'), cell: (r) => outcome(r.score) },
          { title: word('score'), number: true, cell: (r) => r.score.score ?? '–' },
          { title: word('cause'), cell: (r) => word(`cause_${r.cause}`) },
          { title: word('model'), cell: (r) => `${r.model}@${r.modelVersion}` },
        ], [...scores].reverse()))),
      assessment?.reasons?.length ? h('section', { class: 'card' }, h('header', {}, h('h2', {}, word('reasons'))),
        h('ol', { class: 'reasons' }, assessment.reasons.map((reason) => h('li', {}, reason.text || names[reason.featureIndex]?.label || names[reason.featureIndex]?.name || reason.code || '')))) : null,
      h('section', { class: 'card' }, h('header', {}, h('h2', {}, word('facts'))), table(word('facts'), [
        { title: word('kind'), cell: (r) => word(`fact_${r.kind}`) },
        { title: word('day'), cell: (r) => day(epochDay(r.day)) },
        { title: word('source'), cell: (r) => r.source },
        { title: word('knownSince'), cell: (r) => moment(r.knownAtMicroseconds) },
      ], facts.facts)),
      found?.alerts?.length ? h('section', { class: 'card' }, h('header', {}, h('h2', {}, word('alerts'))), table(word('alerts'), [
        { title: word('rule'), cell: (r) => r.rule },
        { title: word('raised'), cell: (r) => day(r.raisedDay) },
        { title: word('value'), number: true, cell: (r) => `${r.oldValue ?? ''} → ${r.newValue ?? ''}` },
      ], found.alerts)) : null),
  ].filter(Boolean);
}
