// Times as WeChat writes them. They are read off the server's own offset, never turned into the reader's zone.

import { date, shortDate, weekdays, yesterday } from "./words.js";

const DAY = 86_400_000;
const PATTERN = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)(?::(\d+))?.*?(Z|[+-]\d\d:\d\d)$/;

/** The parts of an ISO time as written, the instant, and the day counted from 1970 in its own zone. */
export function parse(text) {
  const [, year, month, day, hour, minute, , zone] = PATTERN.exec(text);
  const local = Date.UTC(year, month - 1, day);
  const offset = zone === "Z" ? 0 : (zone[0] === "-" ? -1 : 1) * (zone.slice(1, 3) * 60 + +zone.slice(4)) * 60_000;
  return {
    year: +year, month: +month, date: +day, clock: `${hour}:${minute}`,
    instant: Date.parse(text), offset, day: local / DAY,
  };
}

/** The day it is at `instant`, in the zone of `like`. */
export const dayOf = (instant, like) => Math.floor((instant + like.offset) / DAY);

/** What a time separator says, on the day `today`. */
export function separator(time, today) {
  const ago = today - time.day;
  if (ago === 0) return time.clock;
  if (ago === 1) return `${yesterday} ${time.clock}`;
  if (ago > 1 && ago < 7) return `${weekdays[new Date(time.day * DAY).getUTCDay()]} ${time.clock}`;
  return `${date(time.year, time.month, time.date)} ${time.clock}`;
}

/** A short time for a ticket's record. */
export const brief = (time) => `${shortDate(time.month, time.date)} ${time.clock}`;
