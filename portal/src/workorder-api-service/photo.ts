/** What a plant wants of photos. */
export type PhotoRules = { imageSideMax: number; imageLocation: boolean };

/** The types that browsers can draw and write again. */
const REDRAWN = ["image/jpeg", "image/png", "image/webp"];

/** Of what a JPEG loses when it is written again, nobody sees anything. */
const QUALITY = 0.9;

const SOI = 0xd8;
const APP1 = 0xe1;
const SOS = 0xda;
const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0];
const TIFF = 4 + EXIF.length;
const ORIENTATION = 0x0112;

/** The size of a photo whose longest side is not longer than a maximum. */
export function fitting(width: number, height: number, sideMax: number): { width: number; height: number } {
  const factor = Math.min(1, sideMax / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
}

/**
 * A photo as a plant wants it: no larger than allowed, and without the place where it was taken unless that is kept. What is drawn anew has
 * no Exif metadata, among which the place is; where it is kept, they are put back. Fails where a photo has to be changed and the
 * browser cannot open it.
 */
export async function preparedPhoto(photo: File, rules: PhotoRules): Promise<Blob> {
  if (!photo.type.startsWith("image/")) return photo;
  if (!REDRAWN.includes(photo.type)) {
    if (rules.imageLocation) return photo;
    throw new UnreadablePhoto(photo.name);
  }
  const picture = await createImageBitmap(photo).catch(() => {
    throw new UnreadablePhoto(photo.name);
  });
  try {
    const size = fitting(picture.width, picture.height, rules.imageSideMax);
    if (rules.imageLocation && size.width === picture.width) return photo;
    const drawn = await draw(picture, size, photo.type);
    const exif = rules.imageLocation && photo.type === "image/jpeg" ? exifOf(new Uint8Array(await photo.arrayBuffer())) : undefined;
    return exif === undefined ? drawn : new Blob([withExif(new Uint8Array(await drawn.arrayBuffer()), exif)], { type: photo.type });
  } finally {
    picture.close();
  }
}

/** A photo that the browser cannot open. */
export class UnreadablePhoto extends Error {}

function draw(picture: ImageBitmap, { width, height }: { width: number; height: number }, type: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) return Promise.reject(new UnreadablePhoto(type));
  context.drawImage(picture, 0, 0, width, height);
  return new Promise((done, failed) => {
    canvas.toBlob(
      (blob) => {
        if (blob?.type === type) done(blob);
        else failed(new UnreadablePhoto(type)); // Some browsers write no WebP.
      },
      type,
      QUALITY,
    );
  });
}

/** The Exif metadata of a JPEG, upright as what is drawn is; undefined where it has none. */
export function exifOf(jpeg: Uint8Array): Uint8Array | undefined {
  for (let at = 2; at + 4 <= jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== SOS; ) {
    const end = at + 2 + (((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0));
    if (jpeg[at + 1] === APP1 && EXIF.every((byte, i) => jpeg[at + 4 + i] === byte)) return upright(jpeg.slice(at, end));
    at = end;
  }
  return undefined;
}

function upright(exif: Uint8Array): Uint8Array | undefined {
  const view = new DataView(exif.buffer);
  try {
    const little = view.getUint16(TIFF) === 0x4949;
    const directory = TIFF + view.getUint32(TIFF + 4, little);
    const entries = view.getUint16(directory, little);
    for (let entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
      if (view.getUint16(entry, little) === ORIENTATION) view.setUint16(entry + 8, 1, little);
    }
    return exif;
  } catch {
    return undefined; // Damaged; the photo is readable without.
  }
}

/** A JPEG with Exif metadata in it. */
export function withExif(jpeg: Uint8Array, exif: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(jpeg.length + exif.length);
  joined.set([0xff, SOI]);
  joined.set(exif, 2);
  joined.set(jpeg.subarray(2), 2 + exif.length);
  return joined;
}
