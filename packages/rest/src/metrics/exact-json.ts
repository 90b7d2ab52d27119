/**
 * Parses JSON in which integers may be larger than a JavaScript number holds exactly (WWPNs in metrics): integers of
 * more than fifteen digits become strings of their digits.
 */
export function parseExactJson(text: string): unknown {
  const exact = text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
  return JSON.parse(exact);
}
