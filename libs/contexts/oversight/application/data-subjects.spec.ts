import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CommandContext, InvestigationId, NominalId, RecordKeyId } from '#kernel';
import { investigation } from '#contexts/investigations';
import type { InvestigationCommand } from '#contexts/investigations';
import { nominal } from '#contexts/nominals';
import type { NominalCommand } from '#contexts/nominals';
import { EventCodec, idFrom, Ledger, openEmbeddedEventStore } from '#platform/event-store';
import type { EmbeddedEventStore } from '#platform/event-store';
import { RecordHistory } from '#platform/history';
import { textOf } from '#platform/requests';
import { memoryKeyStore, openVault } from '#platform/vault';
import type { KeyStore, Vault } from '#platform/vault';
import { dataSubjectMessages } from './data-subject.messages';
import type { DataSubjectCommandName, DataSubjectMessage } from './data-subject.messages';
import { DataSubjects } from './data-subjects';

const person = '00000000-0000-4000-8000-00000000000a' as NominalId;
const other = '00000000-0000-4000-8000-00000000000b' as NominalId;
const casework = '00000000-0000-4000-8000-0000000000c1' as InvestigationId;
const stream = `investigation-${casework}`;
const NOW = Date.parse('2026-11-25T09:00:00Z');

const contextOf = (commandId: string, actor: CommandContext['actor'], more: Partial<CommandContext> = {}): CommandContext => ({
  commandId, correlationId: commandId, actor, effectiveAt: { precision: 'day', from: '2026-11-01' }, regime: 'DPA_PART3', marking: 'OFFICIAL', track: 'STANDARD', assertion: 'FACT', ...more,
});
const officer = { kind: 'user', id: 'DO 1' } as const;
const supervisor = { kind: 'user', id: 'DS 2' } as const;

