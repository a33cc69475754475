// SPDX-License-Identifier: Apache-2.0
// The words of the page in the language of whoever looks, and numbers as he writes them.

import { english } from './english.js';
import { french } from './french.js';

const tables = { en: english, fr: french };
let language = 'en';
try { language = localStorage.getItem('language') || ''; } catch { language = ''; }
if (!tables[language]) language = navigator.language.toLowerCase().startsWith('fr') ? 'fr' : 'en';

export function current() { return language; }
export function other() { return language === 'fr' ? 'en' : 'fr'; }
export function choose(wanted) {
  language = wanted;
  try { localStorage.setItem('language', wanted); } catch { /* for this time */ }
  document.documentElement.lang = wanted;
}
export function word(key) { return tables[language][key] ?? english[key] ?? key; }

const locale = () => (language === 'fr' ? 'fr-FR' : 'en-GB');
const cache = new Map();
function format(options) {
  const key = locale() + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.NumberFormat(locale(), options));
  return cache.get(key);
}
export const whole = (n) => format({ maximumFractionDigits: 0 }).format(n);
export const decimal = (n, digits = 2) => format({ maximumFractionDigits: digits }).format(n);
export const percent = (n, digits = 1) => format({ style: 'percent', maximumFractionDigits: digits }).format(n);
export function digitsOf(currency) {
  try { return format({ style: 'currency', currency }).resolvedOptions().maximumFractionDigits; } catch { return 2; }
}
export function money(units, currency, isShort = false) {
  const value = Number(units) / 10 ** digitsOf(currency);
  const options = { style: 'currency', currency };
  if (isShort && Math.abs(value) >= 10000) return format({ ...options, notation: 'compact', maximumFractionDigits: 1 }).format(value);
  return format({ ...options, maximumFractionDigits: isShort ? 0 : undefined }).format(value);
}
// Without cents, for tables.
export function rounded(units, currency) {
  return format({ style: 'currency', currency, maximumFractionDigits: 0 }).format(Number(units) / 10 ** digitsOf(currency));
}
export function day(text) {
  if (!text) return '';
  const [y, m, d] = text.split('-').map(Number);
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(y, m - 1, d));
}
export function shortDay(text) {
  if (!text) return '';
  const [y, m, d] = text.split('-').map(Number);
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.UTC(y, m - 1, d));
}
export function moment(microseconds) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(Number(microseconds) / 1000);
}
