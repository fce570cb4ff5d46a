import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as carillon from '../../main/resources/META-INF/resources/carillon/carillon.js';

test('carillon.d.ts declares exactly what carillon.js exports, and every public member of Carillon', () => {
    const address = new URL('../../main/resources/META-INF/resources/carillon/carillon.d.ts', import.meta.url);
    const declarations = readFileSync(address, 'utf8');
    const exported = [...declarations.matchAll(/^export (?:class|function) (\w+)/gm)].map(([, name]) => name);
    assert.deepEqual(exported.sort(), Object.keys(carillon).sort());
    const [, body] = declarations.split(/^export class Carillon |^export interface CarillonEvents /m);
    for (const member of Object.getOwnPropertyNames(carillon.Carillon.prototype)) {
        assert.match(body, new RegExp(`\\b${member}\\b`), `${member} is not declared`);
    }
});
