import type { Session, WebContents } from 'electron';
import { isPage } from './page-addresses.ts';

type Guarded = Pick<WebContents, 'setWindowOpenHandler'> & {
  on(event: 'will-navigate' | 'will-redirect', listener: (event: Leaving) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Pick<Leaving, 'preventDefault'>) => void): unknown;
};
interface Leaving {
  readonly url: string;
  preventDefault(): void;
}

/** Keeps the window to the app's own page: it goes nowhere else, embeds nothing and opens no window. Links on the web open in the browser. */
export function guardContents(contents: Guarded, openInBrowser: (address: string) => void): void {
  const stay = (event: Leaving) => {
    if (!isPage(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (url.startsWith('https://')) openInBrowser(url);
    return { action: 'deny' };
  });
}

/** The page may put text on the clipboard, and nothing else that has to be allowed. */
const allowed: readonly string[] = ['clipboard-sanitized-write'];

export function guardSession(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(allowed.includes(permission)),
  );
  session.setPermissionCheckHandler((_contents, permission) => allowed.includes(permission));
  session.setDevicePermissionHandler(() => false);
}
