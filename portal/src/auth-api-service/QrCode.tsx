import qrcode from "qrcode-generator";
import { useMemo } from "react";

/** Modules of quiet around the code, which scanners need. */
const QUIET = 4;

/** A text as a QR code, drawn here: the text is a secret and goes nowhere. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const { path, size } = useMemo(() => {
    const code = qrcode(0, "M");
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    let drawn = "";
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) {
        if (code.isDark(row, column)) drawn += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
      }
    }
    return { path: drawn, size: count + 2 * QUIET };
  }, [text]);
  // Black on white in every theme: scanners do not read it the other way round.
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} width="220" height="220" shapeRendering="crispEdges" className="qr-code">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
