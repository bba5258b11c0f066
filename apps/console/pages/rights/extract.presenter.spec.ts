import { extractPage } from './extract.presenter';

describe('the page before somebody is given what is held about them', () => {
  it('leaves out what runs against them, until somebody decides that they are told', () => {
    const cases = [{ reference: 'INV-3', measures: ['OUTSTANDING', 'OUTSTANDING'] as const }, { reference: 'INV-4', measures: [] }];
    expect(extractPage({ reference: 'PER-1', withheld: {}, leftOut: [], cases }).model).toMatchObject({
      cases: [{ value: 'INV-3', checked: true, hint: { text: 'Outstanding' } }, { value: 'INV-4', checked: false }],
    });
  });
});
