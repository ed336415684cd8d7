import { ofKind, type ReadOne, readOne } from "../../../kit/read-one.ts";

/** What a file makes stay: "mechanism | name | user | schedule | command", "-" for what is not known. */
export function entriesIn(found: ReadOne): string[] {
  return ofKind(found, "autostart").map(({ mechanism, name, user, schedule, command }) =>
    [mechanism, name, user, schedule, command].map((part) => part ?? "-").join(" | "),
  );
}

export async function entriesOf(text: string, path: string): Promise<string[]> {
  return entriesIn(await readOne(text, path));
}

/** "code ×count" of each gap. */
export function gapsIn({ gaps }: ReadOne): string[] {
  return gaps.map(({ code, count }) => `${code} ×${count}`);
}

/** A file of each kind, for tests that damage them. */
export const SAMPLES: Readonly<Record<string, string>> = {
  "/etc/crontab": "SHELL=/bin/sh\n17 *\t* * *\troot\tcd / && run-parts --report /etc/cron.hourly\n",
  "/etc/anacrontab": "SHELL=/bin/sh\n1\t5\tcron.daily\trun-parts /etc/cron.daily\n",
  "/var/spool/cron/crontabs/deploy": "# own\n@reboot /srv/app/run >/dev/null 2>&1\n*/5 * * * * true\n",
  "/etc/systemd/system/a.service":
    "[Unit]\nDescription=a\n[Service]\nExecStart=-/srv/a \\\n  -c /srv/a.json\nUser=a\nRestart=always\n" +
    'Environment="LD_PRELOAD=/srv/a.so"\n[Install]\nWantedBy=multi-user.target\n',
  "/etc/systemd/system/a.timer": "[Timer]\nOnCalendar=daily\nOnBootSec=5min\n",
  "/etc/rc.local": "#!/bin/sh -e\n/srv/a &\nexit 0\n",
  "/etc/inittab": "id:2:initdefault:\n1:2345:respawn:/sbin/getty 38400 tty1\n",
  "/etc/init/a.conf": "start on runlevel [2345]\nscript\n  /srv/a\nend script\nexec /srv/b\n",
  "/etc/cron.daily/a": "#!/bin/sh\nset -e\nnohup /srv/a &\n",
  "/root/.bashrc": "alias ls='ls --color=auto'\nalias ps='ps | grep -v a'\nexport LD_PRELOAD=/srv/a.so\n",
  "/etc/ld.so.preload": "/usr/lib/a.so:/usr/lib/b.so\n",
  "/root/.ssh/authorized_keys":
    'command="/srv/a \\"b\\"",no-pty ssh-ed25519 ' +
    "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f who@host.example\n",
  "/etc/sudoers": "Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL) NOPASSWD: \\\n  /srv/a\n",
  "/proc/modules": "a 16384 0 - Live 0x0000000000000000 (OE)\nb 20480 1 a, Live 0x0000000000000000\n",
  "/var/spool/cron/atjobs/a0000101c8f7d0": "#!/bin/sh\n# mail deploy 0\ncd /srv || {\n\t exit 1\n}\n/srv/a\n",
  "/root/.config/autostart/a.desktop": "[Desktop Entry]\nExec=/srv/a\n",
  "/etc/pam.d/sshd": "session optional pam_exec.so quiet /srv/a\n",
  "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\n",
  "/etc/shadow": "root:$6$abc$def:19737:0:99999:7:::\n",
  "/etc/group": "sudo:x:27:deploy,ops\n",
  "live_response/system/lsattr.txt": "----i---------e------- /etc/passwd\n",
  "/etc/sysctl.conf": "vm.nr_hugepages = 1280\n",
};
