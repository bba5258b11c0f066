import { officerKey } from '#kernel';
import type { EventCodec, StoredEvent } from '#platform/event-store';
import { auditLine } from '#platform/siem';
import type { AuditMessage } from '#platform/siem';
import type { Vault } from '#platform/vault';
import type { ConsultationEvent } from '../domain/consultation.events';

const severities: Record<ConsultationEvent['type'], AuditMessage['severity']> = {
  RecordsConsulted: 'informational', RecordsCombined: 'informational', RecordsDisclosed: 'notice', AccessDenied: 'warning',
};

/**
 * The message that security monitoring gets of a look: no name, no record, the user as a keyed digest. Undefined for looks of professional
 * standards, which only they are told of, and for what cannot be read. Looks are told apart by id: a number left out would tell of one of those.
 */
export const lookMessage = (stored: StoredEvent, codec: EventCodec, vault: Pick<Vault, 'digest'>): string | undefined => {
  try {
    const { type, data, id } = codec.decode<ConsultationEvent>(stored);
    if (data.covert) return undefined;
    return auditLine({
      severity: severities[type] ?? 'informational', at: data.at, kind: type,
      data: {
        look: id, user: data.user === undefined ? '-' : vault.digest(`siem ${officerKey(data.user)}`), ...(data.role && { role: data.role }), ...(data.session && { session: data.session }),
        door: data.door, route: data.route, outcome: type === 'AccessDenied' ? 'denied' : 'permitted',
        ...('shown' in data && { records: data.shown.reduce((sum, { ids }) => sum + ids.length, data.more ?? 0) }),
        ...('kind' in data && { record: data.kind, ...(data.action && { action: data.action }) }),
      },
    });
  } catch {
    return undefined;
  }
};
