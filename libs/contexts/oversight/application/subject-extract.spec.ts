import type { CommandContext, InvestigationId, NominalId, RecordKeyId } from '#kernel';
import { investigation } from '#contexts/investigations';
import type { InvestigationCommand } from '#contexts/investigations';
import { nominal } from '#contexts/nominals';
import type { NominalCommand } from '#contexts/nominals';
import { EventCodec, idFrom, Ledger, memoryEventStore } from '#platform/event-store';
import { textOf } from '#platform/requests';
import { memoryKeyStore, openVault } from '#platform/vault';
import { SubjectExtracts } from './subject-extract';

const [person, other] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as [NominalId, NominalId];
const [open, hidden, running] = ['c1', 'c2', 'c3'].map((end) => `00000000-0000-4000-8000-0000000000${end}`) as [InvestigationId, InvestigationId, InvestigationId];
let commands = 0;
const context = (more: Partial<CommandContext> = {}): CommandContext => ({
  commandId: idFrom('c', String(commands++)), correlationId: 'c', actor: { kind: 'user', id: 'DC 4417', role: 'DETECTIVE', agency: 'SYP' }, effectiveAt: { precision: 'day', from: '2026-11-01' },
  regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT', ...more,
});
const text = (words: string, about: readonly NominalId[] = []) => textOf(idFrom('t', words), 'x', words, about);

describe('what a person is given of what is held about them', () => {
  let extracts: SubjectExtracts;
  beforeAll(async () => {
    const vault = await openVault(memoryKeyStore());
    const ledger = new Ledger(memoryEventStore(), new EventCodec({}, { CrimeRecorded: 2 }), vault, () => Date.parse('2026-11-25T09:00:00Z'), 'daybook test');
    const on = (id: InvestigationId, type: string, data: object, more: Partial<CommandContext> = {}) =>
      ledger.transact(investigation, `investigation-${id}`, { type, data, context: context(more) } as unknown as InvestigationCommand);
    for (const [id, name] of [[person, 'Quarkling'], [other, 'Otherby']] as const) {
      const data = { nominalId: id, familyName: { unsealed: name, key: `nominal-${id}` as RecordKeyId }, sex: '0', selfDefinedEthnicity: { code: 'W1' }, officerDefinedEthnicity: { code: 'IC1' }, nationality: { code: 'GBR' } };
      await ledger.transact(nominal, `nominal-${id}`, { type: 'RegisterPerson', data, context: context({ reason: text(`${name} was met`) }) } as unknown as NominalCommand);
    }
    for (const id of [open, hidden]) {
      await on(id, 'OpenInvestigation', { investigationId: id, kind: 'CRIME', area: 'Rotherham', themes: [], title: text(`title ${id}`) });
      await on(id, 'LinkSuspect', { linkId: `l1-${id}`, quality: 'NAMED', nominalId: person, basis: text(`alone ${id}`, [person]) });
    }
    await on(hidden, 'ReassessSensitivity', { sensitivity: 'SENSITIVE', basis: text('covert') });
    await on(open, 'LinkSuspect', { linkId: 'l2', quality: 'NAMED', nominalId: other, basis: text('Otherby alone', [other]) });
    await on(open, 'ArrestSuspect', { linkId: 'l2', custodyNumber: 'OTHERS/1' });
    await on(open, 'EliminateSuspect', { linkId: `l1-${open}`, basis: text('both of them', [person, other]) }, { reason: text('nobody said of whom') });
    await on(running, 'OpenInvestigation', { investigationId: running, kind: 'CRIME', area: 'Rotherham', themes: [], title: text('sought') });
    await on(running, 'LinkSuspect', { linkId: 'l3', quality: 'NAMED', nominalId: other, basis: text('seen there', [other]) });
    extracts = new SubjectExtracts({ ledger, vault, cases: { naming: (id) => (id === person ? [open, hidden] : [running]) } });
  });

  it('is their record and what was done about them, nothing of others, of texts nobody assessed, or of officers by number', async () => {
    const { extract } = (await extracts.of(person, '2026-11-25T09:00:00.000Z'))!;
    expect(extract.person).toMatchObject({ familyName: 'Quarkling' });
    expect(extract.record).toMatchObject([{ type: 'PersonRegistered', reason: 'Quarkling was met', by: { role: 'DETECTIVE', agency: 'SYP' } }]);
    expect(extract.investigations.map(({ entries, ...about }) => ({ ...about, entries: entries.map(({ type, data, reason }) => ({ type, basis: (data as { basis?: unknown }).basis, reason })) }))).toEqual([{
      kind: 'CRIME', area: 'Rotherham',
      entries: [
        { type: 'SuspectLinked', basis: `alone ${open}`, reason: undefined },
        { type: 'SuspectEliminated', basis: { withheld: 'RIGHTS_OF_OTHERS_S45_4_E' }, reason: { withheld: 'NOT_ASSESSED' } },
      ],
    }]);
    expect(extract.withheld).toEqual({ RIGHTS_OF_OTHERS_S45_4_E: 1, NOT_ASSESSED: 1 });
    const said = JSON.stringify(extract);
    for (const words of ['Otherby', 'both of them', 'nobody said', 'title', 'OTHERS/1', 'DC 4417', other, hidden]) expect(said).not.toContain(words);
  });

  it('says nothing of a hidden investigation, and tells whoever gives it', async () => {
    const { extract, leftOut } = (await extracts.of(person, ''))!;
    expect(leftOut).toEqual([hidden]);
    expect(JSON.stringify(extract)).not.toMatch(/covert|SENSITIVE/);
  });

  it('says nothing of an investigation that the officer leaves out', async () => {
    const { extract, leftOut } = (await extracts.of(person, '', { leaveOut: new Set([open]), tell: new Set([open]) }))!;
    expect([extract.investigations, leftOut]).toEqual([[], [open, hidden]]);
  });

  it('says nothing of an investigation on which something runs against them, until somebody decides that it is told', async () => {
    const { extract, leftOut } = (await extracts.of(other, ''))!;
    expect([extract.investigations, leftOut]).toEqual([[], [running]]);
    const decided = (await extracts.of(other, '', { tell: new Set([running]) }))!;
    expect([decided.extract.investigations.flatMap(({ entries }) => entries.map(({ type }) => type)), decided.leftOut]).toEqual([['SuspectLinked'], []]);
  });

  it('is nothing for nobody', async () => expect(await extracts.of('nobody' as NominalId, '')).toBeUndefined());
});
