/** Ends of domains that labels of services carry. */
const DOMAIN = /\.(?:com|net|org|io|co|eu|ru|me|info|biz|ag|at|cc|in|to|fm|li|is|pl|de)$/;
/** What stands between names of the same: "REvil / Sodinokibi", "Netwalker (Mailto)". */
const BETWEEN = /[/()]|\baka\b/;

/** The names in a label, for comparing: small letters and digits alone, without the end of a domain. */
export function namesIn(label: string): readonly string[] {
  return label
    .toLowerCase()
    .split(BETWEEN)
    .map((name) =>
      name
        .trim()
        .replace(DOMAIN, "")
        .replaceAll(/[^\p{L}\p{N}]/gu, ""),
    )
    .filter((name) => name !== "");
}
