import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerPage, pageOrigin, type System } from './page-addresses.ts';

const root = mkdtempSync(join(tmpdir(), 'scenelab-page-'));
const folder = join(root, 'page');
const revealed: string[] = [];
const system: System = {
  chooseFolders: (purpose) => Promise.resolve([`chosen to ${purpose}`]),
  reveal: (path) => revealed.push(path),
};
beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<title>Scenelab</title>');
  writeFileSync(join(folder, 'assets/main.js'), 'start()');
  writeFileSync(join(root, 'secret.html'), 'secret');
});
afterAll(() => rmSync(root, { recursive: true }));

const ask = (path: string, method = 'GET', origin = pageOrigin) =>
  answerPage(new Request(`${origin}${path}`, { method }), folder, system);

test('the page and what it consists of come with their types and a strict policy', async () => {
  const page = await ask('/');
  expect(await page.text()).toBe('<title>Scenelab</title>');
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  const policy = page.headers.get('content-security-policy');
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toContain(`img-src 'self' photo:`);
  expect(policy).not.toContain('unsafe');
  expect((await ask('/assets/main.js')).headers.get('content-type')).toMatch(/^text\/javascript/);
});

describe('what is not the page', () => {
  test.each(['/gone.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/assets/..%2f..%2fsecret.html'])(
    '%s is not found',
    async (path) => expect((await ask(path)).status).toBe(404),
  );
  test('another origin of the same scheme is not found', async () => {
    expect((await ask('/', 'GET', 'app://elsewhere')).status).toBe(404);
    expect((await ask('/', 'GET', 'app://scenelab.elsewhere')).status).toBe(404);
  });
  test('other methods are refused', async () => expect((await ask('/', 'PUT')).status).toBe(405));
});

test('folders are chosen in the system’s dialog, for a purpose that is known', async () => {
  const answer = await ask('/shell/choose-folders?purpose=export', 'POST');
  expect(await answer.json()).toEqual(['chosen to export']);
  expect((await ask('/shell/choose-folders?purpose=delete', 'POST')).status).toBe(400);
});

test('what is there is revealed, what is gone is told', async () => {
  const path = join(folder, 'index.html');
  const query = (shown: string) => `/shell/reveal?${new URLSearchParams({ path: shown })}`;
  expect((await ask(query(path), 'POST')).status).toBe(204);
  const gone = await ask(query(join(folder, 'gone')), 'POST');
  expect([gone.status, await gone.json()]).toEqual([404, expect.objectContaining({ code: 'NOT_FOUND' })]);
  expect(revealed).toEqual([path]);
});
