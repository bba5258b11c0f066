import { Bench } from '../../api/api.fixtures';

describe('an address that cannot be read', () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await Bench.open();
    await bench.opened();
  }, 60_000);
  afterAll(() => bench.close());

  const answered = async (address: string) => {
    const { statusCode: status, headers, body } = await bench.app.inject({ method: 'GET', url: address, headers: bench.credentials });
    return { status, file: headers['content-disposition'] !== undefined, body };
  };

  it.each([
    ['/figures.csv?asAt=2031-01-01', 'today or in the past'], ['/figures.json?asAt=2031-01-01', 'today or in the past'], ['/investigations.csv?asAt=2031-01-01', 'today or in the past'],
    ['/figures.csv?asAtEvent=999999', 'no event'], ['/figures.csv?area=Atlantis', 'The area'], ['/figures.csv?clock=zzz', 'a clock'], ['/figures.csv?theme=zzz', 'exploitation'],
    ['/figures.csv?team=Nobody', 'The team'], ['/investigations.csv?status=zzz', 'The status'], ['/investigations.csv?suspect=zzz', 'The suspect'], ['/investigations.csv?wait=zzz', 'The wait'],
    ['/investigations.csv?sort=zzz', 'The order'], ['/investigations.csv?dir=zzz', 'The direction'],
  ])('gives no file: %s', async (address, reason) => {
    const { status, file, body } = await answered(address);
    expect({ status, file }).toEqual({ status: 400, file: false });
    expect(body).toContain(reason);
    expect(body).not.toMatch(/zzz|Atlantis|Nobody/);
  });

  it.each(['/?asAt=2031', '/?asAtEvent=999999', '/?clock=zzz', '/?show=1&date=31/2/2019', '/suspects?asAt=x', '/investigations?asAt=2031-01-01', '/?asAt=2019-10-27T01:30'])(
    'gives no page with figures: %s', async (address) => {
      const { status, body } = await answered(address);
      expect(status).toBe(400);
      expect(body).toContain('govuk-error-summary');
      expect(body).not.toMatch(/dbk-card__number|dbk-bands|dbk-list/);
    });

  it('gives no page of a record', async () => {
    const id = await bench.opened();
    const person = await bench.post('/api/v1/people', { familyName: 'Example', sex: '0', selfDefinedEthnicity: 'NOT_ASKED', officerDefinedEthnicity: 'NOT_ASKED', nationality: 'NOT_ASKED' });
    const { number, position } = await bench.daybook.store.head();
    // On their own case the reader needs no reason.
    await bench.post(`/api/v1/investigations/${id}/suspects`, { quality: 'NAMED', nominalId: person.body.id as string });
    await bench.daybook.reads.waitFor(position, 10_000);
    expect(person.status).toBe(201);
    for (const address of [`/investigations/${id}`, `/investigations/${id}/history`, `/people/PER-${number}`]) {
      expect((await answered(address)).status).toBe(200);
      const { status, body } = await answered(`${address}?asAtEvent=999999`);
      expect({ address, status, asked: body.includes('There is no event of the number in the address') }).toEqual({ address, status: 400, asked: true });
      expect(body).not.toContain('dbk-timeline');
    }
  });

  it.each(['/?area=Atlantis', '/?theme=zzz', '/?team=Nobody', '/suspects?wait=zzz', '/investigations?status=zzz', '/investigations?dir=zzz'])('gives a page that says what it left out: %s', async (address) => {
    const { status, body } = await answered(address);
    expect(status).toBe(200);
    expect(body).toContain('in the address is not one we know; it was left out.');
  });

  it.each([
    ['asAt=2025-06-14', 'as-at-20250614-event-'], ['asAt=2025-06-14T17:00&clock=happened', 'happened-by-20250614T1700-event-'], ['asAtEvent=0', 'all-areas-event-0'], ['', 'all-areas-event-'],
  ])('is told apart from one of another moment or clock by the name of its file: %s', async (moment, part) => {
    for (const file of ['figures.csv', 'investigations.csv'])
      expect((await bench.app.inject({ method: 'GET', url: `/${file}?area=all&${moment}`, headers: bench.credentials })).headers['content-disposition']).toContain(part);
  });

  it('is not needed to know at which moments a line of a list holds', async () => {
    const { body } = await answered('/investigations.csv?area=all&asAt=2025-06-14&clock=happened');
    const [names, line] = body.trimEnd().split('\r\n').map((each) => each.split(','));
    expect(names!.slice(-3)).toEqual(['Effective at', 'Recorded at', 'Event number']);
    expect(line!.slice(-3)).toEqual(['2025-06-14T22:59:59.999Z', expect.stringMatching(/Z$/), expect.stringMatching(/^\d+$/)]);
  });

  it('is not one that names everything as it is', async () => {
    for (const address of ['/figures.csv?area=all&theme=CSE', '/figures.json?area=Rotherham', '/investigations.csv?area=all&status=all&suspect=none&sort=reference&dir=asc'])
      expect(await answered(address)).toMatchObject({ status: 200, file: true });
  });
});
