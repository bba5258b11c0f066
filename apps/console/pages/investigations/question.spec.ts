import { listQuestion } from './question';

const known = { homeArea: 'Rotherham', areas: ['Barnsley', 'Rotherham'], teams: () => ['North team'] };

describe('the question of a list', () => {
  it('is active investigations of the home area when nothing is asked', () => {
    expect(listQuestion({}, known).filter).toEqual({ area: 'Rotherham', sort: 'opened', direction: 'desc' });
  });

  it('reads the address that a figure links to', () => {
    const { filter, chosen } = listQuestion({ area: 'Barnsley', suspect: 'outstanding', wait: 'over-84' }, known);
    expect(filter).toEqual({ area: 'Barnsley', suspect: 'outstanding', wait: '85+', sort: 'wait', direction: 'desc' });
    expect(chosen.map(({ text }) => text)).toEqual(['Barnsley', 'Suspect outstanding', 'Waiting over 12 weeks']);
  });

  it('leaves out what it does not know, and says so', () => {
    const { filter, notices } = listQuestion({ area: 'Nowhere', theme: 'x', team: 'y', status: '__proto__', suspect: 'constructor', wait: '1', sort: 'z', size: '7' }, known);
    expect(filter).toEqual({ area: 'Rotherham', sort: 'opened', direction: 'desc' });
    expect(notices).toHaveLength(7);
    expect(notices.join()).not.toContain('Nowhere');
  });
});
