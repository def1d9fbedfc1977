// The shapes of the answers, as docs/api.md describes them.

export type LonLat = [number, number];
/** West, south, east, north. */
export type Bbox = [number, number, number, number];
export type Polarity = "high-is-bad" | "high-is-good" | "neutral";
export type Method = "quantile" | "equal" | "jenks" | "pretty" | "stddev" | "headtail" | "custom";

export interface Atlas {
  /** What the atlas covers, as it is called in a sentence. */
  place: string;
  id: string;
  title: string;
  attribution: string[];
  edition: string;
  /** All that can be read, the one that was built last first. */
  editions: { id: string; built: string | null }[];
  people: string[];
  /** What opens first: any parameter of the view. */
  view: { geography: string; indicator: string; period: string } & Record<string, string>;
  basemap: { url: string; attribution: string } | null;
  bbox: Bbox;
}

export interface Geography {
  id: string;
  name: string;
  singular: string;
  plural: string;
  /** The two with the vintage, where another geography's areas are called the same: "LSOA of 2021". */
  distinct_singular: string;
  distinct_plural: string;
  count: number;
  shape: boolean;
  /** Whether its areas cover the place without overlapping. */
  tiling: boolean;
  /** The geography whose areas its own are sets of. */
  of: string | null;
  parents: { geography: string; fit: string }[];
  bbox: Bbox | null;
}

export interface Theme {
  name: string;
  indicators: string[];
  themes: Theme[];
}

export interface Indicator {
  id: string;
  name: string;
  short: string;
  kind: string;
  unit: string;
  decimals: number;
  polarity: Polarity;
  /** How it adds up over areas; `none`: not at all. */
  aggregate: string;
  /** For ranks: how many were ranked. */
  out_of: number | null;
  /** What the bad and the good end are called, where the atlas names them. */
  worst: string | null;
  best: string | null;
  /** Among what a rank or a decile was made: "areas in England". */
  among: string | null;
  /** The rank or score that puts the areas of a decile in order. */
  ordered_by: string | null;
  /** Of rank, score and deciles of an index of deprivation: the small areas, their ranks, and the score that was ranked. */
  deprivation: { geography: string; rank: string; score: string | null } | null;
  /** Each decile in words; empty where there are none. */
  tenths: string[];
  /** Names of a category's values, which are numbers counted from 1. */
  categories: string[];
  themes: string[][];
  definition: string | null;
  source: string | null;
  source_url: string | null;
  licence: string | null;
  caveat: string | null;
  updated: string | null;
  frequency: string | null;
  next_due: string | null;
  owner: string | null;
  base: string | null;
  /** By geography, in time order. */
  periods: Record<string, string[]>;
  opens_at: string;
  /** The periods for which targets are set. */
  targets: string[];
  methods: string[];
  /** In which ways beside its values it can be shown. */
  modes: string[];
  /** Whether a figure is always written with its sign: a difference is. */
  signed?: boolean;
}

export interface Catalog {
  edition: string;
  geographies: Geography[];
  /** Areas without shape, such as the country, that others are held against. */
  comparators: { geography: string; code: string; name: string }[];
  themes: Theme[];
  indicators: Indicator[];
  /** Layers of places. */
  points: { id: string; name: string; count: number; attributes: string[] }[];
  /** Whether `locate` knows postcodes. */
  postcodes: boolean;
  /** Every period in words. */
  period_names: Record<string, string>;
}

export interface AreaColumns {
  geography: string;
  count: number;
  columns: {
    code: string[];
    name: string[];
    local_name: (string | null)[];
    parents: Record<string, (string | null)[]>;
    notes: string[][];
  };
}

/** Where the areas lie. */
export interface Positions {
  geography: string;
  columns: {
    centroid: (LonLat | null)[];
    label_point: (LonLat | null)[];
    bbox: (Bbox | null)[];
  };
}

export interface AreaRow {
  code: string;
  name: string;
  local_name: string | null;
  parents: Record<string, string | null>;
}

