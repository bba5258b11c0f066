import { wayOf } from './look-ways';

const look = (route: string, more: object = {}) => ({ operation: 'CONSULTATION', door: 'PAGE', route, ...more });

describe('how a record came to be seen', () => {
  it.each([
    '/investigations/:reference', '/investigations/:reference/history', '/investigations/:reference/record/:task', '/api/v1/investigations/:ref', '/break-glass/:id/review',
    '/restricted', '/corrections/new', '/events/:number', '/recorded/:number', 'history',
  ])('an investigation at %s: it was opened', (route) => expect(wayOf(look(route), 'investigation')).toBe('OPENED'));

  it.each(['/investigations', '/suspects', '/api/v1/suspects/outstanding', '/people/:reference', '/people/:reference/rights'])('an investigation at %s: it stood beside others', (route) =>
    expect(wayOf(look(route), 'investigation')).toBe('LISTED'));

  it.each([['/people/:reference', 'OPENED'], ['/api/v1/people/:ref/history', 'OPENED'], ['/events/:number', 'OPENED'], ['/investigations/:reference', 'LISTED'], ['/retention', 'LISTED']])('a person at %s: %s', (route, way) =>
    expect(wayOf(look(route), 'person')).toBe(way));

  it('what was downloaded or disclosed was taken out, whatever it names', () => {
    expect(wayOf(look('/investigations.csv', { door: 'DOWNLOAD' }), 'investigation')).toBe('TAKEN_OUT');
    expect(wayOf(look('/api/v1/people/:ref/subject-extract', { operation: 'DISCLOSURE', door: 'API' }), 'person')).toBe('TAKEN_OUT');
    expect(wayOf(look('export subject', { operation: 'DISCLOSURE', door: 'CLI' }), 'person')).toBe('TAKEN_OUT');
  });
});
