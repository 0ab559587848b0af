import { z } from 'zod';

export const ComponentHealth = z
  .object({
    name: z.string(),
    status: z.enum(['up', 'down']),
    required: z.boolean(),
    latencyMs: z.number(),
    detail: z.string().nullable(),
  })
  .meta({ id: 'ComponentHealth' });

export const Health = z
  .object({
    status: z.enum(['healthy', 'degraded', 'unhealthy']).describe('degraded: an optional component is down'),
    checkedAt: z.iso.datetime(),
    components: z.array(ComponentHealth),
  })
  .meta({ id: 'Health' });

export const Liveness = z.object({ status: z.literal('alive') });
export const Readiness = z.object({
  status: z.enum(['ready', 'not-ready']),
  waitingFor: z.array(z.string()),
});

export type Health = z.output<typeof Health>;
export type ComponentHealth = z.output<typeof ComponentHealth>;
