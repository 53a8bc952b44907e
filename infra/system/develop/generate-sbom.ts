import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '@airline/service/server';
import { sbomOf } from './supply-chain/sbom.ts';
import { images, root, shippedPackages } from './supply-chain/shipped.ts';

command({
  usage: `Usage: npm run sbom
  Writes the software bill of materials of each image to .cache/sbom.`,
});

// `npm run sbom` writes the software bill of materials of each image.

const folder = '.cache/sbom';
mkdirSync(join(root, folder), { recursive: true });
const packages = await shippedPackages();
for (const image of Object.keys(images)) {
  const sbom = await sbomOf(image, packages);
  const file = `${folder}/${image}.cdx.json`;
  writeFileSync(join(root, file), `${JSON.stringify(sbom, null, 2)}\n`);
  process.stdout.write(`${file} (${sbom.components.length} packages)\n`);
}
