// SPDX-License-Identifier: Apache-2.0
// What sales see: their companies with limits and what they owe, and for one of them what is decided
// and on which terms; no score.

import { all, call } from './api.js';
import { outcomeChip, termsText } from './decision.js';
import { card, csvButton, h, table, wide } from './draw.js';
import { keyOf, nameOf } from './overview.js';
import { current, day, plain, rounded, roundedAmount, whole, word } from './words.js';

let wanted = '';
let names = new Map();
const local = (text) => text[current()] || text.en || text.fr || '';

function told(terms) {
  const amount = (text) => roundedAmount(text, terms.currency);
  const pairs = [
    [word('policyLimit'), h('strong', {}, amount(terms.limit))], [word('headroom'), amount(terms.headroom)],
    [word('termDays'), termsText(terms.terms)], [word('validUntil'), day(terms.validUntil)],
    [word('guarantees'), terms.guarantees.map((one) => `${local(one.name)} ${amount(one.amount)}`).join(', ')],
    [word('missing'), terms.missing.join(', ')],
  ].filter(([, value]) => value !== '');
  return [h('dl', { class: 'pairs' }, pairs.map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
    terms.words.length ? [h('h3', {}, word('wordsForSales')), h('ul', { class: 'clauses' }, terms.words.map((one) => h('li', {}, local(one))))] : null,
    terms.clauses.length ? [h('h3', {}, word('clauses')), h('ul', { class: 'clauses' }, terms.clauses.map((one) => h('li', {}, one[current()])))] : null];
}

export async function sales(context) {
  const { portfolio, rest, signal } = context;
  if (rest.length === 2) {
    const id = { [rest[0]]: rest[1] };
    const terms = await call('PortfolioService/DescribeTerms', { portfolio, company: id }, signal);
    return [h('p', { class: 'back' }, h('a', { href: context.place(portfolio, 'sales') }, `← ${word('back')}`)),
      h('h1', {}, names.get(rest.join('/')) || rest[1], ' ', outcomeChip(terms), names.has(rest.join('/')) ? h('span', { class: 'siren' }, rest[1]) : null), card(word('terms'), null, told(terms))];
  }
  const ask = (most) => all('PortfolioService/ListCompanies', { portfolio }, 'companies', most);
  const { entries, isWhole } = await ask(20000);
  names = new Map(entries.map((one) => [keyOf(one).join('/'), nameOf(one)]));
  const amount = (one) => (one ? rounded(one.minorUnits, one.currency) : '–');
  const columns = [
    { title: word('company'), cell: (r) => h('a', { href: context.place(portfolio, 'sales', ...keyOf(r)) }, nameOf(r)), text: nameOf },
    { title: word('reference'), cell: (r) => r.reference, text: (r) => r.reference },
    { title: word('exposure'), number: true, cell: (r) => amount(r.exposure), text: (r) => (r.exposure ? plain(r.exposure.minorUnits, r.exposure.currency) : '') },
    { title: word('ownLimit'), number: true, cell: (r) => amount(r.limit), text: (r) => (r.limit ? plain(r.limit.minorUnits, r.limit.currency) : '') },
    { title: word('currency'), isOfFile: true, text: (r) => r.exposure?.currency || r.limit?.currency || '' },
  ];
  const body = h('div', {});
  const draw = () => {
    const text = wanted.toLocaleLowerCase();
    const found = entries.filter((r) => `${nameOf(r)} ${keyOf(r)[1]} ${r.reference}`.toLocaleLowerCase().includes(text));
    body.replaceChildren(table(word('companies'), columns, found.slice(0, 300)), found.length > 300 || !isWhole ? h('p', { class: 'empty' }, `${whole(Math.min(300, found.length))} ${word('from30')} ${whole(found.length)}${isWhole ? '' : '+'}`) : '');
  };
  draw();
  return [h('h1', { class: 'hidden' }, `${portfolio}: ${word('terms')}`),
    wide(word('terms'), [h('input', { type: 'search', 'aria-label': word('find'), placeholder: word('find'), value: wanted, 'data-key': 'find', oninput: (event) => { wanted = event.target.value; draw(); } }),
      csvButton(word('csv'), `${portfolio}-companies`, columns, async () => (isWhole ? entries : (await ask(Infinity)).entries))], body)];
}
