import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';

/** Nothing under /api falls back to the dashboard. */
export function registerUnknownRoutes(api: ApiServer): void {
  api.setNotFoundHandler(async (request) => {
    throw new ServiceError('NotFound', `There is no ${request.method} route at this address`, {
      fix: 'The API is described at /docs.',
    });
  });
}
