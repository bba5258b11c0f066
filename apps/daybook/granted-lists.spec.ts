import type { InvestigationId } from '#kernel';
import { GrantedLists } from './granted-lists';

const reader = { id: 'DC 1', agency: 'SYP' };

/** Lists with a grant on a case from 100 to 200; `asked`: how often they were looked up, `number` the newest event. */
const scene = () => {
  const state = { asked: 0, number: 5 };
  const lists = new GrantedLists({
    granted: (_, at) => {
      state.asked++;
      const runs = at >= 100 && at < 200;
      return { investigations: new Set(runs ? ['case' as InvestigationId] : []), brokenInto: new Set(), operations: new Map(), until: at < 100 ? 100 : runs ? 200 : Infinity };
    },
  }, () => state.number);
  return { state, has: (at: number, who = reader) => lists.granted(who, at).investigations.has('case' as InvestigationId) };
};

describe('the access lists that a reader stands on', () => {
  it('are looked up once while nothing is recorded', () => {
    const { state, has } = scene();
    expect([has(150), has(160), has(199)]).toEqual([true, true, true]);
    expect(state.asked).toBe(1);
  });

  it('change by themselves when a grant begins and when it ends', () => {
    const { has } = scene();
    expect([has(99), has(100), has(199), has(200)]).toEqual([false, true, true, false]);
  });

  it('are looked up anew as soon as something is recorded', () => {
    const { state, has } = scene();
    has(150);
    state.number++;
    has(150);
    expect(state.asked).toBe(2);
  });

  it('are each reader\'s own, however the collar number is written', () => {
    const { state, has } = scene();
    has(150);
    has(150, { id: 'dc  1', agency: 'SYP' });
    expect(state.asked).toBe(1);
    has(150, { id: 'DC 2', agency: 'SYP' });
    has(150, { id: 'DC 1', agency: 'RMBC' });
    expect(state.asked).toBe(3);
  });

  it('of a moment before the one they were kept at are looked up', () => {
    const { has } = scene();
    has(300);
    expect(has(150)).toBe(true);
  });
});
