/** The SDK's module that reads properties; its other modules call it by this object. */
interface Deserialize {
  deserializeProperties: (properties: object, proxySecrets: boolean) => object;
}

/**
 * Lets the SDK read the properties of a resource once for each call of the engine. As it is, it reads them anew for every
 * policy: with this pack's policies and a production's resources that took minutes, and their results are only looked at.
 */
export function readOnce(): void {
  const module = require("@pulumi/policy/deserialize") as Deserialize;
  const original = module.deserializeProperties;
  const known = new WeakMap<object, object>();
  module.deserializeProperties = (properties, proxySecrets) => {
    if (proxySecrets) {
      return original(properties, proxySecrets);
    }
    let result = known.get(properties);
    if (result === undefined) {
      known.set(properties, (result = original(properties, proxySecrets)));
    }
    return result;
  };
}
