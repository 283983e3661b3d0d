/** GraphQL's lists with cursors. Clients take the cursor of the last edge or that of the page, so both are the same. */

export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** Null at the end. */
  readonly next: string | null
}

export const connectionOf = <A>({ items, next }: Page<A>) => ({
  __typename: "Connection",
  edges: items.map((node) => ({ node, cursor: next ?? "" })),
  pageInfo: { __typename: "PageInfo", endCursor: next, hasNextPage: next !== null }
})
