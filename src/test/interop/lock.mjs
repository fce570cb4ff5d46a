/**
 * `npm run lock`: writes package-lock.json anew after a change of package.json.
 *
 * Left out are the optional native packages (nobody needs them for these tests, and not every registry mirror has them
 * for every platform) and every address of a registry or a sponsor page.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

rmSync('package-lock.json', { force: true });
execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { stdio: 'inherit' });

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.optional) delete lock.packages[path];
    delete entry.funding;
    delete entry.optionalDependencies;
}
const text = `${JSON.stringify(lock, null, 2)}\n`;
if (text.includes('://')) throw new Error('package-lock.json names a host; is .npmrc beside it?');
writeFileSync('package-lock.json', text);