export interface AreaRows {
  geography: string;
  areas: AreaRow[];
}

export interface Located {
  /** As it is written, where one was asked for. */
  postcode?: string;
  /** Where it is, where that is known. */
  lon?: number | null;
  lat?: number | null;
  /** Empty outside the atlas. */
  areas: { geography: string; code: string; name: string; local_name: string | null }[];
  sentence: string;
}

/** The areas that pass a filter. */
export interface Filtered {
  geography: string;
  count: number;
  columns: { code: string[] };
  people: { indicator: string; name: string; period: string; total: number | null }[];
  sentence: string;
}

/** A layer of places. */
export type PlacesAnswer = GeoJSON.FeatureCollection<
  GeoJSON.Point,
  {
    name: string | null;
    /** The codes of the areas that it lies in, by geography. */
    areas: Record<string, string[]>;
    /** What else is published of it, by heading. */
    attributes?: Record<string, string | null>;
  }
>;

/** What tiles there are of a geography. */
export interface TileJson {
  maxzoom: number;
  bounds: Bbox;
}

export interface Neighbours {
  geography: string;
  /** The neighbours of area `i` are `indices[offsets[i]..offsets[i + 1]]`. */
  offsets: number[];
  indices: number[];
}

export interface PeriodValues {
  values: (number | null)[];
  status: Record<string, string[]>;
  /** What a reader must know of an area's value. */
  notes?: Record<string, string[]>;
  /** The share of people that a sum covers, where not all; without a value, the share that was too little. */
  coverage?: Record<string, number> | null;
  origin: string;
}

/** The 95% intervals of a period's values; `null` where there are none. */
export interface PeriodIntervals {
  lower: (number | null)[] | null;
  upper: (number | null)[] | null;
  /** How they were computed, or `as published`. */
  method: string | null;
}

export interface Values {
  geography: string;
  indicator: string;
  unit: string;
  decimals: number;
  periods: Record<string, PeriodValues>;
}

export interface People {
  indicator: string;
  name: string;
  period: string;
  values: (number | null)[];
}

export interface Classes {
  geography: string;
  indicator: string;
  method: string;
  requested_k: number;
  k: number;
  period: string;
  within: string | null;
  /** Whose values make the classes, and how many areas with a value these are. */
  scope: "atlas" | "within" | "selection";
  scope_n: number;
  n: number;
  missing: number;
  missing_by_status: Record<string, number>;
  /** The minimum, then upper bounds. */
  breaks: number[];
  counts: number[];
  people: People[];
  classes: (number | null)[];
  /** How many areas have which values; `null` for published classes. Bins are as breaks are. */
  histogram: { bins: number[]; counts: number[] } | null;
  note: string | null;
  /** Where nearly all areas are in one class, though their values differ. */
  crowded?: Crowded | null;
  /** What a reader's own classes begin with; `null` for published classes. */
  offered?: Offered | null;
  rank: Rank;
  worst: WorstClass | null;
  sentence: string;
  /** Whether several periods make the classes, which are then the same in every one. */
  still: boolean;
  /** Of a map whose colours are no classes of values: what its kinds are called. */
  kinds?: string[];
}

/** How many areas are in the one class, and how many would be in each if they were quantiles, where that would be better. */
export interface Crowded {
  areas: number;
  quantiles: number[] | null;
}

/** Bounds for classes of one's own: these, one class more and one less, and reaching to the areas that these leave out. */
export interface Offered {
  breaks: number[];
  more: number[] | null;
  fewer: number[] | null;
  reaching: number[] | null;
}

/** The class of rank 1, counted from 0, and the larger area that has most of it. */
export interface WorstClass {
  class: number;
  areas: number;
  most_in: { geography: string; code: string; name: string; areas: number } | null;
}

export interface Rank {
  values: (number | null)[];
  n: number;
  first: "highest" | "lowest";
  /** What that end is called. */
  called: string;
  /** What the other end is called. */
  called_last: string;
  scope: string;
}

