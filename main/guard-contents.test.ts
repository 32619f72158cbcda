import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { guardContents, guardSession } from './guard-contents.ts';

type Opener = Parameters<Parameters<typeof guardContents>[0]['setWindowOpenHandler']>[0];

/** What guardContents uses of a page: events, and who is asked about new windows. */
class Contents extends EventEmitter {
  opener: Opener = () => ({ action: 'allow' });
  setWindowOpenHandler(opener: Opener): void {
    this.opener = opener;
  }
  /** Whether the page got to go there. */
  goes(event: 'will-navigate' | 'will-redirect', url: string): boolean {
    let goes = true;
    this.emit(event, { url, preventDefault: () => (goes = false) });
    return goes;
  }
}

function guarded() {
  const contents = new Contents();
  const browsed: string[] = [];
  guardContents(contents, (address) => browsed.push(address));
  return { contents, browsed };
}

test('the window stays on the page', () => {
  const { contents } = guarded();
  expect(contents.goes('will-navigate', 'app://scenelab/#project=1')).toBe(true);
  for (const url of ['https://example.org/', 'file:///etc/passwd', 'app://elsewhere/', 'data:text/html,x'])
    expect([contents.goes('will-navigate', url), contents.goes('will-redirect', url)]).toEqual([
      false,
      false,
    ]);
});

test('no window opens; addresses on the web open in the browser, others nowhere', () => {
  const { contents, browsed } = guarded();
  const details = (url: string) => ({ url }) as Parameters<Opener>[0];
  for (const url of ['https://example.org/', 'http://example.org/', 'file:///etc/passwd', 'smb://share/'])
    expect(contents.opener(details(url))).toEqual({ action: 'deny' });
  expect(browsed).toEqual(['https://example.org/']);
});

test('nothing is embedded', () => {
  const { contents } = guarded();
  let embedded = true;
  contents.emit('will-attach-webview', { preventDefault: () => (embedded = false) });
  expect(embedded).toBe(false);
});

test('the page may write to the clipboard and is refused everything else', () => {
  const answers: Record<string, boolean> = {};
  const names = ['clipboard-sanitized-write', 'clipboard-read', 'media', 'geolocation', 'notifications'];
  type Guarded = Parameters<typeof guardSession>[0];
  const session = {
    // Only the permission and the answer are looked at.
    setPermissionRequestHandler(handler: (...given: unknown[]) => void) {
      for (const name of names) handler(null, name, (allowed: boolean) => (answers[name] = allowed));
    },
    setPermissionCheckHandler(handler: (...given: unknown[]) => boolean) {
      for (const name of names) expect(handler(null, name)).toBe(answers[name]);
    },
    setDevicePermissionHandler: (handler: (...given: unknown[]) => boolean) =>
      expect(handler({})).toBe(false),
  } as unknown as Guarded;
  guardSession(session);
  expect(names.filter((name) => answers[name])).toEqual(['clipboard-sanitized-write']);
});
