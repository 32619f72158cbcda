/** What a key asks for while photos are chosen. */
export type KeyAction =
  | { kind: 'label'; label: string | null }
  | { kind: 'find'; letter: string }
  | { kind: 'exclude' }
  | { kind: 'preview' };

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Reads a key: 1–9 the label of that number, 0 no label, a letter begins a label's name, Delete excludes, Space looks. */
export function keyAction(
  { key, ctrlKey, metaKey, altKey }: Key,
  labels: readonly string[],
): KeyAction | null {
  if (ctrlKey || metaKey || altKey) return null;
  if (key === '0') return { kind: 'label', label: null };
  if (/^[1-9]$/.test(key)) {
    const label = labels[Number(key) - 1];
    return label === undefined ? null : { kind: 'label', label };
  }
  if (/^\p{L}$/u.test(key)) return { kind: 'find', letter: key };
  if (key === 'Delete' || key === 'Backspace') return { kind: 'exclude' };
  return key === ' ' ? { kind: 'preview' } : null;
}
