import { describe, expect, it } from "vitest";
import { COLUMN_PX, fitting } from "./columns";

const columns = [{ id: "number", importance: 1 }, { id: "text", importance: 9 }, { id: "plant" }, { id: "unit", importance: 3 }, { id: "type", exportOnly: true }];

const ids = (width: number) => {
  const { shown, below } = fitting(columns, width);
  return [shown.map(({ id }) => id), below.map(({ id }) => id)];
};

describe("the columns of a table", () => {
  it("all stand in a row that is wide enough, but for those of the export", () => {
    expect(ids(4 * COLUMN_PX)).toEqual([["number", "text", "plant", "unit"], []]);
  });

  it("give way in the order of their importance and keep their places", () => {
    expect(ids(3.5 * COLUMN_PX)).toEqual([["number", "text", "unit"], ["plant"]]);
    expect(ids(2 * COLUMN_PX)).toEqual([["number", "text"], ["plant", "unit"]]);
  });

  it("never all go: the first leads to the row's page", () => {
    expect(ids(0)).toEqual([["number"], ["text", "plant", "unit"]]);
  });
});
