import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { keyOfRow, listNamed, MASTER_LISTS } from "./masterDataLists";

type Schema = { $ref?: string; properties?: Record<string, Schema>; items?: Schema };
type Operation = { parameters?: { name: string; schema: { type: string } }[]; responses: Record<string, { content: Record<string, { schema: Schema }> }> };
type Description = { paths: Record<string, { get?: Operation } | undefined>; components: { schemas: Record<string, Schema | undefined> } };
const description = JSON.parse(readFileSync("openapi.json", "utf8")) as Description;

const resolved = (schema: Schema | undefined): Schema | undefined => (schema?.$ref === undefined ? schema : description.components.schemas[schema.$ref.split("/").at(-1) ?? ""]);

describe("the lists of master data", () => {
  it.each(MASTER_LISTS.map((list) => [list.id, list] as const))("%s shows fields that its route answers and filters by parameters that it knows", (_, list) => {
    const get = description.paths[list.route]?.get;
    const row = resolved(resolved(get?.responses["200"]?.content["application/json"]?.schema)?.properties?.["items"]?.items);
    const known = Object.keys(row?.properties ?? {});
    expect(known).toEqual(expect.arrayContaining([...list.key, ...list.fields.map(({ name }) => name)]));
    const asked = get?.parameters ?? [];
    expect(asked.map(({ name }) => name)).toEqual(expect.arrayContaining(["text", "after", "limit", ...list.filters.map(({ name }) => name)]));
    for (const { name, schema } of asked) {
      if (list.filters.some((filter) => filter.name === name)) expect([name, schema.type]).toEqual([name, list.many?.includes(name) ? "array" : "string"]);
    }
  });

  it("open with the one that the address names, if one may read it", () => {
    expect(listNamed("plants", () => true)?.id).toBe("plants");
    expect(listNamed("nonsense", () => true)?.id).toBe("order-types");
    expect(listNamed("task-lists", (permission) => permission === "master-data.read")?.id).toBe("order-types");
    expect(listNamed(undefined, () => false)).toBeUndefined();
  });

  it("tell rows apart by all fields of their key", () => {
    const list = listNamed("priorities", () => true);
    expect(list && keyOfRow(list, { priorityType: "PM", priority: "1" })).toBe("PM/1");
  });
});
