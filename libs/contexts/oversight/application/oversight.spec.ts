import type { Type } from '@nestjs/common';
import type { ICommandHandler } from '@nestjs/cqrs';
import { isSealed } from '#kernel';
import type { InvestigationId, OfficerId } from '#kernel';
import type { Reader } from '#platform/access';
import { EventCodec, Ledger, memoryEventStore } from '#platform/event-store';
import type { Receipt } from '#platform/event-store';
import { InvalidRequestError, validateRequest } from '#platform/requests';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { Listed } from '../domain/access-list.events';
import { accessListCommand, accessListCommandNames, accessListRequests, accessListRoutes } from './access-list-command';
import type { AccessListRequest } from './access-list-command';
import { accessListMessages } from './access-list.messages';
import type { AccessListCommandName } from './access-list.messages';
import { accessListStream, oversightHandlers, userStream } from './oversight.handlers';
import { EndSessions, jobRequeued, LeavePost, RequeueJob, postLeft, postTaken, sessionsEnded, TakePost } from './post.messages';

const now = Date.parse('2026-11-25T12:30:12.345Z');
const on: Listed = { kind: 'INVESTIGATION', investigationId: '6f2f4a2e-0000-4000-8000-000000000001' as InvestigationId };
const sender = (id: string, idempotencyKey?: string) => ({ actor: { kind: 'user', id }, route: 'test', idempotencyKey, now, digest: (text: string) => text } as const);
const message = (name: AccessListCommandName, body: object, id = 'DS 1', key?: string, list = on) =>
  accessListCommand(name, list, validateRequest(accessListRequests[name] as new () => AccessListRequest, body), sender(id, key));

const desk = async () => {
  const ledger = new Ledger(memoryEventStore(), new EventCodec(), await openVault(memoryKeyStore()), () => now, 'daybook test');
  const classes = [...Object.values(accessListMessages), TakePost, LeavePost, EndSessions, RequeueJob] as Type[];
  const handlers = oversightHandlers.map((Handler) => new (Handler as new (ledger: Ledger) => ICommandHandler)(ledger));
  const send = (order: object): Promise<Receipt> => handlers[classes.findIndex((each) => order instanceof each)]!.execute(order as never) as Promise<Receipt>;
  return { ledger, send };
};

describe('a request about an access list', () => {
  it('is there for every command, and so is an address', () => {
    expect(accessListCommandNames).toEqual(Object.keys(accessListMessages));
    expect([...new Set(accessListRoutes.map(([, name]) => name))]).toEqual(accessListCommandNames);
  });

  it('names a user or an agency, and not both', () => {
    for (const body of [{}, { user: 'DC 1', agency: 'Example Council' }])
      expect(() => message('GrantAccess', { basis: 'Works on it', ...body })).toThrow(InvalidRequestError);
    expect(message('GrantAccess', { basis: 'Works on it', agency: 'Example Council', agreement: 'ISA 7' }).data).toMatchObject({ to: { kind: 'AGENCY', agency: 'Example Council' }, agreement: 'ISA 7' });
  });

  it('begins today when it does not say, and is not over', () => {
    expect(message('GrantAccess', { basis: 'Works on it', user: 'DC 1' }).data).toMatchObject({ from: '2026-11-25', to: { kind: 'USER', id: 'DC 1' } });
    expect(() => message('GrantAccess', { basis: 'Works on it', user: 'DC 1', from: '2026-11-01', until: '2026-11-24' })).toThrow('until must be today or later');
  });

  it.each(['effectiveAt', 'track', 'assertion'])('is not dated back or put apart: %s', (field) =>
    expect(() => message('BreakGlass', { basis: 'A child is in danger', [field]: 'x' })).toThrow(`${field} is not a field of this request`));

  it('says why', () => expect(() => message('BreakGlass', {})).toThrow('basis must be text'));
});

