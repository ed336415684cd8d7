declare module "unbzip2-stream" {
  /** A stream that takes bzip2 and gives what was compressed. */
  // biome-ignore lint/style/noDefaultExport: it is the package's own.
  export default function bzip2(): NodeJS.ReadWriteStream;
}