/** Areas by kinds that have names. */
export interface Kinds {
  names: string[];
  counts: number[];
  people: People[];
  /** Of each area its kind, by its place among the names. */
  classes: (number | null)[];
}

export interface HotspotGroup {
  class: string;
  areas: string[];
  peak: string;
  name: string;
  people: { name: string; period: string; total: number | null }[];
}

export interface Hotspots {
  hotspot: string;
  n: number;
  tested: number;
  permutations: number;
  fdr: number;
  outcome: string;
  statistic: (number | null)[];
  p: (number | null)[];
  p_normal: (number | null)[];
  class: string[];
  groups: HotspotGroup[];
  pockets: string[];
  /** Where nothing is significant by permutation; groups and pockets are these where `kinds_by` says so. */
  by_normal: { class: string[]; groups: HotspotGroup[]; pockets: string[] } | null;
  highest: string[];
  lowest: string[];
  islands: string[];
  edge: string[];
  /** Where so few permutations cannot decide: the least number on offer that can. */
  offered: number | null;
  kinds: Kinds;
  kinds_by: "permutation" | "normal";
  /** That so few permutations cannot decide, and how many could. */
  note: string | null;
  sentence: string;
}

/** All areas against one benchmark. */
export interface Verdicts {
  against: string;
  name: string;
  benchmark: number | null;
  benchmarks: (number | null)[];
  kinds: Kinds;
  /** How many areas with a value are not compared, for which reason. */
  not_compared: Record<string, number>;
  sentence: string;
}

/** What changed between two periods. */
export interface Change {
  from: string;
  period: string;
  unit: string;
  decimals: number;
  values: (number | null)[];
  earlier: (number | null)[];
  later: (number | null)[];
  lower: (number | null)[];
  upper: (number | null)[];
  beyond_chance: (boolean | null)[];
  status: Record<string, string[]>;
  n: number;
  missing: number;
  missing_by_status: Record<string, number>;
  method: string;
  k: number;
  breaks: number[];
  counts: number[];
  people: People[];
  classes: (number | null)[];
  rank: Rank;
  /** All areas together, or the one that they lie in. */
  whole: { name: string; earlier: number; later: number; value: number } | null;
  sentence: string;
}

export interface Against {
  against: string;
  geography: string | null;
  code: string | null;
  name: string;
  value: number | null;
  status: string[];
  lower: number | null;
  upper: number | null;
  difference: number | null;
  reason: string | null;
  /** Whether the value differs from this by more than chance; `null` where that is not said. */
  significance: Significance | null;
  /** Why it is not said. */
  not_compared: string | null;
  /** How many of the areas in it are in the worst tenth, by a decile. */
  worst_tenth?: WorstTenth;
  /** Of a target. */
  target?: TargetOutcome;
}

export type Significance = "better" | "worse" | "similar" | "higher" | "lower";

export type Verdict = "met" | "near" | "missed";

/** How a value stands to its target. */
export interface TargetOutcome {
  /** `null` where neither end of the indicator is bad, or there is no value. */
  verdict: Verdict | null;
  words: string | null;
  baseline: number | null;
  tolerance: number | null;
}

export interface ComparedArea {
  geography: string;
  code: string;
  value: number | null;
  status: string[];
  lower: number | null;
  upper: number | null;
  method: string | null;
  rank: { rank: number; n: number; first: string; scope: string; words: string } | null;
  against: Against[];
}

export interface ComparedIndicator {
  indicator: string;
  name: string;
  short: string;
  kind: string;
  unit: string;
  decimals: number;
  polarity: Polarity;
  period: string;
  areas: ComparedArea[];
  sets: ComparedSet[];
}

/** How many of several areas are in the worst tenth. */
export interface WorstTenth {
  areas: number;
  of: number;
  words: string;
}

