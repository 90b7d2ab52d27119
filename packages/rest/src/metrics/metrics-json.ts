/** A pair of WWPNs; both spellings are in captures (protocol reference 8.17). A quote inside of text is escaped. */
const wwpnPairs = /"wwpn[Pp]air"\s*:\s*\[[^\]]*\]/g;

/**
 * Parses metrics. WWPNs in them are integers of 64 bits, more than a JavaScript number holds: they become strings of
 * their digits. Counters stay numbers, whatever their size: cycles of a large partition pass sixteen digits in a few
 * weeks, and the last of them tell nothing.
 */
export function parseMetricsJson(text: string): unknown {
  return JSON.parse(text.replace(wwpnPairs, (pair) => pair.replace(/\d+/g, '"$&"')));
}
