import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const FOLDER = '../../main/resources/META-INF/resources/carillon';

async function moduleAndTypes(name) {
    const declarations = readFileSync(new URL(`${FOLDER}/${name}.d.ts`, import.meta.url), 'utf8');
    return { module: await import(`${FOLDER}/${name}.js`), declarations };
}

for (const name of ['carillon', 'carillon-content', 'carillon-flash', 'carillon-here', 'carillon-maintenance', 'carillon-ready']) {
    test(`${name}.d.ts declares exactly what ${name}.js exports`, async () => {
        const { module, declarations } = await moduleAndTypes(name);
        const exported = [...declarations.matchAll(/^export (?:class|function|const) (\w+)/gm)].map(([, each]) => each);
        assert.deepEqual(exported.sort(), Object.keys(module).sort());
    });
}

test('carillon.d.ts declares every public member of Carillon', async () => {
    const { module, declarations } = await moduleAndTypes('carillon');
    const [, body] = declarations.split(/^export class Carillon |^export interface CarillonEvents /m);
    for (const member of Object.getOwnPropertyNames(module.Carillon.prototype)) {
        assert.match(body, new RegExp(`\\b${member}\\b`), `${member} is not declared`);
    }
});
