// Absence is drawn, not coloured: dots where there is no data, hatching where a figure is hidden
// to protect privacy.

export interface PatternColours {
  ground: string;
  ink: string;
}

export function dotted({ ground, ink }: PatternColours): CanvasPattern | string {
  return tile(6, ground, (context) => {
    context.fillStyle = ink;
    context.beginPath();
    context.arc(3, 3, 0.9, 0, 2 * Math.PI);
    context.fill();
  });
}

export function hatched({ ground, ink }: PatternColours): CanvasPattern | string {
  return tile(6, ground, (context) => {
    context.strokeStyle = ink;
    context.lineWidth = 1;
    context.beginPath();
    // Three strokes, so that the line is whole across the corners of neighbouring tiles.
    for (const shift of [-6, 0, 6]) {
      context.moveTo(shift - 1, 7);
      context.lineTo(shift + 7, -1);
    }
    context.stroke();
  });
}

function tile(
  size: number,
  ground: string,
  draw: (context: CanvasRenderingContext2D) => void,
): CanvasPattern | string {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext("2d");
  if (!context) return ground;
  context.fillStyle = ground;
  context.fillRect(0, 0, size, size);
  draw(context);
  return context.createPattern(canvas, "repeat") ?? ground;
}
