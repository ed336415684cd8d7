import { fingerprint } from "../bytes/fingerprint.ts";
import { compareText } from "../bytes/text.ts";
import { grouped } from "../model/group.ts";
import { type Cluster, OBSERVABLE_KINDS, type Observable, type ObservableKind } from "../model/host-case.ts";
import { compareIds } from "../model/order.ts";

/** What each kind is called in a sentence, one and many. */
const WORDS: Readonly<Record<ObservableKind, readonly [string, string]>> = {
  wallet: ["wallet", "wallets"],
  "pool-account": ["pool account", "pool accounts"],
  "login-key": ["login key", "login keys"],
  "file-hash": ["program (by its hash)", "programs (by their hash)"],
  "autostart-text": ["start-up entry", "start-up entries"],
  address: ["network address", "network addresses"],
  "login-source": ["source of logins", "sources of logins"],
  domain: ["host name of a pool or proxy", "host names of pools or proxies"],
};

/** Shared values of one cluster that the case lists. */
const MOST_SHARED = 200;

/** Hosts that share what only one operator has, directly or by way of others.
 *
 *  Method: hosts are joined by every observable that links and that two of them have; each group that is
 *  connected so is a cluster. Its id is a fingerprint of the strongest value that it shares (wallets first),
 *  so that it is the same in every case in which that value is shared.
 */
export function clusters(all: readonly Observable[]): Cluster[] {
  const links = all.filter(({ common, hosts }) => common === null && hosts.length > 1);
  const groups = new Groups();
  for (const { hosts } of links) for (const host of hosts) groups.join(hosts[0] ?? host, host);
  const byGroup = grouped(links, ({ hosts }) => groups.of(hosts[0] ?? ""));
  return [...byGroup.values()].map(clusterOf).sort((a, b) => compareText(a.id, b.id));
}

function clusterOf(links: readonly Observable[]): Cluster {
  const order = [...links].sort(
    (a, b) =>
      OBSERVABLE_KINDS.indexOf(a.kind) - OBSERVABLE_KINDS.indexOf(b.kind) || compareText(a.value, b.value),
  );
  const hosts = [...new Set(links.flatMap((link) => link.hosts))].sort(compareIds);
  const [first] = order;
  return {
    id: `c-${fingerprint(`${first?.kind} ${first?.value}`)}`,
    hosts,
    shared: order.slice(0, MOST_SHARED).map(({ kind, value, hosts: of, places }) => ({
      kind,
      value,
      hosts: of,
      places,
    })),
    says: `${hosts.length} hosts share ${listed(order)}`,
  };
}

function listed(links: readonly Observable[]): string {
  const parts = OBSERVABLE_KINDS.flatMap((kind) => {
    const count = links.filter((link) => link.kind === kind).length;
    return count === 0 ? [] : [`${count} ${WORDS[kind][count === 1 ? 0 : 1]}`];
  });
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** Hosts in groups; each group is named by one of its members. */
class Groups {
  readonly #parent = new Map<string, string>();

  of(host: string): string {
    let at = host;
    for (;;) {
      const parent = this.#parent.get(at) ?? at;
      if (parent === at) return at;
      at = parent;
    }
  }

  join(a: string, b: string): void {
    const [first, second] = [this.of(a), this.of(b)];
    if (first !== second) this.#parent.set(second, first);
  }
}
