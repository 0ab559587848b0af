import xmlrpc from 'xmlrpc';
import type { RpcValue } from './rpc.ts';

// XML 1.0 2.2: the package throws on these, with the whole string in its message.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

class XmlString extends xmlrpc.CustomType {
  override tagName = 'string';
}

/**
 * Makes strings safe for the xmlrpc package, which puts them in CDATA and splits only the first `]]>` of each: a second
 * one would end the section, and the rest of a subject would be read as markup.
 */
export function toXmlRpcValue(value: RpcValue): unknown {
  if (typeof value === 'string') {
    const text = value.replace(ILLEGAL, '');
    return text === '' ? text : new XmlString(text);
  }
  if (typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(toXmlRpcValue);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toXmlRpcValue(inner)]));
}
