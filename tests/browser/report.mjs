// report.mjs BROWSER FOLDER: the pages in FOLDER/pages, opened from disk in a real Chromium.
import { strict as assert } from 'node:assert';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [browserPath, folder] = process.argv.slice(2);
const load = createRequire(join(folder, 'package.json'));
const { chromium } = load('playwright-core');
const axeSource = readFileSync(load.resolve('axe-core'), 'utf8');
const pages = ['story', 'without_proceeds', 'smallest', 'empty', 'middle', 'large',
  'lantern', 'harbour'];
const tabNames = ['network', 'routes', 'timeline', 'payments', 'accounts', 'holdings', 'statements',
  'names', 'files', 'rules'];

const pathOf = (name) => join(folder, 'pages', `${name}.html`);
const dataOf = (name) => JSON.parse(gunzipSync(Buffer.from(readFileSync(pathOf(name), 'utf8')
  .match(/data-coding="gzip">([^<]*)</)[1], 'base64')));

let failures = 0;
const browser = await chromium.launch({ executablePath: browserPath,
  args: ['--no-sandbox', '--disable-gpu'] });

// Every page is watched: a console error, an exception or a request beyond the file fails its test.
async function open(name, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1600, height: 960 },
    reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('data:') && !url.startsWith('blob:')
      && url !== pathToFileURL(pathOf(name)).href) faults.push(`requests ${url}`);
  });
  await page.goto(pathToFileURL(pathOf(name)).href);
  await page.waitForFunction(() => document.body.dataset.ready !== undefined);
  assert.equal(await page.evaluate(() => document.body.dataset.ready), 'yes');
  return { page, faults, close: () => context.close() };
}

async function check(sentence, body) {
  try {
    await body();
    console.log(`ok   ${sentence}`);
  } catch (failure) {
    failures++;
    console.log(`FAIL ${sentence}\n     ${String(failure.stack).replaceAll('\n', '\n     ')}`);
  }
}

async function quiet(name, body) {
  const opened = await open(name);
  try {
    await body(opened.page);
    assert.deepEqual(opened.faults, []);
  } finally {
    await opened.close();
  }
}

const chooseTab = (page, name) => page.click(`#tab-${name}`);

for (const name of pages) {
  await check(`${name}: opens from disk, every tab shows its panel, no error, no request`,
    () => quiet(name, async (page) => {
      for (const tab of tabNames) {
        await chooseTab(page, tab);
        assert.equal(await page.getAttribute(`#tab-${tab}`, 'aria-selected'), 'true');
        assert.equal(await page.locator('[role=tabpanel]:visible').count(), 1);
        assert.ok(await page.locator(`#view-${tab}`).isVisible());
      }
    }));

  await check(`${name}: what the page counts is what the findings hold`,
    () => quiet(name, async (page) => {
      const { counts, accounts, payments } = dataOf(name);
      const body = await page.evaluate(() => ({ ...document.body.dataset }));
      for (const key of ['accounts', 'payments', 'links', 'routes', 'groups', 'files', 'rejects']) {
        assert.equal(Number(body[key]), counts[key], key);
      }
      assert.equal(Number(body.shownPayments), payments.id.length);
      const tabCount = async (tab) => Number(await page.getAttribute(`#tab-${tab}`, 'data-count'));
      assert.equal(await tabCount('payments'), counts.payments);
      assert.equal(await tabCount('accounts'), counts.accounts);
      assert.equal(await tabCount('routes'), counts.routes);
      assert.equal(await tabCount('files'), counts.files);
      const map = await page.evaluate(() => ({ ...document.querySelector('.map').dataset }));
      assert.equal(Number(map.accounts), accounts.drawn);
      assert.ok(Number(map.links) <= Number(body.drawnLinks));
      await chooseTab(page, 'payments');
      assert.equal(Number(await page.getAttribute('#view-payments', 'data-rows')),
        payments.id.length);
      assert.equal(Number(await page.getAttribute('#view-payments [role=table]', 'aria-rowcount')),
        payments.id.length + 1);
    }));
}

