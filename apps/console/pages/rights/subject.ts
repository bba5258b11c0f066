import { NotFoundException } from '@nestjs/common';
import type { NominalId } from '#kernel';
import type { OpenedText } from '#contexts/oversight';
import type { Admission, Shown } from '../../../guard';

/** The person whom the address names by reference. @throws NotFoundException where there is no such person for this reader */
export const subjectIn = ({ record }: Admission, reference: string): NominalId => {
  if (record?.kind !== 'person' || !/^PER-\d{1,15}$/i.test(reference)) throw new NotFoundException();
  return record.id;
};

/** The investigations that texts stand on. */
export const textsShown = (texts: readonly OpenedText[]): Shown =>
  ({ kind: 'investigation', ids: [...new Set(texts.flatMap(({ stream }) => /^investigation-(.+)$/.exec(stream)?.[1] ?? []))] });
