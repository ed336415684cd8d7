import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ransomNote } from "../../../src/read/host/ransom-note.ts";
import { cut, flipped } from "../../kit/damage.ts";
import { checkoutRoot, dataPath } from "../../kit/data.ts";
import { collectionRecords } from "../../kit/host-records.ts";
import { random } from "../../kit/random.ts";

/** The first address of the chain: nobody's to spend, with a valid checksum. */
const ADDRESS = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";

const ENGLISH = `Your files are encrypted!

All documents of this server have been encrypted with a strong cipher.
To recover your files you need to pay 0.05 BTC to ${ADDRESS}.
You have 72 hours. If you do not pay, the price will be doubled.
Write to help@crypt.example when it is done.
`;

const NOTES: Readonly<Record<string, string>> = {
  english: ENGLISH,
  worm:
    "Q: What happened?\nA: Ooops, your important files are encrypted.\nQ: What do I " +
    "do?\nA: Please send $300 " +
    `worth of bitcoin to this address: ${ADDRESS}\nYou have only 3 days, then the price will be doubled.\n`,
  database:
    `All your data is backed up on our servers. You must pay 0.02 BTC to ${ADDRESS} ` +
    `to get it back. In 48 hours, ` +
    "your data will be publicly disclosed. Contact: back@data.example\n",
  leak:
    "We have downloaded your data and encrypted your network. To restore your files " +
    "contact us, please pay. " +
    `Otherwise your data will be published at ${"a".repeat(56)}.onion within 5 days.\n`,
  german:
    "Ihre Dateien wurden verschlüsselt. Zahlen Sie 500 € in Bitcoin innerhalb von 3 Tagen an " +
    `${ADDRESS}, um sie zu entschlüsseln.\n`,
  spanish:
    "Todos sus archivos han sido cifrados. Envíe 300 USD en 3 días. Solo nosotros podemos descifrar. " +
    "Contacto: ayuda@cifra.example\n",
  russian: "Все ваши файлы были зашифрованы. Оплатите 0.1 BTC за 3 дня. Пишите: pomosh@fail.example\n",
  html: `<html><body><h1>Attention</h1><p>${ENGLISH.replaceAll("\n", "<br>")}</p></body></html>`,
  rtf: `{\\rtf1\\ansi ${ENGLISH.replaceAll("\n", "\\par ")}}`,
};

const HARMLESS: Readonly<Record<string, string>> = {
  article:
    "Researchers found new ransomware last week. The malware tells victims that your " +
    "files have been encrypted and " +
    `that you must pay 0.05 BTC to ${ADDRESS} within 72 hours, according to a ` +
    `report. Contact: press@news.example\n`,
  invoice:
    "Please pay 120 EUR within 14 days to our account. Your order has been shipped. " +
    "Questions: shop@store.example\n",
  donate: `If you like this program, please send a donation in BTC to ${ADDRESS}. Write to me@a.example\n`,
  manual:
    "Your files are encrypted with your own key before they are sent. To restore your files, run restore. " +
    "Write to support@backup.example when a restore fails.\n",
  notice:
    "Your account has been locked. You need to contact helpdesk@work.example within 24 hours to unlock it.\n",
  indicators: [ENGLISH, ...[1, 2, 3, 4].map((digit) => String(digit).repeat(64)), ""].join("\n"),
};

const item = { path: "/home/alice/READ_ME.txt", host: "h", modifiedMicros: null };

for (const [name, text] of Object.entries(NOTES)) {
  test(`a note is read: ${name}`, async () => {
    assert.ok(ransomNote.sniff(Buffer.from(text), item));
    const records = await collectionRecords({ "[root]/home/alice/READ_ME.txt": text });
    const notes = records.filter((one) => one.kind === "ransom-note");
    assert.equal(notes.length, 1);
    assert.equal(notes[0]?.path, "/home/alice/READ_ME.txt");
    assert.ok((notes[0]?.demands.length ?? 0) > 0);
  });
}

test("what it demands is told apart", async () => {
  const [note] = (await collectionRecords({ "[root]/root/note.txt": ENGLISH })).filter(
    (one) => one.kind === "ransom-note",
  );
  assert.deepEqual(note?.addresses, [{ coin: "btc", address: ADDRESS }]);
  assert.deepEqual(note?.amounts, ["0.05 BTC"]);
  assert.deepEqual(note?.contacts, ["help@crypt.example"]);
  assert.deepEqual(note?.deadlines, ["You have 72 hours", "If you do not pay, the price will be doubled"]);
});

test("a note in UTF-16 is read", () => {
  const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ENGLISH, "utf16le")]);
  assert.ok(ransomNote.sniff(wide, item));
});

for (const [name, text] of Object.entries(HARMLESS)) {
  test(`no note: ${name}`, () => assert.equal(ransomNote.sniff(Buffer.from(text), item), false));
}

/** Every text below a folder of the checkout that is small enough. */
function texts(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes("node_modules"))
    .map((path) => [path, readFileSync(path).subarray(0, 65_536)]);
}

test("no file of this project is a note, its texts about ransom included", () => {
  const files = ["src", "docs", "data", "test"].flatMap((folder) => texts(join(checkoutRoot(), folder)));
  assert.ok(files.length > 500);
  const found = files.filter(([, head]) => ransomNote.sniff(head, item)).map(([path]) => path);
  assert.deepEqual(found, []);
});

test("no list of indicators, log, report or collection among the real ones is a note", (t) => {
  const path = dataPath("host");
  if (path === null) return t.skip("needs ../shared/data/host");
  const found = texts(path).filter(([, head]) => ransomNote.sniff(head, item));
  assert.deepEqual(
    found.map(([name]) => name),
    [],
  );
});

test("cut and damaged notes are read or passed over, and nothing is thrown", async () => {
  const by = random(3);
  const whole = Buffer.from(NOTES["html"] ?? "");
  for (let round = 0; round < 200; round++) {
    const bytes = Buffer.from(round % 2 === 0 ? cut(whole, by) : flipped(whole, 20, by));
    if (ransomNote.sniff(bytes, item) && round % 10 === 0) {
      await collectionRecords({ "[root]/a.html": bytes.toString("latin1") });
    }
  }
});
