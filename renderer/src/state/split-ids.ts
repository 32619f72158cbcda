const idLength = 64;

/** The ids of a list of photos, which come as one text. */
export const splitIds = (ids: string): string[] =>
  Array.from({ length: ids.length / idLength }, (_, i) => ids.slice(i * idLength, (i + 1) * idLength));
