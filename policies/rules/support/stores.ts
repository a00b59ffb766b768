import type { Graph, Resource } from "../../graph";
import { tagsOf } from "../../regions";
import type { Settings } from "../../settings";
import { BUCKET_LIFECYCLE, BUCKET_LOGGING, LOAD_BALANCER } from "./types";

/** What a store holds, by its tag. */
export function dataClassOf(resource: Resource, settings: Settings): string | undefined {
  return tagsOf(resource)[settings.dataTag];
}

/** Whether a store holds data about pupils, by its tag. */
export function holdsRecords(resource: Resource, settings: Settings): boolean {
  const dataClass = dataClassOf(resource, settings);
  return dataClass !== undefined && settings.recordClasses.includes(dataClass);
}

/** Whether access logs are written to a bucket: by load balancers, or by other buckets. */
export function takesAccessLogs(bucket: Resource, graph: Graph): boolean {
  return (
    graph.referrers(bucket, LOAD_BALANCER, "accessLogs.bucket").length > 0 ||
    graph.referrers(bucket, BUCKET_LOGGING, "targetBucket").length > 0
  );
}

/** After how many days all objects of a bucket are gone: by the shortest of its rules for all; undefined when there is none. */
export function expiryDaysOf(bucket: Resource, graph: Graph): number | undefined {
  const days = graph
    .referrers(bucket, BUCKET_LIFECYCLE, "bucket")
    .flatMap((lifecycle) => lifecycle.list("rules"))
    .filter((rule) => rule.text("status") === "Enabled" && coversAll(rule))
    .map((rule) => rule.number("expiration.days"))
    .filter((value) => value !== undefined);
  return days.length === 0 ? undefined : Math.min(...days);
}

/** Whether a lifecycle rule is for all objects. */
export function coversAll(rule: { keys(path: string): string[]; text(path: string): string | undefined }): boolean {
  const filters = rule.keys("filter").filter((key) => key !== "prefix" || rule.text("filter.prefix") !== "");
  return filters.length === 0 && (rule.text("prefix") ?? "") === "";
}
