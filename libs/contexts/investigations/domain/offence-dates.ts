import { dayNumber, intervalOf } from '#kernel';
import type { Interval, Precision } from '#kernel';

/** When an offence happened, as exactly as it is known: `2019-06-14`, `2019-06` or `2019`, Europe/London. In non-recent cases often no more is known. */
export type OffenceDate = string;

const precisions: Readonly<Record<number, Precision>> = { 10: 'day', 7: 'month', 4: 'year' };

const firstDay: Readonly<Record<number, string>> = { 10: '', 7: '-01', 4: '-01-01' };

/** True for a day, month or year that exists, written so. */
export const isOffenceDate = (text: string): boolean => text.length in firstDay && !Number.isNaN(dayNumber(text + firstDay[text.length]!));

/** The instants between which it lies. */
export const offenceSpan = (date: OffenceDate): Interval => intervalOf({ precision: precisions[date.length]!, from: date });
