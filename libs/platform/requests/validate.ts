import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { cleaned } from './clean';
import { effectiveAtFault } from './effective-at-field';
import { InvalidRequestError } from './invalid-request';
import type { InvalidEntry } from './invalid-request';
import { rememberRules } from './remembered-rules';

rememberRules();

const pathOf = (parent: string, property: string): string => {
  if (!parent) return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
};

const entriesOf = (error: ValidationError, parent: string): InvalidEntry[] => {
  const field = pathOf(parent, error.property);
  const nested = (error.children ?? []).flatMap((child) => entriesOf(child, field));
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]): InvalidEntry => {
    if (rule === 'whitelistValidation') return { field, message: `${field} is not a field of this request` };
    const date = rule === 'effectiveAt' ? effectiveAtFault(error.value, field) : undefined;
    if (date) return { field: date.field, message: `${date.field} ${date.rule}` };
    return { field, message: message.replace(error.property, () => field) };
  });
  // Several rules of one field say the same thing about a value that is missing: the first is enough.
  return [...own.slice(0, 1), ...nested];
};

/**
 * What was sent as an instance of its request class, with strings in NFC and trimmed.
 * @throws InvalidRequestError with one entry a field: wrong, missing, or not a field of the request
 */
export const validateRequest = <T extends object>(request: new () => T, plain: unknown): T => {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    throw new InvalidRequestError([{ field: '', message: 'the request must be an object' }]);
  const { value, faults } = cleaned(plain);
  if (faults.length > 0) throw new InvalidRequestError(faults);
  const instance = plainToInstance(request, value);
  // Names that every object has, such as toString, are left out without a word.
  const lost = Object.keys(value as object).filter((field) => !Object.hasOwn(instance, field));
  if (lost.length > 0) throw new InvalidRequestError(lost.map((field) => ({ field, message: `${field} is not a field of this request` })));
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (errors.length > 0) throw new InvalidRequestError(errors.flatMap((error) => entriesOf(error, '')));
  return instance;
};