/** Areas that are looked at as one. They have no rank. */
export interface ComparedSet {
  set: string;
  value: number | null;
  status: string[];
  lower: number | null;
  upper: number | null;
  /** By what a mean or a ratio is weighted. */
  weighted_by: string | null;
  /** Why there is no value. */
  reason: string | null;
  /** How many of its areas are in the worst tenth, by a decile. */
  worst_tenth: WorstTenth | null;
  against: Against[];
}

/** How selected areas spread over larger ones. */
export interface Spread {
  areas: number;
  of: number;
  geography: string | null;
  parents: { code: string; name: string; areas: number; of: number }[];
  people: {
    indicator: string;
    name: string;
    period: string;
    total: number | null;
    of: number | null;
  }[];
  worst_tenths: { indicator: string; areas: number; of: number; words: string }[];
  sentence: string;
}

/** A set as it is named; the codes in their order. */
export interface SetEntry {
  name: string;
  geography: string;
  codes: string[];
}

export interface Compare {
  areas: {
    geography: string;
    code: string;
    name: string;
    local_name: string | null;
    parents: Record<string, string | null>;
  }[];
  sets: SetEntry[];
  people: (People & { total: number | null; sets: (number | null)[] })[];
  /** `null` without areas, and for areas of several geographies. */
  spread: Spread | null;
  indicators: ComparedIndicator[];
  sentence: string;
}

export interface TrendPoint {
  period: string;
  value: number | null;
  lower: number | null;
  upper: number | null;
  method: string | null;
  status: string[];
}

export interface AreaTrend {
  /** `null` for sets and for all areas together. */
  geography: string | null;
  code: string | null;
  name: string;
  local_name: string | null;
  /** In time order. */
  series: TrendPoint[];
  recent: {
    words: string;
    direction: "increasing" | "decreasing" | "none" | null;
    periods: string[];
    test: string | null;
    reason: string | null;
  };
}

export interface Trends {
  indicator: string;
  unit: string;
  decimals: number;
  polarity: Polarity;
  areas: AreaTrend[];
  sets: AreaTrend[];
  overall: AreaTrend | null;
  sentence: string;
}

export interface RelationAxis {
  indicator: string;
  name: string;
  period: string;
  unit: string;
  decimals: number;
}

export interface Correlation {
  coefficient: number;
  p: number;
  lower: number | null;
  upper: number | null;
}

export interface Limits {
  value: number;
  lower: number;
  upper: number;
}

export interface Relation {
  x: RelationAxis;
  y: RelationAxis;
  n: number;
  /** In the order of the geography; `null` in both for an area without one of the values. */
  pairs: { x: (number | null)[]; y: (number | null)[] };
  pearson: Correlation | null;
  spearman: Correlation | null;
  line: { slope: Limits; intercept: Limits; determination: number } | null;
  note: string | null;
  sentence: string;
}

export interface Quartiles {
  minimum: number;
  lower_quartile: number;
  median: number;
  upper_quartile: number;
  maximum: number;
}

export interface ProfileEntry extends Omit<ComparedIndicator, "period"> {
  /** `null` where it is published neither for the area nor for any around it. */
  period: string | null;
  shown_for: { geography: string; code: string; name: string } | null;
  quartiles: Quartiles | null;
}

/** Of an area, or of a set: then each entry has it in `sets`. */
export interface Profile {
  area?: Compare["areas"][number];
  set?: SetEntry;
  /** In the order of the catalogue. */
  indicators: ProfileEntry[];
  sentence: string;
}

export interface DeprivationMeasures {
  average_score: number | null;
  average_rank: number | null;
  most_deprived_tenth: number | null;
  extent: number | null;
  local_concentration: number | null;
}

/** The summary measures of larger areas, from the ranks of small ones. */
export interface Deprivation {
  /** Without a count of people only the worst tenth is known. */
  weighted_by: string | null;
  areas: ({
    code: string;
    name: string;
    ranks: DeprivationMeasures;
  } & DeprivationMeasures)[];
  sentence: string;
}