/** A small ledger: two people, a suspect link, texts about one, about both, and about nobody in particular. */
class House {
  readonly keys: KeyStore = memoryKeyStore();
  readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'daybook-subjects-'));
  store!: EmbeddedEventStore;
  vault!: Vault;
  ledger!: Ledger;
  private commands = 0;

  static async open(): Promise<House> {
    const house = new House();
    house.store = await openEmbeddedEventStore({ file: path.join(house.folder, 'log.db') });
    house.vault = await openVault(house.keys);
    house.ledger = new Ledger(house.store, new EventCodec({}, { CrimeRecorded: 2 }), house.vault, () => NOW, 'daybook test');
    for (const [id, name] of [[person, 'Quarkling'], [other, 'Otherby']] as const) await house.person(id, name);
    await house.case('OpenInvestigation', { investigationId: casework, kind: 'CRIME', area: 'Rotherham', themes: [], title: house.text('title', 'Quarkling orchard'), summary: house.text('summary', 'Nothing of anybody') });
    await house.case('LinkSuspect', { linkId: 'l1', quality: 'NAMED', nominalId: person, basis: house.text('alone', 'Quarkling alone', [person]) });
    await house.case('LinkSuspect', { linkId: 'l2', quality: 'NAMED', nominalId: other, basis: house.text('both', 'Quarkling and Otherby', [person, other]) });
    for (const linkId of ['l1', 'l2']) await house.case('EliminateSuspect', { linkId, basis: house.text(`out-${linkId}`, `not ${linkId}`, linkId === 'l2' ? [other] : []) }, { reason: house.text('reason', 'why') });
    return house;
  }

  text(name: string, words: string, about: readonly NominalId[] = []) {
    return textOf(idFrom('text', name), `data.${name}`, words, about);
  }

  subjects(more: { readonly ledger?: Ledger; readonly keys?: KeyStore } = {}): DataSubjects {
    const parts = { ledger: this.ledger, vault: this.vault, keys: this.keys, recipients: { of: async () => ['DIS-7'] }, clock: () => NOW, ...more };
    return new DataSubjects(parts, { naming: () => [casework] });
  }

  order(type: DataSubjectCommandName, data: object, actor: CommandContext['actor'] = officer, nominalId = person): DataSubjectMessage {
    const Order = dataSubjectMessages[type] as new (...parts: unknown[]) => DataSubjectMessage;
    return new Order(nominalId, { nominalId, ...data }, contextOf(idFrom(type, String(this.commands++)), actor));
  }

  async case(type: string, data: object, more: Partial<CommandContext> = {}): Promise<void> {
    await this.ledger.transact(investigation, stream, { type, data, context: contextOf(idFrom(type, String(this.commands++)), officer, more) } as unknown as InvestigationCommand);
  }

  async history(of = stream): Promise<Awaited<ReturnType<RecordHistory['history']>>> {
    return new RecordHistory(this.ledger, this.vault, { numberRecordedBy: () => 0 }).history(of);
  }

  async eventOf(words: string): Promise<{ readonly event: string; readonly path: string; readonly stream: string }> {
    const texts = await this.subjects().textsToLookAt(person);
    const opened = await this.vault.open(texts.map(({ sealedAt, value }) => ({ eventId: sealedAt.event, path: sealedAt.path, value })));
    const { event, path: at, stream: of } = texts[opened.indexOf(words)]!;
    return { event, path: at, stream: of };
  }

  /** A request and an authorisation that redacts what it must, and the title. */
  async requested(): Promise<{ readonly authorisation: DataSubjectMessage; readonly requestId: string }> {
    const requestId = idFrom('erasure', 'of person');
    await this.subjects().execute(this.order('RequestErasure', { requestId, ground: 'INFRINGES_S47_1A', basis: this.text('basis', 'Quarkling asks', [person]) }));
    const redactions = [
      { ...(await this.eventOf('Quarkling and Otherby')), text: textOf('a', '0', 'Another and Otherby') },
      { ...(await this.eventOf('Quarkling orchard')), text: textOf('a', '1', 'An orchard') },
    ];
    return { requestId, authorisation: this.order('AuthoriseErasure', { requestId, redactions }, supervisor) };
  }

  async close(): Promise<void> {
    await this.store.close();
    fs.rmSync(this.folder, { recursive: true });
  }

  private async person(nominalId: NominalId, name: string): Promise<void> {
    const familyName = { unsealed: name, key: `nominal-${nominalId}` as RecordKeyId };
    const data = { nominalId, familyName, sex: '0', selfDefinedEthnicity: { notRecorded: 'NOT_ASKED' }, officerDefinedEthnicity: { notRecorded: 'NOT_KNOWN' }, nationality: { notRecorded: 'NOT_KNOWN' } };
    const context = contextOf(idFrom('person', name), officer, { reason: this.text(`met ${name}`, `${name} came to notice`) });
    await this.ledger.transact(nominal, `nominal-${nominalId}`, { type: 'RegisterPerson', data, context } as unknown as NominalCommand);
  }
}

describe('the rights of a person', () => {
  let house: House;
  beforeEach(async () => { house = await House.open(); });
  afterEach(() => house.close());

  it('are those of somebody registered', () =>
    expect(house.subjects().execute(house.order('RestrictProcessing', { reason: 'EVIDENCE_S47_2' }, officer, 'nobody' as NominalId))).rejects.toMatchObject({ code: 'SUBJECT_UNKNOWN' }));

  it('mark them as restricted, and who asked for their erasure, for those who guard the doors', async () => {
    const subjects = house.subjects();
    expect(await subjects.of(person)).toEqual({ restricted: false });
    await subjects.execute(house.order('RestrictProcessing', { reason: 'ACCURACY_DISPUTE_S47_3' }));
    await house.requested();
    expect([await subjects.of(person), await subjects.restricted(person), await subjects.restricted(other)]).toEqual([{ restricted: true, erasureRequestedBy: 'DO 1' }, true, false]);
  });

  it('mark them as erased from the moment that an erasure begins', async () => {
    const { authorisation } = await house.requested();
    await house.subjects().execute(authorisation);
    expect([await house.subjects().of(person), await house.subjects().of(other)]).toEqual([{ restricted: false, erased: true }, { restricted: false }]);
  });

  it('are weighed with every text that may speak of them and does not go with them', async () => {
    const texts = await house.subjects().textsToLookAt(person);
    const opened = await house.vault.open(texts.map(({ sealedAt, value }) => ({ eventId: sealedAt.event, path: sealedAt.path, value })));
    expect(texts.map(({ path: at, about, mandatory }, i) => ({ words: opened[i], at, about, mandatory }))).toEqual([
      { words: 'Nothing of anybody', at: 'data.summary', about: [], mandatory: false },
      { words: 'Quarkling orchard', at: 'data.title', about: [], mandatory: false },
      { words: 'Quarkling and Otherby', at: 'data.basis', about: [person, other], mandatory: true },
      { words: 'not l1', at: 'data.basis', about: [], mandatory: false },
      { words: 'why', at: 'reason', about: [], mandatory: false }, // said of two entries, listed once
      { words: 'not l2', at: 'data.basis', about: [other], mandatory: false },
    ]);
  });

  it('wait while a measure runs against them', async () => {
    await house.case('NameSuspect', { linkId: 'l1', nominalId: person }, { effectiveAt: { precision: 'day', from: '2026-11-02' } });
    await house.case('ArrestSuspect', { linkId: 'l1' }, { effectiveAt: { precision: 'day', from: '2026-11-03' } });
    await house.case('BailSuspect', { linkId: 'l1', regime: 'STANDARD_POLICE' }, { effectiveAt: { precision: 'day', from: '2026-11-03' } });
    const { authorisation } = await house.requested();
    expect(await house.subjects().measures(person)).toEqual([{ investigationId: casework, measure: 'ON_BAIL' }]);
    await expect(house.subjects().execute(authorisation)).rejects.toMatchObject({ code: 'MEASURES_ARE_LIVE', facts: { measure: 'ON_BAIL' } });
  });
});

