import type { InvestigationId, LocalDate } from '#kernel';
import type { Policies } from '#platform/access';
import type { CaseAccess } from '#contexts/investigations';
import type { AccessLists } from '../read/access-lists';
import { whoCouldSee } from '../read/day-of-access';
import type { CouldSee } from '../read/day-of-access';
import type { Posts } from '../read/posts';
import { Classes } from './classes';

export interface WhoCouldSeeParts {
  readonly policies: Policies;
  readonly lists: Pick<AccessLists, 'inForceOn'>;
  readonly posts: Pick<Posts, 'dayOf' | 'postsOn'>;
  readonly records: Pick<CaseAccess, 'between'>;
}

/**
 * Tells who could have seen an investigation on a day that has passed: by the posts, the record and the access lists as they were recorded then,
 * and by the policies of now.
 */
export class WhoCouldSee {
  private readonly classes: Classes;

  constructor(private readonly parts: WhoCouldSeeParts) {
    this.classes = new Classes(parts.policies);
  }

  /** @param date London date that has begun; @param action `know` that there is such an investigation, or `read` it */
  on(investigationId: InvestigationId, date: LocalDate, action: 'know' | 'read'): readonly CouldSee[] {
    const { lists, posts, records } = this.parts;
    const day = posts.dayOf(date);
    const facts = records.between(investigationId, day.first, day.last);
    const operations = new Set(facts.flatMap((each) => each.facts.operations));
    const grants = lists.inForceOn(date, { id: investigationId, operations }, day.first, day.last);
    return whoCouldSee({ investigationId, day, facts, grants, posts: posts.postsOn(date) },
      (role, sensitivity, relation) => this.classes.investigation(role, action, sensitivity, relation));
  }
}
