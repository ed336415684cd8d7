/** Path of a file as it lay on the host, from its path in a collection.
 *
 *  Shape: UAC 3.x keeps files below "[root]/"; Velociraptor below "uploads/<accessor>/" with each component
 *  percent-encoded. "[root]/etc/passwd" and "uploads/file/etc/passwd" both become "/etc/passwd",
 *  "uploads/auto/C%3A/Users" becomes "C:/Users". What the collector made itself keeps its path.
 *  Source: UAC 3.3.0, lib/archive_data; Velociraptor, "Offline collections".
 */
export function hostPath(path: string): string {
  const uac = /^(?:[^/]+\/)?\[root\]\/(.*)$/s.exec(path);
  if (uac?.[1] !== undefined) return `/${uac[1]}`;
  const uploaded = /^(?:[^/]+\/)?uploads\/(\w+)\/(.*)$/s.exec(path);
  if (uploaded?.[2] === undefined) return path;
  const parts = uploaded[2].split("/").map(percentDecoded);
  const [first = ""] = parts;
  const isWindows = /^(?:[A-Za-z]:|\\\\\.\\)/.test(first);
  const whole = parts.join("/").replace(/^\\\\\.\\/, "");
  return isWindows ? whole : `/${whole.replace(/^\/+/, "")}`;
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names in a folder that make it the root of a host: a copied tree or a mounted image. */
export function isHostRoot(names: ReadonlySet<string>): boolean {
  if (names.has("[root]") || names.has("live_response")) return true;
  if (names.has("uploads") && (names.has("collection_context.json") || names.has("client_info.json")))
    return true;
  const usual = ["var", "home", "root", "usr", "proc", "tmp", "opt", "boot"];
  return names.has("etc") && usual.some((name) => names.has(name));
}