describe('an erasure that is carried out', () => {
  const afterwards = async (house: House): Promise<object> => {
    const entries = await house.history();
    const own = await house.history(`nominal-${person}`);
    const decided = (await house.history(`dataSubject-${person}`)).map(({ type, data, actor }) => ({ type, data, actor: actor.id }));
    const said = JSON.stringify([entries, own, decided]);
    return {
      said: ['Quarkling', 'Otherby', 'Another and Otherby', 'An orchard', 'Nothing of anybody'].filter((words) => said.includes(words)),
      name: (own[0]!.data as { familyName: unknown }).familyName, receipt: decided.at(-1),
      redacted: entries.filter(({ redacted }) => redacted).map(({ type, redacted }) => ({ type, paths: redacted!.map((each) => each.path) })),
      others: JSON.stringify(await house.history(`nominal-${other}`)).includes('Otherby'),
      left: entries.filter(({ type }) => type === 'TextRedacted').length,
    };
  };
  const expected = (requestId: string, keysDestroyed = 6): object => ({
    said: ['Otherby', 'Another and Otherby', 'An orchard', 'Nothing of anybody'], name: { erased: true }, others: true, left: 2,
    receipt: { type: 'DataErased', actor: 'erasure', data: { nominalId: person, requestId, keysDestroyed, textsRedacted: 2, recipientsToTell: ['DIS-7'] } },
    redacted: [{ type: 'InvestigationOpened', paths: ['data.title'] }, { type: 'SuspectLinked', paths: ['data.basis'] }],
  });

  it('leaves nothing of the person that can be read, and everything of the others, with a mark where words were given', async () => {
    const house = await House.open();
    const { authorisation, requestId } = await house.requested();
    await house.subjects().execute(authorisation);
    // The person's key; texts of registration, of the request and about them alone; two replaced.
    expect(await afterwards(house)).toEqual(expected(requestId));
    expect(await house.subjects().textsToLookAt(person)).toHaveLength(6); // what was redacted before stands there with its new words
    await house.close();
  });

  it('is done once, also when it is asked for again', async () => {
    const house = await House.open();
    const { authorisation, requestId } = await house.requested();
    await house.subjects().execute(authorisation);
    const { number } = house.store.currentHead();
    await house.subjects().execute(authorisation);
    expect(await house.subjects().resume(house.store)).toBe(0);
    expect(house.store.currentHead().number).toBe(number);
    expect(await afterwards(house)).toEqual(expected(requestId));
    await house.close();
  });

  it('takes words with it that were on their way to the log when it began', async () => {
    const house = await House.open();
    const { authorisation, requestId } = await house.requested();
    let late: (() => Promise<void>) | undefined = () => house.case('LinkSuspect', { linkId: 'l3', quality: 'NAMED', nominalId: idFrom('third'), basis: house.text('late', 'Quarkling after all', [person]) });
    const keys: KeyStore = { ...house.keys, destroy: async (...ids) => {
      const record = late;
      late = undefined;
      await record?.();
      await house.keys.destroy(...ids);
    } };
    await house.subjects({ keys }).execute(authorisation);
    expect(await afterwards(house)).toEqual(expected(requestId, 7));
    await house.subjects().execute(authorisation);
    expect((await house.history(`dataSubject-${person}`)).filter(({ type }) => type === 'ErasureBegun')).toHaveLength(2);
    await house.close();
  });

  it('tells of two people alike once the second is erased too', async () => {
    const house = await House.open();
    const { authorisation } = await house.requested();
    await house.subjects().execute(authorisation);
    const subjects = house.subjects();
    const texts = await subjects.textsToLookAt(other);
    const mandatory = texts.filter((text) => text.mandatory);
    expect(mandatory).toHaveLength(0); // what is left of the text is about the second alone, and goes with them
    await subjects.execute(house.order('RequestErasure', { requestId: 'second', ground: 'INFRINGES_S47_1A', basis: house.text('b2', 'b2', [other]) }, officer, other));
    await subjects.execute(house.order('AuthoriseErasure', { requestId: 'second', redactions: [] }, supervisor, other));
    expect(JSON.stringify(await house.history())).not.toMatch(/Otherby|Quarkling/);
    await house.close();
  });

  /** Dies before or after its nth effect. */
  const dying = (house: House, at: number): { readonly parts: { ledger: Ledger; keys: KeyStore }; readonly left: () => number } => {
    let left = at;
    const effect = async <T>(work: () => Promise<T>): Promise<T> => {
      if (left-- === 0) throw new Error('died');
      const done = await work();
      if (left-- === 0) throw new Error('died');
      return done;
    };
    const { ledger, keys } = house;
    const lame = Object.create(ledger) as Ledger;
    lame.transact = ((...args: Parameters<Ledger['transact']>) => effect(() => ledger.transact(...args))) as Ledger['transact'];
    return { parts: { ledger: lame, keys: { ...keys, destroy: (...ids) => effect(() => keys.destroy(...ids)) } }, left: () => left };
  };

  it.each([
    ['bail', 'MEASURES_ARE_LIVE', async (house: House) => {
      for (const [type, data] of [['NameSuspect', { nominalId: person }], ['ArrestSuspect', {}], ['BailSuspect', { regime: 'STANDARD_POLICE' }]] as const)
        await house.case(type, { linkId: 'l1', ...data }, { effectiveAt: { precision: 'day', from: '2026-11-03' } });
    }],
    ['a legal hold', 'LEGAL_HOLD_STANDS', async (house: House) => {
      await house.subjects().execute(house.order('PlaceLegalHold', { holdId: idFrom('hold'), authority: 'COURT' }));
    }],
  ])('is stopped by %s that began after it was authorised and before it was begun', async (_, code, bind) => {
    const house = await House.open();
    const { authorisation } = await house.requested();
    await expect(house.subjects(dying(house, 1).parts).execute(authorisation)).rejects.toThrow('died');
    await bind(house);
    expect(await house.subjects().resume(house.store)).toBe(0);
    expect(JSON.stringify(await house.history(`nominal-${person}`))).toContain('Quarkling');
    await expect(house.subjects().execute(authorisation)).rejects.toMatchObject({ code });
    await house.close();
  });

  it.each(['asked again', 'the next start'])('ends the same wherever it died, by way of %s', async (way) => {
    for (let at = 1, more = true; more; at++) {
      const house = await House.open();
      const { authorisation, requestId } = await house.requested();
      const { parts } = dying(house, at);
      const died = await house.subjects(parts).execute(authorisation).then(() => false, (error: Error) => error.message === 'died');
      if (way === 'asked again') await house.subjects().execute(authorisation);
      else await house.subjects().resume(house.store);
      expect({ at, ...(await afterwards(house)) }).toEqual({ at, ...expected(requestId) });
      expect(await house.subjects().resume(house.store)).toBe(0);
      await house.close();
      more = died;
      if (!died) expect(at).toBeGreaterThan(10); // authorised, two redactions, begun, destroyed, receipt: before and after each
    }
  });
});
