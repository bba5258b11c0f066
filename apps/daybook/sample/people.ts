import { dateOfDay } from '#kernel';
import type { Actor, NominalId, Private, RecordKeyId } from '#kernel';
import type { NominalCommand } from '#contexts/nominals';
import { idFrom } from '#platform/event-store';
import { StreamWriter } from './case-writer';
import type { Order } from './case-writer';
import { cultures } from './names';
import type { Culture } from './names';
import type { Random } from './random';

export type NominalOrder = Order<NominalCommand>;

const MINUTE = 60_000;
const DAY = 86_400_000;
const actor: Actor = { kind: 'unverified', id: 'PS 1720', role: 'NOMINAL_INDEX', agency: 'South Yorkshire Police' };

/** The invented people of the sample: each is registered just before somebody first names them. */
export class People {
  private readonly firstNeeded = new Map<number, number>();

  constructor(private readonly random: Random) {}

  idOf(person: number): NominalId {
    return idFrom('rotherham-2019', 'person', String(person)) as NominalId;
  }

  /** This person is named in a record made at `recorded` (ms). */
  needed(person: number, recorded: number): void {
    const before = this.firstNeeded.get(person);
    if (before === undefined || recorded < before) this.firstNeeded.set(person, recorded);
  }

  /** The commands of everybody who is needed, in the order of the people. */
  write(): StreamWriter<NominalOrder>[] {
    return [...this.firstNeeded].sort(([a], [b]) => a - b).map(([person, recorded]) => this.writePerson(person, recorded - 3 * MINUTE));
  }

  private writePerson(person: number, at: number): StreamWriter<NominalOrder> {
    const { random } = this;
    const nominalId = this.idOf(person);
    const culture = random.weighted(cultures);
    const writer = new StreamWriter<NominalOrder>(`nominal-${nominalId}`, random, actor, at);
    const details = this.details(nominalId, culture, at);
    writer.record({ type: 'RegisterPerson', data: details }, { at, recorded: at });
    if (random.chance(0.07)) {
      const alias = { nominalId, aliasId: idFrom(nominalId, 'alias'), familyName: sealedFor(nominalId, random.pick(culture.families)) };
      writer.record({ type: 'AddPersonAlias', data: alias }, { at: at + MINUTE });
    }
    if (random.chance(0.01)) {
      const data = { ...details, dateOfBirth: this.birthday(nominalId, at) };
      writer.record({ type: 'CorrectPerson', data }, { at, late: random.int(1, 40) * DAY, reason: 'Date of birth confirmed from a document.' });
    }
    return writer;
  }

  private details(nominalId: NominalId, culture: Culture, at: number) {
    const { random } = this;
    const woman = random.chance(0.13);
    return {
      nominalId, familyName: sealedFor(nominalId, random.pick(culture.families)), givenNames: sealedFor(nominalId, random.pick(woman ? culture.women : culture.men)),
      dateOfBirth: this.birthday(nominalId, at), sex: woman ? ('2' as const) : ('1' as const),
      selfDefinedEthnicity: random.chance(0.88) ? { code: culture.selfDefined } : { notRecorded: random.pick(['REFUSED', 'NOT_ASKED'] as const) },
      officerDefinedEthnicity: { code: culture.officerDefined },
      nationality: random.chance(0.9) ? { code: culture.nationality } : { notRecorded: 'NOT_KNOWN' as const },
    };
  }

  private birthday(nominalId: NominalId, at: number): Private {
    const years = 15 + Math.min(55, this.random.exponential(15));
    return sealedFor(nominalId, dateOfDay(Math.floor(at / DAY - years * 365.25)));
  }
}

const sealedFor = (nominalId: NominalId, unsealed: string): Private => ({ unsealed, key: `nominal-${nominalId}` as RecordKeyId });
