/**
 * Joins the calls that come while one is under way into the next statement: a busy worker pays one round trip and one
 * commit for many messages, a quiet one waits for nobody. Calls of a statement that failed are made again one by one,
 * so that a bad row fails alone. `run` answers in the order of its items.
 */
export function gather<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  most = 50,
): (item: Item) => Promise<Answer> {
  let waiting: Call<Item, Answer>[] = [];
  let busy = false;

  async function work(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const calls = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await answer(run, calls);
    }
    busy = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!busy) void work();
    });
}

interface Call<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Never throws: what goes wrong is told to those who asked. */
async function answer<Item, Answer>(
  run: (items: readonly Item[]) => Promise<readonly Answer[]>,
  calls: readonly Call<Item, Answer>[],
): Promise<void> {
  try {
    const answers = await run(calls.map(({ item }) => item));
    for (const [index, call] of calls.entries()) call.resolve(answers[index] as Answer);
  } catch (error) {
    if (calls.length === 1) calls[0]?.reject(error);
    else await Promise.all(calls.map((call) => answer(run, [call])));
  }
}
