// SPDX-License-Identifier: Apache-2.0
// The words of the page in its two languages, and numbers as each writes them.

const english = {
  overview: 'Overview', companies: 'Companies', alerts: 'Alerts', portfolio: 'Portfolio', skip: 'Skip to content',
  followed: 'Companies followed', exposure: 'Exposure', expectedLoss: 'Expected loss', weighted: 'Probability, by exposure',
  openAlerts: 'Open alerts', aboveLimit: 'Above limit', other: 'Français', leave: 'Sign out', views: 'Views',
  live: 'connected', offline: 'no connection', updated: 'as of', byClass: 'Portfolio by class', moves: 'Moves since',
  concentration: 'Largest exposures', limits: 'Use of limits', fallen: 'Fell most', risen: 'Rose most',
  class: 'Class', count: 'Companies', share: 'Share', company: 'Company', score: 'Score', before: 'Before', now: 'Now',
  from: 'from', to: 'to', nobody: 'Nothing to show.', noPortfolio: 'There is no portfolio yet. Make one with “vigie portfolio import”.',
  state_RISK_STATE_SCORED: 'Class', state_RISK_STATE_UNSPECIFIED: 'Not looked at yet', state_RISK_STATE_REVIEW: 'To be read',
  state_RISK_STATE_NOT_SCORABLE: 'Too little known', state_RISK_STATE_IN_PROCEEDINGS: 'In proceedings', state_RISK_STATE_CLOSED: 'Closed',
  above80: 'above 80 %', above90: 'above 90 %', above100: 'above the limit', without: 'without a limit',
  reference: 'Reference', limit: 'Limit', since: 'Since', cause: 'Cause', find: 'Find a company', csv: 'Download CSV', print: 'Print',
  cause_SCORE_CAUSE_COMPANY: 'company', cause_SCORE_CAUSE_DATA_ARRIVED: 'papers', cause_SCORE_CAUSE_MODEL_CHANGED: 'model', cause_SCORE_CAUSE_UNSPECIFIED: '',
  cause_company: 'company', cause_data_arrived: 'papers', cause_model_changed: 'model',
  acknowledge: 'Seen', snooze: 'Later', resolve: 'Done', reopen: 'Reopen', raised: 'Raised', rule: 'Rule', value: 'Value', seenBy: 'seen by', until: 'until',
  history: 'Score over time', reasons: 'What moves the score', facts: 'What is known', assess: 'Assessment', back: 'Back', probability: 'Probability of failure',
  confidence: 'Confidence', kind: 'Kind', day: 'Day', source: 'Source', knownSince: 'Known since', runs: 'Runs', state: 'State', model: 'Model', changed: 'Changed',
  signedOut: 'You are not signed in.', signInHow: 'Make a link with “vigie dashboard open” and open it in this browser.', badLink: 'This link works no more.',
  hhi: 'Concentration (HHI)', difference: 'Difference', loading: 'Loading…', lgd: 'lost in a failure', inCredit: 'in credit', unknownExposure: 'without a known exposure', more: 'more',
  outcome_ASSESSMENT_OUTCOME_SCORED: 'Scored', outcome_ASSESSMENT_OUTCOME_CLOSED: 'Closed', outcome_ASSESSMENT_OUTCOME_IN_PROCEEDINGS: 'In proceedings', outcome_ASSESSMENT_OUTCOME_NOT_SCORABLE: 'Too little known', outcome_ASSESSMENT_OUTCOME_REVIEW: 'To be read', outcome_ASSESSMENT_OUTCOME_UNSPECIFIED: 'Not looked at yet',
  fact_FACT_KIND_STATEMENT: 'Statement', fact_FACT_KIND_LEDGER: 'Ledger', fact_FACT_KIND_PAYMENT: 'Payments', fact_FACT_KIND_EVENT: 'Event', fact_FACT_KIND_PAPER: 'Paper', fact_FACT_KIND_DECISION: 'Decision',
  run_RUN_STATE_OPEN: 'under way', run_RUN_STATE_DONE: 'done', run_RUN_STATE_FAILED: 'failed', quiet: 'quiet', active: 'open',
  allStates: 'All', stateFilter: 'Show', moved: 'moved', stayed: 'stayed', rows: 'rows', from30: 'of', noAlerts: 'No alert is open.',
};

