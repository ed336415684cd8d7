/** What calls to a cloud's interface are for, in the hands of those who mine in it. */
export type CloudKind = "machines" | "credentials" | "logs";

/** Source: AWS, API references of the services named; CloudTrail's names of calls are theirs. */
const KINDS: Readonly<Record<CloudKind, readonly string[]>> = {
  machines: [
    "RunInstances",
    "RequestSpotInstances",
    "RequestSpotFleet",
    "CreateFleet",
    "CreateAutoScalingGroup",
    "UpdateAutoScalingGroup",
    "CreateInstances",
    "RunTask",
    "CreateService",
    "CreateNodegroup",
    "CreateComputeEnvironment",
    "CreateNotebookInstance",
    "CreateDevEndpoint",
    "RequestServiceQuotaIncrease",
  ],
  credentials: [
    "CreateUser",
    "CreateLoginProfile",
    "UpdateLoginProfile",
    "CreateAccessKey",
    "AttachUserPolicy",
    "PutUserPolicy",
    "AttachRolePolicy",
    "AddUserToGroup",
    "UpdateAssumeRolePolicy",
    "DeactivateMFADevice",
    "CreateTrustAnchor",
    "GetFederationToken",
  ],
  logs: [
    "StopLogging",
    "DeleteTrail",
    "UpdateTrail",
    "PutEventSelectors",
    "DeleteFlowLogs",
    "DeleteDetector",
    "UpdateDetector",
    "StopConfigurationRecorder",
    "DeleteConfigurationRecorder",
    "DisableSecurityHub",
  ],
};

const BY_CALL: ReadonlyMap<string, CloudKind> = new Map(
  (["machines", "credentials", "logs"] as const).flatMap((kind) =>
    KINDS[kind].map((call) => [call, kind] as const),
  ),
);

/** The kind of a call; null for all others. */
export function cloudKind(call: string): CloudKind | null {
  return BY_CALL.get(call) ?? null;
}

/** Machines with graphics processors or the most processors, which are rented for computing alone.
 *
 *  Source: AWS, "Amazon EC2 instance types": families p and g (GPU), trn and inf
 *  (learning), sizes from 24xlarge.
 */
export function isForComputing(type: string): boolean {
  return (
    /^(?:p[2-6]\w{0,3}|g[3-7]\w{0,3}|trn\d\w{0,2}|inf\d\w{0,2})\./.test(type) ||
    /\.(?:24|32|48|96)xlarge$/.test(type)
  );
}
