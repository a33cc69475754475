// SPDX-License-Identifier: Apache-2.0
// What the policy that holds decides on a company, and what it would decide if some facts were
// others. Nothing of it is kept.

import { call } from './api.js';
import { card, h, table } from './draw.js';
import { colon, current, day, decimal, percent, roundedAmount, typed, word } from './words.js';

const local = (text) => (text ? text[current()] || text.en || text.fr || '' : '');
const amount = roundedAmount;
const chips = { DECISION_OUTCOME_GRANTED: 'good', DECISION_OUTCOME_ROUTED: 'fair', DECISION_OUTCOME_REFUSED: 'poor', DECISION_OUTCOME_INVESTIGATION: 'none', DECISION_OUTCOME_HUMAN_REVIEW: 'fair' };

// Asks for a decision; changes are those of the assessment, facts those of the policy.
export function decide(portfolio, company, { changes = [], facts = [], asked = '' } = {}, signal) {
  return call('PortfolioService/DecideCompany', {
    portfolio, company, header: { assessment: { questions: { changes } } }, question: { facts, amount: asked },
  }, signal);
}

export function outcomeChip(decision) {
  const who = decision.outcome === 'DECISION_OUTCOME_ROUTED' ? ` ${decision.grantingRole || word('nobodyMay')}` : '';
  return h('span', { class: `chip ${chips[decision.outcome] || 'none'}` }, word(`d_${decision.outcome}`) + who);
}

export function termsText(terms) {
  if (!terms) return '–';
  if (terms.prepayment) return word('prepayment');
  return [`${terms.days} ${word('days')}`, Number(terms.deposit) ? `${percent(Number(terms.deposit), 0)} ${word('deposit')}` : ''].filter(Boolean).join(' · ');
}

const facts = (pairs) => h('dl', { class: 'pairs' }, pairs.filter(([, value]) => value !== null && value !== '').map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));

// What each table said: its rules with the cells that they looked at, and the words of the policy.
function tables(answer) {
  const texts = new Map(answer.context.rules.map((one) => [one.id, local(one.credit) || local(one.sales)]));
  const said = (rule) => [h('strong', {}, rule.outputs.map((one) => one.text).join(', ') || rule.id || `#${rule.number}`),
    texts.get(rule.id) ? ` ${texts.get(rule.id)}` : '',
    rule.cells.length ? h('span', { class: 'quiet' }, ` ${rule.cells.map((cell) => `${cell.input} ${cell.cell} (${cell.unknown ? '?' : cell.value})`).join(', ')}`) : null];
  return table(word('tables'), [
    { title: word('table'), cell: (r) => r.decision },
    { title: word('rules'), cell: (r) => (r.rules.length ? r.rules.map((rule) => h('div', {}, said(rule))) : h('span', { class: 'quiet' }, word(r.kind === 'TABLE_ANSWER_KIND_DEFAULT' ? 'answer_default' : 'answer_none'))) },
  ], answer.decision.tables);
}

export function decisionCard(answer) {
  if (!answer || answer.problem) return card(word('decision'), null, h('p', { class: 'empty' }, answer?.problem && answer.problem.reason !== 'UNKNOWN_POLICY' ? answer.problem.message : word('noPolicy')));
  const { decision, context } = answer;
  const { currency } = context.policy;
  const ends = decision.limit?.validBy ? `${word('ends')} ${word(`v_${decision.limit.validBy}`).replace(/^v_/, '')}` : '';
  return h('section', { class: 'card wide' },
    h('header', {}, h('h2', {}, word('decision')), outcomeChip(decision), h('p', {}, `${word('byPolicy')} ${context.policy.name} ${context.policy.version}, ${day(context.policy.asOfDate)}`)),
    h('div', { class: 'two' },
      facts([
        [word('policyLimit'), decision.limit ? h('strong', {}, amount(decision.limit.amount, currency)) : '–'],
        [word('headroom'), amount(decision.headroom, currency)],
        [word('termDays'), termsText(decision.terms)],
        [word('need'), decision.need ? amount(decision.need.amount, currency) : ''],
        [word('binding'), decision.limit?.binding || ''],
        [word('validUntil'), decision.limit?.validUntil ? [day(decision.limit.validUntil), ends ? h('span', { class: 'quiet' }, ` ${ends}`) : ''] : ''],
        [word('expectedLossOf'), decision.expectedLoss ? amount(decision.expectedLoss, currency) : ''],
        [word('opportunity'), decision.opportunity ? amount(decision.opportunity, currency) : ''],
        [word('missing'), decision.missing.map((one) => one.name).join(', ')],
      ]),
      h('div', {},
        decision.limit?.parts.length ? [h('h3', {}, word('parts')), facts(decision.limit.parts.map((part) => [part.name, [amount(part.amount, currency), h('span', { class: 'quiet' }, ` ${part.formula}`)]]))] : null,
        decision.guarantees.length ? [h('h3', {}, word('guarantees')), facts(decision.guarantees.map((one) => [local(one.name) || one.id, `${amount(one.amount, currency)} → ${amount(one.limit, currency)}`]))] : null)),
    h('details', { class: 'openprint' }, h('summary', {}, word('tables')), tables(answer)),
    decision.clauses.length ? h('details', {}, h('summary', {}, `${word('clauses')} (${decision.clauses.length})`), h('ul', { class: 'clauses' }, decision.clauses.map((one) => h('li', {}, one[current()] || one.en)))) : null);
}

