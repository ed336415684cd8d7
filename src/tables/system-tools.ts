/** Tools by which a host is looked at and changed, by name, and what a changed one would be for.
 *
 *  `shows`: what intruders hide from (ps, ls, ss). `lets-in`: by which one comes in. `serves`: fetches or
 *  changes things, which other intruders, and the owner, would need.
 *  Source: procps, coreutils, iproute2, net-tools, lsof, e2fsprogs, findutils, OpenSSH, shadow (packages of
 *  Debian 12 and RHEL 9); replaced ones as reports on T1554 name them.
 */
export type ToolRole = "shows" | "lets-in" | "serves";

const BY_ROLE: Readonly<Record<ToolRole, string>> = {
  shows: "ps top htop ls ss netstat lsof find pstree lsattr pgrep who w last md5sum sha256sum ip dir",
  "lets-in": "sshd login su sudo passwd",
  serves: "curl wget chattr crontab iptables kill pkill killall",
};

export const SYSTEM_TOOLS: ReadonlyMap<string, ToolRole> = new Map(
  (["shows", "lets-in", "serves"] as const).flatMap((role) =>
    BY_ROLE[role].split(" ").map((name) => [name, role] as const),
  ),
);
