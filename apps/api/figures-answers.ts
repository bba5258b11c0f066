import { ApiProperty } from '@nestjs/swagger';
import type { Band, Figures, Trend, TrendMonth } from '#contexts/investigations';
import { count, instant, maybeText } from './answer-fields';

export class AreaAnswer {
  @ApiProperty({ ...maybeText, description: 'Code of the district, where it has one', example: 'E08000018' })
  readonly code: string | null;

  @ApiProperty({ example: 'Rotherham' })
  readonly name: string;
}

class DefinitionAnswer {
  @ApiProperty({ enum: ['headline'] })
  readonly name: 'headline';

  @ApiProperty({ type: 'integer' })
  readonly version: number;

  @ApiProperty({ type: 'integer', enum: [84], description: 'Over the threshold: more than so many days' })
  readonly thresholdDays: 84;
}

class BandAnswer implements Band {
  @ApiProperty({ ...count, description: 'Days outstanding, from, included' })
  readonly from: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'To, included; null in the last band' })
  readonly to: number | null;

  @ApiProperty({ ...count, description: 'By their longest-waiting suspect, so that the bands add up' })
  readonly investigations: number;

  @ApiProperty(count)
  readonly suspectLinks: number;
}

class InvestigationCountsAnswer {
  @ApiProperty(count)
  readonly active: number;

  @ApiProperty({ ...count, description: 'Active with no live link of a named suspect' })
  readonly noSuspectIdentified: number;

  @ApiProperty({ ...count, description: 'Active with an outstanding suspect' })
  readonly suspectOutstanding: number;

  @ApiProperty({ ...count, description: 'Of those: for more days than the threshold' })
  readonly suspectOutstandingOverThreshold: number;
}

class SuspectLinkCountsAnswer {
  @ApiProperty(count)
  readonly outstanding: number;

  @ApiProperty(count)
  readonly overThreshold: number;
}

class PeopleCountsAnswer {
  @ApiProperty(count)
  readonly outstanding: number;
}

export class FiguresAnswer implements Figures {
  @ApiProperty({ type: DefinitionAnswer })
  readonly definition: Figures['definition'];

  @ApiProperty({ description: 'Whose records are counted' })
  readonly scope: string;

  @ApiProperty({ type: AreaAnswer })
  readonly area: Figures['area'];

  @ApiProperty(maybeText)
  readonly theme: string | null;

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty(instant)
  readonly effectiveAt: string;

  @ApiProperty(instant)
  readonly recordedAt: string;

  @ApiProperty({ type: 'integer', description: 'Event number of the last event counted; -1 when there is none' })
  readonly number: number;

  @ApiProperty({ description: 'Place in the log, opaque' })
  readonly position: string;

  @ApiProperty({ ...count, description: 'Records left out because they could not be read' })
  readonly incomplete: number;

  @ApiProperty({ type: InvestigationCountsAnswer })
  readonly investigations: Figures['investigations'];

  @ApiProperty({ type: SuspectLinkCountsAnswer })
  readonly suspectLinks: Figures['suspectLinks'];

  @ApiProperty({ type: PeopleCountsAnswer })
  readonly people: Figures['people'];

  @ApiProperty({ type: [BandAnswer] })
  readonly bands: Figures['bands'];
}

export class TrendMonthAnswer implements TrendMonth {
  @ApiProperty({ example: '2019-10' })
  readonly month: string;

  @ApiProperty(count)
  readonly opened: number;

  @ApiProperty(count)
  readonly closed: number;

  @ApiProperty({ ...count, description: 'At the end of the month, or so far' })
  readonly active: number;

  @ApiProperty({ description: 'The moment lies in this month' })
  readonly soFar: boolean;
}

export class TrendAnswer implements Trend {
  @ApiProperty({ type: AreaAnswer })
  readonly area: Trend['area'];

  @ApiProperty(maybeText)
  readonly theme: string | null;

  @ApiProperty(maybeText)
  readonly team: string | null;

  @ApiProperty(instant)
  readonly effectiveAt: string;

  @ApiProperty(instant)
  readonly recordedAt: string;

  @ApiProperty({ type: 'integer', description: 'Event number of the last event counted; -1 when there is none' })
  readonly number: number;

  @ApiProperty({ type: [TrendMonthAnswer], description: 'Up to the moment\'s own month, oldest first' })
  readonly months: readonly TrendMonth[];
}
