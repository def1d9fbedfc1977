// Absence is drawn, not coloured: dots where there is no data, hatching where a figure is hidden
// to protect privacy. Squares of six pixels that repeat.

export interface PatternColours {
  ground: string;
  ink: string;
}

type Context = OffscreenCanvasRenderingContext2D;

export function dotted(context: Context, { ground, ink }: PatternColours): void {
  cover(context, ground);
  context.fillStyle = ink;
  context.beginPath();
  context.arc(3, 3, 0.9, 0, 2 * Math.PI);
  context.fill();
}

export function hatched(context: Context, { ground, ink }: PatternColours): void {
  cover(context, ground);
  context.strokeStyle = ink;
  context.lineWidth = 1;
  context.beginPath();
  // Three strokes, so that the line is whole across the corners of neighbouring squares.
  for (const shift of [-6, 0, 6]) {
    context.moveTo(shift - 1, 7);
    context.lineTo(shift + 7, -1);
  }
  context.stroke();
}

function cover(context: Context, ground: string): void {
  context.fillStyle = ground;
  context.fillRect(0, 0, 6, 6);
}
