import { DomainError } from '#kernel';
import { faultFields, openLogger } from './logger';
import type { LogMessage } from './logger';

const line = (fields: Parameters<ReturnType<typeof openLogger>['info']>[1], message: LogMessage = 'request failed'): Record<string, unknown> => {
  const lines: string[] = [];
  openLogger((text) => void lines.push(text), () => 0).warn(message, fields);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  return JSON.parse(lines[0]!) as Record<string, unknown>;
};

describe('the log', () => {
  it('has one JSON line a message, with level, time and coded fields', () => {
    expect(line({ status: 422, code: 'LINK_NOT_LIVE', route: '/api/v1/investigations/{id}', cached: false })).toEqual({
      level: 'warn', time: '1970-01-01T00:00:00.000Z', message: 'request failed', status: 422, code: 'LINK_NOT_LIVE',
      route: '/api/v1/investigations/{id}', cached: false,
    });
  });

  it.each(['Jamie Example', '/people?name=Example', '{"name": "x"}', 'line\nbreak', 'Zoë', 'x'.repeat(201)])('withholds %j', (value) => {
    expect(line({ value }).value).toBe('[withheld]');
  });

  it('tells of a fault its kind, code and place, and nothing of its words', () => {
    const fields = faultFields(new DomainError('NO_SUCH_LINK'));
    expect(fields).toMatchObject({ error: 'DomainError', code: 'NO_SUCH_LINK' });
    expect(JSON.stringify(faultFields(new Error('Jamie Example is unknown')))).not.toContain('Jamie');
    expect(faultFields('Jamie Example')).toEqual({ error: 'string' });
  });
});
