import { z } from 'zod';

export const Address = z.object({ name: z.string(), address: z.string() }).meta({ id: 'Address' });
