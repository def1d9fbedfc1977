// Which areas a panel speaks of.

import type { Page } from "../page.svelte";
import { MOST_BESIDE, type NamedSet } from "../ref";
import { say } from "../words";

/** An area with its geography. */
export interface Subject {
  geography: string;
  code: string;
}

/**
 * The selected areas, in the order of their numbers on the map; the one that the keyboard or a tap
 * is at joins them. Where there is none, the worst areas, which the map numbers then.
 */
export function subjectsOf(page: Page): Subject[] {
  const geography = page.scene?.geography.id;
  const codes = page.picture?.areas.columns.code;
  if (!geography || !codes) return [];
  const byIndex = (index: number): Subject[] => {
    const code = codes[index];
    return code === undefined ? [] : [{ geography, code }];
  };
  const selected = page.view.areas.map((ref) => ({
    geography: ref.geography ?? geography,
    code: ref.code,
  }));
  const isKnown = (other: Subject) => selected.some((subject) => isSame(subject, other));
  const joining =
    page.pointing.focused === null
      ? []
      : byIndex(page.pointing.focused).filter((area) => !isKnown(area));
  const chosen = [...selected, ...joining];
  return chosen.length > 0 ? chosen : page.worst.flatMap(byIndex);
}

/** The one area that a panel speaks of: where the keyboard is, else the selected one that the card shows, else the worst. */
export function subjectOf(page: Page): Subject | null {
  const subjects = subjectsOf(page);
  if (page.view.areas.length === 0 && page.pointing.focused === null) return subjects[0] ?? null;
  if (page.pointing.focused === null && page.selecting.foremost !== null) {
    const [code] = page.codesOf([page.selecting.foremost]);
    const foremost = subjects.find((subject) => subject.code === code);
    if (foremost) return foremost;
  }
  return subjects.at(-1) ?? null;
}

/**
 * What is looked at as one, which comes before single areas: the reader's sets, and several selected areas together,
 * unless one of the sets is them.
 */
export function togetherOf(page: Page): NamedSet[] {
  const { scene, view } = page;
  if (!scene) return [];
  const geography = scene.geography.id;
  const name = say("selection-name");
  // Both names that panels give it.
  const names = [name, say("the-selection")];
  const codes = [...new Set(view.areas.map(({ code }) => code))].sort();
  const isOfOne = view.areas.every((ref) => (ref.geography ?? geography) === geography);
  const isKnown = scene.sets.some(
    (set) =>
      names.includes(set.name) || (set.geography === geography && `${set.codes}` === `${codes}`),
  );
  return codes.length > 1 && isOfOne && !isKnown
    ? [...scene.sets, { name, geography, codes }]
    : scene.sets;
}

/** Whether these are the selected areas, which have no name of their own. */
export function isSelection(set: { name: string }, { scene }: Page): boolean {
  return !scene?.sets.some(({ name }) => name === set.name);
}

export function isSame(a: Subject, b: Subject): boolean {
  return a.geography === b.geography && a.code === b.code;
}

/** As many as are answered one by one: of more the worst by what the map shows, as the comparison has them. */
export function answeredOf({ picture }: Page, subjects: readonly Subject[]): readonly Subject[] {
  if (subjects.length <= MOST_BESIDE || !picture) return subjects;
  const { areas, index, classes } = picture;
  const rankOf = ({ geography, code }: Subject) =>
    (geography === areas.geography && classes.rank.values[index.get(code) ?? -1]) ||
    areas.count + 1;
  return [...subjects].sort((a, b) => rankOf(a) - rankOf(b)).slice(0, MOST_BESIDE);
}

/** Which of many areas these are; nothing where all are answered. */
export function answeredWords({ picture }: Page, n: number): string | null {
  const rank = picture?.classes.rank;
  if (n <= MOST_BESIDE || !rank) return null;
  const words = { listed: MOST_BESIDE, n };
  return rank.n > 0
    ? say("worst-answered", { ...words, end: rank.called })
    : say("first-answered", words);
}
