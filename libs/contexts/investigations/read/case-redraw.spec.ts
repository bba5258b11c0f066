import { placedHistory } from '#kernel';
import * as notes from '#test/case-notes';
import type { Note } from '#test/case-notes';
import { differenceOf, redrawn } from './case-redraw';
import type { Drawing } from './case-redraw';
import { openTimeline, timelineOf } from './case-timeline';
import { investigationProjections } from './investigation.projection';

const hour = (i: number): string => `${new Date(Date.parse('2019-02-01T00:00Z') + i * 3_600_000).toISOString().slice(0, 16)}+00:00`;
const acts = (count: number): Note[] => Array.from({ length: count }, (_, i) => (i % 2 ? notes.circulated(hour(i), 'LOCAL_ONLY') : notes.circulationCancelled(hour(i))));
const base = [notes.opened('2019-01-01'), notes.named('2019-01-02')];
const none: Drawing = { history: [], marks: [], timeline: openTimeline() };

const drawn = (written: readonly Note[]) => {
  const events = notes.recordCase(written);
  const history = [...placedHistory(events)];
  return { events, drawing: redrawn(none, history, differenceOf([], history)) };
};
const then = (drawing: Drawing, events: ReturnType<typeof notes.recordCase>): Drawing => {
  const history = [...placedHistory(events)];
  return redrawn(drawing, history, differenceOf(drawing.history, history));
};
const tracks = ({ timeline: { track, episodes } }: Drawing) => ({ track, episodes: [...episodes] });

describe('a long case drawn anew', () => {
  const written = [...base, ...acts(400)];

  it.each([
    ['for a fact recorded late', notes.arrested('2019-02-05T10:30+00:00')],
    ['for a late fact that changes nothing', notes.circulated('2019-02-05T10:30+00:00', 'LOCAL_ONLY')],
    ['for an entry that is taken away', notes.voided(100)],
    ['for an entry that moves', notes.instead(100, notes.circulationCancelled('2019-02-08T00:30+00:00'))],
    ['for another opening', notes.instead(0, notes.opened('2019-01-01', { area: 'Sheffield' }))],
  ])('%s comes to what all of it comes to', (_, late) => {
    const { drawing } = drawn(written);
    const events = notes.recordCase([...written, late]);
    const next = then(drawing, [...drawing.history.map(({ event }) => event), events.at(-1)!] as typeof events);
    const { track, episodes } = timelineOf(events);
    expect(tracks(next)).toEqual({ track, episodes: [...episodes] });
  });

  it('keeps what lies before the late fact, and what follows once the case stands as it stood', () => {
    const { events, drawing } = drawn(written);
    const late = notes.recordCase([...written, notes.circulated('2019-02-05T10:30+00:00', 'LOCAL_ONLY')]).at(-1)!;
    const next = then(drawing, [...events, late]);
    const kept = drawing.marks.filter(({ state }) => next.marks.some((mark) => mark.state === state));
    expect(drawing.marks.length).toBeGreaterThan(40);
    expect(kept.length).toBeGreaterThan(drawing.marks.length - 4);
  });

  it('is not drawn anew for facts in order after an entry was taken away, whatever the day of that', () => {
    const projection = investigationProjections[0]!;
    const memory = projection.open('investigation-a') as { readonly drawing: Drawing };
    const events = notes.recordCase([...base, notes.described('2019-01-03', 'z'), notes.voided(2, '2021-01-01'), ...acts(50)]);
    for (const event of events.slice(0, 4)) projection.apply(memory, event);
    const { drawing } = memory;
    for (const event of events.slice(4)) projection.apply(memory, event);
    expect(memory.drawing).toBe(drawing);
  });
});
