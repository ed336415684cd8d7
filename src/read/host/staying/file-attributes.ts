/** Output of lsattr: files that cannot be changed ("i") or only be appended to ("a").
 *
 *  ATTRIBUTES PATH, where each attribute has its column and "-" is not set.
 *  Source: lsattr(1) and chattr(1) of e2fsprogs 1.47.
 */
import { fileFact, fileReader } from "./file-reader.ts";

const LINE = /^([A-Za-z-]{13,30}) (\/?.{1,4096})$/s;

export const fileAttributes = fileReader({
  id: "file-attributes",
  title: "output of lsattr",
  paths: [/(?:^|\/)[\w.-]{0,60}lsattr[\w.-]{0,60}$/],
  take(file) {
    for (const line of file.lines) {
      const [, attributes = "", subject = ""] = LINE.exec(line.text) ?? [];
      const isFixed = attributes.includes("i");
      if (!isFixed && !attributes.includes("a")) continue;
      const says = isFixed ? "the file cannot be changed or removed" : "the file can only be appended to";
      file.desk.record({
        ...fileFact(file, line),
        kind: "event",
        what: "file-immutable",
        subject: subject.trim(),
        user: null,
        from: null,
        says,
      });
    }
  },
});
