import { useState } from "react";
import { Problem } from "../api/problem";
import type { Published } from "./applications";
import { send, tokenEndpoints, tokenOf, tokenRequest, type HeaderLine, type Token, type TestResponse, type TestRequest } from "./console";

export const NO_AUTHENTICATION = "none";

/** How requests prove who sends them. What is entered stays in the page and is gone with it. */
export type State = {
  kind: typeof NO_AUTHENTICATION | "key" | "token";
  key: string;
  secret: string;
  /** The header of the key. */
  header: string;
  /** Where tokens come from: a product and a base path. */
  endpoint: string;
};

export type Authentication = {
  state: State;
  change: (changes: Partial<State>) => void;
  endpoints: readonly { product: string; basePath: string }[];
  token: Token | undefined;
  /** The answer that should have held a token and did not. */
  refused: { request: TestRequest; answer: TestResponse } | undefined;
  /** The headers for the next request; fetches a token where one is needed. */
  headers: () => Promise<HeaderLine[]>;
};

export function useAuthentication(products: readonly Published[], product: string): Authentication {
  const [state, setState] = useState<State>({ kind: "token", key: "", secret: "", header: "x-api-key", endpoint: "" });
  const [held, setHeld] = useState<{ of: string; token: Token }>();
  const [refused, setRefused] = useState<{ request: TestRequest; answer: TestResponse }>();
  const endpoints = tokenEndpoints(products, product);
  const endpoint = endpoints.find(({ basePath }) => basePath === state.endpoint) ?? endpoints[0];
  // A token belongs to what it was fetched with; what is entered while it is fetched leaves it behind.
  const of = JSON.stringify([endpoint, state.key.trim(), state.secret.trim()]);
  const token = held?.of === of ? held.token : undefined;
  const fetched = async (): Promise<Token> => {
    if (token !== undefined && token.until > Date.now()) return token;
    if (endpoint === undefined) throw new Problem({ status: 0, code: "no-token-endpoint" });
    const request = tokenRequest(endpoint.basePath, state.key.trim(), state.secret.trim());
    const answer = await send(endpoint.product, request);
    const made = tokenOf(answer, Date.now());
    if (made === undefined) {
      setRefused({ request, answer });
      throw new Refused();
    }
    setHeld({ of, token: made });
    return made;
  };
  return {
    state: { ...state, endpoint: endpoint?.basePath ?? "" },
    change: (changes) => {
      setState((now) => ({ ...now, ...changes }));
    },
    endpoints,
    token,
    refused,
    headers: async () => {
      setRefused(undefined);
      if (state.kind === "key") return [{ name: state.header.trim(), value: state.key.trim() }];
      return state.kind === "token" ? [{ name: "Authorization", value: `Bearer ${(await fetched()).value}` }] : [];
    },
  };
}

/** No token was given; the answer that says so is shown in its place. */
export class Refused extends Error {}
