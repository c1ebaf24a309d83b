/** Times for people, on the server's clock: a wrong clock on this machine must not make anybody wait longer. */
import { useEffect, useState } from "preact/hooks";

let ahead = 0; // by how much the server's clock is ahead of ours

/** Remember what time it is at the server. */
export function serverSaid(now: number): void {
  ahead = now - Date.now();
}

export function now(): number {
  return Date.now() + ahead;
}

/** The time, every second. */
export function useNow(): number {
  const [time, setTime] = useState(now());
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return time;
}

/** `0:42`, `12:05`, `1 h 05 min`, `2 d 3 h`. */
export function duration(millis: number): string {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });

export function timeOfDay(at: number): string {
  return clock.format(at);
}

export function day(at: number): string {
  return date.format(at);
}
