// Every state in which the page can be met, and how one comes to it.

import type { Page } from "@playwright/test";
import { expect, ready } from "./atlas";

export interface State {
  name: string;
  /** The address; of several areas, indicators and editions what the atlas has is filled in. */
  path?: string;
  /** What is done before the page is opened. */
  before?: (page: Page, known: Known) => Promise<unknown>;
  /** What is done when the page is there. */
  then?: (page: Page, known: Known) => Promise<unknown>;
  /** What is judged, where the rest of the page is out of reach meanwhile. */
  part?: string;
  /** What lies behind something else meanwhile, and cannot be pressed. */
  behind?: string;
  /** The page never comes to show a map, or the list no areas. */
  isWithoutMap?: boolean;
  /** It has the size of paper, and nothing that can be pressed. */
  isOnPaper?: boolean;
}

/** What the atlas holds. */
export interface Known {
  edition: string;
  atlas: any;
  /** Two areas. */
  codes: string;
  /** An indicator that is not published for the smallest areas. */
  elsewhere: string;
}

const press = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();
const shown = (page: Page, role: "dialog" | "alert") => expect(page.getByRole(role).first()).toBeVisible();
const search = (page: Page) => page.getByRole("combobox", { name: /Find a place/ });
const filled = (page: Page) =>
  expect(page.getByRole("tabpanel").getByText(/\d/).filter({ visible: true }).first()).toBeVisible();

function dialogOf(name: string, button: string | RegExp): State {
  return {
    name,
    then: async (page) => {
      await press(button)(page);
      await shown(page, "dialog");
    },
    part: "dialog[open]",
  };
}

const refusal = (page: Page, address: RegExp, problem: { title: string; status: number; [key: string]: unknown }) =>
  page.route(address, (route) =>
    route.fulfill({ status: problem.status, contentType: "application/problem+json", body: JSON.stringify(problem) }),
  );

