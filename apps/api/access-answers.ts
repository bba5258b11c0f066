import { ApiProperty } from '@nestjs/swagger';
import { userRoles } from '#contexts/oversight';
import type { AccessEntry, CouldSee, UserRole } from '#contexts/oversight';
import { instantOf } from '#kernel';
import type { OperationEntry } from '../guard';
import { date, instant } from './answer-fields';

const maybe = { type: String, nullable: true } as const;

class EndedAnswer {
  @ApiProperty({ description: 'Who took it away, or found no need of it' })
  readonly by: string;

  @ApiProperty(instant)
  readonly at: string;
}

export class AccessEntryAnswer {
  @ApiProperty({ format: 'uuid', description: 'Of the grant, or of the use of the break-glass' })
  readonly id: string;

  @ApiProperty({ enum: ['GRANT', 'BREAK_GLASS'] })
  readonly kind: AccessEntry['kind'];

  @ApiProperty({ ...maybe, description: 'Whoever has access; null when an agency has' })
  readonly user: string | null;

  @ApiProperty({ ...maybe, description: 'The agency whose users have access; null when one user has' })
  readonly agency: string | null;

  @ApiProperty({ ...date, description: 'First day, Europe/London' })
  readonly from: string;

  @ApiProperty({ ...date, description: 'Last day, Europe/London' })
  readonly until: string;

  @ApiProperty({ ...instant, description: 'When it ends by itself' })
  readonly endsAt: string;

  @ApiProperty({ ...maybe, description: 'Reference of the information sharing agreement' })
  readonly agreement: string | null;

  @ApiProperty({ ...maybe, description: 'Why; null when it has been erased' })
  readonly basis: string | null;

  @ApiProperty({ description: 'Who recorded it' })
  readonly by: string;

  @ApiProperty({ ...instant, description: 'When it was recorded' })
  readonly at: string;

  @ApiProperty({ type: EndedAnswer, nullable: true, description: 'Set when it was ended before its time' })
  readonly ended: EndedAnswer | null;
}

export class OperationEntryAnswer extends AccessEntryAnswer {
  @ApiProperty({ type: String, isArray: true, format: 'uuid', description: 'Of the investigations that it reaches, those that you may know of' })
  readonly reaches: readonly string[];
}

const relations = ['OFFICER', 'SUPERVISOR', 'TEAM', 'OPENER', 'GRANTED', 'MEMBER'] as const;

export class CouldSeeAnswer {
  @ApiProperty({ example: 'DC 4417' })
  readonly user: string;

  @ApiProperty({ enum: userRoles })
  readonly role: UserRole;

  @ApiProperty()
  readonly agency: string;

  @ApiProperty(maybe)
  readonly team: string | null;

  @ApiProperty({ enum: relations, isArray: true, description: 'What they had to do with it at one time or another of the day; empty when their role alone let them' })
  readonly relations: readonly (typeof relations)[number][];
}

/** @param basis the opened text; null when it has been erased */
export const accessEntryAnswer = (entry: AccessEntry, basis: string | null): AccessEntryAnswer => {
  const { id, kind, to, from, until, untilAt, agreement, by, at, ended } = entry;
  return {
    id, kind, user: to.kind === 'USER' ? to.id : null, agency: to.kind === 'AGENCY' ? to.agency : null, from, until, endsAt: instantOf(untilAt), agreement, basis, by,
    at: instantOf(at), ended: ended && { by: ended.by, at: instantOf(ended.at) },
  };
};

/** The reason is left out for whoever may only know of what it reaches. */
export const operationEntryAnswer = ({ entry, open }: OperationEntry, basis: string | null): OperationEntryAnswer => ({ ...accessEntryAnswer(entry, open ? basis : null), reaches: entry.reaches });

export const couldSeeAnswer = ({ userId, role, agency, team, relation }: CouldSee): CouldSeeAnswer => {
  const holds: Record<(typeof relations)[number], boolean> = {
    OFFICER: relation.officer === 'me', SUPERVISOR: relation.supervisor === 'me', TEAM: relation.team === 'me',
    OPENER: relation.opener, GRANTED: relation.granted, MEMBER: relation.member,
  };
  return { user: userId, role, agency, team, relations: relations.filter((each) => holds[each]) };
};
