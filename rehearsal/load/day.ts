/** Standard time of regions, in hours from UTC, by the beginning of their names; the longest that fits counts. */
const UTC_OFFSETS: Readonly<Record<string, number>> = {
  "us-east": -5,
  "us-west": -8,
  "us-gov-east": -5,
  "us-gov-west": -8,
  "ca-central": -5,
  "ca-west": -7,
  "mx-central": -6,
  "sa-east": -3,
  eu: 1,
  "eu-west": 0,
  "eu-west-3": 1,
  af: 2,
  me: 3,
  "il-central": 2,
  "ap-south": 5.5,
  "ap-southeast": 8,
  "ap-southeast-2": 10,
  "ap-southeast-4": 10,
  "ap-east": 8,
  "ap-northeast": 9,
};

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** How many times the requests of the quietest minute come in the busiest one: school is out at night. */
export const PEAK = 4;

/** The hour of the local day at which a region is busiest. */
const BUSIEST_HOUR = 11;

/** How busy a region is, from 1 in its quietest minute to {@link PEAK} in its busiest. @param at - Milliseconds since the epoch. */
export function busyness(region: string, at: number): number {
  const local = (at + utcOffset(region) * HOUR) % DAY;
  const phase = (2 * Math.PI * (local - BUSIEST_HOUR * HOUR)) / DAY;
  return 1 + ((PEAK - 1) * (1 + Math.cos(phase))) / 2;
}

/** Hours from UTC; 0 for a region that nobody has heard of. */
function utcOffset(region: string): number {
  for (let length = region.length; length > 0; length -= 1) {
    const offset = UTC_OFFSETS[region.slice(0, length)];
    if (offset !== undefined) {
      return offset;
    }
  }
  return 0;
}
