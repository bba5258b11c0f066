import type { InvestigationKind, ExploitationType } from '#contexts/investigations';
import type { Dealing, Disposal, Ending } from './case-plan';
import type { Weighted } from './random';

/** A district's stock and flow. Rotherham's last figures are those that were told of it; the neighbours are smaller and made up. */
export interface District {
  readonly area: string;
  /** Cases open when the ledger began, and at the sample's end. */
  readonly taken: number;
  readonly active: number;
  /** Cases opened in a month of average season. */
  readonly opened: number;
  /** Active cases with no suspect identified, at each month's end but the last, between these; and at the last. */
  readonly unidentified: { readonly from: number; readonly to: number; readonly last: number };
  /** Active cases by their longest-waiting suspect at the sample's end: 0-28, 29-56, 57-84 and 85 or more days. */
  readonly bands: readonly [number, number, number, number];
  readonly teams: Weighted<string>;
  readonly places: readonly string[];
}

export const districts: readonly District[] = [
  {
    area: 'Rotherham', taken: 1_574, active: 1_800, opened: 160, unidentified: { from: 3, to: 9, last: 4 }, bands: [104, 63, 39, 1],
    teams: [['Rotherham CID', 52], ['Evolve (multi-agency CSE)', 16], ['Rotherham PVP', 24], ['Fortify Rotherham', 8]],
    places: ['Eastwood', 'Maltby', 'Wath', 'Dinnington', 'Rawmarsh', 'Swinton', 'Wickersley', 'Masbrough', 'Thrybergh', 'Kimberworth', 'Aston', 'town centre'],
  },
  {
    area: 'Barnsley', taken: 146, active: 160, opened: 8, unidentified: { from: 1, to: 2, last: 1 }, bands: [3, 2, 1, 0],
    teams: [['Barnsley CID', 60], ['Barnsley PVP', 40]],
    places: ['Athersley', 'Kendray', 'Wombwell', 'Goldthorpe', 'Penistone', 'Hoyland', 'town centre'],
  },
  {
    area: 'Doncaster', taken: 164, active: 177, opened: 9, unidentified: { from: 1, to: 3, last: 1 }, bands: [4, 3, 1, 1],
    teams: [['Doncaster CID', 58], ['Doncaster PVP', 32], ['Fortify Doncaster', 10]],
    places: ['Mexborough', 'Balby', 'Hexthorpe', 'Thorne', 'Conisbrough', 'Edlington', 'city centre'],
  },
  {
    area: 'Sheffield', taken: 198, active: 216, opened: 12, unidentified: { from: 1, to: 4, last: 2 }, bands: [6, 3, 2, 1],
    teams: [['Sheffield CID', 55], ['Sheffield PVP', 31], ['Fortify Sheffield', 14]],
    places: ['Burngreave', 'Darnall', 'Parson Cross', 'Manor', 'Gleadless', 'Hillsborough', 'city centre'],
  },
];

/** Cases opened, January to December, against the year's average. */
export const season: readonly number[] = [1.05, 0.96, 1.04, 0.97, 1.01, 1.06, 1.07, 0.94, 1.03, 1.04, 0.99, 0.9];

export const kinds: Weighted<InvestigationKind> = [['CRIME', 84], ['NON_RECENT', 6], ['PROACTIVE', 4], ['MISSING_LINKED', 3], ['NON_CRIME', 3]];

/** What a case is about: its exploitation themes (none for the rest of a team's work) and the offences it may start from. */
export interface Matter {
  readonly themes: readonly ExploitationType[];
  readonly words: string;
  readonly offences: readonly string[];
}

const children = ['Sexual activity with a child', 'Meeting a child following sexual grooming', 'Causing or inciting a child to engage in sexual activity', 'Arranging or facilitating a child sex offence'];
const drugs = ['Possession with intent to supply a Class A drug', 'Being concerned in the supply of a Class A drug', 'Possession with intent to supply cannabis'];

export const matters: Weighted<Matter> = [
  [{ themes: [], words: 'Violence', offences: ['Assault occasioning actual bodily harm', 'Wounding', 'Threats to kill', 'Robbery'] }, 30],
  [{ themes: [], words: 'Acquisitive crime', offences: ['Burglary in a dwelling', 'Theft of a motor vehicle', 'Handling stolen goods'] }, 16],
  [{ themes: [], words: 'Domestic abuse', offences: ['Controlling or coercive behaviour', 'Assault occasioning actual bodily harm', 'Stalking'] }, 12],
  [{ themes: ['CSE'], words: 'Child sexual exploitation', offences: children }, 19],
  [{ themes: ['CCE'], words: 'Child criminal exploitation', offences: drugs }, 9],
  [{ themes: ['CSE', 'CCE'], words: 'Child sexual and criminal exploitation', offences: [...children, ...drugs] }, 4],
  [{ themes: ['TRAFFICKING', 'CSE'], words: 'Trafficking of children', offences: ['Arranging or facilitating travel with a view to exploitation', ...children] }, 3],
  [{ themes: ['MODERN_SLAVERY_LABOUR'], words: 'Forced labour', offences: ['Holding a person in slavery or servitude', 'Requiring a person to perform forced or compulsory labour'] }, 3],
  [{ themes: ['HBA'], words: 'So-called honour-based abuse', offences: ['Controlling or coercive behaviour', 'Threats to kill'] }, 2],
  [{ themes: ['FORCED_MARRIAGE'], words: 'Forced marriage', offences: ['Using violence, threats or coercion to force a marriage'] }, 1],
  [{ themes: ['FINANCIAL'], words: 'Financial exploitation', offences: ['Fraud by false representation', 'Possession of criminal property'] }, 1],
];

/** How many suspects a case has. */
export const suspectCounts: Weighted<number> = [[1, 84], [2, 13], [3, 3]];

/** What ends a suspect's wait. */
export const dealtWith: Weighted<Dealing> = [['ARREST', 55], ['INTERVIEW', 42], ['REQUISITION', 3]];

/** How a case leaves the stock. */
export const endings: Weighted<Ending> = [['FINALISED', 955], ['TRANSFERRED', 18], ['CANCELLED', 27]];

/** What becomes of the suspects of a finalised case. */
export const disposals: Weighted<Disposal> = [['CHARGED', 34], ['NO_FURTHER_ACTION', 58], ['ELIMINATED', 7], ['DECEASED', 1]];

/** Home Office outcomes of a case that ends with a named suspect and no charge. */
export const uncharged: Weighted<string> = [['16', 40], ['15', 30], ['10', 7], ['21', 6], ['20', 6], ['8', 5], ['3', 4], ['9', 2]];
