import { count } from '../../words/index.ts';

const kind = 'application/x-scenelab-photos';

/** Starts dragging the chosen photos; under the pointer goes their number. */
export function carryPhotos(event: DragEvent, photos: number): void {
  if (!event.dataTransfer) return;
  event.dataTransfer.setData(kind, '');
  event.dataTransfer.effectAllowed = 'link';
  const badge = document.createElement('div');
  badge.className = 'carried';
  badge.textContent = count(photos);
  document.body.append(badge);
  event.dataTransfer.setDragImage(badge, -8, -8);
  // The browser takes its picture of the badge right after this event.
  setTimeout(() => badge.remove());
}

/** Whether photos of the grid are what is being dragged. */
export const carriesPhotos = (event: DragEvent): boolean => event.dataTransfer?.types.includes(kind) ?? false;
