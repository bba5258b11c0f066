import { readFileSync } from 'node:fs';
import { MalformedError } from '#kernel';
import { fromRoot } from '#platform/settings';

/** A code of a district, valid on these Europe/London dates; both included, `to` absent while it still is. */
interface DistrictCode {
  readonly name: string;
  readonly code: string;
  readonly from: string;
  readonly to?: string;
}

const readDistricts = (): readonly DistrictCode[] => {
  const rows = JSON.parse(readFileSync(fromRoot('reference-data', 'areas.json'), 'utf8')) as DistrictCode[];
  for (const { name, code, from } of rows) if (!name || !code || !from) throw new Error('reference-data/areas.json: a row lacks name, code or from');
  return rows;
};

/** The districts of the reference data, and what else stands as an area in the ledger. */
export class Areas {
  private readonly districts = readDistricts();

  /** The code that a district had on a date; null when it had none or is not known. */
  codeOn(name: string, date: string): string | null {
    return this.districts.find((d) => d.name === name && d.from <= date && (d.to === undefined || date <= d.to))?.code ?? null;
  }

  /** Every district once, and every area of `recorded` besides, by name. */
  all(recorded: readonly string[], date: string): { readonly code: string | null; readonly name: string }[] {
    const names = new Set([...this.districts.map(({ name }) => name), ...recorded]);
    return [...names].sort().map((name) => ({ code: this.codeOn(name, date), name }));
  }

  /** The name under which an area is to be recorded: a district's own, from its name in any case or one of its codes, else that of an area in use. */
  nameToRecord(asked: string, recorded: () => readonly string[]): string | undefined {
    const wanted = asked.trim().toLowerCase();
    if (wanted === 'all') return undefined;
    const district = this.districts.find(({ name, code }) => name.toLowerCase() === wanted || code.toLowerCase() === wanted);
    return district?.name ?? recorded().find((known) => known.toLowerCase() === wanted);
  }

  /**
   * The area's name as it is recorded, from its name in any case, one of its codes, or `all`.
   * @throws MalformedError on `area`
   */
  nameOf(asked: string, recorded: readonly string[]): string {
    const wanted = asked.trim().toLowerCase();
    if (wanted === 'all') return 'all';
    const name = recorded.find((known) => known.toLowerCase() === wanted)
      ?? this.districts.find(({ name: known, code }) => known.toLowerCase() === wanted || code.toLowerCase() === wanted)?.name;
    if (name === undefined) throw new MalformedError('area', 'must be the name or code of a district, or all');
    return name;
  }
}
