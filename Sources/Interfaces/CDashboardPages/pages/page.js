// SPDX-License-Identifier: Apache-2.0
// The page: who looks, at which portfolio, at which view of it.

import { all, allow, may, session, signIn, signOut, Problem } from './api.js';
import { h } from './draw.js';
import { choose, current, other, word } from './words.js';
import { overview } from './overview.js';
import { companies } from './companies.js';
import { company } from './company.js';
import { collection } from './collection.js';
import { opportunities } from './opportunities.js';
import { sales } from './sales.js';
import { alerts } from './alerts.js';

// Each view with the method that it cannot do without: who may not call it does not see the view.
const views = { overview, companies, collection, opportunities, terms: sales, alerts };
const needs = {
  overview: 'PortfolioService/DescribeRisk', companies: 'PortfolioService/ListScores',
  collection: 'CollectionService/GetWorklist', opportunities: 'PortfolioService/ListOpportunities',
  terms: 'PortfolioService/DescribeTerms', alerts: 'AlertService/ListAlerts',
};
// Whoever sees companies with all that is known of them finds the terms there.
const seen = () => Object.keys(views).filter((name) => may(needs[name]) && (name !== 'terms' || !may(needs.companies)));
const element = (id) => document.getElementById(id);
const state = { portfolios: [], portfolio: '', view: 'overview', rest: [], apart: false, identity: '' };
let running = null;
let timer = 0;

