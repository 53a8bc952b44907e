import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
const NAME = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];

/** Makes a certificate for `localhost` that signs itself, valid for two days; `openssl` is required. @returns paths */
export function makeCertificate(folder: string): { readonly key: string; readonly certificate: string } {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...CURVE, ...NAME, ...files], { stdio: 'ignore' });
  return { key, certificate };
}
