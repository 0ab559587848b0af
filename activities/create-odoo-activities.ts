import type { OdooActivities } from '../src/contract/activities.ts';
import { authorOf } from '../src/domain/forwarded-from.ts';
import { ServiceError } from '../src/domain/service-error.ts';
import { findCategory } from '../src/domain/taxonomy.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { withHeartbeat } from './heartbeat.ts';
import { recall } from './recall.ts';

/** Partner, and lead or note, of one message. The external key makes a repeat harmless. */
export function createOdooActivities(deps: ActivityDependencies): OdooActivities {
  return {
    async syncPartner({ accountId, messageId }) {
      const { odoo } = deps;
      if (odoo === undefined) {
        throw new ServiceError('Rejected', 'Odoo is not configured on this worker', {
          fix: 'Set ODOO_URL, ODOO_DATABASE, ODOO_USERNAME and ODOO_SECRET, then retry the message.',
        });
      }
      const done = await deps.partnerSyncs.find(messageId);
      if (done !== undefined) return { partnerId: done.partnerId, recordId: done.recordId };
      const [{ view }, analysis, { taxonomy }] = await Promise.all([
        recall(deps, accountId, messageId),
        deps.messages.getAnalysis(messageId),
        deps.getDeciders(accountId),
      ]);
      const categoryId = analysis.effectiveCategory ?? analysis.classification.category;
      const category = findCategory(taxonomy, categoryId);
      const externalKey = `message-${accountId}-${messageId}`;
      const result = await withHeartbeat((signal) =>
        deps.guard('odoo', () =>
          odoo.sync(
            {
              externalKey,
              kind: category?.odoo === 'lead' ? 'lead' : 'note',
              sender: authorOf(view),
              subject: view.subject,
              summaryLine: analysis.summary.line,
              summaryPoints: analysis.summary.points.map(({ text }) => text),
              nextAction: analysis.findings.nextAction.reason,
              category: category?.name ?? categoryId,
              priority: analysis.effectivePriority ?? analysis.priority.priority,
            },
            signal,
          ),
        ),
      );
      const { partnerId, partnerCreated, model, recordId, url } = result;
      await deps.partnerSyncs.save({
        messageId,
        externalKey,
        model,
        partnerId,
        partnerCreated,
        recordId,
        url,
      });
      return { partnerId, recordId };
    },
  };
}
