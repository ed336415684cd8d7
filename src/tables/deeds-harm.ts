import type { DeedRow } from "./deed-row.ts";

/** Deeds that lend weight to others: an unknown file fetched and run, a miner started.
 *
 *  Sources: MITRE ATT&CK v18.1, T1105 and T1059.004; commands of Cowrie honeypots of 2021, where nearly every
 *  loader is fetched from a bare IP address or into a folder for temporary files, and run at once.
 *  Own judgement: `curl https://get.example.com | sh` is how much ordinary software is installed; from a bare
 *  address it is not.
 */
const FETCHES = /\b(?:curl|wget|lwp-download|tftp)\s/;

export const HARM: readonly DeedRow[] = [
  {
    group: "harm",
    kind: "fetched-and-run",
    words: ["curl", "wget", "lwp-download"],
    pattern: FETCHES,
    followedBy: [/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}[:/]/, /\|\s{0,9}(?:sudo\s{1,9})?(?:ba|da|z)?sh\b/],
    spans: true,
    says: "fetched a script from a bare address and ran it",
    alone: "medium",
  },
  {
    group: "harm",
    kind: "fetched-and-run",
    words: ["chmod"],
    pattern: FETCHES,
    followedBy: [
      /\bchmod\s{1,9}(?:\+x|[0-7]{3,4}|u\+x|a\+x)\s/,
      /(?:;|&&|\n)\s{0,9}(?:nohup\s{1,9}|sh\s{1,9}|bash\s{1,9})?(?:\.\/|\/tmp\/|\/var\/tmp\/|\/dev\/shm\/)/,
    ],
    spans: true,
    says: "fetched a program and ran it at once",
    alone: "low",
  },
  {
    group: "harm",
    kind: "ran-temporary",
    words: ["/tmp/.", "/shm/."],
    pattern: /^\s{0,9}(?:nohup\s{1,9}|setsid\s{1,9})?(?:\/tmp|\/var\/tmp|\/dev\/shm)\/\.\S{1,200}(?:\s|$)/,
    followedBy: [],
    says: "ran a hidden program from a folder for temporary files",
    alone: "medium",
  },
  {
    group: "harm",
    kind: "shell-out",
    words: ["/dev/tcp/"],
    pattern: /\/dev\/tcp\/[\w.-]{1,200}\/\d{1,5}/,
    says: "opened a connection from the shell itself",
    alone: "medium",
  },
  {
    group: "harm",
    kind: "decoded-and-run",
    words: ["base64"],
    pattern: /\bbase64[\s,]{1,9}(?:-d|--decode|-D)\b/,
    followedBy: [/\|\s{0,9}\{?(?:sudo\s{1,9})?(?:(?:ba|da|z)?sh|python3?|perl)\b/],
    spans: true,
    says: "decoded a hidden script and ran it",
    alone: "medium",
  },
  {
    group: "mining",
    kind: "mined",
    words: ["stratum+", "xmrig", "_miner.sh", "--donate-level"],
    pattern:
      /\bstratum\+(?:tcp|ssl|tls)2?:\/\/|\/xmrig\s{1,9}-|\bsetup_\w{1,20}_miner\.sh\b|--donate-level\b/,
    says: "started a miner",
    alone: "medium",
  },
];
