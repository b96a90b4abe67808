// The Payments tab: every payment in the report with the place of its record.
import { byId, button, element, fill } from './element.js';
import { createTable } from './table.js';
import { momentText } from './calendar.js';
import { citation } from './evidence.js';
import { paymentFlags } from './findings.js';
import { decimalOf, grouped, moneyText } from './money.js';
import { counted, ruleText, sideText, tracedDecimal } from './words.js';

function dotted(account, text) {
  return [element('span', { class: account?.observed ? 'dot' : 'dot hollow', 'aria-hidden': 'true',
    style: { '--colour': account ? account.colour : '#b9c2cb' } }), text];
}

function paymentColumns(view) {
  const { findings, state } = view;
  const { payments } = findings.data;
  const digits = (at) => grouped(decimalOf(findings.amount(at), findings.currencyOf(at).exponent));
  return [
    { title: 'Date', width: '128px', sort: (at) => payments.day[at] * 86400
      + Math.max(0, payments.time[at]), cell: (at) => momentText(payments.day[at],
      payments.time[at]) },
    { title: 'From', width: 'minmax(110px,1.2fr)', sort: (at) => sideText(findings, at, 'payer'),
      cell: (at) => dotted(findings.payer(at), sideText(findings, at, 'payer')) },
    { title: 'To', width: 'minmax(110px,1.2fr)', sort: (at) => sideText(findings, at, 'payee'),
      cell: (at) => dotted(findings.payee(at), sideText(findings, at, 'payee')) },
    { title: 'Amount', width: '116px', number: true, sort: (at) => findings.size(at), cell: digits },
    { title: '', width: '42px', cell: (at) => findings.currencyOf(at).code },
    { title: 'Traced', width: '160px', number: true, sort: (at) => view.tracedSize[at],
      cell: (at) => findings.isTraced(at) ? element('span', { class: 'traced' },
        tracedDecimal(findings.tracedLeft(at), findings.currencyOf(at), state.chosen.rule))
        : '\u00b7' },
    { title: 'Kind', width: '74px', sort: (at) => findings.kind(at),
      cell: (at) => findings.kind(at) },
    { title: 'Text', width: 'minmax(90px,1.3fr)', sort: (at) => findings.text(at),
      cell: (at) => [findings.has(at, paymentFlags.mayBeDouble)
        ? element('span', { class: 'mark' }, 'may be double') : null, findings.text(at)] },
    { title: 'Route', width: '66px', sort: (at) => findings.routesOf(at)[0] ?? 1e9,
      cell: (at) => {
        const routes = findings.routesOf(at);
        if (!routes.length) return '';
        return button(routes.length > 1 ? `${routes[0] + 1} +${routes.length - 1}`
          : String(routes[0] + 1), (event) => {
          event.stopPropagation();
          state.change({ selection: { kind: 'route', at: routes[0] }, tab: 'routes' });
        }, { class: 'route-mark', title: 'Route' });
      } },
    { title: 'Evidence (file:line)', width: 'minmax(190px,1.5fr)',
      sort: (at) => { const one = findings.recordsOf(at)[0]; return one ? citation(one) : ''; },
      cell: (at) => {
        const records = findings.recordsOf(at);
        if (!records.length) return '';
        return element('span', { class: 'mono place-cell', title: records.map(citation).join(', ') },
          element('span', { class: 'place-file' }, view.shortName(records[0].file)),
          `:${records[0].line}`, records.length > 1 ? ` +${records.length - 1}` : '');
      } },
  ];
}

// The payments that pass every choice: period, account or group selected, search words.
export function paymentsShown(view) {
  const { findings, state } = view;
  const { chosen } = state;
  const words = chosen.query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const list = [];
  for (let at = 0; at < findings.count; at++) {
    if (!state.inPeriod(findings.data.payments.day[at])) continue;
    if (chosen.tracedOnly && !(view.tracedSize[at] > 0)) continue;
    if (chosen.rowsOf !== undefined && chosen.rowsOf !== null) {
      const of = findings.data.payments;
      if (of.payer[at] !== chosen.rowsOf && of.payee[at] !== chosen.rowsOf) continue;
    }
    if (chosen.leastAmount > 0 && findings.size(at) < chosen.leastAmount) continue;
    if (words.length) {
      const text = view.searchText(at);
      if (!words.every((word) => text.includes(word))) continue;
    }
    list.push(at);
  }
  return list;
}

function sumsText(findings, list) {
  const sums = new Map();
  let doubles = 0;
  for (const at of list) {
    const currency = findings.currencyOf(at);
    sums.set(currency, (sums.get(currency) || 0n) + findings.amount(at));
    if (findings.has(at, paymentFlags.mayBeDouble)) doubles++;
  }
  const text = [...sums].map(([currency, minor]) => moneyText(minor, currency)).join(' + ');
  return text + (doubles ? `, includes ${counted(doubles, 'payment')} that may be double` : '');
}

export function createPayments(view) {
  const { findings, state } = view;
  const panel = byId('view-payments');
  const sum = element('p', { class: 'table-note' });
  const table = createTable({ label: 'Payments', columns: paymentColumns(view),
    pressRow: (at) => state.select('payment', at),
    isChosen: (at) => state.chosen.selection?.kind === 'payment'
      && state.chosen.selection.at === at });
  table.sortBy(findings.data.traced.payment.length ? 5 : 0, findings.data.traced.payment.length > 0);
  fill(panel, sum, table.element);
  const show = () => {
    if (panel.hidden) return;
    const list = paymentsShown(view);
    const left = findings.data.counts.payments - findings.count;
    const of = state.chosen.rowsOf === undefined || state.chosen.rowsOf === null ? null
      : findings.accounts[state.chosen.rowsOf];
    fill(sum, `${counted(list.length, 'payment')} \u00b7 ${sumsText(findings, list) || '0'}`,
      findings.data.rules.length && findings.data.traced.payment.length
        ? ` \u00b7 Traced: ${ruleText(findings, state.chosen.rule)}` : '',
      left > 0 ? ` \u00b7 ${counted(left, 'payment')} not in this file, see payments.csv` : '',
      of ? [' \u00b7 ', button(`of ${of.label} \u00d7`, () => state.change({ rowsOf: null }),
        { class: 'link-like' })] : null);
    panel.dataset.rows = String(list.length);
    table.show(list);
  };
  state.listen((changed) => {
    if (changed.size === 1 && changed.has('selection')) table.repaint();
    else show();
  });
}
