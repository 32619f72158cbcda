/** A file's path for people: of a copy that a browser made, where it lay in what was dropped. */
export const shownPath = (path: string): string =>
  /[\\/](?:originals|dropped)[\\/][0-9a-f]{8}-[0-9a-f-]{27}[\\/](.+)$/.exec(path)?.[1] ?? path;
