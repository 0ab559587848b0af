import { ServiceError } from '../../src/domain/service-error.ts';
import type { ApiServer } from '../api-server.ts';

/** A route and not a not-found handler: the dashboard's own wildcard would come first. */
export function registerUnknownRoutes(api: ApiServer): void {
  api.all('/*', { schema: { hide: true } }, async (request) => {
    throw new ServiceError('NotFound', `There is no ${request.method} route at this address`, {
      fix: 'The API is described at /docs.',
    });
  });
}
