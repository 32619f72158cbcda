import { createServer, request } from 'node:http';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgetUpload, receiveUpload, uploadedFolders } from './uploads.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenelab-uploads-'));
const server = createServer((incoming, response) => {
  const path = (incoming.url ?? '').slice(1).split('/').map(decodeURIComponent);
  receiveUpload(incoming, folder, path).then(
    () => response.end('stored'),
    (error: Error) => response.writeHead(400).end(error.message),
  );
});
beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

async function put(path: string, body: string): Promise<number | undefined> {
  const { port } = server.address() as AddressInfo;
  const sent = request({ port, host: '127.0.0.1', path: `/${path}`, method: 'PUT' });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [{ statusCode?: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

test('files of a dropped folder lie as they lay in the folder', async () => {
  expect(await put('batch/beach/2024/a%20b.jpg', 'pixels')).toBe(200);
  expect(readFileSync(join(folder, 'batch/beach/2024/a b.jpg'), 'utf8')).toBe('pixels');
  expect(await uploadedFolders(folder, ['batch'])).toEqual([join(folder, 'batch/beach')]);
});

test('files dropped by themselves are one folder', async () => {
  await put('loose/a.jpg', 'pixels');
  expect(await uploadedFolders(folder, ['loose'])).toEqual([join(folder, 'loose')]);
});

test('an upload that nobody needs is deleted, others stay', async () => {
  await put('one/a.jpg', 'pixels');
  await put('two/a.jpg', 'pixels');
  await forgetUpload(folder, ['one']);
  expect([existsSync(join(folder, 'one')), existsSync(join(folder, 'two'))]).toEqual([false, true]);
  await expect(forgetUpload(folder, ['..'])).rejects.toMatchObject({ code: 'USAGE' });
});

test.each(['..%2F..%2Fevil.jpg', '%2E%2E', 'beach%2F..%2F..%2Fevil.jpg', 'a%00b.jpg'])(
  'a path that leads elsewhere is refused: %s',
  async (path) => {
    expect(await put(`batch/${path}`, 'evil')).toBe(400);
    expect(existsSync(join(folder, 'evil.jpg'))).toBe(false);
  },
);