export const STATES: State[] = [
  {
    name: "loading",
    before: (page) => page.route("**/api/v1/**", () => {}),
    then: (page) => expect(page.getByText("Loading")).toBeAttached(),
    behind: ".map-frame",
    isWithoutMap: true,
  },
  { name: "loaded" },
  { name: "trend", path: "/?panel=trend", then: filled },
  { name: "relation", path: "/?panel=relation", then: filled },
  { name: "profile", path: "/?panel=profile&areas={codes}", then: filled },
  dialogOf("chooser", /^Indicator:/),
  dialogOf("about the indicator", "About this indicator"),
  dialogOf("share", "Share"),
  dialogOf("words explained", "Words explained"),
  {
    name: "keys",
    then: async (page) => {
      await page.keyboard.press("?");
      await shown(page, "dialog");
    },
    part: "dialog[open]",
  },
  {
    name: "search, found",
    then: async (page) => {
      await search(page).fill("leeds");
      await expect(page.getByRole("option").first()).toBeVisible();
    },
    behind: "main",
  },
  {
    name: "search, nothing found",
    then: async (page) => {
      await search(page).fill("nowhere at all");
      await expect(page.getByText(/Nothing found/).first()).toBeVisible();
    },
    behind: "main",
  },
  {
    name: "help beside a figure",
    then: press("What is this: Classes"),
  },
  {
    name: "classes and colours",
    then: async (page) => {
      await press("Change the classes and colours")(page);
      await expect(page.getByLabel("Equal step")).toBeAttached();
    },
  },
  {
    name: "card of an area",
    then: async (page) => {
      await page.getByRole("application").focus();
      await page.keyboard.press("ArrowRight");
      await expect(page.getByRole("region", { name: "The area" })).toBeVisible();
    },
  },
  {
    name: "areas compared",
    path: "/?areas={codes}",
    then: (page) => expect(page.getByRole("region", { name: "Compared" })).toBeVisible(),
  },
  {
    name: "selection explained",
    path: "/?areas={codes}",
    then: async (page) => {
      await press("About this selection")(page);
      await expect(page.getByRole("region", { name: "About this selection" })).toBeVisible();
    },
    // On a phone it is a sheet over the foot of the page.
    behind: "footer",
  },
  {
    name: "ways to select",
    then: async (page) => {
      await press(/^Select$/)(page);
      await expect(page.getByRole("region", { name: "Select areas" })).toBeVisible();
    },
    // On a phone it is a sheet over the foot of the page.
    behind: "footer",
  },
  {
    name: "filter",
    path: "/?filter=crime%3E%3D40",
    then: (page) => expect(page.locator(".kept")).toBeVisible(),
  },
  {
    name: "filter that nothing passes",
    path: "/?filter=crime%3E%3D100000",
    then: (page) => expect(page.getByText(/^No areas/).first()).toBeVisible(),
    isWithoutMap: true,
  },
  {
    name: "filter, being written",
    then: async (page) => {
      await page.getByLabel("Show as").selectOption("Filter…");
      await expect(page.getByRole("button", { name: "Filter the map" })).toBeVisible();
    },
    behind: "footer",
  },
  {
    name: "around a place",
    then: async (page) => {
      await press(/^Select$/)(page);
      await press("Around a place")(page);
      await expect(page.getByRole("region", { name: "Select areas" }).locator(".form")).toBeVisible();
    },
    behind: "footer",
  },
  {
    name: "a line being drawn",
    then: async (page) => {
      await press(/^Select$/)(page);
      await press("Inside a line that you draw")(page);
      await expect(page.getByRole("region", { name: "Select areas" }).locator(".form")).toBeVisible();
    },
    behind: "footer",
  },
  {
    name: "a set being renamed",
    path: "/?set=North~lsoa11:{codes}",
    then: async (page) => {
      await press("Rename North")(page);
      await expect(page.getByRole("textbox", { name: "Name of the set" })).toBeVisible();
    },
  },
  {
    name: "list in which nothing is found",
    then: async (page) => {
      await page.getByRole("searchbox", { name: "Find in this list" }).fill("nowhere");
      await expect(page.getByText(/Nothing found/).first()).toBeVisible();
    },
  },
  {
    name: "classes of one's own",
    path: "/?method=custom&breaks=0,5,10,300",
    then: async (page) => {
      await press("Change the classes and colours")(page);
      await expect(page.locator(".legend .editor")).toBeVisible();
    },
  },
  {
    name: "trend as a table",
    path: "/?panel=trend",
    then: async (page) => {
      await page.getByText("As a table").click();
      await expect(page.getByRole("tabpanel").getByRole("table")).toBeVisible();
    },
  },
  { name: "hotspots", path: "/?mode=hotspots" },
  {
    name: "how hotspots are found",
    path: "/?mode=hotspots",
    then: async (page) => {
      await press("Change how hotspots are found")(page);
      await expect(page.locator(".options")).toBeVisible();
    },
  },
  { name: "change", path: "/?mode=change" },
  { name: "double map", path: "/?mode=double" },
  { name: "better or worse", path: "/?mode=significance" },
  {
    name: "notices",
    path: "/?indicator=gone&period=1066&areas=E00000000",
    then: (page) => expect(page.getByText(/“gone”/).first()).toBeVisible(),
  },
  {
    name: "not published here",
    path: "/?indicator={elsewhere}&geography=lsoa11",
    then: (page) => expect(page.getByText(/is not published for/).first()).toBeVisible(),
  },
  {
    name: "error",
    before: (page) => refusal(page, /\/classes\//, { title: "Busy", status: 503, detail: "The atlas is being published." }),
    then: (page) => shown(page, "alert"),
    behind: ".map-frame > :not([role=alert])",
    isWithoutMap: true,
  },
  {
    name: "error in a panel",
    path: "/?panel=trend",
    before: (page) => refusal(page, /\/trend\//, { title: "Busy", status: 503, detail: "Later, please." }),
    then: (page) => shown(page, "alert"),
  },
  {
    name: "withdrawn edition",
    before: (page) => refusal(page, /\/(classes|values)\//, { title: "Gone", status: 404, parameter: "edition" }),
    then: (page) => expect(page.getByRole("alert")).toContainText("withdrawn"),
    behind: ".map-frame > :not([role=alert])",
    isWithoutMap: true,
  },
  {
    name: "newer edition",
    path: "/?edition={edition}",
    before: (page, { atlas }) =>
      page.route(/\/api\/v1\/atlas$/, (route) => {
        const edition = "0123456789abcdef";
        const editions = [{ id: edition, built: "2030-01-01T00:00:00Z" }, ...atlas.editions];
        return route.fulfill({ json: { ...atlas, edition, editions } });
      }),
    then: (page) => expect(page.getByRole("button", { name: "Show the newest" })).toBeVisible(),
  },
  {
    name: "sheet of paper",
    then: async (page) => {
      await page.evaluate(() => {
        window.print = () => window.dispatchEvent(new Event("beforeprint"));
      });
      await press("Print")(page);
      await expect(page.locator("article")).toBeAttached();
      await page.emulateMedia({ media: "print" });
      await expect(page.getByRole("article")).toBeVisible();
    },
    part: "article",
    isOnPaper: true,
  },
  { name: "embed", path: "/embed" },
  {
    name: "embed, error",
    path: "/embed",
    before: (page) => refusal(page, /\/classes\//, { title: "Busy", status: 503, detail: "The atlas is being published." }),
    then: (page) => shown(page, "alert"),
    behind: ".map-frame > :not([role=alert])",
    isWithoutMap: true,
  },
  {
    name: "embed, withdrawn edition",
    path: "/embed",
    before: (page) => refusal(page, /\/(classes|values)\//, { title: "Gone", status: 404, parameter: "edition" }),
    then: (page) => expect(page.getByRole("alert")).toContainText("withdrawn"),
    behind: ".map-frame > :not([role=alert])",
    isWithoutMap: true,
  },
  { name: "embed, locked", path: "/embed?lock=indicator,geography,within,period,areas,legend,at" },
  { name: "table without script", path: "/table?geography=lad11", isWithoutMap: true },
  { name: "area without script", path: "/areas/lsoa11/{code}", isWithoutMap: true },
  { name: "no such area", path: "/areas/lsoa11/none", isWithoutMap: true },
];

/** What the atlas that is served holds, for the addresses of the states. */
export async function knownOf(api: (path: string) => Promise<any>): Promise<Known> {
  const atlas = await api("atlas");
  const { edition, view } = atlas;
  const { indicators } = await api(`${edition}/catalog`);
  const { areas } = await api(`${edition}/areas/${view.geography}`);
  return {
    edition,
    atlas,
    codes: [areas[3].code, areas[9].code].join(","),
    elsewhere: indicators.find((item: any) => !item.periods[view.geography]).id,
  };
}

/** Opens the page in a state. */
export async function arrange(page: Page, state: State, known: Known): Promise<void> {
  await state.before?.(page, known);
  const path = (state.path ?? "/").replace(/\{(\w+)\}/g, (_, name: string) =>
    name === "code" ? (known.codes.split(",")[0] ?? "") : String(known[name as keyof Known]),
  );
  await page.goto(path);
  if (!state.isWithoutMap) {
    if (path.startsWith("/embed")) await expect(page.locator(".legend li").first()).toBeVisible();
    else if (path.includes("panel=")) await expect(page.getByRole("application")).toBeVisible();
    else await ready(page);
  }
  await state.then?.(page, known);
}
