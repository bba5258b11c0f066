import { correctionForms, investigationCommandNames, investigationRequests } from '#contexts/investigations';
import { validateRequest } from '#platform/requests';
import type { InvalidRequestError } from '#platform/requests';
import { newInvestigation, taskOf, tasks } from './tasks';

const byForm = ['CorrectEntry', 'VoidEntry'];

describe('the forms', () => {
  it('are there for every command that a person can send', () => {
    const covered = [newInvestigation, ...tasks].map(({ command }) => command);
    expect([...covered, ...byForm].sort()).toEqual([...investigationCommandNames].sort());
  });

  it('are there for every entry that can be corrected', () => {
    for (const command of Object.values(correctionForms)) expect(taskOf(command)).toBeDefined();
  });

  it.each([newInvestigation, ...tasks].map((task) => [task.slug, task] as const))('%s asks only what its request knows', (_, task) => {
    const asked = Object.fromEntries(task.fields.filter(({ name }) => name !== 'method').map(({ name }) => [name, 'x']));
    const crime = ['offence', 'crimeReference', 'force', 'offenceFrom', 'offenceTo'];
    const plain = task.about === 'new' ? Object.fromEntries(Object.entries(asked).filter(([name]) => !crime.includes(name))) : asked;
    const strays = (): string[] => {
      try {
        validateRequest(investigationRequests[task.command] as new () => object, plain);
        return [];
      } catch (error) {
        return (error as InvalidRequestError).entries.filter(({ message }) => message.includes('is not a field')).map(({ field }) => field);
      }
    };
    expect(strays()).toEqual([]);
  });
});