await check('a hostile name is text everywhere and runs nowhere', () => quiet('story', async (page) => {
  await chooseTab(page, 'accounts');
  assert.ok((await page.textContent('#view-accounts')).includes('</script><img src=x'));
  for (const tab of tabNames) await chooseTab(page, tab);
  await page.fill('#search', 'onerror');
  await page.click('#suggestions li');
  assert.ok((await page.textContent('#inspector h2')).includes('</script><img src=x'));
  assert.equal(await page.evaluate(() => document.body.dataset.hacked), undefined);
  assert.equal(await page.locator('img').count(), 0);
  assert.equal(await page.locator('b').count(), 0);
}));

await check('a protected name is nowhere on the page', () => quiet('story', async (page) => {
  for (const tab of tabNames) {
    await chooseTab(page, tab);
    assert.ok(!(await page.content()).includes('Kalnina'));
  }
  assert.ok((await page.textContent('#notices')).includes('Protected: 1 declared'));
}));

await check('a payment leads to file, line, record, bytes and hash', () => quiet('story',
  async (page) => {
    await chooseTab(page, 'payments');
    await page.locator('.table-body .table-row').first().click();
    const text = await page.textContent('#inspector');
    assert.match(text, /received\/(lv|cy)\/\w+\.csv/);
    for (const word of ['Line', 'Record', 'Bytes', 'SHA-256']) assert.ok(text.includes(word), word);
    assert.match(text, /[0-9a-f]{64}/);
  }));

await check('every traced amount shown stands with its rule', () => quiet('story', async (page) => {
  for (const rule of ['', '0', '4']) {
    await page.selectOption('#rule', rule);
    const shown = rule === '' ? 'lowest\u2013highest' : ['fifo', '', '', '', 'tfo'][Number(rule)];
    for (const tab of ['payments', 'accounts']) {
      await chooseTab(page, tab);
      assert.ok((await page.textContent(`#view-${tab} .table-note`)).includes(shown), tab);
    }
    await chooseTab(page, 'network');
    await page.fill('#search', 'falcon');
    await page.click('#suggestions li');
    assert.ok((await page.textContent('#inspector dl')).includes(shown));
    await page.click('#inspector .close');
    assert.ok((await page.textContent('#sidebar')).toLowerCase().includes(shown));
  }
}));

await check('a conversion is left as and entered as, a double is said', () => quiet('story',
  async (page) => {
    await chooseTab(page, 'holdings');
    const text = await page.textContent('#view-holdings');
    assert.ok(text.includes('Left as EUR') && text.includes('Entered as USD'));
    await chooseTab(page, 'payments');
    assert.ok((await page.textContent('#view-payments .table-note')).includes('may be double'));
    assert.ok((await page.textContent('#activity')).includes('may be double'));
  }));

await check('each rule adds up to what came in', () => quiet('story', async (page) => {
  await chooseTab(page, 'holdings');
  const sums = await page.locator('#view-holdings table').first().locator('tfoot td')
    .allTextContents();
  assert.ok(sums.length >= 5);
  assert.deepEqual([...new Set(sums)], ['2,150.00']);
}));

await check('a file set aside is named on top', () => quiet('story', async (page) => {
  assert.ok((await page.textContent('#notices')).includes('received/ae/unclear.csv'));
}));

await check('without proceeds the page says what to mark', () => quiet('without_proceeds',
  async (page) => {
    for (const tab of ['routes', 'holdings']) {
      await chooseTab(page, tab);
      assert.ok((await page.textContent(`#view-${tab}`)).includes('proceeds:'));
    }
  }));

await check('a large case says what it leaves out and where it is', () => quiet('large',
  async (page) => {
    assert.ok((await page.textContent('#notices')).includes('leaves some out'));
    await chooseTab(page, 'files');
    const text = await page.textContent('#view-files');
    assert.ok(text.includes('2,000 accounts of 2,400') && text.includes('case.sqlite'));
  }));