function readPlace() {
  const parts = location.hash.replace(/^#\/?/, '').split('/').map((part) => { try { return decodeURIComponent(part); } catch { return ''; } });
  const [portfolio, view, ...rest] = parts;
  if (portfolio && state.portfolios.includes(portfolio)) state.portfolio = portfolio;
  const own = view === 'sales' ? 'terms' : view;
  const first = seen()[0] || 'overview';
  state.view = (own === 'company' && may(needs.companies)) || seen().includes(own) ? own : first;
  state.rest = rest;
}
export const place = (...parts) => '#/' + parts.map(encodeURIComponent).join('/');

function chrome() {
  document.documentElement.lang = current();
  element('skip').textContent = word('skip');
  element('pick-label').textContent = word('portfolio');
  element('language').textContent = word('other');
  element('language').lang = other();
  element('leave').textContent = word('leave');
  element('leave').hidden = !state.apart || !state.identity || state.namedByProxy;
  element('tabs').setAttribute('aria-label', word('views'));
  const pick = element('portfolio');
  pick.replaceChildren(...state.portfolios.map((name) => h('option', { value: name, selected: name === state.portfolio }, name)));
  pick.value = state.portfolio;
  pick.parentElement.hidden = state.portfolios.length === 0;
  element('tabs').replaceChildren(...(state.portfolio ? seen() : []).map((name) => {
    const isHere = state.view === name || (name === 'companies' && state.view === 'company');
    return h('a', { href: place(state.portfolio, name), 'aria-current': isHere ? 'page' : null }, word(name));
  }));
}

function tell(text) {
  element('note').hidden = !text;
  element('note').textContent = text || '';
}

// A word that something was done, which goes by itself.
let saying = 0;
function say(text) {
  clearTimeout(saying);
  element('said').textContent = text;
  saying = setTimeout(() => { element('said').textContent = ''; }, 4000);
}

function live(isUp) {
  const mark = element('live');
  mark.className = isUp ? 'live up' : 'live down';
  mark.textContent = isUp ? word('live') : word('offline');
}

const isWriting = () => Boolean(document.querySelector('dialog[open]')) || [...document.querySelectorAll('form.whatif input')].some((input) => input.value !== '');

async function show(isAgain) {
  running?.abort();
  const control = new AbortController();
  running = control;
  clearTimeout(timer);
  chrome();
  const main = element('main');
  if (!state.portfolio) {
    main.replaceChildren(h('section', { class: 'card wide' }, h('p', {}, word('noPortfolio'))));
    return;
  }
  // Who writes is not interrupted: what he wrote would be gone.
  if (isAgain && isWriting()) { timer = setTimeout(() => show(true), 5000); return; }
  if (!isAgain) main.setAttribute('aria-busy', 'true');
  try {
    const view = state.view === 'company' ? company : views[state.view];
    const content = await view({
      portfolio: state.portfolio, rest: state.rest, signal: control.signal, place,
      again: () => show(true), tell, say,
      language: () => (current() === 'fr' ? 'COLLECTION_LANGUAGE_FRENCH' : 'COLLECTION_LANGUAGE_ENGLISH'),
    });
    if (control.signal.aborted) return;
    const kept = isAgain ? scrollY : 0;
    const focused = document.activeElement?.dataset?.key;
    main.replaceChildren(...content);
    if (isAgain) {
      scrollTo(0, kept);
      if (focused) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
    tell('');
    listen();
  } catch (error) {
    if (control.signal.aborted) return;
    if (error instanceof Problem && error.status === 401) return signedOut();
    live(false);
    tell(error.message);
  } finally {
    main.removeAttribute('aria-busy');
  }
  if (!control.signal.aborted) timer = setTimeout(() => show(true), 60000);
}

// The server says that something happened; what, is asked. Several words in a row are one.
let source = null;
let listened = '';
// What happens while it is asked is asked behind that: news without end leave no page unfinished.
let isStale = false;
let isRefreshing = false;
async function refresh() {
  if (isRefreshing) return;
  isRefreshing = true;
  while (isStale && !document.hidden) {
    await new Promise((done) => { setTimeout(done, 100); });
    isStale = false;
    await show(true);
  }
  isRefreshing = false;
}
function listen() {
  if (listened === state.portfolio) return;
  source?.close();
  listened = state.portfolio;
  source = null;
  if (!listened) return;
  source = new EventSource(`/v1/live?portfolio=${encodeURIComponent(listened)}`);
  source.addEventListener('begin', () => live(true));
  source.addEventListener('news', () => { isStale = true; refresh(); });
  source.addEventListener('error', () => {
    live(false);
    // One that is refused is not tried again by the browser.
    if (source?.readyState === EventSource.CLOSED) { listened = ''; show(true); }
  });
}

function signedOut(text) {
  clearTimeout(timer);
  state.portfolios = [];
  state.portfolio = '';
  listen();
  chrome();
  element('live').textContent = '';
  element('main').replaceChildren(h('section', { class: 'card wide' }, h('h1', {}, word('signedOut')), h('p', {}, text || word('signInHow'))));
}

async function begin() {
  choose(current());
  chrome();
  if (location.pathname === '/sign-in') {
    const link = location.hash.slice(1);
    // A secret in the history would be one for whoever sits here next.
    history.replaceState(null, '', '/');
    try { await signIn(link); } catch (error) {
      return signedOut(error instanceof Problem && error.status === 401 ? `${word('badLink')} ${word('signInHow')}` : error.message);
    }
  }
  const who = await session();
  state.apart = who.tellsCallersApart;
  state.identity = who.identity || '';
  state.namedByProxy = Boolean(who.namedByProxy);
  allow(who.methods);
  if (state.apart && !state.identity) return signedOut();
  const found = await all('PortfolioService/ListPortfolios', {}, 'portfolios', 1000);
  state.portfolios = found.entries.map((one) => one.name);
  state.portfolio = state.portfolios[0] || '';
  readPlace();
  await show(false);
}

addEventListener('hashchange', () => { readPlace(); show(false).then(() => element('main').focus({ preventScroll: true })); });
element('portfolio').addEventListener('change', (event) => { location.hash = place(event.target.value, state.view === 'company' ? 'companies' : state.view); });
element('language').addEventListener('click', () => { choose(other()); if (state.portfolio || !state.apart) show(true); else begin(); });
element('leave').addEventListener('click', async () => { await signOut(); state.identity = ''; signedOut(); });
document.addEventListener('visibilitychange', () => { if (!document.hidden && state.portfolio) show(true); });

begin().catch((error) => { live(false); tell(error.message); });
