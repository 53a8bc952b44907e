/** The name of a field (RFC 9110, section 5.1), as the source of a regular expression. */
export const FIELD_NAME = "[!#$%&'*+\\-.^`|~\\w]+";

/** The value of a field (RFC 9110, section 5.5), as the source of a regular expression: latin1 without control characters but the tab. */
export const FIELD_VALUE = '[\\t\\x20-\\x7e\\x80-\\xff]*';
