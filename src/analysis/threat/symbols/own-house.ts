/** Who we are: what outsiders may not call themselves. */
export interface OwnHouse {
  /** Registrable domains, lower-case. */
  readonly domains: readonly string[];
  /** Full names as they are shown. */
  readonly people: readonly string[];
}
