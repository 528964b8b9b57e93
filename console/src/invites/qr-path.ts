/** The dark squares of a QR code as one SVG path, with the quiet zone of four squares around it. */
import encodeQR from 'qr';

const QUIET_ZONE = 4;

export function qrPath(value: string): { side: number; path: string } {
  const squares = encodeQR(value, 'raw', { ecc: 'medium', border: QUIET_ZONE });
  const path = squares.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return { side: squares.length, path };
}
