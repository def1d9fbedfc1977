// How light a colour looks: L* of CIELAB, 0 to 100. https://www.w3.org/TR/css-color-4/#lab-colors

export function lab(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map(linear);
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 216 / 24389 ? 116 * Math.cbrt(luminance) - 16 : (luminance * 24389) / 27;
}

function channels(colour: string): number[] {
  if (colour.startsWith("#")) {
    return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  }
  return (colour.match(/\d+/g) ?? []).map((channel) => Number(channel) / 255);
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