await check('a period limits every view', () => quiet('middle', async (page) => {
  await chooseTab(page, 'payments');
  const before = Number(await page.getAttribute('#view-payments', 'data-rows'));
  const last = page.locator('.period-inputs input').last();
  await last.fill('2025-03-20');
  await last.press('Enter');
  await last.blur();
  const after = Number(await page.getAttribute('#view-payments', 'data-rows'));
  assert.ok(after > 0 && after < before);
  await chooseTab(page, 'network');
  const links = await page.evaluate(() => Number(document.querySelector('.map').dataset.links));
  assert.ok(links < dataOf('middle').counts.links);
}));

await check('tabs are reached and moved through by keyboard', () => quiet('story', async (page) => {
  await page.focus('#tab-network');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.getAttribute('#tab-routes', 'aria-selected'), 'true');
  await page.keyboard.press('End');
  assert.equal(await page.getAttribute('#tab-rules', 'aria-selected'), 'true');
}));

await check('columns sort, and the row that is chosen stays chosen', () => quiet('middle',
  async (page) => {
    await chooseTab(page, 'payments');
    await page.click('#view-payments [role=columnheader] button >> nth=3');
    const sizes = await page.locator('#view-payments .table-body [role=row]')
      .evaluateAll((rows) => rows.slice(0, 20).map((row) =>
        Number(row.children[3].textContent.replaceAll(',', ''))));
    assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
  }));

for (const name of ['story', 'without_proceeds', 'middle', 'empty', 'lantern', 'harbour']) {
  await check(`${name}: no serious accessibility fault on any tab`, async () => {
    const opened = await open(name, { bypassCSP: true });
    try {
      await opened.page.evaluate(axeSource);
      for (const tab of tabNames) {
        await chooseTab(opened.page, tab);
        const faults = await opened.page.evaluate(async () => (await window.axe.run(document, {
          resultTypes: ['violations'] })).violations
          .filter((fault) => fault.impact === 'serious' || fault.impact === 'critical')
          .map((fault) => `${fault.id}: ${fault.nodes.slice(0, 3).map((node) => node.html)
            .join(' | ')}`));
        assert.deepEqual(faults, [], tab);
      }
    } finally {
      await opened.close();
    }
  });
}

await check('paper holds network, routes, citations and files in full', () => quiet('story',
  async (page) => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    const count = (pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g) || []).length;
    assert.ok(count > 1, `${count} pages`);
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    const text = await page.textContent('#paper');
    for (const part of ['Operation Lantern', 'received/cy/bcyp_statement_2025.csv:', 'Route 1',
      'Where the money is', 'Protected: 1 declared', 'does not mean knowing']) {
      assert.ok(text.includes(part), part);
    }
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    assert.equal(await page.textContent('#paper'), '');
  }));

const rowOf = (list, found) => { const at = list.findIndex(found); assert.ok(at >= 0); return at; };
// Rows are drawn only as they come into sight, so a payment is looked for by its id.
const inspect = async (page, id) => {
  await chooseTab(page, 'payments');
  await page.fill('#search', id);
  await page.waitForTimeout(300); // the box waits for the last letter
  await page.waitForFunction(() => document.getElementById('view-payments').dataset.rows === '1');
  await page.locator('#view-payments .table-body .table-row').first().click();
  return page.textContent('#inspector');
};

await check('a statement that does not close shows the row that breaks it, with its place',
  () => quiet('harbour', async (page) => {
    const { statements, breaks, files } = dataOf('harbour');
    await chooseTab(page, 'statements');
    const panel = await page.textContent('#view-statements');
    assert.ok(panel.includes('does not close: \u22123,000.00 EUR'));
    assert.equal(Number(await page.getAttribute('#view-statements', 'data-rows')),
      statements.length);
    const at = rowOf(statements, (row) => row.breaks > 0);
    await page.locator('#view-statements .table-body .table-row').nth(at).click();
    const text = await page.textContent('#inspector');
    const [file, line, ordinal, offset] = breaks[0].record;
    assert.ok(text.includes(`${files[file].name}:${line} (record ${ordinal}, bytes `));
    assert.ok(text.includes(offset.toLocaleString('en-GB')));
    assert.ok(text.includes('17,550.00 EUR') && text.includes('14,550.00 EUR'));
    await page.click('#inspector button:has-text("Show it")');
    assert.ok((await page.textContent('#inspector h2')).startsWith('Payment of'));
  }));

