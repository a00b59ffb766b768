import assert from "node:assert/strict";
import fc from "fast-check";
import { hourly, MONTH_HOURS, priceIn, PRICES, priceTableSchema, type Price } from "../../cost/priceTable";

const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-1", "ap-southeast-2"];

describe("the price table", () => {
  it("has the prices of the reference", () => {
    const reference: [string, number[]][] = [
      ["ec2.t3.xlarge", [0.1664, 0.1664, 0.1824, 0.2112]],
      ["ec2.g4dn.xlarge", [0.526, 0.526, 0.587, 0.736]],
      ["elasticache.redis.cache.r6g.xlarge", [0.411, 0.411, 0.458, 0.493]],
      ["elasticache.valkey.cache.r6g.xlarge", [0.3288, 0.3288, 0.3664, 0.3944]],
    ];
    for (const [name, prices] of reference) {
      for (const [index, region] of ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1"].entries()) {
        assert.deepEqual(priceIn(PRICES, name, region), { per: "hour", tiers: [[null, prices[index]]] });
      }
    }
  });

  it("knows every price of AWS in every region of production, and says which are estimates", () => {
    const azure = (name: string) => name.startsWith("openai.");
    for (const name of Object.keys(PRICES.prices).filter((one) => !azure(one))) {
      for (const region of REGIONS) {
        assert.ok(priceIn(PRICES, name, region), `${name} in ${region}`);
      }
    }
    assert.equal(priceIn(PRICES, "nat.gateway", "ap-southeast-1")?.estimate, undefined);
    assert.match(priceIn(PRICES, "nat.gateway", "eu-central-1")?.estimate ?? "", /scaled as .* t3\.xlarge/);
    assert.match(priceIn(PRICES, "rds.postgres.db.r6g.2xlarge", "eu-west-1")?.estimate ?? "", /cache\.r6g\.xlarge/);
  });

  it("scales an estimate by the declared factors, from the region that has a source", () => {
    const { factors } = PRICES.estimates;
    const estimated = priceIn(PRICES, "guardduty.rds", "us-east-1")!;
    assert.equal(estimated.tiers[0]![1], 1.22 * (factors["us-east-1"]! / factors["ap-southeast-1"]!));
  });

  it("has no price for a region without a factor, nor for a name that it does not have", () => {
    assert.equal(priceIn(PRICES, "ec2.t3.xlarge", "sa-east-1"), undefined);
    assert.equal(priceIn(PRICES, "ec2.t3.nano", "us-east-1"), undefined);
    assert.equal(priceIn(PRICES, "constructor", "us-east-1"), undefined);
  });

  it("is refused when a price has a source that is not listed", () => {
    const prices = { thing: { per: "hour", in: { "us-east-1": [1, "somebody"] } } };
    const result = priceTableSchema.safeParse({ ...PRICES, prices });
    assert.match(result.error?.message ?? "", /names a source/);
  });

  it("charges tiers as the golden tables of the transfer of data do", () => {
    const price = priceIn(PRICES, "transfer.internet", "ap-southeast-2")!;
    const month = hourly(price, 10_240 + 40_960 + 102_400 + 3_400) * MONTH_HOURS;
    assert.equal(Math.round(month * 100) / 100, 1_167.36 + 4_014.08 + 9_625.6 + 312.8);
  });

  it("never charges less for more", () => {
    const names = Object.keys(PRICES.prices);
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.constantFrom(...REGIONS),
        fc.double({ min: 0, max: 1e8, noNaN: true }),
        fc.double({ min: 0, max: 1e8, noNaN: true }),
        (name, region, amount, more) => {
          const price: Price | undefined = priceIn(PRICES, name, region);
          return price === undefined || hourly(price, amount) <= hourly(price, amount + more) + 1e-9;
        },
      ),
    );
  });
});
