/** A message that was listed and not handed over yet. */
export interface ListedMessage {
  readonly id: string;
  readonly receivedAt: Date | undefined;
  /** Bytes in the mailbox, about those of the source; undefined when Graph does not tell. */
  readonly size: number | undefined;
  /** How often its bytes did not come while those of others did, and since when; absent: never. */
  readonly failed?: { readonly tries: number; readonly since: Date };
}

/** Where reading stands in one folder. */
export interface FolderPosition {
  /** Found once by its name: a folder that is renamed goes on. */
  readonly id: string;
  /** Path and query of the next request, below the version; undefined: a round begins. */
  readonly link: string | undefined;
  /** The round goes over all that the folder holds, and not over what changed. */
  readonly whole: boolean;
  /** When the round that is under way began; undefined: none is. */
  readonly begunAt: Date | undefined;
  /** When the last round that came to its end began. */
  readonly syncedAt: Date | undefined;
  /**
   * What came before is left alone while the whole folder is gone over. It moves on when a token expires: what came
   * earlier was read by then, and a fault of it need not come twice.
   */
  readonly since: Date | undefined;
  /** The earliest that `since` ever was, for changes: what came after it, moved in late or not, and is not here is missing. */
  readonly firstSince: Date | undefined;
  readonly rest: readonly ListedMessage[];
}

export interface GraphCursor {
  /** The folder, as the settings name it, that filled the page before, so that the others come first. */
  readonly at: string | undefined;
  readonly folders: ReadonlyMap<string, FolderPosition>;
}
