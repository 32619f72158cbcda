const isMac = /Mac/.test(navigator.userAgent);

/** The key that goes with shortcuts on this system, as it is printed on it. */
export const modifierKey = isMac ? '⌘' : 'Ctrl';

/** A shortcut with that key, as people write it. */
export const shortcut = (key: string): string => (isMac ? `⌘${key}` : `Ctrl+${key}`);

/** Whether a click or key means "also this one". */
export const isModified = (event: { ctrlKey: boolean; metaKey: boolean }): boolean =>
  isMac ? event.metaKey : event.ctrlKey;
