import { dayNumber } from '#kernel';
import { Checked, Code, FactRequest, Id, Line, Text } from '#platform/requests';
import { nationalities, notRecordedReasons, officerDefinedEthnicities, selfDefinedEthnicities, sexCodes } from '../domain/codes';
import type { SexCode } from '../domain/nominal.events';
import { isPncId } from '../domain/pnc-id';

const birthFault = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || Number.isNaN(dayNumber(value))) return 'must be a date that exists, such as 2004-03-21';
  return value < '1880-01-01' ? 'must be a date after 1880' : undefined;
};

const pncFault = (value: unknown): string | undefined => {
  if (!Array.isArray(value)) return 'must be a list';
  if (value.length > 20 || new Set(value).size < value.length) return 'must hold at most 20 and none twice';
  return value.every((id) => typeof id === 'string' && isPncId(id)) ? undefined : 'must be PNC ids such as 2004/0012345L, each with its right check letter';
};

class PersonFields extends FactRequest {
  @Line({ description: 'Family name; sealed', max: 200 })
  familyName: string;

  @Line({ description: 'Given names; sealed', max: 200, optional: true })
  givenNames?: string;

  @Checked('birth', birthFault, { description: 'Date of birth; sealed', optional: true, example: '2004-03-21' })
  dateOfBirth?: string;

  @Checked('pncIds', pncFault, { description: 'PNC ids; sealed', optional: true, list: true, example: [] })
  pncIds?: string[];

  @Code(sexCodes, { description: 'ISO/IEC 5218: 0 not known, 1 male, 2 female, 9 not specified' })
  sex: SexCode;

  @Code([...selfDefinedEthnicities, ...notRecordedReasons], { description: 'Self-defined ethnicity, or why there is none' })
  selfDefinedEthnicity: string;

  @Code([...officerDefinedEthnicities, ...notRecordedReasons], { description: 'Officer-defined ethnicity, or why there is none' })
  officerDefinedEthnicity: string;

  @Code([...nationalities, ...notRecordedReasons], { description: 'ISO 3166-1 alpha-3, or why there is none' })
  nationality: string;
}

/** The person's id follows from the idempotency key, so that one key cannot register two people; nobody gives one. */
export class RegisterPersonRequest extends PersonFields {}

/** The whole of the person's details as they should be; the first registration stays on record. */
export class CorrectPersonRequest extends PersonFields {
  @Text({ description: 'Why they are corrected; sealed' })
  declare reason: string;
}

export class AddPersonAliasRequest extends FactRequest {
  @Id({ description: 'Id of the alias; made when not given', optional: true })
  aliasId?: string;

  @Line({ description: 'Family name; sealed', max: 200, optional: true })
  familyName?: string;

  @Line({ description: 'Given names or nickname; sealed', max: 200, optional: true })
  givenNames?: string;
}

export class VoidPersonEntryRequest extends FactRequest {
  @Id({ description: 'The event to take away' })
  event: string;

  @Text({ description: 'Why it is taken away; sealed' })
  declare reason: string;
}
