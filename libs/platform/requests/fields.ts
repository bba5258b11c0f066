import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, registerDecorator,
  ValidateIf, ValidateNested,
} from 'class-validator';
import type { ValidationArguments } from 'class-validator';
import { dayNumber } from '#kernel';
import { effectiveAtFault } from './effective-at-field';

/** Free text may be this long, in UTF-16 units. */
export const TEXT_MAX = 20_000;

interface Field {
  readonly description: string;
  readonly optional?: true;
  readonly example?: unknown;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const LINE = /^[^\p{Cc}\u2028\u2029]*$/u;

/** A field that is declared anew as one that must be given would else stay as optional as in the request it comes from. */
const ALWAYS = ValidateIf(() => true);

type Schema = Parameters<typeof ApiProperty>[0];

const field = ({ description, optional, example }: Field, schema: Schema, ...rules: PropertyDecorator[]): PropertyDecorator => {
  const documented = { ...schema, description, required: !optional, ...(example === undefined ? {} : { example }) } as Schema;
  return applyDecorators(ApiProperty(documented), optional ? IsOptional() : ALWAYS, ...rules);
};

/** Free text over several lines, sealed before it is stored. */
export const Text = (options: Field & { readonly max?: number }): PropertyDecorator => {
  const max = options.max ?? TEXT_MAX;
  return field(options, { type: String, maxLength: max },
    IsString({ message: '$property must be text' }), MaxLength(max, { message: `$property must be at most ${max} characters` }));
};

/** One line of text without control characters. */
export const Line = (options: Field & { readonly max: number; readonly pattern?: RegExp; readonly rule?: string }): PropertyDecorator =>
  field(options, { type: String, maxLength: options.max },
    IsString({ message: '$property must be text' }),
    MaxLength(options.max, { message: `$property must be at most ${options.max} characters` }),
    Matches(LINE, { message: '$property must be one line without control characters' }),
    ...(options.pattern ? [Matches(options.pattern, { message: `$property must be ${options.rule}` })] : []));

/** One value of a list. */
export const Code = (values: readonly string[], options: Field): PropertyDecorator =>
  field(options, { type: String, enum: [...values] }, IsIn(values, { message: `$property must be one of ${values.join(', ')}` }));

/** Several different values of a list. */
export const Codes = (values: readonly string[], options: Field & { readonly min?: number }): PropertyDecorator =>
  field(options, { type: String, enum: [...values], isArray: true },
    IsArray({ message: '$property must be a list' }), ArrayUnique({ message: '$property must not name anything twice' }),
    ...(options.min ? [ArrayMinSize(options.min, { message: `$property must name at least ${options.min}` })] : []),
    IsIn(values, { each: true, message: `each of $property must be one of ${values.join(', ')}` }));

const uuidRule = { message: '$property must be a lower-case UUID' };

/** A UUID in lower case. */
export const Id = (options: Field): PropertyDecorator =>
  field(options, { type: String, format: 'uuid' }, IsString(uuidRule), Matches(UUID, uuidRule));

/** Several different UUIDs. */
export const Ids = (options: Field): PropertyDecorator =>
  field(options, { type: String, format: 'uuid', isArray: true }, IsArray({ message: '$property must be a list' }),
    ArrayMaxSize(200, { message: '$property must hold at most 200' }), ArrayUnique({ message: '$property must not name anything twice' }),
    Matches(UUID, { each: true, message: 'each of $property must be a lower-case UUID' }));

/** A whole number within bounds, both included. */
export const Whole = (min: number, max: number, options: Field): PropertyDecorator => {
  const message = `$property must be a whole number from ${min} to ${max}`;
  return field(options, { type: 'integer', minimum: min, maximum: max }, IsInt({ message }), Min(min, { message }), Max(max, { message }));
};

/** Yes or no. */
export const Flag = (options: Field): PropertyDecorator =>
  field(options, { type: Boolean }, IsBoolean({ message: '$property must be true or false' }));

/** Requests of another class, checked in their turn. */
export const ListOf = (item: () => new () => object, options: Field & { readonly min?: number; readonly max: number }): PropertyDecorator =>
  // What is described later is told from a class by the name `type`.
  field(options, { type: () => item(), isArray: true },
    IsArray({ message: '$property must be a list' }), Type(item),
    ArrayMinSize(options.min ?? 0, { message: `$property must hold at least ${options.min ?? 0}` }),
    ArrayMaxSize(options.max, { message: `$property must hold at most ${options.max}` }),
    ValidateNested({ each: true, message: 'each of $property must be an object' }));

const rule = (name: string, fault: (value: unknown) => string | undefined): PropertyDecorator => (target, property) =>
  registerDecorator({
    name, target: target.constructor, propertyName: property as string,
    validator: {
      validate: (value: unknown) => fault(value) === undefined,
      defaultMessage: (args?: ValidationArguments) => `${args!.property} ${fault(args!.value) ?? ''}`,
    },
  });

/** A Europe/London calendar date that exists. */
export const Day = (options: Field): PropertyDecorator =>
  field({ example: '2019-06-14', ...options }, { type: String, format: 'date' },
    rule('day', (value) => (typeof value === 'string' && !Number.isNaN(dayNumber(value)) ? undefined : 'must be a date that exists, such as 2019-06-14')));

/** Any check of one's own: the fault as the end of a sentence that starts with the field, or undefined when there is none. */
export const Checked = (name: string, fault: (value: unknown) => string | undefined, options: Field & { readonly list?: true }): PropertyDecorator =>
  field(options, { type: String, isArray: options.list ?? false }, rule(name, fault));

/** When the act happened, as exactly as it is known. */
export const EffectiveAtField = (options: Field): PropertyDecorator =>
  field({ example: { precision: 'minute', from: '2019-06-14T17:00+01:00' }, ...options }, {
    type: 'object',
    properties: {
      precision: { type: 'string', enum: ['minute', 'day', 'month', 'year', 'range', 'unknown'] },
      from: { type: 'string' }, to: { type: 'string' }, about: { type: 'boolean' },
    },
  } as Schema, rule('effectiveAt', (value) => effectiveAtFault(value, '')?.rule));
