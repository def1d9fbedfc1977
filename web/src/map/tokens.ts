// The page's colours as a canvas takes them.

export interface Tokens {
  land: string;
  paper: string;
  ink: string;
  selected: string;
  areaLine: string;
  areaLineDark: string;
  borderLine: string;
  absent: string;
  absentInk: string;
  halo: string;
}

export function readTokens(element: HTMLElement): Tokens {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    land: token("land"),
    paper: token("paper"),
    ink: token("ink"),
    selected: token("selected"),
    areaLine: token("area-line"),
    areaLineDark: token("area-line-dark"),
    borderLine: token("border-line"),
    absent: token("absent"),
    absentInk: token("absent-ink"),
    halo: token("halo"),
  };
}
