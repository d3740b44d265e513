import { describe, expect, it } from "vitest";
import { lines, moved, ROOT, type Known } from "./placeTree";
import type { TreeNode } from "./reads";

const node = (functionalLocation: string, childCount: number, description: string | null = null): TreeNode => ({ functionalLocation, description, category: "M", childCount, equipmentCount: 0, children: [] });
const known: Known = new Map([
  [ROOT, [node("A", 2, "Works"), node("B", 0, "Dairy")]],
  ["A", [node("A-1", 1, "Mixing"), node("A-2", 0, "Filling")]],
]);
const open = (...places: string[]) => lines(known, (place) => places.includes(place));
const labels = (shown: ReturnType<typeof open>) => shown.map((line) => line.node.functionalLocation);

describe("the lines of the tree", () => {
  it("are the top alone while nothing is open", () => {
    expect(labels(open())).toEqual(["A", "B"]);
  });

  it("hold the children of what is open, with level and position", () => {
    const shown = open("A");
    expect(labels(shown)).toEqual(["A", "A-1", "A-2", "B"]);
    expect(shown[2]).toMatchObject({ level: 2, position: 2, size: 2, parent: "A", open: false });
  });

  it("hide what is below a closed place though it is open itself", () => {
    expect(labels(open("A-1"))).toEqual(["A", "B"]);
  });

  it("show an open place whose children are still being read", () => {
    expect(labels(open("A", "A-1"))).toEqual(["A", "A-1", "A-2", "B"]);
  });
});

describe("the keys of the tree", () => {
  it("go up and down and stop at the ends", () => {
    expect(moved("ArrowDown", open("A"), "A")).toEqual({ to: "A-1" });
    expect(moved("ArrowUp", open("A"), "A")).toBeUndefined();
    expect(moved("End", open("A"), "A")).toEqual({ to: "B" });
    expect(moved("Home", open("A"), "B")).toEqual({ to: "A" });
  });

  it("open first and go in then", () => {
    expect(moved("ArrowRight", open(), "A")).toEqual({ toggle: "A" });
    expect(moved("ArrowRight", open("A"), "A")).toEqual({ to: "A-1" });
    expect(moved("ArrowRight", open("A", "A-1"), "A-1")).toBeUndefined();
    expect(moved("ArrowRight", open(), "B")).toBeUndefined();
  });

  it("close first and go out then", () => {
    expect(moved("ArrowLeft", open("A"), "A")).toEqual({ toggle: "A" });
    expect(moved("ArrowLeft", open("A"), "A-2")).toEqual({ to: "A" });
    expect(moved("ArrowLeft", open(), "B")).toBeUndefined();
  });

  it("find a line by its first letter, going round", () => {
    expect(moved("f", open("A"), "A")).toEqual({ to: "A-2" });
    expect(moved("W", open("A"), "B")).toEqual({ to: "A" });
    expect(moved("x", open("A"), "A")).toBeUndefined();
  });

  it("enter a place, and do nothing on one that is not shown", () => {
    expect(moved("Enter", open(), "B")).toEqual({ enter: "B" });
    expect(moved("Enter", open(), "A-1")).toBeUndefined();
  });
});
