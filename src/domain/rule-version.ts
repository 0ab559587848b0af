/** Of the way rules and sender patterns are applied; the rules themselves are part of the taxonomy's version. */
export const RULE_VERSION = '2';
