import { moodCues } from '../sentiment/mood-cues.ts';
import { angerCue } from './anger-cue.ts';
import { calmCue } from './calm-cue.ts';
import type { Cue } from './cue.ts';
import { failureCue } from './failure-cue.ts';
import { injectionCue } from './injection-cue.ts';
import { negationCue } from './negation-cue.ts';
import { requestCue } from './request-cue.ts';
import { scopeCue } from './scope-cue.ts';
import { thanksCue } from './thanks-cue.ts';
import { timeCues } from './time-cues.ts';
import { urgencyCue } from './urgency-cue.ts';

/** Everything that the engine listens for beside the taxonomy; one pass over the text finds it all. */
export const allCues: readonly Cue[] = [
  urgencyCue,
  calmCue,
  negationCue,
  scopeCue,
  angerCue,
  requestCue,
  injectionCue,
  failureCue,
  thanksCue,
  ...timeCues,
  ...moodCues,
];
