// Light or dark: the reader's system decides unless the view says otherwise.

import type { ThemeName } from "./view";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function applyTheme(theme: ThemeName | null): void {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

export function systemTheme(): ThemeName {
  return dark.matches ? "dark" : "light";
}

/** Calls `listener` when the system's own theme changes; the answer stops it. */
export function onSystemTheme(listener: () => void): () => void {
  dark.addEventListener("change", listener);
  return () => dark.removeEventListener("change", listener);
}
