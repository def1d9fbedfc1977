// Figures and dates as people read them. Nothing here computes: it only rounds and names.

import { say } from "./words";

const LOCALE = "en-GB";
const formatters = new Map<number, Intl.NumberFormat>();

function fixed(decimals: number): Intl.NumberFormat {
  let formatter = formatters.get(decimals);
  if (!formatter) {
    formatter = new Intl.NumberFormat(LOCALE, {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      // No "−0.0" for what rounds to nothing.
      signDisplay: "negative",
    });
    formatters.set(decimals, formatter);
  }
  return formatter;
}

/** A figure with thousands separators, rounded half away from zero, with a real minus sign. */
export function formatNumber(value: number, decimals: number): string {
  // Given as text, Intl rounds the decimal figure that was published (1.005 becomes 1.01)
  // and not its binary neighbour.
  const text = String(value) as Intl.StringNumericLiteral;
  return fixed(decimals).format(text).replace("-", "−");
}

/** The number that a reader sees, as a number. */
export function asShown(value: number, decimals: number): number {
  return Number(formatNumber(value, decimals).replaceAll(",", "").replace("−", "-"));
}

/** What a value is measured in. */
export interface Measure {
  decimals: number;
  unit: string;
  /** Whether a figure is always written with its sign. */
  signed?: boolean;
  /** Of categories, whose values are their numbers counted from 1: their names. */
  categories?: readonly string[];
}

/** A value with its unit: `12.3%`, `£512 per week`, `12.3 per 1,000 residents`; of a category its name. */
export function formatValue(value: number, measure: Measure): string {
  const unit = standingUnit(measure.unit);
  const figure = formatFigure(value, measure);
  return unit === "" || nameOfCategory(value, measure) ? figure : `${figure} ${unit}`;
}

/** A value with only the sign of its unit, by the same rules as the server: `tests/both/figures.json` has their cases. */
export function formatFigure(value: number, measure: Measure): string {
  const name = nameOfCategory(value, measure);
  if (name) return name;
  const figure = measure.signed
    ? formatDifference(value, measure.decimals)
    : formatNumber(value, measure.decimals);
  if (measure.unit === "%") return `${figure}%`;
  return isInPounds(measure.unit) ? figure.replace(/^[−+]?/, (sign) => `${sign}£`) : figure;
}

function nameOfCategory(value: number, { categories }: Measure): string | undefined {
  return categories?.[value - 1];
}

/** Thousands of pounds, `£000s`, have no sign at their figures. */
function isInPounds(unit: string): boolean {
  return /^£( |$)/.test(unit);
}

/** What of a unit stands after its figures: all but the sign that stands at them. */
export function standingUnit(unit: string): string {
  if (unit === "%") return "";
  return isInPounds(unit) ? unit.slice(2) : unit;
}

/** The unit above or beside bare figures; a sign alone says nothing there. */
export function unitAbove(unit: string): string {
  return standingUnit(unit) === "" ? "" : unit;
}

/** `+1.3`, `−1.3`, or `0.0`. */
export function formatDifference(value: number, decimals: number): string {
  const figure = formatNumber(value, decimals);
  const isZero = !/[1-9]/.test(figure);
  return value > 0 && !isZero ? `+${figure}` : figure;
}

/** How a count of people stands in a sentence: those of a population are people. */
export function formatPeople(count: number, name: string): string {
  const counted = name
    .toLowerCase()
    .replace(
      /^((total|resident|usual resident) )?population(?=$|, | aged | under | over )/,
      say("people-counted"),
    );
  return `${formatCount(count)} ${counted}`;
}

export function formatCount(value: number): string {
  return formatNumber(value, 0);
}

/** `1 area`, `1,388 areas`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

const DAY = new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat(LOCALE, { month: "long", year: "numeric", timeZone: "UTC" });

/** A date of the metadata, which is a day, a month or a year: `30 September 2018`. */
export function formatDate(date: string): string {
  const isMonth = /^\d{4}-\d{2}$/.test(date);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(date);
  const time = new Date(date);
  if (!(isMonth || isDay) || Number.isNaN(time.getTime())) return date;
  return (isDay ? DAY : MONTH).format(time);
}

export function formatOrdinal(n: number): string {
  const lastTwo = n % 100;
  const ending = lastTwo >= 11 && lastTwo <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${formatCount(n)}${ending}`;
}

const LIST = new Intl.ListFormat(LOCALE);

/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
  return LIST.format(items);
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why there is no value, or the note beside one. */
export function statusWords(status: readonly string[]): string {
  return status.map((word) => say(`status-${word}`)).join("; ");
}

/** Why a sum has no value: the share of people that is covered is too little. */
export function coverageWords(share: number): string {
  // 79.6% is less than the 80% that are needed.
  return share === 0
    ? say("coverage-none")
    : say("coverage-too-little", { share: Math.min(Math.round(share * 100), 79) });
}

/** What stands where a value would: its reason, or plainly "No data". */
export function absenceWords(status: readonly string[]): string {
  return statusWords(status) || say("status-not-available");
}
