import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Json } from "../../rollout/engine";
import { HeaderProber } from "../../rollout/prober";
import { page, tester, weighted } from "./rules";

const [EU, US] = ["eu-west-1", "us-east-1"] as const;
const TOKEN = "t-0123456789";

describe("a probe of one color", () => {
  let server: Server;
  let url: string;
  let answer: (request: IncomingMessage) => number;
  let asked: IncomingMessage[];

  beforeEach(async () => {
    asked = [];
    answer = () => 200;
    server = createServer((request, response) => {
      asked.push(request);
      response.writeHead(answer(request), { location: "http://127.0.0.1:1/" }).end("hello");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const rules = [EU, US].flatMap((region) => [
    weighted(region, "api", 100, 0),
    page(region),
    ...["api", "web"].flatMap((workload) => [tester(region, workload, "blue"), tester(region, workload, "green")]),
  ]);
  const outputsAt = (places: Record<string, string>, testerToken = true): Record<string, Json> => ({
    traffic: {
      facts: { active: "blue", maintenance: false, testerToken },
      regions: Object.fromEntries(
        Object.entries(places).map(([region, place]) => [
          region,
          {
            weights: { blue: 100, green: 0 },
            routers: [],
            listenerArn: "arn",
            endpoints: {
              blue: { url: place, header: "x-cutover-color: blue" },
              green: { url: place, header: "x-cutover-color: green" },
            },
          },
        ]),
      ),
    },
  });
  const prober = (outputs: Record<string, Json>, environment: NodeJS.ProcessEnv = { CUTOVER_TESTER_TOKEN: TOKEN }) =>
    new HeaderProber({ outputs: async () => outputs, recorded: async () => rules }, "production", environment);

  it("asks for each workload's path as a tester, once at each address", async () => {
    assert.equal(await prober(outputsAt({ [EU]: url, [US]: url })).unreachable("green"), undefined);
    assert.deepEqual(
      asked.map(({ url: path, headers }) => [path, headers["x-cutover-color"], headers["x-cutover-token"]]),
      [
        ["/api/", "green", TOKEN],
        ["/web/", "green", TOKEN],
      ],
    );
  });

  it("asks each region that has an address of its own", async () => {
    const other = url.replace("127.0.0.1", "localhost");
    assert.equal(await prober(outputsAt({ [EU]: url, [US]: other })).unreachable("green"), undefined);
    assert.equal(asked.length, 4);
  });

  it("takes what a workload says to nobody in particular as an answer, and does not follow it elsewhere", async () => {
    answer = ({ url: path }) => (path === "/api/" ? 401 : 302);
    assert.equal(await prober(outputsAt({ [EU]: url })).unreachable("green"), undefined);
  });

  it("asks again before it believes that nobody is there", async () => {
    answer = () => (asked.length < 2 ? 503 : 200);
    assert.equal(await prober(outputsAt({ [EU]: url })).unreachable("green"), undefined);
  });

  it("fails at 500, naming the region, the path and the status, and never the token", async () => {
    answer = ({ url: path }) => (path === "/web/" ? 503 : 200);
    const reason = await prober(outputsAt({ [EU]: url })).unreachable("green");
    assert.equal(reason, `green cannot be reached at ${url}/web/ (eu-west-1): HTTP 503`);
  });

  it("fails where nobody listens", async () => {
    const reason = await prober(outputsAt({ [EU]: "http://127.0.0.1:1" })).unreachable("green");
    assert.match(reason!, /green cannot be reached at http:\/\/127\.0\.0\.1:1\/api\/ \(eu-west-1\): bad port/);
  });

  it("needs no token where no edge asks for one", async () => {
    assert.equal(await prober(outputsAt({ [EU]: url }, false), {}).unreachable("green"), undefined);
    assert.deepEqual(
      asked.map(({ headers }) => [headers["x-cutover-color"], headers["x-cutover-token"]]),
      [
        ["green", undefined],
        ["green", undefined],
      ],
    );
  });

  it("fails without the tester's token: the active color would answer for the candidate", async () => {
    for (const environment of [{}, { CUTOVER_TESTER_TOKEN: "" }]) {
      assert.match(
        (await prober(outputsAt({ [EU]: url }), environment).unreachable("green"))!,
        /set CUTOVER_TESTER_TOKEN/,
      );
    }
    assert.equal(asked.length, 0);
  });

  it("fails for a stack that has no routers", async () => {
    assert.match((await prober({}).unreachable("green"))!, /has no outputs of routers/);
    assert.match(
      (await prober(outputsAt({ "ap-southeast-1": url })).unreachable("green"))!,
      /no routers that let testers/,
    );
  });
});
