import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { ResourceRecord } from "../../../policies/graph";
import { nameOf } from "../../../pulumi/urn";

const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
const proto = require("@pulumi/pulumi/proto/analyzer_pb");
const { Empty } = require("google-protobuf/google/protobuf/empty_pb");

const ROOT = join(__dirname, "../../..");
const LIMIT = 400 * 1024 * 1024;

/** What the pack says about a resource, as Pulumi's engine is told. */
export interface Diagnostic {
  policy: string;
  urn: string;
  level: "advisory" | "mandatory";
  message: string;
}

/** The pack, started as Pulumi starts it, and spoken to as its engine does. */
export class PackProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly client: any,
  ) {}

  /**
   * @param config - The config of the stack, by full key.
   * @param pack - The folder of the pack.
   */
  public static async start(config: Record<string, string> = {}, pack = join(ROOT, "policies")): Promise<PackProcess> {
    const runner = require.resolve("@pulumi/pulumi/cmd/run-policy-pack");
    const child = spawn(process.execPath, [runner, "127.0.0.1:1", pack], {
      cwd: pack,
      env: { ...process.env, PULUMI_CONFIG: JSON.stringify(config) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const port = await new Promise<string>((resolve, reject) => {
      child.stdout.once("data", (data: Buffer) => resolve(data.toString().trim()));
      child.once("exit", (code) => reject(new Error(`the pack ended with ${code}`)));
    });
    const client = new AnalyzerClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.max_receive_message_length": LIMIT,
      "grpc.max_send_message_length": LIMIT,
    });
    return new PackProcess(child, client);
  }

  public stop(): void {
    this.client.close();
    this.child.kill();
  }

  /** What the engine asks first: the policies with what is known about them. */
  public async info(): Promise<any> {
    return (await this.call("getAnalyzerInfo", new Empty())).toObject();
  }

  /**
   * Says what the engine says of every policy: its level, and as config what `--policy-pack-config` sets over the defaults of
   * the policy's own schema.
   *
   * @param set - What is set, by rule.
   */
  public async configure(set: Readonly<Record<string, object>> = {}): Promise<void> {
    const info = await this.call("getAnalyzerInfo", new Empty());
    const request = new proto.ConfigureAnalyzerRequest();
    for (const policy of info.getPoliciesList()) {
      const schemas = policy.getConfigschema()?.getProperties().toJavaScript() ?? {};
      const defaults = Object.entries<any>(schemas).filter(([, schema]) => schema.default !== undefined);
      const config = new proto.PolicyConfig();
      config.setEnforcementlevel(policy.getEnforcementlevel());
      const properties = Object.fromEntries(defaults.map(([key, one]) => [key, one.default]));
      config.setProperties(Struct.fromJavaScript({ ...properties, ...set[policy.getName()] }));
      request.getPolicyconfigMap().set(policy.getName(), config);
    }
    await this.call("configure", request);
  }

  /** Walks through a deployment as the engine does: each resource before it is made, and all in the end. */
  public async analyze(records: readonly ResourceRecord[]): Promise<Diagnostic[]> {
    return this.ask(questions(records));
  }

  /** Asks one question after the other. */
  public async ask(all: readonly Question[]): Promise<Diagnostic[]> {
    const found: Diagnostic[] = [];
    for (const { method, urn, bytes } of all) {
      const response = await this.send(method, bytes);
      found.push(...(method === "Remediate" ? [] : diagnostics(response, urn)));
    }
    return found;
  }

  private call(method: string, message: unknown): Promise<any> {
    return promisify(this.client[method].bind(this.client))(message) as Promise<any>;
  }

  private send(method: string, bytes: Buffer): Promise<any> {
    const path = `/pulumirpc.Analyzer/${method}`;
    const read = (answer: Buffer) => proto.AnalyzeResponse.deserializeBinary(answer);
    const send = this.client.makeUnaryRequest.bind(this.client, path, (sent: Buffer) => sent, read);
    return promisify(send)(bytes) as Promise<any>;
  }
}

/** Something that the engine asks a pack, as it goes over the wire. */
export interface Question {
  method: "Remediate" | "Analyze" | "AnalyzeStack";
  /** The resource; empty when it is about all of them. */
  urn: string;
  bytes: Buffer;
}

/** What the engine asks about a deployment, in its order. */
export function questions(records: readonly ResourceRecord[]): Question[] {
  const byUrn = new Map(records.map((record) => [record.urn, record]));
  const of = (method: Question["method"], urn: string, message: any): Question => ({
    method,
    urn,
    bytes: Buffer.from(message.serializeBinary()),
  });
  const all = new proto.AnalyzeStackRequest();
  all.setResourcesList(records.map((record) => stackResource(record, byUrn)));
  return [
    ...records.flatMap((record) => {
      const message = request(new proto.AnalyzeRequest(), record, record.inputs, byUrn);
      return [of("Remediate", record.urn, message), of("Analyze", record.urn, message)];
    }),
    of("AnalyzeStack", "", all),
  ];
}

function request(message: any, record: ResourceRecord, properties: object, byUrn: Map<string, ResourceRecord>): any {
  message.setType(record.type);
  message.setUrn(record.urn);
  message.setName(nameOf(record.urn));
  message.setProperties(Struct.fromJavaScript(withoutAssets(properties) as never));
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(record.protect === true);
  options.setParent(record.parent ?? "");
  message.setOptions(options);
  const provider = record.provider === undefined ? undefined : byUrn.get(record.provider);
  if (provider !== undefined) {
    const own = new proto.AnalyzerProviderResource();
    own.setType(provider.type);
    own.setUrn(provider.urn);
    own.setName(nameOf(provider.urn));
    own.setProperties(Struct.fromJavaScript(provider.inputs));
    message.setProvider(own);
  }
  return message;
}

function stackResource(record: ResourceRecord, byUrn: Map<string, ResourceRecord>): any {
  const outputs = { ...record.inputs, ...record.outputs };
  const message = request(new proto.AnalyzerResource(), record, outputs, byUrn);
  message.setParent(record.parent ?? "");
  message.setDependenciesList([...(record.dependencies ?? [])]);
  for (const [property, urns] of Object.entries(record.propertyDependencies ?? {})) {
    const list = new proto.AnalyzerPropertyDependencies();
    list.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, list);
  }
  return message;
}

/** Assets are read by the SDK only in forms that a record of a rehearsal need not have. */
function withoutAssets(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, item: unknown) =>
    key === "code" || key === "source" ? undefined : item,
  );
}

function diagnostics(response: any, urn: string): Diagnostic[] {
  return response.getDiagnosticsList().map((one: any) => ({
    policy: one.getPolicyname(),
    urn: one.getUrn() || urn,
    level: one.getEnforcementlevel() === proto.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
    // The SDK puts the description before what was reported.
    message: one.getMessage().replace(`${one.getDescription()}\n`, ""),
  }));
}
