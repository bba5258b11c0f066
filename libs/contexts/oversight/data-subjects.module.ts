import { Module } from '@nestjs/common';
import { dataSubjectHandlers } from './application/data-subject.handlers';

/** Rights of data subjects and retention. Needs `DataSubjects` and the command bus from the program it is part of. */
@Module({ providers: dataSubjectHandlers })
export class DataSubjectsModule {}
