import { Server, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { looksAt, subjects } from "../evaluate";
import type { Level, Severity } from "../rule";
import { Deployment } from "./deployment";
import { descriptionOf } from "./policies";
import type { Checked, Run } from "./run";

/** Rules that look at resources of a type; and as bytes, that the others have nothing to say about them. */
interface ForType {
  runs: readonly Run[];
  others: Uint8Array;
}

const LEVELS: Readonly<Record<number, Level | "disabled">> = {
  [proto.EnforcementLevel.ADVISORY]: "advisory",
  [proto.EnforcementLevel.DISABLED]: "disabled",
};

const SEVERITIES: Readonly<Record<Severity, proto.PolicySeverity>> = {
  critical: proto.PolicySeverity.POLICY_SEVERITY_CRITICAL,
  high: proto.PolicySeverity.POLICY_SEVERITY_HIGH,
  medium: proto.PolicySeverity.POLICY_SEVERITY_MEDIUM,
  low: proto.PolicySeverity.POLICY_SEVERITY_LOW,
};

/**
 * Answers what the engine asks of the pack. The SDK makes a resource anew for each policy, and all resources for each policy
 * on the stack: that takes longer than the preview itself. Here each is read once, and the rules that look at its type see
 * it. What the engine is told of the policies, and everything else, is the SDK's.
 */
export class Service {
  private readonly deployment = new Deployment();
  private readonly types = new Map<string, ForType>();

  /** @param pack - What diagnostics carry. */
  public constructor(
    private readonly runs: readonly Run[],
    private readonly pack: { name: string; version: string },
  ) {}

  /** Takes the place of the SDK's own answers in the server that it starts next. */
  public install(): void {
    const server: Pick<Server, "addService"> = Server.prototype;

    const { addService } = server;
    server.addService = function (this: Server, definition, implementation) {
      server.addService = addService;
      addService.call(this, withBytes(definition), answers(implementation));
    };
    const answers = ({ configure, ...others }: UntypedServiceImplementation): UntypedServiceImplementation => ({
      ...others,
      configure: (call: { request: proto.ConfigureAnalyzerRequest }, callback: Callback) =>
        answer(callback, () => {
          this.configure(call.request);
          (configure as (...args: unknown[]) => void)(call, callback);
          return undefined;
        }),
      // It changes nothing. What it is asked is not even read.
      remediate: (_call: unknown, callback: Callback) => callback(null, Buffer.alloc(0)),
      analyze: (call: { request: proto.AnalyzeRequest }, callback: Callback) =>
        answer(callback, () => this.analyze(call.request)),
      analyzeStack: (call: { request: proto.AnalyzeStackRequest }, callback: Callback) =>
        answer(callback, () => this.analyzeStack(call.request)),
    });
  }

  private configure(request: proto.ConfigureAnalyzerRequest): void {
    const configs = request.getPolicyconfigMap();
    for (const run of this.runs) {
      const config = configs.get(run.rule.id);
      if (config !== undefined) {
        const level = LEVELS[config.getEnforcementlevel()] ?? "mandatory";
        run.configure(level, config.getProperties()?.toJavaScript() ?? {});
      }
    }
    this.types.clear();
  }

  private analyze(request: proto.AnalyzeRequest): Buffer {
    const graph = this.deployment.one(request);
    const resource = graph.byUrn(request.getUrn())!;
    const { runs, others } = this.forType(resource.type);
    return Buffer.concat([this.told(runs.map((run) => [run, run.check([resource], graph)])), others]);
  }

  private analyzeStack(request: proto.AnalyzeStackRequest): Buffer {
    const graph = this.deployment.all(request.getResourcesList());
    const runs = this.runs.filter(({ rule, level }) => rule.scope === "stack" && level !== "disabled");
    return Buffer.from(this.told(runs.map((run) => [run, run.check(subjects(run.rule, graph), graph)])));
  }

  private forType(type: string): ForType {
    let found = this.types.get(type);
    if (found === undefined) {
      const all = this.runs.filter(({ rule, level }) => rule.scope === "resource" && level !== "disabled");
      const others = all.filter(({ rule }) => !looksAt(rule, type));
      found = {
        runs: all.filter((run) => !others.includes(run)),
        others: response(
          [],
          others.map(({ rule }) => notApplicable(rule.id)),
        ),
      };
      this.types.set(type, found);
    }
    return found;
  }

  /** Tells the engine what came of checks. What is not known yet counts as not applicable there, with the reason. */
  private told(results: readonly (readonly [Run, Checked])[]): Uint8Array {
    const diagnostics = results.flatMap(([run, { violations }]) =>
      violations.map(({ urn, message }) => this.diagnostic(run, urn, message)),
    );
    const open = results.filter(([, { violations, decided }]) => violations.length === 0 && !decided);
    return response(
      diagnostics,
      open.map(([{ rule }, { reason }]) => notApplicable(rule.id, reason)),
    );
  }

  private diagnostic({ rule, level }: Run, urn: string, message: string): proto.AnalyzeDiagnostic {
    const diagnostic = new proto.AnalyzeDiagnostic();
    diagnostic.setPolicyname(rule.id);
    diagnostic.setPolicypackname(this.pack.name);
    diagnostic.setPolicypackversion(this.pack.version);
    diagnostic.setDescription(descriptionOf(rule));
    diagnostic.setMessage(`${descriptionOf(rule)}\n${message}`);
    diagnostic.setEnforcementlevel(proto.EnforcementLevel[level === "advisory" ? "ADVISORY" : "MANDATORY"]);
    diagnostic.setSeverity(SEVERITIES[rule.severity]);
    diagnostic.setUrn(urn);
    return diagnostic;
  }
}

type Callback = (error: Error | null, answer?: Buffer) => void;

/** An error that is thrown is the answer. */
function answer(callback: Callback, find: () => Buffer | undefined): void {
  let found: Buffer | undefined;
  try {
    found = find();
  } catch (error) {
    callback(error as Error);
    return;
  }
  if (found !== undefined) {
    callback(null, found);
  }
}

/** The methods that are answered here answer with bytes; one of them is not read. */
function withBytes(definition: ServiceDefinition): ServiceDefinition {
  const asBytes = (bytes: Buffer) => bytes;
  const { analyze, analyzeStack, remediate, ...others } = definition;
  return {
    ...others,
    analyze: { ...analyze!, responseSerialize: asBytes },
    analyzeStack: { ...analyzeStack!, responseSerialize: asBytes },
    remediate: { ...remediate!, requestDeserialize: asBytes, responseSerialize: asBytes },
  };
}

function response(diagnostics: proto.AnalyzeDiagnostic[], others: proto.PolicyNotApplicable[]): Uint8Array {
  const message = new proto.AnalyzeResponse();
  message.setDiagnosticsList(diagnostics);
  message.setNotApplicableList(others);
  return message.serializeBinary();
}

function notApplicable(policy: string, reason = ""): proto.PolicyNotApplicable {
  const message = new proto.PolicyNotApplicable();
  message.setPolicyName(policy);
  message.setReason(reason);
  return message;
}
