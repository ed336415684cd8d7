export { CASE_FILES, type CaseFile, MANIFEST, type WrittenFile } from "./files.ts";
export { checkOutput, type OutputOptions } from "./output.ts";
export { type OpenedCase, openCase } from "./read.ts";
export {
  type Verification,
  type VerifiedItem,
  type VerifyOptions,
  type VerifyResult,
  verifyCase,
} from "./verify.ts";
export { CaseWriter, type Content, writeFileAtomic } from "./write.ts";
