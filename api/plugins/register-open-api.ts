import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { ApiServer } from '../api-server.ts';
import { dropUnusedSchemas } from './drop-unused-schemas.ts';

const DESCRIPTION = `Every inbound e-mail is one durable run: read, classified, prioritised, summarised, synced and answered.

Problems come as RFC 9457 \`application/problem+json\`; \`fix\` says what to do. Lists are paged: give \`nextCursor\` back as
\`cursor\`. Actions may be repeated: the same one twice is harmless.`;

/** The plugin's own policy lets styles and fonts in from anywhere; the page needs only its own files. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TAGS = [
  { name: 'messages', description: 'Inbound e-mail, what was made of it, and its run' },
  { name: 'batches', description: 'Imports and pulls with live totals' },
  { name: 'drafts', description: 'Proposed replies that wait for a person' },
  { name: 'quarantine', description: 'What failed for good: run again, or skip' },
  { name: 'accounts', description: 'Mailboxes that are read' },
  { name: 'overview', description: 'Counts and throughput' },
  { name: 'operation', description: 'Health and metrics, without a key' },
];

/** OpenAPI from the zod schemas: a page at /docs, JSON at /docs/json. Registered before the routes. */
export async function registerOpenApi(app: ApiServer): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Mailroom', version: '1', description: DESCRIPTION },
      tags: TAGS,
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
        },
      },
      security: [{ bearer: [] }, { apiKey: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => dropUnusedSchemas(jsonSchemaTransformObject(document)),
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_POLICY,
    uiConfig: { deepLinking: true, displayRequestDuration: true },
  });
}
