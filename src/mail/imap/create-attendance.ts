import type { ImapFlow } from 'imapflow';
import { ServiceError } from '../../domain/service-error.ts';

/** Who is told of what comes while nothing else happens on the connection. */
export interface Attendant {
  /** Opens what is watched, on the connection that is about to idle. */
  settle(client: ImapFlow): Promise<void>;
  /** The connection broke, or was closed. */
  lost(error: ServiceError): void;
}

/** The attendant of a connection: none, or one. */
export interface Attendance extends Attendant {
  /** Who attended before is told that it lost the connection. Ends with the function returned. */
  begin(attendant: Attendant): () => void;
}

export function createAttendance(): Attendance {
  let attendant: Attendant | undefined;
  const lost = (error: ServiceError) => {
    const last = attendant;
    attendant = undefined;
    last?.lost(error);
  };
  return {
    begin(next) {
      lost(new ServiceError('Unavailable', 'The mailbox is watched by another.'));
      attendant = next;
      return () => {
        if (attendant === next) attendant = undefined;
      };
    },
    settle: async (client) => attendant?.settle(client),
    lost,
  };
}
