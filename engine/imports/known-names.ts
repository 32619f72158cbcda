import { extname } from 'node:path';
import { projectEnding } from '../library/project-name.ts';

/** Folders that systems, network drives and programs leave behind, and projects of our own. */
const systemFolders = new Set([
  '@eadir',
  '#recycle',
  '$recycle.bin',
  'system volume information',
  '__macosx',
  'lost+found',
]);

const systemFiles = new Set(['thumbs.db', 'ehthumbs.db', 'desktop.ini', 'icon\r', 'albumartsmall.jpg']);

/** What stands beside photos and says something about them. */
const sidecars = new Set(
  '.xmp .aae .thm .pp3 .dop .cos .on1 .dxo .json .txt .csv .tsv .xml .yml .yaml .ini .db .nfo .log .md .html .htm .url .lnk .m3u'.split(
    ' ',
  ),
);

const videos = new Set(
  '.mp4 .m4v .mov .avi .mkv .webm .mts .m2ts .mpg .mpeg .wmv .3gp .3g2 .flv .ogv .insv .lrv .vob .asf'.split(
    ' ',
  ),
);

/** Whether a folder is no place for photos: hidden, a system's, or a project's own. */
export function isSystemFolder(name: string): boolean {
  return name.startsWith('.') || systemFolders.has(name.toLowerCase()) || name.endsWith(projectEnding);
}

/** Whether a file is left alone without a word: hidden (also `._x` of a Mac), a system's, or a sidecar. */
export function isSystemFile(name: string): boolean {
  return (
    name.startsWith('.') || systemFiles.has(name.toLowerCase()) || sidecars.has(extname(name).toLowerCase())
  );
}

/** Whether a file calls itself a video, which is not worth reading to find out. */
export function isVideo(name: string): boolean {
  return videos.has(extname(name).toLowerCase());
}
