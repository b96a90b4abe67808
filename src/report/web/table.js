// A table of any length: only the rows in sight are elements. Sorted by its columns, ties by the
// row's own order. WAI-ARIA table roles with row counts, because rows come and go.
import { element, fill } from './element.js';

const rowHeight = 27;

// columns: {title, width, number, sort(row), cell(row), name}. rows: any values.
export function createTable({ label, columns, pressRow, isChosen }) {
  let rows = [];
  let sorted = { column: null, down: true };
  let first = -1;
  const template = columns.map((column) => column.width).join(' ');
  const body = element('div', { role: 'rowgroup', class: 'table-body' });
  const heads = columns.map((column, at) => {
    const sorter = column.sort ? element('button', { type: 'button',
      on: { click: () => order(at) } }, column.title,
    element('span', { class: 'sort-mark', 'aria-hidden': 'true' })) : column.title;
    return element('div', { role: 'columnheader', class: column.number ? 'number' : null,
      'aria-colindex': at + 1 }, sorter);
  });
  const head = element('div', { role: 'rowgroup', class: 'table-head' },
    element('div', { role: 'row', class: 'table-row', 'aria-rowindex': 1,
      style: { 'grid-template-columns': template } }, heads));
  const room = element('div', { role: 'table', class: 'table', 'aria-label': label }, head, body);
  const scroller = element('div', { class: 'table-scroll', tabindex: 0, role: 'region',
    'aria-label': `${label}, rows` }, room);
  let shown = rows;

  const paint = (force) => {
    const from = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - 8);
    if (!force && from === first) return;
    first = from;
    const to = Math.min(shown.length, from + Math.ceil(scroller.clientHeight / rowHeight) + 20);
    body.style.height = `${shown.length * rowHeight}px`;
    const list = [];
    for (let at = from; at < to; at++) {
      const row = shown[at];
      const cells = columns.map((column, index) => element('div', { role: 'cell',
        'aria-colindex': index + 1, class: column.number ? 'number' : null }, column.cell(row)));
      list.push(element('div', { role: 'row', 'aria-rowindex': at + 2,
        class: isChosen(row) ? 'table-row chosen' : 'table-row',
        style: { 'grid-template-columns': template, top: `${at * rowHeight}px` },
        on: { click: () => pressRow(row) } }, cells));
    }
    fill(body, list);
  };
  const settle = () => {
    shown = rows;
    const column = sorted.column === null ? null : columns[sorted.column];
    if (column) {
      const keyed = rows.map((row, at) => ({ row, at, key: column.sort(row) }));
      const way = sorted.down ? -1 : 1;
      keyed.sort((a, b) => (a.key < b.key ? -way : a.key > b.key ? way : a.at - b.at));
      shown = keyed.map((one) => one.row);
    }
    heads.forEach((node, at) => {
      const isSorted = at === sorted.column;
      node.setAttribute('aria-sort', isSorted ? (sorted.down ? 'descending' : 'ascending') : 'none');
      const mark = node.querySelector('.sort-mark');
      if (mark) mark.textContent = isSorted ? (sorted.down ? '\u25be' : '\u25b4') : '';
    });
    room.setAttribute('aria-rowcount', String(shown.length + 1));
    paint(true);
  };
  const order = (at) => {
    sorted = { column: at, down: sorted.column === at ? !sorted.down : Boolean(columns[at].number) };
    scroller.scrollTop = 0;
    settle();
  };
  scroller.addEventListener('scroll', () => paint(false));
  new ResizeObserver(() => paint(true)).observe(scroller);
  return {
    element: scroller,
    show(list) { rows = list; settle(); },
    repaint: () => paint(true),
    sortBy(at, down) { sorted = { column: at, down }; },
    get shown() { return shown; },
  };
}
