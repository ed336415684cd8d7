/** /etc/ld.so.preload: libraries that the linker loads into every program, between spaces or colons.
 *  Source: ld.so(8). */
import { fileReader, layEntry } from "./file-reader.ts";

export const preloads = fileReader({
  id: "preloads",
  title: "ld.so.preload",
  paths: [/(?:^|\/)(?:etc\/)?ld\.so\.preload$/],
  take(file) {
    for (const line of file.lines) {
      const [text = ""] = line.text.split("#", 1);
      for (const command of text.split(/[\s:]+/, 64)) {
        if (command !== "") layEntry(file, line, { mechanism: "ld-preload", command });
      }
    }
  },
});
