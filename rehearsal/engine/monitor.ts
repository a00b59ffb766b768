/**
 * The engine's end of the wire: what the SDK calls instead of a `ResourceMonitorClient`. Answers are plain objects with the
 * getters that the SDK reads, so that no value goes through protobuf on its way back.
 */
import type { Cloud } from "./cloud";
import { PlanError } from "./errors";
import { readGoal, type Goal, type RegisterRequest, type Struct as ProtoStruct } from "./goal";
import type { Run } from "./run";
import { packageOf, parseReference } from "../../pulumi/urn";
import { isMap, shownMap, type Value, type ValueMap } from "../../pulumi/values";

/** The number of gRPC's status UNAVAILABLE: the SDK then stops quietly, and leaves the reason to the engine. */
const UNAVAILABLE = 14;
/** What the engine can do, by the names that the SDK asks for. */
const FEATURES = new Set(["secrets", "resourceReferences", "outputValues", "deletedWith", "replaceWith", "aliasSpecs"]);
/** `pulumirpc.Result`: the registration was done, or left out. */
const RESULT = { success: 0, skipped: 2 };

type Answer<T> = (error: { code: number; message: string } | null, response?: T) => void;

interface ReadRequest {
  getId(): string;
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getProperties(): ProtoStruct;
  getDependenciesList(): string[];
  getVersion(): string;
  getAdditionalsecretoutputsList(): string[];
}

interface InvokeRequest {
  getTok(): string;
  getArgs(): ProtoStruct;
  getProvider(): string;
}

/** The resource monitor of one run. */
export class Monitor {
  /** Rejects when the run cannot go on. */
  readonly stopped: Promise<never>;
  private stop!: (error: unknown) => void;
  private isStopped = false;

  constructor(
    private readonly run: Run,
    private readonly clouds: ReadonlyMap<string, Cloud>,
  ) {
    this.stopped = new Promise<never>((_, reject) => (this.stop = reject));
    this.stopped.catch(() => undefined);
  }

  supportsFeature(request: { getId(): string }, answer: Answer<object>): void {
    const supported = FEATURES.has(request.getId());
    answer(null, { getHassupport: () => supported });
  }

  registerResource(request: RegisterRequest, answer: Answer<object>): void {
    this.answered(answer, () => {
      const { urn, id, outputs, skipped } = this.run.register(readGoal(request));
      return {
        getUrn: () => urn,
        getId: () => id,
        getObject: () => ({ toJavaScript: () => outputs }),
        getPropertydependenciesMap: () => undefined,
        getResult: () => (skipped ? RESULT.skipped : RESULT.success),
      };
    });
  }

  readResource(request: ReadRequest, answer: Answer<object>): void {
    this.answered(answer, () => {
      const { urn, outputs } = this.run.read(readRequestGoal(request), request.getId());
      return { getUrn: () => urn, getProperties: () => ({ toJavaScript: () => outputs }) };
    });
  }

  registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): ProtoStruct | undefined },
    answer: Answer<object>,
  ): void {
    this.answered(answer, () => {
      this.run.registerOutputs(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
      return {};
    });
  }

  invoke(request: InvokeRequest, answer: Answer<object>): void {
    this.answered(answer, () => {
      const result = this.invoked(request);
      return { getFailuresList: () => [], getReturn: () => structOf(result) };
    });
  }

  call(request: { getTok(): string }, answer: Answer<object>): void {
    this.answered(answer, () => {
      throw new PlanError(
        `the rehearsal does not model methods of resources, such as ${request.getTok()}, which the program calls`,
      );
    });
  }

  registerPackage(request: { getName(): string }, answer: Answer<object>): void {
    this.answered(answer, () => {
      throw new PlanError(`the rehearsal does not model parameterized packages, such as ${request.getName()}`);
    });
  }

  signalAndWaitForShutdown(_request: object, answer: Answer<object>): void {
    answer(null, {});
  }

  close(): void {
    this.isStopped = true;
  }

  private invoked(request: InvokeRequest): ValueMap {
    const args = request.getArgs().toJavaScript();
    const token = request.getTok();
    if (token === "pulumi:pulumi:getResource") {
      const resource = this.run.current.get(typeof args.urn === "string" ? args.urn : "");
      if (!resource) {
        throw new PlanError(`unknown resource ${JSON.stringify(args.urn)}`);
      }
      return { urn: resource.urn, id: resource.id ?? "", state: resource.outputs ?? {} };
    }
    const provider = request.getProvider();
    const result = this.clouds.get(packageOf(token))?.invoke?.(
      {
        token,
        args: shownMap(args),
        provider: shownMap(provider === "" ? {} : (this.run.find(parseReference(provider).urn)?.inputs ?? {})),
      },
      this.run.setup.world(),
    );
    if (!result) {
      throw new PlanError(`the rehearsal does not model the function ${token}, which the program invokes`);
    }
    return result;
  }

  /** The first error ends the run; from then on the program is told that nobody listens. */
  private answered(answer: Answer<object>, work: () => object): void {
    let response: object;
    try {
      if (this.isStopped) {
        throw new PlanError("the run has ended");
      }
      response = work();
    } catch (error) {
      this.isStopped = true;
      this.stop(error);
      answer({ code: UNAVAILABLE, message: (error as Error).message });
      return;
    }
    answer(null, response);
  }
}

/** What the SDK reads of a protobuf struct. */
function structOf(values: ValueMap): object {
  const field = (value: Value) => ({
    toJavaScript: () => value,
    getStructValue: () => (isMap(value) ? structOf(value) : undefined),
  });
  return {
    toJavaScript: () => values,
    getFieldsMap: () => new Map(Object.entries(values).map(([key, value]) => [key, field(value)])),
  };
}

function readRequestGoal(request: ReadRequest): Goal {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: true,
    inputs: request.getProperties().toJavaScript(),
    parent: request.getParent() || undefined,
    provider: request.getProvider(),
    providers: new Map(),
    dependencies: request.getDependenciesList(),
    propertyDependencies: {},
    ignoreChanges: [],
    replaceOnChanges: [],
    hideDiff: [],
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
    aliases: [],
    version: request.getVersion(),
    pluginDownloadUrl: "",
  };
}