describe('an access list in the ledger', () => {
  it('is kept once for each investigation, and for each operation however its code is written', () => {
    const operation = (code: string) => accessListStream({ kind: 'OPERATION', operation: code });
    expect(accessListStream(on)).toBe('accessList-6f2f4a2e-0000-4000-8000-000000000001');
    expect(operation('Clover two')).toBe(operation(' clover  TWO '));
    expect(operation('Clover')).not.toBe(operation('Clover two'));
  });

  it('takes a grant once under one key, its basis sealed', async () => {
    const { ledger, send } = await desk();
    const grant = () => message('GrantAccess', { basis: 'Works on it', user: 'DC 1' }, 'DS 1', 'key');
    expect(await send(grant())).toEqual(await send(grant()));
    const { events } = await ledger.history(accessListStream(on));
    expect(events.map(({ type }) => type)).toEqual(['AccessGranted']);
    expect(isSealed((events[0]!.data as { basis: unknown }).basis)).toBe(true);
    expect(events[0]!.data).toMatchObject({ on, from: '2026-11-25', until: '2027-11-25' });
  });

  it('gives who breaks the glass twice the receipt of nothing new', async () => {
    const { ledger, send } = await desk();
    const first = await send(message('BreakGlass', { basis: 'A child is in danger' }, 'DC 1'));
    const second = await send(message('BreakGlass', { basis: 'A child is in danger' }, 'DC 1'));
    expect([first.events.length, second.events.length, second.revision, second.position]).toEqual([1, 0, first.revision, first.position]);
    const { events } = await ledger.history(accessListStream(on));
    expect(events[0]!.data).toMatchObject({ reader: 'DC 1', until: '2026-11-25T20:30:12.345Z' });
    const { breakGlassId } = events[0]!.data as { breakGlassId: string };
    await expect(send(message('ReviewBreakGlass', { breakGlassId, finding: 'JUSTIFIED' }, 'dc 1'))).rejects.toMatchObject({ code: 'READER_CANNOT_REVIEW' });
    expect((await send(message('ReviewBreakGlass', { breakGlassId, finding: 'JUSTIFIED', note: 'Rightly' }, 'AU 1'))).events).toHaveLength(1);
  });
});

describe('a post in the ledger', () => {
  const reader: Reader = { kind: 'user', id: 'DC 1', name: 'A. Reader', role: 'DETECTIVE', agency: 'SYP', team: 'CID', multiFactor: true, provedAt: now };

  it('is written down when sign-in first sees it, without a name', async () => {
    const { ledger, send } = await desk();
    for (const minute of [0, 1]) await send(postTaken(reader, now - minute));
    await send(postTaken({ ...reader, id: 'dc 1', role: 'SUPERVISOR' }, now));
    await send(postLeft('DC 1' as OfficerId, { ...reader, id: 'AD 1', role: 'ADMIN' }, now));
    const { events } = await ledger.history(userStream('DC 1'));
    expect(events.map(({ type }) => type)).toEqual(['PostTaken', 'PostTaken', 'PostLeft']);
    expect(events[0]).toMatchObject({ data: { userId: 'DC 1', role: 'DETECTIVE', agency: 'SYP', team: 'CID' }, metadata: { actor: { kind: 'user', id: 'DC 1', role: 'DETECTIVE' } } });
    expect(JSON.stringify(events)).not.toContain('Reader');
  });

  it('keeps who ended the sessions of a user, and once for each form', async () => {
    const { ledger, send } = await desk();
    const by = { ...reader, id: 'AD 1', role: 'ADMIN' };
    for (const form of ['one', 'one', 'two']) await send(sessionsEnded('DC 1' as OfficerId, 2, by, form, now));
    const { events } = await ledger.history(userStream('DC 1'));
    expect(events).toMatchObject(Array(2).fill({ type: 'SessionsEnded', data: { userId: 'DC 1', sessions: 2 }, metadata: { actor: { id: 'AD 1', role: 'ADMIN' } } }));
  });

  it('keeps who had a job done again, and once for each form', async () => {
    const { ledger, send } = await desk();
    const job = { reaction: 'escalate-overdue-reviews', subject: 'a', due: '2026-11-25', code: 'FAULT', attempts: 10 };
    for (const form of ['one', 'one', 'two']) await send(jobRequeued(job, { ...reader, id: 'AD 1', role: 'ADMIN' }, form, now));
    expect((await ledger.history(userStream('AD 1'))).events).toMatchObject(Array(2).fill({ type: 'JobRequeued', data: { userId: 'AD 1', ...job } }));
  });
});
