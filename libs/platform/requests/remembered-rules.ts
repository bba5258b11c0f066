import { getMetadataStorage } from 'class-validator';

type Storage = ReturnType<typeof getMetadataStorage>;
type Rules = ReturnType<Storage['getTargetValidationMetadatas']>;

/**
 * Has class-validator look up the rules of a request class once: it goes through those of every class each time, for every object that it
 * checks. Rules are complete when the first request comes, and ours know neither groups nor schemas by name.
 */
export const rememberRules = (storage: Storage = getMetadataStorage()): void => {
  const known = new WeakMap<object, Rules>();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  storage.getTargetValidationMetadatas = (target, schema, always, strictGroups, groups) => {
    if (always || strictGroups || groups?.length || schema) return find(target, schema, always, strictGroups, groups);
    const rules = known.get(target) ?? find(target, schema, always, strictGroups, groups);
    known.set(target, rules);
    return rules;
  };
};
