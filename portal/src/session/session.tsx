import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useMemo, type ReactNode } from "react";
import { api, lost, read } from "../api/client";
import { Problem } from "../api/problem";
import type { components } from "../api/schema";
import { noteSignedIn } from "./known";

export type Me = components["schemas"]["Me"];

type Session = {
  /** Who is signed in; undefined while that is being asked, null when nobody is. */
  me: Me | null | undefined;
  /** Why nothing is known of the session, such as a server that cannot be reached. */
  failure: Error | null;
  may: (permission: string) => boolean;
  /** Asks the server anew, after a sign-in or a change of the user's own data. */
  refresh: () => Promise<void>;
  signOut: () => Promise<void>;
};

const Context = createContext<Session | undefined>(undefined);
const KEY = ["me"];

async function whoAmI(): Promise<Me | null> {
  try {
    return await read(api.GET("/api/me"));
  } catch (failure) {
    if (failure instanceof Problem && failure.status === 401) return null;
    throw failure;
  }
}

/** Knows who is signed in. When the server forgets the session, the page stays where it is and asks to sign in. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { data: me, error } = useQuery({ queryKey: KEY, queryFn: whoAmI, staleTime: 60_000 });
  useEffect(() => {
    const forget = () => {
      queries.setQueryData(KEY, null);
    };
    lost.addEventListener("lost", forget);
    return () => {
      lost.removeEventListener("lost", forget);
    };
  }, [queries]);
  useEffect(() => {
    if (me !== undefined) noteSignedIn(me !== null);
  }, [me]);
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: KEY }), [queries]);
  const signOut = useCallback(async () => {
    try {
      await read(api.POST("/api/auth/sign-out"));
    } catch (failure) {
      // A session that is gone is what was wanted; after any other failure the server says who is signed in.
      if (!(failure instanceof Problem && failure.status === 401)) {
        await refresh();
        return;
      }
    }
    queries.setQueryData(KEY, null);
  }, [queries, refresh]);
  const id = me?.id;
  useEffect(() => {
    // What one user saw is not shown to the next one.
    if (id === undefined) queries.removeQueries({ predicate: (query) => query.queryKey[0] !== KEY[0] });
  }, [queries, id]);
  const session = useMemo<Session>(() => {
    const held = new Set(me?.permissions ?? []);
    return { me, failure: error, may: (permission) => held.has(permission), refresh, signOut };
  }, [me, error, refresh, signOut]);
  return <Context value={session}>{children}</Context>;
}

export function useSession(): Session {
  const session = useContext(Context);
  if (session === undefined) throw new Error("outside of SessionProvider");
  return session;
}

/** Who is signed in, on a page that only such a person sees. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error("nobody is signed in");
  return me;
}
