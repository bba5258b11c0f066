import { instantOf, londonDate, officerKey } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { MemoryReads } from '#test/memory-reads';
import type { ConsultationEvent } from '../domain/consultation.events';
import { userActs } from './look-acts.projection';
import { LookQueries } from './look-queries';
import { looksProjection } from './look.projection';
import { userPosts } from './post.projection';

const START = Date.parse('2026-06-14T09:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Said {
  readonly user?: string;
  readonly at?: number;
  readonly shown?: readonly { readonly kind: 'investigation' | 'person'; readonly ids: readonly string[] }[];
  readonly covert?: true;
  readonly more?: object;
  readonly type?: ConsultationEvent['type'];
  readonly late?: number;
}

/** A log of looks, and a ledger, as they fill. */
class Office {
  readonly looks = new MemoryReads([looksProjection]);
  readonly ledger = new MemoryReads([userActs, userPosts]);
  readonly queries = new LookQueries(this.looks, this.ledger);
  private number = 0;

  look({ user = 'DC 4417', at = START + this.number * 1000, shown = [{ kind: 'investigation', ids: ['i-1'] }], covert, more = {}, type = 'RecordsConsulted', late = 0 }: Said = {}): this {
    const number = this.number++;
    const data = { user, role: 'DETECTIVE', agency: 'SYP', at: instantOf(at), door: 'PAGE', route: '/investigations/:reference', ...(type === 'AccessDenied' ? { kind: 'investigation' } : { shown }), ...(covert && { covert }), ...more };
    this.looks.apply({
      id: `e-${number}`, type, data, stream: `consultation-${user.replaceAll(' ', '')}-${londonDate(at)}`, revision: 0, number, position: String(number + 1),
      metadata: { recordedAt: instantOf(at + late) },
    } as unknown as RecordedEvent);
    return this;
  }

  act(number: number, actor: object, more: object = {}): this {
    this.ledger.apply({ id: `a-${number}`, type: 'CrimeRecorded', data: {}, stream: 'investigation-i-1', revision: number, number, position: String(number + 1), metadata: { actor, recordedAt: instantOf(START + number * HOUR), ...more } } as unknown as RecordedEvent);
    return this;
  }
}

const all = { covert: false, limit: 50 };
const numbers = ({ items }: { readonly items: readonly { readonly number: number }[] }) => items.map(({ number }) => number);

describe('who looked at a record', () => {
  it('is told newest first, with when and why', () => {
    const office = new Office().look().look({ user: 'DS 1', more: { reason: { code: 'SUPERVISION' } } }).look({ shown: [{ kind: 'investigation', ids: ['i-2'] }] });
    const { items, total } = office.queries.ofRecord('investigation', 'i-1', all);
    expect({ total, items }).toMatchObject({ total: 2, items: [
      { number: 1, user: 'DS 1', reason: 'SUPERVISION', at: START + 1000, operation: 'CONSULTATION', door: 'PAGE', covert: false },
      { number: 0, user: 'DC 4417', reason: null },
    ] });
  });

  it('counts a list that showed it among others', () => {
    const office = new Office().look({ shown: [{ kind: 'investigation', ids: ['i-9', 'i-1'] }, { kind: 'person', ids: ['i-1'] }] });
    expect(office.queries.ofRecord('investigation', 'i-1', all).total).toBe(1);
    expect(office.queries.ofRecord('person', 'i-1', all).total).toBe(1);
    expect(office.queries.ofRecord('person', 'i-9', all).total).toBe(0);
  });

  it('is asked by user, however that is written, and by time', () => {
    const office = new Office().look({ at: START }).look({ user: 'DS 1', at: START + HOUR }).look({ at: START + 2 * HOUR });
    const asked = (more: object) => numbers(office.queries.ofRecord('investigation', 'i-1', { ...all, ...more }));
    expect(asked({ user: 'dc  4417' })).toEqual([2, 0]);
    expect(asked({ from: START + HOUR, before: START + 2 * HOUR })).toEqual([1]);
  });

  it('comes in pages that miss nothing and count all', () => {
    const office = Array.from({ length: 7 }).reduce<Office>((each) => each.look(), new Office());
    const found: number[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = office.queries.ofRecord('investigation', 'i-1', { ...all, limit: 3, ...(cursor && { cursor }) });
      expect(page.total).toBe(7);
      found.push(...numbers(page));
      cursor = page.next;
      more = cursor !== undefined;
    }
    expect(found).toEqual([6, 5, 4, 3, 2, 1, 0]);
  });

  it('has no trace of professional standards but for professional standards', () => {
    const office = new Office().look().look({ user: 'PSD 1', covert: true }).look({ user: 'PSD 1', covert: true, type: 'AccessDenied' });
    const counts = (covert: boolean) => {
      const asked = { covert, limit: 50 };
      const { queries } = office;
      return [queries.ofRecord('investigation', 'i-1', asked), queries.ofUser('PSD 1', asked), queries.denials(asked)].map((page) => [page.total, page.items.length]);
    };
    expect(counts(false)).toEqual([[1, 1], [0, 0], [0, 0]]);
    expect(counts(true)).toEqual([[2, 2], [2, 2], [1, 1]]);
  });

  it('tells what opened it from what showed it in a list or took it out', () => {
    const listed = { more: { route: '/investigations' }, shown: [{ kind: 'investigation' as const, ids: ['i-1', 'i-2'] }] };
    const office = new Office().look().look(listed).look({ ...listed, user: 'DS 1' }).look({ type: 'RecordsDisclosed', more: { recipients: [], digest: 'd' } });
    expect(office.queries.waysOf('investigation', 'i-1', all)).toEqual({ OPENED: 1, LISTED: 2, TAKEN_OUT: 1 });
    expect(office.queries.waysOf('investigation', 'i-1', { ...all, user: 'DS 1' })).toEqual({ OPENED: 0, LISTED: 1, TAKEN_OUT: 0 });
    expect(office.queries.ofRecord('investigation', 'i-1', { ...all, way: 'LISTED' })).toMatchObject({ total: 2, items: [{ number: 2 }, { number: 1 }] });
    expect(office.queries.ofRecord('investigation', 'i-1', { ...all, way: 'OPENED', limit: 1 })).toEqual({ total: 1, items: [expect.objectContaining({ number: 0 })] });
  });

  it('refuses a cursor and a limit that are none', () => {
    const { queries } = new Office();
    expect(() => queries.ofRecord('person', 'p', { ...all, cursor: 'x' })).toThrow('cursor');
    expect(() => queries.ofRecord('person', 'p', { ...all, limit: 201 })).toThrow('limit');
  });
});

