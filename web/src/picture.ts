// Everything that one view draws from, gathered whole: map, legend, list and card always speak of
// the same indicator, because they read the same picture.

import { getAreas, getClasses, getValues } from "./api";
import type { AreaColumns, Atlas, Classes, Indicator, PeriodValues } from "./contract";
import { classQuery } from "./legend/asked";
import { type Answer, loadAnswer, shownAs } from "./modes/answer";
import { modeKey } from "./modes/asked";
import { prepareOrder } from "./name-order";
import type { Scene } from "./scene";
import { type View, writeRef } from "./view";
import { say } from "./words";

export interface Picture {
  /** The question that this answers. */
  key: string;
  scene: Scene;
  areas: AreaColumns;
  index: Map<string, number>;
  parentAreas: AreaColumns | null;
  values: PeriodValues;
  classes: Classes;
  /** What the mode found, where it is another than the map of values. */
  answer: Answer | null;
  /** The indicator as it is published, where values are changes of it. */
  before: Indicator | null;
  /** Residents, or whichever count the atlas accompanies its areas by. */
  people: { name: string; period: string; values: (number | null)[] } | null;
}

export function pictureKey(scene: Scene, view: View): string {
  return [
    scene.geography.id,
    scene.indicator.id,
    scene.period,
    scene.within && writeRef(scene.within),
    ...Object.values(classQuery(scene)),
    modeKey(view, scene),
  ].join(" ");
}

/** What the map is coloured by: it need not wait for names. */
export type Tint = Pick<Picture, "scene" | "values" | "classes" | "answer" | "before">;

/** `tinted` is told of the colours as soon as they are there. */
export async function loadPicture(
  scene: Scene,
  view: View,
  atlas: Atlas,
  signal: AbortSignal,
  tinted: (tint: Tint) => void = () => {},
): Promise<Picture> {
  const { edition } = atlas;
  const { geography, parent } = scene;
  const [areas, parentAreas, tint, people] = await Promise.all([
    loadAreas(edition, geography.id, signal),
    parent && getAreas(edition, parent.id, signal),
    loadTint(scene, view, edition, signal).then((tint) => {
      tinted(tint);
      return tint;
    }),
    loadPeople(scene, atlas, signal),
  ]);
  return {
    ...tint,
    key: pictureKey(scene, view),
    areas,
    index: indexOf(areas),
    parentAreas,
    people: people && peopleOf(people, tint.classes),
  };
}

/** Asks for what a picture is coloured by, so that it is there when it is wanted. */
export async function loadTint(
  scene: Scene,
  view: View,
  edition: string,
  signal?: AbortSignal,
): Promise<Tint> {
  const { geography, indicator, period } = scene;
  const within = scene.within && writeRef(scene.within);
  const query = classQuery(scene);
  const [values, classes, answer] = await Promise.all([
    getValues(edition, geography.id, indicator.id, period, signal),
    getClasses(edition, geography.id, indicator.id, { period, within, ...query }, signal),
    loadAnswer(scene, view, edition, signal),
  ]);
  const column = values.periods[period];
  if (!column) throw new Error(say("no-values", { indicator: indicator.name, period }));
  const before = answer?.mode === "change" ? indicator : null;
  return shownAs({ scene, values: column, classes, answer, before }, answer);
}

/** The areas, and the order of their names. */
async function loadAreas(edition: string, geography: string, signal: AbortSignal) {
  const areas = await getAreas(edition, geography, signal);
  await prepareOrder(areas.columns.name);
  return areas;
}

const indexes = new WeakMap<AreaColumns, Map<string, number>>();

/** The position of each code. */
function indexOf(areas: AreaColumns): Map<string, number> {
  let index = indexes.get(areas);
  if (!index) {
    index = new Map(areas.columns.code.map((code, i) => [code, i]));
    indexes.set(areas, index);
  }
  return index;
}

async function loadPeople({ geography, people }: Scene, atlas: Atlas, signal: AbortSignal) {
  if (people === null) return null;
  // The picture is whole without them.
  return getValues(atlas.edition, geography.id, people, null, signal).catch((error) => {
    if (signal.aborted) throw error;
    return null;
  });
}

function peopleOf(
  people: { periods: Record<string, PeriodValues>; indicator: string },
  classes: Classes,
): Picture["people"] {
  const named = classes.people.find((item) => item.indicator === people.indicator);
  const entry = Object.entries(people.periods)[0];
  if (!entry || !named) return null;
  return { name: named.name, period: entry[0], values: entry[1].values };
}
