import assert from "node:assert/strict";
import fc from "fast-check";
import { uuidV5 } from "../../../components/internal/uuid";

/** The namespace for DNS names that RFC 9562 defines. */
const DNS = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

describe("a UUID from a text", () => {
  it("is the one that the RFC shows", () => {
    assert.equal(uuidV5("www.example.com", DNS), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  });

  it("is the same each time, of version 5 and of the RFC's variant, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.match(uuidV5(text), /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        assert.equal(uuidV5(text), uuidV5(text));
      }),
    );
  });

  it("differs for different texts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        fc.pre(one !== other);
        assert.notEqual(uuidV5(one), uuidV5(other));
      }),
    );
  });
});
