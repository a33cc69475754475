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
// A part of a whole that may be one of thousands: never nothing where there is something.
export const part = (n) => (n > 0 && n < 0.001 ? `< ${percent(0.001)}` : percent(n));
export function digitsOf(currency) {
  try { return format({ style: 'currency', currency }).resolvedOptions().maximumFractionDigits; } catch { return 2; }
}
export function money(units, currency, isShort = false) {
  const value = Number(units) / 10 ** digitsOf(currency);
  const options = { style: 'currency', currency };
  if (isShort && Math.abs(value) >= 10000) return format({ ...options, notation: 'compact', maximumFractionDigits: 1 }).format(value);
  return format({ ...options, maximumFractionDigits: isShort ? 0 : undefined }).format(value);
}
// What stands before a colon, as the language writes it.
export const colon = (title) => (language === 'fr' ? `${title} : ` : `${title}: `);
// One or several of something: in French none is one.
export const counted = (count, one, several) => `${whole(count)} ${word(count === 1 || (count === 0 && language === 'fr') ? one : several)}`;
// A decimal number of the server, as an amount of a currency without cents.
export function roundedAmount(text, currency) {
  if (text === '' || text === undefined || text === null) return '–';
  return format({ style: 'currency', currency, maximumFractionDigits: 0 }).format(Number(text));
}
export function shortAmount(text, currency) { return money(Number(text) * 10 ** digitsOf(currency), currency, true); }
// Minor units as a decimal number, digit by digit: for files, in which nothing is rounded.
export function plain(units, currency) {
  if (units === undefined || units === null || units === '') return '';
  const digits = digitsOf(currency), text = String(units);
  const [, sign, rest] = /^(-?)(\d+)$/.exec(text) || [];
  if (rest === undefined || digits === 0) return text;
  const long = rest.padStart(digits + 1, '0');
  return `${sign}${long.slice(0, -digits)}.${long.slice(-digits)}`;
}
// What somebody typed: null for nothing, NaN for what is no number or could be two of them. One
// separator before three digits may part thousands or cents, so it is not guessed.
export function typed(text) {
  const written = text.replace(/[\s\u00a0\u202f'’€]/g, '');
  if (written === '') return null;
  const [, sign, body] = /^([+-]?)(\d[\d.,]*)$/.exec(written) || [];
  if (!body) return NaN;
  const marks = body.replace(/\d/g, '');
  const last = marks.at(-1);
  const isGrouped = (part, mark) => part.split(mark).every((one, place) => (place ? one.length === 3 : one.length > 0 && one.length < 4));
  if (marks === '') return Number(sign + body);
  if (marks.length === 1) {
    const [units, rest] = body.split(last);
    return /^\d{1,3}$/.test(units) && rest.length === 3 && units !== '0' ? NaN : Number(`${sign}${units}.${rest || 0}`);
  }
  const end = body.lastIndexOf(last);
  const isOne = new Set(marks).size === 1;
  if (isOne) return isGrouped(body, last) ? Number(sign + body.replaceAll(last, '')) : NaN;
  const other = last === ',' ? '.' : ',';
  if (marks.indexOf(last) !== marks.length - 1 || !isGrouped(body.slice(0, end), other)) return NaN;
  return Number(`${sign}${body.slice(0, end).replaceAll(other, '')}.${body.slice(end + 1) || 0}`);
}
// How a file for a spreadsheet parts cells and writes numbers: as the spreadsheet of that language
// reads it when one double-clicks on it.
export const fileMarks = () => (language === 'fr' ? { separator: ';', point: ',' } : { separator: ',', point: '.' });
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
