import fc from 'fast-check';
import type { OfficerId } from '#kernel';
import { MemoryReads } from '#test/memory-reads';
import { AccessLists } from './access-lists';
import { agency, Daybook, ms, theCase, user } from './oversight.fixtures';
import { oversightProjections } from './projections';

const december = ['2026-12-01', '2026-12-31'] as const;
const reader = { id: 'DC 1', agency: 'SYP' };
const listsOf = ({ reads }: Daybook): AccessLists => new AccessLists(reads);
const on = (book: Daybook, at: string, who = reader): unknown => {
  const { investigations, operations } = listsOf(book).granted(who, ms(at));
  return [...investigations, ...[...operations].map(([key, reached]) => [key, ...reached].join(' '))];
};

describe('who stands on an access list', () => {
  const book = new Daybook().granted('a', 'g', user('DC 1'), december, '2026-11-25T10:00:00Z');

  it('does so from the first to the last London day', () => {
    expect(on(book, '2026-11-30T23:59:59Z')).toEqual([]);
    expect(on(book, '2026-12-01T00:00:00Z')).toEqual(['a']);
    expect(on(book, '2026-12-31T23:59:59Z')).toEqual(['a']);
    expect(on(book, '2027-01-01T00:00:00Z')).toEqual([]);
  });

  it('says when that changes by itself', () => {
    const until = (at: string) => listsOf(book).granted(reader, ms(at)).until;
    expect([until('2026-11-30T12:00:00Z'), until('2026-12-05T12:00:00Z'), until('2027-01-01T00:00:00Z')]).toEqual([ms('2026-12-01T00:00:00Z'), ms('2027-01-01T00:00:00Z'), Infinity]);
  });

  it('is found by an index', () => {
    const plan = book.reads.db.all<{ detail: string }>('EXPLAIN QUERY PLAN SELECT subjectKind, subject, fromAt, untilAt FROM access_grant WHERE granteeKind = ? AND grantee = ? AND untilAt > ? AND recTo = 9007199254740991', 'USER', 'dc 1', 0);
    expect(plan.map(({ detail }) => detail).join()).toContain('USING COVERING INDEX access_grant_0 (granteeKind=? AND grantee=? AND untilAt>?)');
  });

  it('does so in summer time too', () => {
    const summer = new Daybook().granted('a', 'g', user('DC 1'), ['2026-06-10', '2026-06-10'], '2026-06-01T10:00:00Z');
    expect([on(summer, '2026-06-09T22:59:59Z'), on(summer, '2026-06-09T23:00:00Z'), on(summer, '2026-06-10T22:59:59Z'), on(summer, '2026-06-10T23:00:00Z')]).toEqual([[], ['a'], ['a'], []]);
  });

  it('is who is named, however that is written, and nobody else', () => {
    expect(on(book, '2026-12-05T12:00:00Z', { ...reader, id: 'dc  1' })).toEqual(['a']);
    expect(on(book, '2026-12-05T12:00:00Z', { ...reader, id: 'DC 2' })).toEqual([]);
  });

  it('is everybody of an agency, and no user of the same name', () => {
    const shared = new Daybook().granted('a', 'g', agency('Example Council'), december, '2026-11-25T10:00:00Z');
    expect(on(shared, '2026-12-05T12:00:00Z', { id: 'P 1', agency: 'example council' })).toEqual(['a']);
    expect(on(shared, '2026-12-05T12:00:00Z', { id: 'Example Council', agency: 'SYP' })).toEqual([]);
  });

  it('is on that of an operation by its key', () => {
    const inside = new Daybook().admitted('Clover two', 'g', user('DC 1'), december, '2026-11-25T10:00:00Z', ['a']);
    expect(on(inside, '2026-12-05T12:00:00Z')).toEqual(['CLOVER TWO a']);
    expect(listsOf(inside).onOperation('clover  two')).toMatchObject([{ id: 'g', reaches: ['a'], to: user('DC 1'), from: '2026-12-01', until: '2026-12-31', by: 'DS 9' }]);
  });

  it('is on that of an operation for what the grants reach, each of them by itself', () => {
    const inside = new Daybook().admitted('Clover', 'g', user('DC 1'), december, '2026-11-25T10:00:00Z', ['a']).admitted('Clover', 'h', agency('SYP'), december, '2026-11-25T11:00:00Z', ['b'])
      .extended('Clover', 'g', ['c'], '2026-11-26T10:00:00Z');
    expect(on(inside, '2026-12-05T12:00:00Z')).toEqual(['CLOVER a c b']);
    expect(on(inside, '2026-12-05T12:00:00Z', { id: 'DC 2', agency: 'SYP' })).toEqual(['CLOVER b']);
    inside.write('accessList-operation-Clover', 'AccessWithdrawn', { grantId: 'g' }, '2026-12-04T10:00:00Z');
    expect(on(inside, '2026-12-05T12:00:00Z')).toEqual(['CLOVER b']);
    expect(listsOf(inside).onOperation('Clover', ms('2026-11-25T12:00:00Z')).map(({ reaches }) => reaches)).toEqual([['a'], ['b']]);
  });

  it('stands there no more once that was withdrawn', () => {
    const back = new Daybook().granted('a', 'g', user('DC 1'), december, '2026-11-25T10:00:00Z').withdrawn('a', 'g', '2026-12-10T10:00:00Z');
    expect(on(back, '2026-12-05T12:00:00Z')).toEqual([]);
  });

  it('stands there for eight hours after breaking the glass, unless a review ends it', () => {
    const broken = () => new Daybook().broken('a', 'b', 'DC 1', '2026-12-10T10:00:00Z');
    expect([on(broken(), '2026-12-10T17:59:59Z'), on(broken(), '2026-12-10T18:00:00Z')]).toEqual([['a'], []]);
    expect(on(broken().reviewed('a', 'b', 'JUSTIFIED', '2026-12-10T11:00:00Z'), '2026-12-10T12:00:00Z')).toEqual(['a']);
    expect(on(broken().reviewed('a', 'b', 'NOT_JUSTIFIED', '2026-12-10T11:00:00Z'), '2026-12-10T12:00:00Z')).toEqual([]);
  });
});

