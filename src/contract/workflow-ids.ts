/** Workflow and schedule ids. They are never encrypted, so nothing personal may be part of them. */
export function messageWorkflowId(accountId: string, messageId: string): string {
  return `message/${accountId}/${messageId}`;
}

export function pullWorkflowId(accountId: string): string {
  return `pull/${accountId}`;
}

export function watchWorkflowId(accountId: string): string {
  return `watch/${accountId}`;
}

export function auditWorkflowId(accountId: string): string {
  return `audit/${accountId}`;
}

export function importWorkflowId(batchId: string): string {
  return `import/${batchId}`;
}

export function removalWorkflowId(accountId: string): string {
  return `remove/${accountId}`;
}

/** One for the whole namespace; the server adds the time of each start. */
export const SWEEP_WORKFLOW_ID = 'sweep';
export const SWEEP_SCHEDULE_ID = 'sweep';
/** One for all accounts. */
export const AUDIT_WORKFLOW_ID = 'audit';
export const AUDIT_SCHEDULE_ID = 'audit';

export function pullScheduleId(accountId: string): string {
  return `pull/${accountId}`;
}
