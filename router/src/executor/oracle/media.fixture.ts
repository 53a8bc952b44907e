/** Interfaces, unions, and an interface that other subgraphs know as an object. */
export const media = {
  library: `
    type Query { media(id: ID!): Media, list(first: Int): [Media!]!, search(text: String = "a"): [Result], named: Named }
    type Mutation { lend(id: ID!): Media }
    interface Media @key(fields: "id") { id: ID!, title: String, length: Int, next: Media }
    type Book implements Media @key(fields: "id") {
      id: ID!, title: String, length: Int, next: Media, pages: Int!, author: Person, kind: String
    }
    type Film implements Media @key(fields: "id") {
      id: ID!, title: String, length: Int, next: Media, director: Person!, scenes: [[Scene!]], kind: String!
    }
    type Scene { title: String!, cast: [Person!]!, from: Media }
    union Result = Book | Film | Person | Scene
    interface Named { name: String! }
    type Person implements Named @key(fields: "id") { id: ID!, name: String! }
    type Studio implements Named { name: String!, films: [Film] }
  `,
  ratings: `
    type Query { top: [Media!]!, best: Media }
    type Media @key(fields: "id") @interfaceObject {
      id: ID!
      rating: Int!
      comments(first: Int): [Comment!]!
      perMinute: Int
    }
    type Comment { text: String, about: Media!, author: Person }
    type Person @key(fields: "id") { id: ID!, favourite: Media, favourites: [Media]! }
  `,
  people: `
    type Query { people: [Person] }
    type Mutation { hire(name: String!): Person!, fire(id: ID!): Boolean }
    type Person @key(fields: "id") { id: ID!, born: Int, address: Address!, friends: [Person!] , agent: Agent }
    type Address { street: String, city: City! }
    type City { name: String!, zip: ID, twin: City }
    union Agent = Person | Agency
    type Agency @key(fields: "code") { code: Int!, boss: Person! }
  `,
  agencies: `
    type Agency @key(fields: "code") { code: Int!, title: String, city: Place! }
    type Place { label: String!, people: [[Person!]!] }
    type Person @key(fields: "id", resolvable: false) { id: ID! }
  `,
};

/** Objects without keys that two subgraphs fill together, below the root and in lists of lists; non-null at all depths. */
export const board = {
  left: `
    type Query { board: [[Cell!]!]! @shareable, me: Traveller @shareable, left: Int! }
    type Cell @shareable { row: Int!, note: Note! }
    type Note { text: String! @shareable, author: String! }
    type Traveller { name: String! @shareable, trip: Trip! @shareable }
    type Trip { legs: [[Leg!]!]! @shareable, price: Float! }
    type Leg { from: Place! @shareable, seat: String! }
    type Place { code: ID!, zone: String! @shareable }
  `,
  right: `
    type Query { board: [[Cell!]!]! @shareable, me: Traveller @shareable, right: Int! }
    type Cell @shareable { row: Int!, note: Note! }
    type Note { text: String! @shareable, rank: Int! }
    type Traveller { name: String! @shareable, trip: Trip! @shareable, age: Int }
    type Trip { legs: [[Leg!]!]! @shareable, days: Int! }
    type Leg { from: Place! @shareable, gate: Int }
    type Place { name: String!, zone: String! @shareable }
  `,
};
