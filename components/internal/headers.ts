/**
 * Request headers that the edge, the load balancers and the routers agree on. Pure.
 *
 * The edge removes or overwrites every one of them on each request, so that no user can set one.
 */

/** Names a color, which it reaches at any share. Only testers keep it. */
export const COLOR_HEADER = "x-cutover-color";
/** Instead of a color, while the maintenance page is on: whatever the weights say. What a load generator sends. */
export const WEIGHTED = "weighted";
/** Instead of a color, at a gateway: the maintenance page while it is off. How the page is tried before its day. */
export const PAGE = "page";
/** What a tester proves to be one with. It ends at the edge. */
export const TOKEN_HEADER = "x-cutover-token";
/** What the edge proves to be the edge with; a load balancer answers nobody else. */
export const ORIGIN_HEADER = "x-origin-verify";
/**
 * The legal area that the edge found for the user's country. The edge chooses the region by it, and the region's
 * firewall refuses requests of another area, so that a mistake in the steering is an error page and not a transfer of data.
 */
export const JURISDICTION_HEADER = "x-cutover-jurisdiction";
/** The user's address, which Cloudflare sets and overwrites. */
export const CLIENT_ADDRESS_HEADER = "CF-Connecting-IP";
