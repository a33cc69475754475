// SPDX-License-Identifier: Apache-2.0
// What the page asks the server: methods of its services, as JSON.

export class Problem extends Error {
  constructor(status, body) {
    super(body.message || `HTTP ${status}`);
    this.status = status;
    this.reason = body.reason || '';
  }
}

async function read(answer) {
  if (answer.status === 204) return {};
  let body = {};
  try { body = await answer.json(); } catch { /* told by its status */ }
  if (!answer.ok) throw new Problem(answer.status, body);
  return body;
}

export async function call(method, request = {}, signal) {
  return read(await fetch(`/v1/${method}`, {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request), signal,
  }));
}

export async function session() { return read(await fetch('/v1/session')); }

export async function signIn(link) {
  return read(await fetch('/v1/session', {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link }),
  }));
}

export async function signOut() { return read(await fetch('/v1/session/end', { method: 'POST' })); }

// All pages of a list, up to a number of entries.
export async function all(method, request, field, most = 5000) {
  const found = [];
  let pageToken = '';
  do {
    const page = await call(method, { ...request, pageSize: 1000, pageToken });
    found.push(...page[field]);
    pageToken = page.nextPageToken;
  } while (pageToken && found.length < most);
  return { entries: found.slice(0, most), isWhole: !pageToken };
}

// What whoever looks may call; the server holds it, and the page shows what there is to see.
let allowed = null;
export function allow(methods) { allowed = methods ? new Set(methods) : null; }
export const may = (method) => !allowed || allowed.has(method);

// Nothing where it cannot be had, unless nobody is signed in or waits for it.
export async function orNothing(promise) {
  try { return await promise; } catch (error) {
    if (error.status === 401 || error.name === 'AbortError') throw error;
    return null;
  }
}
// What went wrong instead of the answer, to be told where the answer would stand.
export async function orProblem(promise) {
  try { return await promise; } catch (error) {
    if (error.status === 401 || error.name === 'AbortError') throw error;
    return { problem: error };
  }
}
export async function ifAllowed(method, request, signal) {
  return may(method) ? orNothing(call(method, request, signal)) : null;
}
