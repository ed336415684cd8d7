import { wordsOf } from "./words-of.ts";

/** Programs that start the program named behind them.
 *
 *  Shape: `withValue` are options whose value is the next word; `positionals` counts the words between the
 *  options and the command. Source: each program's manual page (GNU coreutils 9.1, util-linux 2.38, sudo 1.9,
 *  screen 4.9, cpulimit 2.8, systemd 252).
 */
export interface Wrapper {
  readonly names: readonly string[];
  readonly withValue: readonly string[];
  readonly positionals: number;
}

const row = (names: string, withValue = "", positionals = 0): Wrapper => ({
  names: names.split(" "),
  withValue: withValue === "" ? [] : withValue.split(" "),
  positionals,
});

const WRAPPERS: readonly Wrapper[] = [
  row("nohup setsid exec command builtin time unbuffer catchsegv start"),
  row("sudo doas", "-u -g -h -p -C -r -t -U -D -R -T"),
  row("env", "-u -C -S"),
  row("nice", "-n"),
  row("ionice", "-c -n -p"),
  row("stdbuf", "-i -o -e"),
  row("timeout", "-s -k", 1),
  row("taskset", "-p", 1),
  row("chrt", "-T -P -D", 1),
  row("numactl", "-C -N -m -p -i"),
  row("screen", "-S -s -c -t -T -h -e -p"),
  row("cpulimit", "-l -e -p -m"),
  row("systemd-run", "-p -u --unit -H -M --property"),
  row("flock", "-w -E", 1),
  row("xargs", "-I -n -P -d -s -L -E -a"),
  row("watch", "-n"),
  row("chroot proot", "-r -b -w", 1),
  row("unshare"),
  row("busybox"),
  row("strace ltrace", "-o -e -p -s"),
];

const BY_NAME: ReadonlyMap<string, Wrapper> = new Map(
  WRAPPERS.flatMap((wrapper) => wrapper.names.map((name) => [name, wrapper] as const)),
);

export function wrapperOf(program: string): Wrapper | null {
  return BY_NAME.get(program) ?? null;
}

/** Words of the shell's grammar that stand before a command. */
export const SHELL_KEYWORDS: ReadonlySet<string> = new Set(
  "if then else elif do while until ! { } fi done for in case esac".split(" "),
);

/** Shells, which take a command as text behind `-c`. */
export const SHELLS: ReadonlySet<string> = new Set("sh bash dash ash zsh ksh fish".split(" "));

/** Interpreters: the script behind the options is the program. */
export const INTERPRETERS = /^(?:python[\d.]*|perl|ruby|node|php|java|mono|wine(?:64)?)$/;

/** Container engines, whose `run` starts an image. */
export const CONTAINER_ENGINES: ReadonlySet<string> = new Set(["docker", "podman", "nerdctl"]);

/** Options of `docker run` that have no value. Source: docker-run(1). */
export const RUN_SWITCHES =
  /^(?:-[ditPq]+|--(?:detach|interactive|tty|rm|privileged|init|read-only|publish-all|quiet))$/;

/** Programs that name other programs, files and addresses without starting or joining them: what stands
 *  behind them is talked about, not done. */
export const TALKERS: ReadonlySet<string> = new Set(
  wordsOf(`
    grep egrep fgrep zgrep rg ag ack tail head cat tac less more zcat zless bat vi vim nvim view
    nano emacs ed sed awk gawk cut sort uniq wc diff find locate which whereis type whatis man info
    ls ll stat file strings hexdump xxd od md5sum sha1sum sha256sum ps pgrep pidof top htop kill
    pkill killall lsof fuser rm rmdir mv cp ln mkdir touch chmod chown chattr lsattr tar zip unzip
    gzip gunzip bzip2 xz 7z rsync scp sftp ftp lftp wget curl aria2c apt apt-get aptitude dpkg yum
    dnf rpm zypper apk pacman snap brew pip pip3 npm npx cargo go gem git svn make cmake gcc g++ cc
    ld patch systemctl service chkconfig update-rc.d journalctl crontab at echo printf test [ export
    alias set unset cd pushd history source nc ncat netcat telnet ping dig nslookup host whois
    traceroute mtr openssl nmap iptables ip6tables nft ufw firewall-cmd ss netstat ip tcpdump tshark
    ssh socat useradd usermod passwd tee sleep read exit return true false bitcoin-cli bitcoind
    litecoind monero-wallet-cli monero-wallet-rpc monero-wallet-gui electrum clamscan yara auditctl
    ausearch logger mail sendmail kubectl helm ansible ansible-playbook terraform
  `),
);
