/** The last part of a path, or the path itself: what people call a file or folder. */
export const lastName = (path: string): string => path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
