// Login keys that intruders leave, and accounts that nobody logs in to.

/** A key that a family of intruders adds wherever it gets in.
 *
 *  Shape: `comment` is the end of the line, whole; `body` is how the key itself begins, behind the common
 *  start that tells only its type and exponent.
 */
export interface KnownKey {
  readonly family: string;
  readonly comment: string;
  readonly body: string;
  /** SHA-256 of the whole key, as sshd prints it. */
  readonly fingerprint: string;
  readonly source: string;
}

export const KNOWN_KEYS: readonly KnownKey[] = [
  {
    family: "Outlaw (Dota)",
    comment: "mdrfckr",
    body: "AAAAB3NzaC1yc2EAAAABJQAAAQEArDp4cun2lhr4",
    fingerprint: "SHA256:MkYY9qiVsFGBC5WkjoClCkwEFW5iSjcGQF7m4n4H7Cw",
    source:
      "Elastic Security Labs, Outlaw Linux Malware (2025-04-01); Cowrie logs of 2021 (deroux, MIT), " +
      "where it " +
      "stands in 166 commands and no other key does",
  },
];

/** Accounts of services, which run programs and to which nobody logs in with a key. Accounts that people and
 *  their tools do log in to (git, postgres, jenkins, backup, ansible, oracle) are not among them.
 *
 *  Source: base-passwd 3.6 of Debian 12 and setup 2.13 of RHEL 9 (accounts with /usr/sbin/nologin), and the
 *  accounts that their packages of web servers and databases make.
 */
export const SERVICE_ACCOUNTS: ReadonlySet<string> = new Set([
  "_apt",
  "adm",
  "apache",
  "bin",
  "daemon",
  "games",
  "gnats",
  "halt",
  "irc",
  "list",
  "lp",
  "mail",
  "man",
  "memcache",
  "messagebus",
  "mongodb",
  "mysql",
  "news",
  "nginx",
  "nobody",
  "ntp",
  "operator",
  "proxy",
  "redis",
  "rpc",
  "shutdown",
  "sshd",
  "sync",
  "sys",
  "syslog",
  "systemd-network",
  "systemd-resolve",
  "systemd-timesync",
  "tomcat",
  "uucp",
  "www-data",
]);
