/** Entities over four subgraphs, by one key, by several and by composite ones; chains of `@requires`; mutations. */
export const shop = {
  catalogue: `
    scalar Json
    enum Grade { LOW MIDDLE HIGH }
    enum Unit { KG LB }
    type Query {
      product(id: ID!): Product
      products(first: Int = 2): [Product!]!
      grid: [[Product!]]
      cheapest: Product!
      things(grades: [Grade!]): [Thing]
    }
    type Mutation { rename(id: ID!, name: String): Product!, touch: Int! }
    union Thing = Product | Bundle | Note
    type Product @key(fields: "id") @key(fields: "sku region { code }") {
      id: ID!
      sku: String!
      region: Region! @shareable
      name: String @shareable
      weight(unit: Unit = KG): Int
      size: Size
      box: Box @shareable
      price: Float @override(from: "pricing")
      grade: Grade
      tags: [String!]
      matrix: [[Int]!]
      attributes: Json
      secret: Int @inaccessible
      related(first: Int): [Product]
    }
    type Region @shareable { code: String!, label: String }
    type Size { width: Int!, height: Int }
    type Box { wide: Int!, lid: Lid @shareable }
    type Lid { colour: String }
    type Bundle @key(fields: "id") { id: ID!, title(upper: Boolean): String!, products: [Product], best: Product! }
    type Note { text: String!, about: Product, grade: Grade! }
  `,
  stock: `
    enum Unit { KG LB }
    type Query { warehouse(id: ID!): Warehouse, warehouses: [Warehouse]! }
    type Mutation { restock(id: ID!, by: Int = 1): RestockPayload, empty(id: ID!): Boolean! }
    type RestockPayload { warehouse: Warehouse!, query: Query! }
    type Product @key(fields: "id") {
      id: ID!
      name: String @external
      weight(unit: Unit = KG): Int @external
      size: Size @external
      box: Box @shareable
      inStock: Boolean!
      shipping: Int @requires(fields: "weight(unit: KG)")
      freight: Int @requires(fields: "weight(unit: LB)")
      volume(factor: Int!): Int @requires(fields: "size { width height }")
      stocks: [Stock!]
    }
    type Size @external { width: Int!, height: Int }
    type Box { high: Int, lid: Lid @shareable }
    type Lid { weight: Int! }
    type Stock { count: Int!, warehouse: Warehouse! }
    type Bundle @key(fields: "id") { id: ID!, ready: Boolean }
    type Warehouse @key(fields: "id") {
      id: ID!
      city: String
      product: Product @provides(fields: "name")
      shelves: [[Product]!]!
      manager: User
    }
    type User @key(fields: "email", resolvable: false) { email: String! }
  `,
  pricing: `
    type Product @key(fields: "sku region { code }") {
      sku: String!
      region: Region! @shareable
      shipping: Int @external
      price: Float
      discount: Discount @requires(fields: "shipping")
      offers: [Offer!]!
    }
    type Region @shareable { code: String!, label: String }
    type Discount { percent: Int!, until: String }
    type Offer { price: Float!, product: Product!, by: User }
    type User @key(fields: "id") { id: ID!, credit: Int }
  `,
  reviews: `
    type Query { reviews: [Review!], me: User }
    type Mutation { review(input: ReviewInput!): Review! }
    input ReviewInput { product: ID!, stars: Int = 3, tags: [String!] }
    type Product @key(fields: "id") {
      id: ID!
      discount: Discount @external
      shipping: Int @external
      reviews(first: Int): [Review!]
      score: Int! @requires(fields: "discount { percent } shipping")
    }
    type Discount @external { percent: Int! }
    type Review @key(fields: "id") { id: ID!, stars: Int!, text: String, product: Product!, author: User }
    type User @key(fields: "id") @key(fields: "email") { id: ID!, email: String!, name: String!, profile: Profile! }
    type Profile @key(fields: "owner { id }") { owner: User!, bio: String }
  `,
};
