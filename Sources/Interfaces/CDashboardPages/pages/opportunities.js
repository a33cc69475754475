// SPDX-License-Identifier: Apache-2.0
// Companies to which more can be sold: those of good classes whose limit by policy is above what
// they owe. Who may not see limits and what is owed sees classes and headroom.

import { call, may } from './api.js';
import { tone } from './companies.js';
import { bar, csvButton, h, table, wide } from './draw.js';
import { outcomeChip } from './decision.js';
import { day, plain, rounded, roundedAmount, whole, word } from './words.js';

const keyOf = (id) => (id.siren ? ['siren', id.siren] : id.lei ? ['lei', id.lei] : ['own', id.own]);
const chip = (riskClass) => h('span', { class: `chip ${tone({ riskClass })}` }, `${word('class')} ${riskClass}`);
const number = (text) => (text === '' ? 0 : Number(text));

export async function opportunities(context) {
  const { portfolio, signal } = context;
  const isWhole = may('PortfolioService/ListHeadrooms');
  const found = await call(`PortfolioService/${isWhole ? 'ListHeadrooms' : 'ListOpportunities'}`, { portfolio, limit: 500 }, signal);
  const list = found.headrooms || found.opportunities;
  const amount = (text) => roundedAmount(text, found.currency);
  const most = Math.max(1, ...list.map((one) => number(one.headroom)));
  const who = (r) => r.company.company || r.company;
  const name = (r) => r.name || r.company.name || keyOf(who(r))[1];
  const named = { title: word('company'), text: name, cell: (r) => (may('PortfolioService/CompanyHistory') ? h('a', { href: context.place(portfolio, 'company', ...keyOf(who(r))) }, name(r)) : name(r)) };
  const shared = [named, { title: word('class'), cell: (r) => chip(r.riskClass), text: (r) => r.riskClass }];
  const room = [
    { title: word('headroom'), fileTitle: `${word('headroom')} (${found.currency})`, number: true, cell: (r) => h('strong', {}, amount(r.headroom)), text: (r) => r.headroom },
    { title: word('share'), isMute: true, cell: (r) => bar(number(r.headroom) / most, 'good') },
  ];
  const columns = isWhole ? [...shared,
    { title: word('score'), number: true, cell: (r) => r.score || '–', text: (r) => r.score },
    { title: word('exposure'), number: true, cell: (r) => (r.company.exposure ? rounded(r.company.exposure.minorUnits, r.company.exposure.currency) : '–'), text: (r) => (r.company.exposure ? plain(r.company.exposure.minorUnits, r.company.exposure.currency) : '') },
    { title: word('ownLimit'), number: true, cell: (r) => (r.company.limit ? rounded(r.company.limit.minorUnits, r.company.limit.currency) : '–'), text: (r) => (r.company.limit ? plain(r.company.limit.minorUnits, r.company.limit.currency) : '') },
    { title: word('currency'), isOfFile: true, text: (r) => r.company.exposure?.currency || r.company.limit?.currency || '' },
    { title: word('policyLimit'), fileTitle: `${word('policyLimit')} (${found.currency})`, number: true, cell: (r) => amount(r.limit), text: (r) => r.limit },
    ...room,
    { title: word('outcomeOf'), cell: (r) => outcomeChip(r), text: (r) => word(`d_${r.outcome}`) },
    { title: word('termDays'), number: true, cell: (r) => `${r.termDays} ${word('daysShort')}`, text: (r) => r.termDays },
    { title: word('validUntil'), cell: (r) => day(r.validUntil), text: (r) => r.validUntil },
  ] : [...shared, ...room];
  const cover = isWhole ? list.filter((one) => one.validBy === 'cover') : [];
  return [
    h('h1', { class: 'hidden' }, `${portfolio}: ${word('opportunities')}`),
    wide(`${word('opportunities')} (${whole(list.length)})`, [
      h('p', { class: 'hint' }, `${word('headroomIntro')} ${whole(Number(found.askedCount))} / ${whole(Number(found.candidateCount))} ${word('ofCandidates')} · ${found.policy}`),
      csvButton(word('csv'), `${portfolio}-opportunities`, columns, list),
      h('button', { type: 'button', class: 'plain', 'data-key': 'print', onclick: () => print() }, word('print'))],
    list.length ? table(word('opportunities'), columns, list) : h('p', { class: 'empty' }, word('noOpportunities'))),
    cover.length ? wide(word('coverEnds'), null, table(word('coverEnds'), [named, { title: word('validUntil'), cell: (r) => day(r.validUntil) }, ...room],
      [...cover].sort((a, b) => a.validUntil.localeCompare(b.validUntil)))) : null,
  ].filter(Boolean);
}