describe('the entries of an access list', () => {
  const book = new Daybook()
    .granted('a', 'g', user('DC 1'), december, '2026-11-25T10:00:00Z').granted('a', 'h', agency('Example Council'), december, '2026-11-26T10:00:00Z')
    .withdrawn('a', 'g', '2026-12-10T10:00:00Z').granted('b', 'i', user('DC 1'), december, '2026-12-11T10:00:00Z');

  it('are those of one list, oldest first, with who took them away', () =>
    expect(listsOf(book).onInvestigation(theCase)).toMatchObject([{ id: 'g', ended: { by: 'DS 8', at: ms('2026-12-10T10:00:00Z') } }, { id: 'h', ended: null }]));

  it('were those recorded then, and stood where they were not yet withdrawn', () => {
    expect(listsOf(book).onInvestigation(theCase, ms('2026-11-25T12:00:00Z'))).toMatchObject([{ id: 'g', ended: null }]);
    expect(listsOf(book).onInvestigation(theCase, ms('2026-12-10T09:59:59Z'))).toMatchObject([{ id: 'g', ended: null }, { id: 'h', ended: null }]);
    expect(listsOf(book).onInvestigation(theCase, ms('2026-12-10T10:00:00Z'))).toMatchObject([{ id: 'g', ended: { by: 'DS 8' } }, { id: 'h', ended: null }]);
    expect(listsOf(book).onInvestigation(theCase, ms('2026-11-01T10:00:00Z'))).toEqual([]);
  });

  it('say where their sealed basis is opened', () =>
    expect(listsOf(book).onInvestigation(theCase)[1]!.basis).toMatchObject({ eventId: 'e1', path: 'data.basis', value: { ct: 'c' } }));
});

