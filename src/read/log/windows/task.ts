/** The first program of a scheduled task, and the kind of its first trigger.
 *
 *  Shape: both null where the XML holds none; `schedule` is the trigger's element, "LogonTrigger", with the
 *  interval of its repetition, "PT1M", where one is set.
 *  Source: MS-TSCH § 2.5, the task's schema.
 *  Limits: a task that runs a COM object has no program.
 */
export function taskOf(xml: string): { readonly command: string | null; readonly schedule: string | null } {
  const program = elementOf(xml, "Command");
  const args = elementOf(xml, "Arguments");
  const trigger = /<(\w{1,40}Trigger)\b/.exec(xml)?.[1] ?? null;
  const interval = elementOf(xml, "Interval");
  return {
    command: program === null ? null : args === null ? program : `${program} ${args}`,
    schedule: trigger !== null && interval !== null ? `${trigger} every ${interval}` : trigger,
  };
}

function elementOf(xml: string, name: string): string | null {
  const opening = `<${name}>`;
  const from = xml.indexOf(opening);
  const to = from === -1 ? -1 : xml.indexOf(`</${name}>`, from);
  return to === -1 ? null : xmlText(xml.slice(from + opening.length, to).trim());
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["amp", "&"],
]);

/** Text of XML without its entities, the numbered ones of ASCII included. */
export function xmlText(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#\d{1,3}|#x[0-9a-f]{1,2}|\w{2,4});/gi, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES.get(name) ?? whole;
    return String.fromCharCode(Number(name.replace("#x", "0x").replace("#X", "0x").replace("#", "")));
  });
}
