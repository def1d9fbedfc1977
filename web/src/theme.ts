// Light or dark: the reader's system decides unless the view says otherwise.

import type { ThemeName } from "./view";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function applyTheme(theme: ThemeName | null): void {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

/** Dark colours are for screens: paper has light ones, and afterwards the view's own are back. */
export function lightOnPaper(chosen: () => ThemeName | null): () => void {
  const light = () => applyTheme("light");
  const back = () => applyTheme(chosen());
  window.addEventListener("beforeprint", light);
  window.addEventListener("afterprint", back);
  return () => {
    window.removeEventListener("beforeprint", light);
    window.removeEventListener("afterprint", back);
  };
}

export function systemTheme(): ThemeName {
  return dark.matches ? "dark" : "light";
}

/** Calls `listener` when the system's own theme changes; the answer stops it. */
export function onSystemTheme(listener: () => void): () => void {
  dark.addEventListener("change", listener);
  return () => dark.removeEventListener("change", listener);
}
