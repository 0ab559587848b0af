import type { ApiConfig } from '../dependencies.ts';

/** The run in the Temporal Web UI; null when its address is not known. */
export function toWorkflowUrl(
  config: Pick<ApiConfig, 'temporalUiUrl' | 'namespace'>,
  workflowId: string,
): string | null {
  if (config.temporalUiUrl === undefined) return null;
  const base = config.temporalUiUrl.replace(/\/+$/, '');
  return `${base}/namespaces/${encodeURIComponent(config.namespace)}/workflows/${encodeURIComponent(workflowId)}`;
}
