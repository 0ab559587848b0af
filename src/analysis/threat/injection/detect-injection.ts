import { type LinearModel, scoreFeatures } from '../model/linear-model.ts';
import { injectionFeatures } from './injection-features.ts';
import { splitWindows } from './split-windows.ts';

/** How much a text looks like an order to a model, 0 to 1: that of its most telling sentence. Linear in the text, capped. */
export function scoreInjection(model: LinearModel, text: string): number {
  return splitWindows(text).reduce(
    (top, window) => Math.max(top, scoreFeatures(model, injectionFeatures(window))),
    0,
  );
}
