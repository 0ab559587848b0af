/** What goes to Odoo for one message. `externalKey` makes every call idempotent. */
export interface OdooSyncRequest {
  readonly externalKey: string;
  readonly kind: 'lead' | 'note';
  readonly sender: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly summaryLine: string;
  readonly summaryPoints: readonly string[];
  /** What a person would do next, and why; undefined when nothing is proposed. */
  readonly nextAction?: string | undefined;
  readonly category: string;
  readonly priority: 'URGENT' | 'HIGH' | 'NORMAL' | 'LOW';
}

export interface OdooSyncResult {
  readonly partnerId: number;
  readonly partnerCreated: boolean;
  readonly model: 'crm.lead' | 'res.partner';
  readonly recordId: number;
  /** False when the record of this external key was there already. */
  readonly recordCreated: boolean;
  readonly url: string;
}

/** The port of the CRM. Throws `ServiceError`; a repeated `sync` with the same key changes nothing. */
export interface Odoo {
  sync(request: OdooSyncRequest, signal: AbortSignal): Promise<OdooSyncResult>;
  /** Logs in and reads the server version; for health and doctor. */
  ping(signal: AbortSignal): Promise<{ readonly serverVersion: string }>;
}
