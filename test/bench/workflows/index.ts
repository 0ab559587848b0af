export { processMessage } from '../../../workflows/process-message.ts';
export { emptyShape } from './empty-shape.ts';
