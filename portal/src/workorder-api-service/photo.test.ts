import { describe, expect, it } from "vitest";
import { fitting, exifOf, withExif } from "./photo";

describe("photos", () => {
  it("keep their proportions and are never made larger", () => {
    expect(fitting(4032, 3024, 2048)).toEqual({ width: 2048, height: 1536 });
    expect(fitting(3024, 4032, 2048)).toEqual({ width: 1536, height: 2048 });
    expect(fitting(800, 600, 2048)).toEqual({ width: 800, height: 600 });
    expect(fitting(10_000, 2, 640)).toEqual({ width: 640, height: 1 });
  });

  const bytes = (...parts: (number[] | string)[]) => Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? Array.from(part, (letter) => letter.charCodeAt(0)) : part)));
  const notes = (orientation: number, little: boolean) => {
    const number = (value: number, length: number) => {
      const digits = Array.from({ length }, (_, i) => (value >> (8 * i)) & 0xff);
      return little ? digits : digits.reverse();
    };
    const tiff = [...(little ? [0x49, 0x49] : [0x4d, 0x4d]), ...number(42, 2), ...number(8, 4), ...number(2, 2), ...entry(0x010f, 7), ...entry(0x0112, orientation)];
    function entry(tag: number, value: number) {
      return [...number(tag, 2), ...number(3, 2), ...number(1, 4), ...number(value, 2), 0, 0];
    }
    return bytes([0xff, 0xe1, 0, 2 + 6 + tiff.length], "Exif", [0, 0], tiff);
  };
  const JFIF = [0xff, 0xe0, 0, 4, 1, 2];
  const REST = [0xff, 0xda, 0, 2, 9, 9];

  it.each([true, false])("keep the camera's notes, but not how the camera was held (little endian: %s)", (little) => {
    const photo = bytes([0xff, 0xd8], JFIF, [...notes(6, little)], REST);
    const found = exifOf(photo);
    expect(found).toEqual(notes(1, little));
    const drawn = withExif(bytes([0xff, 0xd8], REST), found ?? bytes());
    expect(drawn).toEqual(bytes([0xff, 0xd8], [...notes(1, little)], REST));
    expect(exifOf(drawn)).toEqual(found);
  });

  it("without notes, or with damaged ones, have none", () => {
    expect(exifOf(bytes([0xff, 0xd8], JFIF, REST))).toBeUndefined();
    expect(exifOf(bytes([0xff, 0xd8], [0xff, 0xe1, 0, 10], "Exif", [0, 0, 0x49, 0x49]))).toBeUndefined();
    expect(exifOf(bytes("no photo at all"))).toBeUndefined();
  });
});
