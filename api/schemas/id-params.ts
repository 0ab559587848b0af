import { z } from 'zod';
import { text } from './text.ts';

export const IdParams = z.object({ id: text(128) });
