/**
 * Supergraphs whose subgraphs need much of each other, by name; the SDL of their subgraphs by name. What several of them
 * have of one type is alike.
 */
export const chains: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  /** What a required field requires is in a third subgraph. */
  third: {
    a: `
      type Query { x: Int }
      type Order @key(fields: "id") { id: ID!, total: Int }
    `,
    c: `
      type Query { q: Order }
      type Order @key(fields: "id") { id: ID!, total: Int @external, tax: Int @requires(fields: "total") }
    `,
    d: `
      type Order @key(fields: "id") { id: ID!, tax: Int @external, sum: Int @requires(fields: "tax") }
    `,
  },
  /** What a required field requires is in the subgraph that asks for it. */
  there: {
    a: `
      type Query { t: T, q1: Int }
      type T @key(fields: "id") { id: ID!, total: Int @external, tax: Int @requires(fields: "total") }
    `,
    d: `
      type Query { dt: T, q2: Int }
      type T @key(fields: "id") { id: ID!, total: Int, tax: Int @external, sum: Int @requires(fields: "tax") }
    `,
  },
  /** A required field that requires, beside one that is behind an entity. */
  below: {
    a: `
      type Query { x: Int }
      type Order @key(fields: "id") { id: ID!, total: Int, customer: Customer } 
      type Customer @key(fields: "id") { id: ID! }
    `,
    c: `
      type Query { q: Order, qs: [Order], p: Order @shareable }
      type Order @key(fields: "id") { id: ID!, total: Int @external, tax: Int @requires(fields: "total") }
      type Customer @key(fields: "id") { id: ID!, since: Int }
    `,
    d: `
      type Query { p: Order @shareable }
      type Order @key(fields: "id") { id: ID!, tax: Int @external, customer: Customer @external, sum: Int @requires(fields: "tax customer { since }") }
      type Customer @key(fields: "id") { id: ID!, since: Int @external }
    `,
  },
  /** `@requires` of lists, interfaces, unions and fields with arguments, and of fields that require. */
  orders: {
    a: `
      type Query { order(id: ID!): Order, orders: [Order!]! }
      type Order @key(fields: "id") { id: ID!, lines: [Line!]!, item: Item, customer: Customer, total(cur: Cur = EUR): Int, extra: Extra }
      enum Cur { EUR USD KRW }
      type Line { qty: Int!, product: Product }
      interface Item { code: String! }
      type Big implements Item { code: String!, heavy: Int }
      type Small implements Item { code: String!, light: Int, sub: Item }
      union Extra = Big | Small | Product
      type Product @key(fields: "id") { id: ID!, name: String }
      type Customer @key(fields: "id") { id: ID!, name: String }
      type Mutation { place(id: ID!): Order, cancel: Order! }
    `,
    b: `
      type Query { p: Product }
      type Product @key(fields: "id") { id: ID!, weight(u: Int = 1): Int, dims: [Dim!] }
      type Dim { x: Int!, y: Int }
      type Customer @key(fields: "id") { id: ID!, tier: String, address: Address }
      type Address { zip: String, street(n: Int): String }
      type Order @key(fields: "id") { id: ID!, note(up: Boolean): String }
      type Mutation { touch: Product }
    `,
    c: `
      enum Cur { EUR USD KRW }
      type Query { q: Order }
      type Order @key(fields: "id") {
      id: ID!
      lines: [Line!]! @external
      item: Item @external
      customer: Customer @external
      extra: Extra @external
      total(cur: Cur = EUR): Int @external
      note(up: Boolean): String @external
      shipping: Int @requires(fields: "lines { qty product { weight(u: 2) dims { x } } }")
      label: String @requires(fields: "item { code ... on Big { heavy } ... on Small { light sub { code } } } customer { tier address { zip street(n: 3) } }")
      tax: Int @requires(fields: "total(cur: USD)")
      duty: Int @requires(fields: "total(cur: KRW) note(up: true)")
      mixed: String @requires(fields: "extra { ... on Big { heavy } ... on Product { name } }")
      }
      type Line @external { qty: Int!, product: Product }
      interface Item { code: String! }
      type Big implements Item { code: String! @external, heavy: Int @external }
      type Small implements Item { code: String! @external, light: Int @external, sub: Item @external }
      union Extra = Big | Small | Product
      type Product @key(fields: "id") { id: ID!, name: String @external, weight(u: Int = 1): Int @external, dims: [Dim!] @external, cube: Int @requires(fields: "dims { y x } weight(u: 4)") }
      type Dim @external { x: Int!, y: Int }
      type Customer @key(fields: "id") { id: ID!, tier: String @external, address: Address @external, since: Int }
      type Address @external { zip: String, street(n: Int): String }
    `,
    d: `
      enum Cur { EUR USD KRW }
      type Order @key(fields: "id") { id: ID!, shipping: Int @external, tax: Int @external, duty: Int @external, customer: Customer @external, sum: Int @requires(fields: "shipping tax duty customer { since }"), status: Status! }
      type Customer @key(fields: "id") { id: ID!, since: Int @external, last: Order }
      enum Status { OPEN CLOSED }
    `,
  },
  /** `@requires` from interface object to interface object. */
  library: {
    a: `
      type Query { media(id: ID!): Media, list: [Media!]!, books: [Book], pairs: [[Media]!] , node: Node, nodes: [Node!] }
      type Mutation { lend(id: ID!): Media }
      interface Node { id: ID! }
      interface Media implements Node @key(fields: "id") { id: ID!, title: String, next: Media }
      type Book implements Media & Node @key(fields: "id") { id: ID!, title: String, next: Media, pages: Int!, sequel: Book }
      type Film implements Media & Node @key(fields: "id") { id: ID!, title: String, next: Media, length(unit: String = "min"): Int }
      type Person implements Node @key(fields: "id") { id: ID!, name: String }
    `,
    b: `
      type Query { top: [Media!]!, best: Media }
      type Media @key(fields: "id") @interfaceObject { id: ID!, title: String @external, rating(scale: Int = 5): Int, slug: String @requires(fields: "title"), similar: [Media!], owner: Person }
      type Person @key(fields: "id") { id: ID!, favourite: Media, age: Int }
    `,
    c: `
      type Query { worst: Media }
      type Media @key(fields: "id") @interfaceObject { id: ID!, slug: String @external, rating(scale: Int = 5): Int @external, owner: Person @external, score: Int @requires(fields: "slug rating(scale: 3)"), label: String @requires(fields: "owner { age } slug"), peers: [Media] }
      type Person @key(fields: "id") { id: ID!, age: Int @external, vip: Boolean }
    `,
    d: `
      type Book @key(fields: "id") { id: ID!, score: Int @external, pages: Int! @external, price: Int @requires(fields: "score pages"), shelf: Shelf }
      type Film @key(fields: "id") { id: ID!, slug: String @external, label: String @external, price: Int @requires(fields: "slug label") }
      type Shelf { code: String!, media: Book, film: Film }
    `,
  },
  /** Keys of several fields, with objects, lists and custom scalars, from one subgraph to the next. */
  keys: {
    a: `
      type Query { product(id: ID!): Product, products: [Product!]!, brand: Brand, grid: [[Product]] }
      type Product @key(fields: "id") { id: ID!, name: String, brand: Brand @shareable, maker: Maker }
      type Brand @key(fields: "id") { id: ID!, label: String }
      type Maker @key(fields: "place { city { zip } } code") { place: Place!, code: Code!, title: String }
      scalar Code
      type Place @shareable { city: City! }
      type City @shareable { zip: Int!, name: String }
    `,
    b: `
      type Query { bySku(sku: String!): Product }
      type Product @key(fields: "id") @key(fields: "sku brand { id }") { id: ID!, sku: String!, brand: Brand @shareable, stock: Int, tags: [String!]! @shareable }
      type Brand @key(fields: "id", resolvable: false) { id: ID! }
    `,
    c: `
      type Query { cs: [Product] }
      scalar Code
      type Product @key(fields: "sku brand { id }") @key(fields: "upc tags") { sku: String!, brand: Brand @shareable, upc: Code!, tags: [String!]! @shareable, price(cur: String): Float }
      type Brand @key(fields: "id") { id: ID!, country: String, products: [Product!] }
      type Maker @key(fields: "place { city { zip } } code") { place: Place!, code: Code!, founded: Int, brands: [Brand] }
      type Place @shareable { city: City! }
      type City @shareable { zip: Int!, name: String }
    `,
    d: `
      scalar Code
      type Query { ds: Product }
      type Product @key(fields: "upc tags") @key(fields: "ref { a b }") { upc: Code!, tags: [String!]!, ref: Ref!, weight: Int }
      type Ref @shareable { a: Int!, b: String! }
    `,
    e: `
      type Product @key(fields: "ref { b a }") { ref: Ref!, weight: Int @external, price(cur: String): Float @external, ship: Float @requires(fields: "weight price(cur: \\"EUR\\")"), ship2: Float @requires(fields: "price(cur: \\"USD\\")"), parts: [Product!] }
      type Ref @shareable { a: Int!, b: String! }
    `,
  },
  /** `@provides` on interfaces and unions. */
  provided: {
    a: `
      type Query { reviews: [Review!], review: Review @provides(fields: "author { name } subject { ... on Book { title } ... on Disc { title label { name } } }") }
      type Review @key(fields: "id") { id: ID!, author: User @provides(fields: "name"), subject: Subject, about: Any @provides(fields: "... on Book { title pages }") }
      type User @key(fields: "id") { id: ID!, name: String @external }
      interface Subject { id: ID! }
      union Any = Book | Disc
      type Book implements Subject @key(fields: "id") { id: ID!, title: String @external, pages: Int @external }
      type Disc implements Subject @key(fields: "id") { id: ID!, title: String @external, label: Label @external }
      type Label @key(fields: "id") { id: ID!, name: String @external }
    `,
    b: `
      type Query { subjects: [Subject], users: [User] }
      interface Subject { id: ID!, title: String }
      type Book implements Subject @key(fields: "id") { id: ID!, title: String @shareable, pages: Int @shareable, next: Subject }
      type Disc implements Subject @key(fields: "id") { id: ID!, title: String @shareable, label: Label @shareable, tracks: [[Track]!] }
      type Track { n: Int!, disc: Disc }
      type Label @key(fields: "id") { id: ID!, name: String @shareable, discs: [Disc!] }
      type User @key(fields: "id") { id: ID!, name: String @shareable, reads: [Subject!] }
    `,
    c: `
      type Book @key(fields: "id") { id: ID!, pages: Int @external, lines: Int @requires(fields: "pages"), price: Int }
      type Disc @key(fields: "id") { id: ID!, price: String }
      type User @key(fields: "id") { id: ID!, reviews: [Review] }
      type Review @key(fields: "id", resolvable: false) { id: ID! }
    `,
  },
  /** `@provides` beside `@requires` of the same fields. */
  carts: {
    a: `
      type Query { cart: Cart @provides(fields: "items { name }"), carts: [Cart!], pick: Pick @provides(fields: "... on Item { name maker { name } }") }
      type Cart @key(fields: "id") { id: ID!, items: [Item!] @shareable, best: Item @provides(fields: "name maker { name country }") }
      type Item @key(fields: "id") { id: ID!, name: String @external, maker: Maker @external }
      type Maker @key(fields: "id") { id: ID!, name: String @external, country: String @external }
      union Pick = Item | Cart
    `,
    b: `
      type Item @key(fields: "id") { id: ID!, name: String @shareable, maker: Maker @shareable, price(c: String = "x"): Int }
      type Maker @key(fields: "id") { id: ID!, name: String @shareable, country: String @shareable, items(first: Int = 3): [Item] }
      type Query { makers: [Maker] }
    `,
    c: `
      type Cart @key(fields: "id") { id: ID!, items: [Item!] @external, sum: Int @requires(fields: "items { price maker { country } }"), owner: String }
      type Item @key(fields: "id") { id: ID!, price(c: String = "x"): Int @external, maker: Maker @external, cheap: Boolean @requires(fields: "price(c: \\"y\\")") }
      type Maker @key(fields: "id") { id: ID!, country: String @external }
    `,
  },
  /** Keys behind keys, for what is required. */
  nestedKeys: {
    a: `
      type Query { item(id: ID!): Item, items: [Item!] }
      type Item @key(fields: "id") { id: ID!, brand: Brand @shareable, tags: [Tag!] }
      type Brand @key(fields: "id") { id: ID! }
      type Tag @key(fields: "id") { id: ID! }
    `,
    b: `
      type Query { b: Brand }
      type Brand @key(fields: "id") @key(fields: "code") { id: ID!, code: String!, owner: Owner, rank: Int }
      type Owner @key(fields: "ssn") { ssn: ID!, name: String }
      type Tag @key(fields: "id") { id: ID!, slug: String, items: [Item] }
      type Item @key(fields: "id", resolvable: false) { id: ID! }
    `,
    c: `
      type Query { cItem: Item }
      type Item @key(fields: "id") @key(fields: "brand { code }") { id: ID!, brand: Brand @shareable, price: Int, tags: [Tag!] @external, tagline: String @requires(fields: "tags { slug }") }
      type Brand @key(fields: "code") { code: String!, cc: Int, rank: Int @external, score: Int @requires(fields: "rank") }
      type Tag @key(fields: "id") { id: ID!, slug: String @external, up: String @requires(fields: "slug") }
      type Owner @key(fields: "ssn") { ssn: ID!, tax: Int, brands: [Brand!] }
    `,
    d: `
      type Query { d: Int }
      type Item @key(fields: "id") { id: ID!, brand: Brand @external, price: Int @external, tags: [Tag!] @external, total: Int @requires(fields: "price brand { score owner { tax } } tags { up }"), again: [Item!] }
      type Brand @key(fields: "id", resolvable: false) { id: ID!, score: Int @external, owner: Owner @external }
      type Owner @key(fields: "ssn", resolvable: false) { ssn: ID!, tax: Int @external }
      type Tag @key(fields: "id", resolvable: false) { id: ID!, up: String @external }
    `,
  },
  /** Interface objects with two keys. */
  accounts: {
    a: `
      type Query { acc(id: ID!): Account, accs: [Account!]!, any: [Any!] , admin: Admin }
      interface Account @key(fields: "id") @key(fields: "email") { id: ID!, email: String!, boss: Account }
      type Admin implements Account @key(fields: "id") @key(fields: "email") { id: ID!, email: String!, boss: Account, level: Int , peers: [Account] }
      type Guest implements Account @key(fields: "id") @key(fields: "email") { id: ID!, email: String!, boss: Admin, until: String }
      union Any = Admin | Guest | Team
      type Team @key(fields: "id") { id: ID!, lead: Account, members: [[Account!]] }
    `,
    b: `
      type Query { bAcc: Account, bTeams: [Team] }
      type Account @key(fields: "email") @interfaceObject { email: String!, name: String, score(x: Int): Int, team: Team, friends: [Account!] }
      type Team @key(fields: "id") { id: ID!, owner: Account, motto: String }
    `,
    c: `
      type Query { cAcc: [Account] }
      type Account @key(fields: "id") @interfaceObject { id: ID!, name: String @external, greeting(loud: Boolean): String @requires(fields: "name"), last: Account }
      type Team @key(fields: "id") { id: ID!, motto: String @external, banner: String @requires(fields: "motto"), owner: Account @external, own: String @requires(fields: "owner { id }") }
    `,
    d: `
      type Admin @key(fields: "id") { id: ID!, level: Int @external, power: Int @requires(fields: "level"), guests: [Guest!] }
      type Guest @key(fields: "email") { email: String!, visits: Int }
    `,
  },
  /** Root types with names of their own. */
  roots: {
    a: `
      schema { query: RootA mutation: MutA }
      type RootA { ua: User, more: RootA, sh: Val @shareable }
      type MutA { setA(n: Int): User, payA: Pay @shareable }
      type Pay @shareable { ok: Boolean, user: User }
      type User @key(fields: "id") { id: ID!, a: Int, pal: User, back: RootA }
      type Val @shareable { x: Int, u: User }
    `,
    b: `
      schema { query: RootB mutation: MutB }
      type RootB { ub: [User], sh: Val @shareable }
      type MutB { setB(n: Int): User, payB: Res! }
      type Res { q: RootB, user: User! }
      type User @key(fields: "id") { id: ID!, b(k: Int): Int }
      type Val @shareable { x: Int, u: User }
    `,
    c: `
      type Query { uc: User }
      type Mutation { setC: User! }
      type User @key(fields: "id") { id: ID!, a: Int @external, b(k: Int): Int @external, c: Int @requires(fields: "a b(k: 3)"), c2: Int @requires(fields: "b(k: 4)") }
    `,
  },
};
