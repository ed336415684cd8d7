// Passwords that only their place in a command line tells.

/** Between two words of a command line, or of a list of arguments. */
const GAP = `["',\\s]{1,6}`;
/** Up to the flag, within one command. */
const REST = "[^\\n;|&]{0,300}?";
const VALUE = `(?![-"'\\s])[^\\s"']{1,400}`;

/** Programs, and what stands in front of the password. */
interface Place {
  readonly programs: string;
  readonly before: string;
}

/** Where each program's manual has the password follow. A flag that asks for it when it stands alone, as
 *  mysql's -p, has it in the same word. */
const PLACES: readonly Place[] = [
  { programs: "mysql\\w{0,12}|mariadb[\\w-]{0,12}|7z[ar]?|rar|unrar", before: `${GAP}-p["']?` },
  { programs: "sshpass|useradd|usermod|rdesktop|hydra|nxc|netexec|evil-winrm", before: flag("-p") },
  { programs: "mongo(?:sh|dump|restore|export|import)?|(?:docker|podman) login", before: flag("-p") },
  { programs: "zip|unzip|sqlcmd|ipmitool", before: flag("-P") },
  { programs: "curl", before: `${flag("(?:-[a-zA-Z]{0,8}[uU]|--(?:proxy-)?user)")}[^\\s:"']{0,200}:` },
  { programs: "redis-cli", before: flag("-a") },
  { programs: "ldap(?:search|modify|add|delete|passwd|whoami)", before: flag("-w") },
  { programs: "plink|pscp|psftp", before: flag("-pw") },
  { programs: "openssl", before: `(?:${flag("-[kK]")}|pass:)` },
  { programs: "smbclient|rpcclient|smbmap|wmic|winexe", before: `${flag("-U")}[^\\s%"']{0,100}%` },
  { programs: "lftp", before: `${flag("-u")}[^\\s,"']{0,100},` },
  { programs: "x?freerdp", before: `${GAP}/p:["']?` },
  { programs: "net1?(?:\\.exe)? user", before: `\\s{1,4}(?!/)\\S{1,100}\\s{1,4}(?!/)` },
  { programs: "net1?(?:\\.exe)? use", before: `/user:\\S{1,100}\\s{1,4}(?!/)` },
  { programs: "htpasswd", before: `${GAP}-[a-zA-Z]{0,6}b[a-zA-Z]{0,6}(?:${GAP}[^\\s"']{1,200}){2}${GAP}` },
  { programs: "walletpassphrase(?:change)?|encryptwallet|importprivkey", before: GAP },
  { programs: "configure set", before: `\\S{0,60}(?:secret|token)\\S{0,40}\\s{1,4}` },
];

function flag(name: string): string {
  return `${GAP}${name}["',=\\s]{0,6}`;
}

/** Programs that read a password, or lines of users and passwords, from what is piped into them. */
const READS = "sudo\\s{1,4}(?:[^\\n|]{0,40}\\s)?-\\w{0,6}S|(?:sudo\\s{1,4})?(?:passwd|chpasswd|su|kinit)\\b";
const PIPED = `(?=[^\\n|"']{0,40}["']?\\s{0,4}\\|\\s{0,4}(?:${READS}))`;
const ECHOED = `\\b(?:echo|printf)\\s{1,4}(?:-\\w{1,3}\\s{1,4})?["']?`;

const PATTERNS: readonly RegExp[] = [
  ...PLACES.map(({ programs, before }) => new RegExp(`(\\b(?:${programs})\\b${REST}${before})${VALUE}`, "g")),
  new RegExp(`(${ECHOED}(?:[^\\s:"'|]{1,64}:)?)[^\\s"'|]{1,400}${PIPED}`, "g"),
  /(\bchpasswd\s{0,4}<<<\s{0,4}["']?[^\s:"']{1,64}:)[^\s"']{1,400}/g,
];

/** One look tells that most texts hold none of the programs. */
const ANY = new RegExp(`\\b(?:${PLACES.map(({ programs }) => programs).join("|")}|echo|printf|chpasswd)\\b`);

/** A command line, or text with one, without the passwords among its arguments.
 *
 *  Errors: none. Limits: the first password of each command; not one with spaces in quotes beyond its first
 *  word.
 */
export function withoutArguments(text: string, shown: string): string {
  if (!ANY.test(text)) return text;
  let out = text;
  for (const pattern of PATTERNS) out = out.replace(pattern, `$1${shown}`);
  return out;
}
