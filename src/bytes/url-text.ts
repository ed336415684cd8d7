/** A URL as two of them are compared: without scheme, user and a final slash, the server in lower case. */
export function urlText(url: string): string {
  const bare = url.replace(/^[a-z][a-z0-9+.-]{1,20}:\/\//i, "").replace(/^[^@/]{1,300}@/, "");
  const slash = bare.indexOf("/");
  const server = (slash === -1 ? bare : bare.slice(0, slash)).toLowerCase();
  return `${server}${slash === -1 ? "" : bare.slice(slash)}`.replace(/\/$/, "");
}