describe('the uses of the break-glass', () => {
  const book = new Daybook();
  for (let hour = 10; hour < 16; hour++) book.broken(hour % 2 ? 'a' : 'b', `b${hour}`, `DC ${hour}`, `2026-12-10T${hour}:00:00Z`);
  book.reviewed('a', 'b15', 'JUSTIFIED', '2026-12-11T10:00:00Z').reviewed('b', 'b12', 'NOT_JUSTIFIED', '2026-12-11T11:00:00Z').granted('a', 'g', user('DC 1'), december, '2026-12-12T10:00:00Z');

  const walk = (unreviewedFirst: boolean, limit: number): string[] => {
    const found: string[] = [];
    for (let cursor: string | undefined, more = true; more;) {
      const page = listsOf(book).breakGlass({ unreviewedFirst, limit, cursor });
      found.push(...page.items.map(({ breakGlassId }) => breakGlassId));
      [cursor, more] = [page.next, page.next !== undefined];
    }
    return found;
  };

  it.each([1, 2, 3, 6])('come newest first, or those first that nobody has answered for, %d on a page', (limit) => {
    expect(walk(false, limit)).toEqual(['b15', 'b14', 'b13', 'b12', 'b11', 'b10']);
    expect(walk(true, limit)).toEqual(['b14', 'b13', 'b11', 'b10', 'b15', 'b12']);
  });

  it('have their review beside them', () =>
    expect(listsOf(book).breakGlass({ unreviewedFirst: false, limit: 1 }).items).toMatchObject([{ investigationId: 'a', reader: 'DC 15', review: { finding: 'JUSTIFIED', by: 'AU 1' } }]));

  it.each([['limit', { limit: 0 }], ['limit', { limit: 201 }], ['cursor', { limit: 1, cursor: '2.x' }]])('are not asked with a %s that cannot be', (field, asked) =>
    expect(() => listsOf(book).breakGlass({ unreviewedFirst: true, ...asked })).toThrow(expect.objectContaining({ field }) as Error));

  it('wait for the officer or supervisor of the investigation, but not for who broke it', () => {
    const answering = (id: string) => listsOf(book).toAnswer(id as OfficerId, (on) => (on === 'a' ? { officer: 'DC 13', supervisor: 'DS 1' } : undefined)).map(({ breakGlassId }) => breakGlassId);
    expect([answering('ds 1'), answering('DC 13'), answering('DS 2')]).toEqual([['b13', 'b11'], ['b11'], []]);
  });
});

describe('the rows of access lists', () => {
  const step = fc.tuple(fc.constantFrom('grant', 'withdraw', 'break', 'review', 'admit', 'extend', 'post', 'leave'), fc.constantFrom('a', 'b'), fc.nat({ max: 5 }));

  it('are the same when they are built again from the log, or what is remembered of a stream is dropped', () => {
    const seed = Number(process.env.FC_SEED ?? 20261125);
    fc.assert(fc.property(fc.array(step, { maxLength: 30 }), fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (steps, drops) => {
      const book = new Daybook();
      steps.forEach(([act, list, n], i) => {
        const at = new Date(ms('2026-12-01T00:00:00Z') + i * 3_600_000).toISOString();
        if (drops[i]) for (const stream of new Set(book.events.map((event) => event.stream))) book.reads.forget(stream, book.events.filter((event) => event.stream === stream));
        if (act === 'grant') book.granted(list, `g${list}${i}`, n % 2 ? user(`DC ${n}`) : agency(`Agency ${n}`), december, at);
        else if (act === 'admit') book.admitted(list, `o${i}`, user(`DC ${n}`), december, at, [`c${n}`]);
        else if (act === 'extend') book.extended(list, `o${i - n}`, [`c${i}`], at);
        else if (act === 'withdraw') book.withdrawn(list, `g${list}${i - n}`, at);
        else if (act === 'break') book.broken(list, `b${list}${i}`, `DC ${n}`, at);
        else if (act === 'review') book.reviewed(list, `b${list}${i - n}`, n % 2 ? 'JUSTIFIED' : 'NOT_JUSTIFIED', at);
        else if (act === 'post') book.post(`DC ${n}`, at, { team: list });
        else book.left(`DC ${n}`, at);
      });
      const rebuilt = new MemoryReads(oversightProjections).apply(...book.events);
      for (const table of ['access_grant', 'access_reach', 'user_post']) expect(book.reads.rows(table)).toEqual(rebuilt.rows(table));
    }), { numRuns: 200, seed });
  });
});
