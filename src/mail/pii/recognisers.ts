import { AMERICAS } from './recognise/americas.ts';
import { ASIA } from './recognise/asia.ts';
import { BRITAIN } from './recognise/britain.ts';
import { GERMANY } from './recognise/germany.ts';
import { NORTHERN_EUROPE } from './recognise/northern-europe.ts';
import { SOUTHERN_EUROPE } from './recognise/southern-europe.ts';
import { WORLD } from './recognise/world.ts';
import type { Recogniser } from './recogniser.ts';

/** The surer first: where two claim one place, the earlier keeps it. */
export const RECOGNISERS: readonly Recogniser[] = [
  ...GERMANY,
  ...BRITAIN,
  ...SOUTHERN_EUROPE,
  ...NORTHERN_EUROPE,
  ...AMERICAS,
  ...ASIA,
  ...WORLD,
].sort((a, b) => Number(b.alone) - Number(a.alone));
