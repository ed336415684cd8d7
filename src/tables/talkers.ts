import { wordsOf } from "./words-of.ts";

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
