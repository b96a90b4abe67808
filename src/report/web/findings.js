// What the run found, indexed for drawing. Arrays are by position: account 3 is the fourth of
// data.accounts.
import { minorOf, sizeOf } from './money.js';

export const paymentFlags = { debit: 1, credit: 2, mayBeDouble: 16, toItself: 32,
  orderOpen: 64, orderAdjusted: 128, messageOnly: 256, reversed: 512, ambiguous: 1024,
  expectedAbsent: 2048, twoRecords: 8 };

function countingStart(keys, count) {
  const start = new Int32Array(count + 1);
  for (const key of keys) if (key >= 0) start[key + 1]++;
  for (let at = 0; at < count; at++) start[at + 1] += start[at];
  const rows = new Int32Array(start[count]);
  const next = start.slice(0, count);
  for (let row = 0; row < keys.length; row++) if (keys[row] >= 0) rows[next[keys[row]]++] = row;
  return { start, rows, of: (key) => rows.subarray(start[key], start[key + 1]) };
}

function accountsOf(data) {
  const columns = data.accounts;
  return columns.id.map((id, at) => ({
    at, id,
    label: data.texts[columns.label[at]] || data.texts[columns.number[at]],
    number: data.texts[columns.number[at]],
    bank: data.texts[columns.bank[at]],
    country: columns.country[at],
    nameSeen: data.texts[columns.name_seen[at]],
    person: columns.person[at] < 0 ? null : data.people[columns.person[at]],
    group: columns.group[at],
    observed: columns.observed[at] === 1,
    hidden: columns.protected[at] === 1,
    x: columns.x[at] ?? 0, y: columns.y[at] ?? 0,
    drawn: at < data.accounts.drawn,
    sums: [], traced: new Map(), weight: 0,
  }));
}

function addTraced(target, currency, ruleCount, rule, key, amount) {
  if (!target.has(currency)) {
    const none = () => new Array(ruleCount).fill(0n);
    target.set(currency, { in: none(), out: none() });
  }
  target.get(currency)[key][rule] += minorOf(amount);
}

function attachSums(data, accounts) {
  const sums = data.sums;
  for (let at = 0; at < sums.account.length; at++) {
    accounts[sums.account[at]].sums.push({
      currency: data.currencies[sums.currency[at]],
      in: minorOf(sums.in[at]), out: minorOf(sums.out[at]),
      inCount: sums.in_count[at], outCount: sums.out_count[at],
      doubleCount: sums.double_count[at], double: minorOf(sums.double[at]),
    });
  }
  const traced = data.traced_accounts;
  for (let at = 0; at < traced.account.length; at++) {
    const target = accounts[traced.account[at]].traced;
    const currency = data.currencies[traced.currency[at]];
    addTraced(target, currency, data.rules.length, traced.rule[at], 'in', traced.in[at]);
    addTraced(target, currency, data.rules.length, traced.rule[at], 'out', traced.out[at]);
  }
}

function groupsOf(data, accounts) {
  const groups = data.groups.map((group, at) => ({
    at, number: group.number, count: group.count,
    largest: group.largest < 0 ? null : accounts[group.largest],
    flows: group.flows.map((flow) => ({ ...flow, currency: data.currencies[flow.currency] })),
    traced: new Map(), members: [], rank: at,
  }));
  const traced = data.traced_groups;
  for (let at = 0; at < traced.group.length; at++) {
    addTraced(groups[traced.group[at]].traced, data.currencies[traced.currency[at]],
      data.rules.length, traced.rule[at], 'in', traced.in[at]);
  }
  for (const account of accounts) if (account.group >= 0) groups[account.group].members.push(account);
  return groups;
}

function linksOf(data, accounts) {
  const columns = data.links;
  return columns.payer.map((payer, at) => ({
    at, payer: accounts[payer], payee: accounts[columns.payee[at]],
    currency: data.currencies[columns.currency[at]],
    count: columns.count[at], doubleCount: columns.double[at],
    amount: minorOf(columns.amount[at]), first: columns.first[at], last: columns.last[at],
    payments: [], weight: 0, seen: true,
  }));
}

export function findingsOf(data) {
  const accounts = accountsOf(data);
  attachSums(data, accounts);
  const groups = groupsOf(data, accounts);
  const links = linksOf(data, accounts);
  const payments = data.payments;
  const count = payments.id.length;
  const linkAt = new Map(links.map((link) =>
    [`${link.payer.at} ${link.payee.at} ${link.currency.code}`, link]));
  const linkOf = (at) => linkAt.get(
    `${payments.payer[at]} ${payments.payee[at]} ${data.currencies[payments.currency[at]].code}`);
  for (let at = 0; at < count; at++) linkOf(at)?.payments.push(at);

  const out = countingStart(payments.payer, accounts.length);
  const into = countingStart(payments.payee, accounts.length);
  const tracedRows = countingStart(data.traced.payment, count);
  const routes = data.routes.map((route, at) => ({ ...route, at,
    currency: data.currencies[route.currency], got: minorOf(route.got_through) }));
  const routesOf = new Map();
  for (const route of routes) {
    for (const step of route.steps.flatMap((one) => one.twin === null ? [one]
      : [one, { payment: one.twin }])) {
      if (!routesOf.has(step.payment)) routesOf.set(step.payment, []);
      routesOf.get(step.payment).push(route.at);
    }
  }
  const byRule = (at, column) => {
    const sums = new Array(data.rules.length).fill(0n);
    for (const row of tracedRows.of(at)) {
      sums[data.traced.rule[row]] += minorOf(data.traced[column][row]);
    }
    return sums;
  };
  const currencyOf = (at) => data.currencies[payments.currency[at]];
  return {
    data, accounts, groups, links, routes, count, linkOf, currencyOf,
    routesOf: (at) => routesOf.get(at) || [],
    paymentsOf: (account) => [...out.of(account.at), ...into.of(account.at)],
    payer: (at) => accounts[payments.payer[at]] || null,
    payee: (at) => accounts[payments.payee[at]] || null,
    amount: (at) => minorOf(payments.amount[at]),
    size: (at) => sizeOf(minorOf(payments.amount[at]), currencyOf(at)),
    entered: (at) => payments.entered[at] === null ? null
      : { minor: minorOf(payments.entered[at]),
        currency: data.currencies[payments.entered_currency[at]] },
    text: (at) => data.texts[payments.text[at]],
    reference: (at) => data.texts[payments.reference[at]],
    kind: (at) => data.kinds[payments.kind[at]],
    has: (at, flag) => (payments.flags[at] & flag) !== 0,
    tracedRowsOf: (at) => tracedRows.of(at),
    isTraced: (at) => tracedRows.start[at + 1] > tracedRows.start[at],
    tracedLeft: (at) => byRule(at, 'left'),
    recordsOf(at) {
      const list = [];
      const records = data.records;
      for (let row = records.start[at]; row < records.start[at + 1]; row++) {
        list.push({ file: data.files[records.file[row]], ordinal: records.ordinal[row],
          line: records.line[row], offset: records.offset[row], length: records.length[row],
          page: records.page[row], what: data.record_words[records.what[row]] });
      }
      return list;
    },
  };
}
