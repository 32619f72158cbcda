const language = 'en';
/** A number and its unit, between which no line ends. */
const measured = (figure: number | string, unit: string): string => `${figure}\u00a0${unit}`;
const whole = new Intl.NumberFormat(language);
const compactBytes = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 });
const compact = new Intl.NumberFormat(language, {
  notation: 'compact',
  compactDisplay: 'long',
  maximumSignificantDigits: 3,
});
const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
const dayAndTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });

/** 12345 → "12,345". */
export const count = (n: number): string => whole.format(n);

/** 1,399,500,000 → "1.4 billion". */
export const roughly = (n: number): string => compact.format(n);

/** 1, "photo" → "1 photo"; 3, "photo" → "3 photos". */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${count(n)} ${n === 1 ? one : many}`;

/** 0.886 → "89 %". Only all is "100 %" and only none "0 %": 0.997 → ">99 %", 0.004 → "<1 %". */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return measured('>99', '%');
  return rounded === 0 && share > 0 ? measured('<1', '%') : measured(rounded, '%');
}

/** 0.9766 with one digit → "97.7 %". */
export const precisely = (share: number, digits: number): string =>
  measured((100 * share).toFixed(digits), '%');

/** 0.99273 → "99.27 %". */
export const precisePercent = (share: number): string => precisely(share, 2);

/** A share of `n`: in hundredths of a percent where so many were counted that these tell something, else in whole ones. */
export const percentOf = (share: number, n: number): string =>
  n >= 1000 ? precisePercent(share) : percent(share);

/** Seconds for people: "8 s", "1 min 10 s", "2 h 5 min". Steps of 5 s and 10 s, so that it does not flicker. */
export function duration(seconds: number): string {
  if (seconds < 10) return measured(Math.max(1, Math.round(seconds)), 's');
  const rounded = seconds < 60 ? Math.round(seconds / 5) * 5 : Math.round(seconds / 10) * 10;
  if (rounded < 60) return measured(rounded, 's');
  const minutes = Math.floor(rounded / 60);
  if (minutes < 60) {
    const whole = measured(minutes, 'min');
    return rounded % 60 && minutes < 10 ? `${whole} ${measured(rounded % 60, 's')}` : whole;
  }
  const hours = measured(Math.floor(minutes / 60), 'h');
  return minutes % 60 ? `${hours} ${measured(minutes % 60, 'min')}` : hours;
}

/** Bytes in decimal units: "3.4 MB". */
export function bytes(n: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let size = n;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return measured(compactBytes.format(size), units[unit] ?? '');
}

/** "today", "yesterday", "3 days ago", then the date. */
export function when(iso: string, now = Date.now()): string {
  const days = Math.round(
    (new Date(iso).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / 86_400_000,
  );
  return days > -7 ? relative.format(days, 'day') : day.format(new Date(iso));
}

/** An instant, in this machine's time: "12 Mar 2024, 16:20". */
export const moment = (iso: string): string => dayAndTime.format(new Date(iso));

/** Text with a full stop, if it has no end yet. */
export const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`);

/** A photo's own clock, as EXIF gives it (no time zone): "12 Mar 2024, 16:20". */
export const taken = (iso: string): string => dayAndTime.format(new Date(iso.replace(/Z$/, '')));
