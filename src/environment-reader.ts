export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one variable at a time and collects faults, so that a person fixes them all in one go. */
export function createEnvironmentReader(env: Environment, defaults: Environment) {
  const faults: string[] = [];
  const fault = (text: string): undefined => void faults.push(text);
  const text = (name: string): string | undefined => env[name]?.trim() || defaults[name]?.trim() || undefined;

  const number = (name: string, min: number, max: number, integer = true): number | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = /^-?\d{1,15}(\.\d{1,15})?$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max && (!integer || Number.isInteger(value))) return value;
    return fault(
      `${name} is ${JSON.stringify(given)}. Set ${integer ? 'a whole number' : 'a number'} from ${min} to ${max}.`,
    );
  };

  const choice = <T extends string>(name: string, allowed: readonly T[]): T | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    const found = allowed.find((value) => value === given.toLowerCase());
    return found ?? fault(`${name} is ${JSON.stringify(given)}. Set one of: ${allowed.join(', ')}.`);
  };

  const flag = (name: string): boolean | undefined => {
    const word = choice(name, ['true', 'false', '1', '0', 'yes', 'no', 'on', 'off']);
    return word === undefined ? undefined : ['true', '1', 'yes', 'on'].includes(word);
  };

  /** The value is not shown: a URL may hold a password. */
  const url = (name: string, schemes: readonly string[]): string | undefined => {
    const given = text(name);
    if (given === undefined) return undefined;
    const parsed = URL.canParse(given) ? new URL(given) : undefined;
    if (parsed && parsed.hostname !== '' && schemes.includes(parsed.protocol)) return given;
    return fault(`${name} is not a usable URL. Write ${schemes.map((s) => `${s}//host/...`).join(' or ')}.`);
  };

  const list = (name: string, separator: string): readonly string[] =>
    (text(name) ?? '')
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== '');

  const port = (name: string): number | undefined => number(name, 1, 65_535);

  return { faults, fault, text, number, choice, flag, url, list, port };
}

export type EnvironmentReader = ReturnType<typeof createEnvironmentReader>;
