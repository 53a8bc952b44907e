/** The first line of a subgraph's SDL: what it uses of federation. */
export const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@cost", "@key", "@listSize", "@policy", "@shareable", "@tag"])';

/** A subgraph to compose; its own SDL begins in line 2. */
export const subgraph = (name: string, sdl: string) => ({
  name,
  url: `http://${name}.test/graphql`,
  sdl: `${LINK}\n${sdl}`,
});