// The form of what if: drivers of the accounts, payments, and what the policy is asked.
const drivers = ['equity', 'debt', 'receivables', 'turnover'];

export function whatIfCard(context, company, before, exposure) {
  const { portfolio } = context;
  const result = h('div', { class: 'result', 'aria-live': 'polite' });
  const fields = {}, titles = {};
  const number = (name, title, options = {}) => {
    titles[name] = title;
    fields[name] = h('input', { inputmode: 'decimal', 'data-key': `whatif-${name}`, autocomplete: 'off', ...options });
    return h('label', { class: 'field' }, h('span', {}, title), fields[name]);
  };
  const value = (name) => typed(fields[name].value);
  const row = (title, answer, asIs) => {
    const { decision } = answer;
    const told = decision.assessment;
    const figures = !asIs && told?.whatIf ? told.whatIf.adjusted : told?.adjusted || told?.base;
    return { title, figures, decision, currency: answer.context.policy.currency };
  };
  const show = (after) => result.replaceChildren(table(word('whatIf'), [
    { title: word('facts'), isMute: true, cell: (r) => r.title },
    { title: word('score'), number: true, cell: (r) => r.figures?.score ?? '–' },
    { title: word('class'), number: true, cell: (r) => r.figures?.riskClass ?? '–' },
    { title: word('probability'), number: true, cell: (r) => (r.figures ? percent(r.figures.probability, 2) : '–') },
    { title: word('decision'), cell: (r) => outcomeChip(r.decision) },
    { title: word('policyLimit'), number: true, cell: (r) => amount(r.decision.limit?.amount, r.currency) },
    { title: word('headroom'), number: true, cell: (r) => amount(r.decision.headroom, r.currency) },
    { title: word('termDays'), cell: (r) => termsText(r.decision.terms) },
  ], [row(word('asIs'), before, true), ...(after ? [row(word('changedTo'), after, false)] : [])]));
  const form = h('form', { class: 'whatif', onsubmit: async (event) => {
    event.preventDefault();
    // What cannot be read is told, and not taken for nothing.
    // Each field says which way it goes, so none is below nothing.
    const bad = Object.keys(fields).find((name) => Number.isNaN(value(name)) || value(name) < 0);
    if (bad) { context.tell(`${colon(titles[bad])}${word('badNumber')}`); fields[bad].focus(); return; }
    const changes = drivers.filter((name) => value(name)).map((name) => `${name}=${name === 'equity' || name === 'turnover' ? '+' : '-'}${Math.abs(value(name))}`);
    if (value('late') !== null) changes.push(`late=${value('late') === 0 ? '0' : `${value('late')}%`}`);
    const given = [];
    if (value('outstanding') !== null) given.push({ name: 'open_invoices', value: { decimal: String(value('outstanding')) } });
    if (value('purchases') !== null) given.push({ name: 'yearly_purchases', value: { decimal: String(value('purchases')) } });
    try {
      show(await decide(portfolio, company, { changes, facts: given, asked: value('asked') === null ? '' : String(value('asked')) }));
      context.tell('');
    } catch (error) { context.tell(error.message); }
  }, onreset: () => setTimeout(() => show(null)) },
  drivers.map((name) => number(name, word(`facts_${name}`))),
  number('late', word('facts_late')),
  number('outstanding', word('outstanding'), { placeholder: exposure === null ? '' : decimal(exposure) }),
  number('asked', word('askedAmount')), number('purchases', word('yearlyPurchases')),
  h('div', { class: 'do' }, h('button', { type: 'reset', class: 'plain' }, word('reset')), h('button', { type: 'submit', class: 'main', 'data-key': 'whatif-go' }, word('compute'))));
  show(null);
  return h('section', { class: 'card wide noprint' }, h('header', {}, h('h2', {}, word('whatIf')), h('p', {}, word('whatIfHow'))), form, result);
}
