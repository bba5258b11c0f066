import { ApiProperty } from '@nestjs/swagger';
import type { LocalDate } from '#kernel';
import { Checked, Code, Day, Line } from '#platform/requests';
import { exploitationTypes, investigationKinds } from '#contexts/investigations';
import type { ExploitationType, InvestigationKind } from '#contexts/investigations';

const moment = (clock: string) => ({
  description: `Moment on the clock of ${clock}: instant with offset, local date or month (their end), Europe/London; now when not given`,
  max: 40, example: '2019-12-31T17:00:00Z', optional: true as const,
});

/** Checks a whole number of a query string. */
export const wholeUpTo = (most: number) => (value: unknown): string | undefined =>
  typeof value === 'string' && /^[1-9]\d{0,3}$/.test(value) && Number(value) <= most ? undefined : `must be a whole number from 1 to ${most}`;

/** What an answer must not be older than. */
class PositionedQuestion {
  @Line({ description: 'Position of a command whose effect must be seen; waits up to one second. Refused (400) beyond the end of the log', max: 20, pattern: /^\d{1,19}$/, rule: 'a position that a command answered', optional: true })
  minPosition?: string;
}

export class AccessQuestion extends PositionedQuestion {}

export class CouldSeeQuestion extends PositionedQuestion {
  @Day({ description: 'The day, Europe/London: today or earlier', example: '2019-12-31' })
  on: LocalDate;

  @Code(['know', 'read'], { description: '`know`: who could know that it exists; `read`, which is meant when not given: who could read it', optional: true })
  action?: 'know' | 'read';
}

export class WorkListQuestion extends PositionedQuestion {
  @Line({ description: 'Where the last page ended, as it answered', max: 200, optional: true })
  cursor?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 200 })
  @Checked('limit', wholeUpTo(200), { description: 'At most so many; 50 when not given', optional: true })
  limit?: string;
}

/** The pair of moments that a question is asked at, and what it must not be older than. */
export class MomentsQuestion extends PositionedQuestion {
  @Line(moment('what happened'))
  effectiveAt?: string;

  @Line(moment('what was recorded'))
  recordedAt?: string;
}

export class ScopedQuestion extends MomentsQuestion {
  @Line({ description: 'District by name or code, or `all`; the home area when not given', max: 100, example: 'Rotherham', optional: true })
  area?: string;

  @Code(exploitationTypes, { description: 'Only investigations marked with this kind of exploitation', optional: true })
  theme?: ExploitationType;

  @Line({ description: 'Only investigations of this team', max: 100, optional: true })
  team?: string;
}

export class FiguresQuestion extends ScopedQuestion {}

export class TrendQuestion extends ScopedQuestion {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 120 })
  @Checked('months', wholeUpTo(120), { description: 'How many months, up to the moment\'s own; 24 when not given', optional: true })
  months?: string;
}

const waits = ['0-28', '29-56', '57-84', '85+'] as const;
type Wait = (typeof waits)[number];

class PagedQuestion extends ScopedQuestion {
  @Line({ description: 'Where the last page ended, as it answered; bound to the moments and filters of the first page', max: 2000, optional: true })
  cursor?: string;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 200 })
  @Checked('limit', wholeUpTo(200), { description: 'At most so many; 50 when not given', optional: true })
  limit?: string;

  @Code(waits, { description: 'Days that the longest-waiting suspect has been outstanding', optional: true })
  wait?: Wait;
}

export class OutstandingSuspectsQuestion extends PagedQuestion {}

const statuses = ['active', 'finalised', 'transferred', 'cancelled', 'all'] as const;
const suspects = ['none', 'outstanding'] as const;
const sorts = ['opened', 'reference', 'wait'] as const;
const directions = ['asc', 'desc'] as const;

export class InvestigationsQuestion extends PagedQuestion {
  @Code(statuses, { description: '`active` when not given', optional: true })
  status?: (typeof statuses)[number];

  @Code(suspects, { description: '`none`: active with no suspect identified; `outstanding`: with an outstanding suspect', optional: true })
  suspect?: (typeof suspects)[number];

  @Code(investigationKinds, { description: 'Kind of investigation', optional: true })
  kind?: InvestigationKind;

  @Code(sorts, { description: 'Order of the list', optional: true })
  sort?: (typeof sorts)[number];

  @Code(directions, { description: 'Direction of that order', optional: true })
  direction?: (typeof directions)[number];
}
