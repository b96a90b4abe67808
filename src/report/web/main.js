// The report: unpacks the data block, then builds every part once.
import { byId, element, fill } from './element.js';
import { readPayload } from './payload.js';
import { findingsOf } from './findings.js';
import { createState, tracedShown, weigh } from './state.js';
import { colourAccounts } from './picture.js';
import { dayText } from './calendar.js';
import { sizeOf } from './money.js';
import { citation } from './evidence.js';
import { createTabs } from './tabs.js';
import { createNetwork } from './network.js';
import { createRoutes } from './routes.js';
import { createTimeline } from './timeline.js';
import { createPayments } from './payments.js';
import { createAccounts } from './accounts.js';
import { createHoldings } from './holdings.js';
import { createStatements } from './statements.js';
import { createNames } from './decisions.js';
import { createFiles, leftOutSentences, unreadFiles } from './files.js';
import { createRules } from './rules.js';
import { createInspector } from './inspector.js';
import { createSidebar } from './sidebar.js';
import { createSearch } from './search.js';
import { createActivity } from './activity.js';
import { createPrinting } from './printing.js';
import { counted, sideText } from './words.js';

function createView(findings) {
  const state = createState(findings);
  const view = { findings, state, tracedSize: new Float64Array(findings.count), density: 1 };
  const texts = new Array(findings.count);
  view.searchText = (at) => {
    texts[at] ??= [sideText(findings, at, 'payer'), sideText(findings, at, 'payee'),
      findings.payer(at)?.number, findings.payee(at)?.number, findings.text(at),
      findings.reference(at), findings.data.payments.id[at], findings.data.payments.amount[at],
      ...findings.recordsOf(at).map(citation)].filter(Boolean).join(' ').toLowerCase();
    return texts[at];
  };
  // In the narrow column the folder that all files share is left out; it is in full elsewhere.
  const folders = findings.data.files.map((file) => file.name.slice(0, file.name.indexOf('/') + 1))
    .filter(Boolean);
  const shared = folders.every((folder) => folder === folders[0]) ? folders[0] || '' : '';
  view.shortName = (file) => file.name.startsWith(shared) ? file.name.slice(shared.length)
    : file.name;
  const weighAll = () => {
    for (let at = 0; at < findings.count; at++) {
      view.tracedSize[at] = findings.isTraced(at)
        ? sizeOf(tracedShown(findings.tracedLeft(at), state.chosen.rule).high,
          findings.currencyOf(at)) : 0;
    }
    weigh(findings, state.chosen.rule);
    colourAccounts(findings);
  };
  weighAll();
  state.listen((changed) => { if (changed.has('rule')) weighAll(); });
  const drawn = findings.accounts.filter((account) => account.drawn).length;
  view.density = drawn > 1200 ? 0.6 : drawn > 500 ? 0.75 : drawn > 180 ? 0.9 : drawn < 40 ? 1.25 : 1;
  return view;
}

function showHeader(findings) {
  const { data } = findings;
  const { counts, period } = data;
  document.title = `${data.case.title || data.case.id} \u2013 moneytrail`;
  fill(byId('title'), data.case.title || data.case.id);
  fill(byId('case-id'), data.case.title ? data.case.id : '');
  fill(byId('facts'),
    element('span', {}, counted(counts.accounts, 'account')),
    element('span', {}, counted(counts.payments, 'payment')),
    period.first === null ? null : element('span', {},
      `${dayText(period.first)} \u2013 ${dayText(period.last)}`),
    element('span', { class: 'mono', title: `Evidence digest ${data.evidence_digest}` },
      `evidence ${data.evidence_digest.slice(0, 10)}\u2026`));
}

// The first note is always seen, the others one press away.
function noteList(notes) {
  if (notes.length < 3) return notes.map((note) => element('p', { class: 'warning' }, note));
  return element('details', { class: 'warning' },
    element('summary', {}, notes[0], element('span', { class: 'more' },
      `${notes.length - 1} more notes`)),
    notes.slice(1).map((note) => element('p', {}, note)));
}

function showNotices(findings, state) {
  const { data } = findings;
  const unread = unreadFiles(findings);
  const link = (text) => element('button', { type: 'button', class: 'link-like',
    on: { click: () => state.change({ tab: 'files' }) } }, text);
  fill(byId('notices'),
    element('p', { class: 'protection' }, data.notice),
    unread.length ? element('p', { class: 'warning' }, `${counted(unread.length, 'file')} not or `
      + 'only partly in these figures: ', unread.slice(0, 4).map((file) => file.name).join(', '),
    unread.length > 4 ? ', \u2026' : '', '. ', link('Why')) : null,
    noteList(data.notes),
    leftOutSentences(findings).length ? element('p', { class: 'warning' },
      'This file leaves some out. ', link('What')) : null);
}

async function start() {
  const data = await readPayload(byId('case-data'));
  const findings = findingsOf(data);
  const view = createView(findings);
  const { state } = view;
  showHeader(findings);
  showNotices(findings, state);
  createTabs(state, [
    { name: 'network', title: 'Network' },
    { name: 'routes', title: 'Routes', count: data.counts.routes },
    { name: 'timeline', title: 'Timeline' },
    { name: 'payments', title: 'Payments', count: data.counts.payments },
    { name: 'accounts', title: 'Accounts', count: data.counts.accounts },
    { name: 'holdings', title: 'Where the money is' },
    { name: 'statements', title: 'Statements', count: data.counts.statements },
    { name: 'names', title: 'Names and decisions' },
    { name: 'files', title: 'Files', count: data.counts.files },
    { name: 'rules', title: 'Rules and words' },
  ]);
  createSidebar(view);
  view.network = createNetwork(view);
  for (const create of [createRoutes, createTimeline, createPayments, createAccounts,
    createHoldings, createStatements, createNames, createFiles, createRules, createInspector, createSearch, createActivity,
    createPrinting]) {
    create(view);
  }
  document.body.dataset.ready = 'yes';
}

start().catch((failure) => {
  fill(byId('notices'), element('p', { class: 'warning', role: 'alert' },
    `The report could not be shown: ${failure.message}`));
  document.body.dataset.ready = 'failed';
});
