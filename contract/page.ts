import { z } from 'zod';

/**
 * What the page may do, whoever serves it (Content Security Policy Level 3): code, styles and connections of its own only,
 * nothing inline. `photos` is the scheme that photos have where they do not come from the page's own origin.
 */
export function pagePolicy(photos?: `${string}:`): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self'`,
    `img-src 'self'${photos ? ` ${photos}` : ''}`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `form-action 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types svelte-trusted-html`,
  ].join('; ');
}

/** What the page consists of, by the ending of the file. */
export const pageTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** What a person did outside of the page: in a menu, in the file manager, on the dock. */
export const PageCommand = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('open-project'), project: z.string() }),
  /** What was dropped on the app or named when it was started: a project (`*.scenelab`), or folders and photos to take in. */
  z.object({ kind: z.literal('open'), paths: z.array(z.string()).min(1) }),
  z.object({ kind: z.enum(['new-project', 'add-photos', 'undo', 'redo', 'keys']) }),
]);
export type PageCommand = z.infer<typeof PageCommand>;

/** What folders are asked for: photos come from several; a model, and photos that are sorted, go into one. */
export const FolderPurpose = z.enum(['add', 'predict', 'export', 'sort']);
export type FolderPurpose = z.infer<typeof FolderPurpose>;
