// SPDX-License-Identifier: Apache-2.0
// What somebody writes down about a customer: a call, a promise, a dispute; by keyboard as well.

import { call } from './api.js';
import { h } from './draw.js';
import { colon, typed, word } from './words.js';

const kinds = ['call', 'promise', 'dispute', 'settle', 'hold'];
export const keys = { c: 'call', p: 'promise', d: 'dispute' };

const inDays = (count) => new Date(Date.now() + count * 86400000).toISOString().slice(0, 10);

// What is sent for what the fields hold.
function action(kind, fields) {
  const note = fields.note.value.trim();
  if (kind === 'promise') {
    const promise = { date: fields.date.value, invoice: fields.invoice.value.trim() };
    const amount = typed(fields.amount.value);
    if (amount !== null) promise.amountCents = String(Math.round(amount * 100));
    return { promise, note };
  }
  if (kind === 'dispute') return { disputeInvoice: fields.invoice.value.trim(), note };
  if (kind === 'settle') return { settleInvoice: fields.invoice.value.trim(), note };
  if (kind === 'hold') return { hold: { untilDate: fields.date.value, invoice: fields.invoice.value.trim() }, note };
  return { note };
}

// Opens the form. The customer's open invoices are offered, once they are known.
export function record(context, customer, first = 'call') {
  const { portfolio } = context;
  const before = document.activeElement?.dataset?.key;
  const fields = {}, problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const known = h('datalist', { id: 'open-invoices' });
  const line = (name, input) => { fields[name] = input; return h('label', { class: 'field', 'data-field': name }, h('span', {}, word(name === 'note' ? 'note' : name)), input); };
  const chosen = () => form.querySelector('input[name=kind]:checked').value;
  const show = () => {
    const kind = chosen();
    const shown = { call: ['note'], promise: ['date', 'amount', 'invoice', 'note'], dispute: ['invoice', 'note'], settle: ['invoice', 'note'], hold: ['date', 'invoice', 'note'] }[kind];
    form.querySelectorAll('[data-field]').forEach((one) => { one.hidden = !shown.includes(one.dataset.field); });
    fields.invoice.required = kind === 'dispute' || kind === 'settle';
    fields.note.required = kind === 'call';
    fields.date.required = kind === 'promise';
  };
  const form = h('form', { onsubmit: async (event) => {
    event.preventDefault();
    problem.hidden = true;
    const amount = chosen() === 'promise' ? typed(fields.amount.value) : null;
    if (amount !== null && !(amount > 0)) {
      problem.textContent = `${colon(word('amount'))}${word('badNumber')}`;
      problem.hidden = false;
      fields.amount.focus();
      return;
    }
    save.disabled = true;
    try {
      await call('CollectionService/RecordCollection', { portfolio, company: customer.company, ...action(chosen(), fields) });
      dialog.close();
      context.say(word('recorded'));
      context.again();
    } catch (error) {
      problem.textContent = error.message;
      problem.hidden = false;
    } finally { save.disabled = false; }
  } },
  h('h2', {}, `${word('recordOf')} ${customer.name}`),
  h('fieldset', { class: 'kinds' }, h('legend', { class: 'hidden' }, word('kind')),
    kinds.map((kind) => h('label', {}, h('input', { type: 'radio', name: 'kind', value: kind, checked: kind === first, onchange: show }), word(kind)))),
  line('date', h('input', { type: 'date', min: inDays(0), value: inDays(7) })),
  line('amount', h('input', { inputmode: 'decimal', placeholder: word('wholeAmount') })),
  line('invoice', h('input', { list: 'open-invoices', placeholder: word('wholeAmount'), autocomplete: 'off' })), known,
  line('note', h('textarea', { rows: 3, maxlength: 1000 })),
  problem);
  const save = h('button', { type: 'submit', class: 'main' }, word('save'));
  form.append(h('div', { class: 'do' }, h('button', { type: 'button', onclick: () => dialog.close() }, word('cancel')), save));
  const dialog = h('dialog', { 'aria-label': `${word('recordOf')} ${customer.name}`, onclose: () => {
    dialog.remove();
    if (before) document.querySelector(`[data-key="${CSS.escape(before)}"]`)?.focus();
  } }, form);
  document.body.append(dialog);
  dialog.showModal();
  show();
  form.querySelector('input[name=kind]:checked').focus();
  call('CollectionService/ExplainCustomer', { portfolio, company: customer.company, language: context.language() }).then((told) => {
    known.replaceChildren(...told.invoices.map((one) => h('option', { value: one.reference })));
  }).catch(() => { /* the number can be written */ });
}
