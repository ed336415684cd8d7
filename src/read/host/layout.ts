/** Folders at the root of a Unix host: a path that begins with one of them is a path from that root. */
const ROOT_FOLDERS: ReadonlySet<string> = new Set(
  "bin boot dev etc home lib lib64 media mnt opt proc root run sbin srv sys tmp usr var Users Library".split(
    " ",
  ),
);

/** Path of a file as it lay on the host, from its path in a collection, an archive or a copied tree.
 *
 *  Shape: UAC 3.x keeps files below "[root]/"; Velociraptor below "uploads/<accessor>/" with each component
 *  percent-encoded. "[root]/etc/passwd", "uploads/file/etc/passwd" and "etc/passwd" all become "/etc/passwd",
 *  "uploads/auto/C%3A/Users" becomes "C:/Users". What the collector made itself keeps its path.
 *  Source: UAC 3.3.0, lib/archive_data; Velociraptor, "Offline collections".
 */
export function hostPath(path: string): string {
  const uac = /^(?:[^/]+\/)?\[root\]\/(.*)$/s.exec(path);
  if (uac?.[1] !== undefined) return `/${uac[1]}`;
  const uploaded = /^(?:[^/]+\/)?uploads\/(\w+)\/(.*)$/s.exec(path);
  if (uploaded?.[2] === undefined) return isFromRoot(path) ? `/${path}` : path;
  const parts = uploaded[2].split("/").map(percentDecoded);
  const [first = ""] = parts;
  const isWindows = /^(?:[A-Za-z]:|\\\\\.\\)/.test(first);
  const whole = parts.join("/").replace(/^\\\\\.\\/, "");
  return isWindows ? whole : `/${whole.replace(/^\/+/, "")}`;
}

function isFromRoot(path: string): boolean {
  const slash = path.indexOf("/");
  return slash > 0 && ROOT_FOLDERS.has(path.slice(0, slash));
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Names in a folder that make it the root of a host: a copied tree, a mounted image or an unpacked
 *  collection. */
export function isHostRoot(names: ReadonlySet<string>): boolean {
  if (isCollection(names) || names.has("[root]") || names.has("live_response")) return true;
  const usual = ["var", "home", "root", "usr", "proc", "tmp", "opt", "boot"];
  return names.has("etc") && usual.some((name) => names.has(name));
}

/** Names in a folder that make it an unpacked collection: evidence of another host where it lies among the
 *  files of one. */
export function isCollection(names: ReadonlySet<string>): boolean {
  if (names.has("[root]") && (names.has("live_response") || names.has("uac.log"))) return true;
  return names.has("uploads") && (names.has("collection_context.json") || names.has("client_info.json"));
}

/** Whether a file is what a collector made, or one that was named by itself, and no file of the host: a list
 *  of processes in somebody's home folder tells of another moment, and often of another host. */
export function isOfCollector(path: string): boolean {
  return !path.startsWith("/") && !/^[A-Za-z]:/.test(path);
}
