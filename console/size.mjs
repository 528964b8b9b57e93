// Adds up what the built console weighs, gzipped: every JS and CSS file, loaded at once or later.
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 350;
const folder = new URL('./dist/assets/', import.meta.url);
const sizes = { js: 0, css: 0 };
for (const name of readdirSync(folder)) {
  const kind = name.split('.').pop();
  if (kind in sizes) sizes[kind] += gzipSync(readFileSync(new URL(name, folder))).length;
}
const kb = (bytes) => Math.round(bytes / 102.4) / 10;
const total = kb(sizes.js + sizes.css);
console.log(`JS ${kb(sizes.js)} kB + CSS ${kb(sizes.css)} kB = ${total} kB gzipped (limit ${LIMIT_KB} kB)`);
process.exitCode = total > LIMIT_KB ? 1 : 0;