await check('a missing month is a gap in the grid, with what moved in it unseen',
  () => quiet('harbour', async (page) => {
    await chooseTab(page, 'statements');
    assert.ok(await page.locator('#view-statements .cover-grid .cover-gap').count() >= 1);
    assert.ok((await page.textContent('#view-statements')).includes('+7,164.50 EUR'));
    assert.equal(await page.getAttribute('#view-statements a', 'href'), 'reply-check.html');
    await page.click('.lacking summary');
    assert.ok((await page.textContent('.lacking ol')).includes('no record covers 2025-02-01'));
  }));

await check('names that may be one are a question: no figure of likeness, no protected name',
  () => quiet('harbour', async (page) => {
    await chooseTab(page, 'names');
    const text = await page.textContent('#view-names');
    assert.ok(text.includes('A question put to the records') && text.includes('Names seen'));
    assert.ok(!/\bbits?\b/.test(text) && !/B\u0113rzi\u0146a|Melnyk|\u041c\u0435\u043b\u044c\u043d\u0438\u043a/.test(text));
    for (const one of dataOf('harbour').candidates) {
      assert.ok(!('bits' in one) && !('millibits' in one) && !('words' in one));
    }
  }));

await check('a payment says how its records make one, what took it back, and who contradicts it',
  () => quiet('harbour', async (page) => {
    const { payments, reversals, records, record_words: words, match_classes: classes } =
      dataOf('harbour');
    const taken = reversals.find((one) => one.original >= 0 && one.reversal >= 0);
    assert.ok((await inspect(page, payments.id[taken.original])).includes('Taken back by'));
    assert.ok((await inspect(page, payments.id[taken.reversal])).includes('Takes back'));
    const joined = rowOf(payments.match, (one) => classes[one] === 'certain');
    assert.ok((await inspect(page, payments.id[joined])).includes('records, joined'));
    const { differences } = dataOf('harbour');
    assert.ok((await inspect(page, payments.id[differences[0][0]]))
      .includes('4,485.00 EUR; charge that a record states: 15.00 EUR'));
    const row = rowOf(records.what, (one) => words[one] === 'overlapping files');
    const at = rowOf(records.start, (_, i) => records.start[i] <= row && row < records.start[i + 1]);
    const text = await inspect(page, payments.id[at]);
    assert.ok(text.includes('the same row in another file of these days'));
    assert.ok(text.includes('Records of the payment'));
  }));

await check('files stand under the container they came in; one not read says its pages',
  () => quiet('harbour', async (page) => {
    await chooseTab(page, 'files');
    assert.ok(await page.locator('#view-files .container-row').count() >= 1);
    const text = await page.textContent('#view-files');
    assert.ok(text.includes('not read, 1 page') && text.includes('windows-1257'));
  }));

for (const name of ['lantern', 'harbour']) {
  await check(`${name}: on a narrow screen nothing hangs over the edge`, async () => {
    const opened = await open(name, { viewport: { width: 400, height: 860 } });
    try {
      for (const tab of tabNames) {
        await opened.page.evaluate((one) => document.getElementById(`tab-${one}`).click(), tab);
        assert.ok(await opened.page.evaluate(() => document.documentElement.scrollWidth) <= 400, tab);
      }
      assert.deepEqual(opened.faults, []);
    } finally {
      await opened.close();
    }
  });

  await check(`${name}: the page of what was asked and received has no fault`, async () => {
    const context = await browser.newContext({ bypassCSP: true });
    const page = await context.newPage();
    await page.goto(pathToFileURL(pathOf(`${name}-reply`)).href);
    assert.ok(await page.locator('table.grid td').count() > 0);
    await page.evaluate(axeSource);
    const faults = await page.evaluate(async () => (await window.axe.run(document, {
      resultTypes: ['violations'] })).violations
      .filter((fault) => fault.impact === 'serious' || fault.impact === 'critical')
      .map((fault) => fault.id));
    assert.deepEqual(faults, []);
    await context.close();
  });
}

await browser.close();
console.log(failures ? `${failures} failed` : 'all passed');
process.exit(failures ? 1 : 0);
