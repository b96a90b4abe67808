// What the reader chose, in one place; views listen and redraw.
import { sizeOf } from './money.js';

export function createState(findings) {
  const listeners = [];
  const chosen = {
    tab: 'network', rule: findings.data.case.display_rule, selection: null, period: null,
    leastAmount: 0, tracedOnly: false, areas: true, group: null, flow: 0, query: '',
    currency: 0,
  };
  return {
    chosen,
    listen(listener) { listeners.push(listener); },
    change(changes) {
      const changed = new Set();
      for (const [key, value] of Object.entries(changes)) {
        if (chosen[key] === value) continue;
        chosen[key] = value;
        changed.add(key);
      }
      if (changed.size) for (const listener of listeners) listener(changed);
    },
    select(kind, at) { this.change({ selection: kind === null ? null : { kind, at } }); },
    inPeriod(day) {
      const period = chosen.period;
      return !period || (day !== null && day >= period[0] && day <= period[1]);
    },
  };
}

// The traced amount as it is shown: of one rule, or the lowest and highest over all of them.
export function tracedShown(byRule, rule) {
  if (rule !== null) return { low: byRule[rule], high: byRule[rule] };
  let low = byRule[0] ?? 0n;
  let high = low;
  for (const minor of byRule) {
    if (minor < low) low = minor;
    if (minor > high) high = minor;
  }
  return { low, high };
}

// Drawing weights, 0 to 1: the traced amount against the largest of the same currency, because
// nothing is added or compared across currencies.
export function weigh(findings, rule) {
  const relative = (size, largest) => size <= 0 || largest <= 0 ? 0
    : 0.15 + 0.85 * Math.max(0, 1 + Math.log10(size / largest) / 4);
  const largest = { account: new Map(), link: new Map(), turnover: new Map() };
  const raise = (map, key, size) => map.set(key, Math.max(map.get(key) || 0, size));
  for (const account of findings.accounts) {
    account.tracedSizes = [];
    for (const [currency, traced] of account.traced) {
      const size = sizeOf(tracedShown(traced.in, rule).high, currency);
      account.tracedSizes.push([currency, size]);
      raise(largest.account, currency, size);
    }
    for (const sum of account.sums) {
      raise(largest.turnover, sum.currency, sizeOf(sum.in + sum.out, sum.currency));
    }
  }
  for (const account of findings.accounts) {
    account.weight = 0;
    account.share = 0;
    account.turnover = 0;
    for (const [currency, size] of account.tracedSizes) {
      account.weight = Math.max(account.weight, relative(size, largest.account.get(currency)));
      const sum = account.sums.find((row) => row.currency === currency);
      const received = sum ? sizeOf(sum.in, currency) : 0;
      if (received > 0) account.share = Math.max(account.share, Math.min(1, size / received));
    }
    for (const sum of account.sums) {
      account.turnover = Math.max(account.turnover, relative(
        sizeOf(sum.in + sum.out, sum.currency), largest.turnover.get(sum.currency)));
    }
  }
  for (const link of findings.links) {
    let traced = 0n;
    for (const at of link.payments) {
      if (findings.isTraced(at)) traced += tracedShown(findings.tracedLeft(at), rule).high;
    }
    link.traced = traced;
    raise(largest.link, link.currency, sizeOf(link.amount, link.currency));
  }
  for (const link of findings.links) {
    link.weight = relative(sizeOf(link.amount, link.currency), largest.link.get(link.currency));
  }
  const tracedLargest = new Map();
  for (const link of findings.links) raise(tracedLargest, link.currency, Number(link.traced));
  for (const link of findings.links) {
    link.tracedWeight = relative(Number(link.traced), tracedLargest.get(link.currency));
  }
}
