/** A QR code as SVG, drawn here and readable by any camera. */
import { useMemo } from 'react';
import { text } from '../text/en';
import styles from './qr.module.css';
import { qrPath } from './qr-path';

export function QrCode({ value, size }: { value: string; size: number }) {
  const { side, path } = useMemo(() => qrPath(value), [value]);
  return (
    <svg
      className={styles.code}
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={text.invite.qr}
    >
      <rect width={side} height={side} fill="#ffffff" />
      <path d={path} fill="#0d333c" />
    </svg>
  );
}

/** The same as a file of its own. */
export function qrFile(value: string): Blob {
  const { side, path } = qrPath(value);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}"/></svg>`;
  return new Blob([svg], { type: 'image/svg+xml' });
}
