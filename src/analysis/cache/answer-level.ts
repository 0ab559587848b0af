export type AnswerLevelName = 'memory' | 'redis' | 'postgres';
export type AnswerLookup = 'hit' | 'miss' | 'failure';

/** One place where answers are kept, by the hex SHA-256 of their question. Both methods may fail. */
export interface AnswerLevel {
  readonly name: AnswerLevelName;
  find(key: string): Promise<string | undefined>;
  save(key: string, answer: string): Promise<void>;
}
