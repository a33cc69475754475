// SPDX-License-Identifier: Apache-2.0
// The companies of a portfolio.

import { all } from './api.js';
import { csv, download, h, ordered, table } from './draw.js';
import { keyOf, nameOf } from './overview.js';
import { day, percent, plain, rounded, whole, word } from './words.js';

// So many are asked for to be looked through here; a file has all, however many there are.
const askedMost = 20000;
const shownMost = 500;
let wanted = '';
let sorted = { column: '', isDown: false };

export const outcome = (score) => {
  if (!score) return word('outcome_ASSESSMENT_OUTCOME_UNSPECIFIED');
  if (score.riskClass !== undefined) return `${word('class')} ${score.riskClass}`;
  return word(`outcome_${score.outcome}`);
};
export const tone = (score) => {
  if (score?.riskClass === undefined) return score?.outcome === 'ASSESSMENT_OUTCOME_IN_PROCEEDINGS' || score?.outcome === 'ASSESSMENT_OUTCOME_CLOSED' ? 'dead' : 'none';
  return score.riskClass <= 3 ? 'good' : score.riskClass <= 6 ? 'fair' : 'poor';
};
const number = (company) => company.company.siren || company.company.lei || company.company.own;

const amount = (one) => (one ? plain(one.minorUnits, one.currency) : '');
const value = (one) => (one ? Number(plain(one.minorUnits, one.currency)) : null);
const usedPart = ({ exposure, limit }) => (exposure && limit && exposure.currency === limit.currency && Number(limit.minorUnits) > 0 ? Number(exposure.minorUnits) / Number(limit.minorUnits) : null);
const limitUse = (company) => {
  const part = usedPart(company);
  return part === null ? '–' : h('span', { class: `use ${part > 1 ? 'over' : part > 0.9 ? 'near' : part > 0.8 ? 'high' : ''}` }, percent(part, 0));
};

function columns(context) {
  return [
    { title: word('company'), cell: (r) => h('a', { href: context.place(context.portfolio, 'company', ...keyOf(r.company)) }, nameOf(r.company)), text: (r) => nameOf(r.company), order: (r) => nameOf(r.company).toLocaleLowerCase() },
    { title: 'SIREN / LEI', cell: (r) => number(r.company), text: (r) => number(r.company) },
    { title: word('reference'), cell: (r) => r.company.reference, text: (r) => r.company.reference, order: (r) => r.company.reference },
    { title: word('class'), cell: (r) => h('span', { class: `chip ${tone(r.score)}` }, outcome(r.score)), text: (r) => r.score?.riskClass ?? outcome(r.score), order: (r) => r.score?.riskClass ?? 100 },
    { title: word('score'), number: true, cell: (r) => r.score?.score ?? '–', text: (r) => r.score?.score ?? '', order: (r) => r.score?.score },
    { title: word('exposure'), number: true, cell: (r) => (r.company.exposure ? rounded(r.company.exposure.minorUnits, r.company.exposure.currency) : '–'), text: (r) => amount(r.company.exposure), order: (r) => value(r.company.exposure) },
    { title: word('limit'), number: true, cell: (r) => (r.company.limit ? rounded(r.company.limit.minorUnits, r.company.limit.currency) : '–'), text: (r) => amount(r.company.limit), order: (r) => value(r.company.limit) },
    { title: word('currency'), isOfFile: true, text: (r) => r.company.exposure?.currency || r.company.limit?.currency || '' },
    { title: word('use'), number: true, cell: (r) => limitUse(r.company), text: (r) => { const part = usedPart(r.company); return part === null ? '' : part.toFixed(3); }, order: (r) => usedPart(r.company) },
    { title: word('since'), cell: (r) => h('span', { class: 'tight' }, day(r.sinceDate)), text: (r) => r.sinceDate, order: (r) => r.sinceDate },
    { title: word('cause'), cell: (r) => word(`cause_${r.cause}`), text: (r) => word(`cause_${r.cause}`), order: (r) => word(`cause_${r.cause}`) },
  ];
}

export async function companies(context) {
  const { portfolio, rest } = context;
  // #/NAME/companies/segment/NAME/PART: those of a segment alone.
  const segment = rest[0] === 'segment' && rest[1] ? rest[1] : '';
  const part = ['unknown', 'others'].includes(rest[2]) ? rest[2] : 'members';
  const filter = segment ? { segment, segmentPart: `SEGMENT_PART_${part.toUpperCase()}` } : {};
  const ask = (most) => all('PortfolioService/ListScores', { portfolio, ...filter }, 'members', most);
  const { entries, isWhole } = await ask(askedMost);
  const ofSegment = { members: 'segmentOf', unknown: 'segmentOfUnknown', others: 'segmentOfOthers' };
  const list = columns(context);
  const body = h('div', {});
  const draw = () => {
    const text = wanted.toLocaleLowerCase();
    const found = text ? entries.filter((r) => `${nameOf(r.company)} ${number(r.company)} ${r.company.reference}`.toLocaleLowerCase().includes(text)) : entries;
    const sort = { ...sorted, press: (column) => {
      const isSame = sorted.column === column.title;
      sorted = { column: column.title, isDown: isSame ? !sorted.isDown : Boolean(column.number) };
      draw();
      body.querySelector(`[data-key="${CSS.escape(`sort-${column.title}`)}"]`)?.focus();
    } };
    body.replaceChildren(table(word('companies'), list, ordered(found, list, sorted).slice(0, shownMost), { sort }),
      found.length > shownMost || !isWhole ? h('p', { class: 'empty' }, `${whole(Math.min(shownMost, found.length))} ${word('from30')} ${whole(found.length)}${isWhole ? '' : '+'}`) : '');
  };
  draw();
  const field = h('input', { type: 'search', 'aria-label': word('find'), placeholder: word('find'), value: wanted, 'data-key': 'find', oninput: (event) => { wanted = event.target.value; draw(); } });
  return [
    h('h1', { class: 'hidden' }, `${portfolio}: ${word('companies')}`),
    h('section', { class: 'card wide' },
      h('header', { class: 'tools' }, h('h2', {}, word('companies')), field,
        h('button', { type: 'button', 'data-key': 'csv', onclick: async () => download(`${portfolio}.csv`, csv(list, isWhole ? entries : (await ask(Infinity)).entries)) }, word('csv')),
        h('button', { type: 'button', 'data-key': 'print', onclick: () => print() }, word('print'))),
      segment ? h('p', { class: 'quiet' }, `${word(ofSegment[part])} `, h('strong', {}, segment), ' · ',
        h('a', { href: context.place(portfolio, 'companies') }, word('allCompanies'))) : null,
      body),
  ];
}
