export { CASE_FILES, FOLLOW_FILES } from "./files.ts";
export { hashFile } from "./hash.ts";
export { checkOutput } from "./output.ts";
export { type OpenedCase, openCase } from "./read.ts";
export { type Verification, type VerifyOptions, type VerifyResult, verifyCase } from "./verify.ts";
