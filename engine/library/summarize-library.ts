import { z } from 'zod';
import type { ProjectSummary } from '../../contract/index.ts';
import { listLabels } from './labels.ts';
import type { Library } from './library.ts';
import { undoable } from './undo.ts';

const counts = z.object({ photos: z.number(), unlabelled: z.number(), excluded: z.number() });

/** What a project's database says of itself at a glance. */
export function summarizeLibrary(
  library: Library,
): Pick<ProjectSummary, 'photos' | 'labels' | 'unlabelled' | 'excluded' | 'skipped' | 'undo' | 'redo'> {
  const found = library.first(
    counts,
    `SELECT count(*) FILTER (WHERE excluded = 0) AS photos,
       count(*) FILTER (WHERE excluded = 0 AND label IS NULL) AS unlabelled,
       count(*) FILTER (WHERE excluded = 1) AS excluded FROM present_photos`,
  );
  const skipped = library.first(z.object({ n: z.number() }), 'SELECT count(*) AS n FROM skipped');
  return {
    ...(found ?? { photos: 0, unlabelled: 0, excluded: 0 }),
    labels: listLabels(library).map(({ name, colour, photos }) => ({ name, colour, photos })),
    skipped: skipped?.n ?? 0,
    ...undoable(library),
  };
}
