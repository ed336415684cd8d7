/** A call to a cloud's interface that is worth a place in a case.
 *
 *  Source: AWS CloudTrail user guide, the services' API references; which calls intruders make to mine:
 *  Sysdig 2023 (AMBERSQUID), Permiso and Unit 42 2023 on mining in clouds, MITRE ATT&CK v18.1 T1578,
 *  T1098, T1562.008, T1496; stratus-red-team's AWS techniques.
 */
export interface CloudCall {
  readonly service: string;
  /** Without the version that Lambda appends. */
  readonly call: string;
  /** A kind of `EVENT_KINDS`: what the call does when it is not refused. */
  readonly what:
    | "cloud-call"
    | "account-added"
    | "account-changed"
    | "key-added"
    | "log-cleared"
    | "service-stopped"
    | "container-started";
  readonly says: string;
}

type Row = readonly [service: string, call: string, what: CloudCall["what"], says: string];

const ROWS: readonly Row[] = [
  ["ec2", "RunInstances", "cloud-call", "virtual machines were started"],
  ["ec2", "RequestSpotInstances", "cloud-call", "spot machines were asked for"],
  ["ec2", "RequestSpotFleet", "cloud-call", "a fleet of spot machines was asked for"],
  ["ec2", "CreateFleet", "cloud-call", "a fleet of machines was made"],
  ["ec2", "CreateLaunchTemplate", "cloud-call", "a template for machines was made"],
  ["ec2", "ModifyInstanceAttribute", "cloud-call", "an attribute of a machine was changed"],
  ["ec2", "AuthorizeSecurityGroupIngress", "cloud-call", "a firewall was opened"],
  ["ec2", "GetPasswordData", "cloud-call", "a machine's administrator password was asked for"],
  ["ec2", "CreateKeyPair", "key-added", "a key pair for machines was made"],
  ["ec2", "ImportKeyPair", "key-added", "a key for machines was brought in"],
  ["ec2", "DeleteFlowLogs", "log-cleared", "the log of network flows was deleted"],
  ["autoscaling", "CreateAutoScalingGroup", "cloud-call", "a group of machines was made"],
  ["autoscaling", "UpdateAutoScalingGroup", "cloud-call", "a group of machines was changed"],
  ["lightsail", "CreateInstances", "cloud-call", "virtual machines were started"],
  ["ecs", "CreateCluster", "cloud-call", "a cluster for containers was made"],
  ["ecs", "RegisterTaskDefinition", "cloud-call", "a container was described"],
  ["ecs", "CreateService", "container-started", "containers were started as a service"],
  ["ecs", "RunTask", "container-started", "containers were started"],
  ["eks", "CreateCluster", "cloud-call", "a Kubernetes cluster was made"],
  ["eks", "CreateNodegroup", "cloud-call", "machines were added to a Kubernetes cluster"],
  ["batch", "CreateComputeEnvironment", "cloud-call", "machines for batch jobs were set up"],
  ["batch", "SubmitJob", "cloud-call", "a batch job was handed in"],
  ["lambda", "CreateFunction", "cloud-call", "a function was made"],
  ["lambda", "UpdateFunctionCode", "cloud-call", "the code of a function was changed"],
  ["lambda", "AddPermission", "cloud-call", "a function was opened to others"],
  ["sagemaker", "CreateNotebookInstance", "cloud-call", "a notebook's machine was started"],
  ["sagemaker", "CreateProcessingJob", "cloud-call", "a processing job was started"],
  ["codebuild", "CreateProject", "cloud-call", "a build was described"],
  ["codebuild", "StartBuild", "cloud-call", "a build was started"],
  ["amplify", "CreateApp", "cloud-call", "an application with builds was made"],
  ["glue", "CreateDevEndpoint", "cloud-call", "a development machine was started"],
  ["cloudformation", "CreateStack", "cloud-call", "a stack of resources was made"],
  ["servicequotas", "RequestServiceQuotaIncrease", "cloud-call", "a higher limit was asked for"],
  ["ssm", "SendCommand", "cloud-call", "a command was sent to machines"],
  ["ssm", "StartSession", "cloud-call", "a shell on a machine was opened"],
  ["iam", "CreateUser", "account-added", "a user was made"],
  ["iam", "CreateLoginProfile", "account-changed", "a user got a password"],
  ["iam", "UpdateLoginProfile", "account-changed", "a user's password was changed"],
  ["iam", "CreateAccessKey", "key-added", "an access key was made"],
  ["iam", "UploadSSHPublicKey", "key-added", "an SSH key was added to a user"],
  ["iam", "AttachUserPolicy", "account-changed", "a user got rights"],
  ["iam", "PutUserPolicy", "account-changed", "a user got rights"],
  ["iam", "AttachRolePolicy", "account-changed", "a role got rights"],
  ["iam", "AddUserToGroup", "account-changed", "a user was added to a group"],
  ["iam", "CreatePolicyVersion", "account-changed", "rights were rewritten"],
  ["iam", "UpdateAssumeRolePolicy", "account-changed", "who may take a role was changed"],
  ["iam", "DeactivateMFADevice", "account-changed", "a user's second factor was switched off"],
  ["rolesanywhere", "CreateTrustAnchor", "account-changed", "a certificate of elsewhere was trusted"],
  ["sts", "GetFederationToken", "cloud-call", "credentials that outlive their key were made"],
  ["organizations", "LeaveOrganization", "cloud-call", "the account was taken out of its organisation"],
  ["cloudtrail", "StopLogging", "log-cleared", "the log of calls was switched off"],
  ["cloudtrail", "DeleteTrail", "log-cleared", "the log of calls was deleted"],
  ["cloudtrail", "UpdateTrail", "log-cleared", "the log of calls was changed"],
  ["cloudtrail", "PutEventSelectors", "log-cleared", "what the log of calls holds was changed"],
  ["logs", "DeleteLogGroup", "log-cleared", "a group of logs was deleted"],
  ["logs", "DeleteLogStream", "log-cleared", "a log was deleted"],
  ["guardduty", "DeleteDetector", "service-stopped", "GuardDuty was switched off"],
  ["guardduty", "UpdateDetector", "service-stopped", "GuardDuty was changed"],
  ["config", "StopConfigurationRecorder", "service-stopped", "the record of settings was stopped"],
  ["config", "DeleteConfigurationRecorder", "service-stopped", "the record of settings was deleted"],
  ["securityhub", "DisableSecurityHub", "service-stopped", "Security Hub was switched off"],
  ["kms", "ScheduleKeyDeletion", "cloud-call", "a key's deletion was scheduled"],
];

const BY_NAME = new Map(
  ROWS.map(([service, call, what, says]) => [`${service} ${call}`, { service, call, what, says }]),
);

/** The row of a call, undefined for what is left out: everything that only reads, and what is ordinary. */
export function cloudCall(service: string, call: string): CloudCall | undefined {
  return BY_NAME.get(`${service} ${call}`);
}

/** Names under which calls give what they are about, in the order of preference. */
export const CLOUD_SUBJECTS: readonly string[] = [
  "userName",
  "groupName",
  "roleName",
  "instanceId",
  "functionName",
  "policyArn",
  "name",
  "trailName",
  "keyName",
  "groupId",
  "autoScalingGroupName",
  "clusterName",
  "logGroupName",
  "projectName",
  "notebookInstanceName",
  "stackName",
  "detectorId",
  "serviceCode",
  "documentName",
  "keyId",
];
