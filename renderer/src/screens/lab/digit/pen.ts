import type { Ink } from '../../../state/drawing.svelte.ts';

/** A place on the paper, in its pixels. */
export interface Point {
  x: number;
  y: number;
}

/** As thick as MNIST's strokes are, when a digit fills most of the paper. */
const thickness = 22;
/** The engine brings a digit down to 20 pixels: more than this would only take longer to send. */
const sentSide = 140;
// Ink is what is opaque: the paper shines through elsewhere.
const inkColour = 'white';

/** Draws from one place to another, or with both the same a dot. */
export function line(paper: HTMLCanvasElement, from: Point, to: Point): void {
  const context = contextOf(paper);
  context.strokeStyle = inkColour;
  context.lineWidth = thickness;
  context.lineCap = context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
}

export function clear(paper: HTMLCanvasElement): void {
  contextOf(paper).clearRect(0, 0, paper.width, paper.height);
}

/** What is drawn, smaller. */
export function readInk(paper: HTMLCanvasElement): Ink {
  const small = new OffscreenCanvas(sentSide, sentSide);
  const context = contextOf(small);
  context.imageSmoothingQuality = 'high';
  context.drawImage(paper, 0, 0, sentSide, sentSide);
  const { data } = context.getImageData(0, 0, sentSide, sentSide);
  const values = Uint8Array.from({ length: sentSide * sentSide }, (_, i) => data[4 * i + 3] ?? 0);
  return { side: sentSide, values };
}

/** Puts ink of any size on all of the paper. */
export function drawInk(paper: HTMLCanvasElement, { side, values }: Ink): void {
  const small = new OffscreenCanvas(side, side);
  const image = new ImageData(side, side);
  values.forEach((ink, i) => image.data.set([255, 255, 255, ink], 4 * i));
  contextOf(small).putImageData(image, 0, 0);
  const context = contextOf(paper);
  context.imageSmoothingQuality = 'high';
  context.drawImage(small, 0, 0, paper.width, paper.height);
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D;
function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D;
function contextOf(canvas: HTMLCanvasElement | OffscreenCanvas) {
  // It is read after every stroke.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context) return context;
  throw new Error('This browser gives no place to draw on.');
}
