/** What is used of the optional package; without it the program builds and runs all the same. */
declare module "@litko/yara-x" {
  interface Match {
    readonly offset: number;
    readonly length: number;
    readonly data: string;
  }
  interface RuleMatch {
    readonly ruleIdentifier: string;
    readonly matches: readonly Match[];
  }
  interface Rules {
    scan(data: Buffer): readonly RuleMatch[];
    setMaxMatchesPerPattern(most: number): void;
  }
  interface Options {
    readonly includeDirectories?: readonly string[];
    readonly enableIncludes?: boolean;
    readonly relaxedReSyntax?: boolean;
  }
  export function compile(source: string, options?: Options): Rules;
}
