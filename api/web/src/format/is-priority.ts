import { PRIORITIES, type Priority } from '../../../../src/domain/priority.ts';

export function isPriority(value: string): value is Priority {
  return PRIORITIES.some((priority) => priority === value);
}