describe('what one user did and saw', () => {
  it('has their looks, disclosures and denials', () => {
    const office = new Office().look().look({ type: 'RecordsDisclosed', more: { recipients: [{ organisation: 'CPS' }, { organisation: 'NCA' }], digest: 'd' } }).look({ type: 'AccessDenied', more: { action: 'read' } }).look({ user: 'DS 1' });
    expect(office.queries.ofUser('DC 4417', all)).toMatchObject({ total: 3, items: [
      { number: 2, operation: 'DENIAL', denied: 'investigation:read', shown: [] }, { number: 1, operation: 'DISCLOSURE', recipients: 'CPS; NCA' }, { number: 0 },
    ] });
  });

  it('knows everybody who did or saw anything, once, by a number written in any way', () => {
    const office = new Office().look().look({ user: 'dc  4417' }).look({ user: 'DS 1', type: 'AccessDenied' }).act(0, { kind: 'user', id: 'DC 9' }).act(1, { kind: 'user', id: 'DS 1' });
    expect([...office.queries.users()].sort()).toEqual(['DC 4417', 'DC 9', 'DS 1'].map((id) => officerKey(id)));
    expect([office.queries.writtenAs('DS 1'), office.queries.writtenAs('DC 9')]).toEqual(['DS 1', 'DC 9']);
    expect(new Office().queries.users()).toEqual([]);
  });

  it('tells when a look came to the log late', () => {
    const [item] = new Office().look({ late: 600_000 }).queries.ofUser('DC 4417', all).items;
    expect([item!.at, Date.parse(item!.recordedAt)]).toEqual([START, START + 600_000]);
  });

  it('has what they recorded, and nothing of programs or of others', () => {
    const user = { kind: 'user', id: 'DC 4417' };
    const office = new Office().act(0, user).act(1, { kind: 'system', id: 'DC 4417' }).act(2, { kind: 'user', id: 'DS 1' }).act(3, user, { corrects: { event: 'a-0', as: 'void' } });
    expect(office.queries.actsOf('dc 4417', { limit: 50 })).toMatchObject({ total: 2, items: [
      { number: 3, operation: 'ALTERATION' }, { number: 0, operation: 'COLLECTION', category: 'investigation', id: 'i-1', type: 'CrimeRecorded' },
    ] });
    expect(numbers(office.queries.actsOf('DC 4417', { limit: 1, cursor: '3' }))).toEqual([0]);
  });
});

describe('unusual access', () => {
  const browsing = (office: Office, day: number, records: number, more: Said = {}) => {
    for (let i = 0; i < records; i++) office.look({ at: START + day * DAY, shown: [{ kind: 'person', ids: [`p-${day}-${i}`] }], ...more });
    return office;
  };
  const days = { first: '2026-06-14', last: '2026-06-30', covert: false, limit: 10 };

  it('is a day with many more records than the user looks at on others', () => {
    const office = browsing(browsing(browsing(new Office(), 0, 5), 1, 5), 2, 60);
    expect(office.queries.unusual(days)).toEqual([{ day: '2026-06-16', user: 'DC 4417', looks: 60, records: 60, denials: 0, usual: 5 }]);
  });

  it('is not a day like every other, however busy, nor the same record again', () => {
    const office = browsing(browsing(new Office(), 0, 30), 1, 30);
    for (let i = 0; i < 60; i++) office.look({ user: 'DS 1', at: START, shown: [{ kind: 'person', ids: ['p'] }] });
    expect(office.queries.unusual(days)).toMatchObject([{ day: '2026-06-14', user: 'DC 4417', usual: 0 }]);
  });

  it('of professional standards is told to them alone', () => {
    const office = browsing(new Office(), 0, 60, { user: 'PSD 1', covert: true });
    expect(office.queries.unusual(days)).toEqual([]);
    expect(office.queries.unusual({ ...days, covert: true })).toHaveLength(1);
  });
});
