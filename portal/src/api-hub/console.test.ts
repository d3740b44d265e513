import { describe, expect, it } from "vitest";
import { curl, headersOf, pretty, tokenEndpoints, tokenOf, tokenRequest, wirePath } from "./console";
import type { Published } from "./applications";

const product = (name: string, ...paths: string[]): Published => ({ name, title: "", description: "", scopes: [], subscribed: [], endpoints: paths.map((basePath) => ({ proxy: basePath.slice(1), title: "", basePath, deployed: true })) });

describe("the request of the console", () => {
  it("has a header for each line, and says which line is none", () => {
    expect(headersOf("Accept: application/json\n\n x-a :  b: c ").headers).toEqual([
      { name: "Accept", value: "application/json" },
      { name: "x-a", value: "b: c" },
    ]);
    expect(headersOf("Accept: a\nnothing").wrong).toBe(2);
  });

  it("is escaped where the wire demands it, and only there", () => {
    expect(wirePath("/a/", "/b?$filter=x eq 'y'")).toBe("/a/b?$filter=x%20eq%20'y'");
    expect(wirePath("/a", "b%20c")).toBe("/a/b%20c");
    expect(wirePath("/a", "/50%")).toBe("/a/50%25");
    expect(wirePath("/a", "?q=ü#x")).toBe("/a?q=%C3%BC%23x");
  });

  it("becomes a command whose quotes the shell understands", () => {
    expect(curl({ method: "POST", path: "/a?b='c'", headers: [{ name: "X", value: "1" }], body: "it's" })).toBe(`curl -X POST "$GATEWAY"'/a?b='\\''c'\\''' \\\n  -H 'X: 1' \\\n  --data 'it'\\''s'`);
  });
});

describe("tokens", () => {
  it("come from an endpoint of the product, else of another one", () => {
    const all = [product("other", "/token"), product("own", "/orders", "/own/oauthtoken")];
    expect(tokenEndpoints(all, "own")).toEqual([
      { product: "own", basePath: "/own/oauthtoken" },
      { product: "other", basePath: "/token" },
    ]);
    expect(tokenEndpoints([product("none", "/orders")], "none")).toEqual([]);
  });

  it("are asked for with key and secret, and kept until shortly before their end", () => {
    expect(tokenRequest("/token", "k", "s").headers[0]?.value).toBe(`Basic ${btoa("k:s")}`);
    expect(tokenRequest("/token", "k", "Größe€").headers[0]?.value).toBe("Basic azpHcsO2w59l4oKs");
    expect(tokenOf({ status: 200, body: '{"access_token":"t","expires_in":"3599"}' }, 0)).toEqual({ value: "t", until: 3_594_000 });
    expect(tokenOf({ status: 401, body: '{"access_token":"t"}' }, 0)).toBeUndefined();
    expect(tokenOf({ status: 200, body: "<html>" }, 0)).toBeUndefined();
  });
});

describe("the answer", () => {
  it("is made readable where it is JSON or XML", () => {
    expect(pretty('{"a":[1]}', "")).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(pretty('<?xml version="1.0"?><a><b>1</b><c/></a>', "application/xml")).toBe('<?xml version="1.0"?>\n<a>\n  <b>1</b>\n  <c/>\n</a>');
    expect(pretty("{broken", "application/json")).toBe("{broken");
    expect(pretty("plain", "text/plain")).toBe("plain");
  });
});
