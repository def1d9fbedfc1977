// Figures and periods as people read them. Nothing here computes: it only rounds and names.

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

/** A figure with its unit: `12.3%`, `£12`, `12.3 per 1,000 residents`. */
export function formatValue(value: number, decimals: number, unit: string): string {
  const figure = formatNumber(value, decimals);
  if (unit === "%") return `${figure}%`;
  if (unit === "£") return figure.startsWith("−") ? `−£${figure.slice(1)}` : `£${figure}`;
  return unit === "" ? figure : `${figure} ${unit}`;
}

/** The unit where it stands apart from its figure; what hugs the figure is left out. */
export function standingUnit(unit: string): string {
  return unit === "%" || unit === "£" ? "" : unit;
}

/** A figure with only the signs that hug it. */
export function formatFigure(value: number, decimals: number, unit: string): string {
  return formatValue(value, decimals, standingUnit(unit) === "" ? unit : "");
}

/** `+1.3`, `−1.3`, or `0.0`. */
export function formatDifference(value: number, decimals: number): string {
  const figure = formatNumber(value, decimals);
  const isZero = !/[1-9]/.test(figure);
  return value > 0 && !isZero ? `+${figure}` : figure;
}

export function formatCount(value: number): string {
  return formatNumber(value, 0);
}

/** `1 area`, `1,388 areas`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `2018-07` is July 2018, `2019-Q2` April to June 2019, `2017-2019` 2017 to 2019; the rest speaks for itself. */
export function formatPeriod(period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) return `${MONTHS[Number(month[2]) - 1] ?? month[2]} ${month[1]}`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) {
    const first = (Number(quarter[2]) - 1) * 3;
    return `${MONTHS[first]} to ${MONTHS[first + 2]} ${quarter[1]}`;
  }
  const years = /^(\d{4})-(\d{4})$/.exec(period);
  if (years) return `${years[1]} to ${years[2]}`;
  return period;
}

/** The same, as short as a control needs: `Jul 2018`. */
export function formatShortPeriod(period: string): string {
  const month = /^(\d{4})-(\d{2})$/.exec(period);
  if (month) return `${(MONTHS[Number(month[2]) - 1] ?? "").slice(0, 3)} ${month[1]}`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) return `Q${quarter[2]} ${quarter[1]}`;
  return formatPeriod(period);
}

/** `2011`, or `2016–2018` for the first and last of several. */
export function formatPeriods(periods: readonly string[]): string {
  const first = periods[0];
  const last = periods.at(-1);
  if (first === undefined || last === undefined) return "";
  if (first === last) return formatShortPeriod(first);
  return `${formatShortPeriod(first)} to ${formatShortPeriod(last)}`;
}

/** A date of the metadata: `30 September 2018`. */
export function formatDate(date: string): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (!parts) return formatPeriod(date);
  return `${Number(parts[3])} ${MONTHS[Number(parts[2]) - 1] ?? parts[2]} ${parts[1]}`;
}

export function formatOrdinal(n: number): string {
  const lastTwo = n % 100;
  const ending = lastTwo >= 11 && lastTwo <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${formatCount(n)}${ending}`;
}

/** `Highest`, `3rd highest`, `Joint 3rd highest`. */
export function formatRank(rank: number, first: string, shared: boolean): string {
  const words = rank === 1 ? first : `${formatOrdinal(rank)} ${first}`;
  return capitalise(shared ? `joint ${words}` : words);
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const STATUS_WORDS: Record<string, string> = {
  suppressed: "Hidden to protect privacy",
  "not-available": "No data",
  "not-applicable": "Does not apply here",
  low: "Low number",
  "low-reliability": "Low reliability",
  provisional: "Provisional",
  revised: "Revised",
  break: "Not comparable with earlier periods",
  modelled: "Modelled",
};

/** Why there is no value, or the note beside one. */
export function statusWords(status: readonly string[]): string {
  return status.map((word) => STATUS_WORDS[word] ?? word).join("; ");
}

/** What stands where a value would: its reason, or plainly "No data". */
export function absenceWords(status: readonly string[]): string {
  return statusWords(status) || "No data";
}
