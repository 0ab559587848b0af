import { auditWorkflowId } from '../../src/contract/workflow-ids.ts';
import { toAuditAnswer } from '../answers/to-audit-answer.ts';
import { toWorkflowUrl } from '../answers/to-workflow-url.ts';
import type { ApiServer } from '../api-server.ts';
import type { ApiDependencies } from '../dependencies.ts';
import { startAudit } from '../operations/start-audit.ts';
import { AuditAnswer, AuditEntries, AuditEntryQuery, AuditStarted } from '../schemas/audit.ts';
import { IdParams } from '../schemas/id-params.ts';
import { problemAnswers } from '../schemas/problem.ts';

const SHOWN = 10;

/** The completeness ledger: what became of every message that a mailbox holds. */
export function auditRoutes(api: ApiServer, deps: ApiDependencies): void {
  const ofOne = { tags: ['accounts'], params: IdParams };

  api.post(
    '/accounts/:id/audit',
    {
      schema: {
        ...ofOne,
        summary: 'Compare the mailbox with our rows, now; what is missing is fetched',
        response: { 202: AuditStarted, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      await startAudit(deps, id);
      const workflowId = auditWorkflowId(id);
      return reply.code(202).send({ workflowId, workflowUrl: toWorkflowUrl(deps.config, workflowId) });
    },
  );

  api.get(
    '/accounts/:id/audit',
    {
      schema: {
        ...ofOne,
        summary: 'What the last audits found',
        response: { 200: AuditAnswer, ...problemAnswers },
      },
    },
    async (request) => {
      const { id } = await deps.accounts.get(request.params.id);
      const [latest, items] = await Promise.all([deps.audits.findLatest(id), deps.audits.list(id, SHOWN)]);
      return { latest: latest === undefined ? null : toAuditAnswer(latest), items: items.map(toAuditAnswer) };
    },
  );

  api.get(
    '/accounts/:id/audit/entries',
    {
      schema: {
        ...ofOne,
        summary: 'What the last audit listed, message by message',
        querystring: AuditEntryQuery,
        response: { 200: AuditEntries, ...problemAnswers },
      },
    },
    async (request) => {
      const { id } = await deps.accounts.get(request.params.id);
      const latest = await deps.audits.findLatest(id);
      return { items: latest === undefined ? [] : await deps.audits.listEntries(latest.id, request.query) };
    },
  );
}
