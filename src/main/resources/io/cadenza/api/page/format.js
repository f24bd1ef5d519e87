// How values and times are written.

const SUFFIXES = [[1e18, "E"], [1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]];

/** A value with a suffix and about as many digits as given: 1.234k. */
export function number(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return "–";
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? "∞" : "−∞";
  }
  const size = Math.abs(value);
  if (size !== 0 && size < 1e-4) {
    return value.toExponential(Math.max(0, digits - 2)).replace(/\.?0+e/, "e");
  }
  const [factor, suffix] = SUFFIXES.find(([least]) => size >= least) ?? [1, ""];
  return String(Number((value / factor).toPrecision(digits))) + suffix;
}

/** Labels of an axis: as many digits as tell one from the next. */
export function axisNumbers(splits) {
  const step = splits.length > 1 ? Math.abs(splits[1] - splits[0]) : 1;
  return splits.map((value) => {
    if (Math.abs(value) < step * 1e-6) {
      return "0";
    }
    const digits = Math.ceil(Math.log10(Math.abs(value) / step)) + 2;
    return number(value, Math.min(12, Math.max(2, digits)));
  });
}

const two = (value) => String(value).padStart(2, "0");
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export const clock = (date, seconds) =>
  two(date.getHours()) + ":" + two(date.getMinutes()) + (seconds ? ":" + two(date.getSeconds()) : "");

export const dayAndMonth = (date) => date.getDate() + " " + MONTHS[date.getMonth()];

/** Labels of the time axis; midnights and new years are told by their names. */
export function axisTimes(splits, step) {
  return splits.map((second) => {
    const date = new Date(second * 1000);
    if (step >= 27 * 86400) {
      return date.getMonth() === 0 ? String(date.getFullYear()) : MONTHS[date.getMonth()];
    }
    const midnight = date.getHours() + date.getMinutes() + date.getSeconds() === 0;
    return step >= 86400 || midnight ? dayAndMonth(date) : clock(date, step < 60);
  });
}

/** A time for people, in the clock of the browser: 2024-11-29 17:05:00. */
export function time(second) {
  const date = new Date(second * 1000);
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return day + " " + clock(date, true);
}

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