const french = {
  overview: 'Vue d’ensemble', companies: 'Entreprises', alerts: 'Alertes', portfolio: 'Portefeuille', skip: 'Aller au contenu',
  followed: 'Entreprises suivies', exposure: 'Encours', expectedLoss: 'Perte attendue', weighted: 'Probabilité pondérée par l’encours',
  openAlerts: 'Alertes ouvertes', aboveLimit: 'Au-delà de la limite', other: 'English', leave: 'Se déconnecter', views: 'Vues',
  live: 'connecté', offline: 'connexion perdue', updated: 'au', byClass: 'Portefeuille par classe', moves: 'Mouvements depuis le',
  concentration: 'Plus gros encours', limits: 'Utilisation des limites', fallen: 'Plus fortes baisses', risen: 'Plus fortes hausses',
  class: 'Classe', count: 'Entreprises', share: 'Part', company: 'Entreprise', score: 'Score', before: 'Avant', now: 'Maintenant',
  from: 'de', to: 'vers', nobody: 'Rien à montrer.', noPortfolio: 'Il n’y a pas encore de portefeuille. Créez-en un avec « vigie portfolio import ».',
  state_RISK_STATE_SCORED: 'Classe', state_RISK_STATE_UNSPECIFIED: 'Pas encore notée', state_RISK_STATE_REVIEW: 'À lire',
  state_RISK_STATE_NOT_SCORABLE: 'Trop peu connue', state_RISK_STATE_IN_PROCEEDINGS: 'En procédure', state_RISK_STATE_CLOSED: 'Fermée',
  above80: 'au-delà de 80 %', above90: 'au-delà de 90 %', above100: 'au-delà de la limite', without: 'sans limite',
  reference: 'Référence', limit: 'Limite', since: 'Depuis', cause: 'Cause', find: 'Chercher une entreprise', csv: 'Télécharger en CSV', print: 'Imprimer',
  cause_SCORE_CAUSE_COMPANY: 'entreprise', cause_SCORE_CAUSE_DATA_ARRIVED: 'pièces', cause_SCORE_CAUSE_MODEL_CHANGED: 'modèle', cause_SCORE_CAUSE_UNSPECIFIED: '',
  cause_company: 'entreprise', cause_data_arrived: 'pièces', cause_model_changed: 'modèle',
  acknowledge: 'Vue', snooze: 'Plus tard', resolve: 'Traitée', reopen: 'Rouvrir', raised: 'Levée', rule: 'Règle', value: 'Valeur', seenBy: 'vue par', until: 'jusqu’au',
  history: 'Score dans le temps', reasons: 'Ce qui fait le score', facts: 'Ce que l’on sait', assess: 'Évaluation', back: 'Retour', probability: 'Probabilité de défaillance',
  confidence: 'Confiance', kind: 'Nature', day: 'Jour', source: 'Source', knownSince: 'Connu depuis', runs: 'Calculs', state: 'État', model: 'Modèle', changed: 'Changées',
  signedOut: 'Vous n’êtes pas connecté.', signInHow: 'Créez un lien avec « vigie dashboard open » et ouvrez-le dans ce navigateur.', badLink: 'Ce lien ne fonctionne plus.',
  hhi: 'Concentration (HHI)', difference: 'Écart', loading: 'Chargement…', lgd: 'perdus en cas de défaillance', inCredit: 'créditeurs', unknownExposure: 'sans encours connu', more: 'de plus',
  outcome_ASSESSMENT_OUTCOME_SCORED: 'Notée', outcome_ASSESSMENT_OUTCOME_CLOSED: 'Fermée', outcome_ASSESSMENT_OUTCOME_IN_PROCEEDINGS: 'En procédure', outcome_ASSESSMENT_OUTCOME_NOT_SCORABLE: 'Trop peu connue', outcome_ASSESSMENT_OUTCOME_REVIEW: 'À lire', outcome_ASSESSMENT_OUTCOME_UNSPECIFIED: 'Pas encore notée',
  fact_FACT_KIND_STATEMENT: 'Comptes', fact_FACT_KIND_LEDGER: 'Grand livre', fact_FACT_KIND_PAYMENT: 'Paiements', fact_FACT_KIND_EVENT: 'Événement', fact_FACT_KIND_PAPER: 'Pièce', fact_FACT_KIND_DECISION: 'Décision',
  run_RUN_STATE_OPEN: 'en cours', run_RUN_STATE_DONE: 'fini', run_RUN_STATE_FAILED: 'échoué', quiet: 'en sourdine', active: 'ouverte',
  allStates: 'Toutes', stateFilter: 'Montrer', moved: 'ont bougé', stayed: 'sont restées', rows: 'lignes', from30: 'sur', noAlerts: 'Aucune alerte n’est ouverte.',
};

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
export function day(text) {
  if (!text) return '';
  const [y, m, d] = text.split('-').map(Number);
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeZone: 'UTC' }).format(Date.UTC(y, m - 1, d));
}
export function moment(microseconds) {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(Number(microseconds) / 1000);
}
