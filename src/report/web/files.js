// The Files tab: what was received, what of it could not be read, and what this file leaves out.
import { byId, element, fill } from './element.js';
import { dayText } from './calendar.js';
import { grouped } from './money.js';
import { counted } from './words.js';

const outcomeWords = { read: 'read', read_in_part: 'read in part', set_aside: 'set aside',
  not_read: 'not read',
  not_listed: 'not listed in case.yaml' };

export function unreadFiles(findings) {
  return findings.data.files.filter((file) => file.outcome !== 'read');
}

function numberText(value) {
  return grouped(String(value));
}

function outcomeText(file) {
  const word = outcomeWords[file.outcome] || file.outcome;
  if (file.pages === null) return word;
  return `${word}, ${file.pages < 0 ? 'pages not known' : counted(file.pages, 'page')}`;
}

// Files in their order, members after the container they came in, which stands once above them.
function fileRows(findings) {
  const rows = [];
  const seen = new Set();
  const of = (file) => file.member && file.name.includes('!')
    ? file.name.slice(0, file.name.indexOf('!')) : null;
  for (const file of findings.data.files) {
    const holder = of(file);
    if (!holder) {
      rows.push({ ...file, shown: file.name });
      continue;
    }
    if (seen.has(holder)) continue;
    seen.add(holder);
    const known = findings.data.files.find((one) => of(one) === holder && one.container_sha256);
    rows.push({ container: true, shown: holder, outcome: 'read', pages: null, first: null,
      last: null, size: known ? known.container_size : null, format: 'container',
      sha256: known ? known.container_sha256 : '' });
    for (const one of findings.data.files) {
      if (of(one) === holder) rows.push({ ...one, shown: one.name.slice(holder.length + 1) });
    }
  }
  return rows;
}

export function fileSheet(findings) {
  const heads = ['File', 'Records', 'Read', 'Rejects', 'Remarks', 'First day', 'Last day', 'Bytes',
    'Format', 'Encoding', 'Request', 'SHA-256'];
  const isNumber = (at) => at === 1 || at === 3 || at === 4 || at === 7;
  return element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Files' },
    element('table', { class: 'plain' }, element('caption', {}, 'Received files'),
      element('thead', {}, element('tr', {}, heads.map((head, at) => element('th', { scope: 'col',
        class: isNumber(at) ? 'number' : null }, head)))),
      element('tbody', {}, fileRows(findings).map((file) => element('tr',
        file.container ? { class: 'container-row' } : {},
        element('td', { class: file.member ? 'mono member' : 'mono' }, file.shown),
        element('td', { class: 'number' }, file.container ? '' : numberText(file.rows)),
        element('td', { class: file.outcome === 'read' ? null : 'warn' }, file.container ? '' : outcomeText(file)),
        element('td', { class: 'number' }, file.container ? '' : numberText(file.rejects)),
        element('td', { class: 'number' }, file.container ? '' : numberText(file.remarks)),
        element('td', { class: 'day' }, dayText(file.first)),
        element('td', { class: 'day' }, dayText(file.last)),
        element('td', { class: 'number' }, file.size === null ? '' : numberText(file.size)),
        element('td', {}, file.format || ''), element('td', {}, file.encoding || ''),
        element('td', {}, file.request || ''),
        element('td', { class: 'mono hash' }, file.sha256))))));
}

function rejectSheet(findings) {
  const { rejects, files, counts } = findings.data;
  if (!rejects.length) return element('p', { class: 'quiet' }, 'No record was rejected.');
  return element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Rejects' },
    element('table', { class: 'plain' },
      element('caption', {}, 'Records that could not be read, kept as received'),
      element('thead', {}, element('tr', {}, ['File:line', 'Record', 'Byte', 'Column', 'Reason',
        'As received'].map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, rejects.map((reject) => element('tr', {},
        element('td', { class: 'mono' }, `${files[reject.file].name}:${reject.line}`),
        element('td', { class: 'number' }, numberText(reject.ordinal)),
        element('td', { class: 'number' }, numberText(reject.offset)),
        element('td', {}, reject.column || ''), element('td', {}, reject.message),
        element('td', { class: 'mono wrap' }, reject.text))))),
    counts.rejects > rejects.length ? element('p', { class: 'quiet' },
      `${counted(counts.rejects - rejects.length, 'reject')} more in rejects.csv.`) : null);
}

function coverageSheet(findings) {
  const { observations, files } = findings.data;
  if (!observations.account.length) return null;
  const rows = observations.account.slice(0, 500).map((account, at) => element('tr', {},
    element('td', {}, findings.accounts[account].label),
    element('td', { class: 'mono' }, findings.accounts[account].number),
    element('td', {}, dayText(observations.from[at]) || 'all days'),
    element('td', {}, dayText(observations.to[at]) || 'all days'),
    element('td', { class: 'mono' }, observations.file[at] < 0 ? 'case file'
      : files[observations.file[at]].name)));
  return element('div', { class: 'sheet', tabindex: 0, role: 'region', 'aria-label': 'Coverage' },
    element('table', { class: 'plain' },
      element('caption', {}, 'Which accounts the records cover, and when'),
      element('thead', {}, element('tr', {}, ['Account', 'Number', 'From', 'To', 'By file']
        .map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, rows)),
    observations.account.length > 500 ? element('p', { class: 'quiet' },
      `${counted(observations.account.length - 500, 'period')} more in accounts.csv.`) : null);
}

export function leftOutSentences(findings) {
  const { counts } = findings.data;
  const drawn = findings.accounts.filter((account) => account.drawn).length;
  const sentences = [];
  if (drawn < counts.accounts) {
    sentences.push(`The network draws ${counted(drawn, 'account')} of ${numberText(counts.accounts)}`
      + ' (on routes first, then traced, then by amount); all are in case.sqlite and accounts.csv.');
  }
  if (findings.links.length < counts.links) {
    sentences.push(`The network draws ${counted(findings.links.length, 'link')} of `
      + `${numberText(counts.links)}; all are in case.sqlite.`);
  }
  if (findings.count < counts.payments) {
    sentences.push(`The tables hold ${counted(findings.count, 'payment')} of `
      + `${numberText(counts.payments)} (on routes first, then traced, then by amount); all are in `
      + 'payments.csv and case.sqlite.');
  }
  return sentences;
}

export function createFiles(view) {
  const { findings, state } = view;
  const panel = byId('view-files');
  let isMade = false;
  const show = () => {
    if (panel.hidden || isMade) return;
    isMade = true;
    const { counts } = findings.data;
    const left = leftOutSentences(findings);
    fill(panel, element('h2', {}, 'Received files'),
      element('p', { class: 'quiet' }, `${counted(counts.records, 'record')}: `
        + `${numberText(counts.record_payment)} attest payments, ${numberText(counts.record_reject)} `
        + `rejected, ${numberText(counts.record_no_payment)} declared no payment, `
        + `${numberText(counts.record_out_of_scope)} outside the scope of their request. `
        + `Evidence digest ${findings.data.evidence_digest}.`),
      unreadFiles(findings).map((file) => element('div', { class: 'notice' },
        element('p', {}, element('strong', {}, file.name), ` \u2013 ${outcomeText(file)}`,
          file.reason ? `: ${file.reason}` : ''),
        file.paste ? element('pre', {}, file.paste) : null)),
      left.length ? element('div', { class: 'notice' }, left.map((sentence) =>
        element('p', {}, sentence))) : null,
      fileSheet(findings), rejectSheet(findings), coverageSheet(findings));
  };
  state.listen(show);
}
